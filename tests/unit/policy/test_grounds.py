"""What the shipped policy says on every ground other than an agreement, over the shipped records and parties.

Privacy Act 8(1), 8(2)(c), (e), (g), (h), (j), (m), 12; DESDA 32, 33, 37 to 40; Customs Act 107; MFIPPA 14, 32, 36;
FIPPA 42, 47; SCIDA 5.
"""

import asyncio
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest

from gateway.domain.decision import Decision, Deny, Permit, Refer
from gateway.domain.element import Form, FormKind
from gateway.domain.ground import Determination, Ground
from gateway.service.ports import DecisionQuery
from tests.unit.policy.queries import ON, engine, on_ground, query, rulebook

POLICE = "fernhollow-police"
RCMP = "rcmp-federal-policing"
SHELTER = "harbour-lane-shelter"


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


def referred(asked: DecisionQuery) -> tuple[str, ...]:
    decision = decide(asked)
    assert isinstance(decision, Refer), codes(decision)
    assert codes(decision) == ["needs-human-decision"]
    return decision.reasons[0].citations


def duties(decision: Decision) -> set[str]:
    assert isinstance(decision, Permit | Deny | Refer)
    return {duty.code for duty in decision.obligations}


def withheld(decision: Permit) -> dict[str, str]:
    return {item.element: item.reason for item in decision.withheld}


BY_RULE: list[tuple[DecisionQuery, set[str], set[str]]] = [
    (
        on_ground("consent", "gcms-worker", SHELTER, "shelter-placement", "family_name"),
        {"PA-8-1-consent"},
        {"keep-consent"},
    ),
    (
        on_ground("published", "employer-compliance", SHELTER, "shelter-placement", "legal_name"),
        {"IRPR-209.997"},
        {"as-of-label", "status-label"},
    ),
    (
        on_ground("consent", "entry-exit-history", SHELTER, "shelter-placement", "first_entry_date"),
        {"CUST-107-9", "PA-8-2-b"},
        {"keep-consent"},
    ),
    (
        on_ground("consent", "social-assistance-member", SHELTER, "shelter-placement", "phone"),
        {"MF-32-b"},
        {"keep-consent"},
    ),
    (
        on_ground("consent", "common-assessment", SHELTER, "shelter-placement", "family_name"),
        {"FIPPA-42-1-b"},
        {"keep-consent"},
    ),
    (
        on_ground("own-information", "gcms-worker", "ircc-work-permits", "answer-the-person", "family_name"),
        {"PA-12"},
        {"answer-in-30-days"},
    ),
    (
        on_ground(
            "own-information", "entry-exit-history", "cbsa-border-services", "answer-the-person", "first_entry_date"
        ),
        {"CUST-107-9", "PA-12", "PA-8-2-b"},
        {"answer-in-30-days"},
    ),
    (
        on_ground("own-information", "social-assistance-member", "london-ontario-works", "answer-the-person", "phone"),
        {"MF-36"},
        {"answer-in-30-days"},
    ),
    (
        on_ground(
            "own-information", "common-assessment", "on-mlitsd-employment-ontario", "answer-the-person", "family_name"
        ),
        {"FIPPA-47"},
        {"answer-in-30-days"},
    ),
]


@pytest.mark.parametrize(("asked", "authorities", "obligations"), BY_RULE)
def test_what_a_rule_lets_go(asked: DecisionQuery, authorities: set[str], obligations: set[str]) -> None:
    decision = permit(asked)
    assert set(decision.grants) == set(asked.elements)
    assert {grant.clause for grant in decision.grants.values()} == {None}
    assert decision.clauses == ()
    assert set(decision.discloser_authorities) == authorities
    assert decision.recipient_authorities == ()
    assert obligations <= duties(decision)
    assert codes(decision) == ["permitted-on-ground"]


