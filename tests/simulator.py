"""The use cases' ports in memory: a log, a source, a policy engine, a register, so that tests read like the real thing.

The log is a real Merkle tree over real entries; it only keeps them in a list. `fail_next` makes a part fail once, the
way its adapter would.
"""

import datetime
import hashlib
import json
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from audit.merkle import leaf_hash
from gateway.domain.agreement import AgreementVersion
from gateway.domain.decision import Decision, Grant, Permit, Withheld
from gateway.domain.element import Catalogue, Element, Form, FormKind, RecordType, Sensitivity
from gateway.domain.errors import DependencyError, LogUnavailableError, PolicyEngineError, SourceError, SourceQueryError
from gateway.domain.ground import Ground, GroundRules
from gateway.domain.record import SourcePage, SourceRecord
from gateway.domain.redact import RedactionContext
from gateway.domain.request import DisclosureRequest
from gateway.domain.state_record import StateRecord
from gateway.domain.submission import (
    CommitOutcome,
    KeyRepeated,
    NonceReplayed,
    NonceUse,
    ObligationRef,
    Receipt,
    StateConflict,
    Submission,
)
from gateway.domain.target import ListQuery, SubjectIdentifier
from gateway.service.disclosure.disclose import Disclose
from gateway.service.disclosure.redelivery import Redelivery
from gateway.service.ground.evidence_facts import EvidenceReader
from gateway.service.ports import DecisionQuery, InclusionProof, Source
from gateway.service.referral.opening import Opening
from gateway.service.referral.register import ReferralRegister

REVISION = "R" * 42 + "A"
DIGEST = "D" * 42 + "A"
NOW = datetime.datetime(2026, 11, 22, 12, 0, tzinfo=datetime.UTC)


class Fails:
    def __init__(self, error: type[DependencyError]) -> None:
        self._error = error
        self.fail_next = False

    def check(self) -> None:
        if self.fail_next:
            self.fail_next = False
            raise self._error("simulated failure")


class SimulatedLog(Fails):
    """DisclosureLog, EntryArchive and Nonces; `cases` and `done` are what changed with its entries."""

    def __init__(self) -> None:
        super().__init__(LogUnavailableError)
        self.submissions: list[Submission] = []
        self._nonces: set[tuple[str, str]] = set()
        self._keys: dict[tuple[str, str], tuple[bytes, int]] = {}
        self.cases: dict[tuple[str, str], StateRecord] = {}
        self.done: set[ObligationRef] = set()

    async def commit(self, submission: Submission) -> CommitOutcome:
        self.check()
        if submission.nonce is not None and not await self.spend(submission.nonce):
            return NonceReplayed()
        use = submission.idempotency
        known = self._keys.get((use.party, use.key)) if use else None
        if use is not None and known is not None:
            self._unspend(submission)
            return KeyRepeated(known[1], known[0] == use.request_digest)
        if not self._stands(submission):
            self._unspend(submission)
            return StateConflict()
        if use is not None:
            self._keys[use.party, use.key] = (use.request_digest, len(self.submissions))
        self._change(submission)
        self.submissions.append(submission)
        return self._receipt(len(self.submissions) - 1)

    def _stands(self, submission: Submission) -> bool:
        revisions = {key: case.revision for key, case in self.cases.items()}
        changes = all(revisions.get((item.kind, item.id), 0) == item.expected for item in submission.changes)
        stands = all(revisions.get((item.kind, item.id), 0) == item.revision for item in submission.preconditions)
        return changes and stands and not any(duty in self.done for duty in submission.done)

    def _unspend(self, submission: Submission) -> None:
        if submission.nonce is not None:
            self._nonces.discard((submission.nonce.keyid, submission.nonce.nonce))

    def _change(self, submission: Submission) -> None:
        index = len(self.submissions)
        self.done |= set(submission.done)
        for item in submission.changes:
            before = self.cases.get((item.kind, item.id))
            self.cases[item.kind, item.id] = StateRecord(
                kind=item.kind,
                id=item.id,
                revision=item.expected + 1,
                state=item.state,
                due=item.due,
                opened_index=before.opened_index if before else index,
                entry_index=index,
                body=json.loads(item.body),
                token=repr((item.subject.scheme, item.subject.value)).encode() if item.subject else None,
            )

    async def spend(self, use: NonceUse) -> bool:
        if (use.keyid, use.nonce) in self._nonces:
            return False
        self._nonces.add((use.keyid, use.nonce))
        return True

    async def entry(self, entry_index: int) -> Receipt | None:
        return self._receipt(entry_index) if entry_index < len(self.submissions) else None

    async def private_part(self, entry_index: int) -> bytes | None:
        return self.submissions[entry_index].private[0].plaintext

    async def inclusion(self, entry_index: int) -> InclusionProof:
        raise LogUnavailableError("the simulated log signs no checkpoints")

    def private(self, entry_index: int = -1) -> dict[str, object]:
        part: dict[str, object] = json.loads(self.submissions[entry_index].private[0].plaintext)["part"]
        return part

    def _receipt(self, index: int) -> Receipt:
        body = self.submissions[index].entry.to_bytes()
        return Receipt(index, body, leaf_hash(body))


