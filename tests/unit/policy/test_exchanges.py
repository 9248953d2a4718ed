"""Every clause of every shipped agreement lets through what it grants; the nearest things it does not grant stay."""

import asyncio
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from gateway.adapters.pdp.revision import read_sources
from gateway.adapters.pdp.wasm import WasmEngine
from gateway.adapters.rulebook.build import digest
from gateway.domain.agreement import AgreementVersion
from gateway.domain.decision import Decision, Deny, Permit
from gateway.service.ports import DecisionQuery
from tests.unit.policy.queries import engine, query, rulebook

CLAUSES = [
    (version.id, schedule["purpose"], clause)
    for version in rulebook().agreements
    for schedule in version.document["schedules"]
    for clause in schedule["clauses"]
]
IDS = [f"{agreement}/{clause['id']}" for agreement, _, clause in CLAUSES]


def decide(asked: DecisionQuery) -> Decision:
    return asyncio.run(engine().decide(asked))


def permit(asked: DecisionQuery) -> Permit:
    decision = decide(asked)
    assert isinstance(decision, Permit), [reason.code for reason in decision.reasons]
    return decision


def denied(asked: DecisionQuery) -> list[str]:
    decision = decide(asked)
    assert isinstance(decision, Deny)
    # What the law publishes anyone may have; the hint does not say why the clause refuses.
    return [reason.code for reason in decision.reasons if reason.code != "route-published"]


def by(asked: DecisionQuery, unit: str) -> DecisionQuery:
    return replace(asked, requester=unit, recipient=unit)


def asked_of(agreement: str, purpose: str, clause: dict[str, Any], unit: str) -> DecisionQuery:
    """A request for all that the clause grants, about a record that meets its conditions."""
    record_type = rulebook().catalogue.record_types[clause["record_type"]]
    record: dict[str, str | bool | None] = dict.fromkeys(record_type.attributes, False)
    record |= {name: True for name in record if name == "reporter_consents_sharing"}
    record |= {name: "final" for name in record if name == "finding_status"}
    record |= {condition["attribute"]: condition["in"][0] for condition in clause["conditions"]}
    names = [element["name"] for element in clause["elements"]]
    return query(
        agreement,
        purpose,
        clause["record_type"],
        unit,
        *names,
        record=record,
        cardinality=clause["cardinality"][0],
    )


@pytest.mark.parametrize(("agreement", "purpose", "clause"), CLAUSES, ids=IDS)
def test_a_clause_lets_through_all_it_grants_and_cites_both_sides(
    agreement: str, purpose: str, clause: dict[str, Any]
) -> None:
    for unit in clause["recipient"]["units"]:
        decision = permit(asked_of(agreement, purpose, clause, unit))
        assert set(decision.grants) == {element["name"] for element in clause["elements"]}
        assert decision.withheld == ()
        assert clause["id"] in decision.clauses
        assert set(clause["recipient"]["authorities"]) <= set(decision.recipient_authorities)
        assert set(clause["discloser"]["authorities"]) & set(decision.discloser_authorities)
        assert set(clause["obligations"]) <= {duty.code for duty in decision.obligations}


@pytest.mark.parametrize(("agreement", "purpose", "clause"), CLAUSES, ids=IDS)
def test_a_clause_grants_nothing_outside_its_term_or_to_a_unit_it_does_not_name(
    agreement: str, purpose: str, clause: dict[str, Any]
) -> None:
    version = rulebook().register.find(agreement)
    assert version is not None
    asked = asked_of(agreement, purpose, clause, clause["recipient"]["units"][0])
    assert denied(replace(asked, on=version.expiry)) == ["agreement-expired"]
    assert "agreement-not-in-force" in denied(replace(asked, on=date(2024, 3, 31)))
    assert denied(by(asked, "fernhollow-police")) == ["not-a-party"]


