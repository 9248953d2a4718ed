"""Cross checks of what agreements are made of: parties, provisions, purposes, obligations, reasons, record types.

Yields a finding for every reference to something that does not exist and every statement that contradicts another.
Does not look at agreements: see `check_agreements`.
"""

import re
from collections.abc import Iterator
from datetime import date
from typing import Any

from gateway.adapters.rulebook.files import Files, Item
from gateway.adapters.rulebook.located import Where
from gateway.service.rulebook.finding import Finding


def check_register(files: Files) -> Iterator[Finding]:
    for regime in files.all("regimes").values():
        yield from _regime(files, regime)
    for organization in files.all("parties").values():
        yield from _organization(files, organization)
    for regime in files.all("regimes").values():
        under = regime.value.get("collected_under", [])
        yield from _known(files, "authority", regime, ("collected_under",), under)
        kept = [regime.value["kept_under"]] if "kept_under" in regime.value else []
        yield from _known(files, "authority", regime, ("kept_under",), kept)
    for obligation in files.all("obligations").values():
        yield from _known(files, "authority", obligation, ("citations",), obligation.value["citations"])
    for reason in files.all("reasons").values():
        yield from _known(files, "reasons", reason, (), [reason.value.get("shown_as", reason.value["code"])])
    for scheme in files.all("identifier_schemes").values():
        try:
            re.compile(scheme.value["pattern"])
        except re.error:
            yield scheme.finding("pattern-invalid", "pattern")
    for authority in files.all("authority").values():
        yield from _authority(files, authority)
    for record_type in files.all("record-type").values():
        yield from _record_type(files, record_type)


def valid_date(text: str | None) -> bool:
    try:
        return text is None or bool(date.fromisoformat(text))
    except ValueError:
        return False


def _known(files: Files, kind: str, item: Item, where: Where, names: list[str]) -> Iterator[Finding]:
    for index, name in enumerate(names):
        if name not in files.all(kind):
            yield item.finding("unknown", *where, index, kind=kind, name=name)


def _regime(files: Files, regime: Item) -> Iterator[Finding]:
    value = regime.value
    if value["id"] not in files.evaluation_order:
        yield regime.finding("regime-unplaced", "id", name=value["id"])
    for index, name in enumerate(value["requires"]):
        if name not in files.evaluation_order:
            yield regime.finding("regime-unplaced", "requires", index, name=name)
    yield from _known(files, "authority", regime, ("collected_under",), value.get("collected_under", []))
    if "kept_under" in value:
        yield from _known(files, "authority", regime, (), [value["kept_under"]])


def _organization(files: Files, organization: Item) -> Iterator[Finding]:
    value = organization.value
    units = files.units()
    yield from _known(files, "regimes", organization, ("regimes",), value["regimes"])
    if "accredited" in value:
        yield from _period(organization, value["accredited"], ("accredited",))
    for position, unit in enumerate(value["units"]):
        where: Where = ("units", position)
        home, place, _ = units[unit["id"]]
        if (home, place) != (organization, position):
            yield organization.finding("twice", *where, "id", kind="unit", name=unit["id"])
        yield from _known(files, "regimes", organization, (*where, "regimes"), unit.get("regimes", []))
        yield from _contracts(files, organization, unit, where)
        for index, other in enumerate(unit.get("acts_for", [])):
            if other not in units or units[other][0] is not organization:
                yield organization.finding(
                    "unit-elsewhere", *where, "acts_for", index, name=other, organization=value["id"]
                )
        for index, role in enumerate(unit.get("roles", [])):
            yield from _period(organization, role, (*where, "roles", index))
        if "accredited" in unit:
            yield from _period(organization, unit["accredited"], (*where, "accredited"))


def _contracts(files: Files, organization: Item, unit: dict[str, Any], where: Where) -> Iterator[Finding]:
    for index, contract in enumerate(unit.get("engaged_by", [])):
        place: Where = (*where, "engaged_by", index)
        yield from _known(files, "parties", organization, place, [contract["organization"]])
        yield from _period(organization, contract, place)


def _period(item: Item, period: dict[str, Any], where: Where) -> Iterator[Finding]:
    start, end = period["from"], period["until"]
    for name in ("from", "until"):
        if not valid_date(period[name]):
            yield item.finding("day-invalid", *where, name)
    if start is not None and end is not None and end <= start:
        yield item.finding("period-empty", *where, "until")


