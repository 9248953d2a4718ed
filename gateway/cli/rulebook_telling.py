"""What a command on a draft or an agreement says when it is done: what became of it, and what to do next.

Does not: word anything (`gateway.service.words.rulebook`).
"""

from collections.abc import Mapping
from typing import Annotated, Any

import typer

from gateway.cli.screen import json_text, wrapped
from gateway.service.words.rulebook import short
from gateway.service.words.sentences import Lang

AsJson = Annotated[bool, typer.Option("--json", help="Answer as JSON")]


def told(made: Mapping[str, Any], sentence: str, lang: Lang, *, as_json: bool) -> None:
    """Print it, or the JSON of it."""
    if as_json:
        typer.echo(json_text(made))
        return
    values = {
        "draft": made.get("draft", ""),
        "agreement": made.get("agreement", ""),
        "digest": short(str(made.get("digest", ""))),
        "files": ", ".join(made.get("files", ())),
        "entry": made.get("entry_index"),
        "at": made.get("publish_at"),
    }
    for line in sentence.format(**values).splitlines():
        typer.echo(line if line.startswith("  ") else wrapped(line, lang))
