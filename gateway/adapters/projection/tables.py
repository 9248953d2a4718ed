"""The tables of the projection, and where they are: beside the log's in PostgreSQL, in a file of their own on SQLite.

Invariant: nothing here is evidence, so an older layout is not migrated but made anew and filled from the log; a newer
one, written by a later release, is left alone. Codes stand once in `projection_code`; what an entry says in codes is a
pattern; an entry is its pattern with a time and two numbers. `projection_sum` counts entries by pattern and period: 0
for all, a day by its ordinal, a month by its number below zero, a week by the ordinal of its Monday and ten million.
Does not: touch a table of the log.
"""

from pathlib import Path
from typing import Any, Final

from sqlalchemy import Connection, Engine, create_engine, event, inspect, text
from sqlalchemy.exc import SQLAlchemyError

from gateway.adapters.db.engine import parse
from gateway.service.projection.columns import Column
from gateway.service.projection.reading import ProjectionError

VERSION: Final = 1
BUILDER_LOCK: Final = 0x1_5A_10D
"""The PostgreSQL advisory lock of the one process that builds."""
_PREPARING_LOCK: Final = 0x1_5A_10E
_CACHE_KIBIBYTES: Final = 65_536
_ANSWER_MILLISECONDS: Final = 30_000
MONTHS_BELOW: Final = -1
"""A month is kept as its number times this."""
WEEKS_FROM: Final = 10_000_000
"""A week is kept as the ordinal of its Monday and this."""
ALL: Final = 0

SCALARS: Final = (
    Column.KIND,
    Column.REQUESTER,
    Column.RECIPIENT,
    Column.CUSTODIAN,
    Column.AGREEMENT,
    Column.AGREEMENT_VERSION,
    Column.AGREEMENT_DIGEST,
    Column.POLICY_REVISION,
    Column.PURPOSE,
    Column.GROUND,
    Column.RECORD_TYPE,
    Column.CARDINALITY,
    Column.EFFECT,
)
"""What a pattern has one of, in the order of its table."""
LIST_NUMBERS: Final = {
    Column.CLAUSE: 1,
    Column.REASON: 2,
    Column.DISCLOSER_AUTHORITY: 3,
    Column.RECIPIENT_AUTHORITY: 4,
    Column.OBLIGATION: 5,
}
DISCLOSED, WITHHELD = 1, 2
"""What became of an element, in `projection_element.how`."""

TABLES: Final = (
    "projection_state",
    "projection_code",
    "projection_unit",
    "projection_pattern",
    "projection_listed",
    "projection_element",
    "projection_entry",
    "projection_sum",
    "projection_period",
)
FILLED: Final = tuple(name for name in TABLES if name not in ("projection_state", "projection_unit"))
"""What begins anew with a rebuild."""


def sql_name(column: Column) -> str:
    """The name of a column in its table."""
    return column.value.replace("-", "_")


def _layout(dialect: str) -> tuple[str, ...]:
    postgres = dialect == "postgresql"
    big, blob = ("BIGINT", "BYTEA") if postgres else ("INTEGER", "BLOB")
    clustered = "" if postgres else " WITHOUT ROWID"
    codes = ", ".join(f"{sql_name(column)} INTEGER NOT NULL" for column in SCALARS)
    return (
        f"CREATE TABLE projection_state (id INTEGER PRIMARY KEY, version INTEGER NOT NULL, generation {big} NOT NULL, "
        f"position {big} NOT NULL, leaf {blob}, unreadable {big} NOT NULL, newest_ms {big}, codes INTEGER NOT NULL, "
        "patterns INTEGER NOT NULL)",
        "CREATE TABLE projection_code (id INTEGER PRIMARY KEY, code TEXT NOT NULL UNIQUE)",
        "CREATE TABLE projection_unit (unit TEXT PRIMARY KEY, organization TEXT NOT NULL)",
        f"CREATE TABLE projection_pattern (id INTEGER PRIMARY KEY, digest {blob} NOT NULL UNIQUE, "
        f"body {blob} NOT NULL, {codes})",
        "CREATE TABLE projection_listed (list SMALLINT NOT NULL, code INTEGER NOT NULL, pattern INTEGER NOT NULL, "
        f"PRIMARY KEY (list, code, pattern)){clustered}",
        "CREATE INDEX projection_listed_pattern ON projection_listed (pattern, list)",
        "CREATE TABLE projection_element (element INTEGER NOT NULL, how SMALLINT NOT NULL, pattern INTEGER NOT NULL, "
        f"detail INTEGER NOT NULL, PRIMARY KEY (element, how, pattern)){clustered}",
        "CREATE INDEX projection_element_pattern ON projection_element (pattern)",
        f"CREATE TABLE projection_entry (entry_index {big} PRIMARY KEY, at_ms {big} NOT NULL, "
        f"pattern INTEGER NOT NULL, records {big} NOT NULL, refers_to {big})",
        "CREATE INDEX projection_entry_pattern ON projection_entry (pattern, entry_index)",
        f"CREATE TABLE projection_sum (period INTEGER NOT NULL, pattern INTEGER NOT NULL, entries {big} NOT NULL, "
        f"records {big} NOT NULL, first_index {big} NOT NULL, last_index {big} NOT NULL, last_ms {big} NOT NULL, "
        f"PRIMARY KEY (period, pattern)){clustered}",
        "CREATE INDEX projection_sum_pattern ON projection_sum (pattern, period)",
        f"CREATE TABLE projection_period (period INTEGER PRIMARY KEY, entries {big} NOT NULL, records {big} NOT NULL, "
        f"first_index {big} NOT NULL, last_index {big} NOT NULL, last_ms {big} NOT NULL)",
    )


