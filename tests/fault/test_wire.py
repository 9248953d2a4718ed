"""Raw sockets against a running gateway: what a stranger can cost it before anything is signed is bounded."""

import contextlib
import json
import os
import resource
import socket
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from gateway.api.wire_limits import BODY_BYTES, HEAD_BYTES, HEADER_LINES
from tests.fault.partner import Partner
from tests.live import LiveGateway, deploy

HALF_OPEN = 4_000
LIMIT = 3_000
SECONDS = 3
BODY_OWED = b"POST /v1/disclosures HTTP/1.1\r\nhost: a\r\ncontent-length: 9\r\n\r\n"
GET = b"GET /health/live HTTP/1.1\r\nhost: gateway.test\r\n"


@pytest.fixture(scope="module")
def live(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LiveGateway]:
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(hard, HALF_OPEN + 1_000), hard))
    try:
        deployment = deploy(
            tmp_path_factory.mktemp("wire"), max_connections=LIMIT, request_seconds=SECONDS, idle_seconds=SECONDS
        )
        with deployment.start() as running:
            yield running
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))


@pytest.fixture(scope="module")
def partner(live: LiveGateway) -> Partner:
    return Partner(live)


@contextlib.contextmanager
def connected(live: LiveGateway) -> Iterator[socket.socket]:
    with socket.create_connection(("127.0.0.1", live.port), timeout=30) as wire:
        yield wire


def answer(wire: socket.socket) -> bytes:
    """Everything until the other side closes or says nothing for a second."""
    wire.settimeout(1)
    parts = []
    with contextlib.suppress(OSError):
        while part := wire.recv(65_536):
            parts.append(part)
    return b"".join(parts)


def said(live: LiveGateway, sent: Sequence[bytes]) -> bytes:
    with connected(live) as wire:
        with contextlib.suppress(OSError):
            for part in sent:
                wire.sendall(part)
        return answer(wire)


def seconds_until_closed(wire: socket.socket, dripping: bytes = b"") -> float:
    started = time.monotonic()
    wire.settimeout(0.3)
    while time.monotonic() - started < 20:
        try:
            if dripping:
                wire.sendall(dripping)
            if not wire.recv(1):
                return time.monotonic() - started
        except TimeoutError:
            continue
        except OSError:
            return time.monotonic() - started
    return 20.0


