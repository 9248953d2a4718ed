"""What holds for every request and answer: signed, it passes; with one byte changed, it does not."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gateway.httpsig.errors import Reason, SignatureError
from gateway.httpsig.message import RequestMessage, ResponseMessage, field_value, target_uri
from gateway.httpsig.profile import DEFAULT_LIMITS
from gateway.httpsig.request import SignedRequest, sign_request
from gateway.httpsig.response import bind_request, sign_response, verify_response
from gateway.httpsig.signed import FoundSignature, find_signature, parse_signature
from tests.unit.httpsig.forge import ED25519, KEYS, NOW, P256, Forge, verify

SEGMENT = st.text("abcXYZ019-._~%2Fé/:@!$&'()*+,;=", max_size=30)
PATHS = SEGMENT.map(lambda text: b"/" + "".join(c for c in text if c.isascii()).encode())
QUERIES = st.text("abc=&%20/?:@+", max_size=30).map(str.encode)
VALUES = st.text(st.characters(min_codepoint=33, max_codepoint=126), min_size=1, max_size=40).map(str.encode)
KEY = st.sampled_from([P256, ED25519])


@st.composite
def requests(draw: st.DrawFn, body: st.SearchStrategy[bytes] = st.binary(max_size=200)) -> RequestMessage:
    target = target_uri("https://gateway.example", draw(PATHS), draw(QUERIES))
    content = draw(body)
    headers = [(b"x-other", draw(VALUES))]
    if content:
        headers += [(b"content-type", draw(VALUES)), (b"idempotency-key", draw(VALUES))]
    if draw(st.booleans()):
        headers.append((b"authorization", draw(VALUES)))
    return RequestMessage(draw(st.sampled_from(["GET", "POST", "PUT", "DELETE"])), target, headers, content)


def sent(message: RequestMessage, signed: SignedRequest) -> RequestMessage:
    return replace(message, headers=[*message.headers, *signed.headers])


@settings(max_examples=60, deadline=None)
@given(requests(), KEY)
def test_what_was_signed_verifies_and_is_bound(message: RequestMessage, key: object) -> None:
    signed = sign_request(message, P256 if key is P256 else ED25519, NOW)
    seen = verify(sent(message, signed))
    assert seen.record.key == (P256 if key is P256 else ED25519).public
    assert seen.binding == signed.binding == bind_request(sent(message, signed))


@settings(max_examples=60, deadline=None)
@given(requests(st.binary(min_size=1, max_size=200)), st.data())
def test_one_changed_byte_of_a_covered_part_is_refused(message: RequestMessage, data: st.DataObject) -> None:
    whole = sent(message, sign_request(message, P256, NOW))
    names = [name.decode() for name, _ in whole.headers if name != b"x-other"]
    part = data.draw(st.sampled_from(["method", "target", "body", *names]))
    changed = _change(whole, part, data)
    with pytest.raises(SignatureError) as refused:
        verify(changed)
    assert refused.value.code in Reason


def _change(message: RequestMessage, part: str, data: st.DataObject) -> RequestMessage:
    if part == "method":
        others = [name for name in ("GET", "POST", "PUT", "DELETE", "PATCH") if name != message.method]
        return replace(message, method=data.draw(st.sampled_from(others)))
    if part == "target":
        return replace(message, target_uri=_other(message.target_uri.encode(), data).decode("latin-1"))
    if part == "body":
        return replace(message, body=_other(message.body, data))
    value = dict(message.headers)[part.encode()]
    mutated = _other(value, data)
    if mutated.strip(b" \t") == value:
        mutated = b"!" + value
    return replace(
        message,
        headers=[(name, mutated if name == part.encode() else old) for name, old in message.headers],
    )


def _other(text: bytes, data: st.DataObject) -> bytes:
    at = data.draw(st.integers(0, len(text) - 1))
    byte = data.draw(st.integers(1, 255))
    return text[:at] + bytes([text[at] ^ byte]) + text[at + 1 :]


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=60), st.binary(max_size=60))
def test_rubbish_is_refused_and_never_breaks_the_verifier(signature_input: bytes, signature: bytes) -> None:
    message = Forge().message()
    headers = [line for line in message.headers if not line[0].startswith(b"signature")]
    for hostile in (signature_input, b'sig1=("@method" ' + signature_input, b"sig1=();" + signature_input):
        lines = [(b"signature-input", hostile), (b"signature", b"sig1=" + signature)]
        with pytest.raises(SignatureError):
            verify(replace(message, headers=[*headers, *lines]))
        bind_request(replace(message, headers=[*headers, *lines]))


@settings(max_examples=80, deadline=None)
@given(requests(), st.data())
def test_the_short_way_of_reading_agrees_with_the_general_one(message: RequestMessage, data: st.DataObject) -> None:
    """Our own form is read without the general parser; a changed byte must not open a gap between the two."""
    signed = dict(sign_request(message, P256, NOW).headers)
    texts = [signed[b"signature-input"], signed[b"signature"]]
    if data.draw(st.booleans()):
        which = data.draw(st.integers(0, 1))
        at = data.draw(st.integers(0, len(texts[which]) - 1))
        byte = data.draw(st.sampled_from(list(b'0a"; ()=:?@A-_.,')))
        texts[which] = texts[which][:at] + bytes([byte]) + texts[which][at + 1 :]
    fields = {"signature-input": texts[0].decode(), "signature": texts[1].decode()}
    short = outcome(lambda: find_signature(fields, DEFAULT_LIMITS))
    general = outcome(lambda: parse_signature(fields["signature-input"], fields["signature"], DEFAULT_LIMITS))
    assert short == general


def outcome(read: Callable[[], FoundSignature]) -> str:
    try:
        found = read()
        return f"{found} {found.signature_member} {found.signature_input}"
    except SignatureError as refused:
        return str(refused)


@settings(max_examples=60, deadline=None)
@given(requests(), st.integers(200, 599), st.binary(max_size=100), KEY)
def test_an_answer_verifies_for_its_own_request_only(
    message: RequestMessage, status: int, body: bytes, key: object
) -> None:
    signing = P256 if key is P256 else ED25519
    first, second = sign_request(message, signing, NOW), sign_request(message, signing, NOW)
    headers = [(b"content-type", b"application/json")]
    added = sign_response(status, headers, body, first.binding, signing, NOW)
    answer = ResponseMessage(status, [*headers, *added], body)
    assert verify_response(answer, first.binding, KEYS, NOW).keyid == signing.public.keyid
    with pytest.raises(SignatureError) as refused:
        verify_response(answer, second.binding, KEYS, NOW)
    assert refused.value.code == Reason.BAD_SIGNATURE


@given(st.binary(max_size=30))
def test_a_field_value_is_clean_or_refused(line: bytes) -> None:
    try:
        value = field_value(line, "content-type")
    except SignatureError:
        assert not line.strip(b" \t") or not line.strip(b" \t").decode("latin-1").isprintable() or not line.isascii()
    else:
        assert value == value.strip()
        assert value.isprintable()
        assert value.isascii()
