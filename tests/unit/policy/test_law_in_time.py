"""A provision counts from its first day until the day before its last, on the shipped register: the day decides."""

import asyncio
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from functools import cache
from typing import Any

import pytest

from gateway.adapters.pdp.revision import read_sources
from gateway.adapters.pdp.wasm import WasmEngine
from gateway.adapters.rulebook.build import digest
from gateway.domain.agreement import AgreementVersion
from gateway.domain.decision import Decision, Permit, Refer
from gateway.service.ports import DecisionQuery
from tests.unit.policy.queries import notes, on_ground, query, rulebook

HOLDER: Mapping[str, Any] = {
    "custodian": "ircc-work-permits",
    "program": "work-permits",
    "regime": "privacy-act",
    "information_bank": "IRCC-HOLDERS",
    "personal": True,
    "attributes": [],
    "elements": {
        "status": {"sensitivity": "OP", "regime": "privacy-act", "category": "status"},
        "address": {"sensitivity": "ID", "regime": "privacy-act", "category": "location"},
    },
}
"""A made-up record type of IRCC: the holder of a work permit."""


@cache
def engine() -> WasmEngine:
    data = rulebook().policy_data
    return WasmEngine(read_sources(), {**data, "catalogue": {**data["catalogue"], "permit-holder": HOLDER}})


def decide(asked: DecisionQuery) -> Decision:
    return asyncio.run(engine().decide(asked))


def duties(asked: DecisionQuery) -> set[str]:
    decision = decide(asked)
    assert isinstance(decision, Permit), decision
    return {obligation.code for obligation in decision.obligations}


def made_up(unit: str, purpose: str, discloser: list[str], recipient: list[str]) -> AgreementVersion:
    """An agreement of IRCC with one unit over the made-up record type, in force for as long as any law may change."""
    shipped = rulebook().register.find("esdc-ircc-tfw")
    assert shipped is not None
    schedule = shipped.document["schedules"][0]
    clause = {
        **schedule["clauses"][0],
        "record_type": "permit-holder",
        "discloser": {"unit": "ircc-work-permits", "authorities": discloser},
        "recipient": {"units": [unit], "authorities": recipient},
        "case_reference": "optional",
        "elements": [{"name": name, "form": {"kind": "plain"}} for name in HOLDER["elements"]],
        "obligations": [],
    }
    document = {
        **shipped.document,
        "term": {"effective": "2020-01-01", "expiry": "2040-01-01", "suspensions": [], "termination": None},
        "schedules": [{**schedule, "purpose": purpose, "clauses": [clause]}],
    }
    return replace(
        shipped,
        digest=digest(document),
        effective=date(2020, 1, 1),
        expiry=date(2040, 1, 1),
        parties=("ircc-work-permits", unit),
        document=document,
    )


def holder(unit: str, purpose: str, discloser: list[str], recipient: list[str], on: date) -> DecisionQuery:
    return DecisionQuery(
        requester=unit,
        recipient=unit,
        custodian="ircc-work-permits",
        agreement=made_up(unit, purpose, discloser, recipient),
        record_type="permit-holder",
        purpose=purpose,
        elements=("status", "address"),
        cardinality="single",
        ground="agreement",
        on=on,
        case_reference=True,
        record_attributes=None,
    )


