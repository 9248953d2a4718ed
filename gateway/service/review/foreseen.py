"""What will need somebody on a day: terms and reviews, suspensions, and what the law or a party loses before the end.

Invariant: everything has its day; what is told of an agreement follows from the rulebook alone, so that the check of
the files and the agenda say the same. Keys of partners are not of the rulebook (`gateway keys list` shows their days).
Does not: say who has to act (`agenda`), or word it (`finding_words`).
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

from gateway.domain.agreement import AgreementVersion

SOON: Final = timedelta(days=90)
_CONTRADICTS: Final = frozenset(
    {"review-passed", "term-ended", "suspended-open", "authority-ends", "accreditation-ends", "contract-ends"}
    | {"role-ends", "not-accredited"}
)


@dataclass(frozen=True, slots=True)
class Foreseen:
    """Something of one agreement: `path` is the member it is about, `unit` whose part it is, where it is one's."""

    day: date
    code: str
    agreement: str
    path: tuple[str | int, ...]
    facts: tuple[tuple[str, str], ...] = ()
    unit: str | None = None

    @property
    def contradicts(self) -> bool:
        """The files say two things that do not go together, however far the day is; or the day has passed."""
        return self.code in _CONTRADICTS


def foreseen(
    agreements: Sequence[AgreementVersion],
    authorities: Mapping[str, Mapping[str, Any]],
    data: Mapping[str, Any],
    today: date,
) -> Iterator[Foreseen]:
    """What is foreseen of these agreements. `authorities` is the register, `data` what the policy reads."""
    for version in agreements:
        termination = version.document["term"]["termination"]
        if termination is not None and date.fromisoformat(termination) <= today:
            continue
        if version.expiry <= today:
            yield Foreseen(version.expiry, "term-ended", version.id, ("term", "expiry"))
            continue
        yield from _term(version, agreements, today)
        yield from _cited(version, authorities, today)
        yield from _coming(version, authorities, data, today)
        yield from _units(version, data["parties"], today)


def _term(version: AgreementVersion, agreements: Sequence[AgreementVersion], today: date) -> Iterator[Foreseen]:
    if version.effective > today:
        yield Foreseen(version.effective, "term-begins", version.id, ("term", "effective"))
    if not any(_follows(other, version) for other in agreements):
        yield Foreseen(version.expiry, "term-ends", version.id, ("term", "expiry"))
    review = date.fromisoformat(version.document["governance"]["review"])
    if review < version.expiry:
        code = "review-passed" if review <= today else "review-due"
        yield Foreseen(review, code, version.id, ("governance", "review"))
    for index, period in enumerate(version.document["term"]["suspensions"]):
        place = ("term", "suspensions", index)
        begins = date.fromisoformat(period["from"])
        if begins > today:
            yield Foreseen(begins, "suspension-begins", version.id, place)
        if period["until"] is None and begins <= today:
            yield Foreseen(begins, "suspended-open", version.id, place)
        elif period["until"] is not None and (ends := date.fromisoformat(period["until"])) > today:
            yield Foreseen(ends, "suspension-ends", version.id, place)


def _follows(other: AgreementVersion, version: AgreementVersion) -> bool:
    """The other agreement goes on where this one ends, for the same purposes between some of the same units."""
    return (
        other.id != version.id
        and other.effective <= version.expiry < other.expiry
        and version.purposes <= other.purposes
        and len(set(version.parties) & set(other.parties)) > 1
    )


def _cited(version: AgreementVersion, authorities: Mapping[str, Mapping[str, Any]], today: date) -> Iterator[Foreseen]:
    """Provisions the agreement rests on that end before it does. Those of a clause must not: that is an error."""
    document = version.document
    cited: list[tuple[tuple[str | int, ...], str]] = [
        (("instrument", "power", index), name) for index, name in enumerate(document["instrument"]["power"])
    ]
    for position, schedule in enumerate(document["schedules"]):
        named = enumerate(schedule["made_under"])
        cited += [(("schedules", position, "made_under", index), name) for index, name in named]
    for place, name in cited:
        ends = _end(authorities.get(name, {}).get("effective"))
        if ends is not None and ends < version.expiry:
            yield Foreseen(ends, "authority-ends", version.id, place, (("name", name),))


def _coming(
    version: AgreementVersion,
    authorities: Mapping[str, Mapping[str, Any]],
    data: Mapping[str, Any],
    today: date,
) -> Iterator[Foreseen]:
    """Provisions that forbid or oblige, of a law that governs what the agreement lets go, and that are yet to begin."""
    types = {clause["record_type"] for schedule in version.document["schedules"] for clause in schedule["clauses"]}
    rows = [data["catalogue"][name] for name in sorted(types) if name in data["catalogue"]]
    regimes = {element["regime"] for row in rows for element in row["elements"].values()}
    governing = {name for regime in regimes for name in data["register"]["regimes"][regime]["requires"]}
    for name, provision in sorted(authorities.items()):
        begins = provision["effective"]["from"]
        counts = "agreement" in provision.get("grounds", ("agreement",))
        if begins is None or provision["effect"] not in {"forbids", "obliges"} or not counts:
            continue
        day = date.fromisoformat(begins)
        if today < day < version.expiry and governing & set(provision["regimes"]):
            yield Foreseen(day, "law-begins", version.id, ("schedules",), (("name", name),))


def _units(version: AgreementVersion, units: Mapping[str, Mapping[str, Any]], today: date) -> Iterator[Foreseen]:
    """What units that give or receive lose before the agreement ends."""
    working = {
        unit
        for schedule in version.document["schedules"]
        for clause in schedule["clauses"]
        for unit in (clause["discloser"]["unit"], *clause["recipient"]["units"])
    }
    for index, party in enumerate(version.document["parties"]):
        for unit in (name for name in party["units"] if name in working and name in units):
            place = ("parties", index, "units")
            for day, code, facts in _losses(unit, units[unit], version.expiry, today):
                yield Foreseen(day, code, version.id, place, (("name", unit), *facts), unit)


def _losses(
    unit: str, row: Mapping[str, Any], expiry: date, today: date
) -> Iterator[tuple[date, str, tuple[tuple[str, str], ...]]]:
    accredited = row["accredited"]
    if accredited is None:
        yield today, "not-accredited", ()
    elif (ends := _end(accredited)) is not None and ends < expiry:
        yield ends, "accreditation-ends", ()
    for contract in row["engaged_by"]:
        ends = _end(contract)
        if ends is not None and ends < expiry:
            yield ends, "contract-ends", (("organization", contract["organization"]),)
    for role in row["roles"]:
        ends = _end(role)
        if ends is not None and ends < expiry:
            yield ends, "role-ends", (("role", role["role"]),)


def _end(period: Mapping[str, Any] | None) -> date | None:
    return None if period is None or period["until"] is None else date.fromisoformat(period["until"])