def open_place(url: str) -> Engine:
    """An engine for the projection of the log at this URL, which the log's own readers and writers do not share.

    Raises ConfigurationError for a malformed URL."""
    parsed = parse(url)
    if parsed.get_backend_name() == "sqlite":
        engine = create_engine(parsed.set(database=str(file_beside(Path(str(parsed.database))))))
        event.listen(engine, "connect", _on_sqlite_connect)
        event.listen(engine, "begin", _on_sqlite_begin)
        return engine
    options = f"-c jit=off -c work_mem=64MB -c statement_timeout={_ANSWER_MILLISECONDS}"
    # Its pool is small, so that no number of questions keeps a disclosure from a connection.
    return create_engine(parsed, pool_pre_ping=True, pool_size=3, max_overflow=2, connect_args={"options": options})


def file_beside(database: Path) -> Path:
    """`log.db` has its projection in `log.projection.db`."""
    return database.with_name(f"{database.stem}.projection{database.suffix or '.db'}")


def prepare(place: Engine) -> None:
    """Make the tables where there are none, and anew where they are of an older layout. Raises ProjectionError."""
    try:
        with place.connect() as reading:
            if _found(reading) == VERSION:
                return
        with place.connect().execution_options(immediately=True) as connection, connection.begin():
            if place.dialect.name == "postgresql":
                connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _PREPARING_LOCK})
            _prepare(connection)
    except SQLAlchemyError as error:
        raise ProjectionError(f"the projection of the log cannot be set up ({type(error).__name__})") from None


def _found(connection: Connection) -> int | None:
    """The version of the layout, None where there is none."""
    if not inspect(connection).has_table("projection_state"):
        return None
    return int(connection.execute(text("SELECT version FROM projection_state")).scalar_one())


def _prepare(connection: Connection) -> None:
    known = set(inspect(connection).get_table_names())
    version, generation = _found(connection), 0
    if version is not None:
        generation = connection.execute(text("SELECT generation FROM projection_state")).scalar_one()
        if version == VERSION:
            return
        if version > VERSION:
            raise ProjectionError(
                "the projection of the log was built by a newer release; it is read by that release only"
            )
    for name in TABLES:
        if name in known:
            connection.execute(text(f"DROP TABLE {name}"))
    for statement in _layout(connection.dialect.name):
        connection.execute(text(statement))
    connection.execute(
        text(
            "INSERT INTO projection_state (id, version, generation, position, unreadable, codes, patterns) "
            "VALUES (1, :version, :generation, 0, 0, 0, 0)"
        ),
        {"version": VERSION, "generation": generation + 1},
    )


def _on_sqlite_connect(connection: Any, _record: object) -> None:
    connection.isolation_level = None
    connection.execute("PRAGMA busy_timeout=5000")
    connection.execute("PRAGMA journal_mode=WAL")
    # What a crash loses is read from the log again.
    connection.execute("PRAGMA synchronous=NORMAL")
    connection.execute("PRAGMA temp_store=MEMORY")
    connection.execute(f"PRAGMA cache_size=-{_CACHE_KIBIBYTES}")


def _on_sqlite_begin(connection: Any) -> None:
    # Who reads before it writes has to be the only writer from the start.
    connection.exec_driver_sql("BEGIN IMMEDIATE" if connection.get_execution_options().get("immediately") else "BEGIN")
