"""`gateway referral`: what a person has to decide, and the decision. Works beside a running gateway.

Reasons are read from standard input, because arguments are in the process list and the shell's history.
"""

import json
import sys
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.table import Column, Table

from gateway.cli.staff import call

app = typer.Typer(no_args_is_help=True, rich_markup_mode="markdown")

_LIST = "Example: `gateway referral list --open`"
_SHOW = "Example: `gateway referral show r-1f... --unit esdc-isb --officer r.roy`"
_RELEASE = (
    "Examples: `gateway referral release r-1f... --unit esdc-isb --officer r.roy < balancing.txt` · "
    "`... --element worker_name --element narrative=scrub --provision DESDA-37 --provision PA-8-2-m "
    "--notice-after 'tonight'`"
)
_REVIEW = "Example: `gateway referral review r-1f... --not-upheld --unit esdc-isb --officer m.cote < findings.txt`"

Number = Annotated[str, typer.Argument(metavar="REFERRAL", help="Number of the referral, r-...")]
Unit = Annotated[str, typer.Option(help="Your unit")]
Officer = Annotated[str, typer.Option(help="Who you are; kept encrypted with the entry this makes")]
AsJson = Annotated[bool, typer.Option("--json", help="Answer as JSON")]


@app.command("list", epilog=_LIST)
def list_(
    context: typer.Context,
    only_open: Annotated[bool, typer.Option("--open", help="Only those that wait for a decision")] = False,
    as_json: AsJson = False,
) -> None:
    """What was referred, oldest first: who asks for what, on which ground, until when it has to be decided."""
    found = call(context, "referral.list", only_open=only_open)
    if as_json:
        _print(found)
        return
    table = Table(
        Column("referral", no_wrap=True), "state", "ground", "from", "record type", "elements", "decide by (UTC)"
    )
    for one in found:
        late = " OVERDUE" if one["overdue"] else " ESCALATED" if one["escalated"] and one["decided_at"] is None else ""
        table.add_row(
            one["referral"],
            one["state"] + late,
            *(one[name] for name in ("ground", "requester", "record_type")),
            ", ".join(one["elements"]),
            one["decide_by"],
        )
    Console().print(table)


@app.command("show", epilog=_SHOW)
def show(context: typer.Context, referral: Number, unit: Unit, officer: Officer) -> None:
    """What is asked and on what it rests. Looking is itself an entry of the log."""
    _print(call(context, "referral.show", referral=referral, unit=unit, officer=officer))


@app.command("take", epilog="Example: `gateway referral take r-1f... --unit esdc-isb --officer r.roy`")
def take(context: typer.Context, referral: Number, unit: Unit, officer: Officer) -> None:
    """Begin the review."""
    _told(call(context, "referral.take", referral=referral, unit=unit, officer=officer))


@app.command("release", epilog=_RELEASE)
def release(
    context: typer.Context,
    referral: Number,
    unit: Unit,
    officer: Officer,
    element: Annotated[
        list[str] | None, typer.Option(help="An element to release, with its form if not the usual: name=mask:3")
    ] = None,
    provision: Annotated[
        list[str] | None, typer.Option(help="A provision you decide under; default: all that the policy says to weigh")
    ] = None,
    notice_after: Annotated[
        str | None, typer.Option(help="Why a notice before the release is not practicable; the notice follows then")
    ] = None,
    partner: Annotated[str | None, typer.Option(help="The partner entity concerned (DESDA 37(2)), a unit")] = None,
) -> None:
    """Release all of what was asked, or only some elements. Your written reasons are read from standard input.

    The notices that the law demands are drafted first; one that cannot be drafted blocks the release.
    """
    ruled = call(
        context,
        "referral.release",
        referral=referral,
        provisions=provision or [],
        elements=dict(_element(text) for text in element or []),
        because=_because(),
        unit=unit,
        officer=officer,
        not_first=notice_after,
        partner=partner,
    )
    _told(ruled)
    for notice in ruled["notices"]:
        held = f" HELD: {notice['held']}; get advice before it is sent" if notice["held"] else ""
        print(f"  notice drafted: {notice['code']} to {notice['addressee']}{held}")
    if ruled["notices"]:
        print(f"  read them with: gateway obligation show {ruled['on_record']} POSITION --unit U --officer O")


@app.command("refuse", epilog="Example: `gateway referral refuse r-1f... --unit esdc-isb --officer r.roy < why.txt`")
def refuse(context: typer.Context, referral: Number, unit: Unit, officer: Officer) -> None:
    """Refuse. Your written reasons are read from standard input."""
    _told(call(context, "referral.refuse", referral=referral, because=_because(), unit=unit, officer=officer))


@app.command("review", epilog=_REVIEW)
def review(
    context: typer.Context,
    referral: Number,
    unit: Unit,
    officer: Officer,
    upheld: Annotated[bool, typer.Option("--upheld/--not-upheld", help="Whether the decision was right")],
) -> None:
    """Look at a decision afterwards, as somebody else than who made it. Findings are read from standard input."""
    _told(
        call(
            context,
            "referral.review",
            referral=referral,
            upheld=upheld,
            because=_because(),
            unit=unit,
            officer=officer,
        )
    )


@app.command("tick", epilog="Example, where no gateway runs: `gateway referral tick`")
def tick(context: typer.Context) -> None:
    """Escalate and lapse what is due. A running gateway does this by itself."""
    print(f"{call(context, 'referral.tick')['steps']} steps taken")


def _element(text: str) -> tuple[str, str | None]:
    name, separator, form = text.partition("=")
    return name, form if separator else None


def _because() -> str:
    if sys.stdin.isatty():
        print("your reasons in writing, then Ctrl-D:", file=sys.stderr)
    return sys.stdin.read().strip()


def _told(ruled: dict[str, Any]) -> None:
    print(f"{ruled['referral']}: {ruled['state']}; on record as entry {ruled['on_record']}")
    if ruled["collect_until"]:
        print(f"  the requester may collect it until {ruled['collect_until']}")


def _print(value: object) -> None:
    print(json.dumps(value, ensure_ascii=False, indent=2))
