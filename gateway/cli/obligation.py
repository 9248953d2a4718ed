"""`gateway obligation`: duties as work: what is due, overdue and done, the notices they demand, saying one is done.

Works beside a running gateway. Times are shown in Ottawa's local time, which is named; JSON has UTC.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Final

import typer

from gateway.adapters.letters.marked import PROTECTED, plain
from gateway.cli.acting import Officer, Unit, said
from gateway.cli.language import Language
from gateway.cli.screen import console, json_text, table
from gateway.cli.staff import call
from gateway.service.words.local_time import minute, moment
from gateway.service.words.sentences import BOTH, Lang
from gateway.service.words.staff import HELD

if TYPE_CHECKING:
    from rich.table import Table

_LIST = "Examples: `gateway obligation list --unit esdc-isb` · `gateway obligation list --state overdue --lang fr`"
_SHOW = "Example: `gateway obligation show 4711 0 --unit esdc-isb --officer r.roy --out notices`"
_DONE = (
    "Examples: `gateway obligation done 4711 0 --unit esdc-isb --officer r.roy` · "
    "`gateway obligation done 4711 0 --unit london-ontario-works --officer j.singh "
    "--sent-despite-hold 'handed over in person'`"
)
_CONSISTENT_USE = (
    "Example: `gateway obligation consistent-use --agreement esdc-ircc-tfw --purpose owp-v-interview-notes "
    "--bank ESDC-TFWP-PROTECTION --unit esdc-isb --officer r.roy`"
)
app = typer.Typer(
    no_args_is_help=True,
    rich_markup_mode="markdown",
    epilog="Examples: `gateway obligation list --unit esdc-isb` · `gateway obligation show 4711 0 --unit esdc-isb "
    "--officer r.roy` · `gateway obligation done 4711 0 --unit esdc-isb --officer r.roy`",
)


class Wanted(StrEnum):
    """Which states are listed."""

    OPEN = "open"
    DUE = "due"
    OVERDUE = "overdue"
    STANDING = "standing"
    DONE = "done"
    ALL = "all"


_STATES: Final[Mapping[Wanted, Sequence[str]]] = {
    Wanted.OPEN: ("overdue", "due", "standing"),
    Wanted.DUE: ("due",),
    Wanted.OVERDUE: ("overdue",),
    Wanted.STANDING: ("standing",),
    Wanted.DONE: ("done",),
    Wanted.ALL: ("overdue", "due", "standing", "done"),
}
_WORDS: Final[Mapping[Lang, Mapping[str, str]]] = {
    "en": {
        "overdue": "Overdue", "due": "Due", "standing": "Standing duties, without a date", "done": "Done",
        "entry": "entry", "duty": "duty", "bound": "binds", "law": "law", "by": "due (Ottawa time)",
        "left": "days left", "done_at": "done (Ottawa time)", "notice": "notice", "to": "notice to: {0}",
        "shown": "{0} of {1} shown. {2}.", "more": "Show more with --limit.",
    },
    "fr": {
        "overdue": "En retard", "due": "À faire", "standing": "Obligations permanentes, sans échéance",
        "done": "Accomplies", "entry": "inscription", "duty": "obligation", "bound": "lie", "law": "loi",
        "by": "échéance (heure d'Ottawa)", "left": "jours restants", "done_at": "accomplie (heure d'Ottawa)",
        "notice": "avis", "to": "avis; destinataire : {0}",
        "shown": "{0} sur {1} affichées. {2}.", "more": "Pour en voir plus : --limit.",
    },
}  # fmt: skip

_HELD: Final[Mapping[Lang, str]] = {
    "en": "HELD: {0} [{1}]. Do not send it as it is; get advice first.",
    "fr": "RETENU : {0} [{1}]. Ne l'envoyez pas tel quel; demandez conseil d'abord.",
}

Entry = Annotated[int, typer.Argument(metavar="ENTRY", min=0, help="Entry that the duty came with")]
Position = Annotated[int, typer.Argument(metavar="POSITION", min=0, help="Place of the duty in that entry, from 0")]
AsJson = Annotated[bool, typer.Option("--json", help="Answer as JSON")]


@app.command("list", epilog=_LIST)
def list_(
    context: typer.Context,
    unit: Annotated[str | None, typer.Option(help="Only what binds this unit")] = None,
    state: Annotated[Wanted, typer.Option(help="Which duties; open are all that are not done")] = Wanted.OPEN,
    limit: Annotated[int, typer.Option(min=1, help="Most rows to show, the most urgent first")] = 100,
    lang: Language = "en",
    as_json: AsJson = False,
) -> None:
    """What is due, overdue and done. Counts are of all there is, shown or not."""
    found = call(context, "obligation.list", states=list(_STATES[state]), unit=unit, limit=limit)
    if as_json:
        typer.echo(json_text(found))
        return
    words = _WORDS[lang]
    for name in _STATES[state]:
        rows = [one for one in found["obligations"] if one["state"] == name]
        if rows:
            console().print(_table(name, rows, words, lang))
    colon = "\N{NO-BREAK SPACE}:" if lang == "fr" else ":"
    counts = "; ".join(f"{words[name]}{colon} {found['counts'][name]}" for name in _STATES[Wanted.ALL])
    wanted, shown = sum(found["counts"][name] for name in _STATES[state]), len(found["obligations"])
    typer.echo(words["shown"].format(shown, wanted, counts))
    if shown < wanted:
        typer.echo(words["more"])


@app.command("show", epilog=_SHOW)
def show(
    context: typer.Context,
    entry: Entry,
    position: Position,
    unit: Unit = None,
    officer: Officer = None,
    out: Annotated[Path | None, typer.Option(metavar="DIR", help="Write text, HTML and PDF here instead")] = None,
    as_json: AsJson = False,
) -> None:
    """The drafted notice in English and French. Reading it is itself an entry of the log."""
    notice = call(context, "obligation.show", said(unit, officer), entry=entry, position=position)
    if notice is None:
        typer.echo("this duty demands no notice")
        return
    if notice["held"]:
        for language, words in _HELD.items():
            typer.echo(words.format(HELD[language].get(notice["held"], notice["held"]), notice["held"]), err=True)
    from gateway.service.obligation.notices import TO_PEOPLE

    protected = notice["code"] not in TO_PEOPLE
    if as_json:
        typer.echo(json_text({**notice, "handling": PROTECTED if protected else None}))
    elif out is not None:
        from gateway.cli.letter_files import write_letters

        write_letters(out, f"{notice['code']}-{entry}-{position}", notice, protected=protected)
        typer.echo(f"written to {out}")
    else:
        typer.echo("\n".join(plain(notice[one], one, protected=protected) for one in BOTH))


@app.command("done", epilog=_DONE)
def done(
    context: typer.Context,
    entry: Entry,
    position: Position,
    unit: Unit = None,
    officer: Officer = None,
    note: Annotated[str | None, typer.Option(help="What was done; kept encrypted, names nobody")] = None,
    sent_despite_hold: Annotated[
        str | None, typer.Option(metavar="REASON", help="Why a notice that is held was sent all the same")
    ] = None,
    how: Annotated[
        str | None,
        typer.Option(help="mail, courier, secure-portal, encrypted-email, in-person or on-file"),
    ] = None,
    sent_on: Annotated[str | None, typer.Option(metavar="DAY", help="The day it was sent, YYYY-MM-DD")] = None,
) -> None:
    """Say that a duty is fulfilled, or that its notice was sent."""
    made = call(
        context,
        "obligation.done",
        said(unit, officer),
        entry=entry,
        position=position,
        note=note,
        despite_hold=sent_despite_hold,
        how=how,
        sent_on=sent_on,
    )
    typer.echo(f"done; on record as entry {made['entry_index']}")


@app.command("consistent-use", epilog=_CONSISTENT_USE)
def consistent_use(
    context: typer.Context,
    agreement: Annotated[str, typer.Option(help="The agreement under which the use is made")],
    purpose: Annotated[str, typer.Option(help="The purpose, a code of agreements/purposes.yaml")],
    bank: Annotated[str, typer.Option(help="The information bank whose published statement lacks the use")],
    unit: Unit = None,
    officer: Officer = None,
) -> None:
    """Put a new consistent use on record: the Privacy Commissioner is told at once (Privacy Act 9(4)).

    The notice is drafted in English and French; read it with `gateway obligation show`.
    """
    made = call(
        context,
        "obligation.consistent-use",
        said(unit, officer),
        agreement=agreement,
        purpose=purpose,
        bank=bank,
    )
    show_made(made)


_MADE: Final[Mapping[Lang, tuple[str, str]]] = {
    "en": ("on record as entry {0}", "  {0} {1} to {2}, by {3}"),
    "fr": ("inscription {0} au journal", "  {0} {1}, destinataire {2}, d'ici le {3}"),
}


def show_made(made: Mapping[str, Any], lang: Lang = "en") -> None:
    """An entry that was made with duties, and by when each is due in Ottawa's time."""
    entry, line = _MADE[lang]
    typer.echo(entry.format(made["entry_index"]))
    for duty in made["duties"]:
        by = moment(datetime.fromisoformat(duty["due"]), lang)
        typer.echo(line.format(duty["position"], duty["code"], duty["addressee"], by))


def _table(state: str, rows: Sequence[Mapping[str, Any]], words: Mapping[str, str], lang: Lang) -> "Table":
    time = "done_at" if state == "done" else "by"
    dated = [words[time], words["left"]] if state in ("overdue", "due") else [words[time]] if state == "done" else []
    found = table(words["entry"], words["duty"], words["bound"], words["law"], *dated, title=words[state])
    for one in rows:
        to = words["to"].format(one["addressee"][lang]) if one["addressee"] else words["notice"]
        title = one["title"][lang] + (f" ({to})" if one["notice"] else "")
        law = ", ".join(cited["code"] for cited in one["citations"])
        at = {"overdue": one["due"], "due": one["due"], "done": one["done_at"]}.get(state)
        cells = [f"{one['entry_index']} {one['position']}", title, one["unit"]["code"], law]
        cells += [minute(datetime.fromisoformat(at))] if at else []
        found.add_row(*cells, *([str(one["days_left"])] if state in ("overdue", "due") else []))
    return found
