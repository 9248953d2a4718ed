"""`gateway explain` and `gateway replay`: why a decision was what it was, and whether it comes out the same again.

`explain` reads the entry alone, beside a running gateway. `replay` opens the entry's private part, which is put on
record first; so on SQLite the gateway must be stopped. Neither shows anything that names a person.
"""

import asyncio
from dataclasses import asdict
from typing import Annotated

import typer

from audit.encoding import to_base64url
from audit.entry import Entry
from audit.vocabulary import is_identifier
from gateway.bootstrap.log import append_log, kept_agreements, read_log, signed_log
from gateway.bootstrap.replay import replaying
from gateway.bootstrap.rulebook import open_rulebook
from gateway.cli.language import Language
from gateway.cli.screen import json_text, wrapped
from gateway.cli.settings import settings_of
from gateway.domain.errors import LogUnavailableError
from gateway.service.explain import Section, explain
from gateway.service.plain_words import Lang
from gateway.service.replay import ReplayReport
from gateway.staff.vocabulary import vocabulary

_EXPLAIN = "Examples: `gateway explain 4711` · `gateway explain 4711 --lang fr --json`"
_REPLAY = "Example: `gateway replay 4711 --unit esdc-isb --officer r.roy`"

Index = Annotated[int, typer.Argument(metavar="ENTRY", min=0, help="Index of the entry in the log")]
AsJson = Annotated[bool, typer.Option("--json", help="Answer as JSON")]


def explain_entry(
    context: typer.Context,
    entry: Index,
    lang: Language = "en",
    as_json: AsJson = False,
) -> None:
    """Why: who asked for what, under which clause and provisions, what left, what was withheld, which duties followed.

    Made of the entry, which names no person, after holding it against the log's signature.
    """
    settings = settings_of(context)
    words = vocabulary(open_rulebook(settings))
    log = read_log(settings)
    try:
        receipt = log.reader.entry(entry)
        if receipt is None:
            raise LogUnavailableError(f"the log has no entry {entry}")
        standing = signed_log(settings, log).standing(receipt)
        found = Entry.from_bytes(receipt.entry)
        cited = found.agreement
        agreement = kept_agreements(log).version(cited.digest) if cited else None
    finally:
        log.engine.dispose()
    sections = explain(entry, found, lang, words, agreement, standing)
    if as_json:
        told = {"entry_index": entry, "lang": lang, "sections": [asdict(section) for section in sections]}
        typer.echo(json_text(told))
        return
    for section in sections:
        _print(section, lang)


def replay_entry(
    context: typer.Context,
    entry: Index,
    unit: Annotated[str, typer.Option(help="Your unit")],
    officer: Annotated[str, typer.Option(help="Who you are; kept encrypted with the entry this makes")],
    as_json: AsJson = False,
) -> None:
    """Recompute a decision under its recorded policy revision, agreement version and date, and compare.

    Exit code 0 where it is equal, 1 where it differs or cannot be recomputed. A replay is itself an entry of the log.
    """
    settings = settings_of(context)

    async def run() -> ReplayReport:
        log = read_log(settings)
        try:
            commit = append_log(settings, log)
            try:
                return await replaying(settings, log, commit)(entry, unit=unit, officer=officer)
            finally:
                await commit.close()
                log.checkpoints.sign()
        finally:
            log.engine.dispose()

    if not is_identifier(unit):
        raise typer.BadParameter("the unit is a code, such as esdc-isb", param_hint="--unit")
    report = asyncio.run(run())
    if as_json:
        typer.echo(json_text(_as_json(report)))
    else:
        for line in _in_words(report):
            typer.echo(line)
    if not report.equal:
        raise typer.Exit(1)


def _print(section: Section, lang: Lang) -> None:
    typer.echo(section.title)
    for line in section.lines:
        typer.echo(wrapped(f"{line.text}{f' [{line.code}]' if line.code else ''}", lang, indent=2))
        for below in line.below:
            typer.echo(wrapped(below, lang, indent=4))


def _in_words(report: ReplayReport) -> list[str]:
    verdict = "equal" if report.equal else "DIFFERENT"
    signed = f"under the signed tree of {report.standing.size}" if report.standing else "not signed yet"
    return [
        f"entry {report.entry_index}: {verdict}",
        f"  policy revision {report.policy_revision}",
        f"  agreement {report.agreement or 'none'}",
        f"  entry {signed}; this replay is on record as entry {report.receipt.entry_index}",
        *(f"  {item.member}: recorded {item.recorded}; now {item.recomputed}" for item in report.differences),
    ]


def _as_json(report: ReplayReport) -> dict[str, object]:
    standing = report.standing
    return {
        "entry_index": report.entry_index,
        "equal": report.equal,
        "policy_revision": report.policy_revision,
        "agreement": report.agreement,
        "signed_tree": {"size": standing.size, "root": to_base64url(standing.root)} if standing else None,
        "on_record": report.receipt.entry_index,
        "differences": [asdict(item) for item in report.differences],
    }


def add_to(parent: typer.Typer) -> None:
    """Registers both commands with `gateway`."""
    parent.command("explain", epilog=_EXPLAIN)(explain_entry)
    parent.command("replay", epilog=_REPLAY)(replay_entry)
