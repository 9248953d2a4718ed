"""Who calls the staff socket: the operating system says it, and nobody becomes somebody else by saying so.

The tests run as root, so that a child process becomes another user (`os.setuid`) and connects as that user.
"""

import asyncio
import json
import multiprocessing
import os
import socket
import stat
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from structlog.testing import capture_logs

from gateway.domain.actor import Actor, Identified, Role
from gateway.domain.errors import ConfigurationError
from gateway.staff.answering import answer
from gateway.staff.identity import Callers, IdentityError, acting, peer_of
from gateway.staff.socket import serving
from tests.unit.referral.desk import Desk, desk
from tests.unit.staff.desk import staff_desk

ROY, COTE, STRANGER = 64_001, 64_002, 64_003
GROUP = 64_100
ORDER = {"to": "m.cote", "at": "esdc-isb", "provisions": ["DESDA-37"],
         "begins": "2026-11-22T00:00:00Z", "ends": "2027-11-22T00:00:00Z"}  # fmt: skip


def mapped(officer: str, *roles: Role) -> Actor:
    return Actor(officer, "esdc-isb", frozenset(roles), Identified.PEER_CREDENTIALS)


CALLERS = Callers({ROY: mapped("r.roy", Role.DELEGATED_HEAD), COTE: mapped("m.cote", Role.POLICY_EDITOR)})


def answered(user: int | None, call: str, arguments: object, by: object = None, made: Desk | None = None) -> Any:
    line = json.dumps({"call": call, "arguments": arguments, "actor": by or {}}).encode()
    return asyncio.run(answer(staff_desk(made or desk()), line, CALLERS, user))


def asked_as(user: int, path: Path, line: bytes) -> Mapping[str, Any]:
    """What another user of this machine gets for a line; a fork, because a process cannot become root again."""
    context = multiprocessing.get_context("fork")
    here, there = context.Pipe()

    def child() -> None:
        os.setgroups([GROUP])
        os.setgid(GROUP)
        os.setuid(user)
        with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as calling:
            try:
                calling.connect(str(path))
            except OSError as error:
                there.send(type(error).__name__)
                return
            calling.sendall(line + b"\n")
            there.send(calling.makefile("rb").readline())

    process = context.Process(target=child)
    process.start()
    process.join()
    told = here.recv()
    return {"error": {"code": told}} if isinstance(told, str) else dict(json.loads(told))


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def group(path: Path) -> int:
    return path.stat().st_gid


def line_of(call: str, arguments: object, by: object = None) -> bytes:
    return json.dumps({"call": call, "arguments": arguments, "actor": by or {}}).encode()


@pytest.fixture
def door() -> Iterator[Path]:
    """A socket in a folder that other users of the machine may enter; pytest's own is for one user alone."""
    if os.getuid() != 0:
        pytest.skip("left out: only root can become other users of the machine")
    with tempfile.TemporaryDirectory() as made:
        Path(made).chmod(0o755)
        yield Path(made) / "staff.sock"


def test_two_users_of_the_machine_are_two_officers_through_one_socket(door: Path) -> None:
    made = desk()

    async def scenario() -> list[Mapping[str, Any]]:
        async with serving(lambda: staff_desk(made), door, CALLERS, GROUP):
            assert mode(door) == 0o660
            assert group(door) == GROUP
            calls = [(ROY, "delegation.give", ORDER), (COTE, "delegation.give", ORDER), (STRANGER, "hold.list", {})]
            return [await asyncio.to_thread(asked_as, user, door, line_of(call, args)) for user, call, args in calls]

    roy, cote, stranger = asyncio.run(scenario())
    assert roy["result"]["entry_index"] == 0
    private = made.last()
    assert (private["acting_officer"], private["identified"]) == ("r.roy", "peer-credentials")
    assert cote["error"]["code"] == "not-authorized"
    assert stranger["error"]["code"] == "caller-unknown"
    assert len(made.world.log.submissions) == 1


