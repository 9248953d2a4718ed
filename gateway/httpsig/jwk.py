"""Public keys as JSON Web Keys, and their RFC 7638 thumbprints, for P-256 (RFC 7518) and Ed25519 (RFC 8037).

Invariant: one public key has one accepted form, so one thumbprint. Members must be canonical base64url of
exactly 32 bytes, a P-256 point must be on the curve, an Ed25519 point canonically encoded and of large order
(with a small-order key anybody can produce signatures that verify, and its owner can deny every one of them).
A JWK with private members is refused as a public key: it has just been compromised. `kid` is ignored; the
thumbprint is the name.
"""

import json
import re
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Mapping
from hashlib import sha256
from typing import Final

from cryptography.hazmat.primitives.asymmetric.ec import (
    SECP256R1,
    EllipticCurvePublicKey,
    EllipticCurvePublicNumbers,
)
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from gateway.httpsig.errors import KeyFormatError, Reason

_ENCODED: Final = re.compile(r"[A-Za-z0-9_-]{43}")
_PRIVATE: Final = frozenset({"d", "p", "q", "dp", "dq", "qi", "oth", "k"})
_ED25519_PRIME: Final = 2**255 - 19
_ORDER_8_Y: Final = 0x5FC536D880238B13933C6D305ACDFD5F098EFF289F4C345B027B2C28F95E826
_SMALL_ORDER_Y: Final = frozenset({0, 1, _ED25519_PRIME - 1, _ORDER_8_Y, _ED25519_PRIME - _ORDER_8_Y})
"""The y coordinates of the eight points whose order divides the cofactor."""

_FORMS: Final = {
    ("EC", "P-256"): ("ES256", ("x", "y")),
    ("OKP", "Ed25519"): ("EdDSA", ("x",)),
}


def thumbprint(jwk: Mapping[str, object]) -> str:
    """The RFC 7638 SHA-256 thumbprint in base64url, 43 characters. Takes the required members only."""
    members = ("crv", "kty", "x", "y") if jwk["kty"] == "EC" else ("crv", "kty", "x")
    canonical = json.dumps({name: jwk[name] for name in members}, separators=(",", ":"))
    return _encode(sha256(canonical.encode("ascii")).digest())


def public_jwk(raw: EllipticCurvePublicKey | Ed25519PublicKey) -> dict[str, str]:
    """The required members of the JWK of a P-256 or Ed25519 public key.

    Raises:
        KeyFormatError: bad-key, when an Ed25519 key is not canonical or has small order.
    """
    if isinstance(raw, Ed25519PublicKey):
        encoded = raw.public_bytes(Encoding.Raw, PublicFormat.Raw)
        _check_ed25519(encoded)
        return {"crv": "Ed25519", "kty": "OKP", "x": _encode(encoded)}
    numbers = raw.public_numbers()
    x, y = (_encode(number.to_bytes(32, "big")) for number in (numbers.x, numbers.y))
    return {"crv": "P-256", "kty": "EC", "x": x, "y": y}


def published_jwk(raw: EllipticCurvePublicKey | Ed25519PublicKey) -> dict[str, str]:
    """The JWK as a JWKS shows it: the required members, `kid` (the thumbprint), `alg` and `use`."""
    jwk = public_jwk(raw)
    algorithm, _ = _FORMS[jwk["kty"], jwk["crv"]]
    return {**jwk, "kid": thumbprint(jwk), "alg": algorithm, "use": "sig"}


def read_public_jwk(jwk: object) -> EllipticCurvePublicKey | Ed25519PublicKey:
    """Parse one public JWK.

    Raises:
        KeyFormatError: private-key when it has private members; bad-key, with the member's name, when it is
            another kind of key, not for signatures, not canonical, not on the curve or of small order.
    """
    if not isinstance(jwk, Mapping):
        raise KeyFormatError(Reason.BAD_KEY, "jwk")
    if not _PRIVATE.isdisjoint(jwk):
        raise KeyFormatError(Reason.PRIVATE_KEY, "jwk")
    kty, crv = jwk.get("kty"), jwk.get("crv")
    if not isinstance(kty, str) or not isinstance(crv, str) or (kty, crv) not in _FORMS:
        raise KeyFormatError(Reason.BAD_KEY, "crv" if kty in ("EC", "OKP") else "kty")
    algorithm, names = _FORMS[kty, crv]
    if jwk.get("alg", algorithm) not in (algorithm, crv):
        raise KeyFormatError(Reason.BAD_KEY, "alg")
    if jwk.get("use", "sig") != "sig" or jwk.get("key_ops", ["verify"]) != ["verify"]:
        raise KeyFormatError(Reason.BAD_KEY, "use")
    coordinates = [_decode(jwk.get(name), name) for name in names]
    if kty == "OKP":
        _check_ed25519(coordinates[0])
        return Ed25519PublicKey.from_public_bytes(coordinates[0])
    x, y = (int.from_bytes(coordinate, "big") for coordinate in coordinates)
    try:
        return EllipticCurvePublicNumbers(x, y, SECP256R1()).public_key()
    except ValueError as refused:
        raise KeyFormatError(Reason.BAD_KEY, "x") from refused


def _encode(data: bytes) -> str:
    return urlsafe_b64encode(data).rstrip(b"=").decode("ascii")


def _decode(value: object, member: str) -> bytes:
    if not isinstance(value, str) or not _ENCODED.fullmatch(value):
        raise KeyFormatError(Reason.BAD_KEY, member)
    data = urlsafe_b64decode(value + "=")
    if _encode(data) != value:
        raise KeyFormatError(Reason.BAD_KEY, member)
    return data


def _check_ed25519(encoded: bytes) -> None:
    y = int.from_bytes(encoded, "little") & ~(1 << 255)
    if y >= _ED25519_PRIME or y in _SMALL_ORDER_Y:
        raise KeyFormatError(Reason.BAD_KEY, "x")
