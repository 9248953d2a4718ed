"""Reads cases: referrals, consents, delegation orders as they stand.

Invariant 13: a case that is not what the log said last of it is as if there were none, and an alarm is raised; how many
there are (`count`) is counted without that, since a number grants nothing.
Does not write: a case changes only with an entry of the log, in the log's own transaction (`log.group_commit`).
"""

import asyncio
import hmac
import json
import re
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from functools import partial
from typing import Any, Final

from sqlalchemy import Engine, text
from sqlalchemy.exc import SQLAlchemyError

from gateway.adapters.log.proven import ProvenState
from gateway.adapters.log.state import StateRow
from gateway.adapters.log.vault import Vault
from gateway.domain.errors import LogUnavailableError
from gateway.domain.state_record import StateRecord
from gateway.domain.target import SubjectIdentifier

_COLUMNS = "kind, id, revision, state, due, opened_index, entry_index, body, token"
_ONE = text(f"SELECT {_COLUMNS} FROM case_record WHERE kind = :kind AND id = :id")
_REVISION = text("SELECT revision FROM case_record WHERE kind = :kind AND id = :id")
_EVERY = text(f"SELECT {_COLUMNS} FROM case_record ORDER BY opened_index, kind, id")
_OPENED = text(f"SELECT {_COLUMNS} FROM case_record WHERE kind = :kind AND opened_index = :index")
_FILED = text(f"SELECT {_COLUMNS} FROM case_record WHERE kind = :kind AND token = :token ORDER BY opened_index, id")
_DUE = text(
    f"SELECT {_COLUMNS} FROM case_record WHERE kind = :kind AND due <= :now ORDER BY due, id LIMIT :limit OFFSET :skip"
)


DUE_AT_ONCE: Final = 100
_AT_ONCE: Final = 200
_MEMBER: Final = re.compile(r"[a-z_]+")
_READ_MEMBER: Final[Mapping[str, str]] = {
    "sqlite": "json_extract(CAST(body AS TEXT), '$.{0}')",
    "postgresql": "CAST(convert_from(body, 'UTF8') AS jsonb) ->> '{0}'",
}


