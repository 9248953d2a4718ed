"""Creates the schema at start, and refuses a database whose schema this release does not know.

Invariant: a database is used only when its version row is exactly the one this release writes, so that an older
release never writes into a newer schema after a roll-back. Creation is one transaction with the version row and the
empty log head in it. Migrations, when there are any, are functions in `MIGRATIONS` by the version they start from.
"""

from collections.abc import Callable, Mapping
from typing import Final

from sqlalchemy import Connection, Engine, insert, inspect, text, update
from sqlalchemy.exc import DBAPIError

from audit.merkle import EMPTY_ROOT, Frontier
from gateway.adapters.db.tables import CaseRecord, LogHead, SchemaVersion, StateSnapshot, metadata
from gateway.domain.errors import ConfigurationError


def _add_cases(connection: Connection) -> None:
    metadata.tables[str(CaseRecord.__tablename__)].create(connection)


def _add_proof(connection: Connection) -> None:
    metadata.tables[str(StateSnapshot.__tablename__)].create(connection)
    connection.execute(text("ALTER TABLE partner_key ADD COLUMN revision BIGINT NOT NULL DEFAULT 0"))


def _holds_are_cases(connection: Connection) -> None:
    """No command of an earlier release placed a hold; one that somebody wrote all the same is not thrown away."""
    if connection.execute(text("SELECT count(*) FROM subject_hold")).scalar_one():
        raise ConfigurationError(
            "the table subject_hold has rows that no release wrote; place these holds with `gateway hold place` and "
            "empty the table"
        )
    connection.execute(text("DROP TABLE subject_hold"))


VERSION: Final = 4
MIGRATIONS: Final[Mapping[int, Callable[[Connection], None]]] = {1: _add_cases, 2: _add_proof, 3: _holds_are_cases}

_POSTGRES_LOCK: Final = 0x1_5A_10C


def prepare(engine: Engine) -> None:
    """Create or migrate the schema, or raise ConfigurationError in plain words."""
    try:
        with engine.begin() as connection:
            if engine.dialect.name == "postgresql":
                connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _POSTGRES_LOCK})
            _prepare(connection)
    except DBAPIError as error:
        raise ConfigurationError(
            f"the database cannot be opened or set up ({type(error.orig).__name__}); check the database URL, "
            "its permissions and the space left"
        ) from None


def _prepare(connection: Connection) -> None:
    tables = set(inspect(connection).get_table_names())
    if "schema_version" not in tables:
        if tables & {table.name for table in metadata.sorted_tables}:
            raise ConfigurationError(
                "the database has tables of the log but no schema version; it is not a database of this gateway, "
                "or was restored in part. Use an empty database or a complete backup"
            )
        metadata.create_all(connection)
        connection.execute(insert(SchemaVersion).values(id=1, version=VERSION))
        empty = Frontier().to_bytes()
        connection.execute(insert(LogHead).values(id=1, size=0, root=EMPTY_ROOT, frontier=empty, key_epoch=0))
        return
    _migrate(connection)


def _migrate(connection: Connection) -> None:
    found = int(connection.execute(text("SELECT version FROM schema_version WHERE id = 1")).scalar_one())
    while (migrate := MIGRATIONS.get(found)) is not None:
        migrate(connection)
        found += 1
        connection.execute(update(SchemaVersion).values(version=found))
    if found != VERSION:
        raise ConfigurationError(
            f"the database has schema version {found}, this release knows {VERSION}; start the release that wrote it"
        )
