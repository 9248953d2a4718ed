"""The story of the demonstration: who asks whom for what, one scene after the other, and what should become of it.

Each scene is one signed request to a running gateway. `expects` is the effect the law and the agreements call for; the
demonstration fails where the gateway does otherwise. The records are the landmarks of the sample world.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from gateway.client.question import Question

Landmarks = Mapping[str, Mapping[str, str]]
Trick = Literal["none", "replay", "tamper", "repeat", "stranger"]
CASE = "W000000001"


@dataclass(frozen=True, slots=True)
class Scene:
    """One request. `party` is the unit that signs; `trick` is what is done to the signed request on the way; `released`
    are the elements that a named person releases where the policy refers it."""

    title: str
    party: str
    question: Question = field(repr=False)
    expects: Literal["permit", "deny", "refer", "not-available", "unauthorized"]
    trick: Trick = "none"
    released: tuple[str, ...] = ()


def story(landmarks: Landmarks) -> list[Scene]:
    """The scenes, in the order in which they are told."""
    return [
        *_permits(landmarks),
        *_protection(landmarks),
        *_inspections(landmarks),
        *_london(landmarks),
        *_grounds(landmarks),
        *_attacks(landmarks),
    ]


def parties(landmarks: Landmarks) -> list[str]:
    """The units that ask in the story, and an auditor."""
    return sorted({"opc-audit", *(scene.party for scene in story(landmarks))})


def _about(landmarks: Landmarks, name: str) -> dict[str, str]:
    return {"scheme": landmarks[name]["scheme"], "value": landmarks[name]["value"]}


def lmia_refresh(landmarks: Landmarks, name: str = "lmia_confirmed") -> Question:
    """One LMIA, as an officer reads it before a decision."""
    return Question(
        "esdc-ircc-tfw",
        "lmia-refresh",
        "lmia",
        ["decision", "employer_legal_name", "noc_2021", "job_title", "wage_hourly", "positions_remaining"],
        case_reference=CASE,
        **_about(landmarks, name),  # type: ignore[arg-type]
    )


def open_lmias() -> Question:
    """A page of employers with open positions."""
    return Question(
        "esdc-ircc-tfw",
        "open-lmia-list",
        "open-lmia",
        ["employer_name", "occupation", "approved_positions"],
        filter={"province": "ON"},
        limit=5,
    )


def _permits(landmarks: Landmarks) -> list[Scene]:
    officer = "ircc-work-permits"
    refresh, suspended = lmia_refresh(landmarks), lmia_refresh(landmarks, "lmia_suspended")
    greedy = Question(
        "esdc-ircc-tfw",
        "lmia-refresh",
        "lmia",
        ["decision", "officer_assessment", "esdc_comments", "employer_contact_name"],
        case_reference=CASE,
        **_about(landmarks, "lmia_confirmed"),  # type: ignore[arg-type]
    )
    uncased = Question(
        "esdc-ircc-tfw",
        "lmia-refresh",
        "lmia",
        ["decision"],
        **_about(landmarks, "lmia_confirmed"),  # type: ignore[arg-type]
    )
    return [
        Scene(
            "An IRCC officer refreshes an LMIA before deciding a work permit",
            officer,
            refresh,
            "permit",
        ),
        Scene(
            "The same for an LMIA that was suspended since",
            officer,
            suspended,
            "permit",
        ),
        Scene("IRCC asks for the assessing officer's notes as well: they stay", officer, greedy, "permit"),
        Scene("IRCC forgets to say for which case: no case, no record", officer, uncased, "deny"),
        Scene("A page of employers with open positions in Ontario", officer, open_lmias(), "permit"),
    ]


def _protection(landmarks: Landmarks) -> list[Scene]:
    notes = ("interview_date", "interview_notes", "reasonable_grounds_finding")

    def ask(name: str, elements: tuple[str, ...] = notes) -> Question:
        return Question(
            "esdc-ircc-tfw",
            "owp-v-interview-notes",
            "protection-case",
            list(elements),
            case_reference=CASE,
            **_about(landmarks, name),  # type: ignore[arg-type]
        )

    officer = "ircc-vulnerable-workers"
    return [
        Scene(
            "Interview notes for a vulnerable worker's open permit, scrubbed", officer, ask("protection_case"), "permit"
        ),
        Scene("The same in French", officer, ask("protection_case_french"), "permit"),
        Scene(
            "Who tipped ESDC off is asked for: never",
            officer,
            ask("protection_case", ("reporter_name", "reporter_phone", "interview_date")),
            "permit",
        ),
        Scene(
            "Work-permit processing asks for the notes: another unit",
            "ircc-work-permits",
            ask("protection_case"),
            "deny",
        ),
        Scene(
            "A case under a do-not-disclose banner: as if there were none",
            officer,
            ask("protection_case_protected"),
            "not-available",
        ),
    ]


def _inspections(landmarks: Landmarks) -> list[Scene]:
    def exists(name: str) -> Question:
        return Question(
            "esdc-ircc-tfw",
            "existence-check",
            "inspection",
            ["inspection_id"],
            case_reference=CASE,
            **_about(landmarks, name),  # type: ignore[arg-type]
        )

    def findings(name: str) -> Question:
        return Question(
            "esdc-on-labour-findings",
            "labour-standards-findings",
            "inspection",
            ["employer_name", "finding_status", "final_decision", "final_decision_date", "amp_cad"],
            case_reference="ON-2026-0001",
            **_about(landmarks, name),  # type: ignore[arg-type]
        )

    published = Question(
        "esdc-ircc-tfw",
        "compliance-findings",
        "employer-compliance",
        ["legal_name", "reason_codes", "penalty_cad", "eligibility_status"],
        **_about(landmarks, "published_finding"),  # type: ignore[arg-type]
    )
    rcmp = Question(
        None,
        "existence-check",
        "inspection",
        ["inspection_id", "employer_name"],
        case_reference="RCMP-1",
        **_about(landmarks, "employer_under_inspection"),  # type: ignore[arg-type]
    )
    bulk = Question(
        "esdc-cbsa-irpa", "irpa-enforcement", "inspection", ["employer_name", "final_decision"], filter={}, limit=200,
        case_reference="CBSA-1",
    )  # fmt: skip
    return [
        Scene(
            "Is this employer under inspection? Yes, and nothing else",
            "ircc-work-permits",
            exists("employer_under_inspection"),
            "permit",
        ),
        Scene("And this one? No", "ircc-work-permits", exists("employer_not_inspected"), "permit"),
        Scene("An employer's published compliance record", "ircc-work-permits", published, "permit"),
        Scene(
            "Ontario's labour ministry gets a final finding",
            "on-mlitsd-labour-inspection",
            findings("final_finding"),
            "permit",
        ),
        Scene(
            "A preliminary finding is not a violation: the finding stays",
            "on-mlitsd-labour-inspection",
            findings("preliminary_finding"),
            "permit",
        ),
        Scene("The RCMP asks without an agreement", "rcmp-federal-policing", rcmp, "deny"),
        Scene("CBSA asks for everything in bulk", "cbsa-inland-enforcement", bulk, "deny"),
    ]


def _london(landmarks: Landmarks) -> list[Scene]:
    contact = ["caseworker_name", "caseworker_phone", "role_mailbox"]
    everyone = Question(
        "london-icm", "caseworker-contact", "caseworker-contact", contact, filter={}, limit=200, case_reference="MB-1"
    )
    one = Question(
        "london-icm",
        "caseworker-contact",
        "caseworker-contact",
        contact,
        case_reference="MB-1",
        **_about(landmarks, "shared_client_caseworker"),  # type: ignore[arg-type]
    )

    def milestone(name: str) -> Question:
        return Question(
            "london-icm",
            "milestone-notice",
            "employment-services-client",
            ["milestone", "milestone_date", "absence_reason", "ca_part2_barriers"],
            case_reference="OW-1",
            **_about(landmarks, name),  # type: ignore[arg-type]
        )

    return [
        Scene("A service provider asks for the list of all caseworkers", "maple-bridge-employment", everyone, "deny"),
        Scene("It asks for the one caseworker of a client they share", "maple-bridge-employment", one, "permit"),
        Scene(
            "A caseworker learns of a missed appointment, not of the reason",
            "london-ontario-works",
            milestone("shared_client"),
            "permit",
        ),
        Scene(
            "A client under a family-violence banner: no partner learns of the record",
            "london-ontario-works",
            milestone("protected_client"),
            "not-available",
        ),
    ]


def _grounds(landmarks: Landmarks) -> list[Scene]:
    police, paper = "rcmp-federal-policing", "47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU"
    about = _about(landmarks, "protection_case")
    named = {"concerns": about, "addressed_to": "esdc", "document": paper}

    def ask(purpose: str, elements: list[str], ground: Mapping[str, object]) -> Question:
        return Question(
            None,
            purpose,
            "protection-case",
            elements,
            case_reference="RCMP-2",
            ground=ground,
            **about,  # type: ignore[arg-type]
        )

    emergency = {"kind": "emergency", "danger": "life", "circumstances": "Fire at the accommodation; one is missing."}
    warrant = {
        "kind": "court-order",
        "instrument": "warrant",
        "issuer": "superior-court",
        "issued": "2026-09-01",
        "elements": ["interview_notes"],
        **named,
    }
    inquiry = {
        "kind": "investigative-request",
        "aim": "lawful-investigation",
        "purpose": "An investigation into a recruiter.",
        "information": "The statement of one named worker.",
        "investigation": "RCMP-2",
        "elements": ["interview_notes"],
        **named,
    }
    return [
        Scene(
            "Danger to life tonight: a named person decides, releases what is needed, and notices follow",
            police,
            ask("protect-life-or-safety", ["worker_name", "immediate_danger", "medical_detail"], emergency),
            "permit",
            released=("worker_name", "immediate_danger"),
        ),
        Scene(
            "A warrant for an ESDC record: held for a person, never released by itself",
            police,
            ask("court-process", ["interview_notes"], warrant),
            "refer",
        ),
        Scene(
            "A written request of an investigative body does not open an ESDC record",
            police,
            ask("criminal-investigation", ["interview_notes"], inquiry),
            "deny",
        ),
    ]


def _attacks(landmarks: Landmarks) -> list[Scene]:
    officer = "ircc-work-permits"
    return [
        Scene("A recorded request is sent again", officer, lmia_refresh(landmarks), "unauthorized", "replay"),
        Scene("The body is changed on the way", officer, lmia_refresh(landmarks), "unauthorized", "tamper"),
        Scene("A key nobody approved", officer, lmia_refresh(landmarks), "unauthorized", "stranger"),
        Scene(
            "A lost answer is asked for again with the same Idempotency-Key",
            officer,
            lmia_refresh(landmarks),
            "permit",
            "repeat",
        ),
    ]
