"""`gateway request`: ask a gateway one question from the command line, as a partner's system would."""

import json
import sys
from pathlib import Path
from typing import Annotated, Any

import httpx
import typer

from audit.errors import AuditError
from audit.note_key import VerifierKey
from gateway.cli.language import Language
from gateway.cli.screen import console, json_text, table
from gateway.client.answers import Disclosure
from gateway.client.calls import Gateway
from gateway.client.errors import GatewayError as ClientError
from gateway.client.errors import ProblemError, ReferredError
from gateway.client.question import Question
from gateway.deployment import read_signing_key
from gateway.domain.errors import ConfigurationError
from gateway.httpsig.message import normal_origin
from gateway.service.plain_words import Lang

_EXAMPLE = (
    "Example: `gateway request --origin http://127.0.0.1:8080 --key ircc.pem --pin THUMBPRINT --log-vkey log.vkey "
    "--agreement esdc-ircc-tfw --purpose lmia-refresh --record-type lmia --element decision "
    "--scheme lmia-system-file-number --case-reference W000000001 < number.txt`"
)


def add_to(app: typer.Typer) -> None:
    app.command("request", epilog=_EXAMPLE)(request)


def request(
    origin: Annotated[str, typer.Option(help="Origin of the gateway")],
    key: Annotated[Path, typer.Option(help="Your private key (PEM)")],
    pin: Annotated[list[str], typer.Option(help="Thumbprint of a key the gateway signs with")],
    log_vkey: Annotated[Path, typer.Option(help="File with the verifier key of the gateway's log")],
    purpose: Annotated[str, typer.Option(help="Purpose code")],
    record_type: Annotated[str, typer.Option(help="Record type")],
    element: Annotated[list[str], typer.Option(help="Data element; repeat for several")],
    scheme: Annotated[str | None, typer.Option(help="Identifier scheme; the value is read from standard input")] = None,
    filter_by: Annotated[list[str] | None, typer.Option("--filter", help="element=value, for a list")] = None,
    limit: Annotated[int, typer.Option(help="Records per page")] = 50,
    agreement: Annotated[str | None, typer.Option(help="Agreement id; none on another ground")] = None,
    case_reference: Annotated[str | None, typer.Option(help="Your case, where the clause asks for one")] = None,
    ground: Annotated[
        Path | None, typer.Option(help="JSON file with the form of another ground (docs/grounds.md)", dir_okay=False)
    ] = None,
    collect: Annotated[str | None, typer.Option(help="Ask again for a question that was referred: r-...")] = None,
    lang: Language = "en",
    as_json: Annotated[bool, typer.Option("--json", help="The answer as JSON")] = False,
) -> None:
    """Ask for data elements, verify the answer and its receipt, and show both.

    The identifier is read from standard input, because an argument would be in the process list.
    """
    try:
        normal_origin(origin)
    except ValueError as error:
        raise typer.BadParameter(str(error), param_hint="--origin") from None
    filters = None if scheme else dict(_split(item) for item in filter_by or [])
    question = Question(
        agreement,
        purpose,
        record_type,
        element,
        scheme=scheme,
        value=sys.stdin.readline().strip() if scheme else None,
        filter=filters,
        limit=limit,
        case_reference=case_reference,
        ground=_form(ground) if ground else None,
    )
    try:
        vkey = _verifier_key(log_vkey)
        with Gateway(origin, read_signing_key(key), pins=pin, log_vkey=vkey) as gateway:
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


def _form(file: Path) -> dict[str, Any]:
    try:
        form = json.loads(file.read_text("utf-8"))
    except (OSError, ValueError):
        raise ConfigurationError(f"{file} cannot be read as the JSON form of a ground") from None
    if not isinstance(form, dict):
        raise ConfigurationError(f"{file} holds no JSON object")
    return form


def _verifier_key(file: Path) -> str:
    """The key that the gateway's log is verified with. Raises ConfigurationError."""
    try:
        return str(VerifierKey.parse(file.read_text("utf-8").strip()))
    except (OSError, UnicodeDecodeError, AuditError):
        raise ConfigurationError(
            f"{file} cannot be read as a signed-note verifier key; the gateway's staff give it out as log.vkey"
        ) from None


def _split(item: str) -> tuple[str, str]:
    name, separator, value = item.partition("=")
    if not separator:
        raise typer.BadParameter("give --filter as element=value")
    return name, value


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
