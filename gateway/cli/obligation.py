"""`gateway obligation`: duties as work: what is due, overdue and done, the notices they demand, saying one is done.

Works beside a running gateway. Times are shown in Ottawa's local time; JSON has UTC.
"""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any, Final

import typer
from rich.console import Console
from rich.table import Table

from gateway.adapters.letters.typeset import plain
from gateway.adapters.letters.wording import BOTH, OTTAWA
from gateway.cli.letter_files import write_letters
from gateway.cli.staff import call

app = typer.Typer(no_args_is_help=True, rich_markup_mode="markdown")

_LIST = "Examples: `gateway obligation list --unit esdc-isb` · `gateway obligation list --state overdue --lang fr`"
_SHOW = "Example: `gateway obligation show 4711 0 --unit esdc-isb --officer r.roy --out notices`"
_DONE = (
    "Examples: `gateway obligation done 4711 0 --unit esdc-isb --officer r.roy` · "
    "`gateway obligation done 4711 0 --unit london-ontario-works --officer j.singh "
    "--sent-despite-hold 'handed over in person'`"
)
_STATES: Final[Mapping[str, Sequence[str]]] = {
    "open": ("overdue", "due", "standing"),
    "due": ("due",),
    "overdue": ("overdue",),
    "standing": ("standing",),
    "done": ("done",),
    "all": ("overdue", "due", "standing", "done"),
}
_WORDS: Final[Mapping[str, Mapping[str, str]]] = {
    "en": {
        "overdue": "Overdue", "due": "Due", "standing": "Standing duties, without a date", "done": "Done",
        "entry": "entry", "duty": "duty", "bound": "binds", "law": "law", "by": "due (Ottawa time)",
        "left": "days left", "done_at": "done (Ottawa time)", "notice": "notice",
        "shown": "{0} of {1} shown: {2}. Show more with --limit.",
    },
    "fr": {
        "overdue": "En retard", "due": "À faire", "standing": "Obligations permanentes, sans échéance",
        "done": "Accomplies", "entry": "inscription", "duty": "obligation", "bound": "lie", "law": "loi",
        "by": "échéance (heure d'Ottawa)", "left": "jours restants", "done_at": "accomplie (heure d'Ottawa)",
        "notice": "avis", "shown": "{0} sur {1} affichées : {2}. Pour en voir plus : --limit.",
    },
}  # fmt: skip

Entry = Annotated[int, typer.Argument(metavar="ENTRY", min=0, help="Entry that the duty came with")]
Position = Annotated[int, typer.Argument(metavar="POSITION", min=0, help="Place of the duty in that entry, from 0")]
Unit = Annotated[str, typer.Option(help="Your unit")]
Officer = Annotated[str, typer.Option(help="Who you are; kept encrypted with the entry this makes")]
AsJson = Annotated[bool, typer.Option("--json", help="Answer as JSON")]


@app.command("list", epilog=_LIST)
def list_(
    context: typer.Context,
    unit: Annotated[str | None, typer.Option(help="Only what binds this unit")] = None,
    state: Annotated[str, typer.Option(help="open, due, overdue, standing, done or all")] = "open",
    limit: Annotated[int, typer.Option(min=1, help="Most rows to show, the most urgent first")] = 100,
    lang: Annotated[str, typer.Option(help="en or fr")] = "en",
    as_json: AsJson = False,
) -> None:
    """What is due, overdue and done. Counts are of all there is, shown or not."""
    if state not in _STATES:
        raise typer.BadParameter(", ".join(_STATES), param_hint="--state")
    if lang not in _WORDS:
        raise typer.BadParameter("en or fr", param_hint="--lang")
    found = call(context, "obligation.list", states=list(_STATES[state]), unit=unit, limit=limit)
    if as_json:
        typer.echo(json.dumps(found, ensure_ascii=False, indent=2))
        return
    words = _WORDS[lang]
    for name in _STATES[state]:
        rows = [one for one in found["obligations"] if one["state"] == name]
        if rows:
            Console().print(_table(name, rows, words, lang))
    counts = ", ".join(f"{words[name]} {found['counts'][name]}" for name in _STATES["all"])
    wanted = sum(found["counts"][name] for name in _STATES[state])
    typer.echo(words["shown"].format(len(found["obligations"]), wanted, counts))


@app.command("show", epilog=_SHOW)
def show(
    context: typer.Context,
    entry: Entry,
    position: Position,
    unit: Unit,
    officer: Officer,
    out: Annotated[Path | None, typer.Option(metavar="DIR", help="Write text, HTML and PDF here instead")] = None,
    as_json: AsJson = False,
) -> None:
    """The drafted notice in English and French. Reading it is itself an entry of the log."""
    notice = call(context, "obligation.show", entry=entry, position=position, unit=unit, officer=officer)
    if notice is None:
        typer.echo("this duty demands no notice")
        return
    if notice["held"]:
        typer.echo(f"HELD: {notice['held']}; do not send it as it is, get advice first", err=True)
    if as_json:
        typer.echo(json.dumps(notice, ensure_ascii=False, indent=2))
    elif out is not None:
        write_letters(out, f"{notice['code']}-{entry}-{position}", notice)
        typer.echo(f"written to {out}")
    else:
        typer.echo("\n".join(plain(notice[one]) for one in BOTH))


@app.command("done", epilog=_DONE)
def done(
    context: typer.Context,
    entry: Entry,
    position: Position,
    unit: Unit,
    officer: Officer,
    note: Annotated[str | None, typer.Option(help="What was done; kept encrypted, names nobody")] = None,
    sent_despite_hold: Annotated[
        str | None, typer.Option(metavar="REASON", help="Why a notice that is held was sent all the same")
    ] = None,
) -> None:
    """Say that a duty is fulfilled, or that its notice was sent."""
    made = call(
        context,
        "obligation.done",
        entry=entry,
        position=position,
        unit=unit,
        officer=officer,
        note=note,
        despite_hold=sent_despite_hold,
    )
    typer.echo(f"done; on record as entry {made['entry_index']}")


def _table(state: str, rows: Sequence[Mapping[str, Any]], words: Mapping[str, str], lang: str) -> Table:
    time = "done_at" if state == "done" else "by"
    dated = [words[time], words["left"]] if state in ("overdue", "due") else [words[time]] if state == "done" else []
    table = Table(words["entry"], words["duty"], words["bound"], words["law"], *dated, title=words[state])
    for one in rows:
        title = one["title"][lang] + (f" ({words['notice']})" if one["notice"] else "")
        law = ", ".join(cited["code"] for cited in one["citations"])
        at = {"overdue": one["due"], "due": one["due"], "done": one["done_at"]}.get(state)
        cells = [f"{one['entry_index']} {one['position']}", title, one["unit"]["code"], law]
        cells += [_local(at)] if at else []
        table.add_row(*cells, *([str(one["days_left"])] if state in ("overdue", "due") else []))
    return table


def _local(time: str) -> str:
    return f"{datetime.fromisoformat(time).astimezone(OTTAWA):%Y-%m-%d %H:%M}"
