"""docs/accounting.md cannot drift from the rules: its table of hold-backs is the one the gateway applies."""

import re
from pathlib import Path

from gateway.service.person.hold_back import SECTIONS, TELLABLE, WITHOUT_SECTION


def test_the_page_lists_every_reason_with_the_sections_of_each_act(repository: Path) -> None:
    page = (repository / "docs" / "accounting.md").read_text("utf-8")
    rows = re.findall(r"^\| `([a-z-]+)` \| [^|]+ \| ([^|]+) \| ([^|]+) \| ([^|]+) \|$", page, re.MULTILINE)
    listed = {
        reason: {"privacy-act": federal, "fippa": province, "mfippa": city} for reason, federal, province, city in rows
    }
    assert listed == SECTIONS


def test_the_page_lists_the_reasons_without_a_section_and_what_may_be_told(repository: Path) -> None:
    page = (repository / "docs" / "accounting.md").read_text("utf-8")
    assert sorted(reason for reason in WITHOUT_SECTION if f"`{reason}`" not in page) == []
    told = page.split("`--tell` is for ")[1].split("Never for")[0]
    assert set(re.findall(r"`([a-z-]+)`", told)) - {"--source-agrees"} == TELLABLE
