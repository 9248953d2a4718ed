"""The staff socket: a command is done once or told not to be known, and a socket in use is taken from nobody."""

import asyncio
import json
import socket
from collections.abc import Callable, Coroutine
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest

from audit.errors import EntryError
from gateway.cli.staff import call
from gateway.domain.errors import ConfigurationError
from gateway.staff.answering import answer
from gateway.staff.asking import MAX_LINE, NotListeningError, OutcomeUnknownError, StaffCallError, ask
from gateway.staff.desk import StaffDesk
from gateway.staff.identity import Callers
from gateway.staff.socket import serving
from tests.unit.referral.desk import desk
from tests.unit.staff.desk import staff_desk

GIVE = {
    "to": "r.roy",
    "at": "esdc-isb",
    "provisions": ["DESDA-37"],
    "begins": "2026-11-22T00:00:00Z",
    "ends": "2027-11-22T00:00:00Z",
}
HEAD = {"unit": "esdc-isb", "officer": "d.head"}
ANYBODY = Callers()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "staff.sock"


def always(desk: StaffDesk) -> Callable[[], StaffDesk]:
    return lambda: desk


def refused(step: Coroutine[Any, Any, Any]) -> str:
    with pytest.raises(StaffCallError) as told:
        asyncio.run(step)
    return told.value.code


def answered(call: str, arguments: object, made: Any = None, by: object = HEAD) -> dict[str, Any]:
    line = json.dumps({"call": call, "arguments": arguments, "actor": by}).encode()
    return asyncio.run(answer(staff_desk(made or desk()), line, ANYBODY, None))


def test_a_call_through_the_socket_is_done_and_the_file_is_gone_afterwards(path: Path) -> None:
    made = desk()

    async def scenario() -> None:
        async with serving(always(staff_desk(made)), path, ANYBODY):
            assert mode(path) == 0o600
            told = await ask(path, "delegation.give", GIVE, HEAD)
            assert told["entry_index"] == 0

    asyncio.run(scenario())
    assert not path.exists()


def test_where_no_gateway_listens_nothing_was_asked(path: Path) -> None:
    with pytest.raises(NotListeningError):
        asyncio.run(ask(path, "referral.list", {}))
    killed(path)
    with pytest.raises(NotListeningError):
        asyncio.run(ask(path, "referral.list", {}))


