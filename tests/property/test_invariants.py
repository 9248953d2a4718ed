"""Invariants 2 and 6 through the whole use case, over generated agreements, requests, records and hostile strings.

The policy is the compiled module, redaction and scrubbing are the real ones; log and source are simulated.
"""

import asyncio
import contextlib
import io
import json
import re
import traceback
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from audit.encoding import to_base64url
from gateway.domain.agreement import AgreementVersion
from gateway.domain.decision import Decision, Deny, Permit, Reason
from gateway.domain.element import Form, FormKind, RecordType
from gateway.domain.errors import GatewayError
from gateway.domain.target import ListQuery, SubjectIdentifier
from gateway.observability import logs
from gateway.service.disclosure.answer import Answer, Disclosed
from gateway.service.ports import DecisionQuery
from tests.partner_api import SimulatedGateway
from tests.property.deployed import Deployed, Record, deployed, records, request_of
from tests.property.policy_inputs import queries
from tests.property.test_policy_subset import matching
from tests.simulator import AGREEMENT, REVISION, permit, world
from tests.unit.policy.queries import engine, rulebook

MANY = settings(max_examples=120, deadline=None, suppress_health_check=list(HealthCheck))
NAMING = frozenset({"person-name", "email", "staff-id", "sin", "uci"})


class Situation:
    """A request, the records of its type that the source holds, and what is asked for."""

    def __init__(
        self,
        query: DecisionQuery,
        record_type: RecordType | None,
        held: Sequence[Record],
        target: SubjectIdentifier | ListQuery,
    ) -> None:
        self.query, self.record_type, self.held, self.target = query, record_type, held, target

    def __repr__(self) -> str:
        """Without the agreement, which is long."""
        return repr((replace(self.query, agreement=None), self.target, len(self.held)))

    def place(self) -> Deployed:
        return deployed(self.query.agreement, self.record_type, self.held)


@st.composite
def situations(draw: st.DrawFn) -> Situation:
    """Half of them likely to be permitted: in force, with a case, about elements of the clause and some more."""
    query = draw(queries())
    if query.requester not in rulebook().parties.units:
        query = replace(query, requester="esdc-isb")
    record_type = rulebook().catalogue.find(query.record_type)
    if record_type is None:
        return Situation(query, None, (), SubjectIdentifier("uci", "0000-0000"))
    clauses = matching(query) if query.agreement is not None else []
    if clauses and draw(st.sampled_from([True, True, True, False])):
        granted = [entry["name"] for clause in clauses for entry in clause["elements"]]
        some = draw(st.lists(st.sampled_from(granted), min_size=1, max_size=8))
        more = draw(st.lists(st.sampled_from(sorted(record_type.elements)), max_size=3))
        query = replace(query, on=date(2026, 5, 1), case_reference=True, elements=tuple(dict.fromkeys([*some, *more])))
    held = draw(st.lists(st.sampled_from(records()[record_type.id]), min_size=1, max_size=4, unique_by=str))
    if query.cardinality == "list":
        return Situation(query, record_type, held, ListQuery({}, draw(st.integers(1, 5)), None))
    known = {
        (scheme, str(record[element]))
        for scheme, element in record_type.identifiers.items()
        for record in held
        if record[element]
    }
    query = replace(query, cardinality="single")
    return Situation(query, record_type, held, SubjectIdentifier(*draw(st.sampled_from(sorted(known)))))


def fits(form: Form, record: Record, record_type: RecordType, name: str, left: Any, on: str) -> bool:
    """Whether `left` is the record's element in this form, told without the code that made it."""
    original = record[name]
    match form.kind:
        case FormKind.PLAIN:
            return bool(left == original)
        case FormKind.EXISTS:
            return isinstance(left, dict) and set(left) == {"exists", "as_of"} and left["as_of"] == on
        case FormKind.SCRUB:
            named = [str(record[e.name]) for e in record_type.elements.values() if e.type in NAMING and record[e.name]]
            words = {word.casefold() for value in named for word in value.split() if len(word) > 2}
            return left is None or words.isdisjoint(re.findall(r"\w+", json.dumps(left, ensure_ascii=False).casefold()))
        case FormKind.MASK:
            masked, whole = json.dumps(left), json.dumps(original)
            return left is None or ("*" in masked and masked != whole)
        case FormKind.GENERALIZE:
            return left is None or (str(original).startswith(str(left)) and len(str(left)) == 4)
        case _:
            return False


