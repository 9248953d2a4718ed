"""Targets, origins, digests and signing input: what goes into a signature and what cannot."""

import pytest

from gateway.httpsig.base import component_identifier, covered_list, signature_base
from gateway.httpsig.digest import check_digest, make_digest, parse_digest
from gateway.httpsig.errors import Reason, SignatureError
from gateway.httpsig.message import RequestMessage, normal_origin, target_uri
from gateway.httpsig.request import new_nonce, sign_request
from tests.unit.httpsig.forge import NOW, P256, TARGET


@pytest.mark.parametrize(
    ("origin", "normal"),
    [
        ("https://Gateway.Example", "https://gateway.example"),
        ("https://gateway.example:443/", "https://gateway.example"),
        ("http://localhost:80", "http://localhost"),
        ("http://127.0.0.1:8443", "http://127.0.0.1:8443"),
        ("https://[::1]:8443", "https://[::1]:8443"),
    ],
)
def test_an_origin_has_one_form(origin: str, normal: str) -> None:
    assert normal_origin(origin) == normal


@pytest.mark.parametrize(
    "origin",
    [
        "gateway.example",
        "ftp://x",
        "https://",
        "https://x/v1",
        "https://u@x",
        "https://x?q",
        "https://x:port",
    ],
)
def test_what_is_no_origin(origin: str) -> None:
    with pytest.raises(ValueError):
        normal_origin(origin)


def test_the_target_is_never_decoded() -> None:
    assert target_uri("https://g.example", b"/a%2Fb/%E9", b"q=%20+&x") == "https://g.example/a%2Fb/%E9?q=%20+&x"
    assert target_uri("https://g.example", b"/a", b"") == "https://g.example/a"


@pytest.mark.parametrize(
    ("path", "query"),
    [
        (b"", b""),
        (b"*", b""),
        (b"https://evil.example/", b""),
        (b"/a b", b""),
        (b"/a\n", b""),
        (b"/\xe9", b""),
        (b"/a#b", b""),
        (b"/a", b"x\r\n"),
        (b"/a", b"x#y"),
    ],
)
def test_a_target_that_is_refused(path: bytes, query: bytes) -> None:
    with pytest.raises(SignatureError) as refused:
        target_uri("https://g.example", path, query)
    assert refused.value.code == Reason.BAD_TARGET


def test_the_digest_of_rfc_9530_appendix_b() -> None:
    """The body of its first example, with the line feed that the example counts."""
    field = "sha-256=:RK/0qy18MlBSVnWgjwz6lZEWjP/lF5HF9bvEF8FabDg=:"
    assert make_digest(b'{"hello": "world"}\n') == field
    check_digest(field, b'{"hello": "world"}\n')


def test_a_digest_with_stray_bits_is_refused() -> None:
    good = make_digest(b"x")
    stray = good[:-3] + chr(ord(good[-3]) + 1) + good[-2:]
    assert parse_digest(good)
    with pytest.raises(SignatureError) as refused:
        parse_digest(stray)
    assert refused.value.code == Reason.DIGEST_MALFORMED


def test_no_digest() -> None:
    with pytest.raises(SignatureError) as refused:
        check_digest(None, b"x")
    assert refused.value.code == Reason.DIGEST_MISSING


def test_the_base_joins_lines_and_ends_without_one() -> None:
    names = [component_identifier("@status"), component_identifier("signature", req=True, key="sig1")]
    values = {names[0]: "200", names[1]: ":AA==:"}
    assert names[1] == '"signature";req;key="sig1"'
    assert signature_base(names, values, covered_list(names) + ";created=1") == (
        b'"@status": 200\n"signature";req;key="sig1": :AA==:\n'
        b'"@signature-params": ("@status" "signature";req;key="sig1");created=1'
    )


@pytest.mark.parametrize("value", ["a\nb", "a\rb", "caf\xe9", "\x00"])
def test_a_value_cannot_pose_as_a_line(value: str) -> None:
    with pytest.raises(SignatureError):
        signature_base(['"@method"'], {'"@method"': value}, "()")


@pytest.mark.parametrize("name", [b"content-digest", b"signature", b"signature-input"])
def test_a_request_is_signed_once(name: bytes) -> None:
    message = RequestMessage("GET", TARGET, [(name, b"x")], b"")
    with pytest.raises(SignatureError) as refused:
        sign_request(message, P256, NOW)
    assert refused.value.code == Reason.AMBIGUOUS_HEADER


def test_a_body_without_type_or_idempotency_key_is_not_signed() -> None:
    for headers, absent in (
        ([(b"content-type", b"application/json")], "idempotency-key"),
        ([(b"idempotency-key", b"x")], "content-type"),
    ):
        with pytest.raises(SignatureError) as refused:
            sign_request(RequestMessage("POST", TARGET, headers, b"{}"), P256, NOW)
        assert (refused.value.code, refused.value.element) == (Reason.MISSING_COMPONENT, absent)


def test_nonces_hold_128_bits_and_do_not_repeat() -> None:
    nonces = {new_nonce() for _ in range(500)}
    assert len(nonces) == 500
    assert {len(nonce) for nonce in nonces} == {22}
