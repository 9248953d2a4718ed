"""Writes rows of the projection as CSV or Parquet, a batch at a time.

Invariants: memory holds one batch, however many rows there are; a file is there whole under its name or not at all, and
none is replaced. In CSV a list is its codes with spaces between, `element=form` and `element=reason` for elements; in
Parquet it is a list. Does not: put the export on record (`gateway.service.projection.exporting`).
"""

import contextlib
import csv
import io
import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, Final

from gateway.domain.errors import GatewayError
from gateway.service.projection.exporting import Format
from gateway.service.projection.rows import Row

if TYPE_CHECKING:
    import pyarrow

Batches = Iterable[Sequence[Row]]
Progress = Callable[[int], None]
_PAIRS: Final = {"disclosed": "form", "withheld": "reason"}
_LISTS: Final = (
    "clauses", "requested", "reasons", "discloser_authorities", "recipient_authorities", "obligations",
)  # fmt: skip
_NUMBERS: Final = ("entry_index", "records", "refers_to")
COLUMNS: Final = (
    "entry_index", "time", "kind", "requester", "requester_organization", "recipient", "recipient_organization",
    "custodian", "custodian_organization", "agreement", "agreement_version", "agreement_digest", "clauses", "purpose",
    "ground", "record_type", "cardinality", "requested", "disclosed", "withheld", "effect", "reasons",
    "discloser_authorities", "recipient_authorities", "obligations", "records", "refers_to", "policy_revision",
)  # fmt: skip
"""In their order; those of `Row.as_json`."""


class ExportFileError(GatewayError):
    """The file cannot be written there."""

    code = "export-file"


def write_rows(batches: Batches, file: Path, form: Format, progress: Progress = lambda _rows: None) -> int:
    """Write all rows to a new file; how many there were. Raises ExportFileError, ProjectionError."""
    if file.exists():
        raise ExportFileError("there is a file of this name already; choose another one")
    part = file.with_name(f".{file.name}.part")
    try:
        with part.open("xb") as out:
            written = (_write_parquet if form == "parquet" else _write_csv)(batches, out, progress)
        os.replace(part, file)
    except OSError as error:
        raise ExportFileError(f"the file cannot be written there ({type(error).__name__})") from None
    finally:
        with contextlib.suppress(OSError):
            part.unlink()
    return written


def csv_lines(batches: Batches) -> Iterator[str]:
    """The same as CSV, for whoever streams it: the headings, then some lines for each batch."""
    lines = _Lines()
    writer = csv.writer(lines)
    writer.writerow(COLUMNS)
    for batch in batches:
        writer.writerows([_cells(row.as_json()) for row in batch])
        yield lines.taken()
    yield lines.taken()


def csv_of(rows: Iterable[Mapping[str, Any]], *, headings: bool = False) -> str:
    """The same for rows that a staff call gave (`Row.as_json`)."""
    lines = _Lines()
    writer = csv.writer(lines)
    if headings:
        writer.writerow(COLUMNS)
    writer.writerows([_cells(row) for row in rows])
    return lines.taken()


def parquet_of(batches: Iterable[Sequence[Mapping[str, Any]]]) -> bytes:
    """A whole file of rows that a staff call gave; memory holds it in its columns."""
    import pyarrow
    from pyarrow import parquet

    schema, out = _schema(), io.BytesIO()
    with parquet.ParquetWriter(out, schema, compression="zstd") as writer:
        for batch in batches:
            rows = [{**row, "time": datetime.fromisoformat(row["time"])} for row in batch]
            writer.write_table(pyarrow.Table.from_pylist(rows, schema=schema))
    return out.getvalue()


def _write_csv(batches: Batches, out: IO[bytes], progress: Progress) -> int:
    written = 0

    def counted() -> Iterator[Sequence[Row]]:
        nonlocal written
        for batch in batches:
            yield batch
            written += len(batch)
            progress(written)

    for text in csv_lines(counted()):
        out.write(text.encode())
    return written


def _write_parquet(batches: Batches, out: IO[bytes], progress: Progress) -> int:
    import pyarrow
    from pyarrow import parquet

    schema, written = _schema(), 0
    with parquet.ParquetWriter(out, schema, compression="zstd") as writer:
        for batch in batches:
            rows = [{**row.as_json(), "time": row.at} for row in batch]
            writer.write_table(pyarrow.Table.from_pylist(rows, schema=schema))
            written += len(batch)
            progress(written)
    return written


def _schema() -> "pyarrow.Schema":
    import pyarrow

    text = pyarrow.string()

    def kind(column: str) -> Any:
        if column in _NUMBERS:
            return pyarrow.int64()
        if column in _LISTS:
            return pyarrow.list_(text)
        if column in _PAIRS:
            return pyarrow.list_(pyarrow.struct([("element", text), (_PAIRS[column], text)]))
        return pyarrow.timestamp("ms", tz="UTC") if column == "time" else text

    return pyarrow.schema([(column, kind(column)) for column in COLUMNS])


class _Lines:
    """What the CSV writer wrote since it was taken last."""

    def __init__(self) -> None:
        self._kept: list[str] = []

    def write(self, text: str) -> int:
        self._kept.append(text)
        return len(text)

    def taken(self) -> str:
        text, self._kept = "".join(self._kept), []
        return text


def _cells(row: Mapping[str, Any]) -> list[str]:
    told = dict(row)
    for column, detail in _PAIRS.items():
        told[column] = " ".join(f"{one['element']}={one[detail]}" for one in told[column])
    for column in _LISTS:
        told[column] = " ".join(told[column])
    return ["" if told[column] is None else str(told[column]) for column in COLUMNS]
