"""`gateway explain` and `gateway replay`: why a decision was what it was, and whether it comes out the same again.

`explain` reads the entry alone. `replay` opens the entry's private part, which is put on record first, through the
staff's desk. Both work beside a running gateway, and neither shows anything that names a person. Does not: do the work
(`gateway.cli.decision_page`, `replay_page`).
"""

from typing import Annotated

import typer

from gateway.cli.acting import Officer, Unit, said
from gateway.cli.language import Language
from gateway.cli.settings import settings_of

_EXPLAIN = "Examples: `gateway explain 4711` · `gateway explain 4711 --lang fr --json`"
_REPLAY = "Example: `gateway replay 4711 --unit esdc-isb --officer r.roy`"

Index = Annotated[int, typer.Argument(metavar="ENTRY", min=0, help="Index of the entry in the log")]
AsJson = Annotated[bool, typer.Option("--json", help="Answer as JSON")]


def explain(
    context: typer.Context,
    entry: Index,
    lang: Language = "en",
    as_json: AsJson = False,
) -> None:
    """Why: who asked for what, under which clause and provisions, what left, what was withheld, which duties followed.

    Made of the entry, which names no person, after holding it against the log's signature.
    """
    from gateway.cli.decision_page import explain_entry

    explain_entry(settings_of(context), entry, lang, as_json=as_json)


def replay(
    context: typer.Context,
    entry: Index,
    unit: Unit = None,
    officer: Officer = None,
    as_json: AsJson = False,
) -> None:
    """Recompute a decision under its recorded policy revision, agreement version and date, and compare.

    Exit code 0 where it is equal, 1 where it differs or cannot be recomputed. A replay is itself an entry of the log.
    """
    from gateway.cli.replay_page import replay_entry

    replay_entry(context, entry, said(unit, officer), as_json=as_json)


def add_to(parent: typer.Typer) -> None:
    """Registers both commands with `gateway`."""
    parent.command("explain", epilog=_EXPLAIN)(explain)
    parent.command("replay", epilog=_REPLAY)(replay)
