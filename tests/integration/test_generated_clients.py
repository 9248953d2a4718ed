"""Generators make usable clients of what a running gateway serves at /openapi.json: one in Python and one in TypeScript
ask it a signed question and verify the answer, and the one in Java compiles."""

import importlib
import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from gateway.api.wire import REQUEST_EXAMPLES
from gateway.client.auth import GatewayAuth
from gateway.client.errors import UnverifiedAnswerError
from gateway.deployment.folder import read_signing_key
from gateway.httpsig.pem import write_private_pem, write_public_pem
from tests.clients.between import Between, gateway_behind_proxy, unchanged
from tests.clients.tampering import Tampering
from tests.clients.tools import TOOLS, attempt, run, tool
from tests.conftest import REPOSITORY, leave_out

PARTY = "ircc-work-permits"
ASK = REPOSITORY / "tests" / "clients" / "typescript" / "ask.ts"
STRICT = ("--strict", "--noUncheckedIndexedAccess", "--exactOptionalPropertyTypes", "--target", "es2022")
MODULES = ("--module", "esnext", "--moduleResolution", "bundler", "--types", "node")


@pytest.fixture(scope="module")
def between(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Between]:
    with gateway_behind_proxy(tmp_path_factory.mktemp("generated")) as proxy:
        yield proxy


@pytest.fixture(autouse=True)
def untouched(between: Between) -> None:
    between.change = unchanged


