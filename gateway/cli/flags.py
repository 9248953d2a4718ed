"""`gateway flags`: what is out of the ordinary in the log, and the monthly sample, looked at and signed off on record.

Invariant: a flag blocks nothing, and names no person. Does not: raise a flag (`gateway.service.flags`).
"""

from collections.abc import Mapping
from typing import Annotated, Any, Final

import typer

from gateway.cli.acting import Officer, Unit, said
from gateway.cli.language import Language
from gateway.cli.screen import console, json_text, table, wrapped
from gateway.cli.staff import call
from gateway.service.words.sentences import Lang

_LIST: Final = "Example: `gateway flags list --unit esdc-isb`"
_SIGN: Final = (
    'Example: `gateway flags sign-off f-1f... explained --words "Announced batch" --unit esdc-isb --officer r.roy`'
)
_SAMPLE: Final = "Examples: `gateway flags sample --unit esdc-isb` · `gateway flags sample 2026-10 --unit esdc-isb`"
_REVIEW: Final = (
    'Example: `gateway flags review 2026-10 4711 in-order --words "File seen" --unit esdc-isb --officer r.roy`'
)
app = typer.Typer(no_args_is_help=True, rich_markup_mode="markdown", epilog=_LIST)
_WORDS: Final[Mapping[Lang, Mapping[str, str]]] = {
    "en": {
        "none": "Nothing is out of the ordinary.",
        "of": "{0} ({1})",
        "about": "{0}: entries {1} to {2}",
        "signed": "{0} signed off; on record as entry {1}",
        "by": "Signed off by {0}: {1}. {2}",
        "no-month": "No month is over yet.",
        "month": "month", "drawn": "drawn", "from": "from", "waiting": "waiting", "due": "due",
        "entry": "entry", "outcome": "outcome", "waits": "waits", "overdue": "{0}, overdue",
        "seed": "Drawn by the root of the log at {0} entries: {1}",
        "reviewed": "entry {0} reviewed; on record as entry {1}",
    },
    "fr": {
        "none": "Rien d'inhabituel.",
        "of": "{0} ({1})",
        "about": "{0} : inscriptions {1} à {2}",
        "signed": "{0} est réglé; inscription {1} au journal",
        "by": "Réglé par {0} : {1}. {2}",
        "no-month": "Aucun mois n'est encore terminé.",
        "month": "mois", "drawn": "tirées", "from": "parmi", "waiting": "en attente", "due": "échéance",
        "entry": "inscription", "outcome": "résultat", "waits": "en attente", "overdue": "{0}, en retard",
        "seed": "Tirage fait par la racine du journal à {0} inscriptions : {1}",
        "reviewed": "inscription {0} examinée; inscription {1} au journal",
    },
}  # fmt: skip
Institution = Annotated[str | None, typer.Option(help="Auditors: the institution, such as esdc")]
AsJson = Annotated[bool, typer.Option("--json", help="Answer as JSON")]
Words = Annotated[str, typer.Option("--words", help="What was found, for the record; name nobody")]


@app.command("list", epilog=_LIST)
def list_(
    context: typer.Context,
    institution: Institution = None,
    unit: Unit = None,
    officer: Officer = None,
    lang: Language = "en",
    as_json: AsJson = False,
) -> None:
    """What is out of the ordinary and waits for a sign-off, the newest first."""
    found = call(context, "flag.list", said(unit, officer), institution=institution)
    if as_json:
        typer.echo(json_text(found))
        return
    if not found["flags"]:
        typer.echo(_WORDS[lang]["none"])
    for one in found["flags"]:
        _print(one, lang)


