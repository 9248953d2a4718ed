"""What `gateway log` does that is itself an entry: adopt rows from before seals, look a person up, erase one.

On SQLite the gateway must be stopped. Does not: name options (`gateway.cli.log`).
"""

import asyncio
import sys
from collections.abc import Callable, Mapping
from typing import Any, assert_never

import typer

from audit.entry import Entry
from audit.errors import EntryError
from gateway.adapters.log.assembly import OpenLog
from gateway.adapters.log.group_commit import GroupCommit
from gateway.bootstrap.log import SystemClock, append_log
from gateway.bootstrap.reconciling import before_account
from gateway.cli.log_reading import reading
from gateway.cli.screen import console, json_text, table
from gateway.deployment.settings import Settings
from gateway.domain.identifiers import SCHEMES, DeclaredScheme, normalise
from gateway.domain.request import SubjectIdentifier
from gateway.service.person.erasure import (
    MINIMUM_FEDERAL,
    MINIMUM_ONTARIO,
    Erased,
    Erasure,
    Held,
    NothingKept,
    TooRecent,
)
from gateway.service.person.lookup import Lookup

_MINIMUM = {"federal": MINIMUM_FEDERAL, "ontario": MINIMUM_ONTARIO}


def adopt(settings: Settings, unit: str, officer: str, *, yes: bool) -> None:
    from gateway.bootstrap.reconciling import adopting

    with reading(settings) as opened:
        adoption = adopting(settings, opened)
        found = adoption.look()
        for one in found:
            print(one.name if one.because is None else f"NOT ADOPTED {one.name}: {one.because}")
        fit = sum(one.because is None for one in found)
        if not yes:
            print(f"{fit} of {len(found)} rows can be adopted; --yes puts them on record")
        else:

            async def work(log: GroupCommit) -> Any:
                return await adoption.adopt(found, log, SystemClock(), unit=unit, officer=officer)

            done = _appending(settings, opened, work) if fit else ()
            print(f"{len(done)} of {len(found)} rows adopted, each by an entry of its own")
    if fit < len(found):
        raise typer.Exit(1)


def person(settings: Settings, scheme: str, unit: str, officer: str, *, as_json: bool) -> None:
    with reading(settings) as opened:
        subject = _subject(scheme, settings)

        async def look(log: GroupCommit) -> Any:
            lookup = Lookup(opened.archive, log, SystemClock())
            return await lookup.accesses(subject, unit=unit, officer=officer)

        found = _appending(settings, opened, look)
    if as_json:
        print(json_text([{"entry_index": one.entry_index, **_facts(one.entry)} for one in found]))
        return
    shown = table("entry", "time (UTC)", "kind", "recipient", "purpose", "disclosed")
    for one in found:
        facts = _facts(one.entry)
        shown.add_row(
            str(one.entry_index),
            *(str(facts[name] or "") for name in ("time", "kind", "recipient", "purpose")),
            ", ".join(facts["disclosed"]),
        )
    console().print(shown)


def erase(settings: Settings, scheme: str, unit: str, officer: str, *, authority: str, regime: str) -> None:
    minimum = _MINIMUM.get(regime)
    if minimum is None:
        raise typer.BadParameter("federal or ontario", param_hint="--regime")
    with reading(settings) as opened:
        subject = _subject(scheme, settings)

        async def run(log: GroupCommit) -> Any:
            erasure = Erasure(log, SystemClock(), before_account(opened, settings))
            return await erasure.erase(subject, authority=authority, unit=unit, officer=officer, minimum=minimum)

        outcome: Erased | Held | TooRecent | NothingKept = _appending(settings, opened, run)
    match outcome:
        case Erased(receipt, parts):
            print(f"erased: {parts} private parts and the key; on record as entry {receipt.entry_index}")
            return
        case Held(codes):
            print(f"not erased: held ({', '.join(codes)}); lift the hold first (gateway hold)")
        case TooRecent(last_used):
            print(f"not erased: last used {last_used:%Y-%m-%d}, within the {regime} minimum retention")
        case NothingKept():
            print("not erased: the log keeps nothing under this identifier")
        case _:
            assert_never(outcome)
    raise typer.Exit(1)


def _appending(settings: Settings, opened: OpenLog, work: Callable[[GroupCommit], Any]) -> Any:
    async def run() -> Any:
        log = append_log(settings, opened)
        try:
            return await work(log)
        finally:
            await log.close()
            opened.checkpoints.sign()

    try:
        return asyncio.run(run())
    except EntryError:
        raise typer.BadParameter("unit and authority are codes, such as esdc-isb and PA-6-3") from None


def _subject(scheme: str, settings: Settings) -> SubjectIdentifier:
    if sys.stdin.isatty():
        print("identifier (not shown in any list of processes), then Enter:", file=sys.stderr)
    declared = {} if scheme in SCHEMES else _declared(settings)
    value = normalise(scheme, sys.stdin.readline().strip(), sandbox=settings.sandbox, declared=declared)
    return SubjectIdentifier(scheme, value)


def _declared(settings: Settings) -> Mapping[str, DeclaredScheme]:
    from gateway.bootstrap.rulebook import open_rulebook

    return open_rulebook(settings).schemes


def _facts(found: Entry) -> dict[str, Any]:
    return {
        "time": found.time,
        "kind": found.kind,
        "requester": found.requester,
        "recipient": found.recipient,
        "purpose": found.purpose,
        "ground": found.ground,
        "disclosed": [part.element for part in found.disclosed],
        "reasons": list(found.reasons),
    }
