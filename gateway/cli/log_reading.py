"""What `gateway log` does without writing: verify, reconcile, export, and show a checkpoint or an entry.

Works beside a running gateway. Does not: name options (`gateway.cli.log`).
"""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Any

import typer

from audit.errors import AuditError
from audit.tiles import CHECKPOINT_PATH
from gateway.adapters.log.assembly import OpenLog
from gateway.bootstrap.log import read_log
from gateway.cli.screen import console, json_text, progress, table
from gateway.deployment.folder import read_log_key
from gateway.deployment.settings import Settings
from gateway.domain.errors import LogUnavailableError


def verify(settings: Settings, known: Path | None, *, as_json: bool) -> None:
    from audit.verify import verify_log

    with reading(settings) as opened:
        note = _last_checkpoint(opened).encode()

        def read(path: str) -> bytes:
            return note if path == CHECKPOINT_PATH else opened.reader.read(path)

        kept = known.read_text("utf-8") if known else None
        with progress("verifying", "entries") as told:
            report = verify_log(read, read_log_key(settings.log_key).verifier, known=kept, progress=told)
        unsigned = opened.reader.head()[0] - int(report.facts.get("size", 0))
    if as_json:
        print(json_text({**report.to_dict(), "unsigned": unsigned}))
    else:
        for finding in report.findings:
            print(finding)
        size = report.facts.get("size", 0)
        print(f"{'verified' if report.ok else 'NOT VERIFIED'}: {size} entries under the signed checkpoint")
        if unsigned > 0:
            print(f"{unsigned} newer entries are not signed yet; the running gateway signs about once a second")
    if not report.ok:
        raise typer.Exit(1)


def reconcile(settings: Settings, *, quick: bool, as_json: bool) -> None:
    from gateway.bootstrap import reconciling

    with reading(settings) as opened:
        held = reconciling.reconcile(opened, settings)
        if quick:
            found = held.since_mark()
        else:
            workers = reconciling.reconcile_processes(opened, settings)
            with progress("reconciling", "entries") as told:
                found = held.whole(workers, told)
    if as_json:
        print(json_text({"ok": found.ok, **asdict(found)}))
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


def export(settings: Settings, folder: Path) -> None:
    from gateway.adapters.log.export import export_log

    with reading(settings) as opened:
        note = _last_checkpoint(opened)
        try:
            with progress("exporting", "tiles") as told:
                verifier = read_log_key(settings.log_key).verifier
                written = export_log(opened.reader, note, verifier, folder, progress=told)
        except (AuditError, OSError) as error:
            raise LogUnavailableError(f"the export stopped ({type(error).__name__}); run it again to go on") from None
    print(f"{written} files written to {folder}")


def checkpoint(settings: Settings) -> None:
    with reading(settings) as opened:
        print(_last_checkpoint(opened), end="")


def entry(settings: Settings, index: int, *, as_json: bool) -> None:
    with reading(settings) as opened:
        receipt = opened.reader.entry(index)
    if receipt is None:
        raise LogUnavailableError(f"the log has no entry {index}")
    members: dict[str, Any] = json.loads(receipt.entry)
    if as_json:
        print(json_text({"entry_index": index, **members}))
        return
    found = table("member", "value", title=f"entry {index}")
    for name, value in members.items():
        if value not in (None, [], {}, 0):
            found.add_row(name, value if isinstance(value, str) else json.dumps(value, ensure_ascii=False))
    console().print(found)


@contextmanager
def reading(settings: Settings) -> Iterator[OpenLog]:
    """The log, closed at the end."""
    opened = read_log(settings)
    try:
        yield opened
    finally:
        opened.engine.dispose()


def _last_checkpoint(opened: OpenLog) -> str:
    note = opened.table.last()
    if note is None:
        raise LogUnavailableError("the log has no signed checkpoint yet; start the gateway once")
    return note
