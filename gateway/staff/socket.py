"""The socket of a running gateway for its own staff: one JSON line in, one JSON line out.

Why: on SQLite one process writes, so a command beside a running gateway asks that gateway; and a person who has minutes
to decide cannot stop it first. The socket is a file that only its owner may open (0600) in the deployment's folder;
nothing listens on the network. Invariants: a line is at most 64 KiB; an error tells its code and message, which hold no
value; what fails unexpectedly is told by its type only. Does not: know the calls (`gateway.staff.calls`).
"""

import asyncio
import contextlib
import json
import os
import stat
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any, Final

from gateway.domain.errors import ConfigurationError, GatewayError
from gateway.logs import Event, diagnostic_log
from gateway.staff.calls import CALLS
from gateway.staff.desk import StaffDesk

MAX_LINE: Final = 1 << 16
_LONGEST_PATH: Final = 100


class StaffCallError(GatewayError):
    """The running gateway said no; `code` and message are its own."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


async def answer(desk: StaffDesk, line: bytes) -> dict[str, Any]:
    """What one line gets: `{"result": ...}` or `{"error": {"code": ..., "message": ...}}`."""
    try:
        asked = json.loads(line)
        call, arguments = CALLS[asked["call"]], asked["arguments"]
        return {"result": await call(desk, **arguments)}
    except GatewayError as error:
        return {"error": {"code": error.code, "message": str(error)}}
    except (KeyError, TypeError, ValueError):
        return {"error": {"code": "call-malformed", "message": "the command is not of this release of the gateway"}}
    except Exception as error:  # noqa: BLE001 - the boundary to the command line
        diagnostic_log().error(Event.UNEXPECTED_FAILURE, exception=type(error).__name__)
        return {"error": {"code": "internal-error", "message": "the gateway failed; see its log"}}


@contextlib.asynccontextmanager
async def serving(desk: StaffDesk, path: Path) -> AsyncIterator[None]:
    """Listen at `path` while in the context. Raises ConfigurationError."""
    _clear(path)

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(ConnectionError, ValueError):
            told = await answer(desk, await reader.readline())
            writer.write(json.dumps(told).encode() + b"\n")
            await writer.drain()
        writer.close()

    before = os.umask(0o177)
    try:
        server = await asyncio.start_unix_server(serve, str(path), limit=MAX_LINE)
    except OSError as error:
        raise ConfigurationError(f"the staff socket cannot be opened ({type(error).__name__})") from None
    finally:
        os.umask(before)
    try:
        yield
    finally:
        server.close()
        _clear(path)


async def ask(path: Path, call: str, arguments: dict[str, Any]) -> Any:
    """Make a call through the socket of a running gateway.

    Raises StaffCallError; ConnectionError or FileNotFoundError where no gateway listens."""
    reader, writer = await asyncio.open_unix_connection(str(path), limit=1 << 24)
    try:
        writer.write(json.dumps({"call": call, "arguments": arguments}).encode() + b"\n")
        await writer.drain()
        line = await reader.readline()
    finally:
        writer.close()
    if not line:
        raise ConnectionError("the gateway closed the socket")
    told = json.loads(line)
    if "error" in told:
        raise StaffCallError(told["error"]["code"], told["error"]["message"])
    return told["result"]


def _clear(path: Path) -> None:
    """Remove the socket that a killed process left; refuse anything else that stands there."""
    if len(os.fsencode(path)) > _LONGEST_PATH:
        raise ConfigurationError(f"the setting STAFF_SOCKET is longer than {_LONGEST_PATH} bytes; use a shorter path")
    with contextlib.suppress(FileNotFoundError):
        if not stat.S_ISSOCK(path.stat().st_mode):
            raise ConfigurationError("the setting STAFF_SOCKET names a file that is not a socket")
        path.unlink()
