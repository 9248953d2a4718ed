"""`gateway keys`: partner keys, from generation to revocation. A second person approves what one proposed.

Through the staff's desk, so beside a running gateway. Making a key pair opens no log: each command imports what it
needs when it is called.
"""

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any

import typer

from gateway.cli.acting import Officer, Unit, said
from gateway.cli.screen import console, json_text, table
from gateway.cli.staff import call
from gateway.domain.errors import ConfigurationError

app = typer.Typer(no_args_is_help=True, rich_markup_mode="markdown")

# One thumbprint in 64 begins with a dash (base64url) and is no option for that.
_DASHED_THUMBPRINTS = {"ignore_unknown_options": True}
By = Annotated[
    str | None,
    typer.Option(
        "--by", "--officer", help="Who you are; never kept in clear; not needed where STAFF_OFFICERS names you"
    ),
]


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
    until: Annotated[
        str | None, typer.Option(help="Last day it counts, in Ottawa, as YYYY-MM-DD; without, it has no end")
    ] = None,
    by: By = None,
) -> None:
    """Register a partner's public key. It counts for nothing until a second person approves it."""
    try:
        key = json.loads(jwk.read_text("utf-8"))
    except (OSError, ValueError):
        key = None
    if not isinstance(key, dict):
        raise ConfigurationError(f"{jwk} cannot be read as a public P-256 or Ed25519 JWK")
    _say(call(context, "key.propose", said(None, by), unit=unit, jwk=key, until=until))


@app.command(
    epilog="Example: `gateway --env gateway.env keys approve THUMBPRINT --by sam`", context_settings=_DASHED_THUMBPRINTS
)
def approve(context: typer.Context, keyid: Annotated[str, typer.Argument(help="Thumbprint")], by: By = None) -> None:
    """Make a proposed key active."""
    _say(call(context, "key.approve", said(None, by), keyid=keyid))


@app.command(
    epilog="Example: `gateway --env gateway.env keys revoke THUMBPRINT --because 'a laptop was lost' --by sam`",
    context_settings=_DASHED_THUMBPRINTS,
)
def revoke(
    context: typer.Context,
    keyid: Annotated[str, typer.Argument(help="Thumbprint")],
    because: Annotated[str, typer.Option(help="Why; kept encrypted with the entry this makes")] = "",
    by: By = None,
) -> None:
    """Revoke a key for good; every process stops accepting it within 30 seconds."""
    _say(call(context, "key.revoke", said(None, by), keyid=keyid, because=because))


@app.command(
    epilog="Example: `gateway --env gateway.env keys signed THUMBPRINT --first 2026-11-20 --last 2026-11-27 "
    "--unit esdc-isb --officer sam`",
    context_settings=_DASHED_THUMBPRINTS,
)
def signed(
    context: typer.Context,
    keyid: Annotated[str, typer.Argument(help="Thumbprint")],
    first: Annotated[str, typer.Option(help="First day, in Ottawa, as YYYY-MM-DD")],
    last: Annotated[str, typer.Option(help="Last day, included")],
    unit: Unit = None,
    officer: Officer = None,
    as_json: Annotated[bool, typer.Option("--json", help="Answer as JSON")] = False,
) -> None:
    """Which requests a key signed in some days, for when it was lost or stolen. Looking is itself an entry."""
    used = call(context, "key.signed", said(unit, officer), keyid=keyid, first=first, last=last)
    if as_json:
        typer.echo(json_text(used))
        return
    found = table("entry", "time (UTC)", "outcome", "record type", "elements", "records")
    for row in used["signed"]:
        elements = str(len(row["disclosed"]))
        found.add_row(
            *(str(row["entry_index"]), row["time"], row["kind"], row["record_type"] or "", elements),
            str(row["records"]),
        )
    console().print(found)
    typer.echo(f"{len(used['signed'])} signed by this key, {used['others']} by another key of {used['unit']}")
    if used["unknown"]:
        entries = ", ".join(str(row["entry_index"]) for row in used["unknown"])
        typer.echo(
            f"of {len(used['unknown'])} nobody can tell (from before keys were kept, or erased): entries {entries}"
        )
    if used["left_off"]:
        typer.echo("there are more requests in these days than were read; look at shorter periods")
    typer.echo(f"that you looked is on record as entry {used['entry_index']}")


@app.command("list", epilog="Example: `gateway --env gateway.env keys list`")
def list_keys(context: typer.Context) -> None:
    """Every registered key with its unit and status."""
    found = table("thumbprint", "unit", "algorithm", "status", "valid from (UTC)", "until (UTC)")
    for key in call(context, "key.list"):
        start, end = (_shown_time(key[name]) for name in ("valid_from", "valid_until"))
        found.add_row(key["keyid"], key["unit"], key["algorithm"], _shown_status(key), start, end)
    console().print(found)


def _shown_time(seconds: int | None) -> str:
    return "" if seconds is None else datetime.fromtimestamp(seconds, UTC).isoformat(timespec="seconds")


def _shown_status(key: Mapping[str, Any]) -> str:
    return str(key["status"]) if key["on_record"] else f"{key['status']}, not on record"


def _say(changed: Mapping[str, Any]) -> None:
    typer.echo(f"{changed['keyid']}: on record as entry {changed['entry_index']}")
