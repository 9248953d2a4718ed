"""`gateway referral`: what a person has to decide, and the decision. Works beside a running gateway.

Reasons are read from standard input, because arguments are in the process list and the shell's history. Times are
Ottawa's on screen and UTC in JSON.
"""

import sys
from collections.abc import Iterable
from typing import Annotated

import typer

from gateway.cli.acting import Officer, Unit, said
from gateway.cli.language import Language
from gateway.cli.referral_page import more, reasons_wanted, referral_list, referral_page, step
from gateway.cli.screen import json_text
from gateway.cli.staff import call
from gateway.service.words.sentences import Lang

app = typer.Typer(
    no_args_is_help=True,
    rich_markup_mode="markdown",
    epilog="Examples: `gateway referral list --open` · "
    "`gateway referral show r-1f... --unit esdc-isb --officer r.roy` · "
    "`gateway referral release r-1f... --element worker_name --unit esdc-isb --officer r.roy < balancing.txt`",
)

_LIST = "Examples: `gateway referral list --open` · `gateway referral list --state refused --lang fr`"
_SHOW = (
    "Examples: `gateway referral show r-1f... --unit esdc-isb --officer r.roy` · "
    "`gateway referral show r-1f... --unit esdc-isb --officer r.roy --json`"
)
_RELEASE = (
    "Examples: `gateway referral release r-1f... --unit esdc-isb --officer r.roy < balancing.txt` · "
    "`gateway referral release r-1f... --element worker_name --element narrative=scrub --provision DESDA-37 "
    "--provision PA-8-2-m --notice-after 'tonight' --no-partner 'no province holds a part of this record' "
    "--unit esdc-isb --officer r.roy < balancing.txt`"
)
_REVIEW = "Example: `gateway referral review r-1f... --not-upheld --unit esdc-isb --officer m.cote < findings.txt`"

Number = Annotated[str, typer.Argument(metavar="REFERRAL", help="Number of the referral, r-...")]
AsJson = Annotated[bool, typer.Option("--json", help="Answer as JSON, with times in UTC")]


@app.command("list", epilog=_LIST)
def list_(
    context: typer.Context,
    only_open: Annotated[bool, typer.Option("--open", help="Only those that wait for a decision")] = False,
    state: Annotated[list[str] | None, typer.Option(help="Only in this state, for example refused")] = None,
    custodian: Annotated[str | None, typer.Option(help="Only for records of this unit")] = None,
    limit: Annotated[int, typer.Option(min=1, max=10_000, help="At most so many")] = 100,
    skip: Annotated[int, typer.Option(min=0, help="Leave out the first so many")] = 0,
    lang: Language = "en",
    as_json: AsJson = False,
) -> None:
    """What was referred, oldest first: who asks for what, on which ground, until when it has to be decided."""
    told = call(
        context,
        "referral.list",
        only_open=only_open,
        states=state or [],
        custodian=custodian,
        limit=limit,
        skip=skip,
        counted=True,
    )
    found = told["referrals"]
    if told["left"]:
        print(more(told["left"], skip + len(found), lang), file=sys.stderr)
    if as_json:
        print(json_text(found))
    else:
        _print(referral_list(found, lang))


@app.command("show", epilog=_SHOW)
def show(
    context: typer.Context,
    referral: Number,
    unit: Unit = None,
    officer: Officer = None,
    lang: Language = "en",
    as_json: AsJson = False,
) -> None:
    """What is asked and on what it rests. Looking is itself an entry of the log."""
    found = call(context, "referral.show", said(unit, officer), referral=referral)
    if as_json:
        print(json_text(found))
    else:
        _print(referral_page(found, lang))


@app.command("take", epilog="Example: `gateway referral take r-1f... --unit esdc-isb --officer r.roy`")
def take(
    context: typer.Context, referral: Number, unit: Unit = None, officer: Officer = None, lang: Language = "en"
) -> None:
    """Begin the review."""
    taken = call(context, "referral.take", said(unit, officer), referral=referral)
    _print(step(taken, lang, by=said(unit, officer)))


