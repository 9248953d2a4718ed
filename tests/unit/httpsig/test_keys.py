"""Keys: one form each, one name each, and nothing that only looks like a key."""

import json
from base64 import urlsafe_b64encode

import pytest
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat

from gateway.httpsig.errors import KeyFormatError, Reason
from gateway.httpsig.keys import Algorithm, KeySet, PublicKey, SigningKey
from gateway.httpsig.pem import read_private_pem, read_public_pem, write_private_pem, write_public_pem

P = 2**255 - 19
BOTH = pytest.mark.parametrize("algorithm", list(Algorithm))


def encoded(data: bytes) -> str:
    return urlsafe_b64encode(data).rstrip(b"=").decode()


def refusal(jwk: object) -> tuple[Reason, str | None]:
    with pytest.raises(KeyFormatError) as refused:
        PublicKey.from_jwk(jwk)
    return refused.value.code, refused.value.element


@BOTH
def test_jwk_and_pem_round_trip(algorithm: Algorithm) -> None:
    key = SigningKey.generate(algorithm)
    assert PublicKey.from_jwk(json.loads(json.dumps(key.public.to_jwk()))) == key.public
    assert read_public_pem(write_public_pem(key.public)) == key.public
    for password in (None, b"a long enough password"):
        again = read_private_pem(write_private_pem(key, password), password)
        assert again.public == key.public
        assert key.public.verifies(again.sign(b"data"), b"data")
    assert KeySet.from_jwks({"keys": [key.public.to_jwk()]}, "gateway").find(key.public.keyid) is not None