BY_A_PERSON: list[tuple[DecisionQuery, str, set[str], set[str]]] = [
    (
        on_ground("court-order", "gcms-worker", RCMP, "court-process", "family_name"),
        "PA-8-2-c",
        {"PA-8-2-c"},
        {"legal-review"},
    ),
    (
        on_ground("court-order", "protection-case", RCMP, "court-process", "worker_name"),
        "DESDA-40-exception",
        {"DESDA-40", "DESDA-40-exception", "PA-8-2-b"},
        {"legal-review", "record-of-disclosure"},
    ),
    (
        on_ground("court-order", "entry-exit-history", RCMP, "court-process", "first_entry_date"),
        "CUST-107-5",
        {"CUST-107-10", "CUST-107-5", "PA-8-2-b"},
        {"legal-review"},
    ),
    (
        on_ground("court-order", "social-assistance-member", POLICE, "court-process", "phone"),
        "MF-32-e",
        {"MF-32-e"},
        {"legal-review"},
    ),
    (
        on_ground("court-order", "common-assessment", POLICE, "court-process", "family_name"),
        "FIPPA-42-1-e",
        {"FIPPA-42-1-e"},
        {"legal-review"},
    ),
    (
        on_ground("investigative-request", "gcms-worker", RCMP, "criminal-investigation", "family_name"),
        "PA-8-2-e",
        {"PA-8-2-e"},
        {"keep-request-and-record"},
    ),
    (
        on_ground("investigative-request", "entry-exit-history", RCMP, "criminal-investigation", "first_entry_date"),
        "CUST-107-5",
        {"CUST-107-1-2", "CUST-107-5", "PA-8-2-b"},
        {"keep-request-and-record"},
    ),
    (
        on_ground("investigative-request", "social-assistance-member", POLICE, "criminal-investigation", "phone"),
        "MF-32-f-g",
        {"MF-32-f-g"},
        {"keep-request-and-record"},
    ),
    (
        on_ground("investigative-request", "common-assessment", POLICE, "criminal-investigation", "family_name"),
        "FIPPA-42-1-f-g",
        {"FIPPA-42-1-f-g"},
        {"keep-request-and-record"},
    ),
    (
        on_ground("public-interest", "gcms-worker", RCMP, "public-interest-release", "family_name"),
        "PA-8-2-m",
        {"PA-8-2-m"},
        {"after-review", "notify-privacy-commissioner", "record-of-disclosure"},
    ),
    (
        on_ground("public-interest", "protection-case", RCMP, "public-interest-release", "worker_name"),
        "DESDA-37",
        {"DESDA-37", "PA-8-2-b"},
        {"after-review", "notify-partner-entity", "notify-privacy-commissioner"},
    ),
    (
        on_ground("public-interest", "entry-exit-history", RCMP, "public-interest-release", "first_entry_date"),
        "CUST-107-6-9",
        {"CUST-107-6-9", "PA-8-2-b"},
        {"after-review", "notify-privacy-commissioner"},
    ),
    (
        on_ground("emergency", "gcms-worker", RCMP, "protect-life-or-safety", "family_name"),
        "PA-8-2-m",
        {"PA-8-2-m"},
        {"after-review", "notify-privacy-commissioner", "retain-at-least"},
    ),
    (
        on_ground("emergency", "protection-case", POLICE, "protect-life-or-safety", "employer_address"),
        "DESDA-37",
        {"DESDA-37", "PA-8-2-b"},
        {"after-review", "notify-partner-entity", "notify-privacy-commissioner"},
    ),
    (
        on_ground("emergency", "entry-exit-history", RCMP, "protect-life-or-safety", "last_exit_date"),
        "CUST-107-3-4",
        {"CUST-107-3-4", "PA-8-2-b"},
        {"after-review"},
    ),
    (
        on_ground("emergency", "social-assistance-member", POLICE, "protect-life-or-safety", "address_last_known"),
        "MF-32-h",
        {"MF-32-h"},
        {"after-review", "mail-notice"},
    ),
    (
        on_ground("emergency", "common-assessment", POLICE, "protect-life-or-safety", "family_name"),
        "FIPPA-42-1-h",
        {"FIPPA-42-1-h"},
        {"after-review", "mail-notice"},
    ),
    (
        on_ground(
            *("emergency", "social-assistance-member", SHELTER, "protect-life-or-safety", "family_name"),
            evidence={"stated": ("compassion",)},
        ),
        "MF-32-i-l",
        {"MF-32-i-l"},
        {"after-review"},
    ),
    (
        on_ground(
            *("emergency", "common-assessment", SHELTER, "protect-life-or-safety", "family_name"),
            evidence={"stated": ("compassion",)},
        ),
        "FIPPA-42-1-i",
        {"FIPPA-42-1-i"},
        {"after-review"},
    ),
    (
        on_ground(
            "member-of-parliament", "common-assessment", "mpp-bellwater", "constituent-assistance", "client_stream"
        ),
        "FIPPA-42-1-j",
        {"FIPPA-42-1-j"},
        {"record-of-disclosure-provincial"},
    ),
    (
        on_ground("oversight", "common-assessment", "on-ipc-tribunal", "oversight-inquiry", "client_stream"),
        "FIPPA-42-1-l-m",
        {"FIPPA-42-1-l-m"},
        {"record-of-disclosure-provincial"},
    ),
    (
        on_ground("audit", "common-assessment", "auditor-general-performance", "program-audit", "client_stream"),
        "FIPPA-42-1-n",
        {"FIPPA-42-1-n"},
        {"record-of-disclosure-provincial"},
    ),
    (
        on_ground("oversight", "social-assistance-member", "on-ipc-tribunal", "oversight-inquiry", "family_name"),
        "MF-32-j-k",
        {"MF-32-j-k"},
        {"record-of-disclosure-municipal"},
    ),
    (
        on_ground(
            *("access-request", "social-assistance-member", SHELTER, "answer-access-request", "phone"),
            evidence={"stated": ("person-consents", "request-in-writing")},
        ),
        "MF-14-exceptions",
        {"MF-14-exceptions"},
        {"answer-in-30-days"},
    ),
    (
        on_ground("research", "gcms-worker", "sablewood-migration-studies", "research-study", "immigration_status"),
        "PA-8-2-j",
        {"PA-8-2-j"},
        {"no-administrative-use", "record-of-disclosure"},
    ),
    (
        on_ground("research", "protection-case", "sablewood-migration-studies", "research-study", "language"),
        "DESDA-38-39",
        {"DESDA-38-39", "PA-8-2-b"},
        {"no-administrative-use"},
    ),
    (
        on_ground(
            "member-of-parliament", "gcms-worker", "mp-bellwater", "constituent-assistance", "work_permit_status"
        ),
        "PA-8-2-g",
        {"PA-8-2-g"},
        {"record-of-disclosure"},
    ),
    (
        on_ground("member-of-parliament", "protection-case", "mp-bellwater", "constituent-assistance", "case_open"),
        "DESDA-33-2",
        {"DESDA-33-2", "PA-8-2-b"},
        {"record-of-disclosure"},
    ),
    (
        on_ground("audit", "gcms-worker", "comptroller-general-audit", "program-audit", "work_permit_status"),
        "PA-8-2-h",
        {"PA-8-2-h"},
        {"record-of-disclosure"},
    ),
    (
        on_ground("audit", "protection-case", "auditor-general-performance", "program-audit", "employer_address"),
        "AGA-13-1",
        {"AGA-13-1"},
        {"record-of-disclosure"},
    ),
    (
        on_ground(
            *("access-request", "gcms-worker", SHELTER, "answer-access-request", "country_of_residence"),
            evidence={"stated": ("dead-over-20-years", "request-in-writing")},
        ),
        "PA-3-m",
        {"PA-3-m"},
        set(),
    ),
    (
        on_ground(
            *("access-request", "social-assistance-member", SHELTER, "answer-access-request", "family_name"),
            evidence={"stated": ("dead-over-30-years", "request-in-writing")},
        ),
        "MF-2-2",
        {"MF-2-2"},
        set(),
    ),
    (
        on_ground(
            *("access-request", "common-assessment", SHELTER, "answer-access-request", "client_stream"),
            evidence={"stated": ("dead-over-30-years", "request-in-writing")},
        ),
        "FIPPA-2-2",
        {"FIPPA-2-2"},
        set(),
    ),
    (
        on_ground("oversight", "entry-exit-history", "opc-investigations", "oversight-inquiry", "last_exit_date"),
        "PA-34-2",
        {"PA-34-2"},
        {"record-of-disclosure"},
    ),
    (
        on_ground("audit", "social-assistance-member", "auditor-general-performance", "program-audit", "office"),
        "MF-32-i-l",
        {"MF-32-i-l"},
        {"record-of-disclosure-municipal"},
    ),
    (
        on_ground("national-security", "gcms-worker", RCMP, "national-security", "family_name"),
        "SCIDA-5",
        {"SCIDA-5"},
        {"accuracy-statement", "security-disclosure-record"},
    ),
    (
        on_ground("own-information", "protection-case", "esdc-isb", "answer-the-person", "worker_name"),
        "DESDA-33",
        {"DESDA-33", "PA-12", "PA-8-2-b"},
        {"answer-in-30-days"},
    ),
    (
        on_ground(
            "own-information",
            "open-work-permit-application",
            "ircc-vulnerable-workers",
            "answer-the-person",
            "abuse_types",
        ),
        "PA-12",
        {"PA-12"},
        {"answer-in-30-days"},
    ),
]


