"""Employers of the invented world, their LMIAs, inspections and findings.

What agrees: positions of an LMIA are never fewer than the workers on it; a suspended LMIA belongs to an employer under
inspection; only a final negative decision is on the published list; a preliminary finding is nowhere else.
"""

import random
from dataclasses import dataclass
from datetime import date, timedelta

from audit.canonical import JsonValue
from gateway.sandbox.filling import moment
from gateway.sandbox.marginals import (
    OCCUPATIONS,
    PROVINCES,
    STATUSES,
    STREAMS,
    Choice,
    Occupation,
    positions_of_employer,
)
from gateway.sandbox.names import Person, Place, canadian_name, employer_name, phone, place
from gateway.sandbox.numbers import Numbers

_PROVINCE, _STREAM, _STATUS = Choice(PROVINCES), Choice(STREAMS), Choice(STATUSES)
_OCCUPATION = {stream: Choice(tuple((o.noc, o.share) for o in found)) for stream, found in OCCUPATIONS.items()}
_BY_NOC: dict[tuple[str, str], Occupation] = {(s, o.noc): o for s, found in OCCUPATIONS.items() for o in found}

Values = dict[str, JsonValue]


@dataclass(frozen=True, slots=True)
class Employer:
    """`situation` is what the world does with it: see `SITUATIONS`."""

    number: int
    name: str
    bn9: str
    stream: str
    status: str
    place: Place
    contact: Person
    positions: int
    situation: str

    @property
    def bn15(self) -> str:
        return f"{self.bn9}RP0001"

    @property
    def is_individual(self) -> bool:
        return self.status == SOLE


SOLE = "Sole Proprietorship"
# The first employers have fixed parts to play; the others draw theirs.
SITUATIONS = ("clear", "under-inspection", "preliminary", "final", "clear", "warning")


def new_employer(rng: random.Random, numbers: Numbers, number: int) -> Employer:
    if number < len(SITUATIONS):
        situation, province, stream, positions = SITUATIONS[number], "ON", "Primary Agriculture", 12
    else:
        province, stream, positions = _PROVINCE.draw(rng), _STREAM.draw(rng), positions_of_employer(rng)
        draw = rng.random()
        situation = "clear"
        for share, name in ((0.008, "under-inspection"), (0.012, "preliminary"), (0.022, "final"), (0.03, "warning")):
            if draw < share:
                situation = name
                break
    status = _STATUS.draw(rng)
    return Employer(
        number,
        employer_name(number, stream, province),
        numbers.bn9(),
        stream,
        "Corporation" if number < len(SITUATIONS) else status,
        place(rng, province),
        canadian_name(rng),
        positions,
        situation,
    )


def lmia_values(
    rng: random.Random, numbers: Numbers, employer: Employer, positions: int, decision: str, today: date
) -> Values:
    """One LMIA of `positions` approved positions; the caller lowers `positions_remaining` by the workers on it."""
    occupation = _BY_NOC[employer.stream, _OCCUPATION[employer.stream].draw(rng)]
    decided = today - timedelta(days=rng.randrange(40, 420))
    granted = decision in {"Confirmed", "Suspended"}
    wage = occupation.wage * rng.uniform(0.96, 1.15)
    french = employer.place.province == "QC"
    agriculture = employer.stream == "Primary Agriculture"
    return {
        "system_file_number": numbers.lmia(),
        "stream": employer.stream,
        "sub_stream": {"Primary Agriculture": rng.choice(("SAWP", "Agriculture")), "Low Wage": "Low Wage"}.get(
            employer.stream, "High Wage"
        ),
        "purpose": "work permit only",
        "decision": decision,
        "application_received_date": (decided - timedelta(days=rng.randrange(15, 70))).isoformat(),
        "decision_date": decided.isoformat(),
        "valid_from": decided.isoformat() if granted else None,
        "valid_to": (decided + timedelta(days=rng.choice((180, 365, 540)))).isoformat() if granted else None,
        "suspension_reason": "Inspection of the employer is open." if decision == "Suspended" else None,
        "employer_bn15": employer.bn15,
        "employer_legal_name": employer.name,
        "employer_operating_name": employer.name,
        "employer_address": employer.place.line,
        "employer_is_individual": employer.is_individual,
        "employer_contact_name": employer.contact.full,
        "employer_contact_phone": phone(rng, employer.place.area_code),
        "noc_2021": occupation.noc,
        "noc_title": occupation.title,
        "job_title": occupation.title_fr if french else occupation.title.lower(),
        "verbal_language": "FR" if french else "EN",
        "written_language": "FR" if french else "NONE",
        "positions_requested": positions + int(positions > 2 and rng.random() < 0.1),
        "positions_approved": positions if granted else 0,
        "positions_remaining": positions if granted else 0,
        "duration_value": rng.choice((8, 12, 24)),
        "duration_unit": "month",
        "wage_hourly": f"{wage:.2f}",
        "wage_unit": "hour",
        "hours_per_week": "40.00",
        "hours_per_day": "8.00",
        "overtime_rate": f"{wage * 1.5:.2f}",
        "accommodation_provided": agriculture,
        "accommodation_rent": f"{rng.randrange(0, 12000) / 100:.2f}" if agriculture else None,
        "transportation_provided": agriculture,
        "health_insurance_provided": True,
        "fee_paid": not agriculture,
        "province": employer.place.province,
        "work_location_address": employer.place.line,
        "job_bank_posting_id": f"JB-{rng.randrange(3_000_000, 4_000_000)}",
        "officer_id": f"pob-{rng.randrange(1000, 1400)}",
    }


