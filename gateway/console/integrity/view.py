"""The integrity page: what the log signed, whether it is whole, a check of all of it on request, and what somebody who
does not trust this page needs to find out alone.

Invariants: the figures are those that the independent program prints (size, and root in base64); a check runs apart
from the gateway, one at a time; taking the entries away is an act on record, for auditors (ADR 2). Does not: verify.
"""

import json
from collections.abc import Mapping
from typing import Any, Final

from starlette.responses import Response, StreamingResponse

from gateway.console.authorization import every
from gateway.console.integrity.archive import archive, archive_name
from gateway.console.integrity.faults import fault_words
from gateway.console.integrity.words import WORDS
from gateway.console.layout.errors import error_words
from gateway.console.protection.headers import page_headers
from gateway.console.topic import Topic, act, show
from gateway.console.visit import NotHereError, Problem, Visit
from gateway.domain.actor import Role
from gateway.staff.asking import StaffCallError

READERS: Final = (Role.PRIVACY_OFFICER, Role.DELEGATED_HEAD, Role.AUDITOR, Role.ADMINISTRATOR)
CHECKING: Final = (Role.PRIVACY_OFFICER, Role.AUDITOR, Role.ADMINISTRATOR)
EXPORTING: Final = (Role.AUDITOR,)
CHECKS: Final = ("verify", "reconcile")
MOST_SHOWN: Final = 200


async def integrity(visit: Visit) -> Response:
    """Everything about the log as a whole."""
    told = await visit.call("log.integrity")
    heads, results = told["checkpoints"], told["results"]
    last = heads[0] if heads else None
    return visit.page(
        "integrity.html",
        told=told,
        last=last,
        standing=_standing(told, last),
        unsigned=told["size"] - (last["size"] if last else 0),
        checks=[(check, results.get(check)) for check in CHECKS],
        faults=lambda found: fault_words(found["code"], visit.lang),
        checking=visit.has_role(*CHECKING),
        exporting=visit.has_role(*EXPORTING),
        percent=_percent(told["running"]),
    )


def _standing(told: Mapping[str, Any], last: Mapping[str, Any] | None) -> str:
    """The result in one word: the worst of what is known."""
    results = [one for one in told["results"].values() if one]
    if last is None:
        return "empty" if told["size"] == 0 else "unsigned"
    if not last["genuine"] or last["size"] > told["size"] or not all(one["ok"] for one in results):
        return "at-fault"
    verified = told["results"].get("verify")
    return "whole" if verified else "signed"


def _percent(running: Mapping[str, Any] | None) -> int:
    if not running or not running["total"]:
        return 0
    return min(100, 100 * int(running["done"]) // int(running["total"]))


async def progress(visit: Visit) -> Response:
    """What the page asks for by itself while a check runs."""
    running = await visit.call("log.check")
    told = {
        "ended": running is None,
        "value": _percent(running),
        "said": str(visit.words("check-ended")) if running is None else progress_words(visit, running),
    }
    return visit.send(json.dumps(told).encode(), "application/json", "progress.json")


def progress_words(visit: Visit, running: Mapping[str, Any]) -> str:
    if not running["total"]:
        return str(visit.words("check-starting"))
    return str(visit.words("check-done", visit.words.number(running["done"]), visit.words.number(running["total"])))


async def check(visit: Visit) -> Response:
    """Begin a check; the page then shows how far it is."""
    which = visit.typed.get("check")
    if which not in CHECKS:
        return await integrity(visit.with_problems(Problem(str(visit.words("check-wrong")))))
    try:
        await visit.call("log.check-begin", check=which)
    except StaffCallError as error:
        return await integrity(visit.with_problems(_problem(error, visit)))
    return visit.go("/integrity")


async def stop(visit: Visit) -> Response:
    """End the check that runs."""
    try:
        await visit.call("log.check-stop")
    except StaffCallError as error:
        return await integrity(visit.with_problems(_problem(error, visit)))
    return visit.go("/integrity")


async def checkpoint(visit: Visit) -> Response:
    """One of the last checkpoints, byte for byte; the last of all where none is named."""
    heads = (await visit.call("log.integrity", limit=MOST_SHOWN))["checkpoints"]
    asked = visit.asked("size")
    head = next((one for one in heads if not asked or str(one["size"]) == asked), None)
    if head is None:
        raise NotHereError
    return visit.send(head["note"].encode(), "text/plain; charset=utf-8", f"checkpoint-{head['size']}.txt")


async def key(visit: Visit) -> Response:
    """The log's public key, as a verifier takes it."""
    told = await visit.call("log.integrity", limit=1)
    return visit.send(f"{told['key']}\n".encode(), "text/plain; charset=utf-8", "log.vkey")


async def export(visit: Visit) -> Response:
    """The log up to a checkpoint, with the program that verifies it, once that is on record."""
    size = visit.typed.get("size")
    if not size.isascii() or not size.isdecimal() or len(size) > 15:
        return await integrity(visit.with_problems(Problem(str(visit.words("export-wrong")))))
    try:
        made = await visit.call("log.export", size=int(size))
    except StaffCallError as error:
        return await integrity(visit.with_problems(_problem(error, visit)))
    headers = page_headers(visit.nonce, https=visit.room.https)
    headers |= {"content-disposition": f'attachment; filename="{archive_name(made)}.tar"'}
    return StreamingResponse(archive(visit, made), media_type="application/x-tar", headers=headers)


_ERRORS: Final = frozenset({"check-running", "no-check", "unknown-checkpoint"})


def _problem(error: StaffCallError, visit: Visit) -> Problem:
    if error.code in _ERRORS:
        return Problem(str(visit.words(f"error-{error.code}")))
    return Problem(error_words(error.code, str(error), visit.lang, error.facts))


INTEGRITY: Final = Topic(
    "integrity",
    WORDS,
    (
        show("/integrity", integrity, every(*READERS)),
        show("/integrity/progress", progress, every(*READERS), quiet=True),
        show("/integrity/checkpoint.txt", checkpoint, every(*READERS)),
        show("/integrity/log.vkey", key, every(*READERS)),
        act("/integrity/check", check, every(*CHECKING), shows=integrity),
        act("/integrity/stop", stop, every(*CHECKING), shows=integrity),
        act("/integrity/export", export, every(*EXPORTING), shows=integrity),
    ),
    menu="/integrity",
    group="oversight",
)
