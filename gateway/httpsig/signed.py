"""The Signature-Input and Signature fields: finding the one signature of our tag, and its parameters.

    Signature-Input: sig1=("@method" "@target-uri");created=1;expires=2;nonce=...;alg=...;keyid=...;tag=...
    Signature: sig1=:base64:

Invariant: what `find_signature` and `read_parameters` accept has one meaning: one signature with our tag, no
duplicate label or parameter, and parameters that are exactly the profile's (RFC 9421 sections 4 and 2.3).
Signatures under other tags may be there, for an intermediary may add its own; they are ignored.
"""

import re
from base64 import b64decode, b64encode
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final, NoReturn

import http_sf

from audit.quick import quick
from gateway.httpsig.base import component_identifier, covered_list
from gateway.httpsig.errors import Reason, SignatureError
from gateway.httpsig.keys import Algorithm
from gateway.httpsig.profile import (
    NONCE_MAX_LENGTH,
    NONCE_MIN_DISTINCT,
    NONCE_MIN_LENGTH,
    TAG,
    Limits,
)

_KEYID: Final = re.compile(r"[A-Za-z0-9_-]{43}")
_NONCE: Final = re.compile(r"[A-Za-z0-9_-]+|[A-Za-z0-9+/]+={0,2}")
"""Base64url, or standard base64, which several libraries write; the text is what is spent, whatever it encodes."""
_ALGORITHMS: Final = {algorithm.value: algorithm for algorithm in Algorithm}
_OWN_INPUT: Final = re.compile(
    r"([a-z][a-z0-9_-]*)="
    r'\(("[a-z@][a-z0-9-]*"(?: "[a-z@][a-z0-9-]*")*)\)'
    r";created=(0|[1-9][0-9]{0,14});expires=(0|[1-9][0-9]{0,14})"
    r';nonce="([A-Za-z0-9_+/=-]+)";alg="([a-z0-9-]+)";keyid="([A-Za-z0-9_-]+)"'
    rf';tag="{TAG}"'
)
"""A request's Signature-Input as `sign_request` writes it: parameters in the order in which Rust's `httpsig` rebuilds
them, which can verify no other. Readers take any order. Nothing else serializes to this text."""
_OWN_SIGNATURE: Final = re.compile(r"([a-z][a-z0-9_-]*)=(:([A-Za-z0-9+/]{85}[AQgw]==):)")
_IDENTIFIER_WORD: Final = re.compile(r"[ !#-\[\]-~]+")
"""Printable ASCII that a quoted string holds without escapes."""


@quick
@dataclass(frozen=True, slots=True)
class FoundSignature:
    """The one signature with our tag, before its parameters are judged."""

    label: str
    components: tuple[str, ...]
    """Serialized component identifiers in the signer's order."""
    parameters: Mapping[str, object]
    signature: bytes
    written: tuple[str, str] | None = field(default=None, repr=False, compare=False)
    """Parameters and signature, serialized, where they came in the one form that we write."""

    @property
    def signature_member(self) -> str:
        """The member of the Signature field, serialized."""
        return self.written[1] if self.written is not None else f":{b64encode(self.signature).decode('ascii')}:"

    @property
    def signature_input(self) -> str:
        """The `@signature-params` value. Only for parameters that `read_parameters` accepted."""
        return self.written[0] if self.written is not None else serialize_input(self.components, self.parameters)


@quick
@dataclass(frozen=True, slots=True)
class Parameters:
    """Signature parameters that fit the profile. Times in Unix seconds, UTC."""

    created: int
    expires: int
    nonce: str | None
    keyid: str
    algorithm: Algorithm


def find_signature(fields: Mapping[str, str], limits: Limits) -> FoundSignature:
    """The one signature with our tag among the fields of a message.

    Raises:
        SignatureError: missing-signature, too-large, malformed-signature, duplicate-label,
            duplicate-parameter, wrong-tag or two-signatures.
    """
    input_field, signature_field = fields.get("signature-input"), fields.get("signature")
    if input_field is None or signature_field is None:
        raise SignatureError(Reason.MISSING_SIGNATURE, "signature-input" if input_field is None else "signature")
    if len(input_field) > limits.signature_input or len(signature_field) > limits.signature:
        raise SignatureError(Reason.TOO_LARGE, "signature-input")
    return _own_form(input_field, signature_field, limits) or parse_signature(input_field, signature_field, limits)


def parse_signature(input_field: str, signature_field: str, limits: Limits) -> FoundSignature:
    """`find_signature` for the two fields in any form that RFC 8941 admits."""
    inputs = _parse_dictionary(input_field, "signature-input")
    signatures = _parse_dictionary(signature_field, "signature")
    if len(inputs) > limits.signatures or max(map(len, inputs)) > limits.label:
        raise SignatureError(Reason.TOO_LARGE, "signature-input")
    if inputs.keys() != signatures.keys():
        raise SignatureError(Reason.MALFORMED_SIGNATURE, "signature")
    ours = [label for label, (_, parameters) in inputs.items() if parameters.get("tag") == TAG]
    if not ours:
        raise SignatureError(Reason.WRONG_TAG, "tag")
    if len(ours) > 1:
        raise SignatureError(Reason.TWO_SIGNATURES, "tag")
    label = ours[0]
    covered, parameters = inputs[label]
    signature, signature_parameters = signatures[label]
    if not isinstance(covered, list) or not isinstance(signature, bytes) or signature_parameters:
        raise SignatureError(Reason.MALFORMED_SIGNATURE, "signature")
    if len(covered) > limits.components:
        raise SignatureError(Reason.TOO_LARGE, "signature-input")
    return FoundSignature(label, tuple(map(_identifier, covered)), parameters, signature)


