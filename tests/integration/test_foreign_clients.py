"""The clients in docs/partner-guide/ (JavaScript, Go, Java, Rust) ask a real gateway and believe nothing but what it
signed for their very question, whatever somebody on the way makes of the answer."""

import json
import shutil
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest

from gateway.api.wire import REQUEST_EXAMPLES
from gateway.deployment.folder import read_signing_key
from gateway.httpsig.pem import write_private_pem
from tests.clients.between import Between, Change, gateway_behind_proxy, unchanged
from tests.clients.tampering import Tampering
from tests.clients.tools import TOOLS, attempt, run, tool
from tests.conftest import REPOSITORY, leave_out

PARTY = "ircc-work-permits"
PAGES = REPOSITORY / "docs" / "partner-guide"
QUESTION = REQUEST_EXAMPLES["one-record"]


@pytest.fixture(scope="module")
def between(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Between]:
    with gateway_behind_proxy(tmp_path_factory.mktemp("clients")) as proxy:
        yield proxy


@pytest.fixture(scope="module", params=["javascript", "go", "java", "rust"])
def command(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """The client as the page builds it, once."""
    return BUILD[request.param](tmp_path_factory.mktemp(request.param))


def javascript(_folder: Path) -> list[str]:
    return [tool("node", "Node.js"), str(PAGES / "javascript" / "client.mjs")]


def go(folder: Path) -> list[str]:
    run(tool("go", "Go"), "build", "-o", folder / "client", ".", inside=PAGES / "go")
    return [str(folder / "client")]


def java(folder: Path) -> list[str]:
    run(
        tool("javac", "the Java development kit"),
        "-Xlint:all",
        "-Werror",
        "-d",
        folder,
        "Client.java",
        inside=PAGES / "java",
    )
    return [tool("java", "Java"), "-XX:TieredStopAtLevel=1", "-cp", str(folder), "Client"]


def rust(_folder: Path) -> list[str]:
    """Built where `.ci/run` has put what it needs, held against `.ci/clients/rust.lock`."""
    cargo, inside = tool("cargo", "Rust"), TOOLS / "rust"
    if not (inside / "Cargo.lock").is_file():
        leave_out("what the Rust client is built from", "run .ci/run")
    shutil.copytree(PAGES / "rust", inside, dirs_exist_ok=True)
    run(cargo, "build", "--locked", "--offline", inside=inside)
    return [str(inside / "target" / "debug" / "client")]


BUILD: dict[str, Callable[[Path], list[str]]] = {"javascript": javascript, "go": go, "java": java, "rust": rust}


def ask(
    between: Between,
    command: list[str],
    folder: Path,
    change: Change = unchanged,
    question: Mapping[str, object] = QUESTION,
) -> tuple[int, bytes, bytes]:
    """Exit status, output, and what was said beside it."""
    key = between.gateway.keys[PARTY]
    (folder / "partner.pem").write_bytes(write_private_pem(key))
    pin = read_signing_key(between.gateway.settings.response_key).public.keyid
    between.change = change
    arguments = [between.origin, "partner.pem", key.public.keyid, pin]
    done = attempt(*command, *arguments, inside=folder, given=json.dumps(question).encode())
    return done.returncode, done.stdout, done.stderr


def test_it_is_answered(between: Between, command: list[str], tmp_path: Path) -> None:
    status, output, said = ask(between, command, tmp_path)
    assert (status, said.strip()) == (0, b"200")
    assert json.loads(output)["records"][0]["decision"] == "Confirmed"


def test_a_refusal_is_believed_too(between: Between, command: list[str], tmp_path: Path) -> None:
    without = {name: value for name, value in QUESTION.items() if name != "case_reference"}
    status, output, said = ask(between, command, tmp_path, question=without)
    assert (status, said.strip()) == (0, b"403")
    assert json.loads(output)["code"] == "denied"


def test_what_the_gateway_did_not_sign_for_this_question_is_not_believed(
    between: Between, command: list[str], tmp_path: Path
) -> None:
    tried = Tampering(read_signing_key(between.gateway.settings.response_key)).changes()
    assert ask(between, command, tmp_path, tried["of_another_question"])[0] == 0, "the first answer is the right one"
    believed = [name for name, change in tried.items() if ask(between, command, tmp_path, change)[0] == 0]
    assert believed == []


def test_an_answer_signed_again_by_the_gateway_is_believed(
    between: Between, command: list[str], tmp_path: Path
) -> None:
    """So what is refused above is refused for what it lacks, not for having been made here."""
    again = Tampering(read_signing_key(between.gateway.settings.response_key)).nothing
    status, output, said = ask(between, command, tmp_path, again)
    assert (status, said.strip()) == (0, b"200")
    assert b"Confirmed" in output