@MANY
@given(situations())
def test_what_leaves_is_within_permit_clause_and_request(
    situation: Situation,
) -> None:
    query, record_type, held, place = situation.query, situation.record_type, situation.held, situation.place()
    answer = place.ask(request_of(query, situation.target))
    entry = place.log.submissions[-1].entry
    if not isinstance(answer, Disclosed):
        assert entry.effect in ("deny", "refer", "indeterminate")
        assert entry.disclosed == ()
        return
    assert record_type is not None
    asked = replace(query, ground="agreement", custodian=record_type.custodian, record_attributes=None)
    clauses = {clause["id"]: clause for clause in matching(asked)}
    permitted = asyncio.run(engine().decide(asked))
    assert isinstance(permitted, Permit)
    grants = answer.permit.grants
    left = {name for record in answer.records for name in record}
    assert left <= set(grants) <= set(permitted.grants) <= set(query.elements)
    assert {item.element for item in entry.disclosed} == set(grants)
    for name, grant in grants.items():
        granted = {item["name"]: item["form"]["kind"] for item in clauses[grant.clause]["elements"]}
        assert granted[name] == grant.form.kind
        values = [record[name] for record in answer.records if name in record]
        on = query.on.isoformat()
        assert all(any(fits(grant.form, one, record_type, name, value, on) for one in held) for value in values)
    assert left.isdisjoint(item.element for item in answer.permit.withheld)
    assert set(grants) | {item.element for item in answer.permit.withheld} == set(query.elements)
    assert entry.clauses
    assert entry.authorities.discloser
    assert entry.authorities.recipient
    assert place.log.submissions[-1].obligations


@pytest.mark.parametrize("version", rulebook().agreements, ids=lambda version: version.id)
def test_each_shipped_clause_gives_its_elements_in_their_forms(version: AgreementVersion) -> None:
    """Every record of the sample world, asked for under every clause; the notes of real length are scrubbed here."""
    for schedule in version.document["schedules"]:
        for clause in schedule["clauses"]:
            record_type = rulebook().catalogue.record_types[clause["record_type"]]
            held = [record for record in records()[record_type.id] if record[_identifier(record_type)]]
            forms = {item["name"]: item["form"]["kind"] for item in clause["elements"]}
            unit = clause["recipient"]["units"][0]
            query = DecisionQuery(
                unit, unit, record_type.custodian, version, record_type.id, schedule["purpose"], tuple(forms), "single",
                "agreement", date(2026, 5, 1), True, None,
            )  # fmt: skip
            place, given = deployed(version, record_type, held), 0
            for record in held:
                target = SubjectIdentifier(next(iter(record_type.identifiers)), str(record[_identifier(record_type)]))
                answer = place.ask(request_of(query, target))
                for left in answer.records if isinstance(answer, Disclosed) else ():
                    assert set(left) <= set(forms)
                    given += 1
                    for name, value in left.items():
                        form = Form(FormKind(forms[name]))
                        assert any(fits(form, one, record_type, name, value, "2026-05-01") for one in held), name
            assert given, clause["id"]


def _identifier(record_type: RecordType) -> str:
    return next(iter(record_type.identifiers.values()))


def test_the_generated_requests_are_not_all_refused() -> None:
    """The property above says nothing of a permit that never comes."""
    kinds: list[str] = []

    @settings(max_examples=200, deadline=None, database=None, derandomize=True, suppress_health_check=list(HealthCheck))
    @given(situations())
    def collect(situation: Situation) -> None:
        answer = situation.place().ask(request_of(situation.query, situation.target))
        kinds.append(type(answer).__name__)

    collect()
    assert kinds.count("Disclosed") > 6
    assert {"Refused", "Malformed"} <= set(kinds)


MARK = "zq9xk7"
HOSTILE = st.text(max_size=12).map(lambda text: f"{text}{MARK}{text[::-1]}")
CODES = st.from_regex(rf"{MARK}[a-z0-9-]{{0,20}}", fullmatch=True)
PLACES = (
    "agreement", "purpose", "record_type", "elements", "recipient", "identifier", "scheme", "filter", "filter name",
    "cursor", "case_reference", "acting_officer", "idempotency_key",
)  # fmt: skip


