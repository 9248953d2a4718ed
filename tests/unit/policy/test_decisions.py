"""What the shipped policy says to the exchanges of the domain, over the shipped agreements."""

import asyncio
import re
from dataclasses import replace
from datetime import date

import pytest

from gateway.adapters.pdp.revision import read_sources
from gateway.domain.decision import Decision, Deny, Permit
from gateway.service.ports import DecisionQuery
from tests.unit.policy.queries import engine, findings, lmia, notes, query, rulebook


def decide(asked: DecisionQuery) -> Decision:
    return asyncio.run(engine().decide(asked))


def codes(decision: Decision) -> list[str]:
    return [reason.code for reason in decision.reasons]


def permit(asked: DecisionQuery) -> Permit:
    decision = decide(asked)
    assert isinstance(decision, Permit), codes(decision)
    return decision


def denied(asked: DecisionQuery) -> list[str]:
    decision = decide(asked)
    assert isinstance(decision, Deny)
    return codes(decision)


def withheld(decision: Permit) -> dict[str, str]:
    return {item.element: item.reason for item in decision.withheld}


def test_a_refresh_cites_clause_both_authorities_revision_and_obligations() -> None:
    decision = permit(lmia("decision", "wage_hourly", "suspension_reason", "employer_contact_name"))
    assert decision.clauses == ("lmia-refresh-1",)
    assert {"DESDA-30", "PA-3-PI"} <= set(decision.discloser_authorities)
    assert decision.recipient_authorities == ("PA-4", "PA-5")
    assert decision.policy_revision == engine().revision
    assert "refresh-before-decision" in {duty.code for duty in decision.obligations}
    assert set(decision.grants) == {"decision", "wage_hourly"}
    assert withheld(decision) == {
        "suspension_reason": "element-not-in-clause",
        "employer_contact_name": "element-third-party",
    }


def test_interview_notes_are_scrubbed_and_telling_elements_stay() -> None:
    asked = ("interview_notes", "reporter_name", "worker_sin", "medical_detail", "penalty_deliberations")
    telling = ("special_program_code", "exemption_code", "permit_noc", "case_type")
    decision = permit(notes(*asked, *telling))
    assert {name: grant.form.code for name, grant in decision.grants.items()} == {"interview_notes": "scrub"}
    assert set(withheld(decision)) == {*asked, *telling} - {"interview_notes"}
    assert "no-employer-contact" in {duty.code for duty in decision.obligations}


def test_the_other_ircc_unit_gets_no_notes() -> None:
    asked = replace(notes("interview_notes"), requester="ircc-work-permits", recipient="ircc-work-permits")
    assert denied(asked) == ["no-clause"]


@pytest.mark.parametrize("banner", [True, None, "false"])
def test_a_protected_record_is_refused_whatever_the_banner_says_but_no(banner: bool | str | None) -> None:
    record = {"case_open": True, "do_not_disclose": banner, "reporter_consents_sharing": True, "in_confidence": False}
    assert "record-protected" in denied(notes("interview_notes", record=record))


def test_existence_check_gives_one_answer_and_only_while_open() -> None:
    asked = query("esdc-ircc-tfw", "existence-check", "inspection", "ircc-work-permits", "inspection_id", "trigger")
    record: dict[str, str | bool | None] = {"case_open": True, "finding_status": "none", "in_confidence": False}
    decision = permit(replace(asked, record_attributes=tuple(sorted(record.items()))))
    assert {name: grant.form.code for name, grant in decision.grants.items()} == {"inspection_id": "exists"}
    closed = replace(asked, record_attributes=tuple(sorted((record | {"case_open": False}).items())))
    assert denied(closed) == ["record-condition-not-met"]


@pytest.mark.parametrize("status", ["preliminary", "warning", "none", None])
def test_only_final_findings_leave(status: str | None) -> None:
    record = {"case_open": False, "finding_status": status, "in_confidence": False}
    assert denied(findings("final_decision", record=record)) == ["finding-not-final"]


def test_cbsa_gets_findings_by_unit_and_never_in_bulk() -> None:
    assert set(permit(findings("final_decision", "trigger_source")).grants) == {"final_decision"}
    assert denied(findings("final_decision", cardinality="list")) == ["list-not-granted"]
    border = "cbsa-border-services"
    assert denied(findings("final_decision", requester=border, recipient=border)) == ["not-a-party"]


def test_rcmp_without_agreement_is_told_the_routes_and_nothing_of_the_record() -> None:
    asked = lmia(requester="rcmp-federal-policing", recipient="rcmp-federal-policing", agreement=None)
    routes = [
        "no-agreement",
        "route-agreed-conditions",
        "route-court-order",
        "route-emergency",
        "route-public-interest",
    ]
    assert denied(asked) == routes
    assert denied(replace(asked, record_attributes=())) == routes


