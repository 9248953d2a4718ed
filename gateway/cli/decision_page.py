"""Explains a decision, or recomputes it, and shows what came of it.

Does not: name options (`gateway.cli.decision`).
"""

import asyncio
from dataclasses import asdict

import typer

from audit.encoding import to_base64url
from audit.entry import Entry
from audit.vocabulary import is_identifier
from gateway.bootstrap.log import append_log, read_log, signed_log
from gateway.bootstrap.rulebook import kept_agreements, open_rulebook
from gateway.bootstrap.vocabulary import vocabulary
from gateway.cli.screen import json_text, wrapped
from gateway.deployment.settings import Settings
from gateway.domain.errors import LogUnavailableError
from gateway.service.disclosure.replay import ReplayReport
from gateway.service.words.explain import Section, explain
from gateway.service.words.sentences import Lang


def explain_entry(settings: Settings, entry: int, lang: Lang, *, as_json: bool) -> None:
    """Raises LogUnavailableError where there is no such entry or it is not what was signed."""
    log = read_log(settings)
    try:
        words = vocabulary(open_rulebook(settings, log)[0])
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


def replay_entry(settings: Settings, entry: int, unit: str, officer: str, *, as_json: bool) -> None:
    """Exit code 1 where the decision is not equal."""
    from gateway.bootstrap.replay import replaying

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
