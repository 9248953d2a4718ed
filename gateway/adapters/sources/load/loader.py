"""Loading one published file into its table: everything of it, or nothing.

The file is read and checked completely before the database is touched: what was loaded is held against a count that
does not use the reader (`tally`). Then one transaction looks at what the file replaces (its quarter, or the whole
list), deletes that, inserts the rows and remembers the file by its SHA-256; a failure or a kill in between leaves the
table as it was.
"""

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from sqlalchemy import Column, Connection, Integer, MetaData, Table, Text, create_engine, delete, func, insert, select
from sqlalchemy.engine import URL
from sqlalchemy.exc import SQLAlchemyError

from gateway.adapters.sources.errors import LoadError
from gateway.adapters.sources.load import replacing
from gateway.adapters.sources.load.delimited import DELIMITERS, Delimited
from gateway.adapters.sources.load.formats import Header, ListFormat, Reading, Row
from gateway.adapters.sources.load.known import FORMATS
from gateway.adapters.sources.load.record import Record, Sheet
from gateway.adapters.sources.load.report import LoadReport, Named, Totals
from gateway.adapters.sources.load.tally import count_sheet, count_text
from gateway.adapters.sources.load.text import PublishedFile, read_file
from gateway.adapters.sources.load.unheaded import HEADER_WITHIN, why

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
    replace_standing: bool = False,
    ignore_headers: Collection[str] = (),
    progress: Progress | None = None,
) -> LoadReport:
    """Loads `path` into the table of `form` at `url`; `progress` is told lines read and lines in all.

    Raises LoadError, and then nothing was changed. With `unless_loaded` a file whose SHA-256 the table already holds
    is read for its report and not written. An older or much smaller list replaces another only with
    `replace_standing`; columns under `ignore_headers` are left out."""
    file = read_file(path)
    where = form.edition(file.name, edition)
    report, rows = read_list(form, file, where, progress, ignore_headers=ignore_headers)
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
            there = replacing.standing(connection, LOADS, form, where)
            replacing.allow(report, form, there, replace_standing)
            replaced = _write(connection, form, where, file.digest, rows, [old.edition for old in there])
    except SQLAlchemyError as error:
        kind = type(error).__name__
        raise LoadError(f"{file.name}: the database refused it ({kind}); nothing was changed") from None
    finally:
        engine.dispose()
    return replace(report, replaced=replaced, replaces=replacing.replaced(there) if replaced else ())


@dataclass(frozen=True, slots=True)
class _Found:
    """The headers, the records above them, and the source in which they were found."""

    above: tuple[Record, ...]
    header: Header
    following: Iterator[Record]
    delimiter: str = ","
    sheet: Sheet | None = None


def read_list(
    form: ListFormat,
    file: PublishedFile,
    edition: str,
    progress: Progress | None = None,
    *,
    ignore_headers: Collection[str] = (),
) -> tuple[LoadReport, list[Row]]:
    """Every row of the file that can be loaded, and the report. Writes nothing.

    Raises LoadError where there is no line of headers that can be read, or an independent count differs."""
    found = _find(form, file, Reading(file.name, edition, (), tuple(ignore_headers)))
    lines = len(found.sheet.records) if found.sheet else file.text.count("\n") + 1
    named = [Named(record.line, "blank" if not any(record.cells) else "before-header") for record in found.above]
    loaded, rejected, totals = Totals(), Totals(), Totals()
    notes: list[Named] = []
    rows: list[Row] = []
    refused: set[int] = set()
    for row in found.header.read(_told(found.following, lines, progress)):
        totals += row.totals
        if row.values is None:
            rejected += row.totals
            refused |= {row.line, row.last}
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
        header_line=found.header.line,
        totals=totals,
        loaded=loaded,
        rejected=rejected,
        named=tuple(sorted(named, key=lambda entry: entry.line)),
        notes=tuple(sorted(notes, key=lambda entry: entry.line)),
        counted=_counted(file, found, rows, refused),
        headers=found.header.read_as,
        cautions=found.header.cautions,
        sheet=found.sheet.title if found.sheet else None,
    )
    return report, rows


