"""Answers one staff call in JSON: its arguments are checked first, then it runs, and each failure says which it was.

Invariants: an error tells a code and a message, which hold no value; "not of this release" is said only of a call that
did not begin; what fails unexpectedly is told by its type in the diagnostic log alone, and to the caller as something
that may have been done. Does not: know how a call came in.
"""

import inspect
import json
from collections.abc import Mapping
from typing import Any, Final

from audit.errors import AuditError
from gateway.domain.errors import GatewayError
from gateway.observability.logs import Event, diagnostic_log
from gateway.staff.arguments import misfit_of
from gateway.staff.calls import CALLS, Call
from gateway.staff.desk import StaffDesk

_MALFORMED: Final = ("call-malformed", "the command is not of this release of the gateway; nothing was done")
_FAILED: Final = ("internal-error", "the gateway failed, see its log; look whether it was done before you repeat it")


async def answer(desk: StaffDesk, line: bytes) -> dict[str, Any]:
    """What one line gets: `{"result": ...}` or `{"error": {"code": ..., "message": ...}}`."""
    try:
        asked = json.loads(line)
        name, arguments = asked["call"], asked["arguments"]
    except (KeyError, TypeError, ValueError, RecursionError):
        return _error(*_MALFORMED)
    return await perform(desk, name, arguments)


async def perform(desk: StaffDesk, name: object, arguments: object) -> dict[str, Any]:
    """Run one call; the same answer as to a line."""
    call = CALLS.get(name) if isinstance(name, str) else None
    if call is None or not isinstance(arguments, Mapping) or not _takes(call, arguments):
        return _error(*_MALFORMED)
    misfit = misfit_of(call, arguments)
    if misfit is not None:
        return _error("argument-malformed", misfit)
    try:
        return {"result": await call(desk, **arguments)}
    except (GatewayError, AuditError) as error:
        return _error(error.code, str(error))
    except Exception as error:  # noqa: BLE001 - the boundary to the command line
        diagnostic_log().error(Event.UNEXPECTED_FAILURE, exception=type(error).__name__)
        return _error(*_FAILED)


def _takes(call: Call, arguments: Mapping[str, Any]) -> bool:
    """Whether every argument is one of the call's and none that it needs is missing."""
    try:
        inspect.signature(call).bind(None, **arguments)
    except TypeError:
        return False
    return True


def _error(code: str, message: str) -> dict[str, Any]:
    return {"error": {"code": code, "message": message}}
