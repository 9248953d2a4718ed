"""CSV as RFC 4180 defines it, and tolerant only where a row still reads in one way.

A quotation mark opens a cell only at its start; anywhere else it is text (an inch mark). A quoted cell may hold line
breaks. Where a cell that begins with a mark does not close properly, the row is read leniently only if it then has
exactly the cells of the header; else its first line is named and reading goes on with the next line, so that one stray
mark costs one line. A quoted cell that would swallow a line which is a row by itself is not believed.

Linear: every line is read once, and an open mark looks at most `_LONGEST_QUOTED` characters ahead. Does not interpret
cells.
"""

import csv
import re
from collections.abc import Callable, Iterator, Sequence

from gateway.adapters.sources.load.record import MOST_CELLS, Record, record_of

DELIMITERS = (",", ";", "\t", "|")
LONGEST_RECORD = 50

_LONGEST_QUOTED = 8000
_LONGEST_LINE = 200_000
_QUOTED = re.compile(r' *"((?:[^"]++|"")*+)" *')
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1b\x7f]")

_TORN = frozenset({"unbalanced-quote", "not-csv"})

Fits = Callable[[Sequence[str]], bool]


class Delimited:
    """The records of a text under one delimiter. Once the headers are known, `expect` says what a row looks like."""

    def __init__(self, text: str, delimiter: str, fits: Fits) -> None:
        self._text = text
        self._delimiter = delimiter
        self._fits = fits
        self._width: int | None = None
        self._torn = False
        self._closing = re.compile(rf'" *(?={re.escape(delimiter)}|\n|\Z)')
        self._controls = _CONTROL.search(text) is not None

    def expect(self, width: int, fits: Fits) -> None:
        """From here on a row has `width` cells, and `fits` tells a line that is a row by itself."""
        self._width = width
        self._fits = fits

    def records(self) -> Iterator[Record]:
        text, start, line = self._text, 0, 1
        while start < len(text):
            end = text.find("\n", start)
            end = len(text) if end < 0 else end
            if end - start > _LONGEST_LINE:
                record, following = Record(line, line, (), "line-too-long"), end
            elif text.find('"', start, end) < 0:
                record, following = self._plain(line, text[start:end]), end
            else:
                record, following = self._quoted(start, end, line)
            record = self._torn_from(record, start, following)
            if self._controls and _CONTROL.search(text, start, following):
                record = Record(record.line, record.last, (), "control-character")
            yield record
            start, line = following + 1, record.last + 1

    def _torn_from(self, record: Record, start: int, following: int) -> Record:
        """After an open mark, what may be the rest of its record is no row: too few cells, or a mark that closes it."""
        if record.fault is not None:
            self._torn = record.fault in _TORN
        elif self._torn and any(record.cells):
            odd = self._text.count('"', start, following) % 2 == 1
            closes = odd and self._closing.search(self._text, start, following + 1) is not None
            if closes or len(record.cells) != self._width:
                self._torn = not closes
                return Record(record.line, record.last, (), "rest-of-a-row")
            self._torn = False
        return record

    def _plain(self, line: int, written: str) -> Record:
        return record_of(line, line, written.split(self._delimiter, MOST_CELLS))

    def _quoted(self, start: int, end: int, line: int) -> tuple[Record, int]:
        """The record that starts here and the place of its line break; of a fault, that of its first line."""
        found = self._cells(start, end)
        if found is not None:
            cells, following, lenient = found
            last = line + self._text.count("\n", start, following)
            believed = self._lenient(cells, start, end) if lenient else self._believed(cells, start, following)
            if believed:
                notes = ("quotes-lenient",) if lenient else ()
                return record_of(line, last, cells, notes=notes), following
        odd = self._text.count('"', start, end) % 2
        return Record(line, line, (), "unbalanced-quote" if odd else "not-csv"), end

    def _cells(self, start: int, end: int) -> tuple[list[str], int, bool] | None:
        text, delimiter, size = self._text, self._delimiter, len(self._text)
        cells: list[str] = []
        lenient, place, first_end = False, start, end
        while len(cells) <= MOST_CELLS:
            found = _QUOTED.match(text, place, min(size, place + _LONGEST_QUOTED))
            if found is not None and (found.end() == size or text[found.end()] in (delimiter, "\n")):
                cells.append(found[1].replace('""', '"'))
                place = found.end()
                if place > end:
                    end = text.find("\n", place)
                    end = size if end < 0 else end
            elif text.startswith('"', place):
                closing = self._closing.search(text, place + 1, min(size, end + 1))
                if closing is None or place > first_end:
                    return None
                cells.append(text[place + 1 : closing.start()].replace('""', '"'))
                lenient, place = True, closing.end()
            else:
                until = text.find(delimiter, place, end)
                until = end if until < 0 else until
                cells.append(text[place:until])
                place = until
            if place >= size or text[place] == "\n":
                return cells, place, lenient
            place += 1
        return cells, end, lenient

    def _lenient(self, cells: list[str], start: int, end: int) -> bool:
        if len(cells) != self._width:
            return False
        return self._text.count('"', start, end) % 2 == 0 or self._fits(cells)

    def _believed(self, cells: list[str], start: int, following: int) -> bool:
        lines = self._text[start:following].split("\n")
        if len(lines) == 1:
            return True
        if len(lines) > LONGEST_RECORD:
            return False
        if self._width is None and self._fits(cells):
            return True
        inner, last = [self._alone(line) for line in lines[1:-1]], self._alone(lines[-1])
        if any(self._fits(row) for row in inner):
            return False
        whole = self._width is None or lines[0].count(self._delimiter) >= self._width - 1
        if whole and self._fits(last):
            return False
        shaped = self._width is None or len(cells) == self._width
        return shaped or not any(len(row) == self._width for row in (*inner, last))

    def _alone(self, line: str) -> list[str]:
        try:
            return next(csv.reader([line], delimiter=self._delimiter), [])
        except csv.Error:
            return []