@st.composite
def hostile(draw: st.DrawFn) -> tuple[Situation, dict[str, str]]:
    """A situation with marked strings in the records and in some places of the request."""
    found = draw(situations())
    query, target = found.query, found.target
    marked = [
        {
            name: f"{MARK} {value}" if isinstance(value, str) and draw(st.booleans()) else value
            for name, value in one.items()
        }
        for one in found.held
    ]
    filters = found.record_type.filters if found.record_type else ()
    scheme = target.scheme if isinstance(target, SubjectIdentifier) else "uci"
    changes: dict[str, str] = {}
    for where in draw(st.lists(st.sampled_from(PLACES), min_size=1, max_size=3, unique=True)):
        value, code = draw(HOSTILE), draw(CODES)
        match where:
            case "purpose":
                query = replace(query, purpose=code)
            case "record_type":
                query = replace(query, record_type=code)
            case "recipient":
                query = replace(query, recipient=code)
            case "elements":
                query = replace(query, elements=(*query.elements[:-1], code.replace("-", "_")))
            case "agreement":
                changes["agreement"] = code
            case "identifier":
                target = SubjectIdentifier(scheme, value)
            case "scheme":
                target = SubjectIdentifier(code, value)
            case "filter" if filters:
                target = ListQuery({filters[0]: value}, 5, None)
            case "cursor" if filters:
                target = ListQuery({}, 5, value)
            case "filter name":
                target = ListQuery({code.replace("-", "_"): value}, 5, value)
            case _:
                changes[where] = value
    return Situation(query, found.record_type, marked, target), changes


@MANY
@given(hostile())
def test_no_entry_representation_or_exception_holds_what_was_sent_or_read(
    drawn: tuple[Situation, dict[str, str]],
) -> None:
    situation, changes = drawn
    request, place = request_of(situation.query, situation.target, **changes), situation.place()
    if "agreement" in changes:
        request = replace(request, agreement=changes["agreement"])
    said = [repr(request), str(request), repr(situation.target)]
    try:
        answer: Answer = place.ask(request)
    except (GatewayError, ValueError) as error:
        said += [repr(error), *traceback.format_exception(error)]
    else:
        said += [repr(answer), str(answer)]
    for submission in place.log.submissions:
        assert MARK not in submission.entry.to_bytes().decode()
        said += [repr(submission), repr(submission.entry), repr(submission.private)]
    assert not any(MARK in text for text in said)


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8) | HOSTILE,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6) | HOSTILE, inner, max_size=3),
    max_leaves=6,
)
SURROGATES = st.text(st.characters(categories=["Cs", "Cc", "Ll"]), min_size=1, max_size=4)


def to_known_recipients(query: DecisionQuery) -> Decision:
    """Permits, but as the policy does refuses a recipient that no register knows."""
    if query.recipient not in AGREEMENT.parties:
        return Deny((Reason("party-unknown"),), REVISION)
    return permit(query)


@MANY
@given(
    st.dictionaries(
        st.sampled_from([
            "agreement", "purpose", "record_type", "elements", "subject", "list", "case_reference", "acting_officer",
            "recipient", f"other{MARK}",
        ]),
        ANYTHING | SURROGATES.map(lambda text: text + MARK) | HOSTILE.map(lambda v: {"scheme": "uci", "value": v}),
        min_size=1,
        max_size=4,
    )
)  # fmt: skip
def test_no_answer_and_no_log_line_repeats_a_request(changes: dict[str, Any]) -> None:
    """Through the signed API: whatever JSON comes, the answer is a signed problem or a disclosure that repeats none."""
    place = world([{"uci": "0000-0001", "name": "n", "notes": "t", "region": "ON", "status": "open",
                    "do_not_disclose": False}], to_known_recipients)  # fmt: skip
    if changes.get("agreement", "") is None:
        del changes["agreement"]  # the simulated policy knows no such refusal
    body = {
        "agreement": "isa-1",
        "purpose": "protection",
        "record_type": "worker-case",
        "elements": ["status"],
        "subject": {"scheme": "uci", "value": "0000-0001"},
        "case_reference": "W000000001",
    }
    sent = json.dumps({**body, **changes}).encode()
    lines = io.StringIO()
    with contextlib.redirect_stderr(lines):
        logs.configure()
        answer = asyncio.run(SimulatedGateway(place).send(sent))
    assert answer.status_code in (200, 400, 403, 422)
    said = answer.text + str(answer.headers) + lines.getvalue()
    for submission in place.log.submissions:
        said += submission.entry.to_bytes().decode()
    assert MARK not in said
    assert to_base64url(MARK.encode())[:-2] not in said
    assert len(place.log.submissions) == 1
