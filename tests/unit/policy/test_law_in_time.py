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
from gateway.domain.decision import Decision, Permit
from gateway.service.ports import DecisionQuery
from tests.unit.policy.queries import notes, query, rulebook

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
    """Also where only Privacy Act 8(2)(b) is cited, which opens nothing by a provision that is not in force."""
    first = date.fromisoformat(rulebook().authorities[provision]["effective"]["from"])
    on = decide(holder(unit, purpose, [cited], [recipient], first))
    assert isinstance(on, Permit)
    assert set(on.grants) == elements
    before = decide(holder(unit, purpose, [cited], [recipient], first - timedelta(days=1)))
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
