"""Where a command gets its settings: the file given with --env, or the environment."""

from pathlib import Path

import typer

from gateway.deployment.settings import Settings


def settings_of(context: typer.Context) -> Settings:
    """Raises ConfigurationError, naming everything that is missing."""
    file: Path | None = context.find_root().obj
    if file is None:
        return Settings.from_environment()
    from gateway.deployment.folder import read_settings

    return read_settings(file)
