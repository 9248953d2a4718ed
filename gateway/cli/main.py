"""The command `gateway`: one place where its parts are put together and errors become plain sentences.

Exit codes: 0 done, 1 the gateway said no or a check failed (the message says what to do), 2 wrong usage.
"""

import os
import sys
from pathlib import Path
from typing import Annotated

import typer

from audit.quiet_pipe import quiet_pipes
from gateway.cli.lazy import Group, LazyGroup, Single
from gateway.cli.option_names import with_options
from gateway.domain.errors import GatewayError

COMMANDS = (
    Single(
        "init", "deployment", "Make a deployment: fresh keys, each in a file only you can read, and a file of settings."
    ),
    Single("serve", "deployment", "Run the gateway in this process until it is told to stop."),
    Single("console", "deployment", "Run the staff console in a process of its own, beside a running gateway."),
    Single("sign-in", "sign_in", "Sign in, so that commands know who you are."),
    Single("sign-out", "sign_in", "End your sign-in here and at the provider."),
    Single("request", "request", "Ask for data elements, verify the answer and its receipt, and show both."),
    Single(
        "sample",
        "sample",
        "Write an invented world: a database with every record type, its sources.yaml, an open-LMIA list.",
    ),
    Single("demo", "demo", "Play the main job: signed requests, decisions with their reasons, proofs."),
    Single(
        "explain",
        "decision",
        "Why: who asked for what, under which clause and provisions, what left, what was withheld.",
    ),
    Single(
        "replay",
        "decision",
        "Recompute a decision under its recorded policy revision, agreement version and date, and compare.",
    ),
    Single("account", "account", "Who received this person's data, as a letter in English and French."),
    Single("correction", "correction", "A record was corrected: find who received it, and draft a notice to each."),
    Group("agreements", "agreements", "Check and read agreements."),
    Group(
        "keys",
        "keys",
        "Partner keys: generate, propose, approve, revoke, list.",
        "Example: `gateway --env gateway.env keys propose --unit ircc-work-permits --jwk partner.jwk --by alex`",
    ),
    Group(
        "log",
        "log",
        "The disclosure log: verify, reconcile, export, look up, erase.",
        "Examples: `gateway --env gateway.env log verify` · "
        "`gateway --env gateway.env log person --scheme uci --unit esdc-isb --officer r.roy < uci.txt`",
    ),
    Group("referral", "referral", "What a person has to decide: list, show, release, refuse, review."),
    Group("delegation", "delegation", "Who may decide under which provisions, and until when."),
    Group("consent", "consent", "Consents on file: register, withdraw, find."),
    Group("hold", "hold", "Holds: while one is open, nothing about the person is erased."),
    Group("obligation", "obligation", "Duties as work: due, overdue, done; the notices they demand."),
    Group("breach", "breach", "Material breaches: reports, notices and their clocks."),
    Group("flags", "flags", "What is out of the ordinary, and the monthly sample: look, sign off."),
    Group("report", "report", "The annual figures of an institution: show, export as PDF or CSV."),
    Group("source", "source", "Load published lists into a source."),
)


class _Commands(LazyGroup):
    known = COMMANDS


app = typer.Typer(
    cls=_Commands,
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode="markdown",
    help="Information sharing gateway: judge, minimise, prove and answer cross-agency requests.",
    epilog="Start with `gateway demo`. Every command has examples: `gateway COMMAND --help`.",
)


@app.callback()
def options(
    context: typer.Context,
    env: Annotated[
        Path | None,
        typer.Option("--env", help="File of settings (made by `gateway init`); the environment wins over it"),
    ] = None,
) -> None:
    context.obj = env


def main() -> None:
    """Run the command; a GatewayError becomes one line on standard error and exit code 1.

    What it makes, keys, settings, databases, exports, sockets, is for its owner alone."""
    os.umask(0o077)
    quiet_pipes()
    try:
        app()
    except GatewayError as error:
        print(f"gateway: {with_options(str(error))}", file=sys.stderr)
        raise SystemExit(1) from None
