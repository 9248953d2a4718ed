"""CSV as RFC 4180 defines it: a well-formed row never vanishes, whatever stands beside it."""

import csv
import io
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gateway.adapters.sources.load.delimited import Delimited
from gateway.adapters.sources.load.record import Record
from tests.growth import LINEAR, growth


def never(cells: Sequence[str]) -> bool:
    return False


def numbered(cells: Sequence[str]) -> bool:
    return len(cells) == 3 and cells[2].strip().isdigit()


def read(text: str, *, rows: bool = True) -> list[Record]:
    source = Delimited(text, ",", never)
    if rows:
        source.expect(3, numbered)
    return list(source.records())


def found(text: str) -> list[tuple[int, tuple[str, ...] | str]]:
    return [(record.line, record.fault or record.cells) for record in read(text)]


def test_an_inch_mark_is_text_and_swallows_nothing() -> None:
    assert found('a,5" Pipe Ltd.,1\nb,Plain,2\nc,6" Pipe Ltd.,3\n') == [
        (1, ("a", '5" Pipe Ltd.', "1")),
        (2, ("b", "Plain", "2")),
        (3, ("c", '6" Pipe Ltd.', "3")),
    ]


@pytest.mark.parametrize(
    ("first", "third"),
    [
        ('a,"Pipe,1', 'c,6" Pipe,3'),
        ('a,"Pipe,1', 'c,Pipe 6",3'),
        ('a,"Pipe,1', 'c,"Pipe",3'),
        ('"a,Pipe,1', 'c,Pipe,3"'),
    ],
)
def test_an_open_mark_costs_its_own_line_only(first: str, third: str) -> None:
    records = {record.line: record for record in read(f"{first}\nb,Plain,2\nd,Plain,4\n{third}\ne,Plain,5\n")}
    assert {line for line in (2, 3, 5) if records[line].fault is None} == {2, 3, 5}
    assert records[1].fault in ("unbalanced-quote", "not-csv")
    assert sorted(records) == [1, 2, 3, 4, 5]


def test_a_mark_inside_a_quoted_cell_is_read_where_the_row_keeps_its_cells() -> None:
    (joe, inch, lost) = read('a,"Joe\'s "Best" Pizza, Ltd.",1\nb,"5" Pipe, Fittings",2\nc,"Joe\'s "Best, Ltd.",3,4\n')
    assert joe.cells == ("a", 'Joe\'s "Best" Pizza, Ltd.', "1")
    assert inch.cells == ("b", '5" Pipe, Fittings', "2")
    assert joe.notes == inch.notes == ("quotes-lenient",)
    assert lost.fault == "unbalanced-quote"


def test_a_cell_may_hold_breaks_marks_and_delimiters() -> None:
    (row, after) = read('a,"one, ""two""\nthree\n\nfour",7\nb,c,8\n')
    assert row.cells == ("a", 'one, "two" three four', "7")
    assert row.tall == {1: ('one, "two"', "three", "four")}
    assert (row.line, row.last, after.line) == (1, 4, 5)


def test_spaces_around_a_quoted_cell_are_not_a_fault() -> None:
    assert found('a, "b, c" ,1\n') == [(1, ("a", "b, c", "1"))]


def test_the_rest_of_a_torn_row_is_no_row_of_its_own() -> None:
    """An inch mark in an address over two lines: its second line would be a finding of an employer called Surrey."""
    assert found('a,"1 Road 5" Unit\nSurrey, BC",7\nb,Plain,2\n') == [
        (1, "not-csv"),
        (2, "rest-of-a-row"),
        (3, ("b", "Plain", "2")),
    ]
    assert found('a,"1 Road, 5" Unit\nmore\n\nto, BC",7\nb,Plain,2\n') == [
        (1, "not-csv"),
        (2, "rest-of-a-row"),
        (3, ("",)),
        (4, "rest-of-a-row"),
        (5, ("b", "Plain", "2")),
    ]


def test_a_control_character_is_named() -> None:
    assert found("a,b\x00,1\nc,d,2\n") == [(1, "control-character"), (2, ("c", "d", "2"))]


TEXT = st.text(alphabet='ab",;\n 5', max_size=12)


@given(st.lists(st.lists(TEXT, min_size=2, max_size=4), max_size=8))
def test_what_a_writer_wrote_is_read(rows: list[list[str]]) -> None:
    written = io.StringIO(newline="")
    csv.writer(written, lineterminator="\n", quoting=csv.QUOTE_ALL).writerows(rows)
    records = read(written.getvalue(), rows=False)
    assert [record.cells for record in records] == [tuple(" ".join(cell.split()) for cell in row) for row in rows]


@given(st.text(alphabet='a",\n 1', max_size=200))
def test_every_line_belongs_to_exactly_one_record(text: str) -> None:
    records = read(text)
    lines = [line for record in records for line in range(record.line, record.last + 1)]
    assert lines == list(range(1, len(lines) + 1))
    assert len(lines) == text.count("\n") + (0 if text.endswith("\n") or not text else 1)


@given(st.lists(st.sampled_from(["a,Plain,1", 'b,5" Pipe,2', 'c,"Open,3', 'd,Shut",4', 'e,"Q, x",5']), max_size=12))
def test_a_well_formed_row_never_vanishes(lines: list[str]) -> None:
    plain = {number for number, line in enumerate(lines, 1) if line[0] in "abe"}
    read_lines = {
        record.line for record in read("\n".join(lines)) if record.fault is None and record.line == record.last
    }
    assert plain <= read_lines


@pytest.mark.thorough
@pytest.mark.parametrize(
    "piece",
    ['"', '",', ',"', '"a', '"\n', '"a,', "a,", ",", "\n", '""', '"a"b,', ' "', '"a\n', "a" * 50, '"a"\n"', '",\n'],
)
def test_reading_is_linear_whatever_the_marks(piece: str) -> None:
    def work(text: str) -> int:
        return sum(1 for _ in read(text))

    assert growth(work, lambda size: piece * (size // len(piece)), 400_000, rounds=3) < LINEAR


def test_one_long_line_and_a_million_cells_are_named_without_being_kept() -> None:
    assert found("x" * 3_000_000 + "\na,b,1\n") == [(1, "line-too-long"), (2, ("a", "b", "1"))]
    assert found("," * 3_000_000 + "\na,b,1\n") == [(1, "line-too-long"), (2, ("a", "b", "1"))]
    assert found("," * 5_000 + "\na,b,1\n") == [(1, "too-many-cells"), (2, ("a", "b", "1"))]
