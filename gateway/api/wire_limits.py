"""What a connection may cost before anybody signed anything: bytes, lines, time and number, bounded on the wire.

uvicorn's own limits bind its h11 parser and not httptools, so they stand here, around its httptools protocol
(RFC 9112 for what is malformed). Whatever goes beyond them is answered in plain text, unsigned, and the connection is
closed: nothing has been read that could be signed for. Invariants: a head is never kept beyond `HEAD_BYTES`; a
connection that does not get on with its request is closed after `request_seconds`; where `connections` is reached, the
one that has been sending its request for longest makes room, so that a connection with a whole request is served
however many others are half open. Does not: count by address (a proxy in front is one), or know HTTP's meaning.
"""

import asyncio
import resource
from dataclasses import dataclass
from typing import Any, Final

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from gateway.httpsig.profile import DEFAULT_LIMITS
from gateway.observability.logs import Event, security_log

HEAD_BYTES: Final = 2 * DEFAULT_LIMITS.header_bytes
"""Request line, field lines and their line ends. Twice what a signed request may have, so that the usual excess still
gets a signed answer."""
HEADER_LINES: Final = 2 * DEFAULT_LIMITS.headers
BODY_BYTES: Final = 262_144
"""Bytes of a body as they come, with the framing of chunks. The application answers 413 long before."""
PIPELINED: Final = 8
SWEEP_SECONDS: Final = 1.0
TELL_SECONDS: Final = 60.0
FEWEST_CONNECTIONS: Final = 64
OTHER_FILES: Final = 512
"""Files that are not connections of partners: database, sources, policy server, sockets of staff."""


@dataclass(frozen=True, slots=True)
class WireLimits:
    """`connections` at once; `request_seconds` for a request to arrive whole, and for an answer to be taken;
    `idle_seconds` between two requests of a connection."""

    connections: int
    request_seconds: int
    idle_seconds: int


class WireLimitError(Exception):
    """What arrived goes beyond a limit; the server answers 400 and closes."""


class _Waiting:
    """The connections that owe something, the longest first: the rest of a request, or taking an answer."""

    def __init__(self, limits: WireLimits) -> None:
        self.limits = limits
        self.since: dict[BoundedProtocol, float] = {}
        self._sweeping: asyncio.TimerHandle | None = None
        self._told = float("-inf")

    def begin(self, connection: "BoundedProtocol") -> None:
        """From now on the connection owes something."""
        self.since.pop(connection, None)
        self.since[connection] = connection.loop.time()
        if self._sweeping is None:
            self._sweeping = connection.loop.call_later(SWEEP_SECONDS, self._sweep, connection.loop)

    def end(self, connection: "BoundedProtocol") -> None:
        """It owes nothing any more."""
        self.since.pop(connection, None)

    def make_room(self, newest: "BoundedProtocol") -> None:
        """Close the connection that has been sending its request for longest; where all have sent theirs, `newest`."""
        next(iter(self.since), newest).give_up()
        now = newest.loop.time()
        if now - self._told >= TELL_SECONDS:
            self._told = now
            security_log().warning(Event.CONNECTIONS_FULL, size=self.limits.connections)

    def _sweep(self, loop: asyncio.AbstractEventLoop) -> None:
        late = loop.time() - self.limits.request_seconds
        for connection, since in list(self.since.items()):
            if since > late:
                break
            connection.give_up()
        self._sweeping = loop.call_later(SWEEP_SECONDS, self._sweep, loop) if self.since else None


class BoundedProtocol(HttpToolsProtocol):
    """uvicorn's protocol within limits. `bounded` makes the class that a server is given."""

    waiting: _Waiting

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self._head_bytes = self._body_bytes = self._lines = self._hosts = 0
        self._in_head = True
        self._closed = False
        if len(self.connections) > self.waiting.limits.connections:
            self.waiting.make_room(self)
        if not self._closed:
            self.waiting.begin(self)

    def connection_lost(self, exc: Exception | None) -> None:
        self.waiting.end(self)
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        while data and not self._closed:
            if not self._in_head:
                self._body_bytes += len(data)
                if self._body_bytes > BODY_BYTES:
                    # Nothing more is read; the answer may still be taken, until the request's time is over.
                    self.flow.pause_reading()
                    return
                super().data_received(data)
                return
            room = HEAD_BYTES - self._head_bytes
            if room <= 0:
                self._closed = True
                self.send_400_response("Request head too large.")
                return
            part, data = data[:room], data[room:]
            self._head_bytes += len(part)
            super().data_received(part)
            if self.transport.is_closing():
                return

    def on_message_begin(self) -> None:
        super().on_message_begin()
        self._in_head = True
        self._lines = self._hosts = 0
        self.waiting.begin(self)

    def on_header(self, name: bytes, value: bytes) -> None:
        super().on_header(name, value)
        self._lines += 1
        if self._lines > HEADER_LINES:
            raise WireLimitError
        if self.headers[-1][0] == b"host":
            self._hosts += 1

    def on_headers_complete(self) -> None:
        # RFC 9112 section 3.2: a request without exactly one Host is answered 400.
        hosts_wanted = (0, 1) if self.parser.get_http_version() == "1.0" else (1,)
        if self._hosts not in hosts_wanted or len(self.pipeline) >= PIPELINED:
            raise WireLimitError
        self._in_head = False
        self._head_bytes = self._body_bytes = 0
        super().on_headers_complete()

    def on_message_complete(self) -> None:
        self.waiting.end(self)
        super().on_message_complete()
        self._in_head = True

    def _unsupported_upgrade_warning(self) -> None:
        """No other protocol is spoken; the request is answered as if it had not asked for one."""

    def pause_writing(self) -> None:
        """The answer is not taken as fast as it is given."""
        self.waiting.begin(self)
        super().pause_writing()

    def resume_writing(self) -> None:
        self.waiting.end(self)
        super().resume_writing()

    def give_up(self) -> None:
        """Close at once; nothing that is still to be sent is waited for."""
        self._closed = True
        self.waiting.end(self)
        self.transport.abort()


def bounded(limits: WireLimits) -> type[HttpToolsProtocol]:
    """The protocol class for one server. Its state belongs to that server alone."""
    return type("BoundedServerProtocol", (BoundedProtocol,), {"waiting": _Waiting(limits)})


def server_options(limits: WireLimits) -> dict[str, Any]:
    """Options of `uvicorn.run` that go with these limits: nothing that uvicorn does on its own stays on."""
    return {
        "http": bounded(limits),
        "ws": "none",
        "timeout_keep_alive": limits.idle_seconds,
        "proxy_headers": False,
        "server_header": False,
        "date_header": True,
        "access_log": False,
        "log_config": None,
    }


def connections_that_fit(wanted: int) -> int:
    """Every connection is an open file: raise this process's own limit as far as the system lets it, and say how many
    connections fit then."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    files = wanted + OTHER_FILES if hard == resource.RLIM_INFINITY else min(wanted + OTHER_FILES, hard)
    if soft < files:
        resource.setrlimit(resource.RLIMIT_NOFILE, (files, hard))
    return max(FEWEST_CONNECTIONS, min(wanted, files - OTHER_FILES))
