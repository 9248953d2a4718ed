"""What London and the ministry keep of an employment-services client: assessment, plan, and the Ontario Works member.

What agrees: the references are the client's own; a plan's checkpoints are due one, three, six and twelve months after
work began, and those that are past have an outcome; the last of them is the one the client's milestone tells of; the
member received that milestone, names the caseworker whose contact is given, and lives where the client does.
"""

import random
from calendar import monthrange
from datetime import date, timedelta

from audit.canonical import JsonValue
from gateway.sandbox.clients import ClientParts
from gateway.sandbox.filling import moment
from gateway.sandbox.names import canadian_name
from gateway.sandbox.numbers import Numbers

Values = dict[str, JsonValue]

CHECKPOINTS = (1, 3, 6, 12)
_DAYS_AT_WORK = {"1m": (40, 80), "3m": (100, 170), "6m": (190, 350), "12m": (375, 400)}
_ADDRESS_KINDS = ("own-home", "own-home", "shared-home", "shared-home", "employer-housing", "shelter", "mailing-only")


def months_after(day: date, months: int) -> date:
    """The same day of a later month, or its last day where it has no such day."""
    years, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + years, month + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def assessment_values(rng: random.Random, client: Values, today: date, parts: ClientParts) -> Values:
    submitted = today - timedelta(days=rng.randrange(10, 300))
    score = rng.randrange(5, 96)
    return {
        "cams_person_reference": client["cams_person_reference"],
        "cams_case_reference": client["cams_case_reference"],
        "do_not_disclose": client["do_not_disclose"],
        "in_confidence": parts.confidential,
        "shared_client": client["shared_client"],
        "assessment_status": "SUBMITTED",
        "assessment_version": "3.0",
        "submitted_at": moment(rng, submitted),
        "valid_until": months_after(submitted, 12).isoformat(),
        "completed_by": client["caseworker_id"],
        "family_name": client["family_name"],
        "given_name": client["given_name"],
        "date_of_birth": client["date_of_birth"],
        "postal_code": client["postal_code"],
        "answer_status_in_canada": client["status_in_canada"],
        "risk_score": f"{score}.00",
        "client_stream": "A" if score < 40 else "B" if score < 70 else "C",
        "recommended_supports": rng.choice((["TRANSPORT"], ["CHILDCARE", "TRAINING"], ["JOB_COACH"])),
    }


def plan_values(rng: random.Random, numbers: Numbers, client: Values, today: date, parts: ClientParts) -> Values:
    began = _work_began(rng, client, today)
    opened = (began or today) - timedelta(days=rng.randrange(30, 90))
    closed = client["milestone_checkpoint"] == "12m"
    return {
        "plan_id": f"EAP-{numbers.reference()}",
        "cams_person_reference": client["cams_person_reference"],
        "cams_case_reference": client["cams_case_reference"],
        "sams_member_id": client["sams_member_id"],
        "do_not_disclose": client["do_not_disclose"],
        "in_confidence": parts.confidential,
        "shared_client": client["shared_client"],
        "plan_status": "CLOSED" if closed else "ACTIVE",
        "opened_date": opened.isoformat(),
        "closed_date": today.isoformat() if closed else None,
        "closure_reason": "COMPLETED" if closed else None,
        "sub_goals": ["Resume and references"],
        "plan_items": rng.choice((["Job search workshop"], ["Forklift licence"], ["Placement", "Safety boots"])),
        "service_provider_site_id": client["service_provider_site_id"],
        "caseworker_id": client["caseworker_id"],
        "financial_supports": rng.choice(([], ["bus pass"], ["work clothes"])),
        "work_start_date": None if began is None else began.isoformat(),
        "employer_name": client["employer_at_checkpoint"],
        **_checkpoints(rng, began, today),
    }


def _work_began(rng: random.Random, client: Values, today: date) -> date | None:
    if client["milestone"] == "STARTED_WORK":
        return date.fromisoformat(str(client["milestone_date"]))
    days = _DAYS_AT_WORK.get(str(client["milestone_checkpoint"]))
    return None if days is None else today - timedelta(days=rng.randrange(*days))


def _checkpoints(rng: random.Random, began: date | None, today: date) -> Values:
    values: Values = {}
    for months in CHECKPOINTS:
        due = None if began is None else months_after(began, months)
        reached = due is not None and due <= today
        values[f"checkpoint_{months}m_due"] = None if due is None else due.isoformat()
        values[f"checkpoint_{months}m_outcome"] = "EMPLOYED" if reached else None
        values[f"checkpoint_{months}m_hours"] = rng.randint(20, 40) if reached else None
    return values


def member_values(
    rng: random.Random, numbers: Numbers, client: Values, contact: Values, today: date, parts: ClientParts
) -> Values:
    """The Ontario Works side of a shared client."""
    moving = {True: "toronto", False: "none", None: rng.choices(("none", "toronto", "other"), (94, 4, 2))[0]}[
        parts.moving
    ]
    others = rng.choice((0, 0, 0, 1, 2, 3))
    return {
        "sams_member_id": client["sams_member_id"],
        "sams_case_id": f"OW{numbers.reference()}",
        "cams_person_reference": client["cams_person_reference"],
        "do_not_disclose": client["do_not_disclose"],
        "in_confidence": parts.confidential,
        "shared_client": True,
        "case_open": contact["case_open"],
        "moving_to": moving,
        "moving_date": None if moving == "none" else (today + timedelta(days=rng.randrange(10, 60))).isoformat(),
        "family_name": client["family_name"],
        "given_name": client["given_name"],
        "date_of_birth": client["date_of_birth"],
        "sin": client["sin"],
        "phone": client["phone"],
        "language": rng.choice(("EN", "EN", "EN", "FR")),
        "address_last_known": client["address_primary"],
        "address_kind": parts.address_kind or rng.choice(_ADDRESS_KINDS),
        "address_since": (today - timedelta(days=rng.randrange(60, 1500))).isoformat(),
        "household_size": 1 + others,
        "household_members": [f"{canadian_name(rng).given} {client['family_name']}" for _ in range(others)],
        "assistance_status": "ACTIVE" if contact["case_open"] else "ENDED",
        "assistance_start_date": (today - timedelta(days=rng.randrange(120, 900))).isoformat(),
        "assistance_amount": f"{733 + 240 * others}.00",
        "participation_stage": "ACTIVE" if contact["case_open"] else "EXITED",
        "caseworker_id": f"ow-{rng.randrange(300, 380)}",
        "caseworker_name": contact["caseworker_name"],
        "office": contact["office"],
        "milestone_received": client["milestone"],
        "milestone_received_at": moment(rng, date.fromisoformat(str(client["milestone_date"]))),
    }
