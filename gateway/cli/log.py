"""`gateway log`: verify, reconcile, export, read and look up the disclosure log, and erase a person from it.

Identifiers of people are read from standard input, because arguments are in the process list and the shell's history.
Reading commands work beside a running gateway. `person` and `erase` write, so on SQLite the gateway must be stopped.
"""

import asyncio
import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any, assert_never

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from audit.entry import Entry
from audit.errors import AuditError, EntryError
from audit.note_key import SignerKey
from audit.tiles import CHECKPOINT_PATH
from audit.verify import verify_log
from gateway.adapters.commit import GroupCommit
from gateway.adapters.log.assembly import OpenLog
from gateway.adapters.log.export import export_log
from gateway.bootstrap.log import (
    SystemClock,
    adopting,
    append_log,
    before_account,
    read_log,
    reconcile,
    reconcile_processes,
)
from gateway.bootstrap.rulebook import open_rulebook
from gateway.cli.screen import console, json_text, table
from gateway.cli.settings import settings_of
from gateway.deployment import read_log_key
from gateway.domain.errors import LogUnavailableError
from gateway.domain.identifiers import SCHEMES, normalise
from gateway.domain.request import SubjectIdentifier
from gateway.service.erasure import (
    MINIMUM_FEDERAL,
    MINIMUM_ONTARIO,
    Erased,
    Erasure,
    Held,
    NothingKept,
    TooRecent,
)
from gateway.service.lookup import Lookup
from gateway.settings import Settings

app = typer.Typer(no_args_is_help=True, rich_markup_mode="markdown")

_MINIMUM = {"federal": MINIMUM_FEDERAL, "ontario": MINIMUM_ONTARIO}
_VERIFY = "Example: `gateway log verify --known checkpoint-of-last-month.txt`"
_EXPORT = 'Example: `gateway log export /srv/log && python -m audit verify /srv/log --key "$(cat log.vkey)"`'
_CHECKPOINT = "Example: `gateway log checkpoint > checkpoint-of-this-month.txt`"
_RECONCILE = "Example: `gateway log reconcile` · every hour: `gateway log reconcile --quick`"
_ENTRY = "Example: `gateway log entry 4711`"
_ADOPT = "Example: `gateway log adopt --unit esdc-isb --officer r.roy --yes`"
_PERSON = "Example: `gateway log person --scheme uci --unit esdc-isb --officer r.roy < uci.txt`"
_ERASE = (
    "Example: `gateway log erase --scheme uci --authority PA-6-3 --regime federal --unit esdc-isb --officer r.roy "
    "< uci.txt`"
)

Scheme = Annotated[str, typer.Option(help="Identifier scheme; the value is read from standard input")]
Unit = Annotated[str, typer.Option(help="Your unit")]
Officer = Annotated[str, typer.Option(help="Who you are; kept encrypted with the entry this makes")]
AsJson = Annotated[bool, typer.Option("--json", help="Answer as JSON")]


