"""Worker-protection cases: a tip, what was done about it, and the notes of the interview.

What agrees: the notes name the people and numbers that the record and the worker's own record hold, so that a test can
tell what a scrubber missed; the codes that reveal an abuse claim go with an open work permit.
"""

import random
from dataclasses import dataclass
from datetime import date, timedelta

from audit.canonical import JsonValue
from gateway.sandbox.employers import Employer
from gateway.sandbox.filling import moment
from gateway.sandbox.names import Person, canadian_name, mailbox, phone, worker_name
from gateway.sandbox.notes import NoteFacts, english, french
from gateway.sandbox.numbers import Numbers
from gateway.sandbox.workers import Worker

_ALLEGATIONS = (
    ["UNPAID_WAGES", "PASSPORT_HELD"],
    ["PSYCHOLOGICAL", "STATUS_THREAT"],
    ["HOUSING", "REPRISAL"],
    ["PHYSICAL", "UNPAID_WAGES"],
    ["RECRUITMENT_FEES"],
)


@dataclass(frozen=True, slots=True)
class _People:
    """Who is in the case besides the worker."""

    reporter: Person
    colleagues: tuple[str, str]
    supervisor: Person
    support: Person


def case_values(
    rng: random.Random,
    numbers: Numbers,
    worker: Worker,
    employer: Employer,
    lmia: str,
    today: date,
    *,
    language: str,
    shown: bool,
    canary: str,
) -> dict[str, JsonValue]:
    """One case. `shown` makes it the plain one of the demonstration: open, no banner. `canary` marks the notes."""
    received = today - timedelta(days=rng.randrange(20, 180))
    interviewed = received + timedelta(days=rng.randrange(2, 15))
    colleagues = (worker_name(rng).full, worker_name(rng).full)
    people = _People(worker_name(rng), colleagues, canadian_name(rng), canadian_name(rng))
    facts = _facts(
        worker, employer, people, lmia, interviewed, received - timedelta(days=rng.randrange(20, 90)), canary
    )
    is_open = shown or rng.random() < 0.6
    return {
        "case_id": f"WPC-{numbers.reference()}",
        "case_open": is_open,
        "in_confidence": False,
        "received_at": moment(rng, received),
        "triage_deadline": moment(rng, received + timedelta(days=2)),
        "language": language,
        **_tip(rng, numbers, worker, people, consents=not shown and rng.random() < 0.3),
        **_parties(rng, worker, employer, people),
        "interview_date": moment(rng, interviewed),
        "interview_mode": "PHONE",
        "interviewer_id": f"isb-{rng.randrange(200, 260)}",
        "interpreter_id": f"int-{rng.randrange(100, 180)}",
        "interview_notes": french(rng, facts) if language == "fr" else english(rng, facts),
        "allegation_types": list(rng.choice(_ALLEGATIONS)),
        "evidence_refs": [f"EV-{rng.randrange(10**7, 10**8)}"],
        "immediate_danger": False,
        "placement_needed": is_open,
        "reasonable_grounds_finding": rng.choice(("ESTABLISHED", "AT_RISK")),
        "do_not_contact_employer": True,
        "status": "INSPECTION" if is_open else "CLOSED",
        "linked_inspection_id": None,
        "referrals": ["IRCC_VPU"],
        "owp_v_application_no": numbers.application(),
        "special_program_code": "VWOWP",
        "exemption_code": "A72",
        "permit_noc": "99999",
        "case_type": "20",
        "do_not_disclose_banner": not shown and rng.random() < 0.08,
        "closed_reason": None if is_open else "RESOLVED",
    }


def _tip(
    rng: random.Random, numbers: Numbers, worker: Worker, people: _People, *, consents: bool
) -> dict[str, JsonValue]:
    reporter = people.reporter
    return {
        "tip_id": f"TIP-{numbers.reference()}",
        "reporter_role": "COLLEAGUE",
        "reporter_name": reporter.full,
        "reporter_phone": phone(rng, worker.home.area_code),
        "reporter_email": f"{mailbox(reporter)}@example.org",
        "reporter_consents_contact": True,
        "reporter_consents_sharing": consents,
        "anonymous": False,
        "narrative": f"{reporter.full} called about {worker.person.full}: unpaid hours and threats by"
        f" {people.supervisor.full}.",
    }


def _parties(rng: random.Random, worker: Worker, employer: Employer, people: _People) -> dict[str, JsonValue]:
    return {
        "worker_uci": worker.uci,
        "worker_name": worker.person.full,
        "worker_sin": worker.sin,
        "worker_lmia_or_permit_no": worker.permit,
        "employer_name": employer.name,
        "employer_address": employer.place.line,
        "employer_phone": phone(rng, employer.place.area_code),
        "persons_involved": "; ".join((people.supervisor.full, *people.colleagues)),
        "support_person": people.support.full,
    }


def _facts(
    worker: Worker, employer: Employer, people: _People, lmia: str, interviewed: date, left: date, canary: str
) -> NoteFacts:
    return NoteFacts(
        given=worker.person.given,
        family=worker.person.family,
        sex=worker.person.sex,
        reporter=people.reporter.full,
        colleagues=people.colleagues,
        support=people.support.full,
        employer=employer.name,
        city=employer.place.city,
        sin=worker.sin,
        uci=worker.uci,
        bn9=employer.bn9,
        lmia=lmia,
        permit=worker.permit,
        health_card=worker.health_card,
        postal_code=worker.home.postal_code,
        phone=worker.phone,
        born=worker.born,
        interviewed=interviewed,
        left=left,
        canary=canary,
    )
