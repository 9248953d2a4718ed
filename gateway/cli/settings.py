"""Where a command gets its settings: the file given with --env, or the environment."""

import os
from pathlib import Path

import typer

from gateway.deployment.settings import PREFIX, Settings


def settings_of(context: typer.Context) -> Settings:
    """Raises ConfigurationError, naming everything that is missing."""
    file: Path | None = context.find_root().obj
    if file is None:
        return Settings.from_environment()
    from gateway.deployment.folder import read_settings

    return read_settings(file)


def setting_of(context: typer.Context, name: str) -> str | None:
    """One setting alone, None where it is not set; no other setting is needed or held against anything.

    Raises ConfigurationError where the file given with --env cannot be read."""
    told = os.environ.get(f"{PREFIX}{name}", "").strip()
    file: Path | None = context.find_root().obj
    if not told and file is not None:
        from gateway.deployment.folder import assignments

        told = assignments(file).get(f"{PREFIX}{name}", "")
    return told or None
