"""A reverse proxy between clients and a real gateway, at the origin that partners sign for.

It passes everything on as it comes; `change` may make something else of an answer, as somebody on the way would who
wants a client to believe it.
"""

import contextlib
import http.client
import http.server
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from gateway.httpsig.message import RequestMessage
from tests.live import LiveGateway, deploy

Lines = tuple[tuple[bytes, bytes], ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer on its way; names of header lines in lower case."""

    status: int
    headers: Lines
    body: bytes

    def without(self, *names: str) -> "Answer":
        return replace(self, headers=tuple(line for line in self.headers if line[0].decode() not in names))


Change = Callable[[RequestMessage, Answer], Answer]


def unchanged(_request: RequestMessage, answer: Answer) -> Answer:
    return answer


@dataclass(slots=True)
class Between:
    """The proxy; `origin` is where clients reach it."""

    origin: str
    gateway: LiveGateway
    change: Change = unchanged

    def pass_on(self, request: RequestMessage) -> Answer:
        path = request.target_uri.removeprefix(self.origin)
        line = http.client.HTTPConnection("127.0.0.1", self.gateway.port, timeout=30)
        sent = {name.decode(): value.decode() for name, value in request.headers if name != b"connection"}
        line.request(request.method, path, request.body, sent)
        received = line.getresponse()
        headers = tuple((name.lower().encode(), value.encode()) for name, value in received.getheaders())
        answer = Answer(received.status, headers, received.read())
        line.close()
        return self.change(request, answer)


@contextlib.contextmanager
def gateway_behind_proxy(folder: Path) -> Iterator[Between]:
    """A real gateway with the sample world, whose origin is a proxy before it."""
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
    origin = f"http://127.0.0.1:{server.server_address[1]}"
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        with deploy(folder, origin=origin).start() as gateway:
            _Handler.between = Between(origin, gateway)
            yield _Handler.between
    finally:
        server.shutdown()
        server.server_close()


class _Handler(http.server.BaseHTTPRequestHandler):
    between: Between
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        self.do_POST()

    def do_POST(self) -> None:
        headers = tuple((name.lower().encode(), value.encode()) for name, value in self.headers.items())
        body = self.rfile.read(int(self.headers.get("content-length", 0)))
        request = RequestMessage(self.command, f"{self.between.origin}{self.path}", headers, body)
        answer = self.between.pass_on(request).without("content-length", "connection", "date", "server")
        self.send_response_only(answer.status)
        ends = ((b"content-length", str(len(answer.body)).encode()), (b"connection", b"close"))
        for name, value in (*answer.headers, *ends):
            self.send_header(name.decode(), value.decode())
        self.end_headers()
        self.wfile.write(answer.body)

    def log_message(self, *_: object) -> None:
        """Not on the test's output."""