class SimulatedCases:
    """The cases of a simulated log, and which of its obligations are open."""

    def __init__(self, log: SimulatedLog) -> None:
        self._log = log

    async def find(self, kind: str, case_id: str) -> StateRecord | None:
        return self._log.cases.get((kind, case_id))

    async def all(self, kind: str) -> Sequence[StateRecord]:
        return [case for (of, _), case in self._log.cases.items() if of == kind]

    async def page(
        self, kind: str, *, states: Sequence[str] = (), members: Mapping[str, str] = {}, limit: int, skip: int = 0
    ) -> Sequence[StateRecord]:
        return self._which(kind, states, members)[skip : skip + limit]

    async def count(self, kind: str, *, states: Sequence[str] = (), members: Mapping[str, str] = {}) -> int:
        return len(self._which(kind, states, members))

    def _which(self, kind: str, states: Sequence[str], members: Mapping[str, str]) -> list[StateRecord]:
        cases = [case for (of, _), case in self._log.cases.items() if of == kind]
        return [
            case
            for case in cases
            if (not states or case.state in states) and all(case.body[name] == members[name] for name in members)
        ]

    async def opened_by(self, kind: str, entry_index: int) -> StateRecord | None:
        return next((case for case in await self.all(kind) if case.opened_index == entry_index), None)

    async def due(self, kind: str, now: datetime.datetime, limit: int = 100, skip: int = 0) -> Sequence[StateRecord]:
        due = [case for case in await self.all(kind) if case.due is not None and case.due <= now]
        return due[skip : skip + limit]

    async def filed_under(self, kind: str, subject: SubjectIdentifier) -> Sequence[StateRecord]:
        return [case for case in await self.all(kind) if self.concerns(case, subject)]

    def concerns(self, case: StateRecord, subject: SubjectIdentifier) -> bool:
        return case.token == repr((subject.scheme, subject.value)).encode()

    async def open_among(self, duties: Sequence[ObligationRef]) -> Sequence[ObligationRef]:
        return [duty for duty in duties if duty not in self._log.done]


def grounds(log: SimulatedLog, rules: Mapping[str, GroundRules] | None = None) -> dict[str, Any]:
    """What `Disclose` needs for grounds other than an agreement, over a simulated log."""
    cases = SimulatedCases(log)
    return {
        "evidence": EvidenceReader(cases, {"esdc-isb": "esdc", "ircc-cpn": "ircc"}, {}),
        "opening": Opening(rules or {}, staff_token, cases),
        "referrals": ReferralRegister(cases),
    }


def staff_token(officer: str) -> str:
    return hashlib.sha256(officer.encode()).hexdigest()[:32]


class SimulatedSource(Fails):
    """A Source over dictionaries; `reference` is the position."""

    def __init__(self, record_type: RecordType, records: Sequence[Mapping[str, object]]) -> None:
        super().__init__(SourceError)
        self._type = record_type
        self.records = list(records)
        self.read: list[tuple[str, ...]] = []
        self.alarms: list[tuple[str, str]] = []
        self.meanwhile: Callable[[], Awaitable[object]] | None = None

    async def fetch(self, subject: SubjectIdentifier, elements: Sequence[str]) -> tuple[SourceRecord, ...]:
        """`meanwhile` is what somebody else does while the record is read."""
        self.check()
        if self.meanwhile is not None:
            await self.meanwhile()
        element = self._type.identifiers[subject.scheme]
        return tuple(
            self._give(i, elements, element) for i, row in enumerate(self.records) if row[element] == subject.value
        )

    async def page(self, query: ListQuery, elements: Sequence[str]) -> SourcePage:
        self.check()
        if query.cursor is not None and not (query.cursor.isascii() and query.cursor.isdecimal()):
            raise SourceQueryError("cursor")
        start = int(query.cursor or 0)
        rows = [
            i for i, row in enumerate(self.records) if all(row[name] == value for name, value in query.filter.items())
        ]
        chosen = rows[start : start + query.limit]
        following = str(start + query.limit) if start + query.limit < len(rows) else None
        return SourcePage(tuple(self._give(i, elements) for i in chosen), following)

    async def count(self, filters: Mapping[str, str]) -> int:
        return sum(all(row[name] == value for name, value in filters.items()) for row in self.records)

    def _give(self, position: int, elements: Sequence[str], *found_by: str) -> SourceRecord:
        self.read.append(tuple(elements))
        row: Mapping[str, Any] = self.records[position]
        values = {name: row.get(name) for name in elements}
        return SourceRecord(str(position), values, found_by=tuple(row[name] for name in found_by))


