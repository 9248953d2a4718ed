"""A material breach: who has to be told by when, and the drafts, on record in one entry.

Invariant: from the determination that a breach is material, the clock of every report runs in the entry that states it:
seven days to the Privacy Commissioner and the Treasury Board Secretariat (Directive on Privacy Practices, App. B; PIN
2024-02), without delay to every other party of the agreements concerned, and to Ontario's commissioner and the people
concerned where the regime is Ontario's and the provision is in force (FIPPA as amended by Bill 194, MFIPPA by Bill 97).
What happened is in the private part only. Does not: judge whether a breach is material, or send anything.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import Any, Final, Protocol

from audit.entry import AgreementRef, Entry
from gateway.domain.agreement import AgreementVersion
from gateway.domain.disclosure import ObligationDue, Receipt
from gateway.domain.errors import GatewayError
from gateway.domain.party import Parties, Unit
from gateway.service.evidence import stated
from gateway.service.lookup import StaffLog, put_on_record
from gateway.service.notices import Notice, notice_as_json
from gateway.service.ports import Clock
from gateway.service.staff_action import staff_submission

REPORT_WITHIN: Final = timedelta(days=7)
REPORT: Final = "breach-report"
NOTICE: Final = "breach-notice"
PEOPLE: Final = "people-concerned"


class BreachError(GatewayError):
    """A breach report that cannot be made; `code` says why."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


@dataclass(frozen=True, slots=True)
class Reporting:
    """A provision that demands reports: under which regime, when it is in force (half-open, UTC), to whom, and within
    what time of the determination."""

    provision: str
    regime: str
    addressees: tuple[str, ...]
    within: timedelta


REPORTING: Final = (
    Reporting("TBS-BREACH", "privacy-act", ("privacy-commissioner", "tbs"), REPORT_WITHIN),
    Reporting("FIPPA-B194", "fippa", ("ipc-ontario", PEOPLE), timedelta(0)),
    Reporting("MF-B97", "mfippa", ("ipc-ontario", PEOPLE), timedelta(0)),
)


@dataclass(frozen=True, slots=True)
class BreachFacts:
    """What the drafts state. `determined_at` is aware; `people` is how many people are concerned; `what` happened and
    which `measures` were taken are data, whatever they hold; `provision` is the one that demands the draft, if any."""

    unit: str
    determined_at: datetime
    agreements: tuple[AgreementVersion, ...]
    entries: tuple[int, ...]
    people: int
    what: str = field(repr=False)
    measures: str = field(repr=False)
    addressee: str = ""
    provision: str | None = None


class BreachDrafting(Protocol):
    def draft_breach(self, code: str, facts: BreachFacts) -> Notice:
        """The report or notice to `facts.addressee`. Raises NoticeError."""


class Agreements(Protocol):
    def find(self, agreement: str) -> AgreementVersion | None: ...


class Entries(Protocol):
    async def entry(self, entry_index: int) -> Receipt | None:
        """Raises LogUnavailableError."""


@dataclass(frozen=True, slots=True)
class Duty:
    """One report or notice of a breach with its due time (UTC)."""

    code: str
    due: datetime
    notice: Notice