@app.command("show", epilog="Example: `gateway flags show f-1f... --unit esdc-isb`")
def show(
    context: typer.Context,
    flag: Annotated[str, typer.Argument(metavar="FLAG", help="Name of the flag, f-...")],
    institution: Institution = None,
    unit: Unit = None,
    officer: Officer = None,
    lang: Language = "en",
    as_json: AsJson = False,
) -> None:
    """One flag, and who signed it off."""
    found = call(context, "flag.show", said(unit, officer), flag=flag, institution=institution)
    if as_json:
        typer.echo(json_text(found))
        return
    _print(found, lang)
    signed = found["signed"]
    if signed and signed["said"]:
        told = _WORDS[lang]["by"].format(signed["said"]["officer"], signed["outcomes"][lang], signed["said"]["words"])
        print(wrapped(told, lang))


@app.command("sign-off", epilog=_SIGN)
def sign_off(
    context: typer.Context,
    flag: Annotated[str, typer.Argument(metavar="FLAG", help="Name of the flag, f-...")],
    outcome: Annotated[str, typer.Argument(metavar="OUTCOME", help="explained, raised or examined")],
    words: Words,
    unit: Unit = None,
    officer: Officer = None,
    lang: Language = "en",
) -> None:
    """Say what a flag turned out to be. It comes back for newer entries alone."""
    made = call(context, "flag.sign", said(unit, officer), flag=flag, outcome=outcome, words=words)
    print(wrapped(_WORDS[lang]["signed"].format(flag, made["entry_index"]), lang))


@app.command("sample", epilog=_SAMPLE)
def sample(
    context: typer.Context,
    month: Annotated[str | None, typer.Argument(metavar="MONTH", help="One month, such as 2026-10")] = None,
    institution: Institution = None,
    unit: Unit = None,
    officer: Officer = None,
    lang: Language = "en",
    as_json: AsJson = False,
) -> None:
    """Entries drawn for review, by month; of one month, each entry and what became of it."""
    words = _WORDS[lang]
    if month is None:
        found = call(context, "sample.list", said(unit, officer), institution=institution)
    else:
        found = call(context, "sample.show", said(unit, officer), month=month, institution=institution)
    if as_json:
        typer.echo(json_text(found))
        return
    if month is None and not found["samples"]:
        typer.echo(words["no-month"])
        return
    if month is None:
        shown = table(*(words[name] for name in ("month", "drawn", "from", "waiting", "due")))
        for one in found["samples"]:
            due = words["overdue"].format(one["due"]) if one["overdue"] else one["due"]
            shown.add_row(one["month"], str(one["drawn"]), str(one["of"]), str(one["waiting"]), due)
    else:
        shown = table(words["entry"], words["outcome"])
        for one in found["entries"]:
            shown.add_row(str(one["entry_index"]), one["outcomes"][lang] if one["outcomes"] else words["waits"])
    console().print(shown)
    if month is not None:
        print(wrapped(words["seed"].format(found["size"], found["root"]), lang))


@app.command("review", epilog=_REVIEW)
def review(
    context: typer.Context,
    month: Annotated[str, typer.Argument(metavar="MONTH", help="Month of the sample, such as 2026-10")],
    entry: Annotated[int, typer.Argument(metavar="ENTRY", min=0, help="Number of the entry")],
    outcome: Annotated[str, typer.Argument(metavar="OUTCOME", help="in-order, question or not-in-order")],
    words: Words,
    unit: Unit = None,
    officer: Officer = None,
    lang: Language = "en",
) -> None:
    """Say what the review of a sampled entry found."""
    made = call(context, "sample.review", said(unit, officer), month=month, entry=entry, outcome=outcome, words=words)
    print(wrapped(_WORDS[lang]["reviewed"].format(entry, made["entry_index"]), lang))


def _print(one: Mapping[str, Any], lang: Lang) -> None:
    words = _WORDS[lang]
    about = one["partner"] or ""
    if one["element"]:
        about = f"{about} {one['element']}"
    elif one["token"]:
        about = f"{about} {one['token']}".strip()
    title = words["of"].format(one["titles"][lang], about)
    print(wrapped(f"{one['flag']}  {one['day']}  {title}", lang))
    print(wrapped(f"  {one['reason'][lang]}", lang))
    print(wrapped("  " + words["about"].format(one["institution"], one["first_index"], one["last_index"]), lang))
