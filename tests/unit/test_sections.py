"""Where a provision is in its Act, as each language cites it; no English of the register stands in French."""

import re
import shutil
from pathlib import Path

import pytest

from gateway.adapters.packaged import packaged
from gateway.adapters.rulebook import build
from gateway.adapters.rulebook import load as agreements

RULEBOOK = agreements.load()
ROWS = RULEBOOK.authorities
LETTERED = re.compile(r"\([a-z]\)")
ENGLISH = re.compile(
    r"\b(Regulations?|Schedule|Sched|Directive on|Policy|Bill|App|Appendix|Reg|Part|words|terms|whole|authorities|and|"
    r"Guidance|Model|agreement|playbook|families|technology|of|the|in|as|s)\b"
)


def section(name: str) -> tuple[str, str]:
    found = ROWS[name]["section"]
    return found["en"], found["fr"]


@pytest.mark.parametrize(
    ("name", "english", "french"),
    [
        ("PA-8-2-m", "8(2)(m)", "8(2)m)"),
        ("PA-12-2-c-ii", "12(2)(c)(ii); Regulations, s.11", "12(2)c)(ii); Règlement, art. 11"),
        ("PA-SCHED-II", "Regulations, s.5(a) and Schedule II", "Règlement, art. 5a) et ann. II"),
        ("DESDA-40-exception", "40, closing words", "40, passage final"),
        ("DESDA-37", "37", "37"),
        ("MF-32-h", "32(h)", "32 h)"),
        ("MF-32-f-g", "32(f)-(g)", "32 f)-g)"),
        ("FIPPA-42-1-h", "42(1)(h)", "42 (1) h)"),
        ("MF-30", "30; Reg. 823 s.5", "30; Règl. 823, art. 5"),
        ("MF-B97", "as amended by Bill 97 (2026), Sched. 11", "modifiée par le projet de loi 97 (2026), ann. 11"),
    ],
)
def test_a_provision_is_cited_as_the_language_does(name: str, english: str, french: str) -> None:
    assert section(name) == (english, french)


@pytest.mark.parametrize("name", ROWS)
def test_both_languages_cite_the_same_place(name: str) -> None:
    english, french = section(name)
    assert re.findall(r"[0-9]+(?:\.[0-9]+)*", english) == re.findall(r"[0-9]+(?:\.[0-9]+)*", french)
    assert [one.strip("()") for one in LETTERED.findall(english)] == re.findall(r"(?<![a-zé(])([a-z])\)", french)
    assert ENGLISH.search(french) is None
    assert LETTERED.search(french) is None


@pytest.mark.parametrize("name", ROWS)
def test_ontario_spaces_paragraphs_and_the_federal_statutes_do_not(name: str) -> None:
    french, instrument = section(name)[1], ROWS[name]["instrument"]["fr"]
    of_ontario = "(Ontario)" in instrument or "Ontario au travail" in instrument
    joined, spaced = re.search(r"[0-9](\(|[a-z]\))", french), re.search(r"[0-9)] (\([0-9.]+\)|[a-z]\))", french)
    assert not (joined if of_ontario else spaced)


@pytest.mark.parametrize("once", ['"8(2)(m)"', '"Regulations"', '"s.5"', '{en: "8(2)(m)"}'])
def test_a_section_that_one_language_lacks_is_a_gap(tmp_path: Path, once: str) -> None:
    folder = tmp_path / "agreements"
    shutil.copytree(packaged("agreements"), folder)
    file = folder / "authorities" / "privacy-act.yaml"
    text = file.read_text("utf-8")
    both = '{en: "8(2)(m)", fr: "8(2)m)"}'
    assert text.count(both) == 1
    file.write_text(text.replace(both, once), "utf-8")
    assert any("section" in str(gap) for gap in agreements.check(folder))


def test_a_section_written_once_is_the_same_in_both_languages() -> None:
    assert build.authority({"section": "37", "id": "X"}) == {"section": {"en": "37", "fr": "37"}, "id": "X"}
