"""A material breach: who has to be told by when, and the drafts, on record in one entry.

Invariant: from the determination that a breach is material, the clock of every report runs in the entry that states it:
seven days to the Privacy Commissioner and the Treasury Board Secretariat (Directive on Privacy Practices, App. B; PIN
2024-02); on the day of the entry to every other party of the agreements concerned, and to Ontario's commissioner and
the people concerned where the regime is Ontario's and the provision is in force (FIPPA as amended by Bill 194, MFIPPA
by Bill 97). What happened is in the private part only. Does not: judge whether a breach is material, or send anything.
"""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, Final, Protocol

from audit.entry import AgreementRef, Authorities, Entry
from audit.vocabulary import format_time
from gateway.domain.access_law import access_law
from gateway.domain.actor import Actor
from gateway.domain.agreement import AgreementVersion
from gateway.domain.due import OTTAWA, end_of_day, legal_day
from gateway.domain.errors import GatewayError
from gateway.domain.party import Parties, Unit
from gateway.domain.submission import ObligationDue, Receipt
from gateway.service.log.staff_action import put_on_record, staff_submission
from gateway.service.obligation.breach_facts import LETTER, NOTICE, REPORT, BreachAccount, BreachDrafting, BreachFacts
from gateway.service.obligation.due import stated
from gateway.service.obligation.notices import Notice, notice_as_json
from gateway.service.ports import AgreementArchive, Clock, DisclosureLog

PEOPLE: Final = "people-concerned"