@pytest.mark.parametrize("unit", [name for name in rulebook().parties.units if name != "ircc-work-permits"])
def test_in_a_persons_name_only_the_unit_that_holds_the_record_answers_by_rule(unit: str) -> None:
    """Identity and authorisation are the word of whoever asks, so a person of the custodian verifies them first."""
    asked = on_ground("own-information", "gcms-worker", str(unit), "answer-the-person", "family_name", "sin")
    assert isinstance(decide(asked), Refer)
    assert isinstance(decide(replace(asked, purpose="criminal-investigation")), Deny)


def released(asked: DecisionQuery, *provisions: str) -> DecisionQuery:
    forms = {name: Form(FormKind.PLAIN) for name in asked.elements}
    return replace(asked, determination=Determination(provisions, forms))


@pytest.mark.parametrize(("asked", "provision", "weighed", "obligations"), BY_A_PERSON)
def test_what_a_person_decides(asked: DecisionQuery, provision: str, weighed: set[str], obligations: set[str]) -> None:
    """Referred with the provisions to weigh; released under the right one it goes, under another it does not."""
    assert set(referred(asked)) == weighed
    named = (provision, "PA-12") if asked.ground == Ground.OWN_INFORMATION else (provision,)
    decision = permit(released(asked, *named))
    assert set(decision.grants) == set(asked.elements)
    assert provision in decision.discloser_authorities
    assert decision.clauses == ()
    assert obligations <= duties(decision)
    assert codes(decision) == ["released-by-person"]
    assert isinstance(decide(released(asked, "PA-8-2-a")), Deny)
    unlawful = replace(asked, ground=Ground.CONSENT, evidence=asked.evidence)
    assert provision not in getattr(decide(released(unlawful, provision)), "discloser_authorities", ())


