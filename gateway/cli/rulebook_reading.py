"""Which rulebook a command reads: what a deployment has in force, by a staff call, or files.

Invariant: a command that reads files says so, because a deployment may have others in force. Does not: read documents
(`gateway.adapters.rulebook`).
"""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Final

import typer

from gateway.cli.settings import setting_of, settings_of
from gateway.cli.staff import call
from gateway.deployment.settings import Settings
from gateway.domain.errors import ConfigurationError
from gateway.staff.asking import StaffCallError

if TYPE_CHECKING:
    from gateway.adapters.rulebook.load import Rulebook

FolderOption = Annotated[
    Path | None, typer.Option("--dir", help="Folder of agreements; without it, what the deployment has", exists=True)
]
Extra = Annotated[
    list[Path] | None,
    typer.Option("--extra", help="Folder that adds record types, parties or agreements; may be repeated", exists=True),
]
_FILES_DECIDE: Final = frozenset({"no-rulebook", "rulebook-in-files"})
"""A deployment whose rulebook is its files, or that did not import them yet."""


def is_deployed(context: typer.Context) -> bool:
    """Whether the command reaches a deployment: by its staff socket, or by its settings."""
    return setting_of(context, "STAFF_SOCKET") is not None or deployment_of(context) is not None


def deployment_of(context: typer.Context) -> Settings | None:
    """The settings of a deployment, None where there are none."""
    try:
        return settings_of(context)
    except ConfigurationError:
        return None


def in_force(context: typer.Context, name: str, **arguments: Any) -> Any:
    """What a staff call says of the deployment's rulebook; None where there is no deployment, or its files decide."""
    if not is_deployed(context):
        return None
    try:
        return call(context, name, **arguments)
    except StaffCallError as error:
        if error.code in _FILES_DECIDE:
            return None
        raise


def of_files(
    context: typer.Context, directory: Path | None, extra: list[Path] | None
) -> tuple["Rulebook", dict[str, Any]]:
    """The rulebook of a folder, of the deployment's folder, or of the release; and which it was."""
    settings = deployment_of(context) if directory is None else None
    if settings is not None:
        directory = settings.agreements_dir
        extra = extra or ([settings.extra_agreements_dir] if settings.extra_agreements_dir else [])
    folders = [*([directory] if directory else []), *(extra or [])]
    read = {"of": "folder", "folder": ", ".join(map(str, folders))} if folders else {"of": "release"}
    return loaded(directory, extra), read


def loaded(directory: Path | None, extra: list[Path] | None) -> "Rulebook":
    """Exit status 1 with every gap where the files do not fit together."""
    from gateway.adapters.rulebook import load as agreements

    try:
        return agreements.load(directory, extra or [])
    except agreements.AgreementFilesError as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(1) from None
