"""Documents of the rulebook as files: which path a file has there, and its text.

Does not: judge what a document says.
"""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from gateway.domain.errors import ConfigurationError

_FOLDERS: Final = ("catalogue", "isa")
_ALONE: Final = ("parties.yaml", "purposes.yaml", "identifier_schemes.yaml")


def documents_in(files: Sequence[Path]) -> dict[str, str | None]:
    """The text of each file by its path in the rulebook. Raises ConfigurationError."""
    return {_path(file): text_of(file) for file in files}


def documents_of(folder: Path) -> Iterator[tuple[str, str]]:
    """Path and text of every document of a folder laid out like `agreements/`. Raises ConfigurationError."""
    for extra in ("", "extra/"):
        for name in _ALONE:
            if (folder / extra / name).is_file():
                yield extra + name, text_of(folder / extra / name)
        for kind in _FOLDERS:
            for file in sorted((folder / extra / kind).glob("*.yaml")):
                yield f"{extra}{kind}/{file.name}", text_of(file)


def text_of(file: Path) -> str:
    """Raises ConfigurationError where it is not UTF-8."""
    try:
        return file.read_bytes().decode("utf-8")
    except UnicodeDecodeError:
        raise ConfigurationError(f"{file.name} is not UTF-8") from None


def _path(file: Path) -> str:
    """The path of a document in the rulebook, by the name of its file and folder."""
    if file.name in _ALONE:
        return file.name
    folder = file.resolve().parent.name
    if folder in _FOLDERS and file.suffix == ".yaml":
        return f"{folder}/{file.name}"
    raise ConfigurationError(
        f"{file.name}: its place shows what kind of document it is: put an agreement in a folder isa/, a record type "
        "in catalogue/, and name the others parties.yaml, purposes.yaml or identifier_schemes.yaml"
    )
