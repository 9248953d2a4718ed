"""Every rule of the profile, broken one at a time and signed again, is refused for its own reason."""

from collections.abc import Callable
from dataclasses import replace

import http_sf
import pytest

from gateway.httpsig.digest import make_digest
from gateway.httpsig.errors import Reason, SignatureError
from gateway.httpsig.keys import KeyRecord, KeySet, SigningKey
from gateway.httpsig.message import RequestMessage
from gateway.httpsig.request import sign_request, verify_request
from tests.unit.httpsig.forge import ED25519, NOW, PENDING, REVOKED, STRANGER, Forge, verify


def reason(message: RequestMessage, now: float = NOW) -> Reason:
    with pytest.raises(SignatureError) as refused:
        verify(message, now)
    return refused.value.code


def with_lines(message: RequestMessage, *lines: tuple[bytes, bytes]) -> RequestMessage:
    return replace(message, headers=[*message.headers, *lines])


def without(message: RequestMessage, name: bytes) -> RequestMessage:
    return replace(message, headers=[line for line in message.headers if line[0] != name])


def replaced(message: RequestMessage, name: bytes, value: bytes) -> RequestMessage:
    return with_lines(without(message, name), (name, value))


def line(message: RequestMessage, name: bytes) -> bytes:
    return next(value for found, value in message.headers if found == name)


def test_the_unchanged_request_passes() -> None:
    assert verify(Forge().message()).party == "ircc"
    assert verify(Forge.bodyless().message()).party == "ircc"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("created", "now"),
        ("created", http_sf.Token("now")),
        ("created", True),
        ("created", -1),
        ("expires", "later"),
        ("nonce", 12345678901234567890 % 10**15),
        ("nonce", "has a space and is long enough"),
        ("nonce", "A" * 30 + "bcdefghijklmnop" * 5),
        ("keyid", "https://evil.example/jwks.json#1"),
        ("keyid", "short"),
        ("keyid", 7),
        ("alg", 7),
        ("tag", http_sf.Token("isa-gateway-v1")),
    ],
)
def test_a_parameter_of_the_wrong_type_or_shape(name: str, value: object) -> None:
    forge = Forge()
    forge.parameters[name] = value
    assert reason(forge.message()) == Reason.BAD_PARAMETER


@pytest.mark.parametrize("name", ["created", "expires", "nonce", "keyid", "alg"])
def test_a_missing_parameter_is_named(name: str) -> None:
    forge = Forge()
    del forge.parameters[name]
    with pytest.raises(SignatureError) as refused:
        verify(forge.message())
    assert (refused.value.code, refused.value.element) == (Reason.MISSING_PARAMETER, name)


def test_an_unknown_parameter() -> None:
    forge = Forge()
    forge.parameters["scope"] = "all"
    assert reason(forge.message()) == Reason.UNKNOWN_PARAMETER


@pytest.mark.parametrize("alg", ["rsa-pss-sha512", "hmac-sha256", "none", "ecdsa-p384-sha384", ""])
def test_another_algorithm(alg: str) -> None:
    forge = Forge()
    forge.parameters["alg"] = alg
    assert reason(forge.message()) == Reason.UNKNOWN_ALGORITHM


@pytest.mark.parametrize("nonce", ["", "short", "Zk3mR8tQw1YxV5bNc7dLh", "A" * 22, "abcabcabcabcabcabcabcabc"])
def test_a_weak_nonce(nonce: str) -> None:
    forge = Forge()
    forge.parameters["nonce"] = nonce
    assert reason(forge.message()) == (Reason.WEAK_NONCE if nonce else Reason.BAD_PARAMETER)


def test_the_key_record_decides_the_algorithm() -> None:
    forge = Forge()
    forge.parameters["alg"] = "ed25519"
    assert reason(forge.message()) == Reason.ALGORITHM_MISMATCH