def test_province_gets_findings_and_the_municipality_is_not_the_province() -> None:
    asked = query(
        "esdc-on-labour-findings",
        "labour-standards-findings",
        "inspection",
        "on-mlitsd-labour-inspection",
        "final_decision",
    )
    assert "DESDA-36" in permit(asked).discloser_authorities
    city = replace(asked, requester="london-ontario-works", recipient="london-ontario-works")
    assert denied(city) == ["not-a-party"]


def test_a_milestone_and_no_more() -> None:
    asked = query(
        "london-icm",
        "milestone-notice",
        "employment-services-client",
        "london-ontario-works",
        "milestone",
        "absence_reason",
        "case_notes",
        record={"do_not_disclose": False, "shared_client": True},
    )
    decision = permit(asked)
    assert set(decision.grants) == {"milestone"}
    assert decision.recipient_authorities == ("MF-27-28", "MF-29", "OWA-71-73")
    other = replace(asked, record_attributes=(("do_not_disclose", False), ("shared_client", False)))
    assert denied(other) == ["record-condition-not-met"]


def test_one_caseworker_for_a_shared_client_and_never_a_list() -> None:
    asked = query(
        "london-icm",
        "caseworker-contact",
        "caseworker-contact",
        "maple-bridge-employment",
        "caseworker_name",
        "direct_line",
    )
    assert set(permit(asked).grants) == {"caseworker_name"}
    assert "list-not-granted" in denied(replace(asked, cardinality="list"))
    assert denied(replace(asked, case_reference=False)) == ["case-reference-missing"]


def test_the_open_list_and_the_published_list_may_be_paged() -> None:
    openings = query(
        "esdc-ircc-tfw",
        "open-lmia-list",
        "open-lmia",
        "ircc-work-permits",
        "employer_name",
        cardinality="list",
        case_reference=False,
    )
    assert permit(openings).discloser_authorities == ("DESDA-30", "PA-3-PI")
    internal = replace(openings, requester="esdc-isb", recipient="esdc-isb")
    assert permit(internal).clauses == ("open-lmia-list-1",)
    published = query(
        "esdc-ircc-tfw",
        "compliance-findings",
        "employer-compliance",
        "ircc-work-permits",
        "legal_name",
        cardinality="list",
        case_reference=False,
        record={"finding_status": "final"},
    )
    assert set(permit(published).grants) == {"legal_name"}


@pytest.mark.parametrize(
    ("day", "outcome"),
    [
        (date(2024, 3, 31), ["agreement-not-in-force"]),
        (date(2024, 4, 1), None),
        (date(2029, 3, 31), None),
        (date(2029, 4, 1), ["agreement-expired"]),
    ],
)
def test_the_term_is_half_open(day: date, outcome: list[str] | None) -> None:
    decision = decide(lmia(on=day))
    assert (None if isinstance(decision, Permit) else codes(decision)) == outcome


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"agreement": None}, "no-agreement"),
        ({"purpose": "tourism"}, "purpose-not-covered"),
        ({"record_type": "weather"}, "no-clause"),
        ({"custodian": "esdc-isb"}, "no-clause"),
        ({"requester": "nobody"}, "party-unknown"),
        ({"recipient": "rcmp-federal-policing"}, "requester-does-not-act"),
        ({"ground": "hunch"}, "ground-not-supported"),
        ({"case_reference": False}, "case-reference-missing"),
        ({"elements": ("bogus",)}, "element-unknown"),
    ],
)
def test_what_does_not_fit_is_refused_for_its_own_reason(changes: dict[str, object], code: str) -> None:
    assert code in denied(lmia(**changes))


def test_a_requester_may_act_for_a_unit_it_acts_for() -> None:
    assert permit(lmia(requester="ircc-work-permits", recipient="ircc-vulnerable-workers"))


def test_every_reason_code_of_the_rules_has_words() -> None:
    codes_used: set[str] = set()
    for text in read_sources().modules.values():
        codes_used |= set(re.findall(r'"code": "([a-z-]+)"', text)) - set(rulebook().obligations)
        codes_used |= set(re.findall(r'code_of\(.*\) := "([a-z-]+)"', text))
        codes_used |= set(re.findall(r'"(?:list|single)": "([a-z-]+)"', text))
        codes_used |= set(re.findall(r'"(route-[a-z-]+)"', text))
        codes_used |= set(re.findall(r'^\w+ contains "([a-z-]+)" if', text, re.MULTILINE))
        codes_used |= set(re.findall(r'^(?:permitted_as|\} else) := "([a-z-]+)"', text, re.MULTILINE))
    assert len(codes_used) > 70
    assert codes_used <= set(rulebook().reasons)


def test_a_reason_that_would_reveal_a_record_is_shown_as_not_available() -> None:
    shown = {code: wording.shown_as for code, wording in rulebook().reasons.items() if wording.shown_as != code}
    assert shown == dict.fromkeys(
        ("record-protected", "in-confidence", "record-condition-not-met", "finding-not-final"), "not-available"
    )