REGIMES_WITH_RECORDS = {"customs", "desda", "fippa", "irpa", "mfippa", "privacy-act"}
"""Those that the shipped catalogue holds records under; the situations try the other laws."""


def test_every_provision_of_a_ground_was_tried() -> None:
    tried = {name for _, names, _ in BY_RULE for name in names} | {name for _, name, _, _ in BY_A_PERSON}
    opening = {
        name
        for name, row in rulebook().authorities.items()
        if row["effect"] == "permits" and set(row.get("grounds", ())) - {"agreement"}
    }
    no_record_here = {"DESDA-34.2", "DESDA-34.2-access", "IRPR-13.11", "PA-8-2-k", "MF-2"}
    no_record_here |= {
        name for name in opening if not {*rulebook().authorities[name]["regimes"]} & REGIMES_WITH_RECORDS
    }
    assert opening - tried == no_record_here


COMMON: Mapping[str, Mapping[str, Any]] = {
    "evidence-other-person": {"subject": False},
    "evidence-other-custodian": {"custodian": False},
    "evidence-other-recipient": {"recipient": "ircc-work-permits"},
    "evidence-other-purpose": {"purpose": "lmia-refresh"},
    "evidence-revoked": {"revoked": True},
    "evidence-not-yet-valid": {"valid_from": ON.replace(day=2)},
    "evidence-expired": {"valid_until": ON},
    "evidence-out-of-scope": {"elements": ("given_names",)},
}
SOUND: Mapping[str, tuple[str, str, str, str]] = {
    "consent": ("gcms-worker", SHELTER, "shelter-placement", "family_name"),
    "own-information": ("gcms-worker", SHELTER, "answer-the-person", "family_name"),
    "court-order": ("gcms-worker", RCMP, "court-process", "family_name"),
    "investigative-request": ("gcms-worker", RCMP, "criminal-investigation", "family_name"),
    "public-interest": ("gcms-worker", RCMP, "public-interest-release", "family_name"),
    "emergency": ("gcms-worker", RCMP, "protect-life-or-safety", "family_name"),
    "research": ("gcms-worker", "sablewood-migration-studies", "research-study", "family_name"),
    "member-of-parliament": ("gcms-worker", "mp-bellwater", "constituent-assistance", "family_name"),
    "audit": ("gcms-worker", "auditor-general-performance", "program-audit", "family_name"),
    "national-security": ("gcms-worker", RCMP, "national-security", "family_name"),
    "oversight": ("social-assistance-member", "on-ipc-tribunal", "oversight-inquiry", "family_name"),
}


