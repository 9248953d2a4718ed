"""Asks a gateway a question, verifies the answer and its receipt, and shows both, or why there is none.

Does not: name options or read the identifier (`gateway.cli.request`).
"""

from collections.abc import Sequence
from pathlib import Path

import httpx
import typer

from audit.errors import AuditError
from audit.note_key import VerifierKey
from gateway.cli.screen import console, json_text, table
from gateway.client.answers import Disclosure
from gateway.client.calls import Gateway
from gateway.client.errors import ClientError, ProblemError, ReferredError
from gateway.client.question import Question
from gateway.deployment.folder import read_signing_key
from gateway.domain.errors import ConfigurationError
from gateway.service.words.sentences import Lang


def ask(
    origin: str,
    key: Path,
    pins: Sequence[str],
    log_vkey: Path,
    question: Question,
    collect: str | None,
    lang: Lang,
    *,
    as_json: bool,
) -> None:
    """Exit code 1 where the answer is a refusal or cannot be trusted. Raises ConfigurationError."""
    try:
        vkey = _verifier_key(log_vkey)
        with Gateway(origin, read_signing_key(key), pins=pins, log_vkey=vkey) as gateway:
            _show(gateway.collect(question, collect) if collect else gateway.disclose(question), lang, as_json)
    except ReferredError as waiting:
        referral = waiting.referral
        typer.echo(f"referred: a person decides by {referral.decide_by}; it is {referral.state}")
        for duty in referral.waiting_for:
            typer.echo(f"  waiting for: {duty}")
        typer.echo(f"ask again with the same command and --collect {referral.id}")
    except ProblemError as refused:
        problem = refused.problem
        title = problem.title_fr if lang == "fr" and problem.title_fr else problem.title
        typer.echo(f"refused: {title} ({problem.code})", err=True)
        for reason in problem.reasons:
            typer.echo(f"  {reason['title'][lang]} [{', '.join(reason['citations'])}]", err=True)
        raise typer.Exit(1) from None
    except (ClientError, httpx.HTTPError) as error:
        typer.echo(f"no trustworthy answer: {error}", err=True)
        raise typer.Exit(1) from None


def _verifier_key(file: Path) -> str:
    """The key that the gateway's log is verified with. Raises ConfigurationError."""
    try:
        return str(VerifierKey.parse(file.read_text("utf-8").strip()))
    except (OSError, UnicodeDecodeError, AuditError):
        raise ConfigurationError(
            f"{file} cannot be read as a signed-note verifier key; the gateway's staff give it out as log.vkey"
        ) from None


def _show(answer: Disclosure, lang: Lang, as_json: bool) -> None:
    if as_json:
        body = {
            "entry_index": answer.entry_index,
            "decision": answer.decision,
            "records": answer.records,
            "withheld": answer.withheld,
            "obligations": answer.obligations,
            "next_cursor": answer.next_cursor,
            "receipt": answer.receipt.members,
        }
        typer.echo(json_text(body))
        return
    screen = console()
    for record in answer.records:
        found = table("element", "value", "form", title=f"entry {answer.entry_index}")
        for name, value in record.items():
            found.add_row(name, json_text(value), answer.forms.get(name, ""))
        screen.print(found)
    for item in answer.withheld:
        typer.echo(f"withheld: {item['element']} — {item['title'][lang]}")
    for item in answer.obligations:
        typer.echo(f"obligation: {item['code']} on {item['on']}")
    typer.echo("answer and receipt verified")
