"""docs/accounting.md cannot drift from the rules: its table of hold-backs is the one the gateway applies."""

import re
from pathlib import Path

from gateway.service.hold_back import SECTIONS


def test_the_page_lists_every_reason_with_the_sections_of_each_act(repository: Path) -> None:
    page = (repository / "docs" / "accounting.md").read_text("utf-8")
    rows = re.findall(r"^\| `([a-z-]+)` \| [^|]+ \| ([^|]+) \| ([^|]+) \| ([^|]+) \|$", page, re.MULTILINE)
    listed = {
        reason: {"privacy-act": federal, "fippa": province, "mfippa": city} for reason, federal, province, city in rows
    }
    assert listed == SECTIONS
