"""The filters of the page of staff actions, as they stand in its address.

Invariant: an officer's name is never one of them; it is a look-up, which is a form. Does not: know what a code is
called.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, Final

from gateway.console.address_filters import AddressFilters, Columns, Pair, asked_by_name, read_address
from gateway.service.oversight.acts import ACT_KINDS
from gateway.service.projection.columns import Column

COLUMNS: Final[Columns] = {"action": Column.REASON, "unit": Column.REQUESTER}


@dataclass(frozen=True, slots=True)
class ActFilters(AddressFilters):
    """Of acts of staff alone."""

    columns: Columns = field(default_factory=lambda: COLUMNS)

    def arguments(self) -> dict[str, Any]:
        """For the calls on the projection."""
        where = {str(Column.KIND): list(ACT_KINDS), **self.where()}
        return {"where": where, **self.days(), "institution": self.own}


def read_act_filters(pairs: Iterable[Pair], own: str | None) -> tuple[ActFilters, list[Pair]]:
    """The filters, and what is wrong with the rest: a key of the words, and the field."""
    found, wrong = read_address(asked_by_name(pairs), COLUMNS, own)
    return ActFilters(COLUMNS, found.chosen, found.first, found.last, own), wrong
