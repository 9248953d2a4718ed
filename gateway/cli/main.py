"""The command `gateway`: one place where its parts are put together and errors become plain sentences.

Exit codes: 0 done, 1 the gateway said no or a check failed (the message says what to do), 2 wrong usage.
"""

import sys
from pathlib import Path
from typing import Annotated

import typer

from gateway.cli import (
    account,
    agreements,
    breach,
    consent,
    decision,
    delegation,
    demo,
    deployment,
    keys,
    log,
    obligation,
    referral,
    request,
    sample,
    source,
)
from gateway.cli.option_names import with_options
from gateway.domain.errors import GatewayError

app = typer.Typer(
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


deployment.add_to(app)
request.add_to(app)
sample.add_to(app)
demo.add_to(app)
decision.add_to(app)
account.add_to(app)
app.add_typer(agreements.app, name="agreements", help="Check and read agreements.")
app.add_typer(
    keys.app,
    name="keys",
    help="Partner keys: generate, propose, approve, revoke, list.",
    epilog="Example: `gateway --env gateway.env keys propose --unit ircc-work-permits --jwk partner.jwk --by alex`",
)
app.add_typer(
    log.app,
    name="log",
    help="The disclosure log: verify, export, look up, erase.",
    epilog="Examples: `gateway --env gateway.env log verify` · "
    "`gateway --env gateway.env log person --scheme uci --unit esdc-isb --officer r.roy < uci.txt`",
)
app.add_typer(referral.app, name="referral", help="What a person has to decide: list, show, release, refuse, review.")
app.add_typer(delegation.app, name="delegation", help="Who may decide under which provisions, and until when.")
app.add_typer(consent.app, name="consent", help="Consents on file: register, withdraw.")
app.add_typer(obligation.app, name="obligation", help="Duties as work: due, overdue, done; the notices they demand.")
app.add_typer(breach.app, name="breach", help="Material breaches: reports, notices and their clocks.")
app.add_typer(source.app, name="source", help="Load published lists into a source.")


def main() -> None:
    """Run the command; a GatewayError becomes one line on standard error and exit code 1."""
    try:
        app()
    except GatewayError as error:
        print(f"gateway: {with_options(str(error))}", file=sys.stderr)
        raise SystemExit(1) from None
