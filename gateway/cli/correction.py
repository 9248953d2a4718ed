"""`gateway correction`: a record was corrected, or a correction refused; whoever received it has to be told.

Identifiers are read from standard input, one line for each --scheme, because arguments are in the process list and the
shell's history. Works beside a running gateway.
"""

from collections.abc import Mapping
from enum import StrEnum
from typing import Annotated, Final

import typer

from gateway.cli.acting import Officer, Unit, said
from gateway.cli.identifier_input import identifiers_read
from gateway.cli.language import Language
from gateway.cli.obligation import show_made
from gateway.cli.screen import json_text
from gateway.cli.staff import call
from gateway.service.words.sentences import Lang

_CORRECTION: Final = (
    "Examples: `gateway correction --scheme uci --record-type protection-case --element case_open --requested "
    "2026-11-20 --unit esdc-isb --officer r.roy < uci.txt` · refused, with a notation: `gateway correction --kind "
    "notation --scheme uci --record-type protection-case --element case_open --requested 2026-11-20 --unit esdc-isb "
    "--officer r.roy < uci.txt`"
)

_NOBODY: Final[Mapping[Lang, str]] = {
    "en": "nobody received these elements through this gateway in that time; there is nobody to tell",
    "fr": "personne n'a reçu ces éléments par cette passerelle pendant cette période; il n'y a personne à aviser",
}


class Kind(StrEnum):
    """What was done on the person's request."""

    CORRECTION = "correction"
    NOTATION = "notation"


def correction(
    context: typer.Context,
    scheme: Annotated[
        list[str], typer.Option(help="Identifier scheme; repeat it for a person with several identifiers")
    ],
    record_type: Annotated[str, typer.Option(help="The record type, one that your institution is custodian of")],
    element: Annotated[list[str], typer.Option(help="A data element that is concerned; repeat it for several")],
    requested: Annotated[str, typer.Option(help="The day the request for correction was received, YYYY-MM-DD")],
    unit: Unit = None,
    officer: Officer = None,
    kind: Annotated[
        Kind, typer.Option(help="correction: made. notation: refused, and a notation or statement is attached")
    ] = Kind.CORRECTION,
    lang: Language = "en",
    as_json: Annotated[bool, typer.Option("--json", help="Answer as JSON")] = False,
) -> None:
    """A record was corrected: find who received it, and draft a notice to each.

    Told is whoever received one of the elements in the two years before the request (Privacy Act 12(2)(c)), in Ontario
    in the year before it, or since. Correct the record at its source first. The drafts are in English and French: read
    one with `gateway obligation show`, and say that it was sent with `gateway obligation done`.
    """
    made = call(
        context,
        "correction.record",
        said(unit, officer),
        identifiers=identifiers_read(scheme, lang),
        kind=kind.value,
        record_type=record_type,
        elements=element,
        requested=requested,
    )
    if as_json:
        typer.echo(json_text(made))
        return
    show_made(made, lang)
    if not made["duties"]:
        typer.echo(_NOBODY[lang])


def add_to(parent: typer.Typer) -> None:
    """Registers the command with `gateway`."""
    parent.command("correction", epilog=_CORRECTION)(correction)