def with_first_clause(agreement: str, changes: Callable[[dict[str, Any]], dict[str, Any]]) -> AgreementVersion:
    """A shipped agreement whose first clause is another."""
    version = rulebook().register.find(agreement)
    assert version is not None
    first, *others = version.document["schedules"]
    clauses = [{**first["clauses"][0], **changes(first["clauses"][0])}, *first["clauses"][1:]]
    document = {**version.document, "schedules": [{**first, "clauses": clauses}, *others]}
    return replace(version, document=document, digest=digest(document))


def worker(agreement: str, purpose: str, unit: str, *elements: str, **changes: Any) -> DecisionQuery:
    return query(agreement, purpose, "gcms-worker", unit, *elements, **changes)


INSPECTORS = ("ircc-esdc-209-92", "employer-inspection", "esdc-isb")
LABOUR = ("ircc-on-dci", "worker-identity-status", "on-mlitsd-labour-inspection")
TELLING = ("case_type", "special_program_code", "lmia_exemption_code", "noc_2021")


def test_an_officer_tells_esdc_of_the_permit_and_keeps_the_codes_that_tell_of_abuse() -> None:
    decision = permit(worker(*INSPECTORS, "employer_bn15", "safe_contact_value", *TELLING, "health_notes"))
    assert set(decision.grants) == {"employer_bn15", "safe_contact_value"}
    assert decision.discloser_authorities == ("IRPR-209.92", "PA-8-2-b")
    assert "IRPR-209.5-209.9" in decision.recipient_authorities
    assert {item.element: item.reason for item in decision.withheld} == dict.fromkeys(
        (*TELLING, "health_notes"), "element-not-in-clause"
    )
    pob = permit(worker(*INSPECTORS[:2], "esdc-pob", "employer_bn15", "safe_contact_value"))
    assert set(pob.grants) == {"employer_bn15"}


def test_the_note_of_an_application_is_scrubbed_and_goes_to_integrity_alone() -> None:
    record: dict[str, str | bool | None] = {
        "do_not_disclose": False,
        "in_confidence": False,
        "case_open": True,
        "application_type": "OWP-V",
    }
    asked = query(
        *INSPECTORS[:2],
        "open-work-permit-application",
        "esdc-isb",
        "inspection_note_for_esdc",
        "letter_of_explanation",
        record=record,
    )
    decision = permit(asked)
    assert {name: grant.form.kind for name, grant in decision.grants.items()} == {"inspection_note_for_esdc": "scrub"}
    assert {"no-employer-contact", "record-of-disclosure"} <= {duty.code for duty in decision.obligations}
    assert denied(by(asked, "esdc-pob")) == ["no-clause"]
    protected = tuple(sorted({**record, "do_not_disclose": True}.items()))
    assert "record-protected" in denied(replace(asked, record_attributes=protected))


def test_a_province_learns_identity_status_and_documents_from_the_first_day() -> None:
    asked = worker(*LABOUR, "family_name", "immigration_status", "work_permit_status")
    decision = permit(asked)
    assert decision.discloser_authorities == ("DCI-5.5", "PA-8-2-b")
    assert {"no-foreign-onward", "no-onward-disclosure", "record-of-disclosure"} <= {
        duty.code for duty in decision.obligations
    }
    permit(replace(asked, on=date(2026, 4, 1)))
    assert denied(replace(asked, on=date(2026, 3, 31))) == ["agreement-not-in-force"]
    assert denied(by(asked, "on-mlitsd-employment-ontario")) == ["not-a-party"]
    assert denied(replace(asked, cardinality="list")) == ["list-not-granted"]
    assert denied(worker(*LABOUR, "address_residential", "work_permit_type", "employer_name")) == [
        "element-not-in-clause"
    ]


@pytest.mark.parametrize("element", ["address_residential", "employer_name", "passport_number", *TELLING])
def test_a_clause_that_granted_more_would_still_not_open_it_under_the_act(element: str) -> None:
    added = {"name": element, "form": {"kind": "plain"}}
    wider = with_first_clause("ircc-on-dci", lambda clause: {"elements": [*clause["elements"], added]})
    decision = permit(replace(worker(*LABOUR, "family_name", element), agreement=wider))
    assert set(decision.grants) == {"family_name"}
    assert {item.element: item.reason for item in decision.withheld} == {element: "no-discloser-authority"}