def _counted(file: PublishedFile, found: _Found, rows: list[Row], refused: set[int]) -> Totals:
    if found.sheet is not None:
        return count_sheet(file.name, found.sheet, found.header, rows, refused)
    return count_text(file.name, file.text, found.delimiter, found.header, rows, refused)


def _find(form: ListFormat, file: PublishedFile, reading: Reading) -> _Found:
    """The headers, in the sheet or under the delimiter where they are. Raises LoadError where they are nowhere."""
    if file.sheets:
        hits = []
        for sheet in file.sheets:
            hit = _above_and_header(form, reading, iter(sheet.records))
            if hit is not None:
                hits.append(_Found(hit[0], hit[1], hit[2], sheet=sheet))
        if len(hits) > 1:
            raise LoadError(f"{file.name}: {len(hits)} sheets have the headers; save the one that is meant as a file")
        if hits:
            return hits[0]
    else:
        for delimiter in DELIMITERS:
            source = Delimited(file.text, delimiter, _headers_of(form, reading))
            hit = _above_and_header(form, reading, source.records())
            if hit is not None:
                source.expect(hit[1].columns, hit[1].fits)
                return _Found(hit[0], hit[1], hit[2], delimiter=delimiter)
    raise why(form, [make() for make in FORMATS.values()], reading, _streams(file))


def _streams(file: PublishedFile) -> list[Callable[[], Iterator[Record]]]:
    if file.sheets:
        return [lambda sheet=sheet: iter(sheet.records) for sheet in file.sheets]  # type: ignore[misc]
    return [Delimited(file.text, delimiter, lambda _cells: False).records for delimiter in DELIMITERS]


def _headers_of(form: ListFormat, reading: Reading) -> Callable[[Collection[str]], bool]:
    """Above the headers, the line that no quoted cell may swallow is the line of headers itself."""

    def fits(cells: Collection[str]) -> bool:
        try:
            return form.header(Record(0, 0, tuple(" ".join(cell.split()) for cell in cells)), reading) is not None
        except LoadError:
            return True

    return fits


def _above_and_header(
    form: ListFormat, reading: Reading, source: Iterator[Record]
) -> tuple[tuple[Record, ...], Header, Iterator[Record]] | None:
    above: list[Record] = []
    for record in source:
        titles = tuple(cell for earlier in above for cell in earlier.cells if cell)
        header = None if record.fault else form.header(record, replace(reading, titles=titles))
        if header is not None:
            return tuple(above), header, source
        above.append(record)
        if len(above) > HEADER_WITHIN:
            break
    return None


def _told(source: Iterator[Record], lines: int, progress: Progress | None) -> Iterator[Record]:
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


def _write(
    connection: Connection, form: ListFormat, edition: str, digest: str, rows: list[Row], replaced: Collection[str]
) -> int:
    """Replaces what stands by the rows; returns how many rows went."""
    table = form.table
    old_loads = delete(LOADS).where(LOADS.c.table_name == table.name)
    old_rows = delete(table)
    counting = select(func.count()).select_from(table)
    if form.edition_column is not None:
        column, gone = table.columns[form.edition_column], [edition, *replaced]
        old_rows, counting = old_rows.where(column.in_(gone)), counting.where(column.in_(gone))
        old_loads = old_loads.where(LOADS.c.edition.in_(gone))
    before = int(connection.execute(counting).scalar_one())
    connection.execute(old_rows)
    for start in range(0, len(rows), ROWS_PER_INSERT):
        connection.execute(insert(table), [dict(row.values or {}) for row in rows[start : start + ROWS_PER_INSERT]])
    connection.execute(old_loads)
    connection.execute(insert(LOADS).values(table_name=table.name, edition=edition, digest=digest, row_count=len(rows)))
    return before
