"""RFC 9421 Appendix B: signature bases of all examples, signatures of the two algorithms the profile admits.

The examples cover other components than the profile and carry no tag, so the profile's verifier must refuse
them.
"""

import json
import pathlib
import re
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import http_sf
import pytest

from gateway.httpsig.base import signature_base
from gateway.httpsig.errors import KeyFormatError, Reason, SignatureError
from gateway.httpsig.keys import KeyRecord, KeySet, PublicKey
from gateway.httpsig.message import RequestMessage, ResponseMessage, field_value
from gateway.httpsig.pem import read_private_pem, read_public_pem
from gateway.httpsig.profile import DEFAULT_LIMITS
from gateway.httpsig.request import RequestBinding, verify_request
from gateway.httpsig.response import verify_response
from gateway.httpsig.signed import parse_signature
from tests.unit.httpsig.forge import BODY_COMPONENTS, NOW, Forge

TARGET = "https://example.com/foo?param=Value&Pet=dog"
P256_KEY, ED25519_KEY = "Example ECC P-256 Test Key", "Example Ed25519 Test Key"
CASES = {
    "b21": "Minimal Signature Using rsa-pss-sha512",
    "b22": "Selective Covered Components using rsa-pss-sha512",
    "b23": "Full Coverage using rsa-pss-sha512",
    "b24": "Signing a Response using ecdsa-p256-sha256",
    "b25": "Signing a Request using hmac-sha256",
    "b26": "Signing a Request using ed25519",
}


@dataclass(frozen=True)
class Appendix:
    """The appendix by heading: its fenced blocks, with the line wrapping of RFC 8792 undone."""

    blocks: dict[str, list[str]]

    @classmethod
    def read(cls, path: pathlib.Path) -> "Appendix":
        blocks: dict[str, list[str]] = {}
        for section in re.split(r"^#{2,3} ", path.read_text(), flags=re.MULTILINE)[1:]:
            heading = section.splitlines()[0].split(" {#")[0]
            fenced = re.findall(r"^~~~[^\n]*\n(.*?)^~~~", section, flags=re.MULTILINE | re.DOTALL)
            blocks[heading] = [cls._unwrap(block) for block in fenced]
        return cls(blocks)

    @staticmethod
    def _unwrap(block: str) -> str:
        if "RFC 8792" in block:
            block = block.split("\n", 2)[2]
        return re.sub(r"\\\n[ ]*", "", block).strip("\n")

    def base(self, case: str) -> str:
        return self.blocks[CASES[case]][0]

    def fields(self, case: str) -> dict[str, str]:
        lines = self.blocks[CASES[case]][1].splitlines()
        return {name.lower(): value.strip() for name, value in (line.split(":", 1) for line in lines)}

    def keys(self, heading: str) -> tuple[bytes, bytes, dict[str, str]]:
        pem, jwk = self.blocks[heading]
        public, private = pem.split("\n\n")
        return public.encode(), private.encode(), json.loads(jwk)

    def message(self, which: int) -> tuple[dict[str, str], bytes]:
        head, body = self.blocks["Test Cases"][which].split("\n\n")
        lines = head.splitlines()[1:]
        fields = {name.lower(): value.strip() for name, value in (line.split(":", 1) for line in lines)}
        return fields, body.encode()


@pytest.fixture(scope="module")
def appendix(shared_data: pathlib.Path) -> Appendix:
    return Appendix.read(shared_data / "vectors" / "rfc9421_appendix_b.md")


def component_values(appendix: Appendix, case: str) -> dict[str, str]:
    """Values taken from the example messages, not from the expected base."""
    response = case == "b24"
    fields, _ = appendix.message(1 if response else 0)
    values = {f'"{name}"': field_value(value.encode(), name) for name, value in fields.items()}
    if response:
        digests = re.findall(r"sha-512=:mEWXIS7[^:]+:", appendix.base(case))
        return {**values, '"@status"': "200", '"content-digest"': digests[0]}
    target = urlsplit(TARGET)
    return {
        **values,
        '"@method"': "POST",
        '"@target-uri"': TARGET,
        '"@authority"': target.netloc,
        '"@path"': target.path,
        '"@query"': f"?{target.query}",
        '"@query-param";name="Pet"': "dog",
    }


def built_base(appendix: Appendix, case: str) -> bytes:
    line = appendix.fields(case)["signature-input"]
    parsed: Any = http_sf.parse(line.encode(), tltype="dictionary")
    covered, _ = parsed[f"sig-{case}"]
    identifiers = [http_sf.ser(item) for item in covered]
    return signature_base(identifiers, component_values(appendix, case), line.split("=", 1)[1])


