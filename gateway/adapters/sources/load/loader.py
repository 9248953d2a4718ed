"""Loading one published file into its table: everything of it, or nothing.

The file is read and checked completely before the database is touched. Then one transaction deletes what the file
replaces (its quarter, or the whole list), inserts the rows and remembers the file by its SHA-256; a failure or a kill
in between leaves the table as it was. Totals are added up from the raw cells apart from the rows, and both must agree.
"""

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

from sqlalchemy import Column, Connection, Integer, MetaData, Table, Text, create_engine, delete, func, insert, select
from sqlalchemy.engine import URL
from sqlalchemy.exc import SQLAlchemyError

from gateway.adapters.sources.errors import LoadError
from gateway.adapters.sources.load.formats import Header, ListFormat, Row
from gateway.adapters.sources.load.report import LoadReport, Named, Totals
from gateway.adapters.sources.load.text import CsvRecord, PublishedFile, read_file, records

HEADER_WITHIN = 25
ROWS_PER_INSERT = 2000

LOADS = Table(
    "source_load",
    MetaData(),
    Column("table_name", Text, primary_key=True),
    Column("edition", Text, primary_key=True),
    Column("digest", Text, nullable=False),
    Column("row_count", Integer, nullable=False),
)

Progress = Callable[[int, int], None]


def load_file(
    form: ListFormat,
    path: Path,
    url: URL,
    *,
    edition: str | None = None,
    unless_loaded: bool = False,
    progress: Progress | None = None,
) -> LoadReport:
    """Loads `path` into the table of `form` at `url`; `progress` is told lines read and lines in all.

    Raises LoadError, and then nothing was changed. With `unless_loaded` a file whose SHA-256 the table already holds
    is read for its report and not written."""
    file = read_file(path)
    where = form.edition(file.name, edition)
    report, rows = read_list(form, file, where, progress)
    report.check()
    if not rows:
        raise LoadError(f"{file.name}: none of its {report.totals.rows} rows can be loaded; nothing was changed")
    engine = create_engine(url, hide_parameters=True)
    try:
        if unless_loaded and _holds(engine.connect, form, where, file.digest):
            return replace(report, unchanged=True)
        LOADS.create(engine, checkfirst=True)
        form.table.create(engine, checkfirst=True)
        with engine.begin() as connection:
            replaced = _write(connection, form, where, file.digest, rows)
    except SQLAlchemyError as error:
        kind = type(error).__name__
        raise LoadError(f"{file.name}: the database refused it ({kind}); nothing was changed") from None
    finally:
        engine.dispose()
    return replace(report, replaced=replaced)


def read_list(
    form: ListFormat, file: PublishedFile, edition: str, progress: Progress | None = None
) -> tuple[LoadReport, list[Row]]:
    """Every row of the file that can be loaded, and the report. Writes nothing.

    Raises LoadError where there is no header line."""
    source = _told(records(file), len(file.lines), progress)
    before, header = _find_header(form, source, file.name, edition)
    named = [Named(record.line, "blank" if not any(record.cells) else "before-header") for record in before]
    loaded, rejected, totals = Totals(), Totals(), Totals()
    notes: list[Named] = []
    rows: list[Row] = []
    for row in header.read(source):
        totals += row.totals
        if row.values is None:
            rejected += row.totals
            named.append(Named(row.line, row.reason or "not-csv"))
        else:
            loaded += row.totals
            rows.append(row)
            notes += (Named(row.line, note) for note in row.notes)
    version = _noc_version(rows)
    if version is not None:
        notes += (
            Named(row.line, "noc-version-differs")
            for row in rows
            if row.values and row.values.get("noc_version") not in (None, version)
        )
    report = LoadReport(
        file=file.name,
        form=form.name,
        edition=edition,
        digest=file.digest,
        encoding=file.encoding,
        noc_version=version,
        header_line=header.line,
        totals=totals,
        loaded=loaded,
        rejected=rejected,
        named=tuple(sorted(named, key=lambda entry: entry.line)),
        notes=tuple(sorted(notes, key=lambda entry: entry.line)),
    )
    return report, rows


def _find_header(
    form: ListFormat, source: Iterator[CsvRecord], name: str, edition: str
) -> tuple[list[CsvRecord], Header]:
    before: list[CsvRecord] = []
    for record in source:
        header = form.header(record, edition)
        if header is not None:
            return before, header
        before.append(record)
        if len(before) > HEADER_WITHIN:
            break
    raise LoadError(f"{name}:1: no line with the headers of the format {form.name} in the first {HEADER_WITHIN}")


def _told(source: Iterator[CsvRecord], lines: int, progress: Progress | None) -> Iterator[CsvRecord]:
    for number, record in enumerate(source):
        if progress is not None and number % 500 == 0:
            progress(record.line, lines)
        yield record
    if progress is not None:
        progress(lines, lines)


def _noc_version(rows: list[Row]) -> str | None:
    versions = [str(row.values["noc_version"]) for row in rows if row.values and row.values.get("noc_version")]
    return max(sorted(set(versions)), key=versions.count) if versions else None


def _holds(connect: Callable[[], Connection], form: ListFormat, edition: str, digest: str) -> bool:
    wanted = select(LOADS.c.digest).where(LOADS.c.table_name == form.table.name, LOADS.c.edition == edition)
    with connect() as connection:
        if not connection.dialect.has_table(connection, LOADS.name):
            return False
        return connection.execute(wanted).scalar() == digest


def _write(connection: Connection, form: ListFormat, edition: str, digest: str, rows: list[Row]) -> int:
    table = form.table
    old_loads = delete(LOADS).where(LOADS.c.table_name == table.name)
    old_rows = delete(table)
    counting = select(func.count()).select_from(table)
    if form.edition_column is not None:
        column = table.columns[form.edition_column]
        old_rows, counting = old_rows.where(column == edition), counting.where(column == edition)
        old_loads = old_loads.where(LOADS.c.edition == edition)
    replaced = int(connection.execute(counting).scalar_one())
    connection.execute(old_rows)
    for start in range(0, len(rows), ROWS_PER_INSERT):
        connection.execute(insert(table), [dict(row.values or {}) for row in rows[start : start + ROWS_PER_INSERT]])
    connection.execute(old_loads)
    connection.execute(insert(LOADS).values(table_name=table.name, edition=edition, digest=digest, row_count=len(rows)))
    return replaced
