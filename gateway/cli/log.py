"""`gateway log`: verify, reconcile, export, read and look up the disclosure log, and erase a person from it.

Identifiers of people are read from standard input, because arguments are in the process list and the shell's history.
All of them work beside a running gateway.
Does not: do the work; each command imports who does it (`log_reading`, `log_person`, `log_adopting`) when it is called.
"""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from gateway.cli import log_projection
from gateway.cli.acting import Officer, Unit, said
from gateway.cli.language import Language
from gateway.cli.settings import settings_of

app = typer.Typer(no_args_is_help=True, rich_markup_mode="markdown")
app.add_typer(
    log_projection.app,
    name="projection",
    help="The log in columns, without persons: status, rebuild, count, page, export.",
)

_VERIFY = "Example: `gateway log verify --known checkpoint-of-last-month.txt`"
_EXPORT = 'Example: `gateway log export /srv/log && python -m audit verify /srv/log --key "$(cat log.vkey)"`'
_CHECKPOINT = "Example: `gateway log checkpoint > checkpoint-of-this-month.txt`"
_RECONCILE = "Example: `gateway log reconcile` · every hour: `gateway log reconcile --quick`"
_ENTRY = "Example: `gateway log entry 4711`"
_ADOPT = "Example: `gateway log adopt --unit esdc-isb --officer r.roy --yes`"
_PERSON = "Example: `gateway log person --scheme uci --unit esdc-isb --officer r.roy < uci.txt`"
_ACTS = "Example: `gateway log acts --of r.roy --first 2026-11-01 --unit opc-audit --officer o.tremblay`"
_ERASE = (
    "Example: `gateway log erase --scheme uci --authority PA-6-3 --regime federal --unit esdc-isb --officer r.roy "
    "< uci.txt`"
)


class Regime(StrEnum):
    """Whose minimum retention after last use counts."""

    FEDERAL = "federal"
    ONTARIO = "ontario"


Scheme = Annotated[str, typer.Option(help="Identifier scheme; the value is read from standard input")]
AsJson = Annotated[bool, typer.Option("--json", help="Answer as JSON")]


@app.command("verify", epilog=_VERIFY)
def verify(
    context: typer.Context,
    known: Annotated[
        Path | None,
        typer.Option(help="An earlier checkpoint you kept; the log must extend it", exists=True, dir_okay=False),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Recompute the whole log from its entries and compare it with the last signed checkpoint.

    Exit code 1 where the evidence fails.
    """
    from gateway.cli import log_reading

    log_reading.verify(settings_of(context), known, as_json=as_json)


@app.command("reconcile", epilog=_RECONCILE)
def reconcile_tables(
    context: typer.Context,
    quick: Annotated[
        bool, typer.Option("--quick", help="Open only what came since the last time; of the rest, compare sums")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Hold the tables beside the log against its entries: private parts, search tokens, duties, keys, cases.

    What `verify` does for entries, this does for what accounts and decisions rest on beside them. Run it every night.
    Exit code 1 where something is at fault.
    """
    from gateway.cli import log_reading

    log_reading.reconcile(settings_of(context), quick=quick, as_json=as_json)


@app.command("export", epilog=_EXPORT)
def export(context: typer.Context, folder: Annotated[Path, typer.Argument(metavar="DIR")]) -> None:
    """Write the log up to the last signed checkpoint as tiles (C2SP tlog-tiles). Goes on where it stopped."""
    from gateway.cli import log_reading

    log_reading.export(settings_of(context), folder)


@app.command("checkpoint", epilog=_CHECKPOINT)
def checkpoint(context: typer.Context) -> None:
    """Print the last signed checkpoint. Keep it: with it, `verify --known` shows later whether history was changed."""
    from gateway.cli import log_reading

    log_reading.checkpoint(settings_of(context))


@app.command("entry", epilog=_ENTRY)
def entry(
    context: typer.Context, index: Annotated[int, typer.Argument(metavar="N", min=0)], as_json: AsJson = False
) -> None:
    """Show one entry. An entry names no person."""
    from gateway.cli import log_reading

    log_reading.entry(settings_of(context), index, as_json=as_json)


@app.command("adopt", epilog=_ADOPT)
def adopt(
    context: typer.Context,
    unit: Unit = None,
    officer: Officer = None,
    yes: Annotated[bool, typer.Option("--yes", help="Put them on record; without, they are listed")] = False,
) -> None:
    """Put on record the keys, consents, orders and referrals from before entries carried seals.

    Once, after an upgrade; until then they grant nothing. What the log does not bear out is named and left out.
    Exit code 1 where something was left out.
    """
    from gateway.cli import log_adopting

    log_adopting.adopt(context, said(unit, officer), yes=yes)


@app.command("person", epilog=_PERSON)
def person(
    context: typer.Context,
    scheme: Scheme,
    unit: Unit = None,
    officer: Officer = None,
    as_json: AsJson = False,
) -> None:
    """Who saw this person's data? For staff alone; what the person may be told is `gateway account`.

    Looking is itself an entry of the log.
    """
    from gateway.cli import log_person

    log_person.look_up(context, scheme, said(unit, officer), as_json=as_json)


@app.command("acts", epilog=_ACTS)
def acts(
    context: typer.Context,
    of: Annotated[str | None, typer.Option(help="One officer, as they sign in; without, everybody")] = None,
    action: Annotated[list[str] | None, typer.Option(help="A code such as key-approved; may be repeated")] = None,
    first: Annotated[str | None, typer.Option(help="First day, in Ottawa, as YYYY-MM-DD")] = None,
    last: Annotated[str | None, typer.Option(help="Last day, included")] = None,
    before: Annotated[int | None, typer.Option(help="Only entries before this one: the next page")] = None,
    unit: Unit = None,
    officer: Officer = None,
    lang: Language = "en",
    as_json: AsJson = False,
) -> None:
    """What staff did, newest first, with who did it. Looking is itself an entry of the log.

    A privacy officer sees their own institution, an auditor all. Whom an act concerned is not told.
    """
    from gateway.cli import log_acts

    asked = log_acts.Asked(of, action or [], first, last, before)
    log_acts.look_up(context, asked, said(unit, officer), lang, as_json=as_json)


@app.command("erase", epilog=_ERASE)
def erase(
    context: typer.Context,
    scheme: Scheme,
    authority: Annotated[str, typer.Option(help="The provision you erase under, as the register spells it")],
    regime: Annotated[Regime, typer.Option(help="federal (two years) or ontario (one year) of minimum retention")],
    unit: Unit = None,
    officer: Officer = None,
) -> None:
    """Erase what the log keeps about a person. Entries and proofs stay valid; this cannot be undone.

    Refused while a hold is open or within the minimum retention after last use.
    """
    from gateway.cli import log_person

    log_person.erase(context, scheme, said(unit, officer), authority=authority, regime=regime.value)
