"""The filters of the log's page, as they stand in its address.

Invariant: an officer's filters are kept to their institution, whatever the address says. Does not: know what a code is
called.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from gateway.console.address_filters import AddressFilters, Columns, Pair, asked_by_name, is_code_of, read_address
from gateway.service.projection.columns import Column

COLUMNS: Final[Columns] = {
    "outcome": Column.KIND,
    "requester": Column.REQUESTER_ORGANIZATION,
    "recipient": Column.RECIPIENT_ORGANIZATION,
    "custodian": Column.CUSTODIAN_ORGANIZATION,
    "purpose": Column.PURPOSE,
    "ground": Column.GROUND,
    "agreement": Column.AGREEMENT,
    "clause": Column.CLAUSE,
    "type": Column.RECORD_TYPE,
    "element": Column.ELEMENT,
}
INSTITUTION: Final = "institution"


@dataclass(frozen=True, slots=True)
class Filters(AddressFilters):
    """`institution` is one chosen by whoever sees all."""

    columns: Columns = field(default_factory=lambda: COLUMNS)
    institution: str | None = None

    @property
    def narrows(self) -> bool:
        return bool(self.chosen or self.first or self.last or self.institution)

    def arguments(self) -> dict[str, Any]:
        """For the calls on the projection."""
        return {"where": self.where(), **self.days(), "institution": self.own or self.institution}

    def more_pairs(self) -> list[Pair]:
        return [(INSTITUTION, self.institution)] if self.institution else []


def read_filters(pairs: Iterable[Pair], own: str | None) -> tuple[Filters, list[Pair]]:
    """The filters, and what is wrong with the rest: a key of the words, and the field."""
    asked: Mapping[str, list[str]] = asked_by_name(pairs)
    found, wrong = read_address(asked, COLUMNS, own)
    institution = None
    if own is None and (said := asked.get(INSTITUTION)):
        institution = said[-1] if is_code_of(Column.REQUESTER, said[-1]) else None
        if institution is None:
            wrong.append(("filter-wrong", INSTITUTION))
    return Filters(COLUMNS, found.chosen, found.first, found.last, own, institution), wrong