@pytest.mark.parametrize(
    ("provision", "cited", "unit", "purpose", "recipient", "elements"),
    [
        ("DCI-5.4", "DCI-5.4", "ircc-vulnerable-workers", "owp-v-interview-notes", "PA-4", {"status", "address"}),
        ("DCI-5.4", "PA-8-2-b", "ircc-vulnerable-workers", "owp-v-interview-notes", "PA-4", {"status", "address"}),
        ("DCI-5.5", "DCI-5.5", "esdc-isb", "open-lmia-list", "PA-4", {"status"}),
        ("DCI-5.5", "PA-8-2-b", "esdc-isb", "open-lmia-list", "PA-4", {"status"}),
        ("DCI-5.5", "DCI-5.5", "on-mlitsd-labour-inspection", "labour-standards-findings", "FIPPA-38-39", {"status"}),
        ("IRPR-209.92", "IRPR-209.92", "esdc-isb", "employer-inspection", "PA-4", {"status", "address"}),
    ],
)
def test_a_provision_opens_from_its_first_day(
    provision: str, cited: str, unit: str, purpose: str, recipient: str, elements: set[str]
) -> None:
    """Also through Privacy Act 8(2)(b), which opens nothing by a provision that is not in force."""
    cites = list(dict.fromkeys([provision, cited]))
    first = date.fromisoformat(rulebook().authorities[provision]["effective"]["from"])
    on = decide(holder(unit, purpose, cites, [recipient], first))
    assert isinstance(on, Permit)
    assert set(on.grants) == elements
    before = decide(holder(unit, purpose, cites, [recipient], first - timedelta(days=1)))
    assert not isinstance(before, Permit)
    assert {reason.code for reason in before.reasons} == {"no-discloser-authority"}


def test_a_province_is_told_not_to_pass_on_what_ircc_gave() -> None:
    asked = holder(
        "on-mlitsd-labour-inspection", "labour-standards-findings", ["PA-8-2-f"], ["FIPPA-38-39"], date(2026, 3, 25)
    )
    assert duties(replace(asked, on=date(2026, 3, 26))) - duties(asked) == {"no-foreign-onward"}
    assert duties(asked) <= duties(replace(asked, on=date(2026, 3, 26)))


def test_ontario_reports_breaches_from_the_first_of_july_2025() -> None:
    asked = holder(
        "on-mlitsd-labour-inspection", "labour-standards-findings", ["PA-8-2-f"], ["FIPPA-38-39"], date(2025, 6, 30)
    )
    assert duties(replace(asked, on=date(2025, 7, 1))) - duties(asked) == {"breach-report-ontario"}


def test_federal_recipients_report_breaches_under_the_directive_of_2024() -> None:
    asked = notes("interview_notes", on=date(2024, 10, 8))
    assert duties(replace(asked, on=date(2024, 10, 9))) - duties(asked) == {"breach-notice-federal"}


def test_a_municipality_reports_breaches_once_the_reform_is_in_force() -> None:
    asked = query(
        *("london-icm", "milestone-notice", "employment-services-client", "london-ontario-works", "milestone"),
        on=date(2026, 12, 31),
    )
    assert duties(replace(asked, on=date(2027, 1, 1))) - duties(asked) == {"breach-report-ontario"}


def test_an_unlisted_use_is_recorded_and_a_listed_one_is_not() -> None:
    listed = duties(notes("interview_notes"))
    unlisted = duties(holder("esdc-isb", "open-lmia-list", ["DCI-5.5"], ["PA-4"], date(2026, 5, 1)))
    assert "record-of-disclosure" in unlisted
    assert "record-of-disclosure" not in listed
    assert {"caveat-desda-42", "mark-protected-b", "disposition-authority", "propagate-corrections"} <= listed
    assert "caveat-desda-42" not in unlisted


def test_business_information_brings_no_duty_of_personal_information() -> None:
    asked = query(
        *("esdc-ircc-tfw", "open-lmia-list", "open-lmia", "ircc-work-permits", "employer_name"),
        cardinality="list",
        case_reference=False,
    )
    personal = {"caveat-desda-42", "mark-protected-b", "breach-notice-federal", "propagate-corrections", "amend-copies"}
    assert duties(asked).isdisjoint(personal - _of_clause(asked))


def _of_clause(asked: DecisionQuery) -> set[str]:
    assert asked.agreement is not None
    schedules = asked.agreement.schedules_for(asked.purpose)
    return {code for schedule in schedules for clause in schedule["clauses"] for code in clause["obligations"]}


def dated_provisions() -> list[tuple[str, str]]:
    return [
        (name, side)
        for name, row in sorted(rulebook().authorities.items())
        for side in ("from", "until")
        if row["effective"][side] is not None and row["enforced"]
    ]


