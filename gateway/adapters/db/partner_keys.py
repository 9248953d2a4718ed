"""The table of partner keys: proposed, active, revoked, and by whom.

Invariant: a key becomes active only by a person other than the one who proposed it, and a unit has at most two active
keys; both are conditions of the one UPDATE that activates it. Staff appear as tokens, never by name. Times are Unix
seconds. Does not: put the change on record (`gateway.service.partner_keys` does).
"""

import json
from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, Engine, text
from sqlalchemy.exc import SQLAlchemyError

from gateway.domain.errors import LogUnavailableError
from gateway.service.partner_keys import RegisteredKey

_COLUMNS = "keyid, unit, jwk, alg, status, valid_from, valid_until, proposed_by, approved_by"
_ALL = text(f"SELECT {_COLUMNS} FROM partner_key ORDER BY unit, keyid")
_ONE = text(f"SELECT {_COLUMNS} FROM partner_key WHERE keyid = :keyid")
_PROPOSE = text(
    f"INSERT INTO partner_key ({_COLUMNS}) VALUES (:keyid, :unit, :jwk, :alg, 'proposed', :valid_from, :valid_until, "
    ":proposed_by, NULL) ON CONFLICT (keyid) DO NOTHING"
)
_ACTIVATE = text(
    "UPDATE partner_key SET status = 'active', approved_by = :approved_by WHERE keyid = :keyid "
    "AND status = 'proposed' AND proposed_by <> :approved_by AND (SELECT count(*) FROM partner_key other "
    "WHERE other.unit = partner_key.unit AND other.status = 'active' "
    "AND (other.valid_until IS NULL OR other.valid_until > :now)) < :most"
)
_REVOKE = text("UPDATE partner_key SET status = 'revoked' WHERE keyid = :keyid AND status <> 'revoked'")


class PartnerKeyTable:
    """The `gateway.service.partner_keys.KeyTable` port. Every method raises LogUnavailableError."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def all(self) -> tuple[RegisteredKey, ...]:
        """Every key, whatever its status."""
        return tuple(_key(row) for row in self._rows(_ALL))

    def find(self, keyid: str) -> RegisteredKey | None:
        """One key, or None."""
        rows = self._rows(_ONE, keyid=keyid)
        return _key(rows[0]) if rows else None

    def propose(self, key: RegisteredKey) -> bool:
        """Add a proposed key; False when the key is known already."""
        values = {
            "keyid": key.keyid,
            "unit": key.unit,
            "jwk": json.dumps(dict(key.jwk), sort_keys=True),
            "alg": key.algorithm,
            "valid_from": key.valid_from,
            "valid_until": key.valid_until,
            "proposed_by": key.proposed_by,
        }
        return self._change(_PROPOSE, values)

    def activate(self, keyid: str, approved_by: str, now: int, most: int) -> bool:
        """Make a proposed key active; False when a condition does not hold."""
        return self._change(_ACTIVATE, {"keyid": keyid, "approved_by": approved_by, "now": now, "most": most})

    def revoke(self, keyid: str) -> bool:
        """Revoke a key for good; False when it is unknown or revoked."""
        return self._change(_REVOKE, {"keyid": keyid})

    def _rows(self, statement: Any, **values: str) -> list[Any]:
        try:
            with self._engine.connect() as connection:
                return list(connection.execute(statement, values).all())
        except SQLAlchemyError as error:
            raise _unavailable(error) from None

    def _change(self, statement: Any, values: Mapping[str, object]) -> bool:
        try:
            with self._engine.begin() as connection:
                _lock(connection)
                return bool(connection.execute(statement, values).rowcount == 1)
        except SQLAlchemyError as error:
            raise _unavailable(error) from None


def _lock(connection: Connection) -> None:
    """One change at a time, so that two approvals cannot both be the second. SQLite has one writer anyway."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("LOCK TABLE partner_key IN SHARE ROW EXCLUSIVE MODE"))


def _key(row: Any) -> RegisteredKey:
    keyid, unit, jwk, algorithm, status, valid_from, valid_until, proposed_by, approved_by = row
    return RegisteredKey(
        keyid, unit, json.loads(jwk), algorithm, status, valid_from, valid_until, proposed_by, approved_by
    )


def _unavailable(error: SQLAlchemyError) -> LogUnavailableError:
    return LogUnavailableError(f"the key registry cannot be read or written ({type(error).__name__})")