def inspection_values(
    rng: random.Random, numbers: Numbers, employer: Employer, lmias: list[str], today: date
) -> Values:
    """The inspection that the employer's situation asks for."""
    situation = employer.situation
    opened = today - timedelta(days=rng.randrange(60, 200) if situation != "final" else rng.randrange(300, 500))
    over = situation in {"final", "warning"}
    final = situation == "final"
    decided = (opened + timedelta(days=rng.randrange(90, 200))).isoformat() if over else None
    abuse = rng.random() < 0.25
    return {
        "inspection_id": f"INS-{numbers.reference()}",
        "icms_case_id": f"ICMS-{numbers.reference()}",
        "case_open": not over,
        "in_confidence": False,
        "program": "TFWP",
        "finding_status": {"under-inspection": "none"}.get(situation, situation),
        "tip_ids": [f"TIP-{numbers.reference()}"],
        "employer_bn15": employer.bn15,
        "employer_name": employer.name,
        "employer_is_individual": employer.is_individual,
        "lmia_system_file_numbers": list(lmias[:5]),
        "work_location": employer.place.line,
        "province": employer.place.province,
        "opened_date": opened.isoformat(),
        "letter_sent_date": (opened + timedelta(days=7)).isoformat(),
        "document_due_date": (opened + timedelta(days=37)).isoformat(),
        "scheduled_visit_date": None if over else moment(rng, today + timedelta(days=rng.randrange(3, 30))),
        "conditions_examined": rng.choice((["6", "9"], ["9"], ["6", "15", "20"])),
        "inspector_id": f"isb-{rng.randrange(200, 260)}",
        "workers_interviewed": [f"WKR-{rng.randrange(10**7, 10**8)}" for _ in range(3)],
        "worker_interview_notes": f"{canadian_name(rng).full} interpreted. Worker showed pay stubs; hours missing.",
        "abuse_alleged": abuse,
        "abuse_types": ["FINANCIAL", "REPRISAL"] if abuse else [],
        "workers_affected_count": rng.randrange(1, employer.positions + 1),
        "prelim_finding_date": None if situation == "under-inspection" else (opened + timedelta(days=50)).isoformat(),
        "employer_response_date": decided,
        "final_decision": {"final": "NONCOMPLIANT", "warning": "WARNING"}.get(situation),
        "final_decision_date": decided,
        "amp_cad": f"{rng.choice((750, 3000, 12000, 45000))}.00" if final else None,
        "ban_length": rng.choice(("none", "1y", "2y")) if final else None,
        "lmia_revoked": final and abuse,
        "payment_status": rng.choice(("PAID", "UNPAID")) if final else None,
        "published_on_list": final,
        "work_permits_revoked": 0,
        "referred_to": [],
        "referral_date": None,
    }


def finding_values(rng: random.Random, employer: Employer, inspection: Values, number: int) -> Values:
    """The published entry of a final negative decision."""
    ban = str(inspection["ban_length"])
    eligible = ban == "none" and inspection["payment_status"] == "PAID"
    return {
        "entry_id": f"sample-{number:05d}",
        "operating_name": employer.name,
        "legal_name": employer.name,
        "city": employer.place.city,
        "province": employer.place.province,
        "reason_codes": inspection["conditions_examined"],
        "final_decision_date": inspection["final_decision_date"],
        "penalty_cad": inspection["amp_cad"],
        "ban": None if ban == "none" else f"{ban[:-1]}-year ban",
        "eligibility_status": "Eligible"
        if eligible
        else "Ineligible - unpaid monetary penalty"
        if ban == "none"
        else "Ineligible until the ban ends",
        "finding_status": "final",
    }
