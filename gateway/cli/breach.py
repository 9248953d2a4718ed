"""`gateway breach`: a material breach on record, with its reports, notices and letter drafted and their clocks running.

What happened, what was done and what the people concerned are told are read from files, because arguments are in the
process list and the shell's history.
"""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from gateway.cli.acting import Officer, Unit, said
from gateway.cli.breach_reading import LIST, PEOPLE, SCOPE, SHOW, list_, people, scope, show
from gateway.cli.obligation import show_made
from gateway.cli.screen import json_text
from gateway.cli.staff import call

_REPORT = (
    "Examples: `gateway breach report --agreement esdc-ircc-tfw --determined 2026-11-24T15:00:00Z --people 12 "
    "--what what.txt --measures measures.txt --occurred 2026-11-20 --discovered 2026-11-23 --kinds 'names, addresses' "
    "--unit esdc-isb --officer r.roy` · `gateway breach report --entry 4711 --determined 2026-11-24T15:00:00Z --people "
    "3 --what what.txt --measures measures.txt --for-people letter.txt --for-people-fr lettre.txt --kinds names "
    "--kinds-fr noms --unit on-mlitsd-labour-inspection --officer j.singh`"
)
app = typer.Typer(
    no_args_is_help=True,
    rich_markup_mode="markdown",
    epilog="Example: `gateway breach report --agreement esdc-ircc-tfw --determined 2026-11-24T15:00:00Z --people 12 "
    "--what what.txt --measures measures.txt --unit esdc-isb --officer r.roy`",
)
Text = Annotated[Path, typer.Option(exists=True, dir_okay=False, help="A text file; kept encrypted")]


class Told(StrEnum):
    """Whether the people concerned were told."""

    YES = "yes"
    NO = "no"
    LATER = "later"


app.command("list", epilog=LIST)(list_)
app.command("show", epilog=SHOW)(show)
app.command("scope", epilog=SCOPE)(scope)
app.command("people", epilog=PEOPLE)(people)


@app.callback()
def breach() -> None:
    """Breaches of privacy."""


@app.command("report", epilog=_REPORT)
def report(
    context: typer.Context,
    determined: Annotated[str, typer.Option(help="When it was determined to be material, with the zone")],
    people: Annotated[int, typer.Option(min=0, help="How many people are concerned")],
    what: Text,
    measures: Text,
    unit: Unit = None,
    officer: Officer = None,
    agreement: Annotated[list[str] | None, typer.Option(help="An agreement concerned")] = None,
    entry: Annotated[list[int] | None, typer.Option(min=0, help="An entry of the log concerned")] = None,
    occurred: Annotated[str | None, typer.Option(help="The day it happened, YYYY-MM-DD")] = None,
    discovered: Annotated[str | None, typer.Option(help="The day it was discovered, YYYY-MM-DD")] = None,
    kinds: Annotated[str | None, typer.Option(help="Which kinds of information; names nobody")] = None,
    kinds_fr: Annotated[str | None, typer.Option(help="The same in French")] = None,
    harm: Annotated[str | None, typer.Option(help="The assessment of harm; names nobody")] = None,
    people_told: Annotated[Told | None, typer.Option(help="Whether the people concerned were told")] = None,
    contact: Annotated[str | None, typer.Option(help="Who answers questions; kept encrypted")] = None,
    for_people: Annotated[
        Path | None,
        typer.Option(
            exists=True, dir_okay=False, help="What happened and what was done, for the people concerned; a text file"
        ),
    ] = None,
    for_people_fr: Annotated[
        Path | None, typer.Option(exists=True, dir_okay=False, help="The same in French; a text file")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Answer as JSON")] = False,
) -> None:
    """Put a material breach on record: who must be told by when, with drafts in English and French.

    What you do not give is said to be not known yet. With --for-people a letter to the people concerned is drafted;
    Ontario's institutions owe one. Read a draft with `gateway obligation show`, and say that it was sent with
    `gateway obligation done`.
    """
    made = call(
        context,
        "breach.report",
        said(unit, officer),
        agreements=agreement or [],
        entries=entry or [],
        determined_at=determined,
        people=people,
        what=what.read_text("utf-8"),
        measures=measures.read_text("utf-8"),
        occurred=occurred,
        discovered=discovered,
        people_told=people_told.value if people_told else None,
        kinds=kinds,
        kinds_fr=kinds_fr,
        harm=harm,
        contact=contact,
        for_people=for_people.read_text("utf-8") if for_people else None,
        for_people_fr=for_people_fr.read_text("utf-8") if for_people_fr else None,
    )
    if as_json:
        typer.echo(json_text(made))
    else:
        show_made(made)
