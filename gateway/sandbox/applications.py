"""Applications for an open work permit as a vulnerable worker, beside the protection case that led to them.

What agrees: the application number is the one the case names; the kinds of abuse are those alleged in the case; an
approved application issued the open permit that the worker's own record shows, a pending one issued none. The note for
ESDC names the people it is about, in the language of the case, so that a test can tell what a scrubber missed.
"""

import random
from datetime import date, timedelta

from audit.canonical import JsonValue
from gateway.sandbox.employers import Employer
from gateway.sandbox.filling import moment
from gateway.sandbox.names import canadian_name, mailbox, worker_name
from gateway.sandbox.workers import Worker

Values = dict[str, JsonValue]


def application_values(
    rng: random.Random, worker: Worker, employer: Employer, case: Values, job: Values, today: date
) -> Values:
    """The application of the worker of a protection case. `job` is the LMIA of the permit held until then."""
    received = date.fromisoformat(str(case["interview_date"])[:10]) + timedelta(days=1)
    approved = worker.open_permit is not None
    interpreter, spouse = canadian_name(rng).full, worker_name(rng).full if rng.random() < 0.4 else None
    return {
        "application_number": case["owp_v_application_no"],
        "uci": worker.uci,
        "do_not_disclose": case["do_not_disclose_banner"],
        "in_confidence": False,
        "case_open": not approved,
        "application_type": "OWP-V",
        "authority": "R207.1(1)/A72",
        "special_program_code": "VWOWP",
        "exemption_code": "A72",
        "noc": "99999",
        "case_type": "20",
        "fee_exempt_code": "E02",
        "received_at": moment(rng, received),
        "channel": "ONLINE",
        "family_name": worker.person.family,
        "given_names": worker.person.given,
        "date_of_birth": worker.born.isoformat(),
        "sex": worker.person.sex,
        "citizenship": worker.person.country,
        "passport_number": worker.passport,
        "address_in_canada": worker.home.line,
        "phone": worker.phone,
        "email": f"{mailbox(worker.person)}{rng.randrange(10, 99)}@example.org",
        "spouse_name": spouse,
        "dependants": [],
        "in_canada": True,
        "maintained_status": False,
        "current_permit_number": worker.permit,
        "current_employer_name": employer.name,
        "current_employer_bn15": employer.bn15,
        "lmia_system_file_number": job["system_file_number"],
        "left_employer": True,
        "left_date": (received - timedelta(days=12)).isoformat(),
        "abuse_types": case["allegation_types"],
        "at_risk_only": case["reasonable_grounds_finding"] == "AT_RISK",
        "letter_of_explanation": f"I am {worker.person.full}. I left {employer.name} because I was not safe there.",
        "evidence_list": ["pay stubs", "photographs"],
        "enforcement_complaint_filed": False,
        "enforcement_agency": None,
        "medical_evidence": False,
        "representative_imm5476": None,
        "interview_required": False,
        "interview_event": None,
        "interpreter_contract_ref": interpreter,
        "step1_facts": "The account agrees with the notes of the integrity officer." if approved else None,
        "step2_decision": "APPROVED" if approved else None,
        "refusal_reasons": None,
        "procedural_fairness_letter": None,
        "extrinsic_evidence": None,
        "permit_number_issued": worker.open_permit,
        "permit_valid_from": (today - timedelta(days=5)).isoformat() if approved else None,
        "permit_valid_to": (today + timedelta(days=360)).isoformat() if approved else None,
        "inspection_note_for_esdc": _note(worker, employer, interpreter, french=case["language"] == "fr"),
        "previous_owp_v": False,
    }


def _note(worker: Worker, employer: Employer, interpreter: str, *, french: bool) -> str:
    person, at = worker.person, employer.place
    if french:
        return (
            f"À vérifier chez {employer.name}, {at.city} : registres de paie et logement. Le récit de {person.full} "
            f"(IUC {worker.uci}) est cohérent. Interprète : {interpreter}. Joindre la personne au {worker.phone}, "
            "jamais au travail."
        )
    return (
        f"For inspection at {employer.name}, {at.city}: payroll and housing. The account of {person.full} (UCI "
        f"{worker.uci}) is consistent. Interpreter: {interpreter}. Reach the person at {worker.phone}, never at work."
    )
