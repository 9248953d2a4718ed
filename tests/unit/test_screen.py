"""A terminal obeys nothing that somebody wrote, cuts nothing, and is told which option is meant."""

import json
import unicodedata

import pytest

from gateway.cli.option_names import with_options
from gateway.cli.screen import console, json_text, listed, table, wrapped

HOSTILE = "a\x1b]0;title\x07\x1b[2J\x9b31m\x7f\u202ereversed\u2066\u200b\u2028x\ud800\U000e0041 é « ok »"


def obeyed(text: str) -> list[str]:
    return [sign for sign in text if sign != "\n" and unicodedata.category(sign) in ("Cc", "Cf", "Zl", "Zp", "Cs")]


def test_json_keeps_the_data_and_shows_no_character_that_a_terminal_obeys() -> None:
    text = json_text({"said": HOSTILE, "é": [1, None]})
    assert obeyed(text) == []
    assert "é « ok »" in text
    assert json.loads(text) == {"said": HOSTILE, "é": [1, None]}


def test_wrapped_text_is_data_on_lines_of_the_width(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "60")
    shown = wrapped(f"Circumstances: {HOSTILE}\nReferral r-1: released {'word ' * 40}", "en", indent=2)
    assert obeyed(shown) == []
    lines = shown.split("\n")
    assert all(len(line) <= 60 for line in lines)
    assert lines[0].startswith("  Circumstances: ")
    assert all(line.startswith("    ") for line in lines[1:]), "a line of the text does not look like one of ours"


def test_french_lines_never_begin_with_a_colon(monkeypatch: pytest.MonkeyPatch) -> None:
    for columns in range(40, 80):
        monkeypatch.setenv("COLUMNS", str(columns))
        shown = wrapped("Ce que dit le demandeur : les circonstances : une assez longue suite de mots : fin", "fr")
        assert not any(line.strip().startswith(":") for line in shown.split("\n"))


def test_cells_are_whole_at_any_width(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    number = f"r-{'0' * 32}"
    shown = list(listed(("n", "state"), [((number, "under review"), ("word " * 40,)), (("r-1", "x\x1b"), ())], "en"))
    assert shown[0].split() == ["n", "state"]
    assert shown[1] == f"{number}  under review"
    assert all(line.startswith("    ") and len(line) <= 80 for line in shown[2].split("\n"))
    assert shown[-1] == f"{'r-1'.ljust(len(number))}  x"


def test_a_cell_of_a_table_is_text_and_whole(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A value may look like markup; a closing tag alone would end the command with an error."""
    monkeypatch.setenv("COLUMNS", "60")
    found = table("element", "value")
    found.add_row("notes", "[bold]no[/bold] [/x] [link=https://x.test]")
    found.add_row("long", "z" * 200)
    console().print(found)
    shown = capsys.readouterr().out
    assert "[bold]no[/bold] [/x]" in shown
    assert shown.count("z") == 200
    assert all(len(line) <= 60 for line in shown.splitlines())


def test_a_list_of_nothing_has_its_headings() -> None:
    assert list(listed(("a", "b"), [], "en")) == ["a  b"]


@pytest.mark.parametrize(
    ("message", "shown"),
    [
        ("begins: add the zone", "--from: add the zone"),
        ("ends: not after the beginning", "--until: not after the beginning"),
        ("record type: not in the catalogue", "--record-type: not in the catalogue"),
        ("--unit: write a code", "--unit: write a code"),
        ("the log: it is down", "the log: it is down"),
        ("begins", "begins"),
    ],
)
def test_a_message_names_the_option_for_the_member(message: str, shown: str) -> None:
    assert with_options(message) == shown