@app.command("verify", epilog=_VERIFY)
def verify(
    context: typer.Context,
    known: Annotated[
        Path | None,
        typer.Option(help="An earlier checkpoint you kept; the log must extend it", exists=True, dir_okay=False),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Recompute the whole log from its entries and compare it with the last signed checkpoint.

    Exit code 1 where the evidence fails.
    """
    with _reading(context) as (opened, log_key, _settings):
        note = _last_checkpoint(opened).encode()

        def read(path: str) -> bytes:
            return note if path == CHECKPOINT_PATH else opened.reader.read(path)

        kept = known.read_text("utf-8") if known else None
        with _progress("verifying", "entries") as told:
            report = verify_log(read, log_key.verifier, known=kept, progress=told)
        unsigned = opened.reader.head()[0] - int(report.facts.get("size", 0))
    if as_json:
        _print_json({**report.to_dict(), "unsigned": unsigned})
    else:
        for finding in report.findings:
            print(finding)
        size = report.facts.get("size", 0)
        print(f"{'verified' if report.ok else 'NOT VERIFIED'}: {size} entries under the signed checkpoint")
        if unsigned > 0:
            print(f"{unsigned} newer entries are not signed yet; the running gateway signs about once a second")
    if not report.ok:
        raise typer.Exit(1)


@app.command("reconcile", epilog=_RECONCILE)
def reconcile_tables(
    context: typer.Context,
    quick: Annotated[
        bool, typer.Option("--quick", help="Open only what came since the last time; of the rest, compare sums")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Hold the tables beside the log against its entries: private parts, search tokens, duties, keys, cases.

    What `verify` does for entries, this does for what accounts and decisions rest on beside them. Run it every night.
    Exit code 1 where something is at fault.
    """
    with _reading(context) as (opened, _log_key, settings):
        held = reconcile(opened, settings)
        if quick:
            found = held.since_mark()
        else:
            workers = reconcile_processes(opened, settings)
            with _progress("reconciling", "entries") as told:
                found = held.whole(workers, told)
    if as_json:
        _print_json({"ok": found.ok, **asdict(found)})
    else:
        for fault in found.faults:
            print(fault.words)
        for doubt in found.cannot_tell:
            print(f"CANNOT TELL {doubt.words}")
        print(
            f"{'reconciled' if found.ok else 'NOT RECONCILED'}: {found.size} entries, {found.parts} private parts, "
            f"{found.tokens} search tokens, {found.duties} duties, {found.state} rows of state; "
            f"{found.erased} parts erased as the log says"
        )
        if found.since:
            print(f"entries before {found.since} were opened by an earlier run, and their rows have the sums of then")
    if not found.ok:
        raise typer.Exit(1)


@app.command("export", epilog=_EXPORT)
def export(context: typer.Context, folder: Annotated[Path, typer.Argument(metavar="DIR")]) -> None:
    """Write the log up to the last signed checkpoint as tiles (C2SP tlog-tiles). Goes on where it stopped."""
    with _reading(context) as (opened, log_key, _settings):
        note = _last_checkpoint(opened)
        try:
            with _progress("exporting", "tiles") as told:
                written = export_log(opened.reader, note, log_key.verifier, folder, progress=told)
        except (AuditError, OSError) as error:
            raise LogUnavailableError(f"the export stopped ({type(error).__name__}); run it again to go on") from None
    print(f"{written} files written to {folder}")


@app.command("checkpoint", epilog=_CHECKPOINT)
def checkpoint(context: typer.Context) -> None:
    """Print the last signed checkpoint. Keep it: with it, `verify --known` shows later whether history was changed."""
    with _reading(context) as (opened, _log_key, _settings):
        print(_last_checkpoint(opened), end="")


@app.command("entry", epilog=_ENTRY)
def entry(
    context: typer.Context, index: Annotated[int, typer.Argument(metavar="N", min=0)], as_json: AsJson = False
) -> None:
    """Show one entry. An entry names no person."""
    with _reading(context) as (opened, _log_key, _settings):
        receipt = opened.reader.entry(index)
    if receipt is None:
        raise LogUnavailableError(f"the log has no entry {index}")
    members: dict[str, Any] = json.loads(receipt.entry)
    if as_json:
        _print_json({"entry_index": index, **members})
        return
    found = table("member", "value", title=f"entry {index}")
    for name, value in members.items():
        if value not in (None, [], {}, 0):
            found.add_row(name, value if isinstance(value, str) else json.dumps(value, ensure_ascii=False))
    console().print(found)


@app.command("adopt", epilog=_ADOPT)
def adopt(
    context: typer.Context,
    unit: Unit,
    officer: Officer,
    yes: Annotated[bool, typer.Option("--yes", help="Put them on record; without, they are listed")] = False,
) -> None:
    """Put on record the keys, consents, orders and referrals from before entries carried seals.

    Once, after an upgrade; until then they grant nothing. What the log does not bear out is named and left out.
    Exit code 1 where something was left out.
    """
    with _reading(context) as (opened, _log_key, settings):
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


@app.command("person", epilog=_PERSON)
def person(
    context: typer.Context,
    scheme: Scheme,
    unit: Unit,
    officer: Officer,
    as_json: AsJson = False,
) -> None:
    """Who saw this person's data? For staff alone; what the person may be told is `gateway account`.

    Looking is itself an entry of the log.
    """
    with _reading(context) as (opened, _log_key, settings):
        subject = _subject(scheme, settings)

        async def look(log: GroupCommit) -> Any:
            lookup = Lookup(opened.archive, log, SystemClock())
            return await lookup.accesses(subject, unit=unit, officer=officer)

        found = _appending(settings, opened, look)
    if as_json:
        _print_json([{"entry_index": one.entry_index, **_facts(one.entry)} for one in found])
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


@app.command("erase", epilog=_ERASE)
def erase(
    context: typer.Context,
    scheme: Scheme,
    unit: Unit,
    officer: Officer,
    authority: Annotated[str, typer.Option(help="The provision you erase under, as the register spells it")],
    regime: Annotated[str, typer.Option(help="federal (two years) or ontario (one year) of minimum retention")],
) -> None:
    """Erase what the log keeps about a person. Entries and proofs stay valid; this cannot be undone.

    Refused while a hold is open or within the minimum retention after last use.
    """
    minimum = _MINIMUM.get(regime)
    if minimum is None:
        raise typer.BadParameter("federal or ontario", param_hint="--regime")
    with _reading(context) as (opened, _log_key, settings):
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


@contextmanager
def _reading(context: typer.Context) -> Iterator[tuple[OpenLog, SignerKey, Settings]]:
    settings = settings_of(context)
    log_key = read_log_key(settings.log_key)
    opened = read_log(settings)
    try:
        yield opened, log_key, settings
    finally:
        opened.engine.dispose()


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


def _last_checkpoint(opened: OpenLog) -> str:
    note = opened.table.last()
    if note is None:
        raise LogUnavailableError("the log has no signed checkpoint yet; start the gateway once")
    return note


def _subject(scheme: str, settings: Settings) -> SubjectIdentifier:
    if sys.stdin.isatty():
        print("identifier (not shown in any list of processes), then Enter:", file=sys.stderr)
    declared = {} if scheme in SCHEMES else open_rulebook(settings).schemes
    value = normalise(scheme, sys.stdin.readline().strip(), sandbox=settings.sandbox, declared=declared)
    return SubjectIdentifier(scheme, value)


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


@contextmanager
def _progress(title: str, unit: str) -> Iterator[Callable[[int, int], None]]:
    """A bar on standard error; quiet where that is not a terminal."""
    columns = (TextColumn(title), BarColumn(), MofNCompleteColumn(), TextColumn(unit), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), disable=not sys.stderr.isatty(), transient=True) as bar:
        task = bar.add_task(title, total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)


def _print_json(value: object) -> None:
    print(json_text(value))
