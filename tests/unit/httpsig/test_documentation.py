"""docs/signatures.md says what the code does: its example is computed again, its lists are held against the code."""

import pathlib
import re
import textwrap
import time

import httpx
import pytest

import gateway.client.calls
from gateway.httpsig.errors import Reason
from gateway.httpsig.keys import KeyRecord, KeySet
from gateway.httpsig.pem import write_private_pem
from gateway.httpsig.profile import (
    BODY_COVERAGE,
    BODYLESS_COVERAGE,
    DEFAULT_LIMITS,
    MAX_AGE,
    MAX_LIFETIME,
    MAX_SKEW,
    NONCE_MAX_LENGTH,
    NONCE_MIN_LENGTH,
    SINGLE_FIELDS,
    TAG,
)
from gateway.httpsig.request import verify_request
from gateway.httpsig.response import verify_response
from tests.unit.httpsig import worked_example as example
from tests.unit.test_client import PARTNER, RECORD, VKEY, GatewaySimulator


@pytest.fixture(scope="module")
def text(repository: pathlib.Path) -> str:
    return (repository / "docs" / "signatures.md").read_text(encoding="utf-8")


def fenced(text: str) -> list[str]:
    return re.findall(r"^```\w+\n(.*?)\n```$", text, flags=re.MULTILINE | re.DOTALL)


@pytest.mark.parametrize("shown", list(example.blocks()))
def test_the_worked_example_is_what_the_code_computes(text: str, shown: str) -> None:
    assert example.blocks()[shown] in fenced(text)


def test_the_worked_example_verifies() -> None:
    partners = KeySet([KeyRecord(example.PARTNER.public, "partner")])
    seen = verify_request(example.received_request(), partners, example.CREATED)
    gateways = KeySet([KeyRecord(example.GATEWAY.public, "gateway")])
    verify_response(example.answer(), seen.binding, gateways, example.CREATED + 1)
    signature = seen.signature
    assert example.PARTNER.public.verifies(signature, example.request_base().encode())
    assert example.PARTNER.public.keyid in example.request_base()


def test_every_reason_is_listed_in_the_order_of_the_checks(text: str) -> None:
    table = text.split("| Step | Codes |")[1].split("## An answer")[0]
    listed = re.findall(r"`([a-z-]+)`", table)
    assert sorted(listed) == sorted(reason.value for reason in Reason)
    in_order = [reason.value for reason in Reason if reason.value in listed]
    assert listed[: listed.index("bad-key")] == [code for code in in_order if code not in ("bad-key", "private-key")]


def test_the_figures_are_those_of_the_profile(text: str) -> None:
    limits = DEFAULT_LIMITS
    for figure in (
        f"`{TAG}`",
        f"`0 < expires - created <= {MAX_LIFETIME}`; not more than {MAX_AGE} s old, not more than {MAX_SKEW} s",
        f"{NONCE_MIN_LENGTH} to {NONCE_MAX_LENGTH} characters",
        f"{limits.headers} header lines and {limits.header_bytes:,} bytes",
        f"{limits.target:,} characters of target, {limits.signatures} signature labels",
        f"at most {limits.label} characters",
        f"{limits.components} components, {limits.signature_input:,} bytes of `Signature-Input`",
        f"{limits.signature:,} of `Signature`",
        "exactly " + ", ".join(f"`{name}`" for name in BODY_COVERAGE),
        "exactly " + ", ".join(f"`{name}`" for name in BODYLESS_COVERAGE) + " |",
    ):
        assert figure in " ".join(text.split()), figure
    once = text.split("| Once only | ")[1].split(":")[0]
    assert set(re.findall(r"`([a-z-]+)`", once)) == SINGLE_FIELDS - {"content-encoding"}


def client_example(text: str) -> str:
    return next(block for block in fenced(text) if "gateway.disclose(" in block)


def test_the_client_example_is_the_one_of_the_docstring(text: str) -> None:
    shown = textwrap.indent(client_example(text), "    ", lambda line: bool(line.strip()))
    assert shown in (gateway.client.calls.__doc__ or "")


def test_the_client_example_runs(
    text: str, tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """As it stands, with a gateway behind the network that has the pinned key."""
    simulator = GatewaySimulator(signer=example.GATEWAY, clock=time.time())
    simulator.records = [{"decision": RECORD["decision"]}]
    monkeypatch.setattr(httpx.HTTPTransport, "handle_request", lambda _, request: simulator(request))
    monkeypatch.chdir(tmp_path)
    (tmp_path / "partner.pem").write_bytes(write_private_pem(PARTNER))
    (tmp_path / "log.vkey").write_text(VKEY)
    exec(compile(client_example(text), "docs/signatures.md", "exec"), {})
    assert capsys.readouterr().out.startswith("0 [{'decision': 'Confirmed'}]")
