"""Makes a staff call through the socket of a running gateway, for a command.

Invariant: where a connection ends without an answer the outcome is told to be unknown, so that nothing is done twice
unseen. Apart from `gateway.staff.socket`, so that a command that asks imports no use case.
"""

import asyncio
import contextlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from gateway.domain.errors import GatewayError

MAX_LINE: Final = 1 << 22
"""Bytes of a call: the documents of a draft fit in."""
TOO_LONG: Final = f"the command is longer than {MAX_LINE} bytes; shorten its texts. Nothing was done"
_MAX_ANSWER: Final = 1 << 24


class StaffCallError(GatewayError):
    """A call was not done, or not told to be; `code` and message are the gateway's own."""

    def __init__(self, code: str, message: str, facts: Mapping[str, Any] | None = None) -> None:
        super().__init__(message)
        self.code = code
        self.facts = dict(facts or {})


class NotListeningError(GatewayError):
    """No gateway listens at the socket, so nothing was asked of any."""

    code = "gateway-not-running"


class OutcomeUnknownError(GatewayError):
    """The gateway was asked and gave no answer; the command may have been done."""

    code = "outcome-unknown"

    def __init__(self) -> None:
        super().__init__(
            "the gateway gave no answer, and whether the command was done is not known. Look first (`gateway referral "
            "list`, `delegation list`, `obligation list`, `hold list`, `log verify`), then repeat it if it was not"
        )


async def ask(path: Path, call: str, arguments: Mapping[str, Any], stated: Mapping[str, Any] | None = None) -> Any:
    """Make a call through the socket of a running gateway; `stated` is who the caller says that they are.

    Raises NotListeningError where none listens; StaffCallError with what it says; OutcomeUnknownError."""
    line = json.dumps({"call": call, "arguments": arguments, "actor": stated or {}}).encode()
    if len(line) > MAX_LINE:
        raise StaffCallError("call-too-long", TOO_LONG)
    try:
        reader, writer = await asyncio.open_unix_connection(str(path), limit=_MAX_ANSWER)
    except (ConnectionRefusedError, FileNotFoundError):
        raise NotListeningError("no gateway listens at the staff socket") from None
    except OSError as error:
        raise StaffCallError(
            "socket-not-open",
            f"the staff socket cannot be opened ({type(error).__name__}); use the gateway's account, or one of "
            "the group that may open it (STAFF_SOCKET_GROUP)",
        ) from None
    try:
        writer.write(line + b"\n")
        await writer.drain()
        told = json.loads(await reader.readline())
    except (OSError, ValueError):
        raise OutcomeUnknownError from None
    finally:
        await closed(writer)
    return result_of(told)


def result_of(told: Mapping[str, Any]) -> Any:
    """The result that an answer holds. Raises StaffCallError with the error that it holds instead."""
    if "error" in told:
        error = told["error"]
        raise StaffCallError(error["code"], error["message"], error.get("facts"))
    return told["result"]


async def closed(writer: asyncio.StreamWriter) -> None:
    """Close the connection, whatever became of it."""
    writer.close()
    with contextlib.suppress(OSError):
        await writer.wait_closed()
