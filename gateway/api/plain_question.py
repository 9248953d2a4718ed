"""The usual question, read without the general model: one record, under an agreement.

Invariant: what is read here is what `gateway.api.wire.DisclosureBody` would have read of the same members, value for
value; for everything else, right or wrong, it reads nothing and the model is asked. So the model alone refuses, and
says where. Does not: parse (`gateway.api.strict_json`), or know whether a name means something.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, Final

from audit.quick import quick
from gateway.api.wire import MAX_ELEMENTS
from gateway.domain.free_text import is_readable
from gateway.domain.target import SubjectIdentifier

_ALWAYS: Final = frozenset({"purpose", "record_type", "elements", "subject"})
_MEMBERS: Final = _ALWAYS | {"agreement", "case_reference", "acting_officer", "recipient", "list", "ground"}
_SUBJECT: Final = frozenset({"scheme", "value"})
_CODE: Final = re.compile(r"[a-z0-9][a-z0-9-]{0,63}")
_ELEMENT: Final = re.compile(r"[a-z][a-z0-9_]{0,63}")
_LONGEST: Final = 200


@quick
@dataclass(frozen=True, slots=True)
class PlainQuestion:
    """Named as the members of the model. As there, nothing of what a caller sent is in its representation."""

    purpose: str = field(repr=False)
    record_type: str = field(repr=False)
    elements: list[str] = field(repr=False)
    subject: SubjectIdentifier
    agreement: str | None = field(repr=False)
    case_reference: str | None = field(repr=False)
    acting_officer: str | None = field(repr=False)
    recipient: str | None = field(repr=False)
    list: None = None
    ground: None = None


def read_plain(members: Mapping[str, Any]) -> PlainQuestion | None:
    """The question, or None where the model has to be asked."""
    if not _ALWAYS <= members.keys() <= _MEMBERS:
        return None
    if members.get("list") is not None or members.get("ground") is not None:
        return None
    subject, elements = members["subject"], members["elements"]
    if type(subject) is not dict or subject.keys() != _SUBJECT or type(elements) is not list:
        return None
    if not 1 <= len(elements) <= MAX_ELEMENTS or not all(map(_is_element, elements)):
        return None
    agreement, recipient = members.get("agreement"), members.get("recipient")
    case_reference, acting_officer = members.get("case_reference"), members.get("acting_officer")
    if (
        len(set(elements)) == len(elements)
        and _is_code(members["purpose"])
        and _is_code(members["record_type"])
        and _is_code(subject["scheme"])
        and (agreement is None or _is_code(agreement))
        and (recipient is None or _is_code(recipient))
        and _is_value(subject["value"])
        and (case_reference is None or _is_value(case_reference))
        and (acting_officer is None or _is_value(acting_officer))
    ):
        return PlainQuestion(
            *(members["purpose"], members["record_type"], elements),
            SubjectIdentifier(subject["scheme"], subject["value"]),
            *(agreement, case_reference, acting_officer, recipient),
        )
    return None


def _is_code(value: object) -> bool:
    return type(value) is str and _fits(_CODE, value)


def _is_element(value: object) -> bool:
    return type(value) is str and _fits(_ELEMENT, value)


# The same few names come again and again.
@lru_cache(maxsize=4096)
def _fits(pattern: re.Pattern[str], text: str) -> bool:
    return len(text) <= _LONGEST and pattern.fullmatch(text) is not None


def _is_value(value: object) -> bool:
    return type(value) is str and 1 <= len(value) <= _LONGEST and is_readable(value)
