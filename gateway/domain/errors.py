"""The base of every error the gateway raises on purpose.

Invariant: the message of a `GatewayError` names elements, codes and identifiers of agreements, never a value
that came from a request or a record. A refusal is not an error: it is a `Deny` or a `Refusal`, a value.
"""


class GatewayError(Exception):
    """Something the gateway could not do. `code` is stable and may be shown; so may the message."""

    code = "gateway-error"


class DependencyError(GatewayError):
    """A part the gateway cannot do without (policy engine, log, source) failed; the request is answered 503."""

    code = "dependency-unavailable"


class PolicyEngineError(DependencyError):
    code = "policy-engine-unavailable"


class SourceError(DependencyError):
    """A source was slow, down, or answered something that is not the record it declared."""

    code = "source-unavailable"


class UnfitValueError(SourceError):
    """A value of a record cannot be brought into the form of its element's type; the element has no value then."""

    code = "value-unfit"


class SourceQueryError(GatewayError):
    """The request cannot be put to a source. `part` is `cursor`, `limit` or `filter.<element>`, never a value."""

    code = "source-query"

    def __init__(self, part: str) -> None:
        super().__init__(f"the source cannot be asked this: {part} is not usable")
        self.part = part


class LogUnavailableError(DependencyError):
    """The entry could not be made durable, or it is not known whether it was; nothing may be disclosed."""

    code = "log-unavailable"


class ConfigurationError(GatewayError):
    """The deployment's files or settings do not fit together; the gateway does not start."""

    code = "configuration"


class InvariantError(Exception):
    """Two parts of this program do not fit together: a fault in it, never something a caller can bring about."""


class ScrubError(GatewayError):
    """Free text could not be scrubbed; the element is withheld."""

    code = "scrub-failed"
