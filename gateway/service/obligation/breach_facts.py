"""What is known of a breach, as its reports, notices and letters state it.

Invariant: what nobody knows yet is None, and is said to be not known yet rather than invented. Directive on Privacy
Practices App. B; FIPPA as amended by Bill 194. Does not: word anything (`gateway.adapters.letters`).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Final, Literal, Protocol

from audit.canonical import JsonValue
from gateway.domain.access_law import AccessLaw
from gateway.domain.agreement import AgreementVersion
from gateway.service.obligation.notices import Notice

REPORT: Final = "breach-report"
NOTICE: Final = "breach-notice"
LETTER: Final = "breach-letter"

PeopleTold = Literal["yes", "no", "later"]


@dataclass(frozen=True, slots=True)
class BreachAccount:
    """What the officer says of a breach; data, whatever it holds.

    people: how many are concerned. what, measures: for the institutions that are told, in words. kinds: which kinds of
    information, and harm: the assessment of harm, in words. occurred, discovered: days in Ottawa. contact: who answers.
    for_people: what happened and what was done, in words for the people concerned. `_fr` is the same in French, where
    it was given."""

    people: int
    what: str = field(repr=False)
    measures: str = field(repr=False)
    occurred: date | None = None
    discovered: date | None = None
    kinds: str | None = field(default=None, repr=False)
    kinds_fr: str | None = field(default=None, repr=False)
    harm: str | None = field(default=None, repr=False)
    people_told: PeopleTold | None = None
    contact: str | None = field(default=None, repr=False)
    for_people: str | None = field(default=None, repr=False)
    for_people_fr: str | None = field(default=None, repr=False)

    def as_json(self) -> Mapping[str, JsonValue]:
        """As the private part of the entry keeps it."""
        return {
            "people": self.people,
            "what": self.what,
            "measures": self.measures,
            "occurred": self.occurred.isoformat() if self.occurred else None,
            "discovered": self.discovered.isoformat() if self.discovered else None,
            "kinds": self.kinds,
            "kinds_fr": self.kinds_fr,
            "harm": self.harm,
            "people_told": self.people_told,
            "contact": self.contact,
            "for_people": self.for_people,
            "for_people_fr": self.for_people_fr,
        }


@dataclass(frozen=True, slots=True)
class BreachFacts:
    """What the drafts are made of. `determined_at` is aware; `entries` are those of the log that are concerned; `law`
    is the Act of the unit that reports; `addressee` a code; `provision` the one that demands the draft, if any."""

    unit: str
    determined_at: datetime
    agreements: tuple[AgreementVersion, ...]
    entries: tuple[int, ...]
    said: BreachAccount
    law: AccessLaw | None
    addressee: str = ""
    provision: str | None = None


class BreachDrafting(Protocol):
    def draft_breach(self, code: str, facts: BreachFacts) -> Notice:
        """The report, notice or letter to `facts.addressee`. Raises NoticeError."""
