"""The table of partner keys: proposed, active, revoked, and by whom.

Invariant 13: what a row says counts only where it is what the log said last of this key; a revoked row is believed
always, and an unreadable one never. Staff appear as tokens, never by name. Times are Unix seconds. Does not: change a
key, which the log does in the transaction of the entry (`log.group_commit`), except that `stop` takes a key out
of use at once.
"""

import json
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Engine, text
from sqlalchemy.exc import SQLAlchemyError

from gateway.adapters.log.proven import ProvenState
from gateway.adapters.log.state import StateRow
from gateway.domain.errors import LogUnavailableError
from gateway.service.partner.partner_keys import KIND, REVOKED, RegisteredKey, body_of

_COLUMNS = "keyid, unit, jwk, alg, status, valid_from, valid_until, proposed_by, approved_by, revision"
_ALL = text(f"SELECT {_COLUMNS} FROM partner_key ORDER BY unit, keyid")
_ONE = text(f"SELECT {_COLUMNS} FROM partner_key WHERE keyid = :keyid")
_STOP = text(
    "UPDATE partner_key SET status = 'revoked', revision = revision + 1 WHERE keyid = :keyid AND status <> 'revoked'"
)


class PartnerKeyTable:
    """The `gateway.service.partner.partner_keys.KeyTable` port. Every method raises LogUnavailableError."""

    def __init__(self, engine: Engine, proven: ProvenState) -> None:
        self._engine = engine
        self._proven = proven

    def all(self) -> tuple[RegisteredKey, ...]:
        """Every readable key, whatever its status and whether the log bears it out."""
        return self._checked(_ALL)

    def find(self, keyid: str) -> RegisteredKey | None:
        """One key, or None."""
        found = self._checked(_ONE, keyid=keyid)
        return found[0] if found else None

    def known(self, keyid: str) -> bool:
        """Whether the log ever said anything of this key, its row deleted or not."""
        self._proven.catch_up()
        return self._proven.word(KIND, keyid) is not None

    def unproven(self) -> Sequence[StateRow]:
        """Rows that the log does not bear out, without telling anybody."""
        rows = self._proven.borne_out(lambda: self._rows(_ALL), _sealed_row, lambda _row: False)
        return [made for row, holds in rows if not holds and (made := _sealed_row(row)) is not None]

    def every(self) -> Sequence[tuple[str, str, bool]]:
        """Kind and id of every row, and whether the log bears it out."""
        rows = self._proven.borne_out(lambda: self._rows(_ALL), _sealed_row, lambda _row: False)
        return [(KIND, row[0], holds) for row, holds in rows]

    def stop(self, keyid: str) -> None:
        """Take a key out of use at once, without an entry; the row then waits for one."""
        try:
            with self._engine.begin() as connection:
                connection.execute(_STOP, {"keyid": keyid})
        except SQLAlchemyError as error:
            raise _unavailable(error) from None

    def _checked(self, statement: Any, **values: str) -> tuple[RegisteredKey, ...]:
        rows = self._proven.borne_out(lambda: self._rows(statement, **values), _sealed_row, _may_grant)
        return tuple(_key(row, on_record=holds) for row, holds in rows if _body(row) is not None)

    def _rows(self, statement: Any, **values: str) -> list[tuple[Any, ...]]:
        try:
            with self._engine.connect() as connection:
                return [tuple(row) for row in connection.execute(statement, values).all()]
        except SQLAlchemyError as error:
            raise _unavailable(error) from None


def _key(row: tuple[Any, ...], *, on_record: bool) -> RegisteredKey:
    keyid, unit, jwk, algorithm, status, valid_from, valid_until, proposed_by, approved_by, revision = row
    return RegisteredKey(
        *(keyid, unit, json.loads(jwk), algorithm, status, valid_from, valid_until, proposed_by, approved_by),
        *(revision, on_record),
    )


def _body(row: tuple[Any, ...]) -> bytes | None:
    try:
        return body_of(_key(row, on_record=False))
    except (ValueError, TypeError, AttributeError, RecursionError):
        return None


def _sealed_row(row: tuple[Any, ...]) -> StateRow | None:
    body = _body(row)
    return None if body is None else StateRow(KIND, row[0], row[9], row[4], None, None, body)


def _may_grant(row: tuple[Any, ...]) -> bool:
    return bool(row[4] != REVOKED)


def _unavailable(error: SQLAlchemyError) -> LogUnavailableError:
    return LogUnavailableError(f"the key registry cannot be read or written ({type(error).__name__})")
