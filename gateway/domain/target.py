"""What a request asks about: one record or person by an identifier, or a page of a list.

Identifiers are personal: they stay out of representations, and nothing here may be logged. Does not: know how a scheme
is spelt (`gateway.domain.identifiers`).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from audit.quick import quick


class Cardinality(StrEnum):
    SINGLE = "single"
    LIST = "list"


@quick
@dataclass(frozen=True, slots=True)
class SubjectIdentifier:
    """Names the one record or person asked about: an identifier scheme of the catalogue and a value in it."""

    scheme: str = field(repr=False)
    value: str = field(repr=False)


def separate_file(subject: SubjectIdentifier) -> SubjectIdentifier:
    """Where what must not tip a person off is filed: under a key and a token of its own, which their own account does
    not look at (Privacy Act 8(4), 9(2), 22)."""
    return SubjectIdentifier(f"apart:{subject.scheme}", subject.value)


@dataclass(frozen=True, slots=True)
class ListQuery:
    """A page of a list: exact-match filter by element, at most `limit` records after `cursor` (opaque)."""

    filter: Mapping[str, str] = field(repr=False)
    limit: int
    cursor: str | None = field(repr=False)
