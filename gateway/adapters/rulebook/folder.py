"""A folder of agreements wherever it is kept: on disk, or by digest in the database.

Invariant: a path is relative, in POSIX form, of one of the kinds there are (`adapters.rulebook.files`), so that no text
of a draft can name a file elsewhere. Does not: read what the files say.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Final, Protocol

LIVING: Final = ("parties.yaml", "purposes.yaml", "identifier_schemes.yaml", "catalogue/*.yaml", "isa/*.yaml")
"""What lives in the database once it was imported; the register of law and what belongs to it come with the product,
because the rules are written for them."""
EXTRA: Final = "extra/"
"""Before the path of a file of the second folder."""


class Folder(Protocol):
    @property
    def name(self) -> str: ...

    def is_there(self) -> bool: ...

    def matching(self, pattern: str) -> list[str]:
        """The paths of this pattern, sorted."""

    def read(self, path: str) -> bytes:
        """Raises OSError."""


@dataclass(frozen=True, slots=True)
class DiskFolder:
    root: Path

    @property
    def name(self) -> str:
        return self.root.name

    def is_there(self) -> bool:
        return self.root.is_dir()

    def matching(self, pattern: str) -> list[str]:
        return [path.relative_to(self.root).as_posix() for path in sorted(self.root.glob(pattern))]

    def read(self, path: str) -> bytes:
        return (self.root / path).read_bytes()


@dataclass(frozen=True, slots=True)
class KeptFolder:
    """Living files from memory, the others from the folder `law` where there is one."""

    files: Mapping[str, bytes]
    law: DiskFolder | None = None
    name: str = "rulebook"

    def is_there(self) -> bool:
        return bool(self.files) or (self.law is not None and self.law.is_there())

    def matching(self, pattern: str) -> list[str]:
        if pattern not in LIVING:
            return self.law.matching(pattern) if self.law is not None else []
        return sorted(path for path in self.files if of_kind(path, pattern))

    def read(self, path: str) -> bytes:
        if is_living(path):
            return self.files[path]
        if self.law is None:
            raise FileNotFoundError
        return self.law.read(path)


def of_kind(path: str, pattern: str) -> bool:
    """Whether a path is of a pattern; an asterisk stands for no slash."""
    return path.count("/") == pattern.count("/") and fnmatchcase(path, pattern)


def is_living(path: str) -> bool:
    """Whether a file at this path (without `extra/`) lives in the database."""
    return any(of_kind(path, pattern) for pattern in LIVING)


def living_files(folders: "list[DiskFolder]") -> dict[str, bytes]:
    """Every living file of a deployment's folders by its path in the rulebook. Raises OSError."""
    found: dict[str, bytes] = {}
    for folder, before in zip(folders, ("", EXTRA), strict=False):
        for pattern in LIVING:
            found.update({before + path: folder.read(path) for path in folder.matching(pattern)})
    return found


def kept_folders(files: Mapping[str, bytes], law: "list[DiskFolder]") -> "list[Folder]":
    """The folders that these files make, with the law from disk."""
    main = {path: body for path, body in files.items() if not path.startswith(EXTRA)}
    extra = {path.removeprefix(EXTRA): body for path, body in files.items() if path.startswith(EXTRA)}
    folders: list[Folder] = [KeptFolder(main, law[0])]
    if extra or len(law) > 1:
        folders.append(KeptFolder(extra, law[1] if len(law) > 1 else None, "extra"))
    return folders
