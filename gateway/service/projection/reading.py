"""Reading the projection of the log, as Protocols for use cases, staff calls and the console.

Invariant: an answer says up to which entry it holds; it is never authoritative, and nothing is decided or granted by
it. Does not: build the projection (`gateway.adapters.projection`).
"""

from collections.abc import Iterator, Sequence
from typing import Protocol

from gateway.domain.errors import GatewayError
from gateway.service.projection.columns import Column
from gateway.service.projection.questions import USUAL_GROUPS, USUAL_PAGE, Question
from gateway.service.projection.rows import Counted, Groups, Page, PatternSum, Row, Standing


class ProjectionError(GatewayError):
    """The projection cannot be read or built; the log itself is not concerned."""

    code = "projection-unavailable"


class Projection(Protocol):
    """Every method raises ProjectionError."""

    async def page(self, question: Question, *, before: int | None = None, limit: int = USUAL_PAGE) -> Page:
        """Entries newest first; `before` is that of the page before, whose entries are not repeated."""

    async def count(self, question: Question) -> Counted:
        """How many entries."""

    async def group(self, question: Question, by: Sequence[Column], *, limit: int = USUAL_GROUPS) -> Groups:
        """Entries by the values of one or two columns. Where the question names a list or an element, only what it
        names is grouped, not what else the same entries name. The values that a column has are its groups."""


class Patterns(Protocol):
    """Raises ProjectionError."""

    async def patterns(self, question: Question) -> Sequence[PatternSum]:
        """Every pattern with its counts: what coverage, comparison and simulation work from."""


class Follower(Protocol):
    """Raises ProjectionError."""

    async def standing(self) -> Standing:
        """How far it is."""

    async def rebuild(self) -> Standing:
        """Begin anew from the first entry; whoever follows goes on from there. How far it is now: at nothing."""

    async def advance(self, most: int) -> Standing:
        """Read at most so many entries further, where nobody else is doing it; how far it is then."""


class Rows(Protocol):
    """Raises ProjectionError."""

    def rows(self, question: Question, until: int) -> Iterator[Sequence[Row]]:
        """Every entry below index `until`, oldest first, some thousands at a time. Blocks."""
