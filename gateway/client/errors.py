"""Everything the client raises, as one tree.

Invariant: an error carries names and codes: of the gateway's problem, of a signature check, of a member of the
answer; never a value of a question or an answer. Transport failures are httpx's own exceptions.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final


class ClientError(Exception):
    """Base of what this client raises. `code` is stable; `element` names a part of the request or answer."""

    def __init__(self, code: str, element: str | None = None) -> None:
        super().__init__(f"{code}: {element}" if element else code)
        self.code = code
        self.element = element


class ForeignOriginError(ClientError):
    """A request would have gone to another origin than the gateway's; it was not signed or sent."""


class UntrustedKeysError(ClientError):
    """The gateway publishes no key that has one of the given thumbprints."""


class UnverifiedAnswerError(ClientError):
    """The answer is not signed by the gateway for this request; `code` is a signature reason. Not used."""


class MalformedAnswerError(ClientError):
    """The answer is signed but does not have the form of the API."""


class UnprovenAnswerError(ClientError):
    """The receipt does not fit the answer, or its proof does not hold; `code` is that of `audit`."""


@dataclass(frozen=True, slots=True)
class Problem:
    """An RFC 9457 problem. `element` is the member of the request at fault; `reasons` are those of a decision."""

    type: str
    title: str
    status: int
    code: str
    element: str | None = None
    title_fr: str | None = None
    entry_index: int | None = None
    reasons: tuple[Mapping[str, Any], ...] = ()


class ProblemError(ClientError):
    """The gateway said no and signed it. `problem` holds what it said."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.code, problem.element)
        self.problem = problem


class UnauthorizedError(ProblemError):
    """401: the signature, the key or the clock."""


class RefusedError(ProblemError):
    """403: not permitted, refused by the person who decides, or too late."""


class NotAvailableError(ProblemError):
    """404: nothing that may be disclosed; whether a record exists is not said."""


class ConflictError(ProblemError):
    """409: the Idempotency-Key was used for another question, or the record has changed since."""


class UnavailableError(ProblemError):
    """429 or 503: later; nothing was disclosed."""


@dataclass(frozen=True, slots=True)
class Referral:
    """A question that a person decides. `state` is where it stands, `decide_by` (RFC 3339, UTC) when it lapses,
    `waiting_for` what has to happen first after a release, `reasons` what the person weighs."""

    id: str
    state: str
    decide_by: str
    waiting_for: tuple[str, ...] = ()
    reasons: tuple[Mapping[str, Any], ...] = ()


class ReferredError(ClientError):
    """202: there is no answer yet, because a named person decides. Ask again with `Gateway.collect`."""

    def __init__(self, referral: Referral) -> None:
        super().__init__("referred")
        self.referral = referral


PROBLEM_ERRORS: Final[Mapping[int, type[ProblemError]]] = {
    401: UnauthorizedError,
    403: RefusedError,
    404: NotAvailableError,
    409: ConflictError,
    429: UnavailableError,
    503: UnavailableError,
}
