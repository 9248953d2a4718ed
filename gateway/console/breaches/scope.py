"""What a breach concerns, as its form asks: a window of days, and a recipient, an agreement or a key.

Invariant: days and codes alone, so it may stand in an address. Does not: count (the staff call does).
"""

import re
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import urlencode

from audit.vocabulary import is_identifier
from gateway.console.visit import Visit

_KEY: Final = re.compile(r"[A-Za-z0-9_-]{43}")
_DAY: Final = re.compile(r"\d{4}-\d{2}-\d{2}")


@dataclass(frozen=True, slots=True)
class ScopeAsked:
    """`first` and `last` are days as they were typed, or nothing."""

    first: str = ""
    last: str = ""
    recipient: str = ""
    agreement: str = ""
    key: str = ""

    @property
    def complete(self) -> bool:
        return bool(self.first and self.last)

    def arguments(self) -> dict[str, Any]:
        """For the calls about it."""
        return {
            "first": self.first,
            "last": self.last,
            "recipient": self.recipient or None,
            "agreement": self.agreement or None,
            "keyid": self.key or None,
        }

    def pairs(self) -> list[tuple[str, str]]:
        """As fields of a form or members of an address."""
        found = [("from", self.first), ("to", self.last), ("recipient", self.recipient)]
        found += [("agreement", self.agreement), ("key", self.key)]
        return [(name, value) for name, value in found if value]

    def query(self) -> str:
        return f"?{urlencode(self.pairs())}" if self.pairs() else ""


def read_scope(visit: Visit) -> ScopeAsked:
    """From the form where one was sent, else from the address; what is no code is as if it were not there."""

    def said(name: str) -> str:
        return (visit.typed.get(name) if visit.typed.sent else visit.asked(name)).strip()

    def day(name: str) -> str:
        return said(name) if _DAY.fullmatch(said(name)) else ""

    def code(name: str) -> str:
        return said(name) if is_identifier(said(name)) else ""

    key = said("key") if _KEY.fullmatch(said("key")) else ""
    return ScopeAsked(day("from"), day("to"), code("recipient"), code("agreement"), key)
