"""The staff's desk of the rulebook over a real log on SQLite, with the shipped documents in force.

Reading the shipped documents takes most of a second, so what a set of documents is as a rulebook is remembered between
the tests; everything else is the real thing.
"""

import asyncio
from collections.abc import Callable, Coroutine, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, cast

from audit.entry import Entry
from audit.vocabulary import digest_text
from gateway.adapters.db.documents import KeptDocuments
from gateway.adapters.db.state_records import StateTable
from gateway.adapters.rulebook import load as agreements
from gateway.adapters.rulebook.document_texts import YamlTexts
from gateway.adapters.rulebook.documents import KeptRulebookDocuments
from gateway.adapters.rulebook.folder import living_files
from gateway.adapters.rulebook.kept import KeptAgreements, KeptRulebooks
from gateway.adapters.rulebook.load import Rulebook
from gateway.domain.actor import ALL_ROLES, Actor, Identified
from gateway.domain.draft import Draft
from gateway.domain.rulebook import RulebookState
from gateway.service.review.workshop import Workshop
from gateway.service.rulebook.drafts import Drafts
from gateway.service.rulebook.in_force import RulebookInForce
from gateway.service.rulebook.publishing import Publishing, PublishingClock
from gateway.service.rulebook.stopping import StoppingAgreements
from gateway.staff.rulebook_desk import RulebookDesk
from tests.simulator import staff_token
from tests.unit.log.samples import new_database
from tests.unit.log.world import SetClock, World, world_on

TFW: Final = "isa/esdc-ircc-tfw.yaml"
LANTERN: Final = "isa/esdc-lantern-support.yaml"
NARROWER: Final = "          - {name: wage_hourly, "
REASON: Final = {"en": "Under review.", "fr": "À l'examen."}
ORGANIZATIONS: Final = {"esdc-isb": "esdc", "ircc-cpn": "ircc", "london-ssm": "london"}
_DISK = agreements.on_disk()
_READ: dict[frozenset[tuple[str, str]], Rulebook] = {}


def shipped() -> dict[str, bytes]:
    return living_files(_DISK)


def who(officer: str, unit: str = "esdc-isb") -> Actor:
    return Actor(officer, unit, ALL_ROLES, Identified.PEER_CREDENTIALS)


EDITOR: Final = who("e.editor")
OTHER: Final = who("o.other")
APPROVER: Final = who("a.approver")
PUBLISHER: Final = who("p.publisher")


def version(path: str, text: bytes, number: str, *, without: str = "", comment: str = "") -> dict[str, bytes]:
    """A document under another version, without the line that begins so, with a comment at its end."""
    kept = [line for line in text.decode().splitlines(keepends=True) if not without or not line.startswith(without)]
    made = "".join(kept).replace('\nversion: "1"\n', f'\nversion: "{number}"\n', 1)
    return {path: (made + (f"# {comment}\n" if comment else "")).encode()}


class Documents(KeptRulebookDocuments):
    """The real documents, read once for each set of them."""

    def rulebook(self, digests: Mapping[str, str]) -> Rulebook:
        key = frozenset(digests.items())
        if key not in _READ:
            _READ[key] = super().rulebook(digests)
        return _READ[key]


@dataclass(frozen=True)
class Office:
    world: World
    clock: SetClock
    records: StateTable
    documents: Documents
    desk: RulebookDesk

    @property
    def rulebook(self) -> RulebookDesk:
        """The office is the desk that staff calls need."""
        return self.desk

    @property
    def organizations(self) -> Mapping[str, str]:
        return ORGANIZATIONS

    async def state(self) -> RulebookState:
        found = await self.desk.in_force.read()
        assert found is not None
        return found

    def entries(self) -> list[Entry]:
        size, _ = self.world.reader.head()
        found = [self.world.reader.entry(index) for index in range(size)]
        return [Entry.from_bytes(one.entry) for one in found if one is not None]

    def actions(self) -> list[str]:
        return [entry.reasons[0] for entry in self.entries()]

    async def drafted(self, files: Mapping[str, bytes | None], actor: Actor = EDITOR) -> Draft:
        """Opened and submitted."""
        draft = await self.desk.drafts.open(actor, files)
        return await self.desk.drafts.submit(actor, draft.id, draft.revision)

    async def approved(self, files: Mapping[str, bytes | None]) -> Draft:
        draft = await self.drafted(files)
        return await self.desk.drafts.approve(APPROVER, draft.id, draft.digest, "Director")

    async def published(self, files: Mapping[str, bytes | None]) -> Draft:
        draft = await self.approved(files)
        await self.desk.publishing.publish(PUBLISHER, draft.id, draft.digest)
        return await self.desk.drafts.find(draft.id)


def narrowed(number: str = "2") -> dict[str, bytes]:
    """The agreement with IRCC without the wage."""
    return version(TFW, shipped()[TFW], number, without=NARROWER)


def lantern(number: str = "2") -> dict[str, bytes]:
    return version(LANTERN, shipped()[LANTERN], number)


async def office(world: World, *, living: bool = True, both_parties: bool = False, clock: SetClock | None = None,
                 fresh: bool = True) -> Office:  # fmt: skip
    """A desk; `fresh` puts the shipped documents in force first."""
    clock = clock or SetClock()
    kept = KeptRulebooks(KeptDocuments(world.engine), _DISK)
    documents = Documents(kept, lambda rulebook: digest_text(b"p" * 32))
    records = StateTable(world.engine, world.opened.vault, world.proven)
    in_force = RulebookInForce(records, world.log, clock)
    if fresh:
        files = kept.keep(shipped())
        read = documents.read(files)
        digests = {name: one.digest for name, one in read.agreements.items()}
        await in_force.put_on_record(RulebookState(read.policy_revision, digests, files))
    drafts = Drafts(
        records, in_force, documents, world.log, clock,
        staff_token=staff_token, organizations=ORGANIZATIONS, living=living,
    )  # fmt: skip
    publishing = Publishing(
        records, drafts, in_force, world.log, clock, organizations=ORGANIZATIONS, both_parties=both_parties
    )
    archive = KeptAgreements(KeptDocuments(world.engine))
    stopping = StoppingAgreements(records, publishing, in_force, archive, world.log, clock,
        staff_token=staff_token, organizations=ORGANIZATIONS,
    )  # fmt: skip
    desk = RulebookDesk(
        drafts=drafts, publishing=publishing, publishing_clock=PublishingClock(publishing), stopping=stopping,
        in_force=in_force, archive=archive, clock=clock, reviewing=cast(Any, None),
        workshop=Workshop(drafts, cast(Any, None), YamlTexts(), ORGANIZATIONS),
    )  # fmt: skip
    return Office(world, clock, records, documents, desk)


def play(tmp_path: Path, scenario: Callable[[Office], Coroutine[Any, Any, None]], **options: Any) -> None:
    """Run a scenario in an office of its own."""

    async def main() -> None:
        async with world_on(new_database(tmp_path)) as world:
            await scenario(await office(world, **options))

    asyncio.run(main())
