"""The file of thresholds of a deployment: a YAML mapping of names to numbers, those that differ from the defaults.

    volume_least: 200
    office_begins: 6

Invariant: what is no threshold, or out of its range, is refused with its name when the gateway starts. Does not: know
what a threshold is for (`gateway.service.flags.thresholds`).
"""

from dataclasses import fields
from pathlib import Path

import yaml

from gateway.domain.errors import ConfigurationError
from gateway.service.flags.thresholds import Thresholds


def read_thresholds(file: Path | None) -> Thresholds:
    """The defaults where there is no file. Raises ConfigurationError."""
    if file is None:
        return Thresholds()
    try:
        found = yaml.safe_load(file.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError):
        raise ConfigurationError(f"the file of flag thresholds cannot be read: {file}") from None
    known = {one.name: one.type for one in fields(Thresholds)}
    if not isinstance(found, dict):
        raise ConfigurationError(f"the file of flag thresholds holds no mapping of names to numbers: {file}")
    for name, value in found.items():
        if name not in known:
            raise ConfigurationError(
                "the file of flag thresholds names something that is no threshold; see docs/flags.md"
            )
        whole = isinstance(value, int) and not isinstance(value, bool)
        if not whole and not (isinstance(value, float) and known[name] in (float, "float")):
            raise ConfigurationError(f"the file of flag thresholds: {name} is not a number of its kind")
    try:
        return Thresholds(**found)
    except ValueError as error:
        raise ConfigurationError(f"the file of flag thresholds: {error}") from None
