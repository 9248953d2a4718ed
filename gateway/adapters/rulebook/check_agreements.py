"""Cross checks of agreements against parties, provisions and the catalogue.

A clause that the policy would never follow, or that says more than the law allows, is a gap here already: a provision
on the wrong side or of another regime, not in force for the whole term, or without a rule; a list about persons; an
element the catalogue does not have; a retention the law does not allow. The policy checks again at every decision.
"""

from collections.abc import Iterator
from typing import Any, Final

from gateway.adapters.rulebook.build import AGREEMENT, grounds_of
from gateway.adapters.rulebook.check_register import valid_date
from gateway.adapters.rulebook.files import Files, Item
from gateway.adapters.rulebook.located import Gap, Where

ABOUT_A_PERSON: Final = frozenset({"ID", "QI", "SP", "FT", "TP"})
POINTS_TO_OTHERS: Final = "PA-8-2-b"
ADVISABLE: Final = frozenset({"DESDA-35", "DESDA-36", "DESDA-36.2"})

_DATES: Final = frozenset({"date", "datetime"})
_AMOUNTS: Final = frozenset({"integer", "decimal"})
_WORDS: Final = frozenset({"string", "text"})
FORM_FITS: Final[dict[str, frozenset[str]]] = {
    "year": _DATES,
    "month": _DATES,
    "age-band": frozenset({"date"}),
    "fsa": frozenset({"postal-code"}),
    "band-100": _AMOUNTS,
    "band-1000": _AMOUNTS,
    "band-10000": _AMOUNTS,
    "scrub": _WORDS,
    "count": frozenset({"integer", "string-list"}),
}
"""The element types that a generalization or form fits; a form that is not listed fits any type."""


def check_agreements(files: Files) -> Iterator[Gap]:
    for agreement in files.all("agreement").values():
        yield from _parties(files, agreement)
        yield from _term(agreement)
        yield from _schedules(files, agreement)


def _party_units(agreement: Item) -> set[str]:
    return {unit for party in agreement.value["parties"] for unit in party["units"]}


def _parties(files: Files, agreement: Item) -> Iterator[Gap]:
    units = files.units()
    parties = agreement.value["parties"]
    yield from _alone(agreement)
    signed = {signature["organization"] for signature in agreement.value["signatures"]}
    for index, party in enumerate(parties):
        where: Where = ("parties", index)
        if party["organization"] not in files.all("parties"):
            yield agreement.gap(f"organization '{party['organization']}' does not exist", *where, "organization")
        for unit in party["units"]:
            if unit not in units or units[unit][0].value["id"] != party["organization"]:
                yield agreement.gap(f"'{unit}' is no unit of '{party['organization']}'", *where, "units")
        if party["organization"] not in signed:
            yield agreement.gap(f"'{party['organization']}' did not sign", "signatures")
    for index, power in enumerate(agreement.value["instrument"]["power"]):
        if power not in files.all("authority"):
            yield agreement.gap(f"authority '{power}' does not exist", "instrument", "power", index)
    for index, contact in enumerate(agreement.value["governance"]["contacts"]):
        if contact["unit"] not in _party_units(agreement):
            yield agreement.gap(f"contact '{contact['unit']}' is no party", "governance", "contacts", index)


def _alone(agreement: Item) -> Iterator[Gap]:
    """What one institution arranges for use inside it (Privacy Act 7, MFIPPA 31, FIPPA 41)."""
    parties = agreement.value["parties"]
    if len({party["organization"] for party in parties}) > 1:
        return
    if agreement.value["instrument"]["kind"] != "arrangement":
        yield agreement.gap("one institution alone makes an arrangement, not an agreement", "instrument", "kind")
    if "both" not in {party["role"] for party in parties}:
        yield agreement.gap("one institution alone is source and recipient: role both", "parties", 0, "role")


def _term(agreement: Item) -> Iterator[Gap]:
    term = agreement.value["term"]
    dates: list[tuple[Where, str | None]] = [
        (("term", name), term[name]) for name in ("effective", "expiry", "termination")
    ]
    for index, period in enumerate(term["suspensions"]):
        where: Where = ("term", "suspensions", index)
        dates += [((*where, "from"), period["from"]), ((*where, "until"), period["until"])]
        if period["until"] is not None and period["until"] <= period["from"]:
            yield agreement.gap("a suspension ends before it begins", *where)
    dates.append((("pia", "date"), agreement.value["pia"]["date"]))
    dates.append((("governance", "review"), agreement.value["governance"]["review"]))
    for place, text in dates:
        if not valid_date(text):
            yield agreement.gap("is not a date of the calendar", *place)
    if term["expiry"] <= term["effective"]:
        yield agreement.gap("the agreement expires before it takes effect", "term", "expiry")


