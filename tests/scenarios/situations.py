"""Situations as written: the YAML files, held against their schema.

Invariant: a file that says what it does not mean (unknown members, no expectation, a near miss of nothing) is refused.
Does not: run anything.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from jsonschema import Draft202012Validator

HERE = Path(__file__).parent
FOLDER = HERE / "situations"
EXTRA_AGREEMENTS = HERE / "agreements"
MISSING = "(missing)"


@dataclass(frozen=True, slots=True)
class Situation:
    """One file. `name` is its path below `situations/` without the ending; `body` what it says."""

    name: str
    body: Mapping[str, Any] = field(repr=False)

    @property
    def when(self) -> datetime:
        """UTC."""
        return moment(self.body["when"])

    @property
    def ask(self) -> Mapping[str, Any]:
        asked: Mapping[str, Any] = self.body["ask"]
        return asked

    @property
    def theme(self) -> str:
        return self.name.split("/")[0]

    def about(self, member: str) -> list[Any]:
        found = self.body["about"].get(member, [])
        return found if isinstance(found, list) else [found]


def moment(text: str) -> datetime:
    """`2026-11-24` (noon) or `2026-11-24T23:59:59Z`, in UTC."""
    parsed = datetime.fromisoformat(text if "T" in text else f"{text}T12:00:00Z")
    return parsed.astimezone(UTC)


class _Text(yaml.SafeLoader):
    """Days and times stay text."""


_Text.yaml_implicit_resolvers = {
    letter: [pair for pair in pairs if pair[0] != "tag:yaml.org,2002:timestamp"]
    for letter, pairs in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def read(text: str) -> Any:
    """YAML without dates. Raises yaml.YAMLError."""
    return yaml.load(text, _Text)


@cache
def schema() -> Draft202012Validator:
    return Draft202012Validator(json.loads((HERE / "situation.schema.json").read_text("utf-8")))


def faults(body: Any) -> list[str]:
    """What is wrong with a file, by place."""
    return [f"{'/'.join(map(str, error.absolute_path))}: {error.message}" for error in schema().iter_errors(body)]


@cache
def all_situations() -> tuple[Situation, ...]:
    """By name. Files that do not hold against the schema are left to the test of the format."""
    found = (
        Situation(path.relative_to(FOLDER).with_suffix("").as_posix(), read(path.read_text("utf-8")))
        for path in paths()
    )
    return tuple(found)


def paths() -> list[Path]:
    return sorted(FOLDER.rglob("*.yaml"))


def facts(body: Any, *place: str) -> Iterator[tuple[tuple[str, ...], Any]]:
    """The facts of a situation: everything but its words and expectations, one by one; a list is one fact."""
    if isinstance(body, Mapping):
        for member, value in body.items():
            if place or member in {"when", "ask", "record", "before"}:
                yield from facts(value, *place, member)
    else:
        yield place, body


def differences(one: Situation, other: Situation) -> list[tuple[str, ...]]:
    """The facts in which two situations differ."""
    left, right = dict(facts(one.body)), dict(facts(other.body))
    return sorted(
        place for place in left.keys() | right.keys() if left.get(place, MISSING) != right.get(place, MISSING)
    )
