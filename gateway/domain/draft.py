"""A draft: changes to documents of the rulebook that somebody writes, another approves, and that are then published.

Invariants: an approval is given to one digest, which covers every document of the draft and what each of them replaces;
any change makes another digest, so that it voids every approval; nobody approves what they wrote. A person is kept as a
token (a keyed digest), never by name. Does not: hold documents, or know whether they fit together.
"""

import base64
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType
from typing import Any, Final

from audit.canonical import JsonValue, encode
from audit.vocabulary import format_time, parse_time

DRAFT: Final = "draft"
"""Kind of the state record."""


class DraftState(StrEnum):
    """Where a draft stands on its way."""

    DRAFT = "draft"
    IN_REVIEW = "in-review"
    APPROVED = "approved"
    SCHEDULED = "scheduled"
    PUBLISHED = "published"
    WITHDRAWN = "withdrawn"


OPEN_DRAFTS: Final = frozenset({DraftState.DRAFT, DraftState.IN_REVIEW, DraftState.APPROVED, DraftState.SCHEDULED})
EDITABLE: Final = frozenset({DraftState.DRAFT, DraftState.IN_REVIEW, DraftState.APPROVED})


@dataclass(frozen=True, slots=True)
class Approval:
    """Given by `by` (a token), who acts for `unit` of `organization` in the office named, to exactly `digest`."""

    by: str
    unit: str
    organization: str
    office: str
    digest: str
    at: str

    def as_json(self) -> dict[str, JsonValue]:
        return {
            "by": self.by,
            "unit": self.unit,
            "organization": self.organization,
            "office": self.office,
            "digest": self.digest,
            "at": self.at,
        }


@dataclass(frozen=True, slots=True)
class Draft:
    """`files` are the digests of the documents by path, None where the document goes; `base` those each replaces, None
    where it is new; `authors` everybody who changed it; `touched` the revision in which each path was last changed, so
    that an editor who saw an earlier one can be told what differs. `publish_at` is UTC, for a scheduled one."""

    id: str
    revision: int
    state: DraftState
    unit: str
    files: Mapping[str, str | None]
    base: Mapping[str, str | None]
    authors: tuple[str, ...]
    approvals: tuple[Approval, ...] = ()
    publish_at: datetime | None = None
    touched: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))
    entry_index: int | None = field(default=None, compare=False)

    @property
    def digest(self) -> str:
        """SHA-256 of the canonical JSON of documents and what they replace, base64url without padding."""
        content = encode({"files": dict(self.files), "base": dict(self.base)})
        return base64.urlsafe_b64encode(hashlib.sha256(content).digest()).rstrip(b"=").decode("ascii")

    @property
    def standing_approvals(self) -> tuple[Approval, ...]:
        """The approvals given to what the draft is now."""
        return tuple(approval for approval in self.approvals if approval.digest == self.digest)

    def changed_since(self, revision: int) -> tuple[str, ...]:
        """The paths that were changed after this revision, sorted; none where only its state was."""
        return tuple(sorted(path for path, at in self.touched.items() if at > revision))

    def as_json(self) -> dict[str, JsonValue]:
        """As the state record keeps it."""
        return {
            "unit": self.unit,
            "files": dict(self.files),
            "base": dict(self.base),
            "authors": list(self.authors),
            "approvals": [approval.as_json() for approval in self.approvals],
            "publish_at": None if self.publish_at is None else format_time(self.publish_at),
            "touched": dict(self.touched),
        }

    @classmethod
    def from_json(
        cls, draft_id: str, state: str, body: Mapping[str, Any], *, revision: int, entry_index: int | None
    ) -> "Draft":
        return cls(
            id=draft_id,
            revision=revision,
            state=DraftState(state),
            unit=body["unit"],
            files=dict(body["files"]),
            base=dict(body["base"]),
            authors=tuple(body["authors"]),
            approvals=tuple(Approval(**approval) for approval in body["approvals"]),
            publish_at=None if body["publish_at"] is None else parse_time(body["publish_at"]),
            touched=dict(body.get("touched", {})),
            entry_index=entry_index,
        )