def test_the_agency_examines_on_identity_status_and_permit() -> None:
    asked = ("ircc-cbsa-irpa", "immigration-examination")
    decision = permit(worker(*asked, "cbsa-border-services", "passport_number", "work_permit_status", *TELLING))
    assert set(decision.grants) == {"passport_number", "work_permit_status"}
    assert decision.discloser_authorities == ("PA-8-2-a",)
    assert "record-of-disclosure" not in {duty.code for duty in decision.obligations}
    targeting = "cbsa-intelligence-targeting"
    assert denied(worker(*asked, targeting, "passport_number")) == ["not-a-party"]
    assert denied(worker(asked[0], "irpa-enforcement", "cbsa-inland-enforcement", "uci")) == ["purpose-not-covered"]


def test_customs_information_goes_to_immigration_and_not_to_employment() -> None:
    asked = query(
        "cbsa-ircc-irpa", "entry-exit-check", "entry-exit-history", "ircc-work-permits", "last_entry_date", "seizure"
    )
    decision = permit(asked)
    assert set(decision.grants) == {"last_entry_date"}
    assert {"CUST-107-5", "PA-8-2-b"} <= set(decision.discloser_authorities)
    assert denied(by(asked, "esdc-isb")) == ["not-a-party"]


def test_provenance_travels_with_the_element() -> None:
    """One file of the agency holds both: the crossing is customs information, the removal order is not."""
    privacy_act_only = with_first_clause(
        "cbsa-ircc-irpa", lambda clause: {"discloser": {**clause["discloser"], "authorities": ["PA-8-2-a"]}}
    )
    asked = query(
        "cbsa-ircc-irpa",
        "enforcement-check",
        "irpa-enforcement-file",
        "ircc-work-permits",
        "removal_order",
        "last_entry_date",
    )
    assert set(permit(asked).grants) == {"removal_order", "last_entry_date"}
    decision = permit(replace(asked, agreement=privacy_act_only))
    assert set(decision.grants) == {"removal_order"}
    assert [item.element for item in decision.withheld] == ["last_entry_date"]


def test_a_member_moves_from_one_delivery_agent_to_the_other() -> None:
    record: dict[str, str | bool | None] = {
        "do_not_disclose": False,
        "in_confidence": False,
        "address_kind": "employer-housing",
        "case_open": True,
        "moving_to": "toronto",
        "shared_client": False,
    }
    asked = query(
        "london-toronto-ow",
        "ontario-works-transfer",
        "social-assistance-member",
        "toronto-ontario-works",
        "family_name",
        "assistance_status",
        "address_last_known",
        "household_members",
        record=record,
    )
    decision = permit(asked)
    assert set(decision.grants) == {"family_name", "assistance_status"}
    assert {"MF-32-c", "MF-32-e"} <= set(decision.discloser_authorities)
    assert decision.recipient_authorities == ("MF-27-28", "MF-29", "OWA-71-73")
    stays = tuple(sorted({**record, "moving_to": "none"}.items()))
    assert denied(replace(asked, record_attributes=stays)) == ["record-condition-not-met"]
    secret = tuple(sorted({**record, "in_confidence": True}.items()))
    assert "in-confidence" in denied(replace(asked, record_attributes=secret))
    assert denied(by(asked, "london-ssm")) == ["not-a-party"]
    assert denied(by(asked, "on-mccss-ontario-works")) == ["not-a-party"]


