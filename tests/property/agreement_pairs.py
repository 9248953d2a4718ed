"""Two versions of a shipped agreement that differ in what the policy reads, and requests made up around them."""

import copy
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from random import Random
from typing import Any

from gateway.adapters.rulebook.build import agreement
from gateway.adapters.rulebook.files import Item
from gateway.adapters.rulebook.located import Located
from gateway.domain.agreement import AgreementVersion
from gateway.domain.due import legal_day
from gateway.service.ports import DecisionQuery
from gateway.service.review.grid import Side
from tests.unit.policy.queries import engine, rulebook

Document = dict[str, Any]

FORMS: Sequence[dict[str, Any]] = (
    {"kind": "plain"},
    {"kind": "scrub"},
    {"kind": "exists"},
    {"kind": "pseudonym"},
    {"kind": "count"},
    {"kind": "mask", "keep": 3},
    {"kind": "mask", "keep": 5},
    {"kind": "generalize", "to": "year"},
    {"kind": "generalize", "to": "month"},
    {"kind": "generalize", "to": "band-100"},
    {"kind": "generalize", "to": "band-1000"},
)
DAYS = ("2023-01-01", "2024-04-01", "2024-10-09", "2026-03-26", "2026-05-01", "2027-01-01", "2029-04-01", "2031-01-01")
VALUES: Sequence[str | bool] = (True, False, "final", "preliminary", "odd")


def version(document: Document) -> AgreementVersion:
    return agreement(Item(Located("made-up", document), (), document))


def side(document: Document) -> Side:
    return Side(version(document), engine(), rulebook().catalogue, rulebook().policy_data)


def pair(random: Random) -> tuple[Document, Document]:
    """A shipped agreement of one or two schedules, and the same with up to three changes; either may be the older."""
    document = copy.deepcopy(dict(random.choice(rulebook().agreements).document))
    kept = random.sample(document["schedules"], k=min(len(document["schedules"]), random.choice((1, 1, 1, 2))))
    document["schedules"] = kept
    for schedule in kept:
        for clause in schedule["clauses"]:
            clause["elements"] = random.sample(clause["elements"], k=min(len(clause["elements"]), 7))
    changed = copy.deepcopy(document)
    for _ in range(random.choice((1, 1, 2, 3))):
        random.choice(CHANGES)(random, changed)
    return (document, changed) if random.random() < 0.6 else (changed, document)


def _clause(random: Random, document: Document) -> Document:
    clauses = [clause for schedule in document["schedules"] for clause in schedule["clauses"]]
    chosen: Document = random.choice(clauses)
    return chosen


def _toggled(random: Random, items: list[Any], item: Any) -> None:
    """Take an item out or put one in, so that one is left at least."""
    if item in items:
        if len(items) > 1:
            items.remove(item)
    elif len(items) > 1 and random.random() < 0.5:
        items.pop(random.randrange(len(items)))
    else:
        items.append(item)


def _authorities(random: Random, document: Document) -> None:
    part = _clause(random, document)[random.choice(("discloser", "recipient"))]
    _toggled(random, part["authorities"], random.choice([*part["authorities"], *sorted(rulebook().authorities)]))


def _units(random: Random, document: Document) -> None:
    units = _clause(random, document)["recipient"]["units"]
    parties = [unit for party in document["parties"] for unit in party["units"]]
    _toggled(random, units, random.choice([*parties, random.choice(sorted(rulebook().parties.units))]))


def _cardinality(random: Random, document: Document) -> None:
    clause = _clause(random, document)
    _toggled(random, clause["cardinality"], random.choice(("single", "list", "list")))
    if random.random() < 0.5:
        clause["personal_list"] = {"reason": "Needed"}


def _case_reference(random: Random, document: Document) -> None:
    clause = _clause(random, document)
    clause["case_reference"] = random.choice(("required", "optional"))


def _in_confidence(random: Random, document: Document) -> None:
    clause = _clause(random, document)
    if clause.pop("in_confidence", None) is None:
        clause["in_confidence"] = "with-consent-of-source"


def _conditions(random: Random, document: Document) -> None:
    clause = _clause(random, document)
    if clause["conditions"] and random.random() < 0.5:
        clause["conditions"].pop()
        return
    attributes = sorted(rulebook().catalogue.record_types[clause["record_type"]].attributes)
    if attributes:
        values = random.sample(VALUES, k=random.choice((1, 2)))
        clause["conditions"].append({"attribute": random.choice(attributes), "in": values})


