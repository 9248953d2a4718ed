"""A public key as somebody pastes it: what is taken, and what is said of what is not."""

import json

import pytest

from gateway.console.keys.pasted import LONGEST, PastedError, pasted_key
from gateway.console.keys.words import WORDS
from gateway.httpsig.keys import Algorithm, SigningKey
from gateway.httpsig.pem import write_private_pem, write_public_pem

P256, ED25519 = SigningKey.generate(), SigningKey.generate(Algorithm.ED25519)
JWK = P256.public.to_jwk()
RSA = """-----BEGIN PUBLIC KEY-----
MFwwDQYJKoZIhvcNAQEBBQADSwAwSAJBAKj34GkxFhD90vcNLYLInFEX6Ppy1tPf
9Cnzj4p4WGeKLs1Pt8QuKUpRKfFLfRYC9AIKjbJTWit+CqvjWYzvQwECAwEAAQ==
-----END PUBLIC KEY-----
"""


@pytest.mark.parametrize("key", [P256, ED25519])
def test_a_jwk_a_set_of_one_and_pem_are_the_same_key(key: SigningKey) -> None:
    jwk = key.public.to_jwk()
    texts = [json.dumps(jwk), json.dumps(jwk, indent=2), json.dumps({"keys": [jwk]})]
    texts += [write_public_pem(key.public).decode(), f"\n {write_public_pem(key.public).decode()} \n"]
    assert {pasted_key(text).keyid for text in texts} == {key.public.keyid}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "key-empty"),
        (" \n", "key-empty"),
        ("x" * (LONGEST + 1), "key-long"),
        ("ssh-ed25519 AAAA", "key-neither"),
        ("[]", "key-neither"),
        ('{"kty": "EC", "kty": "OKP"}', "key-neither"),
        ("<script>alert(1)</script>", "key-neither"),
        ("\ud800", "key-neither"),
        (json.dumps({"keys": []}), "key-several"),
        (json.dumps({"keys": [JWK, JWK]}), "key-several"),
        (json.dumps({**JWK, "d": "x"}), "key-private"),
        (write_private_pem(P256).decode(), "key-private"),
        (json.dumps({**JWK, "crv": "P-384"}), "key-other-kind"),
        (json.dumps({"kty": "RSA", "n": "x", "e": "AQAB"}), "key-other-kind"),
        (RSA, "key-other-kind"),
        ("-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----", "key-other-kind"),
        (json.dumps({**JWK, "use": "enc"}), "key-use"),
        (json.dumps({**JWK, "x": JWK["x"][:-1]}), "key-broken"),
        (json.dumps({**JWK, "x": JWK["y"]}), "key-broken"),
        (json.dumps({**JWK, "kid": "<b>"}), None),
    ],
)
def test_what_is_wrong_is_said_and_never_repeated(text: str, said: str | None) -> None:
    if said is None:
        assert pasted_key(text).keyid == P256.public.keyid
        return
    with pytest.raises(PastedError) as caught:
        pasted_key(text)
    assert caught.value.said == said
    assert said in WORDS["en"]
    assert not text.strip() or text not in str(caught.value)
