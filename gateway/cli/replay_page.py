"""Recomputes a decision through the staff's desk, and shows what came of it.

Does not: name options (`gateway.cli.decision`).
"""

from collections.abc import Mapping
from typing import Any

import typer

from gateway.cli.acting import Stated
from gateway.cli.screen import json_text
from gateway.cli.staff import call


def replay_entry(context: typer.Context, entry: int, by: Stated, *, as_json: bool) -> None:
    """Exit code 1 where the decision is not equal."""
    report = call(context, "log.replay", by, entry=entry)
    if as_json:
        typer.echo(json_text(report))
    else:
        for line in _in_words(report):
            typer.echo(line)
    if not report["equal"]:
        raise typer.Exit(1)


def _in_words(report: Mapping[str, Any]) -> list[str]:
    tree = report["signed_tree"]
    return [
        f"entry {report['entry_index']}: {'equal' if report['equal'] else 'DIFFERENT'}",
        f"  policy revision {report['policy_revision']}",
        f"  agreement {report['agreement'] or 'none'}",
        f"  entry {'under the signed tree of ' + str(tree['size']) if tree else 'not signed yet'}; this replay is on "
        f"record as entry {report['on_record']}",
        *(f"  {one['member']}: recorded {one['recorded']}; now {one['recomputed']}" for one in report["differences"]),
    ]
