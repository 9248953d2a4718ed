"""Answers: signed always, bound to their request, refused when anything of either is exchanged."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from gateway.httpsig.digest import make_digest
from gateway.httpsig.errors import Reason, SignatureError
from gateway.httpsig.keys import KeyRecord, KeySet, KeyStatus, SigningKey
from gateway.httpsig.message import RequestMessage, ResponseMessage
from gateway.httpsig.request import RequestBinding
from gateway.httpsig.response import bind_request, sign_response, verify_response
from tests.unit.httpsig.forge import NOW, TARGET, Forge, verify

GATEWAY = SigningKey.generate()
TRUSTED = KeySet([KeyRecord(GATEWAY.public, "gateway")])
HEADERS = [(b"content-type", b"application/json")]
BODY = b'{"records":[]}'


def answer(binding: RequestBinding, status: int = 200, body: bytes = BODY, now: float = NOW) -> ResponseMessage:
    headers = HEADERS if body else []
    return ResponseMessage(status, [*headers, *sign_response(status, headers, body, binding, GATEWAY, now)], body)


def reason(message: ResponseMessage, binding: RequestBinding, now: float = NOW) -> Reason:
    with pytest.raises(SignatureError) as refused:
        verify_response(message, binding, TRUSTED, now)
    return refused.value.code


ASKED = Forge().message()


def own(forge: Forge | None = None) -> RequestBinding:
    """The binding of one and the same request, or of the one given."""
    return verify(forge.message() if forge else ASKED).binding


def test_the_covered_list_of_an_answer() -> None:
    line = dict(answer(own()).headers)[b"signature-input"]
    assert line.startswith(
        b'sig1=("@status" "content-type" "content-digest" "@method";req "@target-uri";req '
        b'"content-digest";req "signature";req;key="sig1" "signature-input";req;key="sig1");created='
    )


def test_the_label_is_the_one_of_the_request() -> None:
    binding = own(Forge(label="their-label"))
    assert b'"signature";req;key="their-label"' in dict(answer(binding).headers)[b"signature-input"]
    verify_response(answer(binding), binding, TRUSTED, NOW)


def test_the_answer_to_a_request_without_body_covers_no_digest_of_it() -> None:
    binding = own(Forge.bodyless())
    assert b'"content-digest";req' not in dict(answer(binding).headers)[b"signature-input"]
    verify_response(answer(binding), binding, TRUSTED, NOW)


def test_an_answer_without_body_covers_the_digest_of_nothing() -> None:
    empty = answer(own(), status=204, body=b"")
    assert dict(empty.headers)[b"content-digest"] == make_digest(b"").encode()
    verify_response(empty, own(), TRUSTED, NOW)
    with_body = replace(empty, body=b"x", headers=[*HEADERS, *empty.headers])
    assert reason(with_body, own()) == Reason.WRONG_COVERAGE


@pytest.mark.parametrize(
    "change",
    [
        lambda message: replace(message, status=201),
        lambda message: replace(message, headers=[(b"content-type", b"text/html"), *list(message.headers)[1:]]),
    ],
)
def test_a_changed_head_is_refused(change: Callable[[ResponseMessage], ResponseMessage]) -> None:
    assert reason(change(answer(own())), own()) == Reason.BAD_SIGNATURE


def test_a_changed_body_is_refused() -> None:
    assert reason(replace(answer(own()), body=BODY + b" "), own()) == Reason.DIGEST_MISMATCH


@pytest.mark.parametrize("part", ["method", "target_uri", "content_digest", "signature", "signature_input"])
def test_an_answer_to_another_request_is_refused(part: str) -> None:
    binding = own()
    other = replace(binding, **{part: f"{getattr(binding, part)}x"})
    assert reason(answer(other), binding) == Reason.BAD_SIGNATURE
    assert reason(answer(binding), other) == Reason.BAD_SIGNATURE


def test_an_answer_that_was_not_bound_to_our_signature_is_not_ours() -> None:
    unsigned = RequestBinding("POST", TARGET)
    assert reason(answer(unsigned, status=401), own()) == Reason.WRONG_COVERAGE


@pytest.mark.parametrize(
    ("at", "expected"),
    [(61, Reason.TOO_OLD), (-11, Reason.NOT_YET_VALID)],
)
def test_an_answer_has_a_window_too(at: int, expected: Reason) -> None:
    assert reason(answer(own()), own(), NOW + at) == expected
    verify_response(answer(own()), own(), TRUSTED, NOW + 60)


def test_an_answer_of_a_key_that_is_not_trusted() -> None:
    stranger = SigningKey.generate()
    added = sign_response(200, HEADERS, BODY, own(), stranger, NOW)
    message = ResponseMessage(200, [*HEADERS, *added], BODY)
    assert reason(message, own()) == Reason.UNKNOWN_KEY
    revoked = KeySet([KeyRecord(GATEWAY.public, "gateway", KeyStatus.REVOKED)])
    with pytest.raises(SignatureError) as refused:
        verify_response(answer(own()), own(), revoked, NOW)
    assert refused.value.code == Reason.REVOKED_KEY


def test_a_request_cannot_be_sent_back_as_an_answer() -> None:
    """A partner's own signature over its own request is no answer, though the tag is the same."""
    request = Forge().message()
    assert reason(ResponseMessage(200, request.headers, request.body), own()) == Reason.UNKNOWN_PARAMETER


