"""Where signed checkpoints are remembered: a table, and a file outside the database.

Invariant: a note is durable before it is used. The file is what tells a restored backup from the real log, because a
backup brings its own table back with it; keep it on another disk. Does not: verify notes; the signer does.
"""

import os
from pathlib import Path

from sqlalchemy import Engine, text
from sqlalchemy.exc import SQLAlchemyError

from gateway.domain.errors import LogUnavailableError

_LAST = text("SELECT note FROM checkpoint ORDER BY size DESC LIMIT 1")
_AT_LEAST = text("SELECT note FROM checkpoint WHERE size >= :size ORDER BY size LIMIT 1")
_REMEMBER = text(
    "INSERT INTO checkpoint (size, signed_at, note) VALUES (:size, :signed_at, :note) ON CONFLICT (size) DO NOTHING"
)


class CheckpointTable:
    """The table `checkpoint`."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def last(self) -> str | None:
        """The note of the largest tree. Raises LogUnavailableError."""
        try:
            with self._engine.connect() as connection:
                note: str | None = connection.execute(_LAST).scalar_one_or_none()
                return note
        except SQLAlchemyError as error:
            raise _unavailable(error) from None

    def at_least(self, size: int) -> str | None:
        """The note of the smallest signed tree of at least `size` entries. Raises LogUnavailableError."""
        try:
            with self._engine.connect() as connection:
                note: str | None = connection.execute(_AT_LEAST, {"size": size}).scalar_one_or_none()
                return note
        except SQLAlchemyError as error:
            raise _unavailable(error) from None

    def remember(self, size: int, note: str, signed_at: int) -> None:
        """Insert a note. Raises LogUnavailableError."""
        try:
            with self._engine.begin() as connection:
                connection.execute(_REMEMBER, {"size": size, "signed_at": signed_at, "note": note})
        except SQLAlchemyError as error:
            raise _unavailable(error) from None


class CheckpointFile:
    """One file with the last note, replaced as a whole."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def last(self) -> str | None:
        """The note in the file, or None when there is none. Raises LogUnavailableError."""
        try:
            return self._path.read_text(encoding="utf-8")
        except FileNotFoundError:
            return None
        except (OSError, UnicodeDecodeError):
            raise LogUnavailableError("the checkpoint file cannot be read") from None

    def remember(self, size: int, note: str, signed_at: int) -> None:
        """Replace the file. Raises LogUnavailableError."""
        try:
            write_whole(self._path, note.encode())
        except OSError:
            raise LogUnavailableError("the checkpoint file cannot be written") from None


def write_whole(path: Path, data: bytes) -> None:
    """Write a file so that after a crash it has either its old or its new content. Raises OSError."""
    draft = path.with_name(f".{path.name}.{os.getpid()}.new")
    with draft.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)


def _unavailable(error: SQLAlchemyError) -> LogUnavailableError:
    return LogUnavailableError(f"checkpoints cannot be kept or read ({type(error).__name__})")
