"""A count of a file that does not use its reader: what was loaded is held against it, line by line.

Text is counted from the right: each physical line alone, its cells taken from its end backwards, where what stands in
quotes may hold delimiters. A line whose cells are a row by themselves must be a loaded row with the same numbers, or be
named. A workbook is counted in its XML, by the columns that the cells' references name. Invariant: a difference is an
error with the line, and nothing is written. Does not correct anything.
"""

import csv
import html
import re
from collections.abc import Collection, Iterator, Mapping, Sequence

from gateway.adapters.sources.errors import LoadError
from gateway.adapters.sources.load.formats import Header, Row
from gateway.adapters.sources.load.record import MOST_CELLS, Sheet
from gateway.adapters.sources.load.report import Totals

_LONGEST_LINE = 200_000
_ROW = re.compile(r"<(?:\w+:)?row\b([^>]*?)(?:/>|>(.*?)</(?:\w+:)?row>)", re.DOTALL)
_CELL = re.compile(r"<(?:\w+:)?c\b([^>]*?)(?:/>|>(.*?)</(?:\w+:)?c>)", re.DOTALL)
_VALUE = re.compile(r"<(?:\w+:)?(?:v|t)\b[^>]*>([^<]*)<")
_STRING = re.compile(r"<(?:\w+:)?si\b[^>]*?(?:/>|>(.*?)</(?:\w+:)?si>)", re.DOTALL)
_NUMBERED = re.compile(r"\br=[\"'](\d+)[\"']")
_LETTERED = re.compile(r"\br=[\"']([A-Z]+)\d+[\"']")
_TYPE = re.compile(r"\bt=[\"'](\w+)[\"']")

Counts = tuple[int, int]


def count_text(
    name: str, text: str, delimiter: str, header: Header, loaded: Collection[Row], named: Collection[int]
) -> Totals:
    """What a count from the right finds in the loaded lines. Raises LoadError with the line of a difference."""
    lines = text.split("\n")
    starts = {row.line: row for row in loaded}
    inside = {line: row for row in loaded if row.last > row.line for line in range(row.line, row.last + 1)}
    found = Totals()
    for number, line in enumerate(lines, 1):
        if number <= header.line or number in named or len(line) > _LONGEST_LINE:
            continue
        row = starts.get(number)
        if number in inside:
            whole = inside[number]
            if number == whole.line:
                found += _counted(name, header, whole, _joined(lines[whole.line - 1 : whole.last], delimiter))
            elif number < whole.last and header.fits(backwards(line, delimiter)):
                raise _difference(name, number)
        elif row is None:
            if header.fits(backwards(line, delimiter)):
                raise _difference(name, number)
        elif header.counts is None:
            found += Totals(1)
        else:
            cells = backwards(line, delimiter)
            found += _counted(name, header, row, cells if len(cells) == header.columns else _joined([line], delimiter))
    return found


def count_sheet(name: str, sheet: Sheet, header: Header, loaded: Collection[Row], named: Collection[int]) -> Totals:
    """The same, in the XML of a sheet."""
    if header.counts is None:
        return Totals(len(loaded))
    rows = {row.line: row for row in loaded}
    strings = [html.unescape("".join(_VALUE.findall(found[1] or ""))) for found in _STRING.finditer(sheet.strings)]
    found = Totals()
    for number, cells in _sheet_rows(sheet.markup, strings):
        if number <= header.line or number in named:
            continue
        width = max((*cells, header.columns - 1)) + 1
        row = rows.get(number)
        if row is not None:
            found += _counted(name, header, row, [cells.get(place, "") for place in range(width)])
        elif any(cells.values()):
            raise _difference(name, number)
    return found


def backwards(line: str, delimiter: str) -> list[str]:
    """The cells of one line, taken from its end to its start. Marks that do not pair are text."""
    cells: list[str] = []
    end, pairing = len(line), True
    while True:
        start, close = -1, end
        while pairing and close > 0 and line[close - 1] == " ":
            close -= 1
        if pairing and close > 0 and line[close - 1] == '"':
            start = _opening(line, close, delimiter)
            pairing = start >= 0
        if start >= 0:
            cells.append(line[start + 1 : close - 1])
            start = line.rfind(delimiter, 0, start) + 1
        else:
            start = line.rfind(delimiter, 0, end) + 1
            cells.append(line[start:end])
        if start <= 0 or len(cells) > MOST_CELLS:
            return cells[::-1]
        end = start - 1


def _opening(line: str, end: int, delimiter: str) -> int:
    """Where the quoted cell that ends before `end` begins: after a delimiter, marks between paired; -1: nowhere."""
    between = 0
    place = line.rfind('"', 0, end - 1)
    while place >= 0:
        before = place
        while before > 0 and line[before - 1] == " ":
            before -= 1
        if between % 2 == 0 and (before == 0 or line[before - 1] == delimiter):
            return place
        between += 1
        place = line.rfind('"', 0, place)
    return -1


def _joined(lines: Sequence[str], delimiter: str) -> list[str]:
    """The cells of a record over several lines, by the standard library's reader."""
    try:
        return next(csv.reader(["\n".join(lines)], delimiter=delimiter, skipinitialspace=True), [])
    except csv.Error:
        return []


def _counted(name: str, header: Header, row: Row, cells: Sequence[str]) -> Totals:
    if header.counts is None:
        return Totals(1)
    lmias, positions = (
        0 if place is None else _digits(cells[place]) if place < len(cells) else None for place in header.counts
    )
    if lmias != row.totals.lmias or positions != row.totals.positions:
        raise _difference(name, row.line)
    return Totals(1, lmias, positions)


def _digits(cell: str) -> int | None:
    """A whole number by taking its groups apart, without the reader's patterns."""
    plain = "".join(cell.split()).strip('"')
    for mark in (".", ","):
        head, _, tail = plain.rpartition(mark)
        if head and tail.strip("0") == "" and len(tail) != 3:
            plain = head
    groups = plain.replace(",", "")
    return int(groups) if groups.isascii() and groups.isdigit() and len(groups) <= 9 else None


def _difference(name: str, line: int) -> LoadError:
    return LoadError(f"{name}:{line}: the reader and an independent count differ here; nothing was changed")


def _sheet_rows(markup: str, strings: Sequence[str]) -> Iterator[tuple[int, Mapping[int, str]]]:
    number = 0
    for found in _ROW.finditer(markup):
        stated = _NUMBERED.search(found[1])
        number = int(stated[1]) if stated else number + 1
        cells: dict[int, str] = {}
        place = -1
        for cell in _CELL.finditer(found[2] or ""):
            lettered = _LETTERED.search(cell[1])
            place = _place(lettered[1]) if lettered else place + 1
            kind = _TYPE.search(cell[1])
            value = html.unescape("".join(_VALUE.findall(cell[2] or "")))
            if kind is not None and kind[1] == "s" and value.isdigit() and int(value) < len(strings):
                value = strings[int(value)]
            cells[place] = value.strip()
        yield number, cells


def _place(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1