class StateTable:
    """The ports by which the use cases read cases. Every method raises LogUnavailableError."""

    def __init__(self, engine: Engine, vault: Vault, proven: ProvenState) -> None:
        self._engine = engine
        self._proven = proven
        self._vault = vault
        self._member = _READ_MEMBER[engine.dialect.name]

    async def find(self, kind: str, case_id: str) -> StateRecord | None:
        """The case, or None."""
        return await asyncio.to_thread(self.find_now, kind, case_id)

    def find_now(self, kind: str, case_id: str) -> StateRecord | None:
        """The same for who has no event loop. Blocks."""
        found = self._proven_rows(_ONE, kind=kind, id=case_id)
        return found[0] if found else None

    async def filed_under(self, kind: str, subject: SubjectIdentifier) -> Sequence[StateRecord]:
        """Every case of the kind that is filed under this person, oldest first."""
        token = self._vault.token(subject)
        return await asyncio.to_thread(self._proven_rows, _FILED, kind=kind, token=token)

    async def revision(self, kind: str, case_id: str) -> int:
        """The revision of the row as it is, 0 where there is none. Proves nothing: it only tells that there is
        something new to read."""
        rows = await asyncio.to_thread(self._rows, _REVISION, kind=kind, id=case_id)
        return int(rows[0][0]) if rows else 0

    async def page(
        self, kind: str, *, states: Sequence[str] = (), members: Mapping[str, str] = {}, limit: int, skip: int = 0
    ) -> Sequence[StateRecord]:
        """At most `limit` cases after the first `skip`, oldest first, in these states and with these members of the
        body; without, of the kind."""
        which, values = self._which(kind, states, members)
        asked = text(
            f"SELECT {_COLUMNS} FROM case_record WHERE {which} ORDER BY opened_index, id LIMIT :limit OFFSET :skip"
        )
        return await asyncio.to_thread(self._pages, asked, limit, skip, values)

    async def count(self, kind: str, *, states: Sequence[str] = (), members: Mapping[str, str] = {}) -> int:
        """How many there are in these states and with these members of the body."""
        which, values = self._which(kind, states, members)
        rows = await asyncio.to_thread(self._rows, text(f"SELECT count(*) FROM case_record WHERE {which}"), **values)
        return int(rows[0][0])

    async def opened_by(self, kind: str, entry_index: int) -> StateRecord | None:
        """The case that this entry opened, or None."""
        found = await asyncio.to_thread(self._proven_rows, _OPENED, kind=kind, index=entry_index)
        return found[0] if found else None

    async def due(self, kind: str, now: datetime, limit: int = DUE_AT_ONCE, skip: int = 0) -> Sequence[StateRecord]:
        """At most `limit` cases whose clock has run out at `now` (aware), the longest ago first, after `skip`."""
        values: dict[str, str | int] = {"kind": kind, "now": int(now.timestamp())}
        return await asyncio.to_thread(self._pages, _DUE, limit, skip, values)

    def unproven(self) -> Sequence[StateRow]:
        """Rows of every kind that the log does not bear out, without telling anybody. Blocks."""
        rows = self._proven.borne_out(lambda: self._rows(_EVERY), _sealed, lambda _row: False)
        return [made for row, holds in rows if not holds and (made := _sealed(row)) is not None]

    def every(self) -> Sequence[tuple[str, str, bool]]:
        """Kind and id of every row, and whether the log bears it out. Blocks."""
        rows = self._proven.borne_out(lambda: self._rows(_EVERY), _sealed, lambda _row: False)
        return [(row[0], row[1], holds) for row, holds in rows]

    def concerns(self, case: StateRecord, subject: SubjectIdentifier) -> bool:
        """Whether the case is filed under this person."""
        return case.token is not None and hmac.compare_digest(case.token, self._vault.token(subject))

    def _which(
        self, kind: str, states: Sequence[str], members: Mapping[str, str]
    ) -> tuple[str, Mapping[str, str | int]]:
        """A condition with bound values; the names of members come from code and are checked all the same."""
        if not all(_MEMBER.fullmatch(name) for name in members):
            raise ValueError("a member of a case is lower-case letters")
        terms, values = ["kind = :kind"], {"kind": kind}
        if states:
            values |= {f"state{number}": str(state) for number, state in enumerate(states)}
            terms.append(f"state IN ({', '.join(f':state{number}' for number in range(len(states)))})")
        for name, value in members.items():
            terms.append(f"{self._member.format(name)} = :member_{name}")
            values[f"member_{name}"] = value
        return " AND ".join(terms), values

    def _pages(self, statement: Any, limit: int, skip: int, values: Mapping[str, str | int]) -> Sequence[StateRecord]:
        """`limit` cases that hold after the first `skip` that hold: a forged one takes nobody's place."""
        found: list[StateRecord] = []
        step, read = max(limit, _AT_ONCE), 0
        while len(found) < skip + limit:
            page: dict[str, str | int] = {**values, "limit": step, "skip": read}
            rows = self._proven.borne_out(partial(self._rows, statement, **page), _sealed)
            found += [_case(row) for row, holds in rows if holds]
            read += len(rows)
            if len(rows) < step:
                break
        return found[skip : skip + limit]

    def _proven_rows(self, statement: Any, **values: str | int | bytes) -> list[StateRecord]:
        rows = self._proven.borne_out(lambda: self._rows(statement, **values), _sealed)
        return [_case(row) for row, holds in rows if holds]

    def _rows(self, statement: Any, **values: str | int | bytes) -> list[Any]:
        try:
            with self._engine.connect() as connection:
                return [tuple(row) for row in connection.execute(statement, values).all()]
        except SQLAlchemyError as error:
            raise LogUnavailableError(f"cases cannot be read ({type(error).__name__})") from None


def _sealed(row: Any) -> StateRow | None:
    kind, case_id, revision, state, due, opened_index, entry_index, body, token = row
    if not isinstance(body, bytes) or not isinstance(token, bytes | None):
        return None
    return StateRow(kind, case_id, revision, state, due, token, body, (opened_index, entry_index))


def _case(row: Any) -> StateRecord:
    kind, case_id, revision, state, due, opened_index, entry_index, body, token = row
    return StateRecord(
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
