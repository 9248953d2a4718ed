"""YAML files read so that every value knows its line.

Invariant: what is read is plain JSON data. Dates stay strings, `on`, `off`, `yes` and `no` stay words, floats, anchors,
aliases and tags are refused, and a key that comes twice is a gap, not a silent overwrite. Does not judge the content.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, ClassVar, Final, TypeAlias

import yaml

from gateway.adapters.rulebook.folder import Folder

MAX_BYTES: Final = 2_000_000
MAX_DEPTH: Final = 24
_REMEMBERED: Final = 256
"""Files that are kept as they were read, by their bytes; what was read is never changed."""

Where: TypeAlias = tuple[str | int, ...]


@dataclass(frozen=True, slots=True, order=True)
class Gap:
    """Something a file lacks or says wrongly. `file` is relative to the folder loaded, `line` counts from 1."""

    file: str
    line: int
    message: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.message}"


@dataclass(frozen=True, slots=True)
class Located:
    """The content of one file, with the line of every value by its path in the content."""

    file: str
    value: Any
    lines: Mapping[Where, int] = field(default_factory=dict)

    def line(self, where: Where) -> int:
        """The line of the value at `where`, or of the nearest value around it."""
        while where and where not in self.lines:
            where = where[:-1]
        return self.lines.get(where, 1)

    def gap(self, where: Where, message: str) -> Gap:
        return Gap(self.file, self.line(where), message)


class _Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
    """Resolves null, true, false and integers; every other scalar is text."""

    yaml_implicit_resolvers: ClassVar[dict[str, list[tuple[str, re.Pattern[str]]]]] = {}


for _tag, _pattern, _first in (
    ("tag:yaml.org,2002:null", r"^(?:null|~|)$", ["n", "~", ""]),
    ("tag:yaml.org,2002:bool", r"^(?:true|false)$", ["t", "f"]),
    ("tag:yaml.org,2002:int", r"^-?(?:0|[1-9][0-9]{0,14})$", list("-0123456789")),
):
    _Loader.add_implicit_resolver(_tag, re.compile(_pattern), _first)


class _RefusedError(Exception):
    def __init__(self, node: yaml.Node, message: str) -> None:
        super().__init__(message)
        self.line = node.start_mark.line + 1


class _Reading:
    """One walk over a file's nodes."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.lines: dict[Where, int] = {}
        self.gaps: list[Gap] = []
        self._seen: set[int] = set()

    def value(self, node: yaml.Node, where: Where) -> Any:
        if len(where) > MAX_DEPTH:
            raise _RefusedError(node, "nested too deeply")
        if not isinstance(node, yaml.ScalarNode):
            if id(node) in self._seen:
                raise _RefusedError(node, "anchors and aliases are not allowed")
            self._seen.add(id(node))
        self.lines.setdefault(where, node.start_mark.line + 1)
        if not node.tag.startswith("tag:yaml.org,2002:") or "/" in node.tag:
            raise _RefusedError(node, "YAML tags are not allowed")
        if isinstance(node, yaml.MappingNode):
            return self._mapping(node, where)
        if isinstance(node, yaml.SequenceNode):
            return [self.value(item, (*where, index)) for index, item in enumerate(node.value)]
        return _scalar(node)

    def _mapping(self, node: yaml.MappingNode, where: Where) -> dict[str, Any]:
        members: dict[str, Any] = {}
        for key_node, value_node in node.value:
            key = _scalar(key_node) if isinstance(key_node, yaml.ScalarNode) else None
            if not isinstance(key, str):
                raise _RefusedError(key_node, "a key must be text")
            if key in members:
                self.gaps.append(Gap(self.file, key_node.start_mark.line + 1, f"'{key}' comes twice"))
            self.lines[(*where, key)] = key_node.start_mark.line + 1
            members[key] = self.value(value_node, (*where, key))
        return members


def _scalar(node: yaml.Node) -> str | int | bool | None:
    text: str = node.value
    match node.tag.rsplit(":", 1)[-1]:
        case "str":
            return text
        case "null":
            return None
        case "bool":
            return text == "true"
        case "int":
            return int(text)
        case _:
            raise _RefusedError(node, "YAML tags are not allowed")


def read(folder: Folder, file: str) -> tuple[Located | None, list[Gap]]:
    """Read one file. The first part is None where the file cannot be read at all; then the gaps say why."""
    try:
        raw = folder.read(file)
    except OSError as error:
        return None, [Gap(file, 1, f"cannot be read: {error.strerror}")]
    located, gaps = _located(file, raw)
    return located, [*gaps]


@lru_cache(maxsize=_REMEMBERED)
def _located(file: str, raw: bytes) -> tuple[Located | None, tuple[Gap, ...]]:
    """Reading takes most of what taking another rulebook takes, and of its files few are other ones."""
    try:
        if len(raw) > MAX_BYTES:
            return None, (Gap(file, 1, f"larger than {MAX_BYTES} bytes"),)
        node = yaml.compose(raw.decode("utf-8"), Loader=_Loader)
        if node is None:
            return None, (Gap(file, 1, "the file is empty"),)
        reading = _Reading(file)
        value = reading.value(node, ())
    except UnicodeDecodeError:
        return None, (Gap(file, 1, "is not UTF-8"),)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        return None, (Gap(file, line, f"is not YAML: {error.problem}"),)
    except (yaml.YAMLError, RecursionError):
        return None, (Gap(file, 1, "is not YAML"),)
    except _RefusedError as refused:
        return None, (Gap(file, refused.line, str(refused)),)
    return Located(file, value, reading.lines), tuple(reading.gaps)
