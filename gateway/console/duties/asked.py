"""What somebody asks of the list of duties: in its address, or in the hidden fields of the form that says several done.

Invariant: codes and numbers of pages alone; what is no code is as if it were not there. Does not: say whose duties.
"""

from dataclasses import dataclass, replace
from typing import Final
from urllib.parse import urlencode

from audit.vocabulary import is_identifier
from gateway.console.visit import Visit
from gateway.service.obligation.agenda import DATED, SLOTS

OPEN: Final = "open"
PAGE: Final = 50
_MOST_PAGES: Final = 10_000


@dataclass(frozen=True, slots=True)
class Asked:
    """`when` is a slot, or `open`: all that have a day and are not done. `everything` ticks all that are shown."""

    when: str = OPEN
    kind: str = ""
    unit: str = ""
    institution: str = ""
    page: int = 1
    everything: bool = False

    @property
    def slots(self) -> tuple[str, ...]:
        return DATED if self.when == OPEN else (self.when,)

    @property
    def skip(self) -> int:
        return (self.page - 1) * PAGE

    def pairs(self) -> list[tuple[str, str]]:
        """What is not as usual."""
        found = [("when", self.when if self.when != OPEN else ""), ("kind", self.kind), ("unit", self.unit)]
        found += [("institution", self.institution), ("page", str(self.page) if self.page > 1 else "")]
        return [(name, value) for name, value in found if value]

    def query(self, *, when: str | None = None, page: int = 1, everything: bool = False) -> str:
        """The same of another slot or page, as the end of an address."""
        pairs = replace(self, when=when or self.when, page=page).pairs()
        pairs += [("all", "1")] if everything else []
        return f"?{urlencode(pairs)}" if pairs else ""


def read_asked(visit: Visit) -> Asked:
    """From the form where one was sent, else from the address."""

    def said(name: str) -> str:
        return visit.typed.get(name) if visit.typed.sent else visit.asked(name)

    def code(name: str) -> str:
        found = said(name)
        return found if is_identifier(found) else ""

    when, page = said("when"), said("page")
    return Asked(
        when=when if when in SLOTS else OPEN,
        kind=code("kind"),
        unit=code("unit"),
        institution=code("institution"),
        page=max(1, min(int(page), _MOST_PAGES)) if page.isascii() and page.isdecimal() and len(page) < 6 else 1,
        everything=said("all") == "1",
    )
