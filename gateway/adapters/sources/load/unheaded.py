"""Why a file has no line with the headers of its format, and what to do about it.

Tells apart: an empty file, another known list, headers in part, headers further down, rows without headers, one column
(an unknown delimiter), and text that is no list. Tells headers and lines, never what a row says.
"""

from collections.abc import Callable, Iterator, Sequence

from gateway.adapters.sources.errors import LoadError
from gateway.adapters.sources.load.formats import ListFormat, Reading
from gateway.adapters.sources.load.record import Record

HEADER_WITHIN = 25
_LOOK_FURTHER = 500


def why(
    form: ListFormat,
    others: Sequence[ListFormat],
    reading: Reading,
    streams: Sequence[Callable[[], Iterator[Record]]],
) -> LoadError:
    """The error for a file of which no line is the header; `streams` are its records under each delimiter or sheet."""
    said = f"{reading.name}:1: no line with the headers of the format {form.name} in the first {HEADER_WITHIN}"
    first = [record for record in _taken(streams[0]) if any(record.cells) or record.fault] if streams else []
    if not first:
        return LoadError(f"{said}: the file is empty")
    for stream in streams:
        for number, record in enumerate(_taken(stream)):
            for other in others:
                if other.name != form.name and _is_header(other, record, reading):
                    return LoadError(f"{said}: it has those of {other.name}; load it as {other.name}")
            if number >= HEADER_WITHIN and _is_header(form, record, reading):
                return LoadError(
                    f"{said}: they are on line {record.line}; remove the lines above them, all but {HEADER_WITHIN}"
                )
    widths = {len(record.cells) for record in first if record.fault is None}
    if max(widths, default=0) <= 1 and all(
        max((len(record.cells) for record in _taken(stream)), default=0) <= 1 for stream in streams
    ):
        return LoadError(
            f"{said}: every line is one cell; save it as CSV with commas, semicolons or tabs between the cells"
        )
    if _numbered(first[0]):
        return LoadError(f"{said}: it begins with a row; put the line with the headers above it, as it was published")
    return LoadError(
        f"{said}: its first lines are neither known headers nor rows; load the list as it was published, with headers"
    )


def _taken(stream: Callable[[], Iterator[Record]]) -> list[Record]:
    taken = []
    for record in stream():
        taken.append(record)
        if len(taken) >= _LOOK_FURTHER:
            break
    return taken


def _is_header(form: ListFormat, record: Record, reading: Reading) -> bool:
    if record.fault is not None:
        return False
    try:
        return form.header(record, reading) is not None
    except LoadError:
        return False


def _numbered(record: Record) -> bool:
    """A row has a number in a cell of its own; headers have none."""
    return any(cell.replace(",", "").replace("$", "").replace("-", "").isdigit() for cell in record.cells)
