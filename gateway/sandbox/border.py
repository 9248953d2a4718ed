"""What the border agency knows of a worker: crossings (customs information) and files under immigration law.

What agrees: a worker's last entry is a few days before the work began, on both records; a worker who is out of Canada
has an exit after the last entry; a removal order goes with a report under section 44.
"""

import random
from datetime import date, timedelta

from audit.canonical import JsonValue
from gateway.sandbox.names import canadian_name, worker_name
from gateway.sandbox.numbers import Numbers
from gateway.sandbox.workers import Worker

Values = dict[str, JsonValue]

_PORTS = ("Toronto Pearson", "Montréal-Trudeau", "Vancouver", "Calgary", "Fort Erie, Peace Bridge", "Lacolle")
_CARRIERS = ("Airline of the Lakes", "Aerolíneas del Golfo", "Transnord", "Overland Coach")
_KINDS = ("EXAMINATION", "STATUS_REVIEW", "EMPLOYER_OFFENCE")


def arrival(worker: Worker) -> date:
    """The day of a worker's last entry."""
    return worker.started - timedelta(days=3)


def entry_exit_values(rng: random.Random, worker: Worker, today: date, *, protected: bool, shown: bool) -> Values:
    """The crossings of one worker. A shown one is in Canada and was never searched."""
    entered, port = arrival(worker), rng.choice(_PORTS)
    earlier = entered - timedelta(days=rng.randrange(200, 900))
    returns = rng.random() < 0.5
    left = None
    if not shown and rng.random() < 0.1:
        left = entered + (today - entered) * rng.uniform(0.5, 1.0)
    exits = [earlier + timedelta(days=rng.randrange(60, 190))] if returns else []
    exits += [left] if left is not None else []
    crossings = [f"{entered.isoformat()} entry {port}", *(f"{day.isoformat()} exit {port}" for day in exits)]
    if returns:
        crossings.append(f"{earlier.isoformat()} entry {port}")
    searched = not shown and rng.random() < 0.03
    return {
        "uci": worker.uci,
        "do_not_disclose": protected,
        "in_confidence": False,
        "family_name": worker.person.family,
        "given_names": worker.person.given,
        "date_of_birth": worker.born.isoformat(),
        "travel_document_number": worker.passport,
        "travel_document_country": worker.person.country,
        "in_canada": left is None,
        "first_entry_date": (earlier if returns else entered).isoformat(),
        "last_entry_date": entered.isoformat(),
        "last_entry_port": port,
        "last_exit_date": max(exits).isoformat() if exits else None,
        "last_exit_port": port if exits else None,
        "days_in_canada": min(365, ((left or today) - max(entered, today - timedelta(days=365))).days),
        "crossings": sorted(crossings),
        "secondary_examination": searched,
        "goods_declared": ["food"] if searched else [],
        "seizure": False,
        "officer_id": f"bso-{rng.randrange(1000, 1900)}",
        "officer_remarks": f"{worker.person.full} had meat in the luggage; gave it up." if searched else None,
        "carrier_name": rng.choice(_CARRIERS),
        "conveyance_number": f"XX {rng.randrange(100, 990)}",
        "booking_reference": f"{rng.randrange(10**5, 10**6)}",
        "travel_companions": [worker_name(rng).full] if rng.random() < 0.2 else [],
    }


def enforcement_values(
    rng: random.Random,
    numbers: Numbers,
    worker: Worker,
    employer: str,
    today: date,
    *,
    protected: bool,
    confidential: bool,
) -> Values:
    """A file on one worker: most often without consequence. `confidential` is what a foreign state told."""
    kind = rng.choice(_KINDS)
    opened = today - timedelta(days=rng.randrange(20, 300))
    reported = kind == "STATUS_REVIEW" and rng.random() < 0.3
    order = rng.choice(("DEPARTURE", "EXCLUSION")) if reported and rng.random() < 0.5 else "NONE"
    is_open = protected or confidential or rng.random() < 0.5
    return {
        "file_number": f"IRPA-{numbers.reference()}",
        "uci": worker.uci,
        "do_not_disclose": protected,
        "in_confidence": confidential,
        "case_open": is_open,
        "file_kind": kind,
        "opened_date": opened.isoformat(),
        "closed_date": None if is_open else (opened + timedelta(days=15)).isoformat(),
        "family_name": worker.person.family,
        "given_names": worker.person.given,
        "date_of_birth": worker.born.isoformat(),
        "citizenship": worker.person.country,
        "status_at_examination": "WORKER",
        "report_a44": reported,
        "inadmissibility_ground": "A41" if reported else None,
        "removal_order": order,
        "removal_order_date": (opened + timedelta(days=10)).isoformat() if order != "NONE" else None,
        "removal_stayed": order != "NONE" and rng.random() < 0.5,
        "conditions_imposed": ["report monthly"] if order != "NONE" else [],
        "reporting_office": "Greater Toronto enforcement centre" if order != "NONE" else None,
        "detention_history": None,
        "employer_offence_suspected": kind == "EMPLOYER_OFFENCE",
        "employer_name": employer,
        "last_known_address": worker.home.line,
        "informant_name": canadian_name(rng).full if confidential or rng.random() < 0.2 else None,
        "officer_id": f"ieo-{rng.randrange(100, 400)}",
        "officer_notes": f"Spoke with {worker.person.full} at the place of work; {employer} keeps the time sheets.",
        "last_entry_date": arrival(worker).isoformat(),
        "last_entry_port": rng.choice(_PORTS),
        "last_exit_date": None,
        "arrival_carrier": rng.choice(_CARRIERS),
    }
