"""A flag: something out of the ordinary, with its figures and the entries that it is about.

Invariant: a flag names units, elements, days and keyed tokens, never a person; the same thing seen again is the same
flag, by its id. A flag blocks nothing. Does not: word anything (`gateway.service.flags.words`).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from hashlib import sha256
from typing import Any, Final

from audit import canonical

MOST_LISTED: Final = 50


class FlagKind(StrEnum):
    VOLUME = "volume"
    AFTER_HOURS = "after-hours"
    ONE_CASE = "one-case"
    NEW_ELEMENT = "new-element"
    CLOSED_CASE = "closed-case"
    REFUSALS = "refusals"
    ONE_OFFICER = "one-officer"


@dataclass(frozen=True, slots=True)
class Flag:
    """`institution` is whose flag it is; `partner` the unit that asked (None where several did); `token` stands for the
    case or officer; `day` is Ottawa's, of the last entry for a case. `figures` fill the words, counts of requests and
    what is usual. `entries` are some of the entries, where they are known one by one."""

    kind: FlagKind
    institution: str
    partner: str | None
    day: date
    figures: Mapping[str, float]
    first_index: int
    last_index: int
    element: str | None = None
    token: str | None = field(default=None, repr=False)
    entries: tuple[int, ...] = ()

    @property
    def id(self) -> str:
        """A case is one flag for as long as it is asked about; everything else is one flag for each day."""
        day = None if self.kind is FlagKind.ONE_CASE else self.day.isoformat()
        of = [self.kind.value, self.institution, self.partner, self.element, self.token, day]
        return f"f-{sha256(canonical.encode({'of': list(of)})).hexdigest()[:24]}"

    @property
    def group(self) -> str:
        """What it belongs to, for a list: the partner, or what the token stands for."""
        return "case" if self.kind is FlagKind.ONE_CASE else "officer" if self.token else "partner"

    def as_json(self) -> dict[str, Any]:
        """For a staff call. A token is shortened to what tells two of them apart."""
        return {
            "flag": self.id,
            "kind": self.kind.value,
            "institution": self.institution,
            "group": self.group,
            "partner": self.partner,
            "token": None if self.token is None else self.token[:8],
            "element": self.element,
            "day": self.day.isoformat(),
            "figures": dict(self.figures),
            "first_index": self.first_index,
            "last_index": self.last_index,
            "entries": list(self.entries),
        }