@pytest.mark.parametrize("ground", SOUND)
def test_a_ground_without_its_evidence(ground: str) -> None:
    asked = on_ground(ground, *SOUND[ground])
    assert denied(replace(asked, evidence=None)) == ["evidence-missing"]
    assert isinstance(decide(asked), Permit | Refer)


@pytest.mark.parametrize("code", COMMON)
@pytest.mark.parametrize("ground", SOUND)
def test_each_condition_of_every_evidence_is_named(ground: str, code: str) -> None:
    """Whatever a person released: evidence that does not carry comes first. Studies and audits are about many."""
    asked = on_ground(ground, *SOUND[ground], evidence=COMMON[code])
    if code == "evidence-other-person" and ground in {"audit", "oversight", "research"}:
        assert isinstance(decide(asked), Refer)
        return
    assert denied(asked) == [code]
    assert denied(released(asked, "PA-8-2-m", "PA-8-2-c")) == [code]


@pytest.mark.parametrize(
    ("ground", "change", "code"),
    [
        ("own-information", {"stated": ("identity-verified", "representative-authorised")}, "not-in-writing"),
        ("own-information", {"stated": ("request-in-writing", "representative-authorised")}, "identity-not-verified"),
        ("own-information", {"stated": ("request-in-writing", "identity-verified")}, "representative-not-authorised"),
        ("court-order", {"document": False}, "document-missing"),
        ("court-order", {"aim": None}, "instrument-not-stated"),
        ("court-order", {"issuer": "foreign-court"}, "issuer-without-jurisdiction"),
        ("investigative-request", {"stated": ("purpose", "information-description")}, "not-in-writing"),
        ("investigative-request", {"stated": ("request-in-writing", "information-description")}, "purpose-not-stated"),
        ("investigative-request", {"stated": ("request-in-writing", "purpose")}, "information-not-described"),
        ("investigative-request", {"aim": "curiosity"}, "aim-not-stated"),
        ("public-interest", {"stated": ()}, "justification-missing"),
        ("emergency", {"aim": None}, "danger-not-stated"),
        ("research", {"stated": ("non-identifiable-rejected",)}, "undertaking-missing"),
        ("research", {"stated": ("undertaking",)}, "non-identifiable-not-rejected"),
        ("research", {"aim": None}, "aim-not-stated"),
        ("member-of-parliament", {"stated": ()}, "constituent-request-missing"),
        ("national-security", {"stated": ("accuracy-statement",)}, "security-basis-missing"),
        ("national-security", {"stated": ("security-basis",)}, "accuracy-statement-missing"),
    ],
)
def test_each_condition_of_a_form_is_named(ground: str, change: dict[str, Any], code: str) -> None:
    assert denied(on_ground(ground, *SOUND[ground], evidence=change)) == [code]


