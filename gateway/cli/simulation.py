"""`gateway agreements simulate` and `situation`: what a draft would have decided on the requests on record.

Reads the log beside a running gateway; that somebody simulated goes on record by the staff socket, before a private
part is opened. Does not: do the work (`gateway.cli.simulation_run`).
"""

from datetime import datetime
from pathlib import Path
from typing import Annotated, Final

import typer

from gateway.cli.acting import Officer, Unit, said
from gateway.cli.language import Language
from gateway.cli.settings import settings_of

_SIMULATE: Final = (
    "Examples: gateway agreements simulate draft.yaml --unit esdc-pob --officer r.roy · gateway agreements simulate "
    "./new-rulebook --since 2026-10-01 --until 2026-10-31 --unit esdc-pob --officer r.roy --lang fr"
)
_SITUATION: Final = (
    "Example: gateway agreements situation 4711 --unit esdc-pob --officer r.roy > situations/refresh.yaml"
)

Day = Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], help="Day in Ottawa, included")]
AsJson = Annotated[bool, typer.Option("--json", help="Answer as JSON")]


def simulate(
    context: typer.Context,
    draft: Annotated[
        str,
        typer.Argument(metavar="DRAFT", help="A draft by its name, an agreement file, or a whole folder of agreements"),
    ],
    unit: Unit = None,
    officer: Officer = None,
    since: Day = None,
    until: Day = None,
    situations: Annotated[
        Path | None, typer.Option(help="Folder of situations to try as well", exists=True, file_okay=False)
    ] = None,
    show: Annotated[int | None, typer.Option("--open", min=1, help="Only this group, with its entries")] = None,
    lang: Language = "en",
    as_json: AsJson = False,
) -> None:
    """Judge recorded requests anew under a draft: what comes out otherwise, and why. Nothing is disclosed.

    Decisions only: no source is read, and nothing of the draft comes into force. Ctrl-C stops it and shows what was
    found until then. It is on record that you did it.
    """
    from gateway.cli.simulation_run import Asked, run_simulation
    from gateway.service.simulation.recorded import Period

    period = Period(since.date() if since else None, until.date() if until else None)
    if since and until and until < since:
        raise typer.BadParameter("it is before --since", param_hint="--until")
    asked = Asked(draft, period, situations, said(unit, officer), show)
    run_simulation(context, settings_of(context), asked, lang, as_json=as_json)


def situation(
    context: typer.Context,
    entry: Annotated[int, typer.Argument(metavar="ENTRY", min=0, help="Index of the entry in the log")],
    unit: Unit = None,
    officer: Officer = None,
) -> None:
    """Write a situation after a recorded request, as YAML; its person, case and officer are invented.

    It expects what was decided; change it to what should be. It is on record that you did it.
    """
    from gateway.cli.simulation_run import write_situation

    write_situation(context, settings_of(context), entry, said(unit, officer))


def add_to(parent: typer.Typer) -> None:
    """Registers the commands with `gateway agreements`."""
    parent.command("simulate", epilog=_SIMULATE)(simulate)
    parent.command("situation", epilog=_SITUATION)(situation)