@pytest.fixture(scope="module")
def description(between: Between, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What the running gateway serves."""
    served = tmp_path_factory.mktemp("description") / "openapi.json"
    served.write_bytes(httpx.get(f"{between.origin}/openapi.json").raise_for_status().content)
    return served


def pin(between: Between) -> str:
    return read_signing_key(between.gateway.settings.response_key).public.keyid


# Python


@pytest.fixture(scope="module")
def made(description: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """The client that openapi-python-client makes, imported."""
    folder = tmp_path_factory.mktemp("python")
    (folder / "settings.yaml").write_text("post_hooks: []\n")
    generator = tool("openapi-python-client", "the generator of Python clients")
    options = ("--meta", "none", "--output-path", "partner_client", "--config", "settings.yaml", "--fail-on-warning")
    run(generator, "generate", "--path", description, *options, inside=folder)
    sys.path.insert(0, str(folder))
    try:
        yield importlib.import_module("partner_client")
    finally:
        sys.path.remove(str(folder))


@pytest.fixture
def partner(made: Any, between: Between) -> Iterator[Any]:
    """Signs what it sends and checks what comes back, with the gateway's own httpx class."""
    auth = GatewayAuth(between.origin, between.gateway.keys[PARTY], pins=[pin(between)])
    with made.Client(base_url=between.origin, httpx_args={"auth": auth}) as client:
        yield client


def called(name: str) -> Any:
    return importlib.import_module(f"partner_client.api.default.{name}")


def question(kind: str, name: str) -> Any:
    return getattr(importlib.import_module("partner_client.models"), kind).from_dict(dict(REQUEST_EXAMPLES[name]))


def test_a_generated_python_client_asks_for_a_record(partner: Any) -> None:
    body = question("RecordRequest", "one-record")
    answer = called("disclose").sync(client=partner, body=body, idempotency_key="made-1")
    assert answer.records[0].additional_properties["decision"] == "Confirmed"
    assert [(item.element, item.title.fr != "") for item in answer.withheld] == [("employer_contact_name", True)]


def test_a_generated_python_client_reads_a_list_to_its_end(partner: Any) -> None:
    body, seen = question("ListRequest", "list"), 0
    for page in range(50):
        answer = called("disclose").sync(client=partner, body=body, idempotency_key=f"made-list-{page}")
        seen += len(answer.records)
        if answer.next_cursor is None:
            break
        body.list_.cursor = answer.next_cursor
    assert answer.next_cursor is None
    assert page > 0
    assert seen > REQUEST_EXAMPLES["list"]["list"]["limit"]


def test_a_generated_python_client_reads_a_refusal(partner: Any) -> None:
    body = question("RecordRequest", "one-record")
    body.case_reference = importlib.import_module("partner_client.types").UNSET
    answer = called("disclose").sync_detailed(client=partner, body=body, idempotency_key="made-2")
    assert answer.status_code == 403
    assert answer.parsed.code == "denied"
    assert answer.parsed.reasons[0].title.en == "The clause requires a case reference"


def test_a_generated_python_client_calls_signed_and_public_routes(partner: Any, made: Any, between: Between) -> None:
    assert "esdc-ircc-tfw" in [agreement.id for agreement in called("agreements").sync(client=partner).agreements]
    with made.Client(base_url=between.origin) as public:
        assert called("jwks").sync(client=public).keys[0].kid == pin(between)
        assert called("ready").sync(client=public).ready


def test_a_generated_python_client_believes_no_changed_answer(partner: Any, between: Between) -> None:
    between.change = Tampering(read_signing_key(between.gateway.settings.response_key)).body
    with pytest.raises(UnverifiedAnswerError):
        called("disclose").sync(client=partner, body=question("RecordRequest", "one-record"), idempotency_key="made-3")


# TypeScript


@pytest.fixture(scope="module")
def checked(description: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The program, compiled against the types that openapi-typescript makes; any fault of type ends the test."""
    folder = tmp_path_factory.mktemp("typescript")
    run(
        tool("openapi-typescript", "the generator of TypeScript types"),
        description,
        "-o",
        "description.ts",
        inside=folder,
    )
    (folder / "ask.ts").write_text(ASK.read_text("utf-8"))
    (folder / "package.json").write_text('{"type": "module"}')
    compiled(folder, "ask.ts")
    return folder


def compiled(folder: Path, *files: str) -> None:
    types = TOOLS / "node" / "node_modules" / "@types"
    if not types.is_dir():
        leave_out("the types of Node.js", "run .ci/run")
    run(tool("tsc", "the TypeScript compiler"), *STRICT, *MODULES, "--typeRoots", types, *files, inside=folder)


def asked(between: Between, folder: Path, body: object) -> tuple[int, bytes]:
    key = between.gateway.keys[PARTY]
    (folder / "partner.pem").write_bytes(write_private_pem(key))
    gateway = read_signing_key(between.gateway.settings.response_key).public
    (folder / "gateway.pem").write_bytes(write_public_pem(gateway))
    arguments = (between.origin, "partner.pem", key.public.keyid, "gateway.pem")
    done = attempt(tool("node", "Node.js"), "ask.js", *arguments, inside=folder, given=json.dumps(body).encode())
    return done.returncode, done.stdout


def test_a_typescript_client_asks_for_a_record(between: Between, checked: Path) -> None:
    status, output = asked(between, checked, REQUEST_EXAMPLES["one-record"])
    assert status == 0
    told = json.loads(output)
    assert told["records"][0]["decision"] == "Confirmed"
    assert told["withheld"] == [{"element": "employer_contact_name", "records": None}]
    assert told["next"] is None


def test_a_typescript_client_reads_a_refusal(between: Between, checked: Path) -> None:
    without = {name: value for name, value in REQUEST_EXAMPLES["one-record"].items() if name != "case_reference"}
    status, output = asked(between, checked, without)
    assert status == 0
    assert json.loads(output) == {"code": "denied", "reasons": ["La clause exige une référence de cas"]}


def test_a_typescript_client_believes_no_changed_answer(between: Between, checked: Path) -> None:
    between.change = Tampering(read_signing_key(between.gateway.settings.response_key)).body
    assert asked(between, checked, REQUEST_EXAMPLES["one-record"])[0] != 0


WRONG = {
    "no_subject": 'purpose: "p", record_type: "r", elements: ["e"]',
    "one_element_as_text": 'purpose: "p", record_type: "r", elements: "e", subject: { scheme: "uci", value: "1" }',
    "unknown": 'purpose: "p", record_type: "r", elements: ["e"], subject: { scheme: "uci", value: "1" }, other: 1',
    "null": 'purpose: "p", record_type: "r", elements: ["e"], subject: { scheme: "uci", value: "1" }, agreement: null',
}


def test_the_types_refuse_what_the_gateway_would_refuse(checked: Path) -> None:
    for name, members in WRONG.items():
        (checked / f"{name}.ts").write_text(
            'import type { operations } from "./description";\n'
            'type Body = operations["disclose"]["requestBody"]["content"]["application/json"];\n'
            f"export const asked: Body = {{ {members} }};\n"
        )
    with pytest.raises(AssertionError) as refused:
        compiled(checked, *(f"{name}.ts" for name in WRONG))
    assert set(re.findall(r"^(\w+)\.ts.*error TS2", str(refused.value), re.MULTILINE)) == set(WRONG)


# Java


def test_a_generated_java_client_compiles(description: Path, tmp_path: Path) -> None:
    libraries = f"{TOOLS / 'java'}/*"
    if not (TOOLS / "java" / "installed-from").is_file():
        leave_out("the generator of Java clients", "run .ci/run")
    java, javac = tool("java", "Java"), tool("javac", "the Java development kit")
    options = (
        "-g",
        "java",
        "--library",
        "native",
        "-o",
        "made",
        "--additional-properties=hideGenerationTimestamp=true",
    )
    generator = ("-cp", libraries, "org.openapitools.codegen.OpenAPIGenerator", "generate")
    run(java, *generator, "-i", description, *options, inside=tmp_path)
    sources = [str(path) for path in (tmp_path / "made" / "src" / "main" / "java").rglob("*.java")]
    (tmp_path / "sources").write_text("\n".join(sources))
    run(javac, "-nowarn", "-cp", libraries, "-d", "classes", "@sources", inside=tmp_path)
    made = run("javap", "-cp", "classes", "org.openapitools.client.api.DefaultApi", inside=tmp_path).decode()
    assert "DisclosureAnswer disclose(java.lang.String, org.openapitools.client.model.DisclosureBody)" in made
    page = run("javap", "-cp", "classes", "org.openapitools.client.model.WithheldElement", inside=tmp_path).decode()
    assert "java.util.List<java.lang.Integer> getRecords()" in page
