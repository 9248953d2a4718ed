"""The rulebook in force: which documents make it, which agreement versions count, and which are stopped for now.

Invariant: a state is a value of codes, digests and times, never a personal value; two processes that hold the same
revision hold the same rulebook. A document is a file of the folder of agreements, named by its path there
(`isa/esdc-ircc-tfw.yaml`; of a second folder with `extra/` before it) and by the SHA-256 of its bytes in base64url
without padding. Does not: hold the documents themselves, or say what they mean.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType
from typing import Any, Final

from audit.canonical import JsonValue

KIND: Final = "rulebook"
IN_FORCE: Final = "in-force"
"""Kind and id of the one state record that says which rulebook decides."""
AGREEMENT: Final = "agreement"
"""Kind of the state records that keep what became of each agreement."""


class AgreementStanding(StrEnum):
    """What staff decided about an agreement besides its term."""

    IN_FORCE = "in-force"
    SUSPENDED = "suspended"
    TERMINATED = "terminated"


@dataclass(frozen=True, slots=True)
class Stopped:
    """An agreement that staff suspended or terminated: since when (RFC 3339, UTC) and why, by language, as its
    partners read it."""

    standing: AgreementStanding
    since: str
    reason: Mapping[str, str]

    def as_json(self) -> dict[str, JsonValue]:
        return {"standing": self.standing.value, "since": self.since, "reason": dict(self.reason)}

    @classmethod
    def from_json(cls, body: Mapping[str, Any]) -> "Stopped":
        return cls(AgreementStanding(body["standing"]), body["since"], dict(body["reason"]))


@dataclass(frozen=True, slots=True)
class RulebookState:
    """`files` are the documents by path, `agreements` the digest of each agreement version (as entries cite it) by the
    agreement's id, `stopped` the agreements that do not count now, `policy_revision` what entries of decisions cite.
    `revision` is that of the state record: a permit rests on it."""

    policy_revision: str
    agreements: Mapping[str, str]
    files: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    stopped: Mapping[str, Stopped] = field(default_factory=lambda: MappingProxyType({}))
    revision: int = 0
    entry_index: int | None = None

    def standing(self, agreement: str) -> AgreementStanding:
        stopped = self.stopped.get(agreement)
        return AgreementStanding.IN_FORCE if stopped is None else stopped.standing

    def same_rules(self, other: "RulebookState") -> bool:
        """Whether both decide alike under one policy: documents and standings, whatever policy was in force."""
        return (dict(self.files), dict(self.stopped)) == (dict(other.files), dict(other.stopped))

    def as_json(self) -> dict[str, JsonValue]:
        """As the state record keeps it."""
        return {
            "policy_revision": self.policy_revision,
            "agreements": dict(self.agreements),
            "files": dict(self.files),
            "stopped": {name: stopped.as_json() for name, stopped in self.stopped.items()},
        }

    @classmethod
    def from_json(cls, body: Mapping[str, Any], *, revision: int, entry_index: int) -> "RulebookState":
        """A record made before documents were kept by file has no `files` and no `stopped`."""
        return cls(
            policy_revision=body["policy_revision"],
            agreements=dict(body["agreements"]),
            files=dict(body.get("files", {})),
            stopped={name: Stopped.from_json(stopped) for name, stopped in body.get("stopped", {}).items()},
            revision=revision,
            entry_index=entry_index,
        )
