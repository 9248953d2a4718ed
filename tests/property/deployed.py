"""The use case over simulated ports with everything real that decides and redacts: the compiled policy, the shipped
catalogue, the scrubber. The records are those of a sample world."""

import asyncio
import itertools
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path

from audit.canonical import JsonValue
from gateway.adapters.scrub.scrubber import PresidioScrubber
from gateway.adapters.sources.registry import open_sources
from gateway.domain.agreement import AgreementVersion
from gateway.domain.element import RecordType
from gateway.domain.ground import Ground
from gateway.domain.pseudonym import PseudonymKey
from gateway.domain.redact import RedactionContext
from gateway.domain.request import DisclosureRequest
from gateway.domain.target import ListQuery, SubjectIdentifier
from gateway.sandbox.world import build_world
from gateway.service.disclosure.answer import Answer
from gateway.service.disclosure.disclose import Disclose
from gateway.service.disclosure.redelivery import Redelivery
from gateway.service.ports import DecisionQuery, PolicyEngine
from tests.simulator import WORKER_CASE, OneSource, Register, SimulatedLog, SimulatedSource, grounds
from tests.unit.policy.queries import engine, rulebook

_NUMBERS = itertools.count(1)
Record = Mapping[str, JsonValue]


@cache
def records() -> Mapping[str, Sequence[Record]]:
    """Some whole records of every type, as their sources give them."""
    found: dict[str, Sequence[Record]] = {}
    catalogue = rulebook().catalogue
    with tempfile.TemporaryDirectory() as folder:
        sample = build_world(Path(folder), catalogue, workers=50, seed=7)
        sources = open_sources(sample.sources, catalogue, b"secret")
        for name, record_type in catalogue.record_types.items():
            source = sources.find(name)
            assert source is not None
            page = asyncio.run(source.page(ListQuery({}, 60, None), tuple(record_type.elements)))
            found[name] = [record.values for record in page.records]
        sources.close()
    return found


@cache
def scrubber() -> PresidioScrubber:
    return PresidioScrubber()


@dataclass(frozen=True, slots=True)
class Deployed:
    """A use case with its log and source; ask with `ask`."""

    disclose: Disclose
    log: SimulatedLog
    source: SimulatedSource

    def ask(self, request: DisclosureRequest) -> Answer:
        return asyncio.run(self.disclose(request))


def deployed(
    agreement: AgreementVersion | None,
    record_type: RecordType | None,
    held: Sequence[Record],
    policy: PolicyEngine | None = None,
) -> Deployed:
    log, source = SimulatedLog(), SimulatedSource(record_type or WORKER_CASE, held)
    secret = bytes(range(32))

    def redaction(recipient: str, isa: str, on: date) -> RedactionContext:
        return RedactionContext(on, PseudonymKey.derive(secret, recipient, isa), scrubber())

    use_case = Disclose(
        catalogue=rulebook().catalogue,
        agreements=Register({} if agreement is None else {agreement.id: agreement}),
        engine=policy or engine(),
        sources=OneSource(source),
        log=log,
        redelivery=Redelivery(log),
        purposes=frozenset(rulebook().purposes),
        units=frozenset(rulebook().parties.units),
        redaction=redaction,
        alarm=lambda _record_type, _doubt: None,
        sandbox=True,
        **grounds(log),
    )
    return Deployed(use_case, log, source)


def request_of(query: DecisionQuery, target: SubjectIdentifier | ListQuery, **changes: str) -> DisclosureRequest:
    """The request that leads to this decision query."""
    return DisclosureRequest(
        requester=query.requester,
        recipient=query.recipient,
        agreement=None if query.agreement is None else query.agreement.id,
        purpose=query.purpose,
        record_type=query.record_type,
        elements=query.elements,
        target=target,
        ground=Ground.AGREEMENT,
        case_reference=changes.get("case_reference", "W000000001") if query.case_reference else None,
        acting_officer=changes.get("acting_officer"),
        received_at=datetime(query.on.year, query.on.month, query.on.day, 12, tzinfo=UTC),
        request_digest=bytes(32),
        keyid="key-1",
        nonce=f"nonce-{next(_NUMBERS)}",
        idempotency_key=changes.get("idempotency_key", f"idempotency-{next(_NUMBERS)}"),
    )