def test_the_thumbprint_of_rfc_8037_appendix_a_3() -> None:
    jwk = {"kty": "OKP", "crv": "Ed25519", "x": "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}
    assert PublicKey.from_jwk(jwk).keyid == "kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k"


def test_the_thumbprint_does_not_depend_on_the_kid_or_the_order_of_members() -> None:
    jwk = SigningKey.generate().public.to_jwk()
    shuffled = dict(reversed(list({**jwk, "kid": "partner-key-1"}.items())))
    assert PublicKey.from_jwk(shuffled).keyid == jwk["kid"]


@BOTH
@pytest.mark.parametrize("private", ["d", "p", "k", "oth"])
def test_private_members_are_never_taken_for_a_public_key(algorithm: Algorithm, private: str) -> None:
    jwk = {**SigningKey.generate(algorithm).public.to_jwk(), private: "AAAA"}
    assert refusal(jwk) == (Reason.PRIVATE_KEY, "jwk")


@pytest.mark.parametrize(
    ("change", "element"),
    [
        ({"kty": "RSA"}, "kty"),
        ({"kty": "oct"}, "kty"),
        ({"kty": None}, "kty"),
        ({"kty": ["EC"]}, "kty"),
        ({"crv": "P-384"}, "crv"),
        ({"crv": "secp256k1"}, "crv"),
        ({"crv": "Ed25519"}, "crv"),
        ({"alg": "ES384"}, "alg"),
        ({"alg": "EdDSA"}, "alg"),
        ({"use": "enc"}, "use"),
        ({"key_ops": ["sign"]}, "use"),
        ({"x": None}, "x"),
        ({"x": "AAAA"}, "x"),
        ({"x": "A" * 44}, "x"),
        ({"x": "A" * 42 + "B"}, "x"),
        ({"y": "A" * 43}, "x"),
        ({"x": encoded(b"\xff" * 32)}, "x"),
        ({"y": "+" + "A" * 42}, "y"),
    ],
)
def test_a_jwk_with_one_wrong_member(change: dict[str, object], element: str) -> None:
    assert refusal({**SigningKey.generate().public.to_jwk(), **change}) == (Reason.BAD_KEY, element)


@pytest.mark.parametrize("jwk", [None, [], "EC", 7, {}])
def test_a_jwk_that_is_none(jwk: object) -> None:
    assert refusal(jwk)[0] == Reason.BAD_KEY


@pytest.mark.parametrize("jwks", [None, {}, {"keys": {}}, {"keys": [{}]}, []])
def test_a_key_set_that_is_none(jwks: object) -> None:
    with pytest.raises(KeyFormatError):
        KeySet.from_jwks(jwks, "gateway")


@BOTH
def test_a_coordinate_in_a_second_spelling_is_refused(algorithm: Algorithm) -> None:
    """The last of 43 characters holds two bits that stand for nothing; they must be zero."""
    jwk = SigningKey.generate(algorithm).public.to_jwk()
    alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
    last = alphabet[alphabet.index(jwk["x"][-1]) + 1]
    assert refusal({**jwk, "x": jwk["x"][:-1] + last}) == (Reason.BAD_KEY, "x")


def edwards_add(one: tuple[int, int], two: tuple[int, int]) -> tuple[int, int]:
    d = -121665 * pow(121666, -1, P) % P
    (x1, y1), (x2, y2) = one, two
    k = d * x1 * x2 * y1 * y2 % P
    return (x1 * y2 + x2 * y1) * pow(1 + k, -1, P) % P, (y1 * y2 + x1 * x2) * pow(1 - k, -1, P) % P


def small_order_points() -> set[tuple[int, int]]:
    """The points whose eightfold is the neutral element, from one of order eight."""
    d = -121665 * pow(121666, -1, P) % P
    y = 0x5FC536D880238B13933C6D305ACDFD5F098EFF289F4C345B027B2C28F95E826
    x2 = (y * y - 1) * pow(d * y * y + 1, -1, P) % P
    x = pow(x2, (P + 3) // 8, P)
    x = x if x * x % P == x2 else x * pow(2, (P - 1) // 4, P) % P
    points, point = set(), (0, 1)
    for _ in range(8):
        point = edwards_add(point, (x, y))
        points.add(point)
    return points


def test_every_point_of_small_order_is_refused() -> None:
    points = small_order_points()
    assert len(points) == 8
    for x, y in points:
        raw = (y | (x & 1) << 255).to_bytes(32, "little")
        jwk = {"kty": "OKP", "crv": "Ed25519", "x": encoded(raw)}
        assert refusal(jwk) == (Reason.BAD_KEY, "x")


@pytest.mark.parametrize("y", [P, P + 1, 2**255 - 1])
def test_an_ed25519_point_in_a_second_encoding_is_refused(y: int) -> None:
    jwk = {"kty": "OKP", "crv": "Ed25519", "x": encoded(y.to_bytes(32, "little"))}
    assert refusal(jwk) == (Reason.BAD_KEY, "x")


def test_a_small_order_key_is_refused_as_pem_too() -> None:
    weak = ed25519.Ed25519PublicKey.from_public_bytes(b"\x01" + bytes(31))
    text = weak.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    with pytest.raises(KeyFormatError):
        read_public_pem(text)


def test_pem_of_other_kinds_is_refused() -> None:
    others: list[ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey] = [
        ec.generate_private_key(ec.SECP384R1()),
        rsa.generate_private_key(65537, 2048),
    ]
    for other in others:
        private = other.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
        public = other.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
        with pytest.raises(KeyFormatError):
            read_private_pem(private)
        with pytest.raises(KeyFormatError):
            read_public_pem(public)


def test_pem_that_is_not_one_key_is_refused() -> None:
    key = SigningKey.generate()
    public, private = write_public_pem(key.public), write_private_pem(key)
    for text in (b"", b"rubbish", public + public, public[:40]):
        with pytest.raises(KeyFormatError):
            read_public_pem(text)
    with pytest.raises(KeyFormatError) as refused:
        read_public_pem(private)
    assert refused.value.code == Reason.PRIVATE_KEY
    for text, password in (
        (public, None),
        (write_private_pem(key, b"right"), b"wrong"),
        (private, b"needless"),
    ):
        with pytest.raises(KeyFormatError):
            read_private_pem(text, password)
    with pytest.raises(KeyFormatError):
        read_private_pem(write_private_pem(key, b"right"))


@BOTH
def test_a_key_shows_nothing_but_its_name(algorithm: Algorithm) -> None:
    key = SigningKey.generate(algorithm)
    assert key.public.keyid in repr(key)
    assert "object at" not in repr(key)


@BOTH
def test_signatures_are_64_bytes_and_of_one_key_only(algorithm: Algorithm) -> None:
    key, other = SigningKey.generate(algorithm), SigningKey.generate(algorithm)
    for n in range(20):
        data = str(n).encode()
        signature = key.sign(data)
        assert len(signature) == 64
        assert key.public.verifies(signature, data)
        assert not other.public.verifies(signature, data)
        assert not key.public.verifies(signature, data + b"x")
        assert not key.public.verifies(signature + b"\0", data)
        assert not key.public.verifies(signature[:32] + b"\0" + signature[32:], data)
