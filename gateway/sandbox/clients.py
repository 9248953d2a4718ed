"""Employment-services clients of a service system manager's area, and the caseworkers of those shared with social
assistance.

What agrees: a shared client's caseworker contact is found by the same references; a milestone has a date; first
contact is due by the next business day after the referral, the second ten business days after it.
"""

import random
from dataclasses import dataclass
from datetime import date, timedelta

from audit.canonical import JsonValue
from gateway.sandbox.names import canadian_name, mailbox, phone, place, worker_name
from gateway.sandbox.numbers import Numbers

MILESTONES = ("MISSED_APPOINTMENT", "NEEDS_FUNDING", "STARTED_WORK", "CHECKPOINT_REACHED")
_OFFICES = ("London, Dundas Street", "London, South", "Strathroy", "St. Thomas")


@dataclass(frozen=True, slots=True)
class ClientParts:
    """What a demonstration needs of a client: the draws are overruled by these.

    `confidential` says how the assessment, the plan and the Ontario Works record were received, `moving` whether the
    client goes to Toronto, `address_kind` what the last known address is."""

    milestone: str | None = None
    shared: bool | None = None
    protected: bool | None = None
    confidential: bool = False
    moving: bool | None = None
    address_kind: str | None = None


def add_business_days(day: date, days: int) -> date:
    """Saturdays and Sundays do not count; holidays do, here."""
    while days:
        day += timedelta(days=1)
        days -= day.weekday() < 5
    return day


def client_values(rng: random.Random, numbers: Numbers, today: date, parts: ClientParts) -> dict[str, JsonValue]:
    newcomer = rng.random() < 0.4
    person = worker_name(rng) if newcomer else canadian_name(rng)
    home = place(rng, "ON", "London")
    shared = rng.random() < 0.45 if parts.shared is None else parts.shared
    milestone = parts.milestone or rng.choice(MILESTONES)
    checkpoint = rng.choice(("1m", "3m", "6m", "12m")) if milestone == "CHECKPOINT_REACHED" else "none"
    referred = today - timedelta(days=rng.randrange(10, 400))
    working = milestone in {"STARTED_WORK", "CHECKPOINT_REACHED"}
    contact = f"{mailbox(person)}{rng.randrange(10, 99)}"
    return {
        "cams_person_reference": f"1{numbers.reference()}",
        "cams_case_reference": f"C{numbers.reference()}",
        "sams_member_id": f"2{numbers.reference()}" if shared else None,
        "shared_client": shared,
        "do_not_disclose": rng.random() < 0.02 if parts.protected is None else parts.protected,
        "sin": numbers.sin(),
        "family_name": person.family,
        "given_name": person.given,
        "preferred_name": person.given,
        "gender": "WOMAN" if person.sex == "F" else "MAN",
        "preferred_pronouns": "she/her" if person.sex == "F" else "he/him",
        "date_of_birth": (today - timedelta(days=rng.randrange(18 * 365, 62 * 365))).isoformat(),
        "address_primary": home.line,
        "address_alternate": None,
        "postal_code": home.postal_code,
        "phone": phone(rng, home.area_code),
        "email": f"{contact}@example.org",
        "newcomer": newcomer,
        "status_in_canada": rng.choice(("PR", "PROTECTED")) if newcomer else "CITIZEN",
        "date_arrived_in_canada": (referred - timedelta(days=900)).isoformat() if newcomer else None,
        "education_country": person.country,
        "source_of_income": "OW" if shared else rng.choice(("EI", "NONE")),
        "catchment_id": "london",
        "ssm_id": "SSM-LONDON",
        "service_provider_site_id": f"SITE-{rng.randrange(10, 19)}",
        "caseworker_id": f"mbe-{rng.randrange(100, 140)}",
        "caseworker_contact": canadian_name(rng).full,
        "milestone": milestone,
        "milestone_checkpoint": checkpoint,
        "milestone_date": (today - timedelta(days=rng.randrange(0, 9))).isoformat(),
        "absence_reason": "Was ill and had no telephone." if milestone == "MISSED_APPOINTMENT" else None,
        "referral_date": referred.isoformat(),
        "first_contact_due": add_business_days(referred, 1).isoformat(),
        "second_contact_due": add_business_days(referred, 10).isoformat(),
        "service_plan_status": "Active",
        "closure_reason": None,
        "outcome": "EMPLOYED" if working else "UNEMPLOYED",
        "employer_at_checkpoint": "Tansybrook Kitchens Ltd." if working else None,
        "hourly_wage": f"{rng.randrange(1760, 2900) / 100:.2f}" if working else None,
    }


def contact_values(rng: random.Random, client: dict[str, JsonValue], parts: ClientParts) -> dict[str, JsonValue]:
    """The Ontario Works caseworker of a shared client."""
    person = canadian_name(rng)
    return {
        "client_reference": client["cams_case_reference"],
        "sams_member_id": client["sams_member_id"],
        "cams_person_reference": client["cams_person_reference"],
        "do_not_disclose": client["do_not_disclose"],
        "shared_client": True,
        "case_open": parts.shared is True or rng.random() < 0.9,
        "caseworker_name": person.full,
        "caseworker_title": "Caseworker, Ontario Works",
        "caseworker_phone": phone(rng, "519"),
        "caseworker_email": f"{mailbox(person)}@ow.example.ca",
        "role_mailbox": "ow.team3@example.ca",
        "office": rng.choice(_OFFICES),
        "direct_line": phone(rng, "519"),
        "personal_phone": phone(rng, "226"),
    }
