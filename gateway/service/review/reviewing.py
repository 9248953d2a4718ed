"""Reading a rulebook before anything is done: what is wrong with it, what is due, how a version differs from another.

Each is of the rulebook in force, or of it with a draft. Nothing is changed or put on record: what is read is
no personal information. Does not: read documents (`Rulebooks` does), or word anything.
"""

import asyncio
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any, Final, Protocol

from audit.canonical import JsonValue
from gateway.domain.agreement import AgreementVersion
from gateway.domain.draft import Draft, DraftState
from gateway.domain.due import legal_day
from gateway.domain.element import Catalogue
from gateway.domain.party import Parties
from gateway.service.ports import AgreementArchive, Clock, PolicyEngine
from gateway.service.review.agenda import AgendaItem, agenda
from gateway.service.review.compare import compare, nothing_before
from gateway.service.review.comparison import Comparison
from gateway.service.review.grid import Side
from gateway.service.rulebook.drafts import Drafts, not_raised
from gateway.service.rulebook.errors import DraftError, DraftFaultsError
from gateway.service.rulebook.finding import Finding
from gateway.service.rulebook.in_force import RulebookInForce
from gateway.service.words.explain import Vocabulary

MOST_DAYS: Final = 3660
_DIGEST: Final = re.compile(r"[A-Za-z0-9_-]{43}")
_DRAFT: Final = re.compile(r"d-[0-9a-f]{12}")


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
        found = await asyncio.to_thread(self._rulebooks.findings, digests, legal_day(self._clock.now()))
        if draft is None:
            return found
        return sorted([*found, *await self._not_raised(draft)], key=lambda one: one.order)

    async def _not_raised(self, draft: str) -> Sequence[Finding]:
        """What a draft that fits together would still be refused for: a changed text under the version in force."""
        drafted = await self._drafts.find(draft)
        before, after = await self._drafts.documents_in_force(), await self._drafts.read(drafted)
        facts = [(one.path, (("version", one.version),)) for one in not_raised(before, after)]
        return [Finding(path, 1, "version-not-raised", ("version",), stated) for path, stated in facts]

    async def documents_of(self, draft: str) -> Sequence[str]:
        """The documents that a draft changes."""
        return sorted((await self._drafts.find(draft)).files)

    async def scheduled(self, days: int) -> Sequence[Draft]:
        """The drafts that go into force by themselves within so many days, soonest first."""
        until = self._clock.now() + timedelta(days=days)
        drafts = [draft for draft in await self._drafts.list() if draft.state is DraftState.SCHEDULED]
        timed = sorted((draft.publish_at, draft.id, draft) for draft in drafts if draft.publish_at is not None)
        return [draft for at, _, draft in timed if at <= until]

    async def agenda(self, days: int) -> tuple[Sequence[AgendaItem], Vocabulary]:
        """What needs somebody in so many days, and what is overdue."""
        if not 0 <= days <= MOST_DAYS:
            raise DraftError("argument-malformed", variant="days", most=MOST_DAYS)
        found = await self._read(None)
        today = legal_day(self._clock.now())
        items = agenda(list(found.agreements.values()), found.authorities, found.data, found.parties, today, days)
        return items, found.words

    async def compare(
        self, old: str | None, new: str
    ) -> tuple[Comparison, AgreementVersion, AgreementVersion, Vocabulary]:
        """How `new` differs from `old`: each an agreement in force, a version by its digest, or DRAFT/AGREEMENT.

        Without `old`, from what is in force under its id. Where that id has nothing in force, all of `new` is new."""
        async with self._one_at_a_time:
            after = await self._version(new)
            before = await self._before(old, after[1])
            sides = before[0].side(before[1]), after[0].side(after[1])
            # Thousands of decisions in a row, seconds of work: on a thread, so that no disclosure waits for them.
            found = await asyncio.to_thread(lambda: asyncio.run(compare(*sides)))
        return found, before[1], after[1], after[0].words

    async def shown(self, name: str) -> tuple[Sequence[AgreementVersion], Vocabulary, Mapping[str, JsonValue]]:
        """What a name stands for: an agreement in force, a version by its digest, DRAFT/AGREEMENT, or a draft with the
        agreements that it changes. With what things are called there, and where it was read."""
        draft = name.rpartition("/")[0]
        if not draft and _DRAFT.fullmatch(name):
            found = await self._drafts.find(name)
            read = await self._drafts.read(found)
            if read.faults:
                raise DraftFaultsError(read.faults)
            changed = [one.id for one in read.agreements.values() if one.path in found.files]
            if not changed:
                raise DraftError("no-agreement-drafted", draft=name)
            rulebook = await self._read(name)
            return [rulebook.agreements[one] for one in sorted(changed)], rulebook.words, _read_from(found)
        rulebook, version = await self._version(name)
        if draft:
            return [version], rulebook.words, _read_from(await self._drafts.find(draft))
        if rulebook.agreements.get(version.id) is not version:
            return [version], rulebook.words, {"of": "kept"}
        state = await self._in_force.require()
        return [version], rulebook.words, {
            "of": "in-force", "revision": state.revision, "entry_index": state.entry_index,
        }  # fmt: skip

    async def _before(self, old: str | None, new: AgreementVersion) -> tuple[Reviewed, AgreementVersion]:
        if old is not None and old != new.id:
            return await self._version(old)
        rulebook = await self._read(None)
        return rulebook, rulebook.agreements.get(new.id) or nothing_before(new)

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
            raise DraftError("no-such-agreement")
        return rulebook, version

    async def _read(self, draft: str | None) -> Reviewed:
        return await asyncio.to_thread(self._rulebooks.read, await self._digests(draft))

    async def _digests(self, draft: str | None) -> Mapping[str, str]:
        if draft is not None:
            return await self._drafts.documents_with(await self._drafts.find(draft))
        return (await self._in_force.require()).files


def _read_from(draft: Draft) -> Mapping[str, JsonValue]:
    return {"of": "draft", "draft": draft.id, "revision": draft.revision, "state": draft.state.value}
