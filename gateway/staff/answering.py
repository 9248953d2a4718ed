"""Answers one staff call in JSON: who makes it, whether they may, its arguments; then it runs. A failure says which.

Invariants: an error tells a code and a message, which hold no value; "not of this release" is said only of a call that
did not begin; what fails unexpectedly is told by its type in the diagnostic log alone, and to the caller as something
that may have been done. Does not: know how a call came in, or which role a call needs
(`gateway.staff.authorization`).
"""

import inspect
import json
from collections.abc import Mapping
from typing import Any, Final

from audit.errors import AuditError
from gateway.domain.actor import Actor
from gateway.domain.errors import GatewayError
from gateway.observability.logs import Event, diagnostic_log
from gateway.staff.arguments import misfit_of
from gateway.staff.authorization import authorize, require_fresh
from gateway.staff.calls import CALLS, Call
from gateway.staff.desk import StaffDesk
from gateway.staff.identity import Callers, identified

_MALFORMED: Final = ("call-malformed", "the command is not of this release of the gateway; nothing was done")
_NOT_THEIRS: Final = frozenset(
    {"caller-unknown", "another-officer", "another-unit", "not-authorized", "sign-in-over", "sign-in-nobody"}
)
_FAILED: Final = ("internal-error", "the gateway failed, see its log; look whether it was done before you repeat it")


async def answer(desk: StaffDesk, line: bytes, callers: Callers, user: int | None) -> dict[str, Any]:
    """What one line of a user gets: `{"result": ...}` or `{"error": {"code": ..., "message": ...}}`, with `facts` where
    the message is made of some. Somebody who is not who they say, or may not, is a line of the diagnostic log."""
    told = await _answer(desk, line, callers, user)
    code = told.get("error", {}).get("code")
    if code in _NOT_THEIRS:
        diagnostic_log().warning(Event.STAFF_REFUSED, code=code)
    return told


async def _answer(desk: StaffDesk, line: bytes, callers: Callers, user: int | None) -> dict[str, Any]:
    try:
        if callers.sign_in is None:
            callers.known(user)
    except GatewayError as error:
        return _refused(error)
    try:
        asked = json.loads(line)
        name, arguments, stated = asked["call"], asked["arguments"], asked.get("actor", {})
    except (AttributeError, KeyError, TypeError, ValueError, RecursionError):
        return _error(*_MALFORMED)
    return await perform_as(desk, name, arguments, callers, user, stated)


async def perform_as(
    desk: StaffDesk, name: object, arguments: object, callers: Callers, user: int | None, stated: object
) -> dict[str, Any]:
    """Run one call for a user of the machine, who states who they are."""
    try:
        proven = await identified(callers, user, stated)
        if isinstance(name, str):
            require_fresh(name, fresh=proven.fresh)
    except GatewayError as error:
        return _refused(error)
    return await perform(desk, name, arguments, proven.actor)


async def perform(desk: StaffDesk, name: object, arguments: object, actor: Actor) -> dict[str, Any]:
    """Run one call for an actor; the same answer as to a line."""
    call = CALLS.get(name) if isinstance(name, str) else None
    if call is None or not isinstance(name, str) or not isinstance(arguments, Mapping) or not _takes(call, arguments):
        return _error(*_MALFORMED)
    try:
        authorize(name, actor, desk.organizations)
    except GatewayError as error:
        return _refused(error)
    misfit = misfit_of(call, arguments)
    if misfit is not None:
        return _error("argument-malformed", misfit)
    try:
        return {"result": await call(desk, actor, **arguments)}
    except (GatewayError, AuditError) as error:
        return _refused(error)
    except Exception as error:  # noqa: BLE001 - the boundary to the command line
        diagnostic_log().error(Event.UNEXPECTED_FAILURE, exception=type(error).__name__)
        return _error(*_FAILED)


def _takes(call: Call, arguments: Mapping[str, Any]) -> bool:
    """Whether every argument is one of the call's and none that it needs is missing."""
    try:
        inspect.signature(call).bind(None, None, **arguments)
    except TypeError:
        return False
    return True


def _refused(error: GatewayError | AuditError) -> dict[str, Any]:
    told = _error(error.code, str(error))
    facts = getattr(error, "facts", None)
    if facts:
        told["error"]["facts"] = dict(facts)
    return told


def _error(code: str, message: str) -> dict[str, Any]:
    return {"error": {"code": code, "message": message}}