@pytest.mark.parametrize("element", ["answer_mental_health", "answer_violence", "risk_score", "assessor_notes"])
def test_a_provider_plans_from_an_assessment_without_its_most_sensitive_answers(element: str) -> None:
    asked = query(
        "on-london-ies", "employment-plan", "common-assessment", "maple-bridge-employment", "answer_education", element
    )
    decision = permit(asked)
    assert set(decision.grants) == {"answer_education"}
    assert decision.discloser_authorities == ("FIPPA-42-1-c",)
    assert set(permit(by(replace(asked, elements=("client_stream", element)), "london-ssm")).grants) == {
        "client_stream"
    }
    assert denied(by(asked, "london-ontario-works")) == ["not-a-party"]


def test_checkpoints_are_reported_to_the_ministry_and_not_the_employer() -> None:
    asked = query(
        "on-london-ies",
        "checkpoint-report",
        "employment-action-plan",
        "on-mlitsd-employment-ontario",
        "checkpoint_6m_outcome",
        "employer_name",
    )
    decision = permit(asked)
    assert set(decision.grants) == {"checkpoint_6m_outcome"}
    assert {item.element: item.reason for item in decision.withheld} == {"employer_name": "element-third-party"}
    assert denied(by(asked, "on-mlitsd-labour-inspection")) == ["not-a-party"]


def marked(record_type: str, member: str, value: object) -> set[str]:
    elements = rulebook().policy_data["catalogue"][record_type]["elements"]
    return {name for name, element in elements.items() if element.get(member) == value}


def test_identity_status_and_documents_are_marked_and_nothing_else_is() -> None:
    assert marked("gcms-worker", "category", "identity") == {
        "uci", "family_name", "given_names", "other_names", "date_of_birth", "sex", "place_of_birth_city",
        "country_of_birth", "citizenship",
    }  # fmt: skip
    assert marked("gcms-worker", "category", "status") == {"immigration_status", "status_expiry_date"}
    assert marked("gcms-worker", "category", "document") == {
        "work_permit_number", "work_permit_type", "work_permit_status", "work_permit_issue_date",
        "work_permit_expiry_date",
    }  # fmt: skip
    assert marked("gcms-worker", "reprisal_sensitive", True) == set(TELLING)
    telling = {"application_number", "special_program_code", "exemption_code", "noc", "case_type", "abuse_types"}
    assert telling <= marked("open-work-permit-application", "reprisal_sensitive", True)
    for category in ("identity", "status", "document"):
        assert marked("open-work-permit-application", "category", category) == set()


def test_customs_information_is_marked_in_whatever_file_it_is_kept() -> None:
    assert marked("irpa-enforcement-file", "regime", "customs") == {
        "last_entry_date", "last_entry_port", "last_exit_date",
    }  # fmt: skip
    assert marked("entry-exit-history", "regime", "privacy-act") == {
        "carrier_name", "conveyance_number", "booking_reference", "travel_companions",
    }  # fmt: skip
    assert marked("entry-exit-history", "category", "carrier") == marked("entry-exit-history", "regime", "privacy-act")


@pytest.mark.parametrize("element", TELLING)
def test_what_tells_of_abuse_goes_to_no_city(element: str) -> None:
    """Even where a city had the program, a clause and a provision: the element alone stays."""
    police = "fernhollow-police"
    granting = with_first_clause(
        "ircc-cbsa-irpa",
        lambda _: {
            "recipient": {"units": [police], "authorities": ["MF-27-28"]},
            "elements": [{"name": name, "form": {"kind": "plain"}} for name in ("citizenship", element)],
        },
    )
    asked = replace(
        worker("ircc-cbsa-irpa", "immigration-examination", police, "citizenship", element),
        agreement=replace(granting, parties=(*granting.parties, police)),
    )
    data = rulebook().policy_data
    parties = {**data["parties"], police: {**data["parties"][police], "programs": ["irpa-enforcement"]}}
    decision = asyncio.run(WasmEngine(read_sources(), {**data, "parties": parties}).decide(asked))
    assert isinstance(decision, Permit), [reason.code for reason in decision.reasons]
    assert set(decision.grants) == {"citizenship"}
    assert {item.element: item.reason for item in decision.withheld} == {element: "reprisal-sensitive"}
