"""The sign-in of a person at a machine, kept between their commands.

Invariant: the file is its owner's alone (0600, in a folder of theirs), written whole or not at all; a file that others
may read or that is a link is not used. It holds tokens: no message and no log ever holds what is in it.
"""

import hashlib
import json
import os
import stat
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

NEARLY_OVER_SECONDS: Final = 30
_FOLDER: Final = "isa-gateway"
_MOST_BYTES: Final = 65_536


@dataclass(frozen=True, slots=True)
class Tokens:
    """What a sign-in of a command gives; `refresh` is None where the provider gives none."""

    identity: str = field(repr=False)
    refresh: str | None = field(repr=False)


@dataclass(frozen=True, slots=True)
class KeptSignIn:
    """`until` is Unix seconds: when the token is over and has to be refreshed."""

    tokens: Tokens = field(repr=False)
    until: int

    def is_nearly_over(self, now: int) -> bool:
        """`now` is Unix seconds."""
        return self.until <= now + NEARLY_OVER_SECONDS


class SignInFile:
    """One for each provider and client, in the person's state folder (XDG_STATE_HOME)."""

    def __init__(self, issuer: str, client_id: str) -> None:
        home = os.environ.get("XDG_STATE_HOME") or str(Path.home() / ".local" / "state")
        name = hashlib.sha256(f"{issuer} {client_id}".encode()).hexdigest()[:16]
        self.path = Path(home) / _FOLDER / f"sign-in-{name}.json"

    def read(self) -> KeptSignIn | None:
        """None where nobody is signed in, or the file is not one to believe."""
        try:
            handle = os.open(self.path, os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC)
        except OSError:
            return None
        with open(handle, "rb") as file:
            found = os.fstat(handle)
            if found.st_uid != os.geteuid() or stat.S_IMODE(found.st_mode) & 0o077:
                return None
            text = file.read(_MOST_BYTES)
        try:
            said = json.loads(text)
            identity, refresh, until = said["identity"], said["refresh"], said["until"]
        except (ValueError, KeyError, TypeError):
            return None
        if not isinstance(identity, str) or not isinstance(refresh, str | None) or not isinstance(until, int):
            return None
        return KeptSignIn(Tokens(identity, refresh), until)

    def write(self, kept: KeptSignIn) -> None:
        """Raises OSError."""
        self.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        said = {"identity": kept.tokens.identity, "refresh": kept.tokens.refresh, "until": kept.until}
        new = self.path.with_suffix(f".{os.getpid()}")
        new.unlink(missing_ok=True)
        handle = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
        with open(handle, "w", encoding="utf-8") as file:
            json.dump(said, file)
        new.replace(self.path)

    def forget(self) -> None:
        """Raises OSError."""
        self.path.unlink(missing_ok=True)
