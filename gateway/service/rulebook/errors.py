"""Why an act on a draft or on the rulebook is not done: a code and its facts. Nothing was done.

Invariant: facts are codes, paths and digests of the rulebook, never a person; every code has words in both languages.
Does not: word anything (`gateway.service.words.rulebook_refusals`); the message is the English of it, for logs.
"""

from collections.abc import Mapping, Sequence

from audit.canonical import JsonValue
from gateway.domain.errors import GatewayError
from gateway.service.rulebook.documents import Fault
from gateway.service.words.rulebook_refusals import rulebook_refusal


class DraftError(GatewayError):
    """The draft does not allow it. `variant` is a fact where a code is told in several ways."""

    code = "draft"

    def __init__(self, code: str, **facts: JsonValue) -> None:
        super().__init__(rulebook_refusal(code, "en", facts) or code)
        self.code = code
        self.facts: Mapping[str, JsonValue] = facts


class DraftChangedError(DraftError):
    """Somebody else changed the draft since it was looked at. `changed` are the paths that differ; none where only its
    state does."""

    def __init__(self, changed: Sequence[str], revision: int) -> None:
        if changed:
            super().__init__("draft-changed", changed=list(changed), revision=revision)
        else:
            super().__init__("draft-changed", variant="state", revision=revision)
        self.changed = tuple(changed)
        self.revision = revision


class DraftFaultsError(DraftError):
    """The documents do not fit together. `faults` are all of them."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        super().__init__("draft-faults", faults=[fault.as_json() for fault in faults])
        self.faults = tuple(faults)


class RulebookChangedError(GatewayError):
    """Somebody else changed the rulebook meanwhile."""

    code = "rulebook-changed"

    def __init__(self) -> None:
        super().__init__(rulebook_refusal(self.code, "en", {}) or self.code)
