"""`gateway demo`: the story, told scene by scene (`gateway.cli.story_page`)."""

from pathlib import Path
from typing import Annotated

import typer


def add_to(app: typer.Typer) -> None:
    app.command("demo", epilog="Examples: `gateway demo` · `gateway demo --exit` · `gateway demo --lmia list.csv`")(
        demo
    )


def demo(
    stop: Annotated[bool, typer.Option("--exit", help="Stop after the story instead of serving on")] = False,
    lmia: Annotated[Path | None, typer.Option(help="A published open-LMIA list to load as well")] = None,
    workers: Annotated[int, typer.Option(help="Workers in the sample world", min=50)] = 1000,
    port: Annotated[int, typer.Option(help="Port to serve on; 0: any free one", min=0, max=65535)] = 0,
) -> None:
    """Play the main job: signed requests, decisions with their reasons, proofs. The last line is one JSON object."""
    from gateway.cli.story_page import tell_story

    tell_story(workers=workers, port=port, lmia=lmia, stop=stop)
