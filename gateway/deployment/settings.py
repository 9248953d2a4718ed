"""Settings of a deployment: one frozen object, read once from the environment, checked at start.

No secret has a default. Secrets are files, named by a setting, so that they are in no process list and no log.
`gateway init` makes a folder with all of them and a file of settings; docs/settings.md lists every one (tested).
"""

import os
from collections.abc import Mapping
from dataclasses import MISSING, dataclass, field, fields
from pathlib import Path
from typing import Any, Final

from gateway.domain.errors import ConfigurationError

PREFIX = "ISA_GATEWAY_"
FROM_DATABASE: Final = "database"
FROM_FILES: Final = "files"
"""Where the rulebook lives."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Every setting; the environment variable is `ISA_GATEWAY_` and the upper-case name."""

    origin: str = field(metadata={"help": "Origin partners sign for, for example https://gateway.example"})
    database_url: str = field(metadata={"help": "SQLAlchemy URL of the log: sqlite:///... or postgresql+psycopg://..."})
    sources_file: Path = field(metadata={"help": "sources.yaml: where the records are"})
    response_key: Path = field(metadata={"help": "PEM file of the key that signs answers (P-256 or Ed25519)"})
    log_key: Path = field(metadata={"help": "File with the signed-note signer key (Ed25519) that signs checkpoints"})
    key_encryption_key: Path = field(metadata={"help": "File with 32 bytes (base64url) that wrap the subject keys"})
    search_key: Path = field(metadata={"help": "File with 32 bytes (base64url) that key the search tokens"})
    pseudonym_key: Path = field(metadata={"help": "File with 32 bytes (base64url) that key the pseudonyms"})
    agreements_dir: Path | None = field(default=None, metadata={"help": "Folder of agreements; default: those shipped"})
    extra_agreements_dir: Path | None = field(
        default=None, metadata={"help": "Second folder whose record types, parties and agreements are added"}
    )
    rulebook: str = field(
        default=FROM_DATABASE,
        metadata={
            "help": "`database`: agreements, parties and catalogue are imported from the folders once, then changed by"
            " draft and approval; `files`: the folders are taken at every start"
        },
    )
    approval_by_both_parties: bool = field(
        default=False,
        metadata={"help": "true: an agreement is published only when an officer of every party approved it"},
    )
    checkpoint_file: Path | None = field(
        default=None,
        metadata={"help": "File outside the database that remembers the last checkpoint; tells a restored backup"},
    )
    staff_socket: Path | None = field(
        default=None,
        metadata={"help": "Unix socket by which staff commands reach the running gateway; needed beside SQLite"},
    )
    staff_officers: Path | None = field(
        default=None,
        metadata={
            "help": "File (YAML) that says which officer each user of this machine is; without it, staff commands state"
            " it themselves"
        },
    )
    staff_socket_group: str | None = field(
        default=None,
        metadata={
            "help": "Group (name or number) that may open the staff socket besides its owner; needs STAFF_OFFICERS"
        },
    )
    console_origin: str | None = field(
        default=None, metadata={"help": "How browsers name the staff console, for example https://console.example"}
    )
    console_file: Path | None = field(
        default=None,
        metadata={"help": "console.yaml: brand, sign-in provider, who gets which role, how long a session lasts"},
    )
    console_database_url: str | None = field(
        default=None,
        metadata={
            "help": "SQLAlchemy URL of the console's sessions; default: a file beside a SQLite log, else the log's"
            " database"
        },
    )
    console_user: str | None = field(
        default=None,
        metadata={
            "help": "User (name or number) that a console in a process of its own runs as: it says who signed in there;"
            " needs STAFF_OFFICERS"
        },
    )
    flags_file: Path | None = field(
        default=None,
        metadata={"help": "File (YAML) of thresholds that differ from the defaults, docs/flags.md; read at start"},
    )
    sample_size: int = field(
        default=10, metadata={"help": "Entries that are drawn for review, for each institution and month"}
    )
    policy_engine: str = field(
        default="embedded", metadata={"help": "`embedded`, or the URL of an OPA server such as http://127.0.0.1:8181"}
    )
    sandbox: bool = field(default=False, metadata={"help": "true: accept never-issued SINs; for tests and demos"})
    requests_per_minute: int = field(default=6000, metadata={"help": "Requests a party may send in a minute"})
    queue_size: int = field(default=1024, metadata={"help": "Requests that may wait for the log before 503"})
    refusal_step_ms: int = field(
        default=20,
        metadata={
            "help": "Milliseconds: an answer that must not tell whether a record exists leaves at a multiple of this"
            " after the request; more than the sources take"
        },
    )
    max_connections: int = field(
        default=8192,
        metadata={
            "help": "Connections at once, or as many as the system lets a process open; one more closes the one that"
            " has been sending its request for longest"
        },
    )
    request_seconds: int = field(
        default=10, metadata={"help": "Seconds for a request to arrive whole, and for its answer to be taken"}
    )
    idle_seconds: int = field(default=15, metadata={"help": "Seconds a connection may stay open between two requests"})
    log_level: str = field(default="INFO", metadata={"help": "DEBUG, INFO, WARNING or ERROR"})

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] | None = None) -> "Settings":
        """Read and check every setting.

        Raises:
            ConfigurationError: names every missing or malformed setting, never a value.
        """
        environment = os.environ if environment is None else environment
        values: dict[str, Any] = {}
        gaps: list[str] = []
        for item in fields(cls):
            name = PREFIX + item.name.upper()
            raw = environment.get(name, "").strip()
            if raw:
                try:
                    values[item.name] = _parse(str(item.type), raw)
                except ValueError:
                    gaps.append(f"{name} is not a value of its kind ({item.metadata['help']})")
            elif item.default is MISSING:
                gaps.append(f"{name} is not set ({item.metadata['help']})")
        known = {PREFIX + item.name.upper() for item in fields(cls)}
        strays = [name for name in sorted(environment) if name.startswith(PREFIX) and name not in known]
        gaps.extend(f"{name} is not a setting" for name in strays)
        if values.get("rulebook", FROM_DATABASE) not in (FROM_DATABASE, FROM_FILES):
            gaps.append(f"{PREFIX}RULEBOOK is neither `{FROM_DATABASE}` nor `{FROM_FILES}`")
        if gaps:
            raise ConfigurationError("the settings are not complete: " + "; ".join(gaps))
        return cls(**values)

    def to_environment(self) -> dict[str, str]:
        """The same settings as environment variables."""
        return {
            PREFIX + item.name.upper(): _text(getattr(self, item.name))
            for item in fields(self)
            if getattr(self, item.name) is not None
        }


def _parse(kind: str, raw: str) -> Any:
    if "bool" in kind:
        return {"true": True, "false": False}[raw.lower()] if raw.lower() in ("true", "false") else _refuse()
    if "int" in kind:
        number = int(raw)
        return number if number > 0 else _refuse()
    return Path(raw) if "Path" in kind else raw


def _refuse() -> Any:
    raise ValueError


def _text(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