def read_parameters(parameters: Mapping[str, object], required: frozenset[str]) -> Parameters:
    """The signature parameters, when they are exactly the required ones and each is well formed.

    Raises:
        SignatureError: unknown-parameter, missing-parameter, bad-parameter, weak-nonce or
            unknown-algorithm.
    """
    if parameters.keys() != required:
        if parameters.keys() - required:
            raise SignatureError(Reason.UNKNOWN_PARAMETER)
        raise SignatureError(Reason.MISSING_PARAMETER, min(required - parameters.keys()))
    if type(parameters["tag"]) is not str:
        raise SignatureError(Reason.BAD_PARAMETER, "tag")
    algorithm = _ALGORITHMS.get(_text(parameters, "alg"))
    if algorithm is None:
        raise SignatureError(Reason.UNKNOWN_ALGORITHM, "alg")
    keyid = _text(parameters, "keyid")
    if not _KEYID.fullmatch(keyid):
        raise SignatureError(Reason.BAD_PARAMETER, "keyid")
    nonce = _nonce(_text(parameters, "nonce")) if "nonce" in required else None
    return Parameters(_time(parameters, "created"), _time(parameters, "expires"), nonce, keyid, algorithm)


def serialize_input(components: tuple[str, ...], parameters: Mapping[str, object]) -> str:
    """The `@signature-params` value: covered list and parameters in the signer's order.

    Only for parameters that `read_parameters` accepted, which need no escapes.
    """
    tail = [
        f';{name}="{value}"' if isinstance(value, str) else f";{name}={value}" for name, value in parameters.items()
    ]
    return covered_list(components) + "".join(tail)


def _own_form(input_field: str, signature_field: str, limits: Limits) -> FoundSignature | None:
    """Read what `sign_request` writes, at a fifth of the cost; None for every other form, good or bad."""
    read, signed = _OWN_INPUT.fullmatch(input_field), _OWN_SIGNATURE.fullmatch(signature_field)
    if read is None or signed is None or read[1] != signed[1] or len(read[1]) > limits.label:
        return None
    components = tuple(read[2].split(" "))
    if len(components) > limits.components:
        return None
    parameters: dict[str, object] = {
        "created": int(read[3]),
        "expires": int(read[4]),
        "nonce": read[5],
        "alg": read[6],
        "keyid": read[7],
        "tag": TAG,
    }
    written = input_field[len(read[1]) + 1 :], signed[2]
    return FoundSignature(read[1], components, parameters, b64decode(signed[3]), written)


def _parse_dictionary(value: str, name: str) -> dict[str, tuple[object, dict[str, object]]]:
    def refuse(_: str, context: str) -> NoReturn:
        label = context == "dictionary"
        raise SignatureError(Reason.DUPLICATE_LABEL if label else Reason.DUPLICATE_PARAMETER, name)

    try:
        parsed = http_sf.parse(value.encode("ascii"), tltype="dictionary", on_duplicate_key=refuse)
    except (ValueError, OverflowError) as malformed:
        raise SignatureError(Reason.MALFORMED_SIGNATURE, name) from malformed
    if not isinstance(parsed, dict) or not parsed:
        raise SignatureError(Reason.MALFORMED_SIGNATURE, name)
    return parsed  # type: ignore[return-value]  # parsing, unlike building, always yields pairs


def _identifier(item: tuple[object, dict[str, object]]) -> str:
    name, parameters = item
    key, req = parameters.get("key"), parameters.get("req", False)
    words = (name,) if key is None else (name, key)
    plain = all(type(word) is str and _IDENTIFIER_WORD.fullmatch(word) for word in words)
    if not plain or type(req) is not bool or list(parameters) not in ([], ["req"], ["key"], ["req", "key"]):
        raise SignatureError(Reason.WRONG_COVERAGE)
    if "req" in parameters and not req:
        raise SignatureError(Reason.WRONG_COVERAGE)
    return component_identifier(str(name), req=req, key=None if key is None else str(key))


def _text(parameters: Mapping[str, object], name: str) -> str:
    value = parameters[name]
    if type(value) is not str:
        raise SignatureError(Reason.BAD_PARAMETER, name)
    return value


def _time(parameters: Mapping[str, object], name: str) -> int:
    value = parameters[name]
    if type(value) is not int or value < 0:
        raise SignatureError(Reason.BAD_PARAMETER, name)
    return value


def _nonce(value: str) -> str:
    if not _NONCE.fullmatch(value) or len(value) > NONCE_MAX_LENGTH:
        raise SignatureError(Reason.BAD_PARAMETER, "nonce")
    if len(value.rstrip("=")) < NONCE_MIN_LENGTH or len(set(value)) < NONCE_MIN_DISTINCT:
        raise SignatureError(Reason.WEAK_NONCE, "nonce")
    return value
