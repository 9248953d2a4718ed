"""YAML files read so that every value knows its line.

Invariant: what is read is plain JSON data. Dates stay strings, `on`, `off`, `yes` and `no` stay words, floats, anchors,
aliases and tags are refused, and a key that comes twice is an error. Does not judge the content.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, ClassVar, Final, TypeAlias

import yaml

from gateway.adapters.rulebook.folder import Folder
from gateway.service.rulebook.finding import Finding

MAX_BYTES: Final = 2_000_000
MAX_DEPTH: Final = 24
_REMEMBERED: Final = 256
"""Files that are kept as they were read, by their bytes; what was read is never changed."""

Where: TypeAlias = tuple[str | int, ...]


@dataclass(frozen=True, slots=True, order=True)
class Gap:
    """What a file that is not of the rulebook says wrongly. `file` is relative to its folder, `line` counts from 1."""

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

    def finding(self, code: str, where: Where, **facts: str) -> Finding:
        return Finding(self.file, self.line(where), code, where, tuple(facts.items()))


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
    def __init__(self, node: yaml.Node, code: str) -> None:
        super().__init__(code)
        self.code = code
        self.line = node.start_mark.line + 1


class _Reading:
    """One walk over a file's nodes."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.lines: dict[Where, int] = {}
        self.findings: list[Finding] = []
        self._seen: set[int] = set()

    def value(self, node: yaml.Node, where: Where) -> Any:
        if len(where) > MAX_DEPTH:
            raise _RefusedError(node, "too-deep")
        if not isinstance(node, yaml.ScalarNode):
            if id(node) in self._seen:
                raise _RefusedError(node, "anchor")
            self._seen.add(id(node))
        self.lines.setdefault(where, node.start_mark.line + 1)
        if not node.tag.startswith("tag:yaml.org,2002:") or "/" in node.tag:
            raise _RefusedError(node, "tag")
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
                raise _RefusedError(key_node, "key-not-text")
            if key in members:
                line, facts = key_node.start_mark.line + 1, (("name", key[:60]),)
                self.findings.append(Finding(self.file, line, "key-twice", (*where, key), facts))
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
            raise _RefusedError(node, "tag")


def read(folder: Folder, file: str) -> tuple[Located | None, list[Finding]]:
    """Read one file. The first part is None where the file cannot be read at all; then the findings say why."""
    try:
        raw = folder.read(file)
    except OSError as error:
        return None, [Finding(file, 1, "file-unreadable", facts=(("reason", str(error.strerror)),))]
    located, findings = _located(file, raw)
    return located, [*findings]


def read_other(folder: Folder, file: str) -> tuple[Located | None, list[Gap]]:
    """The same of a file that is not of the rulebook: what is wrong with it is told in English."""
    located, findings = read(folder, file)
    return located, [Gap(one.file, one.line, one.message) for one in findings]


@lru_cache(maxsize=_REMEMBERED)
def _located(file: str, raw: bytes) -> tuple[Located | None, tuple[Finding, ...]]:
    """Reading takes most of what taking another rulebook takes, and of its files few are other ones."""
    try:
        if len(raw) > MAX_BYTES:
            return None, (Finding(file, 1, "file-too-large", facts=(("most", str(MAX_BYTES)),)),)
        node = yaml.compose(raw.decode("utf-8"), Loader=_Loader)
        if node is None:
            return None, (Finding(file, 1, "file-empty"),)
        reading = _Reading(file)
        value = reading.value(node, ())
    except UnicodeDecodeError:
        return None, (Finding(file, 1, "not-utf8"),)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        return None, (Finding(file, line, "not-yaml", facts=(("problem", str(error.problem)),)),)
    except (yaml.YAMLError, RecursionError) as error:
        return None, (Finding(file, 1, "not-yaml", facts=(("problem", type(error).__name__),)),)
    except _RefusedError as refused:
        return None, (Finding(file, refused.line, refused.code),)
    return Located(file, value, reading.lines), tuple(reading.findings)