def _schedules(files: Files, agreement: Item) -> Iterator[Gap]:
    purposes: set[str] = set()
    clauses: set[str] = set()
    for index, schedule in enumerate(agreement.value["schedules"]):
        where: Where = ("schedules", index)
        if schedule["purpose"] not in files.all("purposes"):
            yield agreement.gap(f"purpose '{schedule['purpose']}' does not exist", *where, "purpose")
        if schedule["purpose"] in purposes:
            yield agreement.gap(f"two schedules for the purpose '{schedule['purpose']}'", *where, "purpose")
        purposes.add(schedule["purpose"])
        for provision in schedule["made_under"]:
            if provision not in files.all("authority"):
                yield agreement.gap(f"authority '{provision}' does not exist", *where, "made_under")
        for bank in schedule["pib"]:
            if bank not in agreement.value["pib"]["banks"]:
                yield agreement.gap(f"information bank '{bank}' is not named by the agreement", *where, "pib")
        granted: dict[tuple[str, ...], str] = {}
        for position, clause in enumerate(schedule["clauses"]):
            place: Where = (*where, "clauses", position)
            if clause["id"] in clauses:
                yield agreement.gap(f"clause '{clause['id']}' exists twice", *place, "id")
            clauses.add(clause["id"])
            yield from _Clause(files, agreement, schedule, clause, place).gaps()
            for key in _grants(clause):
                other = granted.setdefault(key, clause["id"])
                if other != clause["id"]:
                    yield agreement.gap(f"clause '{other}' grants element '{key[-1]}' already", *place, "elements")
                    break


def _grants(clause: dict[str, Any]) -> Iterator[tuple[str, ...]]:
    for unit in clause["recipient"]["units"]:
        for cardinality in clause["cardinality"]:
            for element in clause["elements"]:
                yield clause["record_type"], unit, cardinality, element["name"]


