"""Makes the tables of a new database, and brings those of an older release to this one's.

Apart from `schema`, because only a database that is new or old needs the declared tables. Migrations are functions in
`MIGRATIONS` by the version they start from. Does not: begin or end a transaction, or refuse a version.
"""

from collections.abc import Callable, Collection, Mapping
from typing import Final

from sqlalchemy import Connection, insert, text, update

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


MIGRATIONS: Final[Mapping[int, Callable[[Connection], None]]] = {1: _add_cases, 2: _add_proof, 3: _holds_are_cases}


def any_of_ours(tables: Collection[str]) -> bool:
    """Whether one of the names is that of a declared table."""
    return any(table.name in tables for table in metadata.sorted_tables)


def create(connection: Connection, version: int) -> None:
    """Every table, the version row and the empty log head."""
    metadata.create_all(connection)
    connection.execute(insert(SchemaVersion).values(id=1, version=version))
    empty = Frontier().to_bytes()
    connection.execute(insert(LogHead).values(id=1, size=0, root=EMPTY_ROOT, frontier=empty, key_epoch=0))


def migrate(connection: Connection, found: int) -> int:
    """As far as there are migrations from version `found`; the version reached."""
    while (step := MIGRATIONS.get(found)) is not None:
        step(connection)
        found += 1
        connection.execute(update(SchemaVersion).values(version=found))
    return found