@pytest.mark.parametrize("name", [b"content-digest", b"content-type", b"signature", b"signature-input"])
def test_an_answer_without_one_of_its_fields(name: bytes) -> None:
    message = answer(own())
    left = [line for line in message.headers if line[0] != name]
    assert reason(replace(message, headers=left), own()) in {
        Reason.DIGEST_MISSING,
        Reason.MISSING_COMPONENT,
        Reason.MISSING_SIGNATURE,
    }


def test_an_encoded_answer_is_refused() -> None:
    message = answer(own())
    coded = replace(message, headers=[*message.headers, (b"content-encoding", b"gzip")])
    assert reason(coded, own()) == Reason.CONTENT_CODING


def test_a_body_without_a_type_cannot_be_signed() -> None:
    with pytest.raises(SignatureError) as refused:
        sign_response(200, [], BODY, own(), GATEWAY, NOW)
    assert refused.value.code == Reason.MISSING_COMPONENT


@pytest.mark.parametrize(
    ("message", "expected"),
    [
        (RequestMessage("GET", TARGET, [], b""), RequestBinding("GET", TARGET)),
        (RequestMessage("ge t", TARGET, [], b""), RequestBinding(None, TARGET)),
        (RequestMessage("GET", "https://x/\n", [], b""), RequestBinding("GET", None)),
        (
            RequestMessage("GET", TARGET, [(b"host", b"a"), (b"host", b"b")], b""),
            RequestBinding("GET", TARGET),
        ),
        (
            RequestMessage("GET", TARGET, [(b"signature-input", b"x"), (b"signature", b"y")], b""),
            RequestBinding("GET", TARGET),
        ),
    ],
)
def test_a_refusal_is_bound_to_what_there_is(message: RequestMessage, expected: RequestBinding) -> None:
    assert bind_request(message) == expected
    verify_response(answer(expected, status=401), expected, TRUSTED, NOW)


def test_the_refusal_of_an_unknown_parameter_is_bound_to_the_signature_that_was_sent() -> None:
    forge = Forge()
    forge.parameters["scope"] = 'a "quoted" \\ value'
    binding = bind_request(forge.message())
    assert binding.signature_input is not None
    assert binding.signature_input.endswith(r';scope="a \"quoted\" \\ value"')
    assert f"sig1={binding.signature_input}".encode() == dict(forge.message().headers)[b"signature-input"]
