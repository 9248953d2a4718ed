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


def staff_socket_of(context: typer.Context) -> Path | None:
    """Where a running gateway listens for staff, None where no setting says so; no other setting is needed.

    Raises ConfigurationError where the file given with --env cannot be read."""
    name = f"{PREFIX}STAFF_SOCKET"
    told = os.environ.get(name, "").strip()
    file: Path | None = context.find_root().obj
    if not told and file is not None:
        from gateway.deployment.folder import assignments

        told = assignments(file).get(name, "")
    return Path(told) if told else None
