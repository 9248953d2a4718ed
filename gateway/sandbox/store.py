"""Where the records of a world go while it is made: filled, planted with canaries, written, counted, remembered.

Invariant: a record is written once, whole and in the catalogue's order; one whose type the catalogue does not have is
left out, so that a world fits the deployment it is made for. Does not decide what a record says.
"""

import random
from collections.abc import Mapping
from dataclasses import dataclass, field

from audit.canonical import JsonValue
from gateway.domain.element import RecordType
from gateway.sandbox.canaries import Canaries
from gateway.sandbox.filling import Filler
from gateway.sandbox.writing import TableWriter

Values = dict[str, JsonValue]
Landmarks = Mapping[str, Mapping[str, str]]


@dataclass(slots=True)
class Store:
    """`counts` is records by record type; `landmarks` is record type, identifier scheme and value by situation."""

    rng: random.Random
    canaries: Canaries
    types: Mapping[str, RecordType]
    writers: Mapping[str, TableWriter]
    fillers: Mapping[str, Filler]
    counts: dict[str, int] = field(default_factory=dict)
    landmarks: dict[str, dict[str, str]] = field(default_factory=dict)

    def add(self, record_type: str, values: Values, *, landmark: bool = False) -> None:
        """Writes a record; what `values` leaves open is filled. The canaries of a landmark are always listed."""
        if record_type not in self.types:
            return
        full = self.fillers[record_type].fill(self.rng, values)
        self.canaries.plant(self.types[record_type], full, always=landmark)
        self.writers[record_type].add(full)
        self.counts[record_type] = self.counts.get(record_type, 0) + 1

    def mark(self, name: str, record_type: str, scheme: str, value: JsonValue) -> None:
        """Remembers the record of a situation, under the identifier that finds it."""
        self.landmarks[name] = {"record_type": record_type, "scheme": scheme, "value": str(value)}