@pytest.mark.parametrize("tag", ["fapi-2-request", "isa-gateway-v2", "", "ISA-GATEWAY-V1"])
def test_another_tag(tag: str) -> None:
    forge = Forge()
    forge.parameters["tag"] = tag
    assert reason(forge.message()) == Reason.WRONG_TAG


def test_no_tag() -> None:
    forge = Forge()
    del forge.parameters["tag"]
    assert reason(forge.message()) == Reason.WRONG_TAG


@pytest.mark.parametrize("name", [b"signature", b"signature-input"])
def test_no_signature(name: bytes) -> None:
    assert reason(without(Forge().message(), name)) == Reason.MISSING_SIGNATURE


def test_a_second_signature_with_our_tag() -> None:
    second = Forge(label="sig2", key=ED25519).signature_lines()
    assert reason(with_lines(Forge().message(), *second)) == Reason.TWO_SIGNATURES


def test_a_second_signature_cannot_hide_behind_a_token_tag() -> None:
    second = Forge(label="sig2")
    second.parameters["tag"] = http_sf.Token("isa-gateway-v1")
    assert reason(with_lines(Forge().message(), *second.signature_lines())) == Reason.TWO_SIGNATURES


def test_a_signature_of_an_intermediary_under_its_own_tag_is_ignored() -> None:
    other = Forge(label="proxy", key=STRANGER)
    other.parameters = {"created": NOW, "keyid": "their-key", "tag": "edge"}
    assert verify(with_lines(Forge().message(), *other.signature_lines())).binding.label == "sig1"


def test_a_duplicate_label() -> None:
    again = Forge(key=ED25519).signature_lines()
    assert reason(with_lines(Forge().message(), *again)) == Reason.DUPLICATE_LABEL
    assert reason(with_lines(Forge().message(), again[1])) == Reason.DUPLICATE_LABEL


def test_a_duplicate_parameter() -> None:
    message = Forge().message()
    doubled = line(message, b"signature-input") + b";created=%d" % NOW
    assert reason(replaced(message, b"signature-input", doubled)) == Reason.DUPLICATE_PARAMETER


@pytest.mark.parametrize(
    "value",
    [
        b"sig1",
        b"sig1=:AAAA:",
        b"sig1=(",
        b"garbage!",
        b"sig1=1",
        b'other=("@method");tag="isa-gateway-v1"',
        b"sig1=@99999999999999;x",
        b'sig1="text";tag="isa-gateway-v1"',
    ],
)
def test_a_malformed_signature_input(value: bytes) -> None:
    refused = reason(replaced(Forge().message(), b"signature-input", value))
    assert refused in {Reason.MALFORMED_SIGNATURE, Reason.WRONG_TAG}


@pytest.mark.parametrize(
    "value",
    [b"sig1=abc", b"sig1=:!!:", b"sig1", b'sig1="x"', b"sig1=:AAAA:;extra", b"sig2=:AAAA:", b"sig1=("],
)
def test_a_malformed_signature(value: bytes) -> None:
    assert reason(replaced(Forge().message(), b"signature", value)) == Reason.MALFORMED_SIGNATURE


@pytest.mark.parametrize("length", [0, 1, 63, 65, 72])
@pytest.mark.parametrize("key", ["p256", "ed25519"])
def test_a_signature_of_the_wrong_length(key: str, length: int) -> None:
    forge = Forge() if key == "p256" else Forge(key=ED25519)
    value = f"sig1={http_sf.ser(bytes(length))}".encode()
    assert reason(replaced(forge.message(), b"signature", value)) == Reason.BAD_SIGNATURE