@pytest.mark.parametrize("case", CASES)
def test_the_signature_base_of_every_example(appendix: Appendix, case: str) -> None:
    assert built_base(appendix, case) == appendix.base(case).encode()


@pytest.mark.parametrize(("case", "heading"), [("b24", P256_KEY), ("b26", ED25519_KEY)])
def test_the_signatures_of_our_two_algorithms_verify(appendix: Appendix, case: str, heading: str) -> None:
    public, _, _ = appendix.keys(heading)
    fields = appendix.fields(case)
    tagged = fields["signature-input"] + ';tag="isa-gateway-v1"'
    found = parse_signature(tagged, fields["signature"], DEFAULT_LIMITS)
    base = built_base(appendix, case)
    key = read_public_pem(public)
    assert key.verifies(found.signature, base)
    assert not key.verifies(found.signature, base + b"\n")
    assert not key.verifies(found.signature[::-1], base)


def test_the_ed25519_example_is_reproduced_to_the_byte(appendix: Appendix) -> None:
    _, private, _ = appendix.keys(ED25519_KEY)
    signature = read_private_pem(private).sign(appendix.base("b26").encode())
    assert appendix.fields("b26")["signature"] == f"sig-b26={http_sf.ser(signature)}"


@pytest.mark.parametrize("heading", [P256_KEY, ED25519_KEY])
def test_the_example_keys_are_one_key_in_both_forms(appendix: Appendix, heading: str) -> None:
    public, private, jwk = appendix.keys(heading)
    with pytest.raises(KeyFormatError) as refused:
        PublicKey.from_jwk(jwk)
    assert refused.value.code == Reason.PRIVATE_KEY
    del jwk["d"]
    assert PublicKey.from_jwk(jwk) == read_public_pem(public) == read_private_pem(private).public


@pytest.mark.parametrize("heading", ["Example Key RSA test", "Example RSA PSS Key"])
def test_the_rsa_example_keys_are_refused(appendix: Appendix, heading: str) -> None:
    public, private, jwk = appendix.keys(heading)
    with pytest.raises(KeyFormatError):
        read_public_pem(public)
    with pytest.raises(KeyFormatError):
        read_private_pem(private)
    with pytest.raises(KeyFormatError):
        PublicKey.from_jwk(jwk)


@pytest.mark.parametrize("case", [case for case in CASES if case != "b24"])
def test_the_profile_refuses_every_example_request(appendix: Appendix, case: str) -> None:
    fields, body = appendix.message(0)
    lines = {**fields, **appendix.fields(case)}
    headers = [(name.encode(), value.encode()) for name, value in lines.items()]
    with pytest.raises(SignatureError) as refused:
        verify_request(RequestMessage("POST", TARGET, headers, body), KeySet([]), 1618884473)
    assert refused.value.code == Reason.WRONG_TAG


def test_the_profile_refuses_the_example_response(appendix: Appendix) -> None:
    fields, body = appendix.message(1)
    lines = {**fields, **appendix.fields("b24")}
    headers = [(name.encode(), value.encode()) for name, value in lines.items()]
    binding = RequestBinding("POST", TARGET)
    with pytest.raises(SignatureError) as refused:
        verify_response(ResponseMessage(200, headers, body), binding, KeySet([]), 1618884473)
    assert refused.value.code == Reason.WRONG_TAG


def test_the_coverage_of_the_examples_is_refused_even_under_our_parameters(appendix: Appendix) -> None:
    """The example's components, signed by the example's key with everything else as the profile has it."""
    _, private, _ = appendix.keys(ED25519_KEY)
    key = read_private_pem(private)
    keys = KeySet([KeyRecord(key.public, "example")])
    forge = Forge(key=key)
    values = {name.strip('"'): value for name, value in component_values(appendix, "b26").items()}
    forge.fields |= {name: values[name] for name in ("date", "content-type", "content-length")}
    forge.components = ['"date"', '"@method"', '"content-type"', '"content-length"']
    with pytest.raises(SignatureError) as refused:
        verify_request(forge.message(), keys, NOW)
    assert refused.value.code == Reason.WRONG_COVERAGE
    forge.components = [f'"{name}"' for name in BODY_COMPONENTS]
    assert verify_request(forge.message(), keys, NOW).party == "example"