@app.command("release", epilog=_RELEASE)
def release(
    context: typer.Context,
    referral: Number,
    unit: Unit = None,
    officer: Officer = None,
    element: Annotated[
        list[str] | None,
        typer.Option(
            metavar="NAME[=FORM]",
            help="An element to release, in its usual form (free text scrubbed, anything else plain) or in another: "
            "plain, scrub, exists, pseudonym, count, mask:N, generalize:year, generalize:month, generalize:age-band, "
            "generalize:fsa, generalize:band-N; default: all that was asked",
        ),
    ] = None,
    provision: Annotated[
        list[str] | None, typer.Option(help="A provision you decide under; default: all that the policy says to weigh")
    ] = None,
    notice_after: Annotated[
        str | None, typer.Option(help="Why a notice before the release is not practicable; the notice follows then")
    ] = None,
    partner: Annotated[str | None, typer.Option(help="The partner entity concerned (DESDA 37(2)), a unit")] = None,
    no_partner: Annotated[
        str | None, typer.Option(metavar="REASON", help="Why no partner entity is concerned; kept encrypted")
    ] = None,
    despite_banner: Annotated[
        bool,
        typer.Option("--despite-banner", help="The record bears a banner (`show` says so), and you release it knowing"),
    ] = False,
    source_agreed: Annotated[
        bool,
        typer.Option(
            "--source-agreed",
            help="Whoever gave it in confidence agrees or made it public (Privacy Act 19(2)); say who in your reasons",
        ),
    ] = False,
    lang: Language = "en",
) -> None:
    """Release all of what was asked, or only some elements. Your written reasons are read from standard input.

    The notices that the law demands are drafted first; one that cannot be drafted blocks the release.
    """
    ruled = call(
        context,
        "referral.release",
        said(unit, officer),
        referral=referral,
        provisions=provision or [],
        elements=dict(_element(text) for text in element or []),
        because=_because(lang),
        not_first=notice_after,
        partner=partner,
        no_partner=no_partner,
        despite_banner=despite_banner,
        source_agreed=source_agreed,
    )
    _print(step(ruled, lang, by=said(unit, officer)))


@app.command("refuse", epilog="Example: `gateway referral refuse r-1f... --unit esdc-isb --officer r.roy < why.txt`")
def refuse(
    context: typer.Context, referral: Number, unit: Unit = None, officer: Officer = None, lang: Language = "en"
) -> None:
    """Refuse. Your written reasons are read from standard input."""
    ruled = call(context, "referral.refuse", said(unit, officer), referral=referral, because=_because(lang))
    _print(step(ruled, lang, by=said(unit, officer)))


@app.command("review", epilog=_REVIEW)
def review(
    context: typer.Context,
    referral: Number,
    upheld: Annotated[bool, typer.Option("--upheld/--not-upheld", help="Whether the decision was right")],
    unit: Unit = None,
    officer: Officer = None,
    lang: Language = "en",
) -> None:
    """Look at a decision afterwards, as somebody else than who made it. Findings are read from standard input.

    A release that is upheld may still be collected in its time; one that is not upheld may not.
    """
    reviewed = call(
        context,
        "referral.review",
        said(unit, officer),
        referral=referral,
        upheld=upheld,
        because=_because(lang),
    )
    _print(step(reviewed, lang, by=said(unit, officer)))


@app.command("tick", epilog="Example, where no gateway runs: `gateway referral tick`")
def tick(context: typer.Context) -> None:
    """Escalate and lapse what is due. A running gateway does this by itself."""
    print(f"{call(context, 'referral.tick')['steps']} steps taken")


def _element(text: str) -> tuple[str, str | None]:
    name, separator, form = text.partition("=")
    return name, form if separator else None


def _because(lang: Lang) -> str:
    if sys.stdin.isatty():
        print(reasons_wanted(lang), file=sys.stderr)
    return sys.stdin.read().strip()


def _print(lines: Iterable[str]) -> None:
    for line in lines:
        print(line)
