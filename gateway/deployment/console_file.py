"""The console's file of a deployment (`console.yaml`): brand, sign-in provider, who gets which role, times.

Invariants: what is not known or not of its kind is refused with its place, never its value; a role is given by a line
of this file and by nothing else. Secrets are files that it names. Does not: talk to the provider.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final, Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from gateway.domain.actor import Role
from gateway.domain.errors import ConfigurationError

Algorithm = Literal["ES256", "PS256", "RS256"]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Brand(_Strict):
    """What stands in the header. `federal`: the marks of the Government of Canada, which no other body wears."""

    federal: bool = False
    name_en: str = "Information sharing gateway"
    name_fr: str = "Passerelle d'échange de renseignements"


class Charge(_Strict):
    """Who has `value` in the claim `claim` acts for `unit`, in `roles`."""

    claim: str
    value: str
    unit: str
    roles: frozenset[Role]


class Provider(_Strict):
    """An OpenID Connect provider. `algorithms` may name RS256 only where the provider can do no better. `step_up_acr`
    is what a second sign-in asks for before an act that binds; without, the provider asks for the password again.
    `command_client_id` is a client without a secret by which commands sign in (device authorization grant); with it,
    nobody is believed who only says who they are."""

    issuer: str
    client_id: str
    client_secret_file: Path | None = None
    command_client_id: str | None = None
    algorithms: tuple[Algorithm, ...] = ("ES256", "PS256")
    officer_claim: str = "preferred_username"
    charges: tuple[Charge, ...] = Field(min_length=1)
    step_up_acr: str | None = None


class SessionTimes(_Strict):
    """Minutes."""

    idle: int = Field(default=30, ge=1, le=240)
    whole: int = Field(default=480, ge=5, le=1440)
    fresh: int = Field(default=15, ge=1, le=120)


class ConsoleFile(_Strict):
    """All of it; without a provider only a sandbox opens."""

    brand: Brand = Brand()
    sign_in: Provider | None = None
    minutes: SessionTimes = SessionTimes()


@dataclass(frozen=True, slots=True)
class LoadedConsole:
    """The file, and where it lies, from where its paths are read."""

    file: ConsoleFile = field(default_factory=ConsoleFile)
    folder: Path = Path()


_NOTHING: Final[Mapping[str, Any]] = {}


def read_console_file(path: Path | None) -> LoadedConsole:
    """What the file says; without one, what needs no saying. Raises ConfigurationError."""
    if path is None:
        return LoadedConsole()
    try:
        read = yaml.safe_load(path.read_text("utf-8"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise ConfigurationError(f"{path} cannot be read as YAML ({type(error).__name__})") from None
    try:
        return LoadedConsole(ConsoleFile.model_validate(read or _NOTHING), path.parent)
    except ValidationError as error:
        places = "; ".join(f"{'.'.join(str(step) for step in one['loc'])}: {one['type']}" for one in error.errors())
        raise ConfigurationError(f"{path} has members that do not fit: {places}") from None
