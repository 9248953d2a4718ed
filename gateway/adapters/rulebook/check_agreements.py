"""Cross checks of agreements against parties, provisions and the catalogue.

A clause that the policy would never follow, or that says more than the law allows, is found here already: a provision
on the wrong side or of another regime, not in force for the whole term, or without a rule; a list about persons; an
element the catalogue does not have; a retention the law does not allow. The policy checks again at every decision.
"""

from collections.abc import Iterator
from typing import Any, Final

from gateway.adapters.rulebook.build import AGREEMENT, grounds_of
from gateway.adapters.rulebook.check_register import valid_date
from gateway.adapters.rulebook.files import Files, Item
from gateway.adapters.rulebook.located import Where
from gateway.service.rulebook.finding import Finding

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


def check_agreements(files: Files) -> Iterator[Finding]:
    for agreement in files.all("agreement").values():
        yield from _parties(files, agreement)
        yield from _term(agreement)
        yield from _schedules(files, agreement)


def _party_units(agreement: Item) -> set[str]:
    return {unit for party in agreement.value["parties"] for unit in party["units"]}


def _parties(files: Files, agreement: Item) -> Iterator[Finding]:
    units = files.units()
    parties = agreement.value["parties"]
    yield from _alone(agreement)
    signed = {signature["organization"] for signature in agreement.value["signatures"]}
    for index, party in enumerate(parties):
        where: Where = ("parties", index)
        if party["organization"] not in files.all("parties"):
            yield agreement.finding("unknown", *where, "organization", kind="parties", name=party["organization"])
        for unit in party["units"]:
            if unit not in units or units[unit][0].value["id"] != party["organization"]:
                yield agreement.finding(
                    "unit-elsewhere", *where, "units", name=unit, organization=party["organization"]
                )
        if party["organization"] not in signed:
            yield agreement.finding("not-signed", "signatures", organization=party["organization"])
    for index, power in enumerate(agreement.value["instrument"]["power"]):
        if power not in files.all("authority"):
            yield agreement.finding("unknown", "instrument", "power", index, kind="authority", name=power)
    for index, contact in enumerate(agreement.value["governance"]["contacts"]):
        if contact["unit"] not in _party_units(agreement):
            yield agreement.finding("contact-no-party", "governance", "contacts", index, name=contact["unit"])


def _alone(agreement: Item) -> Iterator[Finding]:
    """What one institution arranges for use inside it (Privacy Act 7, MFIPPA 31, FIPPA 41)."""
    parties = agreement.value["parties"]
    if len({party["organization"] for party in parties}) > 1:
        return
    if agreement.value["instrument"]["kind"] != "arrangement":
        yield agreement.finding("alone-no-agreement", "instrument", "kind")
    if "both" not in {party["role"] for party in parties}:
        yield agreement.finding("alone-not-both", "parties", 0, "role")


def _term(agreement: Item) -> Iterator[Finding]:
    term = agreement.value["term"]
    dates: list[tuple[Where, str | None]] = [
        (("term", name), term[name]) for name in ("effective", "expiry", "termination")
    ]
    for index, period in enumerate(term["suspensions"]):
        where: Where = ("term", "suspensions", index)
        dates += [((*where, "from"), period["from"]), ((*where, "until"), period["until"])]
        if period["until"] is not None and period["until"] <= period["from"]:
            yield agreement.finding("suspension-empty", *where)
    dates.append((("pia", "date"), agreement.value["pia"]["date"]))
    dates.append((("governance", "review"), agreement.value["governance"]["review"]))
    for place, text in dates:
        if not valid_date(text):
            yield agreement.finding("day-invalid", *place)
    if term["expiry"] <= term["effective"]:
        yield agreement.finding("term-empty", "term", "expiry")