def test_without_a_group_only_the_owner_opens_the_socket(door: Path) -> None:
    async def scenario() -> Mapping[str, Any]:
        async with serving(lambda: staff_desk(desk()), door, CALLERS):
            assert mode(door) == 0o600
            return await asyncio.to_thread(asked_as, ROY, door, line_of("hold.list", {}))

    assert asyncio.run(scenario())["error"]["code"] == "PermissionError"


def test_a_group_that_the_socket_cannot_be_given_to_stops_the_start(
    door: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_arguments: object) -> None:
        raise PermissionError

    async def scenario() -> None:
        async with serving(lambda: staff_desk(desk()), door, CALLERS, GROUP):
            raise AssertionError

    monkeypatch.setattr(os, "chown", refuse)
    with pytest.raises(ConfigurationError, match="has to be in that group"):
        asyncio.run(scenario())
    assert not door.exists()


@pytest.mark.parametrize(
    "line",
    [line_of("hold.list", {}), line_of("no.such", {}), line_of("hold.list", {}, {"officer": "r.roy"}), b"{", b""],
)
@pytest.mark.parametrize("user", [STRANGER, None])
def test_who_is_not_in_the_mapping_learns_nothing_whatever_they_ask(line: bytes, user: int | None) -> None:
    with capture_logs() as logged:
        told = asyncio.run(answer(staff_desk(desk()), line, CALLERS, user))
    assert told["error"]["code"] == "caller-unknown"
    assert [(one["event"], one["code"]) for one in logged] == [("staff-refused", "caller-unknown")]
    assert told == asyncio.run(answer(staff_desk(desk()), line_of("referral.list", {}), CALLERS, user))


@pytest.mark.parametrize(
    ("by", "code"),
    [
        ({"officer": "m.cote"}, "another-officer"),
        ({"officer": "d.head", "unit": "esdc-isb"}, "another-officer"),
        ({"unit": "esdc-legal"}, "another-unit"),
        ({"officer": "r roy"}, "officer-malformed"),
        ({"roles": ["administrator"]}, "argument-malformed"),
        ({"officer": ["r.roy"]}, "argument-malformed"),
        (["r.roy"], "argument-malformed"),
    ],
)
def test_nobody_is_somebody_else_by_saying_so(by: Any, code: str) -> None:
    made = desk()
    told = answered(ROY, "delegation.give", ORDER, by, made)["error"]
    assert told["code"] == code
    assert not any(name in told["message"] for name in ("m.cote", "d.head", "esdc-legal", "r roy"))
    assert made.world.log.submissions == []


@pytest.mark.parametrize("by", [{}, {"officer": "R.Roy "}, {"unit": "esdc-isb"}, {"unit": None, "officer": None}])
def test_what_says_the_same_is_no_harm(by: object) -> None:
    assert answered(ROY, "delegation.give", ORDER, by)["result"]["entry_index"] == 0


def test_a_policy_editor_releases_no_referral() -> None:
    made = desk()

    async def waiting() -> str:
        await made.order("m.cote")
        return (await made.refer()).id

    number = asyncio.run(waiting())
    release = {"referral": number, "provisions": [], "elements": {"status": None}, "because": "b"}
    told = answered(COTE, "referral.release", release, made=made)["error"]
    assert (told["code"], told["facts"]) == ("not-authorized", {"roles": ["delegated-head"]})
    assert asyncio.run(made.found(number)).ruling is None


def test_without_a_mapping_whoever_opens_the_socket_says_who_they_are() -> None:
    assert Callers().known(STRANGER) is None
    stated = acting(None, {"unit": "esdc-isb", "officer": "R.Roy"})
    assert (stated.officer, stated.identified, stated.roles) == ("r.roy", Identified.STATED, frozenset(Role))
    made = desk()
    line = line_of("delegation.give", ORDER, {"unit": "esdc-isb", "officer": "r.roy"})
    asyncio.run(answer(staff_desk(made), line, Callers(), None))
    assert made.last()["identified"] == "stated"


def test_the_system_says_who_is_at_the_other_end() -> None:
    here, there = socket.socketpair(socket.AF_UNIX)
    with here, there:
        assert peer_of(here) == os.geteuid()
    assert peer_of(object()) is None
    with pytest.raises(IdentityError):
        CALLERS.known(peer_of(object()))
