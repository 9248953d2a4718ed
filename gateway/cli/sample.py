"""`gateway sample`: write an invented world, for demonstrations, tests and benchmarks."""

from pathlib import Path
from typing import Annotated

import typer

from gateway.cli.screen import progress
from gateway.domain.errors import ConfigurationError
from gateway.sandbox.marginals import FEWEST_WORKERS

_EXAMPLES = """Examples:

`gateway sample --out var/world`

`gateway sample --out var/world --workers 100000 --seed 7`

`gateway source load lmia-list var/world/open_lmia_2026q3.csv --database sqlite:///lists.db`
"""

app = typer.Typer(add_completion=False, rich_markup_mode="markdown")


@app.command("sample", epilog=_EXAMPLES)
def sample(
    out: Annotated[Path, typer.Option(help="Folder to write to; a world already there is replaced")],
    workers: Annotated[
        int, typer.Option(min=FEWEST_WORKERS, max=2_000_000, help="Workers; everything else grows with them")
    ] = 1000,
    seed: Annotated[int, typer.Option(help="The same seed and size give the same bytes")] = 1,
    folder: Annotated[
        Path | None, typer.Option("--agreements", help="Folder of agreements; default: those shipped")
    ] = None,
) -> None:
    """Write an invented world: a database with every record type, its sources.yaml, an open-LMIA list in the published
    format, the landmarks of the demonstration and the canaries that must never leave."""
    from gateway.adapters.rulebook import load as agreements
    from gateway.sandbox.world import build_world

    catalogue = agreements.load(folder).catalogue
    with progress("Inventing people", "workers", total=workers) as told:
        try:
            made = build_world(out, catalogue, workers=workers, seed=seed, progress=told)
        except OSError as error:
            raise ConfigurationError(f"cannot write to {out}: {error.strerror}") from None
    for record_type, count in sorted(made.counts.items()):
        typer.echo(f"{count:>10,} {record_type}")
    typer.echo(f"In {out}: world.db, sources.yaml, {made.open_lmia_list.name}, landmarks.json, canaries.json")


def add_to(parent: typer.Typer) -> None:
    """Registers the command with `gateway`."""
    parent.command("sample", epilog=_EXAMPLES)(sample)
