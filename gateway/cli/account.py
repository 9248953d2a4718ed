"""`gateway account`: the account of disclosures for a person who asked who received their data.

Identifiers are read from standard input, one line for each --scheme, because arguments are in the process list and the
shell's history. Works beside a running gateway. Answering is itself an entry of the log.
"""

import json
import sys
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.table import Table

from gateway.adapters.letters.typeset import plain
from gateway.adapters.letters.wording import BOTH
from gateway.cli.letter_files import write_file, write_letters
from gateway.cli.staff import call

_ACCOUNT = (
    "Examples: `gateway account --scheme uci --received 2026-11-20 --unit esdc-isb --officer r.roy --out account "
    "< uci.txt` · `gateway account --scheme uci --received 2026-11-20 --unit esdc-isb --officer r.roy --review "
    "< uci.txt`"
)


def account(
    context: typer.Context,
    scheme: Annotated[
        list[str], typer.Option(help="Identifier scheme; repeat it for a person with several identifiers")
    ],
    received: Annotated[str, typer.Option(help="The day the person's written request was received, YYYY-MM-DD")],
    unit: Annotated[str, typer.Option(help="Your unit, which answers")],
    officer: Annotated[str, typer.Option(help="Who you are; kept encrypted with the entry this makes")],
    out: Annotated[Path | None, typer.Option(metavar="DIR", help="Write text, HTML, PDF and JSON here")] = None,
    review: Annotated[
        bool, typer.Option("--review", help="For the officer: everything, with the reason for what is held back")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="The machine form, for the person")] = False,
) -> None:
    """Who received this person's data, as a letter in English and French.

    What the law keeps back leaves no trace in letter and JSON; only --review shows it.
    """
    told = call(
        context,
        "account.give",
        identifiers=[{"scheme": name, "value": _value(name)} for name in scheme],
        received=received,
        unit=unit,
        officer=officer,
    )
    if review:
        _review(told, as_json=as_json)
    elif out is not None:
        write_file(out / "account.json", _json(told["machine"]).encode())
        write_letters(out, "account", told["letters"])
        typer.echo(f"written to {out}; on record as entry {told['reference']}")
    elif as_json:
        typer.echo(_json(told["machine"]), nl=False)
    else:
        typer.echo("\n".join(plain(told["letters"][lang]) for lang in BOTH), nl=False)


def _value(scheme: str) -> str:
    if sys.stdin.isatty():
        print(f"identifier of the scheme {scheme} (not shown in any list of processes), then Enter:", file=sys.stderr)
    return sys.stdin.readline().strip()


def _review(told: dict[str, Any], *, as_json: bool) -> None:
    officer = told["officer"]
    if as_json:
        typer.echo(_json(officer), nl=False)
        return
    table = Table("entry", "in the letter", "why", title="for the officer only: never give this to the person")
    rows = [(index, "yes", "") for index in officer["told"]]
    for one in officer["held_back"]:
        why = f"{one['why']['reason']}: {one['why']['law']} {one['why']['sections']}"
        without = ", ".join(one["elements"])
        rows.append((one["entry_index"], f"yes, without {without}" if without else "no", why))
    rows += [(one["entry_index"], "no", f"no disclosure: {one['kind']}") for one in officer["no_disclosure"]]
    for index, inside, why in sorted(rows):
        table.add_row(str(index), inside, why)
    Console().print(table)


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"


def add_to(parent: typer.Typer) -> None:
    """Registers the command with `gateway`."""
    parent.command("account", epilog=_ACCOUNT)(account)