def _elements(random: Random, document: Document) -> None:
    clause = _clause(random, document)
    entries = clause["elements"]
    match random.randrange(4):
        case 0:
            if len(entries) > 1:
                entries.pop(random.randrange(len(entries)))
        case 1:
            known = set(rulebook().catalogue.record_types[clause["record_type"]].elements)
            missing = sorted(known - {entry["name"] for entry in entries})
            if missing:
                text = {"en": "Needed", "fr": "Requis"}
                entries.append({"name": random.choice(missing), "form": random.choice(FORMS), "necessity": text})
        case 2:
            random.choice(entries)["form"] = random.choice(FORMS)
        case 3:
            entry = random.choice(entries)
            if entry.pop("third_party", None) is None:
                entry["third_party"] = "Needed"


def _duties(random: Random, document: Document) -> None:
    clause = _clause(random, document)
    clause["obligations"] = random.choice(([], ["purpose-only"], ["no-such-duty"]))
    clause["retention"] = {"min_days": 731, "max_days": random.choice((731, 4000))}


def _schedule(random: Random, document: Document) -> None:
    schedule = random.choice(document["schedules"])
    match random.randrange(6):
        case 0:
            schedule["advisability"] = random.choice((None, {"decision": "A-1", "date": random.choice(DAYS)}))
        case 1:
            schedule["made_under"] = random.choice((["OWA-71-73"], ["PA-8-2-b"], ["MF-32-e"]))
        case 2:
            schedule["purpose"] = random.choice(sorted(rulebook().purposes))
        case 3:
            document["schedules"].append(copy.deepcopy(random.choice(document["schedules"])))
        case 4:
            if len(document["schedules"]) > 1:
                document["schedules"].remove(schedule)
        case 5:
            clause = random.choice(schedule["clauses"])
            clause["discloser"]["unit"] = random.choice(sorted(rulebook().parties.units))


def _term(random: Random, document: Document) -> None:
    term = document["term"]
    match random.randrange(5):
        case 0:
            term["expiry"] = random.choice(DAYS)
        case 1:
            term["effective"] = random.choice(DAYS)
        case 2:
            start, end = sorted(random.sample(DAYS, k=2))
            term["suspensions"] = random.choice(([], [{"from": start, "until": random.choice((None, end))}]))
        case 3:
            term["termination"] = random.choice((None, *DAYS))
        case 4:
            term["time_zone"] = random.choice(("America/Toronto", "America/Vancouver", "America/St_Johns"))


def _parties(random: Random, document: Document) -> None:
    units = random.choice(document["parties"])["units"]
    _toggled(random, units, random.choice([*units, *sorted(rulebook().parties.units)]))


CHANGES: Sequence[Callable[[Random, Document], None]] = (
    _authorities,
    _authorities,
    _units,
    _cardinality,
    _case_reference,
    _in_confidence,
    _conditions,
    _conditions,
    _elements,
    _elements,
    _elements,
    _duties,
    _schedule,
    _term,
    _parties,
)


def request(random: Random, documents: Sequence[Document]) -> tuple[DecisionQuery, datetime]:
    """A request that fits a clause of either version, or nearly; with the moment at which it is made."""
    units = sorted(rulebook().parties.units)
    schedule = random.choice([one for document in documents for one in document["schedules"]])
    clause = random.choice(schedule["clauses"])
    record_type = rulebook().catalogue.record_types[clause["record_type"]]
    recipient = random.choice([*clause["recipient"]["units"] * 8, random.choice(units)])
    acting = [unit for unit in units if recipient in rulebook().parties.units[unit].acts_for]
    listed = [entry["name"] for entry in clause["elements"]]
    asked = random.sample(listed, k=random.randint(1, min(4, len(listed))))
    if random.random() < 0.2:
        asked.append(random.choice(sorted(record_type.elements)))
    days = [date.fromisoformat(day) + timedelta(days=random.choice((-1, 0, 0))) for day in DAYS]
    at = datetime.combine(random.choice(days), time(random.randrange(24)), UTC)
    mentioned = {one["attribute"]: one["in"] for one in clause["conditions"]}
    sound: dict[str, str | bool] = {"do_not_disclose": False, "in_confidence": False, "finding_status": "final"}
    attributes = tuple(
        (
            name,
            random.choice([*mentioned.get(name, [sound.get(name, True)]) * 2, sound.get(name, True), *VALUES, None]),
        )
        for name in sorted(record_type.attributes)
    )
    query = DecisionQuery(
        requester=random.choice([recipient, recipient, *acting]),
        recipient=recipient,
        custodian=record_type.custodian,
        agreement=None,
        record_type=record_type.id,
        purpose=schedule["purpose"],
        elements=tuple(dict.fromkeys(asked)),
        cardinality=random.choice(["single", "list", *clause["cardinality"]]),
        ground="agreement",
        on=legal_day(at),
        case_reference=random.random() < 0.6,
        record_attributes=random.choice((None, attributes, attributes)),
    )
    return query, at


def under(query: DecisionQuery, at: datetime, made: AgreementVersion) -> DecisionQuery:
    """The request as it is judged under a version at that moment."""
    return replace(query, agreement=made, on=legal_day(at), agreement_on=made.day(at))