def memory(live: LiveGateway) -> int:
    """Resident bytes of the gateway's process."""
    pages = int(Path(f"/proc/{live.pid}/statm").read_text("ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE")


def test_sixty_megabytes_of_header_cost_no_memory(live: LiveGateway, partner: Partner) -> None:
    assert partner.ask().status == 200
    before = memory(live)
    for line in (b"x-filling: ", b""):
        started = time.monotonic()
        told = said(live, [GET + line, *([b"a" * 1_000_000] * 60)])
        assert time.monotonic() - started < 10
        assert not told or told.startswith(b"HTTP/1.1 400 ")
    assert memory(live) - before < 8_000_000
    assert partner.ask().status == 200


@pytest.mark.parametrize(
    "head",
    [
        GET + b"".join(b"x-%d: 1\r\n" % number for number in range(HEADER_LINES + 1)) + b"\r\n",
        GET + b"x-long: " + b"a" * HEAD_BYTES + b"\r\n\r\n",
        b"GET /" + b"a" * HEAD_BYTES + b" HTTP/1.1\r\nhost: a\r\n\r\n",
        b"A" * HEAD_BYTES * 2,
        GET + b"host: other.test\r\n\r\n",
        b"GET /health/live HTTP/1.1\r\n\r\n",
        b"GET /health/live HTTP/1.1\nhost a\n\n",
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
        b"POST /v1/disclosures HTTP/1.1\r\nhost: a\r\ncontent-length: 5\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n",
        b"POST /v1/disclosures HTTP/1.1\r\nhost: a\r\ncontent-length: 5\r\ncontent-length: 6\r\n\r\n",
        b"POST /v1/disclosures HTTP/1.1\r\nhost: a\r\ncontent-length: -1\r\n\r\n",
        b"POST /v1/disclosures HTTP/1.1\r\nhost: a\r\ntransfer-encoding: chunked\r\n\r\nzz\r\n",
        GET * 2 + b"\r\n",
    ],
    ids=lambda head: str(len(head)),
)
def test_a_malformed_head_is_answered_in_plain_text_and_closed(
    live: LiveGateway, partner: Partner, head: bytes
) -> None:
    told = said(live, [head])
    assert told.startswith(b"HTTP/1.1 400 ")
    assert b"connection: close" in told
    assert b"signature" not in told
    assert partner.ask().status == 200


def test_what_the_server_itself_says_is_a_line_of_json(live: LiveGateway) -> None:
    said(live, [b"NOT HTTP\r\n\r\n"])
    lines = [json.loads(line) for line in live.output().splitlines()]
    assert any(line["event"] == "server-said" and line["part"] == "uvicorn.error" for line in lines)


def test_a_head_that_drips_is_cut_off(live: LiveGateway, partner: Partner) -> None:
    with connected(live) as wire:
        wire.sendall(GET)
        assert SECONDS - 1 < seconds_until_closed(wire, b"x: y\r\n") < SECONDS + 4
    assert partner.ask().status == 200


def test_a_body_that_drips_is_cut_off(live: LiveGateway, partner: Partner) -> None:
    with connected(live) as wire:
        wire.sendall(b"POST /v1/disclosures HTTP/1.1\r\nhost: a\r\ncontent-length: 60000\r\n\r\n")
        assert SECONDS - 1 < seconds_until_closed(wire, b"{") < SECONDS + 4
    assert partner.ask().status == 200


def test_a_connection_that_says_nothing_is_closed(live: LiveGateway) -> None:
    with connected(live) as wire:
        assert seconds_until_closed(wire) < SECONDS + 4
    with connected(live) as wire:
        wire.sendall(GET + b"\r\n")
        assert wire.recv(12) == b"HTTP/1.1 200"
        while wire.recv(65_536)[-2:] != b'"}':
            pass
        assert seconds_until_closed(wire) < SECONDS + 4


def test_a_body_without_end_is_answered_and_then_read_no_further(live: LiveGateway, partner: Partner) -> None:
    before = memory(live)
    with connected(live) as wire:
        wire.settimeout(SECONDS + 6)
        wire.sendall(b"POST /v1/disclosures HTTP/1.1\r\nhost: a\r\ncontent-length: 600000000\r\n\r\n")
        sent = 0
        with contextlib.suppress(OSError):
            while sent < 60_000_000:
                sent += wire.send(b"a" * 65_536)
    assert sent < BODY_BYTES + 16_000_000
    assert memory(live) - before < 8_000_000
    assert partner.ask().status == 200


@pytest.mark.parametrize("chunk", [b"1\r\n{\r\n", b"1;" + b"e" * 2_000 + b"\r\n{\r\n"], ids=["tiny", "extensions"])
def test_chunks_cost_no_more_than_their_bytes(live: LiveGateway, partner: Partner, chunk: bytes) -> None:
    body = chunk * (400_000 // len(chunk))
    started = time.monotonic()
    said(live, [b"POST /v1/disclosures HTTP/1.1\r\nhost: a\r\ntransfer-encoding: chunked\r\n\r\n", body, b"0\r\n\r\n"])
    assert time.monotonic() - started < SECONDS + 4
    assert partner.ask().status == 200


def test_many_requests_in_one_piece_are_not_all_taken(live: LiveGateway, partner: Partner) -> None:
    told = said(live, [(GET + b"\r\n") * 2_000])
    assert told.count(b"HTTP/1.1 200") < 20
    assert partner.ask().status == 200


def test_a_request_for_another_protocol_is_an_ordinary_request(live: LiveGateway) -> None:
    asked = b"upgrade: websocket\r\nconnection: upgrade\r\nsec-websocket-key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n"
    told = said(live, [b"GET /v1/disclosures HTTP/1.1\r\nhost: a\r\n" + asked])
    assert told.startswith(b"HTTP/1.1 401 ")
    for target in (b"http://elsewhere.test/v1/agreements", b"http://elsewhere.test/%761/agreements", b"*"):
        told = said(live, [b"GET " + target + b" HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n"])
        assert told[:13] in (b"HTTP/1.1 401 ", b"HTTP/1.1 400 ")
        assert b"location" not in told.lower()


def test_thousands_of_half_open_connections_keep_nobody_out(live: LiveGateway, partner: Partner) -> None:
    held: list[socket.socket] = []
    try:
        for number in range(HALF_OPEN):
            wire = socket.create_connection(("127.0.0.1", live.port), timeout=30)
            held.append(wire)
            wire.sendall(
                GET if number % 2 else b"POST /v1/disclosures HTTP/1.1\r\nhost: a\r\ncontent-length: 9\r\n\r\n"
            )
            if number % 1_000 == 999:
                assert partner.ask().status == 200
        assert partner.ask().status == 200
    finally:
        for wire in held:
            wire.close()
    assert "connections-full" in live.output()
    assert partner.ask().status == 200
    partner.check_log()