@pytest.mark.parametrize("said", [b"", b'{"resu', b"\n"])
def test_a_command_to_a_gateway_that_dies_after_it_was_asked_does_not_do_it_itself(path: Path, said: bytes) -> None:
    file = path.with_suffix(".env")
    file.write_text(f"ISA_GATEWAY_STAFF_SOCKET={path}\n", "utf-8")
    context = cast(Any, SimpleNamespace(find_root=lambda: SimpleNamespace(obj=file), params={}))

    async def scenario() -> None:
        async def die(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            await reader.readline()
            writer.write(said)
            writer.close()
            await writer.wait_closed()

        async with await asyncio.start_unix_server(die, str(path)):
            with pytest.raises(OutcomeUnknownError, match="not known") as told:
                await asyncio.to_thread(call, context, "delegation.give", HEAD, **GIVE)
            assert told.value.code == "outcome-unknown"

    asyncio.run(scenario())


def test_a_command_that_is_too_long_is_refused_before_it_is_sent(path: Path) -> None:
    assert refused(ask(path, "referral.refuse", {"because": "x" * MAX_LINE})) == "call-too-long"


def test_a_line_that_is_too_long_is_answered(path: Path) -> None:
    async def scenario() -> None:
        async with serving(always(staff_desk(desk())), path, ANYBODY):
            reader, writer = await asyncio.open_unix_connection(str(path))
            writer.write(b"x" * (40 * MAX_LINE) + b"\n")
            await writer.drain()
            assert json.loads(await reader.readline())["error"]["code"] == "call-too-long"
            writer.close()
            await writer.wait_closed()

    asyncio.run(scenario())


@pytest.mark.parametrize(
    ("call", "arguments"),
    [
        ("referral.unknown", {}),
        ("referral.list", {"unknown": 1}),
        ("delegation.give", {name: value for name, value in GIVE.items() if name != "to"}),
        ("referral.list", []),
        ("referral.list", {"desk": 1}),
    ],
)
def test_a_call_of_another_release_is_not_begun(call: str, arguments: object) -> None:
    assert answered(call, arguments)["error"]["code"] == "call-malformed"


def test_a_failure_after_the_commit_is_not_called_another_release() -> None:
    made = desk()
    commit = made.world.log.commit

    async def commit_and_fail(submission: Any) -> Any:
        await commit(submission)
        raise ValueError("VALUE-canary")

    made.world.log.commit = commit_and_fail  # type: ignore[method-assign]
    told = answered("delegation.give", GIVE, made)["error"]
    assert made.world.log.submissions
    assert told["code"] == "internal-error"
    assert "before you repeat" in told["message"]
    assert "canary" not in told["message"]


def test_an_error_of_the_audit_package_has_its_own_code() -> None:
    made = desk()

    async def refuse(_submission: Any) -> Any:
        raise EntryError("requester: not an identifier")

    made.world.log.commit = refuse  # type: ignore[method-assign, assignment]
    assert answered("delegation.give", GIVE, made)["error"]["code"] == "entry-malformed"


def test_a_unit_that_is_no_unit_is_a_clear_error() -> None:
    asked = {
        "scheme": "uci", "value": "0000-0001", "record_type": "worker-case", "elements": ["status"],
        "recipient": "ircc-cpn", "purpose": "protection", "begins": "2026-11-01", "ends": "2027-01-01",
        "document": "47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU",
    }  # fmt: skip
    told = answered("consent.register", asked, by={"unit": "not a unit", "officer": "r.roy"})["error"]
    assert told["code"] == "argument-malformed"
    assert told["message"].startswith("unit: ")
    assert "not a unit" not in told["message"]


def mode(path: Path) -> int:
    return path.stat().st_mode & 0o777


def killed(path: Path) -> None:
    """Leave the file of a socket on which nobody listens, instead of what is there."""
    path.unlink(missing_ok=True)
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as left:
        left.bind(str(path))


def test_the_socket_of_a_killed_process_is_replaced(path: Path) -> None:
    killed(path)

    async def scenario() -> None:
        async with serving(always(staff_desk(desk())), path, ANYBODY):
            assert await ask(path, "delegation.list", {}) == []

    asyncio.run(scenario())


def test_a_socket_on_which_another_process_listens_is_not_taken(path: Path) -> None:
    async def scenario() -> None:
        async with serving(always(staff_desk(desk())), path, ANYBODY):
            with pytest.raises(ConfigurationError, match="another process listens"):
                async with serving(always(staff_desk(desk())), path, ANYBODY):
                    raise AssertionError
            assert await ask(path, "delegation.list", {}) == [], "the first still answers"

    asyncio.run(scenario())


def test_at_the_end_only_the_socket_that_was_bound_is_removed(path: Path) -> None:
    async def scenario() -> None:
        async with serving(always(staff_desk(desk())), path, ANYBODY):
            killed(path)

    asyncio.run(scenario())
    assert path.exists()


def test_a_file_is_never_removed(path: Path) -> None:
    path.write_text("precious", "utf-8")

    async def scenario() -> None:
        async with serving(always(staff_desk(desk())), path, ANYBODY):
            raise AssertionError

    with pytest.raises(ConfigurationError, match="not a socket"):
        asyncio.run(scenario())
    assert path.read_text("utf-8") == "precious"


@pytest.mark.parametrize(
    "line",
    [
        b"\n",
        b"{\n",
        b"[]\n",
        b'"call"\n',
        b"null\n",
        b"\xff\xfe\n",
        b"\x00\n",
        b"[" * 60_000 + b"\n",
        b'{"call":' + b"[" * 30_000 + b"\n",
        b'{"call":"referral.list"}\n',
        b'{"call":"referral.list","arguments":[]}\n',
        b'{"call":["referral.list"],"arguments":{}}\n',
        b'{"call":"nothing","arguments":{}}\n',
        b'{"call":"referral.list","arguments":{"limit":"many"}}\n',
        b'{"call":"referral.list","arguments":{"limit":true}}\n',
        b'{"call":"referral.list","arguments":{"states":"open"}}\n',
        b'{"call":"referral.list","arguments":{"custodian":{"a":1}}}\n',
        b'{"call":"referral.list","arguments":{"custodian":"\\u202eisb"}}\n',
        b'{"call":"referral.list","arguments":{"custodian":"\\ud800"}}\n',
        b'{"call":"referral.list","arguments":{"desk":null}}\n',
        b'{"call":"referral.list","arguments":{"limit":NaN}}\n',
        b'{"call":"referral.list"',
        b"",
    ],
    ids=lambda line: repr(line[:40]),
)
def test_every_malformed_call_gets_a_clear_error_and_the_next_is_answered(path: Path, line: bytes) -> None:
    async def scenario() -> dict[str, Any]:
        async with serving(always(staff_desk(desk())), path, ANYBODY):
            reader, writer = await asyncio.open_unix_connection(str(path))
            writer.write(line)
            writer.write_eof()
            told: dict[str, Any] = json.loads(await reader.readline())
            writer.close()
            assert await ask(path, "referral.list", {}) is not None
            return told

    told = asyncio.run(scenario())["error"]
    assert told["code"] in {"call-malformed", "argument-malformed", "call-too-long"}
    assert told["message"].endswith("nothing was done")
