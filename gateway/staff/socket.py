"""The socket of a running gateway for its own staff: one JSON line in, one JSON line out.

Why: on SQLite one process writes, so a command beside a running gateway asks that gateway; and a person who has minutes
to decide cannot stop it first. The socket is a file in the deployment's folder that only its owner may open (0600), or
a group where the settings say so (0660), and the system says which user calls; nothing listens on the network.
Invariants: a request is at most 4 MiB; the path is taken from nobody who listens on it, and only the file that was
bound here is removed. Does not: know or run a call (`gateway.staff.answering`), or make one (`gateway.staff.asking`).
"""

import asyncio
import contextlib
import json
import os
import socket
import stat
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any, Final

from gateway.domain.errors import ConfigurationError
from gateway.staff.answering import answer
from gateway.staff.asking import MAX_LINE, TOO_LONG, closed
from gateway.staff.desk import StaffDesk
from gateway.staff.identity import Callers, peer_of

_LONGEST_PATH: Final = 100
_PATIENCE: Final = 5.0


@contextlib.asynccontextmanager
async def serving(
    desk: Callable[[], StaffDesk], path: Path, callers: Callers, group: int | None = None
) -> AsyncIterator[None]:
    """Listen at `path` while in the context, for the owner and `group`; each call gets the desk of then. Raises
    ConfigurationError."""

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(ConnectionError, TimeoutError):
            try:
                line = await reader.readline()
            except ValueError:
                told = {"error": {"code": "call-too-long", "message": TOO_LONG}}
                await _tell(writer, told)
                await asyncio.wait_for(_read_out(reader), _PATIENCE)
            else:
                await _tell(writer, await answer(desk(), line, callers, peer_of(writer.get_extra_info("socket"))))
        await closed(writer)

    listening = _bind(path, group)
    bound = _identity(path)
    server = await asyncio.start_unix_server(serve, sock=listening, limit=MAX_LINE)
    try:
        yield
    finally:
        server.close()
        _remove(path, bound)


async def _tell(writer: asyncio.StreamWriter, told: dict[str, Any]) -> None:
    writer.write(json.dumps(told).encode() + b"\n")
    await writer.drain()


async def _read_out(reader: asyncio.StreamReader) -> None:
    """What was sent beyond the limit, so that closing does not take back the answer."""
    while await reader.read(MAX_LINE):
        pass


def _bind(path: Path, group: int | None) -> socket.socket:
    """A socket at the path, for its owner alone, or for a group too. Raises ConfigurationError."""
    _clear(path)
    listening = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    before = os.umask(0o177)
    try:
        listening.bind(str(path))
    except OSError as error:
        listening.close()
        raise ConfigurationError(f"the staff socket cannot be opened ({type(error).__name__})") from None
    finally:
        os.umask(before)
    if group is not None:
        try:
            os.chown(path, -1, group)
            path.chmod(0o660)
        except OSError as error:
            listening.close()
            path.unlink(missing_ok=True)
            raise ConfigurationError(
                "the staff socket cannot be given to the group of the setting STAFF_SOCKET_GROUP "
                f"({type(error).__name__}); the gateway's account has to be in that group"
            ) from None
    return listening


def _clear(path: Path) -> None:
    """Remove the socket that a killed process left; refuse one that is used, and anything else that stands there."""
    if len(os.fsencode(path)) > _LONGEST_PATH:
        raise ConfigurationError(f"the setting STAFF_SOCKET is longer than {_LONGEST_PATH} bytes; use a shorter path")
    found = _identity(path)
    if found is None:
        return
    if not stat.S_ISSOCK(path.lstat().st_mode):
        raise ConfigurationError("the setting STAFF_SOCKET names a file that is not a socket")
    if _somebody_listens(path):
        raise ConfigurationError(
            "another process listens at the staff socket; stop it, or give this gateway a STAFF_SOCKET of its own"
        )
    _remove(path, found)


def _remove(path: Path, found: tuple[int, int] | None) -> None:
    """Remove what was found at the path, and not what somebody else has put there since."""
    if found is not None and _identity(path) == found:
        path.unlink(missing_ok=True)


def _somebody_listens(path: Path) -> bool:
    """Only a refusal shows that nobody does; a full queue or a slow answer is somebody."""
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as probe:
        probe.settimeout(1)
        try:
            probe.connect(str(path))
        except (ConnectionRefusedError, FileNotFoundError):
            return False
        except OSError:
            return True
    return True


def _identity(path: Path) -> tuple[int, int] | None:
    try:
        found = path.lstat()
    except FileNotFoundError:
        return None
    return found.st_dev, found.st_ino
