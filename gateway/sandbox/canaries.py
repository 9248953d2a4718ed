"""Canaries: tokens planted in the values of a world that must never show up where they were not disclosed.

Every value of an identifier, sensitive, free-text or third-party element carries one where its type has room
(`cnry-` and twelve of a-z0-9, derived from the seed). A typed number (SIN, UCI, BN, permit, telephone, reference) has
no room: there the value itself is the canary. Yes/no, dates, amounts and codes of a closed list are too common to
search for and carry none.
"""

import random
import string
from collections.abc import Mapping
from dataclasses import dataclass, field

from audit.canonical import JsonValue
from gateway.domain.element import Element, RecordType, Sensitivity

PATTERN = r"cnry-[a-z0-9]{12}"
PLANTED_CLASSES = frozenset(
    {Sensitivity.IDENTIFIER, Sensitivity.SPECIAL, Sensitivity.FREE_TEXT, Sensitivity.THIRD_PARTY}
)
NUMBERS = frozenset(
    {
        "uci",
        "sin",
        "bn9",
        "bn15",
        "lmia-number",
        "permit-number",
        "application-number",
        "health-card",
        "phone",
        "reference",
    }
)
_ALPHABET = string.ascii_lowercase + string.digits
_PAIRS = [a + b for a in _ALPHABET for b in _ALPHABET]


@dataclass(slots=True)
class Canaries:
    """Makes tokens and remembers, for the first `listed` records of each type, where they are."""

    rng: random.Random
    listed: int
    found: list[tuple[str, str, str, str]] = field(default_factory=list)
    counts: dict[str, int] = field(default_factory=dict)

    def token(self) -> str:
        return "cnry-" + "".join(self.rng.choices(_PAIRS, k=6))

    def plant(self, record_type: RecordType, values: dict[str, JsonValue], always: bool = False) -> None:
        """Plants canaries in one record in place. `always` lists them whatever the number of records."""
        number = self.counts[record_type.id] = self.counts.get(record_type.id, 0) + 1
        listing = always or number <= self.listed
        for element in _planted(record_type):
            value = values.get(element.name)
            if value is None:
                continue
            if element.type in NUMBERS:
                canary = value
            else:
                canary = self._existing(value) or self.token()
                values[element.name] = _with_token(element.type, value, str(canary))
            if listing:
                self.found.append((str(canary), record_type.id, element.name, element.sensitivity.value))

    @property
    def complete(self) -> bool:
        return all(count <= self.listed for count in self.counts.values())

    def as_json(self) -> Mapping[str, JsonValue]:
        """For canaries.json. `complete` is False where a large world lists only its first records; the pattern finds
        the planted ones of all."""
        return {
            "pattern": PATTERN,
            "complete": self.complete,
            "canaries": [
                {"canary": canary, "record_type": record_type, "element": element, "class": sensitivity}
                for canary, record_type, element, sensitivity in self.found
            ],
        }

    @staticmethod
    def _existing(value: JsonValue) -> str | None:
        if isinstance(value, str) and (at := value.find("cnry-")) >= 0:
            return value[at : at + 17]
        return None


_CACHE: dict[int, tuple[RecordType, tuple[Element, ...]]] = {}
_ROOMY = frozenset({"text", "string", "address", "person-name", "email", "staff-id", "string-list"})


def _planted(record_type: RecordType) -> tuple[Element, ...]:
    cached = _CACHE.get(id(record_type))
    if cached is None or cached[0] is not record_type:
        elements = tuple(
            element
            for element in record_type.elements.values()
            if element.sensitivity in PLANTED_CLASSES and element.type in NUMBERS | _ROOMY and not element.options
        )
        cached = _CACHE[id(record_type)] = (record_type, elements)
    return cached[1]


def _with_token(kind: str, value: JsonValue, token: str) -> JsonValue:
    if isinstance(value, list | tuple):
        return [*value, token]
    if not isinstance(value, str) or token in value:
        return value
    match kind:
        case "person-name":
            given, _, family = value.partition(" ")
            return f"{given} {token} {family}" if family else f"{given} {token}"
        case "email":
            local, _, domain = value.partition("@")
            return f"{local}.{token}@{domain}"
        case "staff-id":
            return f"{value}.{token}"
        case _:
            return f"{value} ({token})"