WINDOW: list[tuple[int, int, float, Reason | None]] = [
    (0, 60, 0, None),
    (0, 60, 60, None),
    (0, 60, 60.001, Reason.TOO_OLD),
    (0, 60, 61, Reason.TOO_OLD),
    (0, 30, 30, None),
    (0, 30, 31, Reason.EXPIRED),
    (10, 70, 0, None),
    (11, 71, 0, Reason.NOT_YET_VALID),
    (10, 70, -0.5, Reason.NOT_YET_VALID),
    (0, 1, 1, None),
    (0, 61, 0, Reason.WINDOW_TOO_LONG),
    (0, 0, 0, Reason.EMPTY_WINDOW),
    (0, -1, 0, Reason.EMPTY_WINDOW),
    (-60, 0, 0, None),
    (-61, -1, 0, Reason.TOO_OLD),
]


@pytest.mark.parametrize(("created", "expires", "at", "expected"), WINDOW)
def test_the_window_to_the_second(created: int, expires: int, at: float, expected: Reason | None) -> None:
    forge = Forge()
    forge.parameters |= {"created": NOW + created, "expires": NOW + expires}
    if expected is None:
        assert verify(forge.message(), NOW + at).created == NOW + created
    else:
        assert reason(forge.message(), NOW + at) == expected


@pytest.mark.parametrize("dropped", range(5))
def test_each_component_must_be_covered(dropped: int) -> None:
    forge = Forge()
    del forge.components[dropped]
    assert reason(forge.message()) == Reason.WRONG_COVERAGE


@pytest.mark.parametrize(
    "extra",
    [
        '"date"',
        '"@authority"',
        '"@method"',
        '"@query"',
        '"content-type";sf',
        '"content-digest";key="sha-256"',
    ],
)
def test_nothing_else_may_be_covered(extra: str) -> None:
    forge = Forge()
    forge.components.append(extra)
    assert reason(forge.message()) == Reason.WRONG_COVERAGE


@pytest.mark.parametrize("changed", ['"@method";req', '"@method";req=?0', '"@METHOD"', "method", '"@method";bs'])
def test_a_component_in_another_form(changed: str) -> None:
    forge = Forge()
    forge.components[0] = changed
    assert reason(forge.message()) == Reason.WRONG_COVERAGE


def test_covering_nothing() -> None:
    forge = Forge()
    forge.components = []
    assert reason(forge.message()) == Reason.WRONG_COVERAGE


def test_authorization_must_be_covered_when_it_is_there() -> None:
    forge = Forge()
    forge.fields["authorization"] = "Bearer invented"
    assert reason(forge.message()) == Reason.WRONG_COVERAGE
    forge.components.append('"authorization"')
    assert verify(forge.message()).authorization == "Bearer invented"
    bodyless = Forge.bodyless()
    bodyless.fields["authorization"] = "Bearer invented"
    assert reason(bodyless.message()) == Reason.WRONG_COVERAGE
    bodyless.components.append('"authorization"')
    assert verify(bodyless.message()).authorization == "Bearer invented"


def test_authorization_may_not_be_covered_when_it_is_absent() -> None:
    forge = Forge()
    forge.components.append('"authorization"')
    assert reason(forge.message()) == Reason.WRONG_COVERAGE


@pytest.mark.parametrize("name", ["content-type", "content-digest", "idempotency-key"])
def test_a_covered_field_must_exist(name: str) -> None:
    forge = Forge()
    del forge.fields[name]
    assert reason(forge.message()) == Reason.MISSING_COMPONENT


def test_a_body_added_to_a_signed_request_without_one() -> None:
    assert reason(replace(Forge.bodyless().message(), body=b"{}")) == Reason.WRONG_COVERAGE


def test_a_body_taken_from_a_signed_request() -> None:
    assert reason(replace(Forge().message(), body=b"")) == Reason.WRONG_COVERAGE


def test_fields_that_are_not_covered_do_not_come_through() -> None:
    added = ((b"idempotency-key", b"chosen-by-a-proxy"), (b"content-type", b"text/html"))
    seen = verify(with_lines(Forge.bodyless().message(), *added))
    assert (seen.idempotency_key, seen.content_type) == (None, None)