@pytest.mark.parametrize(
    ("ground", "record_type", "unit", "purpose", "element", "code"),
    [
        *[
            ("investigative-request", "gcms-worker", unit, "criminal-investigation", "family_name", code)
            for unit, code in (
                ("cbsa-border-services", "not-an-investigative-body"),
                ("esdc-isb", "not-an-investigative-body"),
                (POLICE, "not-an-investigative-body"),
            )
        ],
        (
            "investigative-request",
            "entry-exit-history",
            "esdc-isb-iod",
            "criminal-investigation",
            "uci",
            "not-a-peace-officer",
        ),
        (
            "investigative-request",
            "social-assistance-member",
            "valdoria-consulate",
            "criminal-investigation",
            "phone",
            "not-a-law-enforcement-agency",
        ),
        ("member-of-parliament", "gcms-worker", SHELTER, "constituent-assistance", "uci", "not-a-member-of-parliament"),
        ("audit", "gcms-worker", RCMP, "program-audit", "uci", "not-an-audit-body"),
        ("audit", "gcms-worker", "auditor-general-performance", "research-study", "uci", "purpose-not-audit"),
        (
            "national-security",
            "gcms-worker",
            "doj-litigation",
            "national-security",
            "uci",
            "not-a-security-institution",
        ),
        ("research", "gcms-worker", RCMP, "criminal-investigation", "uci", "not-an-indigenous-body"),
    ],
)
def test_who_may_ask_on_a_ground(
    ground: str, record_type: str, unit: str, purpose: str, element: str, code: str
) -> None:
    """A unit, not its department; Canada's Parliament, not somebody who means well."""
    aim = {"aim": "claims-research"} if code == "not-an-indigenous-body" else {}
    assert code in denied(on_ground(ground, record_type, unit, purpose, element, evidence=aim))


def test_consent_never_opens_records_of_esdc_programs() -> None:
    asked = on_ground("consent", "protection-case", SHELTER, "shelter-placement", "worker_name")
    assert denied(asked) == ["consent-does-not-open-desda"]
    assert denied(released(asked, "DESDA-37", "DESDA-33", "PA-8-1-consent")) == ["consent-does-not-open-desda"]


def test_a_written_request_opens_no_record_of_esdc_programs_and_is_kept() -> None:
    asked = on_ground("investigative-request", "protection-case", RCMP, "criminal-investigation", "worker_name")
    decision = decide(asked)
    assert isinstance(decision, Deny)
    assert codes(decision) == ["no-discloser-authority"]
    assert decision.reasons[0].citations == ("DESDA-32", "IRPR-13.11", "PA-8-2-b", "PA-8-2-e")
    assert duties(decision) == {"keep-request-and-record"}


@pytest.mark.parametrize("change", [{}, {"cardinality": "list"}, {"recipient": "esdc-isb", "requester": "esdc-isb"}])
def test_a_request_of_an_investigative_body_is_kept_whatever_becomes_of_it(change: dict[str, Any]) -> None:
    asked = on_ground("investigative-request", *SOUND["investigative-request"], **change)
    decision = decide(asked)
    assert isinstance(decision, Refer if not change else Deny)
    [kept] = decision.obligations
    assert (kept.code, kept.due_days, kept.citations) == ("keep-request-and-record", 731, ("PA-8-4",))


