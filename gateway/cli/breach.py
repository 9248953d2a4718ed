"""`gateway breach`: a material breach on record, with its reports and notices drafted and their clocks running.

What happened and what was done are read from files, because arguments are in the process list and the shell's history.
"""

import json
from pathlib import Path
from typing import Annotated

import typer

from gateway.cli.staff import call

app = typer.Typer(no_args_is_help=True, rich_markup_mode="markdown")

_REPORT = (
    "Example: `gateway breach report --agreement esdc-ircc-tfw --determined 2026-11-24T15:00:00Z --people 12 "
    "--what what.txt --measures measures.txt --unit esdc-isb --officer r.roy`"
)
Text = Annotated[Path, typer.Option(exists=True, dir_okay=False, help="A text file; kept encrypted")]


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
    unit: Annotated[str, typer.Option(help="Your unit, which reports")],
    officer: Annotated[str, typer.Option(help="Who you are; kept encrypted with the entry this makes")],
    agreement: Annotated[list[str] | None, typer.Option(help="An agreement concerned")] = None,
    entry: Annotated[list[int] | None, typer.Option(min=0, help="An entry of the log concerned")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Answer as JSON")] = False,
) -> None:
    """Put a material breach on record: who must be told by when, with drafts in English and French.

    Read a draft with `gateway obligation show`, and say that it was sent with `gateway obligation done`.
    """
    made = call(
        context,
        "breach.report",
        agreements=agreement or [],
        entries=entry or [],
        determined_at=determined,
        people=people,
        what=what.read_text("utf-8"),
        measures=measures.read_text("utf-8"),
        unit=unit,
        officer=officer,
    )
    if as_json:
        typer.echo(json.dumps(made, ensure_ascii=False, indent=2))
        return
    typer.echo(f"on record as entry {made['entry_index']}")
    for duty in made["duties"]:
        typer.echo(f"  {duty['position']} {duty['code']} to {duty['addressee']}, by {duty['due']} (UTC)")
