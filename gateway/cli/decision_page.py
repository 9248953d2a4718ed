"""Explains a decision, and shows it.

Does not: name options (`gateway.cli.decision`).
"""

from dataclasses import asdict

import typer

from audit.entry import Entry
from gateway.bootstrap.log import read_log, signed_log
from gateway.bootstrap.rulebook import kept_agreements, open_rulebook
from gateway.bootstrap.vocabulary import vocabulary
from gateway.cli.screen import json_text, wrapped
from gateway.deployment.settings import Settings
from gateway.domain.errors import LogUnavailableError
from gateway.service.words.explain import Section, explain
from gateway.service.words.sentences import Lang


def explain_entry(settings: Settings, entry: int, lang: Lang, *, as_json: bool) -> None:
    """Raises LogUnavailableError where there is no such entry or it is not what was signed."""
    log = read_log(settings)
    try:
        receipt = log.reader.entry(entry)
        if receipt is None:
            raise LogUnavailableError(f"the log has no entry {entry}")
        standing = signed_log(settings, log).standing(receipt)
        words = vocabulary(open_rulebook(settings, log)[0])
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


def _print(section: Section, lang: Lang) -> None:
    typer.echo(section.title)
    for line in section.lines:
        typer.echo(wrapped(f"{line.text}{f' [{line.code}]' if line.code else ''}", lang, indent=2))
        for below in line.below:
            typer.echo(wrapped(below, lang, indent=4))
