"""The people behind the records: foreign workers, as IRCC's system holds them.

What agrees: the record shows the permit the worker has now. Before an open permit it is the employer-specific one, with
the job's occupation; after one it is the open permit, which carries the codes that reveal why it was issued.
"""

import random
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from audit.canonical import JsonValue
from gateway.sandbox.names import Person, Place, mailbox, phone, place, worker_name
from gateway.sandbox.numbers import Numbers

_BIRTHPLACES: Mapping[str, tuple[str, ...]] = {
    "MEX": ("Oaxaca", "Puebla", "Zacatecas"),
    "GTM": ("Cobán", "Sololá", "Huehuetenango"),
    "JAM": ("Mandeville", "Montego Bay"),
    "PHL": ("Iloilo", "Davao", "Baguio"),
    "IND": ("Ludhiana", "Nashik"),
    "MAR": ("Fès", "Agadir"),
    "TUN": ("Sfax", "Sousse"),
    "NGA": ("Ibadan", "Enugu"),
    "UKR": ("Poltava", "Ternopil"),
    "VNM": ("Vinh", "Da Nang"),
    "HND": ("Choluteca", "La Ceiba"),
}


@dataclass(frozen=True, slots=True)
class Worker:
    """What other records need to know of a worker. `permit` is the employer-specific one, `open_permit` the one that
    followed an approved application as a vulnerable worker."""

    person: Person
    uci: str
    sin: str
    permit: str
    open_permit: str | None
    passport: str
    health_card: str
    phone: str
    home: Place
    born: date
    started: date


def new_worker(rng: random.Random, numbers: Numbers, near: Place, today: date, *, approved: bool) -> Worker:
    home = place(rng, near.province, near.city)
    return Worker(
        worker_name(rng),
        numbers.uci(),
        numbers.sin(),
        numbers.permit(),
        numbers.permit() if approved else None,
        numbers.passport(),
        numbers.health_card(),
        phone(rng, home.area_code),
        home,
        today - timedelta(days=rng.randrange(19 * 365, 58 * 365)),
        today - timedelta(days=rng.randrange(30, 700)),
    )


def worker_values(
    rng: random.Random, worker: Worker, job: dict[str, JsonValue], today: date, *, protected: bool
) -> dict[str, JsonValue]:
    """The worker's own record. `job` is the LMIA the first permit was issued on; `protected` sets the banner."""
    person = worker.person
    contact = f"{mailbox(person)}{rng.randrange(10, 99)}"
    return {
        "uci": worker.uci,
        "do_not_disclose": protected,
        "in_confidence": False,
        "sin": worker.sin,
        "family_name": person.family,
        "given_names": person.given,
        "other_names": [],
        "date_of_birth": worker.born.isoformat(),
        "sex": person.sex,
        "place_of_birth_city": rng.choice(_BIRTHPLACES[person.country]),
        "country_of_birth": person.country,
        "citizenship": person.country,
        "country_of_residence": person.country,
        "passport_number": worker.passport,
        "passport_country": person.country,
        "passport_issue_date": (today - timedelta(days=rng.randrange(750, 1500))).isoformat(),
        "passport_expiry_date": (today + timedelta(days=rng.randrange(200, 2500))).isoformat(),
        **_family(rng),
        "native_language": person.language,
        "official_language_ability": rng.choice(("EN", "FR", "NEITHER", "BOTH")),
        "preferred_contact_language": person.language,
        "email": f"{contact}@example.org",
        "phone_primary": worker.phone,
        "address_mailing": worker.home.line,
        "address_residential": worker.home.line,
        "housing_provided_by_employer": rng.random() < 0.5,
        "safe_contact_method": "Text after 20:00",
        "safe_contact_value": phone(rng, worker.home.area_code),
        **_permit(rng, worker, job, today),
        "employer_bn15": job["employer_bn15"],
        "employer_name": job["employer_legal_name"],
        "lmia_system_file_number": job["system_file_number"],
        "employment_start_date": worker.started.isoformat(),
        "employment_end_date": None,
        "wage_hourly": job["wage_hourly"],
        "province_of_destination": job["province"],
        "city_of_destination": worker.home.city,
        "biometrics_status": "GIVEN",
        "medical_exam_status": rng.choice(("PASSED", "NOT_REQUIRED")),
        "health_notes": None if rng.random() < 0.9 else "Follow-up after a workplace injury.",
        "criminality_flag": "NONE",
        "representative_name": None,
        "representative_licence": None,
        "client_screen_notes": "DO NOT DISCLOSE: see banner." if protected else None,
    }


def _family(rng: random.Random) -> dict[str, JsonValue]:
    spouse = worker_name(rng)
    married = rng.random() < 0.4
    return {
        "marital_status": "MARRIED" if married else "SINGLE",
        "spouse_family_name": spouse.family if married else None,
        "spouse_given_names": spouse.given if married else None,
        "dependants_in_canada": [],
    }


def _permit(rng: random.Random, worker: Worker, job: dict[str, JsonValue], today: date) -> dict[str, JsonValue]:
    is_open = worker.open_permit is not None
    issued = today - timedelta(days=5) if is_open else worker.started
    expires = issued + timedelta(days=365 if is_open else rng.choice((240, 365, 730)))
    return {
        "immigration_status": "WORKER" if expires > today else "MAINTAINED",
        "status_expiry_date": expires.isoformat(),
        "work_permit_number": worker.open_permit or worker.permit,
        "work_permit_type": "OPEN" if is_open else "EMPLOYER_SPECIFIC",
        "work_permit_status": "VALID" if expires > today else "EXPIRED",
        "work_permit_issue_date": issued.isoformat(),
        "work_permit_expiry_date": expires.isoformat(),
        "case_type": "20" if is_open else "56",
        "special_program_code": "VWOWP" if is_open else None,
        "lmia_exemption_code": "A72" if is_open else None,
        "noc_2021": "99999" if is_open else job["noc_2021"],
    }
