"""`gateway keys`: partner keys, from generation to revocation. A second person approves what one proposed.

Each command imports what it needs when it is called: making a key pair opens no log.
"""

import asyncio
import json
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from gateway.cli.screen import console, table
from gateway.cli.settings import settings_of
from gateway.domain.errors import ConfigurationError

if TYPE_CHECKING:
    from gateway.service.partner.partner_keys import KeyChange, PartnerKeys, RegisteredKey

app = typer.Typer(no_args_is_help=True, rich_markup_mode="markdown")

_REFUSALS = {
    "unknown-key": "no key with this thumbprint is registered",
    "known-key": "this key is registered already",
    "not-proposed": "this key is not waiting for approval",
    "not-on-record": "no entry of the log bears this key out: its row was written past the gateway; revoke it",
    "same-person": "a key is approved by another person than the one who proposed it",
    "too-many-active": "the unit has two active keys; revoke one first",
    "already-revoked": "this key is revoked already",
}
# One thumbprint in 64 begins with a dash (base64url) and is no option for that.
_DASHED_THUMBPRINTS = {"ignore_unknown_options": True}
By = Annotated[str, typer.Option("--by", help="Who you are; kept as a keyed token, never in clear")]


@app.command(epilog="Example: `gateway keys generate partner.pem`")
def generate(
    file: Annotated[Path, typer.Argument(help="File for the private key; never overwritten")],
    ed25519: Annotated[bool, typer.Option(help="Ed25519 instead of ECDSA P-256")] = False,
) -> None:
    """Make a key pair: FILE with the private key, and FILE.jwk-suffixed public key to send to the gateway's staff."""
    from gateway.deployment.folder import write_secret
    from gateway.httpsig.keys import Algorithm, SigningKey
    from gateway.httpsig.pem import write_private_pem

    key = SigningKey.generate(Algorithm.ED25519 if ed25519 else Algorithm.ECDSA_P256_SHA256)
    write_secret(file, write_private_pem(key))
    public = file.with_suffix(".jwk")
    public.write_text(json.dumps(key.public.to_jwk(), indent=2) + "\n", "utf-8")
    typer.echo(f"private key: {file}\npublic key:  {public}\nthumbprint:  {key.public.keyid}")


@app.command(
    epilog="Example: `gateway --env gateway.env keys propose --unit ircc-work-permits --jwk partner.jwk --by alex`"
)
def propose(
    context: typer.Context,
    unit: Annotated[str, typer.Option(help="Unit of agreements/parties.yaml the key signs for")],
    jwk: Annotated[Path, typer.Option(help="The partner's public key, as `gateway keys generate` writes it")],
    by: By,
) -> None:
    """Register a partner's public key. It counts for nothing until a second person approves it."""
    from gateway.bootstrap.rulebook import open_rulebook
    from gateway.httpsig.errors import SignatureError
    from gateway.httpsig.keys import PublicKey

    settings = settings_of(context)
    if open_rulebook(settings)[0].parties.find(unit) is None:
        raise ConfigurationError("the unit is not in parties.yaml; `gateway agreements list` shows where they are")
    try:
        key = PublicKey.from_jwk(json.loads(jwk.read_text("utf-8")))
    except (OSError, ValueError, SignatureError):
        raise ConfigurationError(f"{jwk} cannot be read as a public P-256 or Ed25519 JWK") from None
    _change(context, lambda keys: keys.propose(key, unit, by))


@app.command(
    epilog="Example: `gateway --env gateway.env keys approve THUMBPRINT --by sam`", context_settings=_DASHED_THUMBPRINTS
)
def approve(context: typer.Context, keyid: Annotated[str, typer.Argument(help="Thumbprint")], by: By) -> None:
    """Make a proposed key active."""
    _change(context, lambda keys: keys.approve(keyid, by))


@app.command(
    epilog="Example: `gateway --env gateway.env keys revoke THUMBPRINT --by sam`", context_settings=_DASHED_THUMBPRINTS
)
def revoke(context: typer.Context, keyid: Annotated[str, typer.Argument(help="Thumbprint")], by: By) -> None:
    """Revoke a key for good; every process stops accepting it within 30 seconds."""
    _change(context, lambda keys: keys.revoke(keyid, by))


@app.command("list", epilog="Example: `gateway --env gateway.env keys list`")
def list_keys(context: typer.Context) -> None:
    """Every registered key with its unit and status."""
    from gateway.adapters.db.partner_keys import PartnerKeyTable
    from gateway.bootstrap.log import read_log

    log = read_log(settings_of(context))
    found = table("thumbprint", "unit", "algorithm", "status", "valid from (UTC)")
    for key in PartnerKeyTable(log.engine, log.proven).all():
        start = datetime.fromtimestamp(key.valid_from, UTC).isoformat(timespec="seconds")
        found.add_row(key.keyid, key.unit, key.algorithm, _shown_status(key), start)
    log.engine.dispose()
    console().print(found)


def _shown_status(key: "RegisteredKey") -> str:
    if key.on_record:
        return key.status
    return f"{key.status}, not on record"


def _change(context: typer.Context, change: "Callable[[PartnerKeys], Awaitable[KeyChange]]") -> None:
    from gateway.bootstrap.log import append_log, partner_keys, read_log
    from gateway.service.partner.partner_keys import KeyChanged

    settings = settings_of(context)

    async def run() -> "KeyChange":
        log = read_log(settings)
        commit = append_log(settings, log)
        try:
            return await change(partner_keys(settings, log, commit))
        finally:
            await commit.close()
            log.engine.dispose()

    outcome = asyncio.run(run())
    if isinstance(outcome, KeyChanged):
        typer.echo(f"{outcome.keyid}: on record as entry {outcome.receipt.entry_index}")
        return
    typer.echo(f"not done: {_REFUSALS[outcome.code]}", err=True)
    raise typer.Exit(1)
