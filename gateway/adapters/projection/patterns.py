"""The patterns and codes of the projection, as their numbers: found, or added when they are met first.

Invariant: a number that was given stays that pattern's or code's for the life of a generation, so that what a process
remembers is right whoever builds meanwhile; after an error everything is forgotten, because what was given may have
been rolled back. Does not: count, or commit.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any, Final

from sqlalchemy import Connection, text

from gateway.adapters.projection.folding import pattern_bytes
from gateway.adapters.projection.tables import DISCLOSED, LIST_NUMBERS, SCALARS, WITHHELD, sql_name
from gateway.adapters.projection.writing import write, write_binary
from gateway.service.projection.columns import Column
from gateway.service.projection.rows import Pattern

_MOST_KNOWN: Final = 200_000
_FIND_PATTERN: Final = text("SELECT id FROM projection_pattern WHERE digest = :digest")
_FIND_CODE: Final = text("SELECT id FROM projection_code WHERE code = :code")
_ADD_PATTERN: Final = (
    f"INSERT INTO projection_pattern (id, digest, body, {', '.join(map(sql_name, SCALARS))}) "
    f"VALUES (:id, :digest, :body, {', '.join(f':{sql_name(column)}' for column in SCALARS)})"
)
NO_CODE: Final = 0


@dataclass(slots=True)
class Fresh:
    """What one transaction adds."""

    codes: list[tuple[int, str]] = field(default_factory=list)
    patterns: list[dict[str, Any]] = field(default_factory=list)
    listed: list[tuple[int, int, int]] = field(default_factory=list)
    elements: list[tuple[int, int, int, int]] = field(default_factory=list)


class PatternNumbers:
    """Remembers spellings and codes. `patterns` and `codes` are how many there are. Not for several threads."""

    def __init__(self) -> None:
        self._spellings: dict[bytes, int] = {}
        self._codes: dict[str, int] = {}
        self._digests: dict[bytes, int] = {}
        self._fresh = Fresh()
        self.patterns = 0
        self.codes = 0

    def forget(self) -> None:
        """After an error, or where a generation began."""
        self.__init__()  # type: ignore[misc]

    def known(self, spelling: bytes) -> int | None:
        """The number of the pattern that is spelt so."""
        return self._spellings.get(spelling)

    def remember(self, spelling: bytes, number: int) -> None:
        """From now on this spelling is known; rare ones are forgotten with the others, not kept without end."""
        if len(self._spellings) >= _MOST_KNOWN:
            self._spellings.clear()
        self._spellings[spelling] = number

    def number(self, connection: Connection, pattern: Pattern) -> int:
        """The number of this pattern, which is added where it is new (`flush` writes it)."""
        body = pattern_bytes(pattern)
        digest = sha256(body).digest()[:16]
        found = self._digests.get(digest)
        if found is None:
            found = connection.execute(_FIND_PATTERN, {"digest": digest}).scalar_one_or_none()
        if found is None:
            self.patterns += 1
            found = self._digests[digest] = self.patterns
            self._add(connection, found, pattern, digest, body)
        return int(found)

    def flush(self, connection: Connection) -> None:
        """Write what is new."""
        fresh, self._fresh = self._fresh, Fresh()
        self._digests.clear()
        write(connection, "projection_code", fresh.codes)
        write_binary(connection, _ADD_PATTERN, fresh.patterns)
        write(connection, "projection_listed", fresh.listed)
        write(connection, "projection_element", fresh.elements)

    def _add(self, connection: Connection, number: int, pattern: Pattern, digest: bytes, body: bytes) -> None:
        def code(value: str | None) -> int:
            return NO_CODE if value is None else self._code(connection, value)

        scalars = {sql_name(column): code(value) for column, value in scalars_of(pattern).items()}
        self._fresh.patterns.append({"id": number, "digest": digest, "body": body, **scalars})
        for column, values in lists_of(pattern).items():
            self._fresh.listed += [(LIST_NUMBERS[column], code(value), number) for value in values]
        for how, pairs in ((DISCLOSED, pattern.disclosed), (WITHHELD, pattern.withheld)):
            self._fresh.elements += [(code(element), how, number, code(detail)) for element, detail in pairs]

    def _code(self, connection: Connection, value: str) -> int:
        found = self._codes.get(value)
        if found is None:
            found = connection.execute(_FIND_CODE, {"code": value}).scalar_one_or_none()
        if found is None:
            self.codes += 1
            found = self.codes
            self._fresh.codes.append((found, value))
        self._codes[value] = found
        return found


def scalars_of(pattern: Pattern) -> dict[Column, str | None]:
    """What a pattern has one of."""
    agreement = pattern.agreement
    return {
        Column.KIND: pattern.kind,
        Column.REQUESTER: pattern.requester,
        Column.RECIPIENT: pattern.recipient,
        Column.CUSTODIAN: pattern.custodian,
        Column.AGREEMENT: agreement.id if agreement else None,
        Column.AGREEMENT_VERSION: agreement.version if agreement else None,
        Column.AGREEMENT_DIGEST: agreement.digest if agreement else None,
        Column.POLICY_REVISION: pattern.policy_revision,
        Column.PURPOSE: pattern.purpose,
        Column.GROUND: pattern.ground,
        Column.RECORD_TYPE: pattern.record_type,
        Column.CARDINALITY: pattern.cardinality,
        Column.EFFECT: pattern.effect,
    }


def lists_of(pattern: Pattern) -> dict[Column, Sequence[str]]:
    """What a pattern may have several of."""
    return {
        Column.CLAUSE: pattern.clauses,
        Column.REASON: pattern.reasons,
        Column.DISCLOSER_AUTHORITY: pattern.discloser_authorities,
        Column.RECIPIENT_AUTHORITY: pattern.recipient_authorities,
        Column.OBLIGATION: pattern.obligations,
    }
