"""`gateway hold`: while a hold is open, nothing about the person is erased.

The person's identifier is read from standard input, because arguments are in the process list and the shell's history.
Works beside a running gateway.
"""

from typing import Annotated, Final

import typer

from gateway.cli.identifier_input import identifier_read
from gateway.cli.screen import console, json_text, table
from gateway.cli.staff import call

_PLACE: Final = (
    "Example: `gateway hold place access-request --scheme uci --unit esdc-isb --officer r.roy < uci.txt` · other "
    "reasons: litigation, complaint"
)
_LIFT: Final = "Example: `gateway hold lift h-1f... --scheme uci --unit esdc-isb --officer r.roy < uci.txt`"
_LIST: Final = "Example: `gateway hold list`"
app = typer.Typer(no_args_is_help=True, rich_markup_mode="markdown", epilog=_PLACE)

Unit = Annotated[str, typer.Option(help="Your unit")]
Officer = Annotated[str, typer.Option(help="Who you are; kept encrypted with the entry this makes")]
Scheme = Annotated[str, typer.Option(help="Identifier scheme; the value is read from standard input")]


@app.command("place", epilog=_PLACE)
def place(
    context: typer.Context,
    reason: Annotated[str, typer.Argument(metavar="REASON", help="Why, a code: access-request, litigation")],
    scheme: Scheme,
    unit: Unit,
    officer: Officer,
) -> None:
    """Keep everything about a person until the hold is lifted, whatever retention says."""
    subject = identifier_read(scheme)
    made = call(context, "hold.place", **subject, reason=reason, unit=unit, officer=officer)
    typer.echo(f"{made['hold']}: open; on record as entry {made['entry_index']}. Lift it with: gateway hold lift")


@app.command("lift", epilog=_LIFT)
def lift(
    context: typer.Context,
    hold: Annotated[str, typer.Argument(metavar="HOLD", help="Reference of the hold, h-...")],
    scheme: Scheme,
    unit: Unit,
    officer: Officer,
) -> None:
    """Lift a hold. Erasing is possible again, once no other hold is open."""
    subject = identifier_read(scheme)
    made = call(context, "hold.lift", hold=hold, **subject, unit=unit, officer=officer)
    typer.echo(f"{made['hold']}: lifted; on record as entry {made['entry_index']}")


@app.command("list", epilog=_LIST)
def list_(
    context: typer.Context,
    limit: Annotated[int, typer.Option(min=1, max=1000, help="Most rows to show, the oldest first")] = 100,
    as_json: Annotated[bool, typer.Option("--json", help="Answer as JSON")] = False,
) -> None:
    """The open holds, by reference and reason. Whom they concern is not shown."""
    found = call(context, "hold.list", limit=limit)
    if as_json:
        typer.echo(json_text(found))
        return
    if not found["holds"]:
        typer.echo("no hold is open")
        return
    shown = table("hold", "reason", "placed by", "entry")
    for one in found["holds"]:
        shown.add_row(one["hold"], one["reason"], one["organization"], str(one["placed"]))
    console().print(shown)
    typer.echo(f"{len(found['holds'])} of {found['open']} shown")
