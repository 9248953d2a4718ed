"""Creates the schema at start, and refuses a database whose schema this release does not know.

Invariant: a database is used only when its version row is exactly the one this release writes, so that an older
release never writes into a newer schema after a roll-back. Creation is one transaction with the version row and the
empty log head in it. Does not: know a table (`gateway.adapters.db.creation`).
"""

from typing import Final

from sqlalchemy import Connection, Engine, inspect, text
from sqlalchemy.exc import DBAPIError

from gateway.domain.errors import ConfigurationError

VERSION: Final = 4

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
    found = _version(connection) if "schema_version" in tables else None
    if found == VERSION:
        return
    # Declaring the tables takes longer than opening the log does; a database that is up to date needs none of it.
    from gateway.adapters.db.creation import any_of_ours, create, migrate

    if found is None:
        if any_of_ours(tables):
            raise ConfigurationError(
                "the database has tables of the log but no schema version; it is not a database of this gateway, "
                "or was restored in part. Use an empty database or a complete backup"
            )
        create(connection, VERSION)
        return
    reached = migrate(connection, found)
    if reached != VERSION:
        raise ConfigurationError(
            f"the database has schema version {reached}, this release knows {VERSION}; start the release that wrote it"
        )


def _version(connection: Connection) -> int:
    return int(connection.execute(text("SELECT version FROM schema_version WHERE id = 1")).scalar_one())