class _Clause:
    """The checks of one clause, which share what it names."""

    def __init__(
        self, files: Files, agreement: Item, schedule: dict[str, Any], clause: dict[str, Any], where: Where
    ) -> None:
        self._files = files
        self._agreement = agreement
        self._schedule = schedule
        self._clause = clause
        self._where = where
        self._regimes = {name: item.value for name, item in files.all("regimes").items()}

    def _gap(self, message: str, *where: str | int) -> Gap:
        return self._agreement.gap(f"clause '{self._clause['id']}': {message}", *self._where, *where)

    def gaps(self) -> Iterator[Gap]:
        record_type = self._files.find("record-type", self._clause["record_type"])
        if record_type is None:
            yield self._gap(f"record type '{self._clause['record_type']}' does not exist", "record_type")
            return
        elements = {element["name"]: element for element in record_type["elements"]}
        yield from self._units(record_type)
        yield from self._elements(record_type, elements)
        chosen = [elements[entry["name"]] for entry in self._clause["elements"] if entry["name"] in elements]
        needed = {
            regime
            for element in chosen
            for regime in self._regimes.get(element.get("regime", record_type["regime"]), {"requires": []})["requires"]
        }
        yield from self._authorities("discloser", needed)
        yield from self._authorities("recipient", self._collection_regimes())
        yield from self._limits(record_type, chosen)

    def _units(self, record_type: dict[str, Any]) -> Iterator[Gap]:
        parties = _party_units(self._agreement)
        if self._clause["discloser"]["unit"] != record_type["custodian"]:
            yield self._gap(f"the custodian of the record type is '{record_type['custodian']}'", "discloser", "unit")
        for unit in (self._clause["discloser"]["unit"], *self._clause["recipient"]["units"]):
            if unit not in parties:
                yield self._gap(f"unit '{unit}' is no party", "recipient", "units")
        if record_type["information_bank"]["id"] not in self._schedule["pib"]:
            bank = record_type["information_bank"]["id"]
            yield self._gap(f"information bank '{bank}' is not named by the schedule", "record_type")

    def _elements(self, record_type: dict[str, Any], elements: dict[str, Any]) -> Iterator[Gap]:
        seen: set[str] = set()
        for index, entry in enumerate(self._clause["elements"]):
            name, place = entry["name"], ("elements", index)
            if name in seen:
                yield self._gap(f"element '{name}' is granted twice", *place)
            seen.add(name)
            if name not in elements:
                yield self._gap(f"element '{name}' is not in the catalogue of '{record_type['id']}'", *place)
                continue
            form = entry["form"].get("to", entry["form"]["kind"])
            if elements[name]["type"] not in FORM_FITS.get(form, {elements[name]["type"]}):
                yield self._gap(f"form '{form}' does not fit element '{name}'", *place, "form")
            if elements[name]["sensitivity"] == "TP" and "third_party" not in entry:
                yield self._gap(f"element '{name}' is about someone else and the clause does not say why", *place)
            personal = record_type["personal"] or elements[name]["sensitivity"] in ABOUT_A_PERSON
            if personal and "list" in self._clause["cardinality"] and "personal_list" not in self._clause:
                yield self._gap(f"a list about persons (element '{name}') needs personal_list", *place)
            if form == "count" and "list" in self._clause["cardinality"] and record_type["attributes"]:
                # The source counts whatever matches: records that an attribute protects would be in the figure.
                yield self._gap("a count of records that attributes may protect would count those too", *place, "form")

    def _collection_regimes(self) -> set[str]:
        units = self._files.units()
        return {
            regime
            for unit in self._clause["recipient"]["units"]
            if unit in units
            for regime in units[unit][2].get("regimes", units[unit][0].value["regimes"])
            if self._regimes.get(regime, {"collects": False})["collects"]
        }

    def _authorities(self, side: str, needed: set[str]) -> Iterator[Gap]:
        term = self._agreement.value["term"]
        covered: set[str] = set()
        for index, name in enumerate(self._clause[side]["authorities"]):
            place = (side, "authorities", index)
            provision = self._files.find("authority", name)
            if provision is None:
                yield self._gap(f"authority '{name}' does not exist", *place)
                continue
            covered.update(provision["regimes"])
            effective = provision["effective"]
            if provision["side"] not in {side, "both"}:
                yield self._gap(f"'{name}' is not an authority of the {side}", *place)
            counts = AGREEMENT in grounds_of(provision)
            if provision["effect"] != "permits" or not provision["enforced"] or not counts:
                yield self._gap(f"'{name}' has no rule that permits; no decision could rest on it", *place)
            if side == "discloser" and not needed & set(provision["regimes"]):
                yield self._gap(f"'{name}' is of a regime that governs no element of the clause", *place)
            if (effective["from"] or "") > term["effective"] or (effective["until"] or "9") < term["expiry"]:
                yield self._gap(f"'{name}' is not in force for the whole term", *place)
        for name in self._clause[side]["authorities"]:
            yield from self._enabled(side, name)
        for regime in sorted(needed - covered):
            yield self._gap(f"no authority of the {side} under regime '{regime}'", side, "authorities")
        if side == "recipient" and not needed:
            yield self._gap("the recipient is under no regime it could collect under", side, "units")

    def _enabled(self, side: str, name: str) -> Iterator[Gap]:
        """A provision that only points to others opens nothing by itself."""
        provision = self._files.find("authority", name)
        enabling = set(provision.get("parameters", {}).get("enabling", [])) if provision else set()
        if name == POINTS_TO_OTHERS and not enabling & set(self._clause[side]["authorities"]):
            message = f"'{name}' opens only what a provision of another Act does; cite that one too"
            yield self._gap(message, side, "authorities")

    def _limits(self, record_type: dict[str, Any], chosen: list[dict[str, Any]]) -> Iterator[Gap]:
        retention = self._clause["retention"]
        if retention["max_days"] < retention["min_days"]:
            yield self._gap("disposal is due before the minimum retention", "retention", "max_days")
        for index, condition in enumerate(self._clause["conditions"]):
            if condition["attribute"] not in record_type["attributes"]:
                yield self._gap(f"attribute '{condition['attribute']}' is not of the record type", "conditions", index)
        for index, code in enumerate(self._clause["obligations"]):
            if code not in self._files.all("obligations"):
                yield self._gap(f"obligation '{code}' does not exist", "obligations", index)
        cited = set(self._clause["discloser"]["authorities"]) & ADVISABLE
        if cited and self._schedule["advisability"] is None:
            yield self._gap(f"{sorted(cited)[0]} needs the minister's advisability decision", "discloser")
        elif cited and self._schedule["advisability"]["date"] > self._agreement.value["term"]["effective"]:
            yield self._gap("the minister's advisability decision comes after the agreement took effect", "discloser")
        if record_type["personal"] or any(element["sensitivity"] in ABOUT_A_PERSON for element in chosen):
            yield from self._legal_minimum(retention)

    def _legal_minimum(self, retention: dict[str, int]) -> Iterator[Gap]:
        units = self._files.units()
        purpose = self._files.find("purposes", self._schedule["purpose"]) or {"administrative": True}
        decides_about_people = purpose["administrative"] and not retention.get("sooner_with_consent", False)
        for item in self._files.all("authority").values():
            provision = item.value
            parameters = provision.get("parameters", {})
            if "min_days" not in parameters:
                continue
            if parameters.get("administrative_only") and not decides_about_people:
                continue
            for unit in self._clause["recipient"]["units"]:
                organization = units[unit][0].value if unit in units else {"regimes": []}
                regimes = units[unit][2].get("regimes", organization["regimes"]) if unit in units else []
                minimum = parameters["min_days"]
                if parameters.get("bylaw_may_shorten") and "kept_by_bylaw" in organization:
                    minimum = min(minimum, organization["kept_by_bylaw"]["days"])
                if retention["min_days"] < minimum and set(regimes) & set(provision["regimes"]):
                    yield self._gap(f"'{provision['id']}' requires {minimum} days", "retention", "min_days")
                    break