class BreachError(GatewayError):
    """A breach report that cannot be made; `code` says why."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


@dataclass(frozen=True, slots=True)
class Reporting:
    """A provision that demands reports: under which regime, to whom, within how many days of the determination (0: on
    the day of the entry), and whether the people concerned are told. When it is in force (half-open, UTC) is in the
    register."""

    provision: str
    regime: str
    addressees: tuple[str, ...]
    days: int
    tells_people: bool


REPORTING: Final = (
    Reporting("TBS-BREACH", "privacy-act", ("privacy-commissioner", "tbs"), 7, tells_people=False),
    Reporting("FIPPA-B194", "fippa", ("ipc-ontario",), 0, tells_people=True),
    Reporting("MF-B97", "mfippa", ("ipc-ontario",), 0, tells_people=True),
)


class Agreements(Protocol):
    def find(self, agreement: str) -> AgreementVersion | None: ...


class Entries(Protocol):
    async def entry(self, entry_index: int) -> Receipt | None:
        """Raises LogUnavailableError."""


@dataclass(frozen=True, slots=True)
class Duty:
    """One report, notice or letter of a breach with its due time (UTC)."""

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
        archive: AgreementArchive,
        entries: Entries,
        log: DisclosureLog,
        clock: Clock,
    ) -> None:
        self._parties = parties
        self._agreements = agreements
        self._archive = archive
        self._provisions = provisions
        self._drafting = drafting
        self._entries = entries
        self._log = log
        self._clock = clock

    async def __call__(
        self,
        *,
        actor: Actor,
        determined_at: datetime,
        said: BreachAccount,
        agreements: Sequence[str] = (),
        entries: Sequence[int] = (),
    ) -> tuple[Receipt, tuple[Duty, ...]]:
        """Put a material breach on record with its duties and drafts.

        Raises:
            BreachError: unit, agreement or entry unknown; nothing concerned; dates that cannot be.
            NoticeError: a draft lacks a fact; nothing is on record. LogUnavailableError.
        """
        now = self._clock.now()
        reporting = self._parties.find(actor.unit)
        if reporting is None:
            raise BreachError("party-unknown", "unit: the unit that reports is not known")
        _check_dates(said, determined_at, now)
        named, cited = await self._concerned(agreements, entries)
        facts = BreachFacts(actor.unit, determined_at, named, tuple(entries), said, access_law(reporting))
        duties = self._reports(reporting, facts, now) + self._notices(reporting, facts, cited, now)
        due = tuple(ObligationDue(duty.code, actor.unit, duty.due) for duty in duties)
        made = staff_submission(
            action="breach-determined",
            actor=actor,
            now=now,
            details={
                "agreements": [version.id for version in named],
                "entries": list(entries),
                "determined_at": format_time(determined_at),
                **said.as_json(),
                "notices": [notice_as_json(duty.notice) for duty in duties],
                "duties_on": [duty.on for duty in due],
            },
            refers_to=entries[0] if entries else None,
        )
        first = named[0] if named else None
        demanded = dict.fromkeys(duty.notice.provision for duty in duties if duty.notice.provision)
        entry = replace(
            made.entry,
            agreement=None if first is None else AgreementRef(first.id, first.version, first.digest),
            authorities=Authorities(tuple(demanded)),
            obligations=stated(due),
        )
        receipt = await put_on_record(self._log, replace(made, entry=entry, obligations=due), "the breach")
        return receipt, duties

    async def _concerned(
        self, agreements: Sequence[str], entries: Sequence[int]
    ) -> tuple[tuple[AgreementVersion, ...], tuple[str, ...]]:
        """The agreements concerned, and the units that the entries name.

        An entry's agreement that was withdrawn since is read as it was: its breaches have to be reported all the same.
        """
        named = {name: self._agreements.find(name) for name in agreements}
        units: list[str] = []
        for index in entries:
            receipt = await self._entries.entry(index)
            if receipt is None:
                raise BreachError("entry-unknown", f"entry: the log has no entry {index}")
            entry = Entry.from_bytes(receipt.entry)
            units += [one for one in (entry.custodian, entry.recipient) if one is not None]
            if entry.agreement is not None:
                cited = entry.agreement
                found = named.get(cited.id) or self._agreements.find(cited.id)
                named[cited.id] = found or await asyncio.to_thread(self._archive.version, cited.digest)
        if None in named.values():
            message = "agreement: not known; of one that was withdrawn, name the entries concerned (--entry)"
            raise BreachError("unknown-agreement", message)
        if not named and not units:
            raise BreachError("nothing-concerned", "name the agreement or the entries that the breach concerns")
        return tuple(version for version in named.values() if version is not None), tuple(units)

    def _reports(self, reporting: Unit, facts: BreachFacts, now: datetime) -> tuple[Duty, ...]:
        on, said = legal_day(facts.determined_at), facts.said
        rules = [rule for rule in REPORTING if rule.regime in reporting.regimes and self._in_force(rule.provision, on)]
        made = [
            self._duty(REPORT, addressee, end_of_day(facts.determined_at if rule.days else now, rule.days), facts,
                       rule.provision)
            for rule in rules
            for addressee in rule.addressees
        ]  # fmt: skip
        demanding = next((rule.provision for rule in rules if rule.tells_people), None)
        if said.for_people is not None:
            made.append(self._duty(LETTER, PEOPLE, end_of_day(now, 0), facts, demanding))
        elif demanding is not None and said.people_told != "yes":
            raise BreachError(
                "letter-missing",
                "for-people: the people concerned have to be told; give the text of their letter, or say that they "
                "were told (people-told)",
            )
        return tuple(made)

    def _notices(self, reporting: Unit, facts: BreachFacts, units: Sequence[str], now: datetime) -> tuple[Duty, ...]:
        """One to every unit of another organization that is a party or that an entry names."""
        named = (*(unit for version in facts.agreements for unit in version.parties), *units)
        others = [unit for unit in dict.fromkeys(named) if not self._same(reporting, unit)]
        return tuple(self._duty(NOTICE, unit, end_of_day(now, 0), facts, None) for unit in others)

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


def _check_dates(said: BreachAccount, determined_at: datetime, now: datetime) -> None:
    """A breach occurs, is discovered, is determined to be material and is put on record, in this order.

    Raises BreachError with the option that is wrong."""
    if determined_at > now:
        raise BreachError("determined-in-future", "determined: a breach is determined before it is reported")
    discovered_by = said.discovered or determined_at.astimezone(OTTAWA).date()
    if discovered_by > determined_at.astimezone(OTTAWA).date():
        raise BreachError("dates-out-of-order", "discovered: a breach is discovered before it is determined")
    if said.occurred is not None and said.occurred > discovered_by:
        raise BreachError("dates-out-of-order", "occurred: a breach occurs before it is discovered")


def _day(value: object) -> date | None:
    return value if isinstance(value, date) or value is None else date.fromisoformat(str(value))