@pytest.mark.parametrize(
    ("forge", "expected"),
    [
        (lambda: Forge(key=STRANGER), Reason.UNKNOWN_KEY),
        (lambda: Forge(key=REVOKED), Reason.REVOKED_KEY),
        (lambda: Forge(key=PENDING), Reason.REVOKED_KEY),
    ],
)
def test_a_key_that_does_not_count(forge: Callable[[], Forge], expected: Reason) -> None:
    assert reason(forge().message()) == expected


def test_a_stranger_signing_under_a_known_key_identifier() -> None:
    forge = Forge()
    forge.key = STRANGER
    assert reason(forge.message()) == Reason.BAD_SIGNATURE


@pytest.mark.parametrize(
    ("digest", "expected"),
    [
        (make_digest(b"another body"), Reason.DIGEST_MISMATCH),
        (f"sha-512=:{'A' * 86}==:", Reason.DIGEST_ALGORITHM),
        (f"{make_digest(b'x')}, sha-512=:{'A' * 86}==:", Reason.DIGEST_ALGORITHM),
        ("md5=:1B2M2Y8AsgTpgAmY7PhCfg==:", Reason.DIGEST_ALGORITHM),
        ("sha-256=:AAAA:", Reason.DIGEST_MALFORMED),
        ("sha-256=abc", Reason.DIGEST_MALFORMED),
        ("SHA-256=:" + make_digest(b"x")[9:], Reason.DIGEST_MALFORMED),
        (make_digest(b"x") + ";p=1", Reason.DIGEST_MALFORMED),
    ],
)
def test_a_digest_that_is_wrong_but_signed(digest: str, expected: Reason) -> None:
    forge = Forge()
    forge.fields["content-digest"] = digest
    assert reason(forge.message()) == expected


@pytest.mark.parametrize("name", [b"content-type", b"content-digest", b"idempotency-key", b"authorization", b"host"])
def test_a_repeated_field(name: bytes) -> None:
    forge = Forge()
    forge.fields["authorization"] = "Bearer invented"
    forge.components.append('"authorization"')
    same = dict(forge.message().headers).get(name, b"gateway.example")
    forge.extra_lines = [(name, same)] if name != b"host" else [(name, same), (name, same)]
    assert reason(forge.message()) == Reason.AMBIGUOUS_HEADER


@pytest.mark.parametrize("coding", [b"gzip", b"identity", b"br"])
def test_a_content_coding(coding: bytes) -> None:
    assert reason(with_lines(Forge().message(), (b"content-encoding", coding))) == Reason.CONTENT_CODING


@pytest.mark.parametrize("value", ["a\tb", "caf\xe9", "", "a\r\nb", "a\x00b", "\x7f"])
def test_an_unprintable_field(value: str) -> None:
    forge = Forge()
    forge.fields["idempotency-key"] = value
    assert reason(forge.message()) == Reason.BAD_HEADER


@pytest.mark.parametrize("method", ["", "post", "PO ST", 'GET\n"@target-uri": https://evil.example/', "G" * 17])
def test_a_method_that_is_none(method: str) -> None:
    assert reason(Forge(method=method).message()) == Reason.BAD_TARGET


@pytest.mark.parametrize(
    "message",
    [
        lambda: with_lines(Forge().message(), *[(b"x-pad", b"1")] * 64),
        lambda: with_lines(Forge().message(), (b"x-pad", b"1" * 16_384)),
        lambda: Forge(target="https://gateway.example/" + "a" * 4_096).message(),
        lambda: Forge(body=b"x" * 1_048_577).message(),
        lambda: Forge(label="s" * 33).message(),
        lambda: replaced(Forge().message(), b"signature", b"sig1=:" + b"A" * 1_024 + b":"),
        lambda: replaced(Forge().message(), b"signature-input", b"sig1=(" + b" " * 2_048 + b")"),
        lambda: with_lines(
            Forge().message(), *[pair for n in range(2, 6) for pair in Forge(label=f"s{n}").signature_lines()]
        ),
    ],
)
def test_what_is_too_large_is_refused_before_it_is_read(message: Callable[[], RequestMessage]) -> None:
    assert reason(message()) == Reason.TOO_LARGE


