"""`gateway request`: ask a gateway one question from the command line, as a partner's system would."""

import json
import sys
from pathlib import Path
from typing import Annotated, Any

import typer

from gateway.cli.language import Language
from gateway.domain.errors import ConfigurationError

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
    from gateway.cli.answer_page import ask
    from gateway.client.question import Question
    from gateway.httpsig.message import normal_origin

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
    ask(origin, key, pin, log_vkey, question, collect, lang, as_json=as_json)


def _form(file: Path) -> dict[str, Any]:
    try:
        form = json.loads(file.read_text("utf-8"))
    except (OSError, ValueError):
        raise ConfigurationError(f"{file} cannot be read as the JSON form of a ground") from None
    if not isinstance(form, dict):
        raise ConfigurationError(f"{file} holds no JSON object")
    return form


def _split(item: str) -> tuple[str, str]:
    name, separator, value = item.partition("=")
    if not separator:
        raise typer.BadParameter("give --filter as element=value")
    return name, value
