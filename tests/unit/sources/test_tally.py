"""The independent count: it reads otherwise than the reader, and a difference names the place."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.engine import make_url

from gateway.adapters.sources.errors import LoadError
from gateway.adapters.sources.load import loader
from gateway.adapters.sources.load.delimited import Delimited
from gateway.adapters.sources.load.formats import Header, Reading, Row
from gateway.adapters.sources.load.lmia_list import LmiaList
from gateway.adapters.sources.load.record import Record
from gateway.adapters.sources.load.report import Totals
from gateway.adapters.sources.load.tally import backwards, count_text
from gateway.adapters.sources.load.text import read_file
from tests.growth import LINEAR, growth
from tests.unit.sources.test_lmia_list import HEADER, ROW


@pytest.mark.parametrize(
    ("line", "cells"),
    [
        ('a,"b, c",1', ["a", "b, c", "1"]),
        ('a,5" x,1', ["a", '5" x', "1"]),
        ('a, "b, c" ,1', ["a", "b, c", "1"]),
        ('"a ""b"", c",""', ['a ""b"", c', ""]),
        ('a,"b,1', ["a", '"b', "1"]),
        ('a 6",b', ['a 6"', "b"]),
        ("", [""]),
    ],
)
def test_a_line_is_taken_from_its_end(line: str, cells: list[str]) -> None:
    assert backwards(line, ",") == cells


@given(st.lists(st.text(alphabet='ab", ', max_size=8), min_size=1, max_size=5))
def test_what_is_quoted_is_the_same_from_both_ends(cells: list[str]) -> None:
    line = ",".join('"' + cell.replace('"', '""') + '"' for cell in cells)
    assert [cell.replace('""', '"') for cell in backwards(line, ",")] == cells


def counting(header: Header, rows: list[Row], text: str) -> Totals:
    return count_text("x.csv", text, ",", header, rows, set())


def test_a_reader_that_loses_or_changes_a_row_is_found_out(tmp_path: Path) -> None:
    tall = ROW.replace("Larkmere Farms Ltd.", '"Larkmere\nFarms"')
    path = tmp_path / "list_2024q3.csv"
    path.write_text(HEADER + ROW + ROW.replace(",2,5", ',"1,204",7') + tall)
    file = read_file(path)
    _, rows = loader.read_list(LmiaList(), file, "2024Q3")
    header = loader._find(LmiaList(), file, Reading(file.name, "2024Q3")).header
    assert counting(header, rows, file.text) == Totals(3, 2 + 1204 + 2, 5 + 7 + 5)
    for wrong, line in (
        (rows[:1] + rows[2:], 3),
        ([rows[0], replace(rows[1], totals=Totals(1, 1204, 8)), rows[2]], 3),
        ([rows[0], rows[1], replace(rows[2], totals=Totals(1, 2, 50))], 4),
        ([replace(rows[0], last=4), rows[2]], 2),
    ):
        with pytest.raises(LoadError, match=f"x.csv:{line}: the reader and an independent count differ"):
            counting(header, wrong, file.text)


def test_a_reader_that_swallows_a_row_writes_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Swallowing(Delimited):
        def records(self) -> Iterator[Record]:
            return (
                replace(record, last=4) if record.line == 3 else record
                for record in super().records()
                if record.line != 4
            )

    monkeypatch.setattr(loader, "Delimited", Swallowing)
    path = tmp_path / "list_2024q3.csv"
    path.write_text(HEADER + ROW * 4)
    with pytest.raises(LoadError, match=r"list_2024q3\.csv:3: the reader and an independent count differ"):
        loader.load_file(LmiaList(), path, make_url(f"sqlite:///{tmp_path / 'lists.db'}"))
    assert not (tmp_path / "lists.db").exists()


@pytest.mark.thorough
@pytest.mark.parametrize("piece", ['"', '",', ',"', '""', '"a"b,', "a,"])
def test_counting_is_linear_whatever_the_marks(piece: str) -> None:
    assert growth(lambda line: backwards(line, ","), lambda size: piece * (size // len(piece)), 160_000, 3) < LINEAR