class SimulatedEngine(Fails):
    """A PolicyEngine whose rules are a function."""

    def __init__(self, rule: Callable[[DecisionQuery], Decision]) -> None:
        super().__init__(PolicyEngineError)
        self.rule = rule
        self.queries: list[DecisionQuery] = []

    @property
    def revision(self) -> str:
        return REVISION

    async def decide(self, query: DecisionQuery) -> Decision:
        self.check()
        self.queries.append(query)
        return self.rule(query)


def element(name: str, kind: str = "string", sensitivity: Sensitivity = Sensitivity.OPERATIONAL) -> Element:
    return Element(name, kind, sensitivity, name, name, "desda")


WORKER_CASE = RecordType(
    id="worker-case",
    label_en="Worker case",
    label_fr="Dossier de travailleur",
    custodian="esdc-isb",
    system="icms",
    program="tfwp",
    regime="desda",
    information_bank="PIB-1",
    personal=True,
    subject="uci",
    identifiers={"uci": "uci"},
    filters=("region",),
    attributes={"do_not_disclose": "do_not_disclose"},
    elements={
        item.name: item
        for item in (
            element("uci", "uci", Sensitivity.IDENTIFIER),
            element("name", "person-name", Sensitivity.IDENTIFIER),
            element("notes", "text", Sensitivity.FREE_TEXT),
            element("region"),
            element("status"),
            element("do_not_disclose", "boolean"),
        )
    },
)


def permit(query: DecisionQuery, forms: Mapping[str, Form] | None = None) -> Permit:
    """A permit of whatever was asked and `forms` grants; by default everything in plain."""
    forms = {name: Form(FormKind.PLAIN) for name in query.elements} if forms is None else forms
    granted = {name: Grant(name, forms[name], "c1") for name in query.elements if name in forms}
    return Permit(
        clauses=("c1",),
        discloser_authorities=("DESDA-35",),
        recipient_authorities=("PA-4",),
        grants=granted,
        withheld=tuple(Withheld(name, "element-not-in-clause") for name in query.elements if name not in forms),
        obligations=(),
        reasons=(),
        policy_revision=REVISION,
    )


@dataclass
class Register:
    versions: dict[str, AgreementVersion]

    def find(self, agreement: str) -> AgreementVersion | None:
        return self.versions.get(agreement)

    def concerning(self, unit: str) -> Sequence[AgreementVersion]:
        return [version for version in self.versions.values() if unit in version.parties]


@dataclass
class OneSource:
    source: SimulatedSource | None

    def find(self, record_type: str) -> Source | None:
        return self.source


AGREEMENT = AgreementVersion(
    "isa-1",
    "1",
    DIGEST,
    datetime.date(2024, 4, 1),
    datetime.date(2029, 4, 1),
    ("esdc-isb", "ircc-cpn"),
    {
        "term": {"suspensions": [], "termination": None},
        "schedules": [
            {
                "id": "A",
                "purpose": "protection",
                "clauses": [
                    {
                        "record_type": "worker-case",
                        "discloser": {"unit": "esdc-isb"},
                        "recipient": {"units": ["ircc-cpn"]},
                        "cardinality": ["single"],
                    }
                ],
            }
        ],
    },
)


@dataclass
class World:
    """A use case wired to simulated parts."""

    disclose: Disclose
    log: SimulatedLog
    source: SimulatedSource
    engine: SimulatedEngine
    sequence: list[int] = field(default_factory=lambda: [0])

    def request(self, **changes: object) -> DisclosureRequest:
        self.sequence[0] += 1
        asked = DisclosureRequest(
            requester="ircc-cpn",
            recipient="ircc-cpn",
            agreement="isa-1",
            purpose="protection",
            record_type="worker-case",
            elements=("status", "notes"),
            target=SubjectIdentifier("uci", "0000-0001"),
            ground=Ground.AGREEMENT,
            case_reference="W000000001",
            acting_officer=None,
            received_at=NOW,
            request_digest=bytes(32),
            keyid="key-1",
            nonce=f"nonce-{self.sequence[0]}",
            idempotency_key=f"idem-{self.sequence[0]}",
        )
        return replace(asked, **changes)  # type: ignore[arg-type]


def world(
    records: Sequence[Mapping[str, object]],
    rule: Callable[[DecisionQuery], Decision] = permit,
    rules: Mapping[str, GroundRules] | None = None,
) -> World:
    log, source, engine = SimulatedLog(), SimulatedSource(WORKER_CASE, records), SimulatedEngine(rule)
    use_case = Disclose(
        catalogue=Catalogue({WORKER_CASE.id: WORKER_CASE}),
        agreements=Register({AGREEMENT.id: AGREEMENT}),
        engine=engine,
        sources=OneSource(source),
        log=log,
        redelivery=Redelivery(log),
        purposes=frozenset({"protection"}),
        units=frozenset(AGREEMENT.parties),
        redaction=lambda _recipient, _agreement, on: RedactionContext(on),
        alarm=lambda record_type, doubt: source.alarms.append((record_type, doubt)),
        **grounds(log, rules),
    )
    return World(use_case, log, source, engine)
