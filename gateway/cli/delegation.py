"""`gateway delegation`: orders that say who may decide under which provisions, and until when.

Times are Ottawa's on screen and UTC in JSON.
"""

import sys
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Annotated, Any, Final

import typer

from gateway.cli.acting import Officer, Unit, said
from gateway.cli.language import Language
from gateway.cli.screen import json_text, listed, wrapped
from gateway.cli.staff import call
from gateway.service.words.local_time import minute, moment
from gateway.service.words.sentences import Lang

_GIVE = (
    "Example: `gateway delegation give --to r.roy --at esdc-isb --provision DESDA-37 --provision PA-8-2-m "
    "--from 2026-11-24T00:00:00-05:00 --until 2027-11-24T00:00:00-05:00 --unit esdc-isb --officer d.head`"
)
app = typer.Typer(no_args_is_help=True, rich_markup_mode="markdown", epilog=_GIVE)

_WORDS: Final[Mapping[Lang, Mapping[str, str]]] = {
    "en": {
        "headings": "order|counts|from (Ottawa time)|until (Ottawa time)",
        "yes": "now",
        "begins": "not yet",
        "ended": "no more",
        "revoked": "revoked",
        "below": "unit: {0}; provisions: {1}",
        "given": "{0}: counts from {1} until {2}; on record as entry {3}",
        "ended_now": "{0}: revoked; on record as entry {1}",
        "more": "{0} more: add --skip {1}",
    },
    "fr": {
        "headings": "arrêté|effet|du (heure d'Ottawa)|au (heure d'Ottawa)",
        "yes": "en vigueur",
        "begins": "à venir",
        "ended": "expiré",
        "revoked": "révoqué",
        "below": "unité : {0}; dispositions : {1}",
        "given": "{0} : en vigueur du {1} au {2}; inscription {3} au journal",
        "ended_now": "{0} : révoqué; inscription {1} au journal",
        "more": "Encore {0} : ajoutez --skip {1}",
    },
}


@app.command("give", epilog=_GIVE)
def give(
    context: typer.Context,
    to: Annotated[str, typer.Option(help="The officer who may decide; kept encrypted")],
    at: Annotated[str, typer.Option(help="The unit where that officer works")],
    provision: Annotated[list[str], typer.Option(help="A provision they may decide under (docs/authorities.md)")],
    begins: Annotated[
        str,
        typer.Option("--from", metavar="TIME", help="First moment the order counts, e.g. 2026-11-24T00:00:00Z"),
    ],
    ends: Annotated[
        str,
        typer.Option(
            "--until", metavar="TIME", help="First moment the order no longer counts, e.g. 2027-11-24T00:00:00Z"
        ),
    ],
    unit: Unit = None,
    officer: Officer = None,
    lang: Language = "en",
) -> None:
    """Give a delegation order. Nobody gives one to themselves."""
    made = call(
        context,
        "delegation.give",
        said(unit, officer),
        to=to,
        at=at,
        provisions=provision,
        begins=begins,
        ends=ends,
    )
    period = (moment(_at(time), lang) for time in (begins, ends))
    print(wrapped(_WORDS[lang]["given"].format(made["delegation"], *period, made["entry_index"]), lang))


@app.command("revoke", epilog="Example: `gateway delegation revoke d-1f... --unit esdc-isb --officer d.head`")
def revoke(
    context: typer.Context,
    delegation: Annotated[str, typer.Argument(metavar="ORDER", help="Number of the order, d-...")],
    unit: Unit = None,
    officer: Officer = None,
    lang: Language = "en",
) -> None:
    """End an order at once."""
    made = call(context, "delegation.revoke", said(unit, officer), delegation=delegation)
    print(wrapped(_WORDS[lang]["ended_now"].format(made["delegation"], made["entry_index"]), lang))


@app.command("list", epilog="Examples: `gateway delegation list --lang fr` · `gateway delegation list --json`")
def list_(
    context: typer.Context,
    limit: Annotated[int, typer.Option(min=1, max=10_000, help="At most so many")] = 100,
    skip: Annotated[int, typer.Option(min=0, help="Leave out the first so many")] = 0,
    lang: Language = "en",
    as_json: Annotated[bool, typer.Option("--json", help="Answer as JSON, with times in UTC")] = False,
) -> None:
    """Every order there ever was. Officers are not named; their names are in the private part of the order's entry."""
    told = call(context, "delegation.list", limit=limit, skip=skip, counted=True)
    found = told["delegations"]
    if told["left"]:
        print(_WORDS[lang]["more"].format(told["left"], skip + len(found)), file=sys.stderr)
    if as_json:
        print(json_text(found))
        return
    for line in _listed(found, lang):
        print(line)


@app.command("show", epilog="Example: `gateway delegation show d-1f... --unit esdc-isb --officer r.roy`")
def show(
    context: typer.Context,
    delegation: Annotated[str, typer.Argument(metavar="ORDER", help="Number of the order, d-...")],
    unit: Unit = None,
    officer: Officer = None,
) -> None:
    """One order as JSON, with times in UTC; for its own institution who may decide under it and who gave it."""
    print(json_text(call(context, "delegation.show", said(unit, officer), delegation=delegation)))


def _listed(found: list[Mapping[str, Any]], lang: Lang) -> Iterator[str]:
    words = _WORDS[lang]
    rows = [
        (
            (one["delegation"], words[_standing(one)], *(minute(_at(one[name])) for name in ("begins", "ends"))),
            (words["below"].format(one["at"], ", ".join(one["provisions"])),),
        )
        for one in found
    ]
    yield from listed(words["headings"].split("|"), rows, lang)


def _standing(one: Mapping[str, Any]) -> str:
    if one["in_force"] or one["state"] == "revoked":
        return "yes" if one["in_force"] else "revoked"
    return "begins" if _at(one["begins"]) > datetime.now(UTC) else "ended"


def _at(time: str) -> datetime:
    return datetime.fromisoformat(time)
