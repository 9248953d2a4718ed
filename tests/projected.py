"""A log of random entries of every kind, and what its projection should answer, by going through all of them.

The entries are put into the tables of the log as they are, without private parts: the projection reads nothing else.
"""

import dataclasses
import random
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any, Final

from sqlalchemy import Engine, text

from audit.encoding import to_base64url
from audit.entry import (
    AgreementRef,
    Authorities,
    Disclosed,
    Entry,
    Obligation,
    StateSeal,
    Withheld,
)
from audit.merkle import leaf_hash
from audit.vocabulary import format_time, parse_time
from gateway.adapters.db.engine import open_engine
from gateway.adapters.db.schema import prepare
from gateway.adapters.projection.building import Builder
from gateway.adapters.projection.tables import open_place
from gateway.domain.due import OTTAWA
from gateway.service.projection.columns import Column
from gateway.service.projection.questions import Question
from gateway.service.projection.rows import Group

ORGANIZATIONS: Final = {"esdc-isb": "esdc", "esdc-pob": "esdc", "ircc-permits": "ircc", "cbsa-inland": "cbsa"}
_UNITS: Final = (*ORGANIZATIONS, "unit-of-nobody")
_ELEMENTS: Final = ("decision", "wage_hourly", "job_title", "interview_notes", "noc_2021")
_FORMS: Final = ("plain", "mask:3", "exists", "generalize:year")
_WITHHELD: Final = ("not-in-clause", "unfit-value", "protected")
_REASONS: Final = ("permitted", "no-agreement", "no-discloser-authority", "agreement-suspended")
_PROVISIONS: Final = ("DESDA-35", "PA-8-2-f", "PA-4", "DCI-5.5")
_STAFF_KINDS: Final = (
    "staff-action", "publication", "suspension", "correction", "notice", "disposal", "hold", "erasure", "key-change",
    "statistics",
)  # fmt: skip


_INSTITUTIONS: Final = (Column.REQUESTER_ORGANIZATION, Column.RECIPIENT_ORGANIZATION, Column.CUSTODIAN_ORGANIZATION)


def digest(number: int) -> str:
    """A digest that is the same for a number."""
    return to_base64url(number.to_bytes(32, "big"))


_AGREEMENTS: Final = tuple(
    AgreementRef(f"isa-{number % 3}", f"{number // 3 + 1}", digest(1000 + number)) for number in range(5)
)


def entry(pick: random.Random, at: datetime) -> Entry:
    """One of every kind that there is."""
    number = pick.randrange(1 << 60)
    if pick.random() < 0.2:
        return _of_staff(pick, at, number)
    kind = pick.choice(("disclosure", "disclosure", "denial", "referral", "redelivery"))
    left = kind in ("disclosure", "redelivery")
    elements = pick.sample(_ELEMENTS, pick.randint(1, len(_ELEMENTS)))
    cut = pick.randint(1, len(elements)) if left else 0
    agreement = pick.choice(_AGREEMENTS)
    return Entry(
        time=format_time(at),
        kind=kind,  # type: ignore[arg-type]
        requester=pick.choice(_UNITS),
        recipient=pick.choice(_UNITS),
        custodian=pick.choice(_UNITS) if left or pick.random() < 0.8 else None,
        agreement=agreement if left or pick.random() < 0.8 else None,
        clauses=tuple(pick.sample(("c-1", "c-2", "c-3"), pick.randint(1, 2))) if left else (),
        authorities=Authorities(
            tuple(pick.sample(_PROVISIONS, pick.randint(1, 2))), tuple(pick.sample(_PROVISIONS, pick.randint(1, 2)))
        )
        if left
        else Authorities(),
        record_type=pick.choice(("lmia", "protection-case")) if left or pick.random() < 0.8 else None,
        purpose=pick.choice(("lmia-refresh", "status-check")),
        ground="agreement" if pick.random() < 0.8 else "consent",
        cardinality=pick.choice(("single", "list")),
        effect="permit" if left else "refer" if kind == "referral" else pick.choice(("deny", "indeterminate")),
        reasons=tuple(pick.sample(_REASONS, pick.randint(1, 2))),
        disclosed=tuple(
            Disclosed(name, pick.choice(_FORMS), digest(number + place)) for place, name in enumerate(elements[:cut])
        ),
        withheld=tuple(Withheld(name, pick.choice(_WITHHELD)) for name in elements[cut:]),
        obligations=tuple(
            Obligation(code, pick.choice((None, "2026-12-01", "2027-01-15")))
            for code in pick.sample(("keep", "notify", "attach"), pick.randint(0, 2))
        ),
        records=pick.randint(0, 3) if left else 0,
        policy_revision=digest(pick.randint(1, 2)),
        request_digest=digest(number),
        private=tuple(digest(number + place) for place in range(pick.randint(0, 3))),
        refers_to=pick.choice((None, pick.randrange(1000))),
    )


