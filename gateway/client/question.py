"""What a partner asks: one question, and its JSON body for `POST /v1/disclosures`.

Invariant: a question is about one subject or about one page of a list, never both; what identifies a person is
left out of its representation.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Question:
    """One question: about a subject (`scheme` and `value`), or a page of a list (`filter`, possibly empty).

    `ground` is the form of a ground other than an agreement, with its `kind` (docs/grounds.md)."""

    agreement: str | None
    purpose: str
    record_type: str
    elements: Sequence[str]
    scheme: str | None = None
    value: str | None = field(default=None, repr=False)
    filter: Mapping[str, str] | None = field(default=None, repr=False)
    limit: int = 50
    cursor: str | None = field(default=None, repr=False)
    case_reference: str | None = field(default=None, repr=False)
    acting_officer: str | None = field(default=None, repr=False)
    recipient: str | None = None
    ground: Mapping[str, Any] | None = field(default=None, repr=False)

    def body(self) -> bytes:
        """The JSON body, UTF-8. Raises ValueError unless it asks about exactly one of subject and list."""
        if (self.scheme is None) == (self.filter is None) or (self.scheme is None) != (self.value is None):
            raise ValueError("a question has either scheme and value, or a filter")
        target: dict[str, Any] = {"subject": {"scheme": self.scheme, "value": self.value}}
        if self.filter is not None:
            target = {"list": {"filter": dict(self.filter), "limit": self.limit, "cursor": self.cursor}}
        members = {
            "agreement": self.agreement,
            "purpose": self.purpose,
            "record_type": self.record_type,
            "elements": list(self.elements),
            **target,
            "case_reference": self.case_reference,
            "acting_officer": self.acting_officer,
            "recipient": self.recipient,
            "ground": dict(self.ground) if self.ground is not None else None,
        }
        return json.dumps(members, ensure_ascii=False, separators=(",", ":")).encode()
