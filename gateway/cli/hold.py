"""`gateway hold`: while a hold is open, nothing about the person is erased.

The person's identifier is read from standard input, because arguments are in the process list and the shell's history.
Works beside a running gateway.
"""

from collections.abc import Mapping
from typing import Annotated, Final

import typer

from gateway.cli.acting import Officer, Unit, said
from gateway.cli.identifier_input import identifier_read
from gateway.cli.language import Language
from gateway.cli.screen import console, json_text, table, wrapped
from gateway.cli.staff import call
from gateway.service.words.sentences import Lang

_PLACE: Final = (
    "Example: `gateway hold place access-request --scheme uci --unit esdc-isb --officer r.roy < uci.txt` · other "
    "reasons: litigation, complaint"
)
_LIFT: Final = "Example: `gateway hold lift h-1f... --scheme uci --unit esdc-isb --officer r.roy < uci.txt`"
_LIST: Final = "Example: `gateway hold list`"
app = typer.Typer(no_args_is_help=True, rich_markup_mode="markdown", epilog=_PLACE)

_WORDS: Final[Mapping[Lang, Mapping[str, str]]] = {
    "en": {
        "open": "{0}: open; on record as entry {1}. Lift it with: gateway hold lift {0}",
        "lifted": "{0}: lifted; on record as entry {1}",
        "none": "no hold is open",
        "shown": "{0} of {1} shown",
        "hold": "hold", "reason": "reason", "by": "placed by", "entry": "entry",
    },
    "fr": {
        "open": "{0} : en vigueur; inscription {1} au journal. Pour la lever : gateway hold lift {0}",
        "lifted": "{0} : levée; inscription {1} au journal",
        "none": "aucune suspension de l'effacement n'est en vigueur",
        "shown": "{0} sur {1} affichées",
        "hold": "suspension", "reason": "raison", "by": "demandée par", "entry": "inscription",
    },
}  # fmt: skip

Scheme = Annotated[str, typer.Option(help="Identifier scheme; the value is read from standard input")]


@app.command("place", epilog=_PLACE)
def place(
    context: typer.Context,
    reason: Annotated[str, typer.Argument(metavar="REASON", help="Why, a code: access-request, litigation")],
    scheme: Scheme,
    unit: Unit = None,
    officer: Officer = None,
    lang: Language = "en",
) -> None:
    """Keep everything about a person until the hold is lifted, whatever retention says."""
    subject = identifier_read(scheme, lang)
    made = call(context, "hold.place", said(unit, officer), **subject, reason=reason)
    print(wrapped(_WORDS[lang]["open"].format(made["hold"], made["entry_index"]), lang))


@app.command("lift", epilog=_LIFT)
def lift(
    context: typer.Context,
    hold: Annotated[str, typer.Argument(metavar="HOLD", help="Reference of the hold, h-...")],
    scheme: Scheme,
    unit: Unit = None,
    officer: Officer = None,
    lang: Language = "en",
) -> None:
    """Lift a hold. Erasing is possible again, once no other hold is open."""
    subject = identifier_read(scheme, lang)
    made = call(context, "hold.lift", said(unit, officer), hold=hold, **subject)
    print(wrapped(_WORDS[lang]["lifted"].format(made["hold"], made["entry_index"]), lang))


@app.command("list", epilog=_LIST)
def list_(
    context: typer.Context,
    limit: Annotated[int, typer.Option(min=1, max=1000, help="Most rows to show, the oldest first")] = 100,
    lang: Language = "en",
    as_json: Annotated[bool, typer.Option("--json", help="Answer as JSON")] = False,
) -> None:
    """The open holds, by reference and reason. Whom they concern is not shown."""
    found = call(context, "hold.list", limit=limit)
    if as_json:
        typer.echo(json_text(found))
        return
    words = _WORDS[lang]
    if not found["holds"]:
        typer.echo(words["none"])
        return
    shown = table(words["hold"], words["reason"], words["by"], words["entry"])
    for one in found["holds"]:
        shown.add_row(one["hold"], one["reason"], one["organization"], str(one["placed"]))
    console().print(shown)
    typer.echo(words["shown"].format(len(found["holds"]), found["open"]))
