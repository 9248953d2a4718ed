"""The deny-list of one record: what scrubbing must not leave in its free text.

Made of the values of the record's own identifiers and third-party elements (sensitivity `ID` and `TP`). Elements whose
type names nobody (codes, dates, yes or no) are left out: a reporter's role `WORKER` is not a name, and would take the
word "worker" out of every note. Third parties kept as free text are cut into entries; of a sentence only the
capitalised words are taken.
Invariant: every value of a naming type is in the list. Does not search any text: that is the Scrubber's part.
"""

import re
from collections.abc import Iterable, Iterator, Mapping

from audit.canonical import JsonValue
from gateway.domain.element import Element, Sensitivity
from gateway.domain.value import ElementType

NAMING = frozenset((Sensitivity.IDENTIFIER, Sensitivity.THIRD_PARTY))
MAX_ENTRY_WORDS = 6

_NAMELESS = frozenset(
    (
        ElementType.BOOLEAN,
        ElementType.CODE,
        ElementType.COUNTRY,
        ElementType.DATE,
        ElementType.DATETIME,
        ElementType.DECIMAL,
        ElementType.ENUM,
        ElementType.INTEGER,
        ElementType.NOC,
        ElementType.PROVINCE,
    )
)
_CUT = re.compile(r"[;\n|•]+")
_CAPITALISED = re.compile(r"[^\W\d_]+(?:['’.\-][^\W\d_]+)*")


def naming_elements(elements: Iterable[Element]) -> Iterator[Element]:
    """The elements whose values belong on the deny-list."""
    return (element for element in elements if element.sensitivity in NAMING and element.type not in _NAMELESS)


def denied_names(elements: Iterable[Element], values: Mapping[str, JsonValue]) -> tuple[str, ...]:
    """The entries of one record, each once, in order of the elements. Null and absent values give none."""
    entries: dict[str, None] = {}
    for element in naming_elements(elements):
        value = values.get(element.name)
        items = value if isinstance(value, list | tuple) else (value,)
        for item in items:
            if isinstance(item, str):
                entries.update(dict.fromkeys(_entries(element, item)))
    return tuple(entries)


def _entries(element: Element, value: str) -> Iterator[str]:
    if element.type != ElementType.TEXT:
        yield value
        return
    for part in _CUT.split(value):
        words = part.split()
        if 0 < len(words) <= MAX_ENTRY_WORDS:
            yield " ".join(words)
        else:
            yield from (word for word in _CAPITALISED.findall(part) if word[0].isupper())
