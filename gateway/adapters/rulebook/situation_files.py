"""Situations as written: YAML files held against their schema (`agreements/schema/situation.json`).

Invariant: a file that says what it does not mean (unknown members, no expectation) is refused. Does not: judge one.
"""

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from gateway.adapters.json_schema import SchemaCheck
from gateway.adapters.packaged import packaged
from gateway.service.simulation.situation import Situation


@dataclass(frozen=True, slots=True)
class BrokenFile:
    """A file that is no situation, and the first thing that is wrong with it."""

    name: str
    fault: str


class _Text(yaml.SafeLoader):
    """Days and times stay text."""


_Text.yaml_implicit_resolvers = {
    letter: [pair for pair in pairs if pair[0] != "tag:yaml.org,2002:timestamp"]
    for letter, pairs in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def read(text: str) -> Any:
    """YAML without dates. Raises yaml.YAMLError."""
    return yaml.load(text, _Text)  # noqa: S506 - a SafeLoader


def faults(body: Any) -> list[str]:
    """What is wrong with a file, by place."""
    return [f"{'/'.join(map(str, error.absolute_path))}: {error.message}" for error in _schema().faults(body)]


def situations_in(folder: Path) -> tuple[list[Situation], list[BrokenFile]]:
    """Every file of the folder and those in it, by name."""
    found, broken = list[Situation](), list[BrokenFile]()
    for path in sorted(folder.rglob("*.yaml")):
        name = path.relative_to(folder).with_suffix("").as_posix()
        try:
            body = read(path.read_text("utf-8"))
        except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
            broken.append(BrokenFile(name, f"cannot be read ({type(error).__name__})"))
            continue
        wrong = faults(body)
        if wrong:
            broken.append(BrokenFile(name, wrong[0]))
        else:
            found.append(Situation(name, body))
    return found, broken


@cache
def _schema() -> SchemaCheck:
    return SchemaCheck(json.loads((packaged("agreements") / "schema" / "situation.json").read_text("utf-8")))