def test_public_interest_opens_privileged_and_customs_records_under_their_own_act_only() -> None:
    for record_type, element in (("protection-case", "worker_name"), ("entry-exit-history", "uci")):
        asked = on_ground("public-interest", record_type, RCMP, "public-interest-release", element)
        assert isinstance(decide(released(asked, "PA-8-2-m", "PA-8-2-b")), Deny)


def test_elements_of_two_laws_are_weighed_each_under_its_own() -> None:
    asked = on_ground(
        "court-order",
        "irpa-enforcement-file",
        RCMP,
        "court-process",
        "family_name",
        "last_entry_date",
        "arrival_carrier",
    )
    assert referred(asked) == ("CUST-107-10", "CUST-107-5", "PA-8-2-b", "PA-8-2-c")
    decision = permit(released(asked, "PA-8-2-c"))
    assert set(decision.grants) == {"family_name"}
    assert withheld(decision) == {"arrival_carrier": "other-act-forbids", "last_entry_date": "customs-prohibited"}


def test_what_was_reported_of_abuse_goes_to_a_person_and_the_rest_by_rule() -> None:
    asked = on_ground(
        "own-information",
        "open-work-permit-application",
        "ircc-vulnerable-workers",
        "answer-the-person",
        "family_name",
        "abuse_types",
    )
    decision = permit(asked)
    assert set(decision.grants) == {"family_name"}
    assert withheld(decision) == {"abuse_types": "element-needs-person"}


@pytest.mark.parametrize("record", [None, {"case_open": True}, {"case_open": False}, {}])
def test_an_enforcement_file_goes_to_a_person_whatever_its_state(record: dict[str, bool] | None) -> None:
    """The answer is the same for an open, a closed and an absent file, so it tells nothing."""
    asked = on_ground(
        "own-information", "irpa-enforcement-file", "cbsa-inland-enforcement", "answer-the-person", "family_name"
    )
    attributes = (
        None if record is None else tuple((record | {"do_not_disclose": False, "in_confidence": False}).items())
    )
    assert isinstance(decide(replace(asked, record_attributes=attributes)), Refer)


def test_information_about_others_goes_only_where_a_court_orders_it_and_a_person_releases_it() -> None:
    asked = on_ground("own-information", "gcms-worker", "ircc-work-permits", "answer-the-person", "family_name", "uci")
    record_types = rulebook().catalogue.record_types
    for name, record_type in record_types.items():
        others = [element for element, value in record_type.elements.items() if value.sensitivity == "TP"]
        for ground, (_, unit, purpose, _) in SOUND.items():
            if others:
                third = on_ground(ground, name, unit, purpose, *others)
                assert not isinstance(decide(third), Permit), (name, ground)
                goes = isinstance(decide(released(third, *rulebook().authorities)), Permit)
                assert not goes or ground == "court-order", (name, ground)
    assert permit(asked)


@pytest.mark.parametrize("ground", SOUND)
@pytest.mark.parametrize("banner", [True, None])
def test_a_protected_record_is_not_available_on_any_ground(ground: str, banner: bool | None) -> None:
    asked = on_ground(ground, *SOUND[ground])
    protected = replace(asked, record_attributes=(("do_not_disclose", banner), ("in_confidence", False)))
    assert denied(protected) == ["record-protected"]
    assert denied(released(protected, *rulebook().authorities)) == ["record-protected"]


@pytest.mark.parametrize("ground", SOUND)
def test_over_a_banner_a_person_releases_on_the_grounds_that_weigh_it(ground: str) -> None:
    asked = replace(
        on_ground(ground, *SOUND[ground]), record_attributes=(("do_not_disclose", True), ("in_confidence", False))
    )
    made = released(asked, *rulebook().authorities)
    assert made.determination is not None
    decision = decide(replace(made, determination=replace(made.determination, despite_banner=True)))
    assert isinstance(decision, Permit) == (ground in {"court-order", "emergency", "oversight", "public-interest"})


