"""Why a signature, a digest or a key was refused.

Invariant: a message names the reason and, where it helps, the parameter or header field; it never holds a
value that came over the wire. The partner API answers every one of these with the same 401; the reason goes
to the security log only (RFC 9421 section 7.5: do not tell an attacker which check failed).
"""

from enum import StrEnum


class Reason(StrEnum):
    """Stable detail codes for the security log, in the order in which the checks run."""

    TOO_LARGE = "too-large"
    BAD_TARGET = "bad-target"
    AMBIGUOUS_HEADER = "ambiguous-header"
    BAD_HEADER = "bad-header"
    CONTENT_CODING = "content-coding"
    MISSING_SIGNATURE = "missing-signature"
    MALFORMED_SIGNATURE = "malformed-signature"
    DUPLICATE_LABEL = "duplicate-label"
    DUPLICATE_PARAMETER = "duplicate-parameter"
    WRONG_TAG = "wrong-tag"
    TWO_SIGNATURES = "two-signatures"
    UNKNOWN_PARAMETER = "unknown-parameter"
    MISSING_PARAMETER = "missing-parameter"
    BAD_PARAMETER = "bad-parameter"
    WEAK_NONCE = "weak-nonce"
    UNKNOWN_ALGORITHM = "unknown-algorithm"
    EMPTY_WINDOW = "empty-window"
    WINDOW_TOO_LONG = "window-too-long"
    NOT_YET_VALID = "not-yet-valid"
    TOO_OLD = "too-old"
    EXPIRED = "expired"
    WRONG_COVERAGE = "wrong-coverage"
    MISSING_COMPONENT = "missing-component"
    UNKNOWN_KEY = "unknown-key"
    REVOKED_KEY = "revoked-key"
    ALGORITHM_MISMATCH = "algorithm-mismatch"
    BAD_SIGNATURE = "bad-signature"
    DIGEST_MISSING = "digest-missing"
    DIGEST_MALFORMED = "digest-malformed"
    DIGEST_ALGORITHM = "digest-algorithm"
    DIGEST_MISMATCH = "digest-mismatch"
    REPLAYED_NONCE = "replayed-nonce"
    BAD_KEY = "bad-key"
    PRIVATE_KEY = "private-key"


class SignatureError(Exception):
    """A message or a key that this profile refuses.

    `code` is the stable detail code. `element` names the header field, parameter or key member concerned;
    it is always one of this profile's own words, never text of the sender.
    """

    def __init__(self, code: Reason, element: str | None = None) -> None:
        super().__init__(f"{code.value}: {element}" if element else code.value)
        self.code = code
        self.element = element


class KeyFormatError(SignatureError):
    """A JWK or PEM text that is not exactly one key of the kind asked for."""
