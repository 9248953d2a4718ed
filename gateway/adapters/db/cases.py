"""Reads cases: referrals, consents, delegation orders as they stand.

Does not write: a case changes only with an entry of the log, in the log's own transaction (`gateway.adapters.commit`).
"""

import asyncio
import hmac
import json
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Engine, text
from sqlalchemy.exc import SQLAlchemyError

from gateway.adapters.log.vault import Vault
from gateway.domain.case import Case
from gateway.domain.errors import LogUnavailableError
from gateway.domain.request import SubjectIdentifier

_COLUMNS = "kind, id, revision, state, due, opened_index, entry_index, body, token"
_ONE = text(f"SELECT {_COLUMNS} FROM case_record WHERE kind = :kind AND id = :id")
_OPENED = text(f"SELECT {_COLUMNS} FROM case_record WHERE kind = :kind AND opened_index = :index")
_DUE = text(f"SELECT {_COLUMNS} FROM case_record WHERE kind = :kind AND due <= :now ORDER BY due, id")
_ALL = text(f"SELECT {_COLUMNS} FROM case_record WHERE kind = :kind ORDER BY opened_index, id")


class CaseTable:
    """The ports by which the use cases read cases. Every method raises LogUnavailableError."""

    def __init__(self, engine: Engine, vault: Vault) -> None:
        self._engine = engine
        self._vault = vault

    async def find(self, kind: str, case_id: str) -> Case | None:
        """The case, or None."""
        rows = await asyncio.to_thread(self._rows, _ONE, kind=kind, id=case_id)
        return _case(rows[0]) if rows else None

    async def all(self, kind: str) -> Sequence[Case]:
        """Every case of a kind, oldest first."""
        return [_case(row) for row in await asyncio.to_thread(self._rows, _ALL, kind=kind)]

    async def opened_by(self, kind: str, entry_index: int) -> Case | None:
        """The case that this entry opened, or None."""
        rows = await asyncio.to_thread(self._rows, _OPENED, kind=kind, index=entry_index)
        return _case(rows[0]) if rows else None

    async def due(self, kind: str, now: datetime) -> Sequence[Case]:
        """Cases whose clock has run out at `now` (aware), the longest ago first."""
        rows = await asyncio.to_thread(self._rows, _DUE, kind=kind, now=int(now.timestamp()))
        return [_case(row) for row in rows]

    def concerns(self, case: Case, subject: SubjectIdentifier) -> bool:
        """Whether the case is filed under this person."""
        return case.token is not None and hmac.compare_digest(case.token, self._vault.token(subject))

    def _rows(self, statement: Any, **values: str | int) -> list[Any]:
        try:
            with self._engine.connect() as connection:
                return list(connection.execute(statement, values).all())
        except SQLAlchemyError as error:
            raise LogUnavailableError(f"cases cannot be read ({type(error).__name__})") from None


def _case(row: Any) -> Case:
    kind, case_id, revision, state, due, opened_index, entry_index, body, token = row
    return Case(
        kind=kind,
        id=case_id,
        revision=revision,
        state=state,
        due=None if due is None else datetime.fromtimestamp(due, UTC),
        opened_index=opened_index,
        entry_index=entry_index,
        body=json.loads(body),
        token=None if token is None else bytes(token),
    )
