"""Requests on record, drawn at random over the shipped agreements and a sample world: for simulations and their bench.

Everything that decides and redacts is real (as in `tests.property.deployed`); only the way in is missing. Most requests
ask what a clause grants, some more than that, some on a wrong day, for a wrong purpose or by somebody else.
"""

import asyncio
import dataclasses
import random
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any

from gateway.adapters.log.group_commit import GroupCommit
from gateway.domain.agreement import AgreementVersion
from gateway.domain.element import RecordType
from gateway.domain.ground import Ground
from gateway.domain.pseudonym import PseudonymKey
from gateway.domain.redact import RedactionContext
from gateway.domain.request import DisclosureRequest
from gateway.domain.submission import Receipt
from gateway.domain.target import ListQuery, SubjectIdentifier
from gateway.service.disclosure.gather import Gatherer
from gateway.service.disclosure.source_check import SourceCheck
from gateway.service.disclosure.submission import Outcome, evidence_of
from tests.property.deployed import Record, records, scrubber
from tests.simulator import OneSource, SimulatedLog, SimulatedSource, grounds
from tests.unit.policy.queries import engine, rulebook

FIRST = date(2026, 4, 1)
DAYS = 240
BATCH = 250


@dataclasses.dataclass(frozen=True, slots=True)
class Judged:
    """A request and what became of it."""

    request: DisclosureRequest
    outcome: Outcome


class World:
    """Draws requests; the same ones for the same seed."""

    def __init__(self, seed: int) -> None:
        self.rng = random.Random(seed)
        self._number = 0

    def draw(self, *place: int) -> Judged:
        """One request, asked and judged; no two have a nonce or a key in common. `place` are the numbers of agreement,
        schedule and clause, where they are not drawn."""
        rng = self.rng
        version = rulebook().agreements[place[0]] if place else rng.choice(rulebook().agreements)
        schedules = version.document["schedules"]
        schedule = schedules[place[1]] if place[1:] else rng.choice(schedules)
        clause = schedule["clauses"][place[2]] if place[2:] else rng.choice(schedule["clauses"])
        record_type = rulebook().catalogue.record_types[clause["record_type"]]
        held: Sequence[Record] = records()[record_type.id]
        record = rng.choice(held)
        target = self._target(record_type, record, clause)
        request = self.renewed(
            DisclosureRequest(
                requester="",
                recipient=self._recipient(clause),
                agreement=version.id,
                purpose=rng.choice(sorted(rulebook().purposes)) if rng.random() < 0.05 else schedule["purpose"],
                record_type=record_type.id,
                elements=self._elements(record_type, clause),
                target=target,
                ground=Ground.AGREEMENT,
                case_reference=None if rng.random() < 0.1 else "W000000001",
                acting_officer=None,
                received_at=datetime.now(UTC),
                request_digest=bytes(32),
                keyid="drawn",
                nonce="",
                idempotency_key="",
            )
        )
        request = dataclasses.replace(request, requester=request.recipient)
        there = [record] if rng.random() < 0.9 else []
        return Judged(request, asyncio.run(_judge(request, record_type, version, there)))

    def renewed(self, request: DisclosureRequest) -> DisclosureRequest:
        """The same one once more, on another day."""
        self._number += 1
        at = datetime(FIRST.year, FIRST.month, FIRST.day, tzinfo=UTC) + timedelta(
            seconds=self.rng.randrange(DAYS * 86_400)
        )
        name = f"drawn-{self._number}"
        return dataclasses.replace(
            request,
            received_at=at,
            nonce=name,
            idempotency_key=name,
            request_digest=self._number.to_bytes(32, "big"),
        )

    def _recipient(self, clause: Mapping[str, Any]) -> str:
        if self.rng.random() < 0.05:
            return str(self.rng.choice(sorted(rulebook().parties.units)))
        return str(self.rng.choice(clause["recipient"]["units"]))

    def _elements(self, record_type: RecordType, clause: Mapping[str, Any]) -> tuple[str, ...]:
        granted = [one["name"] for one in clause["elements"]]
        asked = self.rng.sample(granted, self.rng.randint(1, len(granted)))
        if self.rng.random() < 0.4:
            asked += self.rng.sample(sorted(record_type.elements), 2)
        return tuple(dict.fromkeys(asked))

    def _target(
        self, record_type: RecordType, record: Record, clause: Mapping[str, Any]
    ) -> SubjectIdentifier | ListQuery:
        if "list" in clause["cardinality"] and ("single" not in clause["cardinality"] or self.rng.random() < 0.5):
            return ListQuery({}, 50, None)
        scheme = record_type.subject or next(iter(record_type.identifiers))
        return SubjectIdentifier(scheme, str(record[record_type.identifiers[scheme]]))


async def _judge(
    request: DisclosureRequest, record_type: RecordType, version: AgreementVersion, held: Sequence[Record]
) -> Outcome:
    def redaction(recipient: str, isa: str, on: date) -> RedactionContext:
        return RedactionContext(on, PseudonymKey.derive(bytes(range(32)), recipient, isa), scrubber())

    check = SourceCheck(lambda _scheme, value: value, lambda _record_type, _doubt: None)
    source = OneSource(SimulatedSource(record_type, held))
    gather = Gatherer(engine(), source, redaction, grounds(SimulatedLog())["evidence"], check)
    return (await gather(request, record_type, version)).outcome


async def put_on_record(log: GroupCommit, judged: Sequence[Judged]) -> list[int]:
    """Append each as the use case would; the entries' indexes, in order."""
    found: list[int] = []
    for start in range(0, len(judged), BATCH):
        made = [evidence_of(one.request, one.outcome).submission for one in judged[start : start + BATCH]]
        for committed in await asyncio.gather(*map(log.commit, made)):
            assert isinstance(committed, Receipt)
            found.append(committed.entry_index)
    return found
