"""What the use cases of the rulebook need of its documents, as Protocols and values.

Does not: read YAML; an adapter does, and gives what it found in codes.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from audit.canonical import JsonValue
from gateway.service.rulebook.edit import Edit
from gateway.service.rulebook.finding import Finding


@dataclass(frozen=True, slots=True)
class Fault:
    """Why documents cannot be a rulebook: `file:line: message`, without a value of the file; the message in English
    and in French."""

    file: str
    line: int
    message: str
    french: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.message}"

    def as_json(self) -> dict[str, JsonValue]:
        """The line in each language."""
        return {"en": str(self), "fr": f"{self.file}:{self.line} : {self.french}"}


@dataclass(frozen=True, slots=True)
class AgreementIn:
    """An agreement as the documents have it: version, digest as entries cite it, the organizations that are parties."""

    id: str
    version: str
    digest: str
    path: str
    organizations: frozenset[str]


@dataclass(frozen=True, slots=True)
class ReadRulebook:
    """What documents would be as a rulebook: its faults, or its agreements by id, what the
    policy's revision is, and the organization that holds each record type, by the path of its document."""

    faults: tuple[Fault, ...]
    agreements: Mapping[str, AgreementIn]
    policy_revision: str
    custodians: Mapping[str, str] = field(default_factory=dict)

    def concerned(self, paths: Iterable[str]) -> frozenset[str]:
        """The organizations whose agreements or record types these documents are."""
        wanted = frozenset(paths)
        parties = [one.organizations for one in self.agreements.values() if one.path in wanted]
        custodians = frozenset(name for path, name in self.custodians.items() if path in wanted)
        return custodians.union(*parties)


class RulebookDocuments(Protocol):
    """Raises LogUnavailableError where a document cannot be read or kept."""

    def keep(self, body: bytes) -> str:
        """Keep one document; its digest."""

    def read(self, digests: Mapping[str, str]) -> ReadRulebook:
        """What these documents, by path, would be together with the law on disk. Blocks."""

    def file(self, digest: str) -> bytes: ...

    def taken_away(self, before: str, after: str) -> Sequence[str]:
        """Ids that a document lists under the digest `before` and no longer under `after`; empty where it lists none
        or cannot be read."""

    def strangers(self, paths: Sequence[str]) -> Sequence[str]:
        """Those of the paths that are of no document of a rulebook."""


class DocumentTexts(Protocol):
    """The text of one document."""

    def agreement(self, path: str, body: bytes) -> tuple[Mapping[str, Any] | None, Sequence[Finding]]:
        """An agreement as data, where it has the form of one; or what is wrong with its form."""

    def content(self, body: bytes) -> Any:
        """Any document as data; None where it cannot be read."""

    def edited(self, body: bytes, edits: Sequence[Edit]) -> bytes:
        """The text with the edits, and otherwise as it was. Raises EditError."""
