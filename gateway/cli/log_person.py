"""What `gateway log` does about one person: look up who received their data, and erase it.

Through the staff's desk, so beside a running gateway. Does not: name options (`gateway.cli.log`).
"""

from typing import Any

import typer

from gateway.cli.acting import Stated
from gateway.cli.identifier_input import identifier_read
from gateway.cli.screen import console, json_text, table
from gateway.cli.staff import call


def look_up(context: typer.Context, scheme: str, by: Stated, *, as_json: bool) -> None:
    subject = identifier_read(scheme)
    found = call(context, "person.look-up", by, **subject)
    if as_json:
        print(json_text(found))
        return
    shown = table("entry", "time (UTC)", "kind", "recipient", "purpose", "disclosed")
    for one in found:
        shown.add_row(
            str(one["entry_index"]),
            *(str(one[name] or "") for name in ("time", "kind", "recipient", "purpose")),
            ", ".join(one["disclosed"]),
        )
    console().print(shown)


def erase(context: typer.Context, scheme: str, by: Stated, *, authority: str, regime: str) -> None:
    subject = identifier_read(scheme)
    told = call(context, "person.erase", by, **subject, authority=authority, regime=regime)
    if told["outcome"] == "erased":
        print(f"erased: {told['parts']} private parts and the key; on record as entry {told['entry_index']}")
        return
    print(f"not erased: {_why(told, regime)}")
    raise typer.Exit(1)


def _why(told: dict[str, Any], regime: str) -> str:
    match told["outcome"]:
        case "held":
            return f"held ({', '.join(told['reasons'])}); lift the hold first (gateway hold)"
        case "too-recent":
            return f"last used {told['last_used'][:10]}, within the {regime} minimum retention"
        case _:
            return "the log keeps nothing under this identifier"
