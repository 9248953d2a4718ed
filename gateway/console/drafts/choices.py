"""What a guided form offers: units of the parties, provisions that fit the regime of a side, values of a condition.

Invariant: what a document says now is always among what is offered, and ticked; a suggestion comes from the register's
side, effect and regimes, and decides nothing. Does not: know what the law permits (the policy judges).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from gateway.console.agreements.names import Names

Side = Literal["discloser", "recipient"]


@dataclass(frozen=True, slots=True)
class Offer:
    """`suggested` are shown first, `others` on demand; pairs of a code and its words."""

    suggested: tuple[tuple[str, str], ...]
    others: tuple[tuple[str, str], ...]


def units_of(doc: Mapping[str, Any], names: Names) -> list[tuple[str, str]]:
    """Every unit that is party to the agreement."""
    return [(unit, names.unit(unit)) for party in doc["parties"] for unit in party["units"]]


def provisions_for(side: Side, units: Iterable[str], current: Sequence[str], names: Names) -> Offer:
    """Those that bind the side, in a regime of one of the units, for the side's own power or duty."""
    rows, regimes = names.known["provisions"], set[str]()
    for unit in units:
        regimes.update(names.known["units"].get(unit, {}).get("regimes", ()))
    effects = {"permits"} if side == "discloser" else {"permits", "obliges"}
    fits = [
        code
        for code, row in rows.items()
        if row["side"] == side and row["effect"] in effects and regimes & set(row["regimes"])
    ]
    return _offer(current, fits, rows, names)


def any_provision(current: Sequence[str], used: Iterable[str], names: Names) -> Offer:
    """Those that the agreement uses already first."""
    return _offer(current, list(used), names.known["provisions"], names)


def duties(current: Sequence[str], used: Iterable[str], names: Names) -> Offer:
    """Those that the agreement asks for already first."""
    known = names.known["obligations"]
    first = list(dict.fromkeys((*current, *used)))
    return Offer(
        tuple((code, names.duty(code)) for code in first),
        tuple((code, names.duty(code)) for code in known if code not in first),
    )


def attributes_of(record_type: str, names: Names) -> dict[str, list[object]]:
    """The record attributes that a condition can name by their values."""
    row = names.known["record_types"].get(record_type)
    found: dict[str, list[object]] = {}
    for name, element in ({} if row is None else row["attributes"]).items():
        part = row["elements"].get(element)
        if part is not None and part["type"] == "boolean":
            found[name] = [True, False]
        elif part is not None and part["options"]:
            found[name] = list(part["options"])
    return found


def used_in(doc: Mapping[str, Any], *members: str) -> list[str]:
    """The codes that clauses of the agreement have at a place, in their order."""
    found: list[str] = []
    for schedule in doc["schedules"]:
        for clause in schedule["clauses"]:
            value: Any = clause
            for member in members:
                value = value[member]
            found += value
    return list(dict.fromkeys(found))


def _offer(current: Sequence[str], fits: Sequence[str], rows: Mapping[str, Any], names: Names) -> Offer:
    first = list(dict.fromkeys((*current, *fits)))
    return Offer(
        tuple((code, names.provision(code)) for code in first),
        tuple((code, names.provision(code)) for code in rows if code not in first),
    )
