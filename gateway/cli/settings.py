"""Where a command gets its settings: the file given with --env, or the environment."""

from pathlib import Path

import typer

from gateway.deployment import read_settings
from gateway.settings import Settings


def settings_of(context: typer.Context) -> Settings:
    """Raises ConfigurationError, naming everything that is missing."""
    file: Path | None = context.find_root().obj
    return Settings.from_environment() if file is None else read_settings(file)