def _schedules(files: Files, agreement: Item) -> Iterator[Finding]:
    purposes: set[str] = set()
    clauses: set[str] = set()
    for index, schedule in enumerate(agreement.value["schedules"]):
        where: Where = ("schedules", index)
        if schedule["purpose"] not in files.all("purposes"):
            yield agreement.finding("unknown", *where, "purpose", kind="purposes", name=schedule["purpose"])
        if schedule["purpose"] in purposes:
            yield agreement.finding("purpose-twice", *where, "purpose", name=schedule["purpose"])
        purposes.add(schedule["purpose"])
        for provision in schedule["made_under"]:
            if provision not in files.all("authority"):
                yield agreement.finding("unknown", *where, "made_under", kind="authority", name=provision)
        for bank in schedule["pib"]:
            if bank not in agreement.value["pib"]["banks"]:
                yield agreement.finding("bank-not-of-agreement", *where, "pib", name=bank)
        granted: dict[tuple[str, ...], str] = {}
        for position, clause in enumerate(schedule["clauses"]):
            place: Where = (*where, "clauses", position)
            if clause["id"] in clauses:
                yield agreement.finding("twice", *place, "id", kind="clause", name=clause["id"])
            clauses.add(clause["id"])
            yield from _Clause(files, agreement, schedule, clause, place).findings()
            for key in _grants(clause):
                other = granted.setdefault(key, clause["id"])
                if other != clause["id"]:
                    yield agreement.finding("granted-already", *place, "elements", other=other, name=key[-1])
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

    def _found(self, code: str, *where: str | int, **facts: str) -> Finding:
        return self._agreement.finding(code, *self._where, *where, clause=self._clause["id"], **facts)

    def findings(self) -> Iterator[Finding]:
        record_type = self._files.find("record-type", self._clause["record_type"])
        if record_type is None:
            yield self._found("unknown", "record_type", kind="record-type", name=self._clause["record_type"])
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

    def _units(self, record_type: dict[str, Any]) -> Iterator[Finding]:
        parties = _party_units(self._agreement)
        if self._clause["discloser"]["unit"] != record_type["custodian"]:
            yield self._found("custodian-other", "discloser", "unit", name=record_type["custodian"])
        for unit in (self._clause["discloser"]["unit"], *self._clause["recipient"]["units"]):
            if unit not in parties:
                yield self._found("unit-no-party", "recipient", "units", name=unit)
        if record_type["information_bank"]["id"] not in self._schedule["pib"]:
            bank = record_type["information_bank"]["id"]
            yield self._found("bank-not-of-schedule", "record_type", name=bank)

    def _elements(self, record_type: dict[str, Any], elements: dict[str, Any]) -> Iterator[Finding]:
        seen: set[str] = set()
        for index, entry in enumerate(self._clause["elements"]):
            name, place = entry["name"], ("elements", index)
            if name in seen:
                yield self._found("element-twice", *place, name=name)
            seen.add(name)
            if name not in elements:
                yield self._found("element-unknown", *place, name=name, record_type=record_type["id"])
                continue
            form = entry["form"].get("to", entry["form"]["kind"])
            if elements[name]["type"] not in FORM_FITS.get(form, {elements[name]["type"]}):
                yield self._found("form-misfit", *place, "form", form=form, name=name)
            if elements[name]["sensitivity"] == "TP" and "third_party" not in entry:
                yield self._found("third-party-unsaid", *place, name=name)
            personal = record_type["personal"] or elements[name]["sensitivity"] in ABOUT_A_PERSON
            if personal and "list" in self._clause["cardinality"] and "personal_list" not in self._clause:
                yield self._found("personal-list-unsaid", *place, name=name)
            if form == "count" and "list" in self._clause["cardinality"] and record_type["attributes"]:
                # The source counts whatever matches: records that an attribute protects would be in the figure.
                yield self._found("count-of-protected", *place, "form")

    def _collection_regimes(self) -> set[str]:
        units = self._files.units()
        return {
            regime
            for unit in self._clause["recipient"]["units"]
            if unit in units
            for regime in units[unit][2].get("regimes", units[unit][0].value["regimes"])
            if self._regimes.get(regime, {"collects": False})["collects"]
        }

    def _authorities(self, side: str, needed: set[str]) -> Iterator[Finding]:
        term = self._agreement.value["term"]
        covered: set[str] = set()
        for index, name in enumerate(self._clause[side]["authorities"]):
            place = (side, "authorities", index)
            provision = self._files.find("authority", name)
            if provision is None:
                yield self._found("unknown", *place, kind="authority", name=name)
                continue
            covered.update(provision["regimes"])
            effective = provision["effective"]
            if provision["side"] not in {side, "both"}:
                yield self._found("wrong-side", *place, name=name, side=side)
            counts = AGREEMENT in grounds_of(provision)
            if provision["effect"] != "permits" or not provision["enforced"] or not counts:
                yield self._found("no-decision-rests", *place, name=name)
            if side == "discloser" and not needed & set(provision["regimes"]):
                yield self._found("governs-nothing", *place, name=name)
            if (effective["from"] or "") > term["effective"] or (effective["until"] or "9") < term["expiry"]:
                yield self._found("not-whole-term", *place, name=name)
        for name in self._clause[side]["authorities"]:
            yield from self._enabled(side, name)
        for regime in sorted(needed - covered):
            yield self._found("regime-unopened", side, "authorities", side=side, name=regime)
        if side == "recipient" and not needed:
            yield self._found("collects-under-nothing", side, "units")

    def _enabled(self, side: str, name: str) -> Iterator[Finding]:
        """A provision that only points to others opens nothing by itself."""
        provision = self._files.find("authority", name)
        enabling = set(provision.get("parameters", {}).get("enabling", [])) if provision else set()
        if name == POINTS_TO_OTHERS and not enabling & set(self._clause[side]["authorities"]):
            yield self._found("points-elsewhere", side, "authorities", name=name)

    def _limits(self, record_type: dict[str, Any], chosen: list[dict[str, Any]]) -> Iterator[Finding]:
        retention = self._clause["retention"]
        if retention["max_days"] < retention["min_days"]:
            yield self._found("disposal-early", "retention", "max_days")
        for index, condition in enumerate(self._clause["conditions"]):
            if condition["attribute"] not in record_type["attributes"]:
                yield self._found("attribute-unknown", "conditions", index, name=condition["attribute"])
        for index, code in enumerate(self._clause["obligations"]):
            if code not in self._files.all("obligations"):
                yield self._found("unknown", "obligations", index, kind="obligations", name=code)
        cited = set(self._clause["discloser"]["authorities"]) & ADVISABLE
        if cited and self._schedule["advisability"] is None:
            yield self._found("not-advisable", "discloser", name=min(cited))
        elif cited and self._schedule["advisability"]["date"] > self._agreement.value["term"]["effective"]:
            yield self._found("advisable-late", "discloser")
        if record_type["personal"] or any(element["sensitivity"] in ABOUT_A_PERSON for element in chosen):
            yield from self._legal_minimum(retention)

    def _legal_minimum(self, retention: dict[str, int]) -> Iterator[Finding]:
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
                    yield self._found(
                        "kept-too-short", "retention", "min_days", name=provision["id"], days=str(minimum)
                    )
                    break
