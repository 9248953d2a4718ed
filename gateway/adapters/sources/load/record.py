"""One record of a published file, whatever kind of file it came from."""

from collections.abc import Mapping
from dataclasses import dataclass, field

LONGEST_CELL = 4000
MOST_CELLS = 1000


@dataclass(frozen=True, slots=True)
class Record:
    """`line` and `last` are the physical lines (from 1) it starts and ends on; `cells` have single spaces. `tall`
    holds, by place, the lines of cells with line breaks. `fault` says why it could not be read, `notes` what was read
    leniently; `typed` says that numbers come from a workbook and not from text."""

    line: int
    last: int
    cells: tuple[str, ...]
    fault: str | None = None
    tall: Mapping[int, tuple[str, ...]] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    typed: bool = False


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet of a workbook. `markup` is its XML and `strings` the workbook's shared strings' XML, for the count that
    does not use the reader."""

    title: str
    records: tuple[Record, ...]
    markup: str
    strings: str


def record_of(line: int, last: int, raw: list[str], *, notes: tuple[str, ...] = (), typed: bool = False) -> Record:
    """A record of raw cells: white space single, breaks kept apart, bounds kept."""
    if len(raw) > MOST_CELLS:
        return Record(line, last, (), "too-many-cells")
    tall = {
        place: tuple(part for part in (" ".join(written.split()) for written in cell.split("\n")) if part)
        for place, cell in enumerate(raw)
        if "\n" in cell
    }
    cells = tuple([" ".join(cell.split()) for cell in raw])
    if any(len(cell) > LONGEST_CELL for cell in cells):
        return Record(line, last, (), "cell-too-long")
    return Record(line, last, cells, None, tall, notes, typed)
