"""What needs somebody in the days to come, by date: what, for which agreement, what to do, and who would do it.

Invariant: the same rulebook and day give the same agenda; it names offices, never a person. Does not: remind anybody.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from gateway.domain.agreement import AgreementVersion
from gateway.domain.party import Parties
from gateway.service.review.foreseen import foreseen
from gateway.service.rulebook.finding import Finding, Severity
from gateway.service.words.sentences import Lang


@dataclass(frozen=True, slots=True)
class Office:
    """An office of a unit, in words of both languages."""

    unit: str
    role: Mapping[str, str]
    of: Mapping[str, str]

    def called(self, lang: Lang) -> str:
        return f"{self.role[lang]} ({self.of[lang]})"


@dataclass(frozen=True, slots=True)
class AgendaItem:
    """One thing to do. `day` may have passed."""

    day: date
    agreement: str
    title: Mapping[str, str]
    finding: Finding
    who: tuple[Office, ...]

    @property
    def severity(self) -> Severity:
        return self.finding.severity


def agenda(
    agreements: Sequence[AgreementVersion],
    authorities: Mapping[str, Mapping[str, Any]],
    data: Mapping[str, Any],
    parties: Parties,
    today: date,
    days: int,
) -> list[AgendaItem]:
    """What is due until `days` from `today`, and what is overdue, by day."""
    versions = {version.id: version for version in agreements}
    items = []
    for one in foreseen(agreements, authorities, data, today):
        if one.day > today + timedelta(days=days):
            continue
        version = versions[one.agreement]
        file = f"isa/{version.id}.yaml"
        finding = Finding(file, 1, one.code, one.path, one.facts, one.day)
        who = _who(version, parties, one.unit)
        items.append(AgendaItem(one.day, version.id, version.document["title"], finding, who))
    return sorted(items, key=lambda item: (item.day, item.finding.order, item.agreement))


def _who(version: AgreementVersion, parties: Parties, unit: str | None) -> tuple[Office, ...]:
    """The contacts of the agreement; where one unit is concerned, those of its institution, if there are any."""
    contacts = version.document["governance"]["contacts"]
    offices = [(parties.find(contact["unit"]), contact["role"]) for contact in contacts]
    known = [(home, role) for home, role in offices if home is not None]
    concerned = parties.find(unit) if unit is not None else None
    own = [(home, role) for home, role in known if concerned and home.organization == concerned.organization]
    return tuple(Office(str(home.id), role, {"en": home.name_en, "fr": home.name_fr}) for home, role in own or known)
