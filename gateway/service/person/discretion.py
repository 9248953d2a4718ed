"""What the officer who answers decides where the Act leaves discretion: to tell a line all the same, or to hold one.

Invariant: only lines whose every reason leaves discretion are told (Privacy Act 22(1)(b), 25; 19(2) with the source's
agreement; and what nobody can judge any more); a request of an investigative body, security and another person never
are. Nothing is decided without reasons in writing, which are kept encrypted with the answer. Does not: weigh.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from audit.canonical import JsonValue
from gateway.domain.errors import GatewayError
from gateway.service.person.hold_back import TELLABLE


class AccountError(GatewayError):
    """The account is not given as asked; `code` says why, and nothing is on record.

    Names an entry, never a reason: that would tell what is held back without a record of it."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


@dataclass(frozen=True, slots=True)
class Discretion:
    """Entries that are told though a discretionary reason holds them, entries that are held though none does, and why.

    source_agrees: the government that gave something in confidence agrees to its release."""

    tell: frozenset[int] = frozenset()
    hold: frozenset[int] = frozenset()
    because: str = field(default="", repr=False)
    source_agrees: bool = False

    def tells(self, entry_index: int, reasons: Sequence[str]) -> bool:
        """Whether the officer tells this entry, and may."""
        unagreed = "in-confidence" in reasons and not self.source_agrees
        return entry_index in self.tell and TELLABLE.issuperset(reasons) and not unagreed

    def check(self, told: Sequence[int], held: Sequence[int]) -> None:
        """Hold it against the account it gave: entries told and held by it. Raises AccountError."""
        if not self.tell and not self.hold:
            return
        if not self.because.strip():
            raise AccountError("reasons-missing", "because: say in writing why a line is told or held")
        for entry in sorted(self.tell - set(told)):
            raise AccountError(
                "not-tellable",
                f"tell: entry {entry} is not one of this account that you may tell; the review says why (what was "
                "received in confidence needs the agreement of its source too)",
            )
        for entry in sorted(self.hold - set(held)):
            raise AccountError("not-holdable", f"hold: entry {entry} is not a line of this account; see the review")

    def as_json(self) -> Mapping[str, JsonValue]:
        """As the private part of the answer keeps it."""
        return {
            "tell": sorted(self.tell),
            "hold": sorted(self.hold),
            "because": self.because,
            "source_agrees": self.source_agrees,
        }
