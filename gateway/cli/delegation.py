"""`gateway delegation`: orders that say who may decide under which provisions, and until when."""

import json
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from gateway.cli.staff import call

app = typer.Typer(no_args_is_help=True, rich_markup_mode="markdown")

_GIVE = (
    "Example: `gateway delegation give --to r.roy --at esdc-isb --provision DESDA-37 --provision PA-8-2-m "
    "--from 2026-11-24T00:00:00Z --until 2027-11-24T00:00:00Z --unit esdc-isb --officer d.head`"
)

Unit = Annotated[str, typer.Option(help="Your unit")]
Officer = Annotated[str, typer.Option(help="Who you are; kept encrypted with the entry this makes")]


@app.command("give", epilog=_GIVE)
def give(
    context: typer.Context,
    to: Annotated[str, typer.Option(help="The officer who may decide; kept encrypted")],
    at: Annotated[str, typer.Option(help="The unit where that officer works")],
    provision: Annotated[list[str], typer.Option(help="A provision they may decide under (docs/authorities.md)")],
    begins: Annotated[str, typer.Option("--from", help="From when, for example 2026-11-24T00:00:00Z")],
    ends: Annotated[str, typer.Option("--until", help="Until when, the order counts no more")],
    unit: Unit,
    officer: Officer,
) -> None:
    """Give a delegation order. Nobody gives one to themselves."""
    made = call(
        context,
        "delegation.give",
        to=to,
        at=at,
        provisions=provision,
        begins=begins,
        ends=ends,
        unit=unit,
        officer=officer,
    )
    print(f"{made['delegation']}: in force from {begins}; on record as entry {made['entry_index']}")


@app.command("revoke", epilog="Example: `gateway delegation revoke d-1f... --unit esdc-isb --officer d.head`")
def revoke(
    context: typer.Context,
    delegation: Annotated[str, typer.Argument(metavar="ORDER", help="Number of the order, d-...")],
    unit: Unit,
    officer: Officer,
) -> None:
    """End an order at once."""
    made = call(context, "delegation.revoke", delegation=delegation, unit=unit, officer=officer)
    print(f"{made['delegation']}: revoked; on record as entry {made['entry_index']}")


@app.command("list", epilog="Example: `gateway delegation list --json`")
def list_(
    context: typer.Context, as_json: Annotated[bool, typer.Option("--json", help="Answer as JSON")] = False
) -> None:
    """Every order there ever was. Officers are not named; their names are in the private part of the order's entry."""
    found = call(context, "delegation.list")
    if as_json:
        print(json.dumps(found, ensure_ascii=False, indent=2))
        return
    table = Table("order", "in force", "state", "unit", "provisions", "from (UTC)", "until (UTC)")
    for one in found:
        table.add_row(
            one["delegation"],
            "yes" if one["in_force"] else "no",
            one["state"],
            one["at"],
            ", ".join(one["provisions"]),
            one["begins"],
            one["ends"],
        )
    Console().print(table)
