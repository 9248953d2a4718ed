"""The people behind the records: foreign workers, as IRCC's system would hold them.

`WORKER` is a record type of the sample world only: no agreement offers it, the gateway serves it only where a
deployment's catalogue declares it. Its elements follow the public form and system descriptions.
"""

import random
from dataclasses import dataclass
from datetime import date, timedelta

from gateway.domain.disclosure import JsonValue
from gateway.domain.element import Element, RecordType, Sensitivity
from gateway.sandbox.names import Person, Place, mailbox, phone, place, worker_name
from gateway.sandbox.numbers import Numbers

_ELEMENTS = """
uci uci ID; sin sin ID; passport_number string ID; passport_country country QI; passport_expiry_date date QI;
family_name person-name ID; given_names person-name ID; other_names string-list ID; date_of_birth date QI; sex code QI;
country_of_birth country QI; citizenship country QI; country_of_residence country QI; marital_status code SP;
spouse_family_name person-name TP; spouse_given_names person-name TP; dependants_in_canada string-list TP;
native_language code QI; official_language_ability code QI; preferred_contact_language code QI; email email ID;
phone_primary phone ID; address_mailing address ID; address_residential address ID;
housing_provided_by_employer boolean SP; safe_contact_method string SP; safe_contact_value string SP;
immigration_status code SP; status_expiry_date date SP; work_permit_number permit-number ID; work_permit_type code SP;
work_permit_issue_date date QI; work_permit_expiry_date date SP; case_type code OP; special_program_code code SP;
lmia_exemption_code code SP; noc_2021 noc QI; employer_bn15 bn15 BC; employer_name string BC;
lmia_system_file_number lmia-number OP; employment_start_date date QI; wage_hourly decimal QI;
province_of_destination province QI; city_of_destination string QI; health_card health-card ID; health_notes text SP;
representative_name person-name TP; representative_licence string TP; client_screen_notes text FT;
do_not_disclose boolean SP
"""


def _worker_type() -> RecordType:
    elements: dict[str, Element] = {}
    for entry in _ELEMENTS.replace("\n", " ").split(";"):
        name, kind, sensitivity = entry.split()
        label = name.replace("_", " ").capitalize()
        elements[name] = Element(name, kind, Sensitivity(sensitivity), label, label, "privacy-act")
    return RecordType(
        id="worker",
        label_en="Foreign worker",
        label_fr="Travailleur étranger",
        custodian="ircc",
        system="gcms",
        program="work-permits",
        regime="privacy-act",
        information_bank="IRCC-SAMPLE",
        personal=True,
        subject="uci",
        identifiers={"uci": "uci", "sin": "sin", "permit-number": "work_permit_number"},
        filters=(),
        attributes={"do_not_disclose": "do_not_disclose"},
        elements=elements,
    )


WORKER = _worker_type()


@dataclass(frozen=True, slots=True)
class Worker:
    """What other records need to know of a worker."""

    person: Person
    uci: str
    sin: str
    permit: str
    health_card: str
    phone: str
    home: Place
    born: date
    started: date


def new_worker(rng: random.Random, numbers: Numbers, near: Place, today: date) -> Worker:
    home = place(rng, near.province, near.city)
    return Worker(
        worker_name(rng),
        numbers.uci(),
        numbers.sin(),
        numbers.permit(),
        numbers.health_card(),
        phone(rng, home.area_code),
        home,
        today - timedelta(days=rng.randrange(19 * 365, 58 * 365)),
        today - timedelta(days=rng.randrange(30, 700)),
    )


def worker_values(
    rng: random.Random, numbers: Numbers, worker: Worker, job: dict[str, JsonValue], vulnerable: bool, today: date
) -> dict[str, JsonValue]:
    """The worker's own record. `job` is the LMIA the permit was issued on; a vulnerable worker's open permit hides
    the employer and carries the codes that reveal why."""
    person = worker.person
    expires = worker.started + timedelta(days=rng.choice((240, 365, 730)))
    married = rng.random() < 0.4
    spouse = worker_name(rng)
    contact = f"{mailbox(person)}{rng.randrange(10, 99)}"
    return {
        "uci": worker.uci,
        "sin": worker.sin,
        "passport_number": numbers.passport(),
        "passport_country": person.country,
        "family_name": person.family,
        "given_names": person.given,
        "passport_expiry_date": (today + timedelta(days=rng.randrange(200, 2500))).isoformat(),
        "other_names": [],
        "date_of_birth": worker.born.isoformat(),
        "sex": person.sex,
        "country_of_birth": person.country,
        "citizenship": person.country,
        "country_of_residence": person.country,
        "marital_status": "MARRIED" if married else "SINGLE",
        "spouse_family_name": spouse.family if married else None,
        "spouse_given_names": spouse.given if married else None,
        "dependants_in_canada": [],
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
        "immigration_status": "WORKER",
        "status_expiry_date": expires.isoformat(),
        "work_permit_number": worker.permit,
        "work_permit_type": "OPEN" if vulnerable else "EMPLOYER_SPECIFIC",
        "work_permit_issue_date": worker.started.isoformat(),
        "work_permit_expiry_date": expires.isoformat(),
        "case_type": "20" if vulnerable else "56",
        "special_program_code": "VWOWP" if vulnerable else None,
        "lmia_exemption_code": "A72" if vulnerable else None,
        "noc_2021": "99999" if vulnerable else job["noc_2021"],
        "employer_bn15": job["employer_bn15"],
        "employer_name": job["employer_legal_name"],
        "lmia_system_file_number": job["system_file_number"],
        "employment_start_date": worker.started.isoformat(),
        "wage_hourly": job["wage_hourly"],
        "province_of_destination": job["province"],
        "city_of_destination": worker.home.city,
        "health_card": worker.health_card,
        "health_notes": None if rng.random() < 0.9 else "Follow-up after a workplace injury.",
        "representative_name": None,
        "representative_licence": None,
        "client_screen_notes": "DO NOT DISCLOSE: see banner." if vulnerable else None,
        "do_not_disclose": vulnerable and rng.random() < 0.3,
    }
