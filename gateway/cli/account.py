"""`gateway account`: the account of disclosures for a person who asked who received their data.

Identifiers are read from standard input, one line for each --scheme, because arguments are in the process list and the
shell's history; so are the reasons for what the officer decides, from a file. Works beside a running gateway. Answering
is itself an entry of the log.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any

import typer

from gateway.adapters.letters.marked import PROTECTED, plain
from gateway.cli.acting import Officer, Unit, said
from gateway.cli.identifier_input import identifiers_read
from gateway.cli.screen import console, json_text, table
from gateway.cli.staff import call
from gateway.service.words.sentences import BOTH

_ACCOUNT = (
    "Examples: `gateway account --scheme uci --received 2026-11-20 --unit esdc-isb --officer r.roy --review --out "
    "account < uci.txt` · `gateway account --scheme uci --received 2026-11-20 --unit esdc-isb --officer r.roy --tell "
    "4711 --because reasons.txt --out account < uci.txt`"
)


def account(
    context: typer.Context,
    scheme: Annotated[
        list[str], typer.Option(help="Identifier scheme; repeat it for a person with several identifiers")
    ],
    received: Annotated[str, typer.Option(help="The day the person's written request was received, YYYY-MM-DD")],
    unit: Unit = None,
    officer: Officer = None,
    out: Annotated[Path | None, typer.Option(metavar="DIR", help="Write text, HTML, PDF and JSON here")] = None,
    review: Annotated[
        bool, typer.Option("--review", help="For the officer: everything, with the reason for what is held back")
    ] = False,
    tell: Annotated[
        list[int] | None,
        typer.Option(metavar="ENTRY", min=0, help="Tell a line that is held back where the Act leaves you discretion"),
    ] = None,
    hold: Annotated[list[int] | None, typer.Option(metavar="ENTRY", min=0, help="Hold a line back")] = None,
    because: Annotated[
        Path | None,
        typer.Option(exists=True, dir_okay=False, help="Your reasons for --tell and --hold, a text file; encrypted"),
    ] = None,
    source_agrees: Annotated[
        bool, typer.Option("--source-agrees", help="Whoever gave it in confidence agrees to its release")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="The machine form, for the person")] = False,
) -> None:
    """Who received this person's data, as a letter in English and French.

    What the law keeps back leaves no trace in letter and JSON; only --review shows it. With --review and --out the
    letter that is written is the one reviewed.
    """
    told = call(
        context,
        "account.give",
        said(unit, officer),
        identifiers=identifiers_read(scheme),
        received=received,
        tell=tell or [],
        hold=hold or [],
        because=because.read_text("utf-8").strip() if because else "",
        source_agrees=source_agrees,
    )
    if review:
        _review(told, as_json=as_json)
    if out is not None:
        from gateway.cli.letter_files import write_file, write_letters

        write_file(out / "account.json", _json(told["machine"]).encode())
        write_letters(out, "account", told["letters"], protected=False)
        typer.echo(f"written to {out}; on record as entry {told['reference']}", err=review and as_json)
    elif not review:
        letters = "\n".join(plain(told["letters"][lang], lang) for lang in BOTH)
        typer.echo(_json(told["machine"]) if as_json else letters, nl=False)


def _review(told: Mapping[str, Any], *, as_json: bool) -> None:
    officer = told["officer"]
    if as_json:
        typer.echo(_json({"handling": PROTECTED, **officer}), nl=False)
        return
    typer.echo(f"{PROTECTED}\nfor the officer only: never give this to the person")
    found = table("entry", "in the letter", "why")
    decided = {one["entry_index"]: f"your decision, despite {_why(one)}" for one in officer["told_by_decision"]}
    rows = [(index, "yes", decided.get(index, "")) for index in officer["told"]]
    for one in officer["held_back"]:
        without = ", ".join(one["elements"])
        rows.append((one["entry_index"], f"yes, without {without}" if without else "no", _why(one)))
    rows += [(one["entry_index"], "no", f"no disclosure: {one['kind']}") for one in officer["no_disclosure"]]
    for index, inside, why in sorted(rows):
        found.add_row(str(index), inside, why)
    console().print(found)


def _why(held: Mapping[str, Any]) -> str:
    why = held["why"]
    return f"{why['reason']}: {why['law']} {why['sections']}" if why["sections"] else str(why["reason"])


def _json(value: object) -> str:
    return json_text(value) + "\n"


def add_to(parent: typer.Typer) -> None:
    """Registers the command with `gateway`."""
    parent.command("account", epilog=_ACCOUNT)(account)