def with_dates(name: str, start: date | None, end: date | None) -> WasmEngine:
    """The shipped policy with other dates for one provision."""
    data = rulebook().policy_data
    authorities = data["register"]["authorities"]
    period = {"from": None if start is None else start.isoformat(), "until": None if end is None else end.isoformat()}
    changed = {**authorities, name: {**authorities[name], "effective": period}}
    return WasmEngine(read_sources(), {**data, "register": {**data["register"], "authorities": changed}})


def cites(decision: Decision, name: str) -> bool:
    """The decision rests on the provision, or carries a duty of it."""
    if not isinstance(decision, Permit):
        return False
    relied_on = {*decision.discloser_authorities, *decision.recipient_authorities}
    return name in relied_on or name in {cited for duty in decision.obligations for cited in duty.citations}


FLIPPING: Mapping[str, Any] = {
    "DCI-5.4": lambda: holder("ircc-vulnerable-workers", "owp-v-interview-notes", ["DCI-5.4"], ["PA-4"], date.min),
    "DCI-5.5": lambda: holder("esdc-isb", "open-lmia-list", ["DCI-5.5"], ["PA-4"], date.min),
    "DCI-5.5-2": lambda: holder(
        "on-mlitsd-labour-inspection", "labour-standards-findings", ["PA-8-2-f"], ["FIPPA-38-39"], date.min
    ),
    "FIPPA-B194": lambda: holder(
        "on-mlitsd-labour-inspection", "labour-standards-findings", ["PA-8-2-f"], ["FIPPA-38-39"], date.min
    ),
    "IRPR-209.92": lambda: holder("esdc-isb", "employer-inspection", ["IRPR-209.92"], ["PA-4"], date.min),
    "MF-34-35": lambda: on_ground(
        "consent", "social-assistance-member", "harbour-lane-shelter", "shelter-placement", "phone"
    ),
    **dict.fromkeys(
        ("MF-19", "MF-19-B97"),
        lambda: on_ground(
            "own-information", "social-assistance-member", "london-ontario-works", "answer-the-person", "family_name"
        ),
    ),
    **dict.fromkeys(
        ("FIPPA-26", "FIPPA-26-B97"),
        lambda: on_ground(
            *("own-information", "common-assessment", "on-mlitsd-employment-ontario", "answer-the-person"),
            "client_stream",
        ),
    ),
    "MF-B97": lambda: on_ground("consent", "gcms-worker", "london-ontario-works", "shelter-placement", "family_name"),
    "TBS-BREACH": lambda: notes("interview_notes"),
}
"""For each provision with a date, a query that rests on it."""


def test_every_dated_provision_has_a_query() -> None:
    """Schedule II has a date of its own for each unit."""
    assert {name for name, _ in dated_provisions()} == {*FLIPPING, "PA-SCHED-II"}


@pytest.mark.parametrize(("name", "side"), [pair for pair in dated_provisions() if pair[0] != "PA-SCHED-II"])
def test_a_dated_provision_flips_on_its_day(name: str, side: str) -> None:
    day = date.fromisoformat(rulebook().authorities[name]["effective"][side])
    asked = FLIPPING[name]()
    on, before = (cites(decide(replace(asked, on=when)), name) for when in (day, day - timedelta(days=1)))
    assert (before, on) == ((False, True) if side == "from" else (True, False))


def test_the_listing_of_an_investigative_body_begins_on_its_day() -> None:
    unit = rulebook().policy_data["parties"]["rcmp-federal-policing"]
    [role] = unit["roles"]
    first = date.fromisoformat(role["from"])
    asked = on_ground("investigative-request", "gcms-worker", "rcmp-federal-policing", "criminal-investigation", "uci")
    assert isinstance(decide(replace(asked, on=first)), Refer)
    before = decide(replace(asked, on=first - timedelta(days=1)))
    assert [reason.code for reason in before.reasons] == ["not-an-investigative-body"]