class BreachReport:
    """The use case. `provisions` are the register's rows by id, with their `effective` periods."""

    def __init__(
        self,
        *,
        parties: Parties,
        agreements: Agreements,
        provisions: Mapping[str, Mapping[str, Any]],
        drafting: BreachDrafting,
        entries: Entries,
        log: StaffLog,
        clock: Clock,
    ) -> None:
        self._parties = parties
        self._agreements = agreements
        self._provisions = provisions
        self._drafting = drafting
        self._entries = entries
        self._log = log
        self._clock = clock

    async def __call__(
        self,
        *,
        unit: str,
        officer: str,
        determined_at: datetime,
        agreements: Sequence[str] = (),
        entries: Sequence[int] = (),
        people: int,
        what: str,
        measures: str,
    ) -> tuple[Receipt, tuple[Duty, ...]]:
        """Put a material breach on record with its duties and drafts.

        Raises:
            BreachError: unit, agreement or entry unknown; nothing concerned; determined in the future.
            NoticeError: a draft lacks a fact; nothing is on record. LogUnavailableError.
        """
        reporting = self._parties.find(unit)
        if reporting is None:
            raise BreachError("party-unknown", "the unit that reports is not known")
        if determined_at > self._clock.now():
            raise BreachError("determined-in-future", "a breach is determined before it is reported")
        named, cited = await self._concerned(agreements, entries)
        facts = BreachFacts(unit, determined_at, named, tuple(entries), people, what, measures)
        duties = self._reports(reporting, facts) + self._notices(reporting, facts, cited)
        due = tuple(ObligationDue(duty.code, unit, duty.due) for duty in duties)
        made = staff_submission(
            action="breach-determined",
            unit=unit,
            officer=officer,
            now=self._clock.now(),
            details={
                "agreements": [version.id for version in named],
                "entries": list(entries),
                "people": people,
                "what": what,
                "measures": measures,
                "notices": [notice_as_json(duty.notice) for duty in duties],
            },
            refers_to=entries[0] if entries else None,
        )
        first = named[0] if named else None
        entry = replace(
            made.entry,
            agreement=None if first is None else AgreementRef(first.id, first.version, first.digest),
            obligations=stated(due),
        )
        receipt = await put_on_record(self._log, replace(made, entry=entry, obligations=due))
        return receipt, duties

    async def _concerned(
        self, agreements: Sequence[str], entries: Sequence[int]
    ) -> tuple[tuple[AgreementVersion, ...], tuple[str, ...]]:
        """The agreements concerned, and the units that the entries name."""
        names = list(agreements)
        units: list[str] = []
        for index in entries:
            receipt = await self._entries.entry(index)
            if receipt is None:
                raise BreachError("entry-unknown", f"the log has no entry {index}")
            entry = Entry.from_bytes(receipt.entry)
            units += [one for one in (entry.custodian, entry.recipient) if one is not None]
            if entry.agreement is not None:
                names.append(entry.agreement.id)
        found = [self._agreements.find(name) for name in dict.fromkeys(names)]
        if None in found:
            raise BreachError("unknown-agreement", "an agreement concerned is not known")
        if not names and not units:
            raise BreachError("nothing-concerned", "name the agreement or the entries that the breach concerns")
        return tuple(version for version in found if version is not None), tuple(units)

    def _reports(self, reporting: Unit, facts: BreachFacts) -> tuple[Duty, ...]:
        on = facts.determined_at.date()
        due = [rule for rule in REPORTING if rule.regime in reporting.regimes and self._in_force(rule.provision, on)]
        return tuple(
            self._duty(REPORT, addressee, facts.determined_at + rule.within, facts, rule.provision)
            for rule in due
            for addressee in rule.addressees
        )

    def _notices(self, reporting: Unit, facts: BreachFacts, units: Sequence[str]) -> tuple[Duty, ...]:
        """One to every unit of another organization that is a party or that an entry names."""
        named = (*(unit for version in facts.agreements for unit in version.parties), *units)
        others = [unit for unit in dict.fromkeys(named) if not self._same(reporting, unit)]
        return tuple(self._duty(NOTICE, unit, facts.determined_at, facts, None) for unit in others)

    def _duty(self, code: str, addressee: str, due: datetime, facts: BreachFacts, provision: str | None) -> Duty:
        facts = replace(facts, addressee=addressee, provision=provision)
        return Duty(code, due, self._drafting.draft_breach(code, facts))

    def _same(self, reporting: Unit, unit: str) -> bool:
        known = self._parties.find(unit)
        return known is not None and known.organization == reporting.organization

    def _in_force(self, provision: str, on: date) -> bool:
        row = self._provisions.get(provision)
        if row is None:
            return False
        start, end = _day(row["effective"]["from"]), _day(row["effective"]["until"])
        return (start is None or start <= on) and (end is None or on < end)


def _day(value: object) -> date | None:
    return value if isinstance(value, date) or value is None else date.fromisoformat(str(value))