def _authority(files: Files, authority: Item) -> Iterator[Finding]:
    value = authority.value
    parameters = value.get("parameters", {})
    yield from _known(files, "regimes", authority, ("regimes",), value["regimes"])
    yield from _known(files, "obligations", authority, ("obligations",), value["obligations"])
    yield from _known(files, "purposes", authority, ("parameters", "purposes"), parameters.get("purposes", []))
    yield from _known(files, "authority", authority, ("parameters", "enabling"), parameters.get("enabling", []))
    yield from _known(files, "authority", authority, ("parameters", "exceptions"), parameters.get("exceptions", []))
    for index, name in enumerate(parameters.get("exceptions", [])):
        if name in files.all("authority") and files.all("authority")[name].value["effect"] != "permits":
            yield authority.finding("lifts-nothing", "parameters", "exceptions", index, name=name)
    yield from _period(authority, value["effective"], ("effective",))
    if value["effect"] == "forbids" and "reason" not in value:
        yield authority.finding("forbids-silently", "effect", name=value["id"])
    yield from _upheld(authority)
    if "reason" in value:
        yield from _known(files, "reasons", authority, (), [value["reason"]])


def _upheld(authority: Item) -> Iterator[Finding]:
    """What permits, forbids or obliges has a rule, or something else that upholds it."""
    value = authority.value
    name, effect = value["id"], value["effect"]
    carried = value["enforced"] or "upheld_by" in value
    if effect in {"permits", "forbids", "obliges"} and not carried:
        yield authority.finding("without-rule", "enforced", name=name)
    if ("grounds" in value) != ("decided_by" in value):
        yield authority.finding("grounds-half", "grounds", name=name)
    if "upheld_by" in value and (value["enforced"] or effect != "obliges"):
        yield authority.finding("upheld-needlessly", "upheld_by", name=name)
    if effect == "none" and (value["enforced"] or value["obligations"]):
        yield authority.finding("effect-none", "effect", name=name)
    if effect == "obliges" and value["enforced"] and not value["obligations"]:
        yield authority.finding("obliges-nothing", "obligations", name=name)


def _record_type(files: Files, item: Item) -> Iterator[Finding]:
    value = item.value
    names = [element["name"] for element in value["elements"]]
    known = set(names)
    for index, name in enumerate(names):
        if name in names[:index]:
            yield item.finding("twice", "elements", index, kind="element", name=name)
    if value["custodian"] not in files.units():
        yield item.finding("unknown", "custodian", kind="unit", name=value["custodian"])
    yield from _known(files, "regimes", item, ("regime",), [value["regime"]])
    for index, name in enumerate(value["information_bank"].get("recipients", [])):
        if name not in files.units() and name not in files.all("parties"):
            yield item.finding("neither-unit-nor-institution", "information_bank", "recipients", index, name=name)
    for index, element in enumerate(value["elements"]):
        where: Where = ("elements", index)
        yield from _known(files, "regimes", item, (*where, "regime"), [element.get("regime", value["regime"])])
        needs = element.get("needs")
        if needs is not None and needs["attribute"] not in value["attributes"]:
            yield item.finding("attribute-unknown", *where, "needs", name=needs["attribute"])
        personal_if = element.get("personal_if")
        if personal_if is not None and personal_if not in value["attributes"]:
            yield item.finding("attribute-unknown", *where, "personal_if", name=personal_if)
    yield from _references(files, item, known)
    if value["personal"] and value["subject"] not in value["identifiers"]:
        yield item.finding("subject-missing", "subject")
    if not value["personal"] and value["subject"] is not None:
        yield item.finding("subject-needless", "subject")


def _references(files: Files, item: Item, known: set[str]) -> Iterator[Finding]:
    value = item.value
    for scheme, element in value["identifiers"].items():
        if scheme not in files.all("identifier_schemes"):
            yield item.finding("unknown", "identifiers", scheme, kind="identifier_schemes", name=scheme)
        if element not in known:
            yield item.finding("unknown", "identifiers", scheme, kind="element", name=element)
    for index, element in enumerate(value["filters"]):
        if element not in known:
            yield item.finding("unknown", "filters", index, kind="element", name=element)
    for attribute, element in value["attributes"].items():
        if element not in known:
            yield item.finding("unknown", "attributes", attribute, kind="element", name=element)