@pytest.mark.thorough
def test_provisions_of_every_ground_would_flip_on_their_day() -> None:
    """Most have no date; given one, they count from that day until the day before the other."""
    first, end = date(2026, 5, 1), date(2026, 6, 1)
    cases = {
        "PA-8-1-consent": on_ground("consent", "gcms-worker", "harbour-lane-shelter", "shelter-placement", "uci"),
        "MF-32-b": on_ground(
            "consent", "social-assistance-member", "harbour-lane-shelter", "shelter-placement", "phone"
        ),
        "PA-12": on_ground("own-information", "gcms-worker", "ircc-work-permits", "answer-the-person", "uci"),
        "PA-8-2-m": on_ground(
            *("emergency", "gcms-worker", "rcmp-federal-policing", "protect-life-or-safety", "uci"),
            released=(["PA-8-2-m"], ["uci"]),
        ),
        "DESDA-37": on_ground(
            *("emergency", "protection-case", "rcmp-federal-policing", "protect-life-or-safety", "worker_uci"),
            released=(["DESDA-37"], ["worker_uci"]),
        ),
        "DESDA-35": notes("interview_notes"),
    }
    for name, asked in cases.items():
        dated = with_dates(name, first, end)
        counted = [
            isinstance(asyncio.run(dated.decide(replace(asked, on=when))), Permit)
            for when in (first - timedelta(days=1), first, end - timedelta(days=1), end)
        ]
        assert counted == [False, True, True, False], name
        asyncio.run(dated.close())


def test_a_prohibition_counts_from_its_day() -> None:
    day = date(2026, 5, 1)
    asked = on_ground(
        "member-of-parliament",
        "open-work-permit-application",
        "mp-bellwater",
        "constituent-assistance",
        *("uci", "abuse_types"),
        released=(["PA-8-2-g"], ["uci", "abuse_types"]),
    )
    dated = with_dates("GW-REPRISAL", day, None)
    for when, expected in ((day - timedelta(days=1), {"uci", "abuse_types"}), (day, {"uci"})):
        decision = asyncio.run(dated.decide(replace(asked, on=when)))
        assert isinstance(decision, Permit)
        assert set(decision.grants) == expected
    asyncio.run(dated.close())


@pytest.mark.parametrize("version", rulebook().agreements, ids=lambda version: version.id)
def test_every_agreement_begins_and_ends_on_its_day(version: AgreementVersion) -> None:
    asked = first_permit(version)
    for day, expected in ((version.effective, (False, True)), (version.expiry, (True, False))):
        before, on = (in_force(replace(asked, on=when)) for when in (day - timedelta(days=1), day))
        assert (before, on) == expected


@pytest.mark.parametrize("version", rulebook().agreements, ids=lambda version: version.id)
def test_every_agreement_is_suspended_and_terminated_on_the_day(version: AgreementVersion) -> None:
    first, end = date(2026, 7, 1), date(2026, 8, 1)
    asked = first_permit(version)
    for change in (
        {"suspensions": [{"from": first.isoformat(), "until": end.isoformat()}]},
        {"termination": first.isoformat()},
    ):
        document = {**version.document, "term": {**version.document["term"], **change}}
        changed = replace(asked, agreement=replace(version, document=document, digest=digest(document)))
        counted = [
            in_force(replace(changed, on=when))
            for when in (first - timedelta(days=1), first, end - timedelta(days=1), end)
        ]
        assert counted == [True, False, False, "suspensions" in change]


def first_permit(version: AgreementVersion) -> DecisionQuery:
    """A query under the first clause of an agreement."""
    schedule = version.document["schedules"][0]
    clause = schedule["clauses"][0]
    return query(
        *(version.id, schedule["purpose"], clause["record_type"], clause["recipient"]["units"][0]),
        *(entry["name"] for entry in clause["elements"]),
        cardinality=clause["cardinality"][0],
        agreement=version,
        on=date(2026, 5, 1),
    )


def in_force(asked: DecisionQuery) -> bool:
    """Whether the agreement counts on that day; whatever else the law opens then."""
    decision = decide(asked)
    stopped = {reason.code for reason in decision.reasons if reason.code.startswith("agreement-")}
    assert isinstance(decision, Permit) or stopped
    return not stopped
