"""What a source gave: a record, or a page of records, as the gateway read it.

Values are personal: they stay out of representations. Does not: believe any of it
(`gateway.service.disclosure.source_check`), or say what of it may leave.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from audit.canonical import JsonValue
from audit.quick import quick


@quick
@dataclass(frozen=True, slots=True)
class SourceRecord:
    """One record as its source gave it: `reference` is the source's own id of it (private), `values` by element.

    Decimals are strings, dates ISO 8601 strings; no floats (they have no canonical encoding). `unfit` are elements
    whose value cannot be brought into the form of its type; they have no value here. `found_by` are the values the
    record was looked up by, empty for a page; `provenance` is what the record itself says of its custodian, program or
    regime."""

    reference: str = field(repr=False)
    values: Mapping[str, JsonValue] = field(repr=False)
    unfit: frozenset[str] = frozenset()
    found_by: tuple[JsonValue, ...] = field(default=(), repr=False)
    provenance: Mapping[str, JsonValue] = field(default_factory=dict, repr=False)


@dataclass(frozen=True, slots=True)
class SourcePage:
    """A page of a list; `next_cursor` is None on the last one."""

    records: tuple[SourceRecord, ...]
    next_cursor: str | None = field(repr=False)
