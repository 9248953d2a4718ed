"""`gateway log acts`: what staff did and who did it, as a page on the screen.

Does not: say who may look, or put the look-up on record (the staff call does).
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

import typer

from gateway.cli.acting import Stated
from gateway.cli.screen import console, json_text, table
from gateway.cli.staff import call
from gateway.service.words.sentences import Lang
from gateway.service.words.staff import ACTIONS, ACTS_SHOWN


@dataclass(frozen=True, slots=True)
class Asked:
    """`of` is an officer; days are Ottawa's."""

    of: str | None = field(repr=False)
    actions: Sequence[str]
    first: str | None
    last: str | None
    before: int | None


def look_up(context: typer.Context, asked: Asked, by: Stated, lang: Lang, *, as_json: bool) -> None:
    where = {"reason": list(asked.actions)} if asked.actions else {}
    told = call(
        context,
        "act.look-up",
        by,
        of=asked.of,
        where=where,
        first=asked.first,
        last=asked.last,
        before=asked.before,
    )
    if as_json:
        typer.echo(json_text(told))
        return
    words, actions = ACTS_SHOWN[lang], ACTIONS[lang]
    found = table(words["entry"], words["time"], words["unit"], words["officer"], words["done"])
    for row in told["rows"]:
        done = " ".join(actions.get(code, code) for code in row["reasons"])
        officer = row["officer"] or words["erased"]
        found.add_row(str(row["entry_index"]), row["time"], row["requester"], officer, done)
    console().print(found)
    typer.echo(words["on-record"].format(told["read"], told["entry_index"]))
    if told["before"] is not None:
        typer.echo(words["more"].format(told["before"]))
