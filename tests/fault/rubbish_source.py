"""A JSON service that holds one LMIA and answers as badly as it is told to."""

import contextlib
import json
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

MARK = "cnry-source000001"
NUMBER = "8000001"
"""Stands for the number that was asked for."""
VALUES = {
    "system_file_number": NUMBER,
    "decision": "Confirmed",
    "positions_remaining": 3,
    "employer_contact_name": MARK,
}
GOOD = {"records": [{"reference": "8000001", "values": VALUES}], "next_cursor": None}


class RubbishSource(ThreadingHTTPServer):
    """`mode` is how the next answers are; see `_Handler.do_POST`."""

    daemon_threads = True
    mode = "good"
    asked = 0


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: RubbishSource

    def do_POST(self) -> None:
        asked = json.loads(self.rfile.read(int(self.headers.get("content-length", 0))))
        self.number = str(asked.get("value", NUMBER)).encode()
        self.server.asked += 1
        body = json.dumps(GOOD).encode()
        match self.server.mode:
            case "good":
                self._answer(body)
            case "slow":
                time.sleep(1.5)
                self._answer(body)
            case "trickle":
                self._trickle(body)
            case "status 500":
                self._answer(body, status=500)
            case "redirect":
                self._answer(body, status=307)
            case "wrong media type":
                self._answer(body, media_type="text/html")
            case "cut off":
                self._answer(body[:40], length=len(body))
            case "no HTTP":
                self.wfile.write(b"\x00\xff" + body)
                self.close_connection = True
            case "too large":
                self._answer(body[:-1] + b" " * 5_000_000 + b"}")
            case mode:
                self._answer(BODIES[mode])

    def _answer(
        self, body: bytes, *, status: int = 200, media_type: str = "application/json", length: int | None = None
    ) -> None:
        body = body.replace(NUMBER.encode(), self.number)
        self.send_response(status)
        self.send_header("content-type", media_type)
        self.send_header("location", "http://127.0.0.1:1/elsewhere")
        self.send_header("content-length", str(len(body) if length is None else length))
        self.end_headers()
        with contextlib.suppress(OSError):
            self.wfile.write(body)
        self.close_connection = length is not None

    def _trickle(self, body: bytes) -> None:
        self.send_response(200)
        self.send_header("content-type", "application/json")
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        with contextlib.suppress(OSError):
            for byte in body[:15]:
                self.wfile.write(bytes([byte]))
                self.wfile.flush()
                time.sleep(0.1)

    def log_message(self, *_arguments: Any) -> None:
        pass


def _records(*records: object) -> bytes:
    return json.dumps({"records": records, "next_cursor": None}).encode()


_ONE = GOOD["records"][0]  # type: ignore[index]
BODIES = {
    "not JSON": b"<html>" + MARK.encode(),
    "not UTF-8": b'{"records": "\xff"}',
    "NaN": b'{"records": NaN}',
    "a key twice": b'{"records": [], "records": []}',
    "a list": json.dumps([_ONE]).encode(),
    "no records": b'{"found": []}',
    "deeply nested": b'{"records":' + b"[" * 100_000 + b"]" * 100_000 + b"}",
    "too many records": _records(*[_ONE] * 52),
    "a record without reference": _records({"values": VALUES}),
}
UNUSABLE = (
    "slow", "trickle", "status 500", "redirect", "wrong media type", "cut off", "no HTTP", "too large", *BODIES,
)  # fmt: skip
BODIES["a value out of range"] = _records({"reference": "1", "values": {**VALUES, "decision": MARK}})
BODIES["a value of another type"] = _records({"reference": "1", "values": {**VALUES, "positions_remaining": MARK}})
BODIES["only values out of range"] = _records(
    {"reference": "1", "values": {"system_file_number": NUMBER, "decision": MARK}}
)
BODIES["only values of another type"] = _records(
    {"reference": "1", "values": {**VALUES, "decision": [MARK], "positions_remaining": {}}}
)
BODIES["another record"] = _records({"reference": "1", "values": {**VALUES, "system_file_number": "1234567"}})
BODIES["a record without number"] = _records({"reference": "1", "values": {"decision": "Confirmed"}})
BODIES["cut at fifty"] = _records(*[{"reference": str(n), "values": VALUES} for n in range(51)])
NOT_BELIEVED = ("another record", "a record without number", "cut at fifty")
BODIES["more than was asked"] = _records({"reference": "1", "values": {**VALUES, "sin": MARK}, "extra": MARK})


@contextlib.contextmanager
def rubbish_source() -> Iterator[RubbishSource]:
    server = RubbishSource(("127.0.0.1", 0), _Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