@pytest.mark.parametrize("ground", ["consent", "own-information"])
def test_what_was_received_in_confidence_stays_unless_a_person_weighed_it(ground: str) -> None:
    asked = on_ground(ground, *SOUND[ground])
    confided = replace(asked, record_attributes=(("do_not_disclose", False), ("in_confidence", True)))
    assert denied(confided) == ["in-confidence"]
    unasked = released(confided, "PA-12", "PA-8-1-consent", "PA-19-22-25-26")
    assert unasked.determination is not None
    opened = permit(replace(unasked, determination=replace(unasked.determination, source_agreed=True)))
    assert set(opened.grants) == {"family_name"}
    if ground == "own-information":
        assert denied(released(confided, "PA-12")) == ["in-confidence"]
        assert denied(unasked) == ["in-confidence"]


@pytest.mark.parametrize("ground", SOUND)
def test_lists_are_for_research_audit_and_oversight_only(ground: str) -> None:
    decision = decide(on_ground(ground, *SOUND[ground], cardinality="list"))
    if ground in {"audit", "oversight", "research"}:
        assert isinstance(decision, Refer)
    else:
        assert codes(decision) == ["list-not-granted"]


def test_a_person_releases_exactly_what_was_asked_and_chosen() -> None:
    asked = on_ground("emergency", "gcms-worker", RCMP, "protect-life-or-safety", "family_name", "sin", "given_names")
    chosen = {
        "sin": Form(FormKind.MASK, keep=3),
        "family_name": Form(FormKind.PLAIN),
        "citizenship": Form(FormKind.PLAIN),
    }
    decision = permit(replace(asked, determination=Determination(("PA-8-2-m",), chosen)))
    assert {name: grant.form.code for name, grant in decision.grants.items()} == {
        "family_name": "plain",
        "sin": "mask:3",
    }
    assert withheld(decision) == {"given_names": "not-released"}


def test_a_recipient_that_collects_needs_its_own_authority_and_keeps_what_it_got() -> None:
    asked = on_ground("consent", "gcms-worker", "london-ontario-works", "shelter-placement", "family_name")
    decision = permit(asked)
    assert decision.recipient_authorities == ("MF-27-28", "MF-29")
    [kept] = [duty for duty in decision.obligations if duty.code == "retain-at-least"]
    assert (kept.on, kept.due_days, kept.citations) == ("london-ontario-works", 366, ("MF-30",))
    other = on_ground("consent", "gcms-worker", "opc-audit", "shelter-placement", "family_name")
    assert denied(other) == ["no-recipient-authority"]


def test_somebody_elses_access_request_opens_nothing_about_a_person() -> None:
    asked = on_ground("access-request", "social-assistance-member", SHELTER, "answer-access-request", "phone")
    assert denied(asked) == ["no-discloser-authority"]
    assert denied(released(asked, *rulebook().authorities)) == ["no-discloser-authority"]
    federal = on_ground("access-request", "gcms-worker", SHELTER, "answer-access-request", "family_name")
    assert denied(federal) == ["no-discloser-authority"]


def test_an_agreement_is_no_ground_for_a_determination() -> None:
    asked = query("esdc-ircc-tfw", "lmia-refresh", "lmia", "ircc-work-permits", "decision")
    assert decide(released(asked, "DESDA-37")) != decide(asked)


def test_what_fits_no_ground_is_refused_for_its_own_reason() -> None:
    asked = on_ground("emergency", *SOUND["emergency"])
    assert denied(replace(asked, ground="hunch")) == ["ground-not-supported"]
    assert denied(replace(asked, custodian="esdc-isb")) == ["record-type-not-held"]
    assert denied(replace(asked, purpose="tourism")) == ["purpose-unknown"]
    assert denied(replace(asked, requester="nobody")) == ["party-unknown"]
    assert denied(replace(asked, recipient="ircc-work-permits")) == ["requester-does-not-act"]
