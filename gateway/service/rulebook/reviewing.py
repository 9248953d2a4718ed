"""Reading a rulebook before anything is done: what is wrong with it, what is due, how a version differs from another.

Each is of the rulebook in force, or of it with a draft. Nothing is changed or put on record: what is read is
no personal information. Does not: read documents (`Rulebooks` does), or word anything.
"""

import asyncio
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final, Protocol

from gateway.domain.agreement import AgreementVersion
from gateway.domain.due import legal_day
from gateway.domain.element import Catalogue
from gateway.domain.party import Parties
from gateway.service.ports import AgreementArchive, Clock, PolicyEngine
from gateway.service.rulebook.agenda import AgendaItem, agenda
from gateway.service.rulebook.compare import compare
from gateway.service.rulebook.comparison import Comparison
from gateway.service.rulebook.drafts import Drafts
from gateway.service.rulebook.errors import DraftError
from gateway.service.rulebook.finding import Finding
from gateway.service.rulebook.grid import Side
from gateway.service.rulebook.in_force import RulebookInForce
from gateway.service.words.explain import Vocabulary

MOST_DAYS: Final = 3660
_DIGEST: Final = re.compile(r"[A-Za-z0-9_-]{43}")


@dataclass(frozen=True, slots=True)
class Reviewed:
    """A rulebook as a whole, with the policy that judges by it. `words` is what its files call things."""

    agreements: Mapping[str, AgreementVersion]
    authorities: Mapping[str, Mapping[str, Any]]
    parties: Parties
    catalogue: Catalogue
    data: Mapping[str, Any] = field(repr=False)
    engine: PolicyEngine = field(repr=False)
    words: Vocabulary = field(repr=False)

    def side(self, version: AgreementVersion) -> Side:
        return Side(version, self.engine, self.catalogue, self.data)


class Rulebooks(Protocol):
    """Blocks; raises LogUnavailableError."""

    def findings(self, digests: Mapping[str, str], today: date) -> Sequence[Finding]:
        """What is wrong with these documents, by path, and will be later."""

    def read(self, digests: Mapping[str, str]) -> Reviewed:
        """Raises ConfigurationError where they do not fit together."""


class Reviewing:
    """The use case."""

    def __init__(
        self, drafts: Drafts, in_force: RulebookInForce, rulebooks: Rulebooks, archive: AgreementArchive, clock: Clock
    ) -> None:
        self._drafts = drafts
        self._in_force = in_force
        self._rulebooks = rulebooks
        self._archive = archive
        self._clock = clock
        self._one_at_a_time = asyncio.Lock()

    async def check(self, draft: str | None) -> Sequence[Finding]:
        """What is wrong with the rulebook in force, or with it and a draft, and what will be."""
        digests = await self._digests(draft)
        return await asyncio.to_thread(self._rulebooks.findings, digests, legal_day(self._clock.now()))

    async def agenda(self, days: int) -> tuple[Sequence[AgendaItem], Vocabulary]:
        """What needs somebody in so many days, and what is overdue."""
        if not 0 <= days <= MOST_DAYS:
            raise DraftError("argument-malformed", f"days: from 0 to {MOST_DAYS}")
        found = await self._read(None)
        today = legal_day(self._clock.now())
        items = agenda(list(found.agreements.values()), found.authorities, found.data, found.parties, today, days)
        return items, found.words

    async def compare(self, old: str, new: str) -> tuple[Comparison, AgreementVersion, AgreementVersion, Vocabulary]:
        """How `new` differs from `old`: each an agreement in force, a version by its digest, or DRAFT/AGREEMENT."""
        async with self._one_at_a_time:
            before, after = await self._version(old), await self._version(new)
            sides = before[0].side(before[1]), after[0].side(after[1])
            # Thousands of decisions in a row, seconds of work: on a thread, so that no disclosure waits for them.
            found = await asyncio.to_thread(lambda: asyncio.run(compare(*sides)))
        return found, before[1], after[1], after[0].words

    async def in_force(self) -> Reviewed:
        """The rulebook in force, read. Raises DraftError where there is none yet."""
        return await self._read(None)

    async def _version(self, name: str) -> tuple[Reviewed, AgreementVersion]:
        draft, _, agreement = name.rpartition("/")
        rulebook = await self._read(draft or None)
        version = rulebook.agreements.get(agreement)
        if version is None and _DIGEST.fullmatch(name):
            version = await asyncio.to_thread(self._archive.version, name)
        if version is None:
            raise DraftError("no-such-agreement", "there is no such agreement; `gateway agreements state` lists them")
        return rulebook, version

    async def _read(self, draft: str | None) -> Reviewed:
        return await asyncio.to_thread(self._rulebooks.read, await self._digests(draft))

    async def _digests(self, draft: str | None) -> Mapping[str, str]:
        if draft is not None:
            return await self._drafts.documents_with(await self._drafts.find(draft))
        state = await self._in_force.read()
        if state is None:
            raise DraftError(
                "no-rulebook", "no rulebook is in force yet: start the gateway once, it imports the folder"
            )
        return state.files