def _of_staff(pick: random.Random, at: datetime, number: int) -> Entry:
    sealed = pick.random() < 0.4
    return Entry(
        time=format_time(at),
        kind=pick.choice(_STAFF_KINDS),
        requester=pick.choice(_UNITS),
        reasons=(pick.choice(("person-looked-up", "hold-placed", "notice-sent")),),
        authorities=Authorities(("PA-6-3",) if pick.random() < 0.3 else ()),
        private=(digest(number),),
        refers_to=pick.choice((None, 0, pick.randrange(1000))),
        state=(StateSeal(digest(number), pick.randrange(5), digest(number + 1)),) if sealed else (),
    )


def entries(seed: int, count: int, start: datetime = datetime(2025, 10, 20, tzinfo=UTC)) -> Iterator[Entry]:
    """Entries over months, in nearly the order of time, as several processes write them."""
    pick = random.Random(seed)
    at = start
    for _ in range(count):
        at += timedelta(seconds=pick.choice((0.2, 40, 3000, 40_000 if pick.random() < 0.2 else 5)))
        yield entry(pick, at - timedelta(seconds=pick.choice((0, 0, 2.5))))


class LogOfEntries:
    """A log with the tables of a real one."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.engine: Engine = open_engine(url)
        prepare(self.engine)
        self.kept: list[Entry | None] = []
        self._seen: list[Seen | None] = []

    @classmethod
    def on_sqlite(cls, folder: Path) -> "LogOfEntries":
        return cls(f"sqlite:///{folder / 'log.db'}")

    def append(self, more: Sequence[Entry | bytes]) -> None:
        """`bytes` are put in as they are, and are no entry."""
        bodies = [one if isinstance(one, bytes) else one.to_bytes() for one in more]
        start = len(self.kept)
        rows = [{"i": start + place, "h": leaf_hash(body), "b": body} for place, body in enumerate(bodies)]
        with self.engine.begin() as connection:
            connection.execute(text("INSERT INTO entry (entry_index, leaf_hash, body) VALUES (:i, :h, :b)"), rows)
            connection.execute(text("UPDATE log_head SET size = :size"), {"size": start + len(rows)})
        self.kept += [None if isinstance(one, bytes) else one for one in more]

    def cut(self, size: int) -> None:
        """As a restored backup does."""
        with self.engine.begin() as connection:
            connection.execute(text("DELETE FROM entry WHERE entry_index >= :size"), {"size": size})
            connection.execute(text("UPDATE log_head SET size = :size"), {"size": size})
        del self.kept[size:], self._seen[size:]

    def builder(self, organizations: Mapping[str, str] = ORGANIZATIONS) -> tuple[Builder, Engine]:
        """A builder of its own, as another process has, and the place it builds in."""
        place = open_place(self.url)
        log = self.engine if place.dialect.name == "sqlite" else place
        return Builder(log, place, lambda: organizations), place

    def facts(self) -> "list[Seen]":
        """Every entry that is one."""
        for index in range(len(self._seen), len(self.kept)):
            one = self.kept[index]
            self._seen.append(
                Seen(index, one, _day(one), {column: values_of(column, one) for column in Column}) if one else None
            )
        return [one for one in self._seen if one is not None]


def values_of(column: Column, one: Entry) -> list[str | None]:
    """What an entry has in a column; [None] where it has nothing."""
    day, reference = _day(one), one.agreement
    unit = {
        Column.REQUESTER_ORGANIZATION: one.requester,
        Column.RECIPIENT_ORGANIZATION: one.recipient,
        Column.CUSTODIAN_ORGANIZATION: one.custodian,
    }
    if column in unit:
        return [ORGANIZATIONS.get(unit[column] or "")]
    elements = (
        [(part.element, part.form) for part in one.disclosed],
        [(part.element, part.reason) for part in one.withheld],
    )
    found: Mapping[Column, Sequence[str | None]] = {
        Column.AGREEMENT: [reference.id if reference else None],
        Column.AGREEMENT_VERSION: [reference.version if reference else None],
        Column.AGREEMENT_DIGEST: [reference.digest if reference else None],
        Column.CLAUSE: one.clauses,
        Column.REASON: one.reasons,
        Column.DISCLOSER_AUTHORITY: one.authorities.discloser,
        Column.RECIPIENT_AUTHORITY: one.authorities.recipient,
        Column.OBLIGATION: [duty.code for duty in one.obligations],
        Column.ELEMENT: [name for side in elements for name, _ in side],
        Column.DISCLOSED: [name for name, _ in elements[0]],
        Column.WITHHELD: [name for name, _ in elements[1]],
        Column.FORM: [form for _, form in elements[0]],
        Column.WITHHELD_REASON: [reason for _, reason in elements[1]],
        Column.DAY: [day.isoformat()],
        Column.WEEK: [(day - timedelta(days=day.weekday())).isoformat()],
        Column.MONTH: [f"{day:%Y-%m}"],
    }
    if column in found:
        return list(dict.fromkeys(found[column])) or [None]
    return [getattr(one, column.value.replace("-", "_"))]


def _day(one: Entry) -> date:
    return parse_time(one.time).astimezone(OTTAWA).date()


@dataclass(frozen=True, slots=True, eq=False)
class Seen:
    """An entry with everything that it has in columns."""

    index: int
    entry: Entry
    day: date
    values: Mapping[Column, Sequence[str | None]]


def matches(question: Question, one: Seen) -> bool:
    """Whether an entry is among those that the question asks for, of columns that are asked one by one."""
    if (question.first and one.day < question.first) or (question.last and one.day > question.last):
        return False
    if question.institution and [question.institution] not in [one.values[column] for column in _INSTITUTIONS]:
        return False
    return all(
        any((value or "") in wanted for value in one.values[column]) for column, wanted in question.where.items()
    )


def counted(log: LogOfEntries, question: Question) -> tuple[int, int]:
    found = [one.entry for one in log.facts() if matches(question, one)]
    return len(found), sum(one.records for one in found)


def grouped(
    log: LogOfEntries, question: Question, by: Sequence[Column]
) -> dict[tuple[str | None, ...], tuple[int, ...]]:
    """By the values of columns that are grouped one by one: entries, records and the last entry."""
    groups: dict[tuple[str | None, ...], Counter[str]] = {}
    for one in log.facts():
        if not matches(question, one):
            continue
        keys: list[tuple[str | None, ...]] = [()]
        for column in by:
            named = [
                value
                for value in one.values[column]
                if column not in question.where or (value or "") in question.where[column]
            ]
            keys = [(*key, value) for key in keys for value in named]
        for key in keys:
            group = groups.setdefault(key, Counter())
            group["entries"] += 1
            group["records"] += one.entry.records
            group["last"] = one.index
    return {key: (found["entries"], found["records"], found["last"]) for key, found in groups.items()}


def as_found(groups: Sequence[Group]) -> dict[tuple[str | None, ...], tuple[int, ...]]:
    """Groups in the form of `grouped`."""
    return {group.values: (group.entries, group.records, group.last_index) for group in groups}


def paged(log: LogOfEntries, question: Question) -> list[int]:
    """The indexes of all that match, newest first."""
    return [one.index for one in reversed(log.facts()) if matches(question, one)]


def row_of(index: int, one: Entry) -> dict[str, Any]:
    """An entry as a row of the projection says it, without organizations."""
    members = dataclasses.asdict(one)
    agreement = members["agreement"] or {}
    elements = sorted(part["element"] for part in (*members["disclosed"], *members["withheld"]))
    return {
        "entry_index": index,
        "agreement": agreement.get("id"),
        "agreement_version": agreement.get("version"),
        "agreement_digest": agreement.get("digest"),
        "requested": elements,
        "disclosed": [{"element": part["element"], "form": part["form"]} for part in members["disclosed"]],
        "withheld": [dict(part) for part in members["withheld"]],
        "discloser_authorities": list(one.authorities.discloser),
        "recipient_authorities": list(one.authorities.recipient),
        "obligations": [duty["code"] for duty in members["obligations"]],
        **{name: list(members[name]) for name in ("clauses", "reasons")},
        **{
            name: members[name]
            for name in (
                "time", "kind", "requester", "recipient", "custodian", "purpose", "ground", "record_type",
                "cardinality", "effect", "records", "refers_to", "policy_revision",
            )
        },
    }  # fmt: skip
