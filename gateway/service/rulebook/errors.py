"""Why an act on a draft or on the rulebook is not done. Each says what to do; nothing was done.

Invariant: a message holds codes, paths and digests of the rulebook, never a person.
"""

from collections.abc import Sequence

from gateway.domain.errors import GatewayError
from gateway.service.rulebook.documents import Fault


class DraftError(GatewayError):
    """The draft does not allow it."""

    code = "draft"

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


class DraftChangedError(DraftError):
    """Somebody else changed the draft since it was looked at. `changed` are the paths that differ; none where only its
    state does."""

    def __init__(self, changed: Sequence[str], revision: int) -> None:
        what = ", ".join(changed) or "its state"
        super().__init__(
            "draft-changed",
            f"the draft was changed meanwhile ({what}) and is at revision {revision}; nothing was saved. Look at it "
            "with `gateway agreements draft`, then save yours on top of it",
        )
        self.changed = tuple(changed)
        self.revision = revision


class DraftFaultsError(DraftError):
    """The documents do not fit together. `faults` are all of them."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        lines = "\n".join(f"  {fault}" for fault in faults)
        super().__init__("draft-faults", f"the documents do not fit together; nothing was done:\n{lines}")
        self.faults = tuple(faults)
