"""Keys as PEM text: SubjectPublicKeyInfo for public keys, PKCS#8 for private keys.

Invariant: what is read back is the key that was written; other kinds of key, other curves and anything
but one key are refused, and a private key is never accepted where a public key is asked for. Where the text
is kept, and with which file permissions, is the caller's business.
"""

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePrivateKey, EllipticCurvePublicKey
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    KeySerializationEncryption,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
    load_pem_public_key,
)

from gateway.httpsig.errors import KeyFormatError, Reason
from gateway.httpsig.keys import PublicKey, SigningKey


def read_public_pem(text: bytes) -> PublicKey:
    """Parse one public key.

    Raises:
        KeyFormatError: private-key when the text holds a private key, bad-key when it holds anything else.
    """
    _one_block(text)
    if b"PRIVATE KEY" in text:
        raise KeyFormatError(Reason.PRIVATE_KEY, "pem")
    try:
        raw = load_pem_public_key(text)
    except (ValueError, UnsupportedAlgorithm) as refused:
        raise KeyFormatError(Reason.BAD_KEY, "pem") from refused
    if not isinstance(raw, EllipticCurvePublicKey | Ed25519PublicKey):
        raise KeyFormatError(Reason.BAD_KEY, "pem")
    return PublicKey.from_raw(raw)


def read_private_pem(text: bytes, password: bytes | None = None) -> SigningKey:
    """Parse one private key, encrypted when a password is given.

    Raises:
        KeyFormatError: bad-key, also for a wrong, missing or needless password.
    """
    _one_block(text)
    try:
        raw = load_pem_private_key(text, password)
    except (ValueError, TypeError, UnsupportedAlgorithm):
        raise KeyFormatError(Reason.BAD_KEY, "pem") from None
    if not isinstance(raw, EllipticCurvePrivateKey | Ed25519PrivateKey):
        raise KeyFormatError(Reason.BAD_KEY, "pem")
    return SigningKey.from_raw(raw)


def write_public_pem(key: PublicKey) -> bytes:
    """The SubjectPublicKeyInfo PEM text."""
    return key.raw.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)


def write_private_pem(key: SigningKey, password: bytes | None = None) -> bytes:
    """The PKCS#8 PEM text, encrypted when a password is given."""
    encryption: KeySerializationEncryption = NoEncryption()
    if password is not None:
        encryption = BestAvailableEncryption(password)
    return key.raw.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, encryption)


def _one_block(text: bytes) -> None:
    if text.count(b"-----BEGIN ") != 1:
        raise KeyFormatError(Reason.BAD_KEY, "pem")
