"""A deployment's folder: its secrets, each in a file only its owner reads, and its settings.

`create` makes a new one; `read_settings` reads the file of settings it wrote; the other functions read the secrets
that settings name. Errors name the file and what to do, never what it holds.
"""

import os
import stat
from collections.abc import Iterable
from pathlib import Path
from urllib.parse import urlsplit

from audit.encoding import from_base64url, to_base64url
from audit.errors import AuditError
from audit.note_key import SignerKey
from gateway.deployment.settings import Settings
from gateway.domain.errors import ConfigurationError
from gateway.httpsig.errors import SignatureError
from gateway.httpsig.keys import SigningKey
from gateway.httpsig.message import normal_origin
from gateway.httpsig.pem import read_private_pem, write_private_pem

SETTINGS_FILE = "gateway.env"
SECRET_BYTES = 32


def create(
    folder: Path,
    *,
    origin: str,
    sources_file: Path | None = None,
    database_url: str | None = None,
    sandbox: bool = False,
    log_origin: str | None = None,
    requests_per_minute: int = 6000,
) -> Settings:
    """Make fresh keys and a file of settings in `folder`.

    `log_origin` names the log in its checkpoints; it is part of the log's key. Default: the origin's host and `/log`.
    Raises ConfigurationError where the folder already holds a deployment, whose keys are never replaced, or the origin
    is none, or the folder is open to others.
    """
    folder = folder.resolve()
    settings_file = folder / SETTINGS_FILE
    if settings_file.exists():
        raise ConfigurationError(
            f"{settings_file} exists; a deployment's keys are not made twice. Choose another folder"
        )
    try:
        origin = normal_origin(origin)
        log_key = SignerKey.generate(log_origin or f"{urlsplit(origin).netloc}/log")
    except (ValueError, AuditError):
        raise ConfigurationError(
            "the origin is not of the form https://host[:port], or the log's name no name"
        ) from None
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    if stat.S_IMODE(folder.stat().st_mode) & 0o077:
        raise ConfigurationError(
            f"{folder} is open to others than its owner, and keys would stand in it; run `chmod 700` on it first"
        )
    settings = Settings(
        origin=origin,
        database_url=database_url or f"sqlite:///{folder / 'log.db'}",
        sources_file=sources_file or folder / "sources.yaml",
        response_key=folder / "response-key.pem",
        log_key=folder / "log.skey",
        key_encryption_key=folder / "key-encryption.key",
        search_key=folder / "search.key",
        pseudonym_key=folder / "pseudonym.key",
        checkpoint_file=folder / "log-checkpoint.note",
        staff_socket=folder / "staff.sock",
        sandbox=sandbox,
        requests_per_minute=requests_per_minute,
    )
    write_secret(settings.response_key, write_private_pem(SigningKey.generate()))
    write_secret(settings.log_key, f"{log_key.to_secret()}\n".encode())
    write_secret(folder / "log.vkey", f"{log_key.verifier}\n".encode())
    for secret in (settings.key_encryption_key, settings.search_key, settings.pseudonym_key):
        write_secret(secret, to_base64url(os.urandom(SECRET_BYTES)).encode() + b"\n")
    lines = (f"{name}={value}" for name, value in settings.to_environment().items())
    write_secret(settings_file, ("\n".join(lines) + "\n").encode())
    return settings


def read_settings(file: Path) -> Settings:
    """Settings of a file of `NAME=value` lines (`#` begins a comment); the environment wins over the file.

    Raises ConfigurationError with the line number of what cannot be read.
    """
    return Settings.from_environment({**assignments(file), **os.environ})


def assignments(file: Path) -> dict[str, str]:
    """The lines of a file of settings, not held against anything yet. Raises ConfigurationError."""
    try:
        text = file.read_text("utf-8")
    except (OSError, UnicodeDecodeError):
        raise ConfigurationError(f"{file} cannot be read; `gateway init` makes one") from None
    return dict(_assignments(file, text.splitlines()))


def _assignments(file: Path, lines: Iterable[str]) -> Iterable[tuple[str, str]]:
    for number, line in enumerate(lines, 1):
        stripped = line.strip()
        if not stripped or stripped.startswith("#"):
            continue
        name, separator, value = stripped.partition("=")
        if not separator:
            raise ConfigurationError(f"{file}:{number}: not of the form NAME=value")
        yield name.strip(), value.strip()


def read_secret(file: Path) -> bytes:
    """32 bytes in base64url without padding. Raises ConfigurationError."""
    try:
        secret = from_base64url(file.read_text("ascii").strip())
    except (OSError, ValueError):
        raise ConfigurationError(f"{file} cannot be read as a secret in base64url") from None
    if len(secret) != SECRET_BYTES:
        raise ConfigurationError(f"{file} does not hold {SECRET_BYTES} bytes")
    return secret


def read_signing_key(file: Path) -> SigningKey:
    """A P-256 or Ed25519 key in PEM. Raises ConfigurationError."""
    try:
        return read_private_pem(file.read_bytes())
    except (OSError, SignatureError):
        raise ConfigurationError(f"{file} cannot be read as a P-256 or Ed25519 private key in PEM") from None


def read_log_key(file: Path) -> SignerKey:
    """The Ed25519 key that signs checkpoints, as a C2SP signed-note signer key. Raises ConfigurationError."""
    try:
        return SignerKey.parse(file.read_text("ascii").strip())
    except (OSError, UnicodeDecodeError, AuditError):
        raise ConfigurationError(
            f"{file} cannot be read as a signed-note signer key; `gateway init` makes one"
        ) from None


def write_secret(file: Path, content: bytes) -> None:
    """Write a new file that only its owner reads. Raises ConfigurationError where it exists."""
    try:
        descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        raise ConfigurationError(f"{file} exists; it is not overwritten") from None
    with os.fdopen(descriptor, "wb") as out:
        out.write(content)