def test_too_many_components() -> None:
    forge = Forge()
    forge.components = [f'"x-{n}"' for n in range(17)]
    assert reason(forge.message()) == Reason.TOO_LARGE


def test_the_checks_run_in_the_order_of_the_profile() -> None:
    """A request with every fault at once is refused for the first; mending it reveals the next."""
    forge = Forge(key=STRANGER)
    forge.parameters |= {"tag": "other", "scope": "x", "created": NOW - 100, "expires": NOW - 40}
    del forge.components[0]
    forge.fields["content-digest"] = make_digest(b"another body")
    message = forge.message()
    assert reason(with_lines(message, (b"host", b"a"), (b"host", b"b"))) == Reason.AMBIGUOUS_HEADER
    assert reason(message) == Reason.WRONG_TAG
    forge.parameters["tag"] = "isa-gateway-v1"
    assert reason(forge.message()) == Reason.UNKNOWN_PARAMETER
    del forge.parameters["scope"]
    assert reason(forge.message()) == Reason.TOO_OLD
    forge.parameters |= {"created": NOW, "expires": NOW + 60}
    assert reason(forge.message()) == Reason.WRONG_COVERAGE
    forge.components.insert(0, '"@method"')
    assert reason(forge.message()) == Reason.UNKNOWN_KEY
    forge.parameters |= {"keyid": Forge().parameters["keyid"]}
    assert reason(forge.message()) == Reason.BAD_SIGNATURE
    forge.key = Forge().key
    assert reason(forge.message()) == Reason.DIGEST_MISMATCH
    forge.fields["content-digest"] = make_digest(forge.body)
    assert verify(forge.message()).party == "ircc"


def test_a_refusal_carries_no_value_of_the_sender() -> None:
    canary = "canary-7f3a9c"
    forge = Forge()
    forge.parameters["nonce"] = canary
    forge.fields["idempotency-key"] = canary + "\x01"
    with pytest.raises(SignatureError) as refused:
        verify(forge.message())
    assert canary not in str(refused.value) + repr(refused.value.__dict__)
    with pytest.raises(SignatureError) as refused:
        verify(replaced(forge.message(), b"idempotency-key", b"x"))
    assert canary not in str(refused.value)


@pytest.mark.parametrize(
    ("nonce", "accepted"),
    [
        ("q83vEjRWeJASNFZ4kKvN7w==", True),
        ("q83vEjRWeJASNFZ4kKvN7w", True),
        ("q83v+jRWeJ/SNFZ4kKvN7w==", True),
        ("q83v-jRWeJ_SNFZ4kKvN7w", True),
        ("q83v-jRWeJ/SNFZ4kKvN7w", False),
        ("q83vEjRWeJASNFZ4kKvN==", False),
        ("q83vEjRW=JASNFZ4kKvN7w", False),
        ("q83vEjRWeJASNFZ4kKvN7w===", False),
    ],
)
def test_a_nonce_is_base64_of_one_alphabet_and_128_bits(nonce: str, accepted: bool) -> None:
    request = RequestMessage("GET", "https://gateway.example/v1/agreements", (), b"")
    key = SigningKey.generate()
    signed = sign_request(request, key, 1_800_000_000, nonce=nonce)
    received = RequestMessage(request.method, request.target_uri, signed.headers, b"")
    keys = KeySet([KeyRecord(key.public, "partner")])
    if accepted:
        assert verify_request(received, keys, 1_800_000_000).nonce == nonce
        return
    with pytest.raises(SignatureError):
        verify_request(received, keys, 1_800_000_000)
