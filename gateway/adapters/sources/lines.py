"""YAML with the line of every part, so that a complaint about a file names the line to look at.

Refuses duplicate keys (YAML keeps the last one silently) and anything but plain data.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

import yaml

Path: TypeAlias = tuple[str | int, ...]


class YamlLineError(Exception):
    """`line` counts from 1; `reason` quotes nothing but keys."""

    def __init__(self, line: int, reason: str) -> None:
        super().__init__(f"line {line}: {reason}")
        self.line = line
        self.reason = reason


@dataclass(frozen=True, slots=True)
class LinedDocument:
    """A document and the line on which each of its parts starts."""

    value: Any
    lines: Mapping[Path, int]

    def line(self, path: Sequence[str | int]) -> int:
        """The line of `path`, or of the nearest part around it."""
        whole = tuple(path)
        while whole not in self.lines and whole:
            whole = whole[:-1]
        return self.lines.get(whole, 1)


def parse(text: str) -> LinedDocument:
    """Raises YamlLineError."""
    try:
        root = yaml.compose(text, Loader=yaml.SafeLoader)
        lines: dict[Path, int] = {}
        if root is not None:
            _walk(root, (), lines)
        return LinedDocument(yaml.safe_load(text), lines)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        raise YamlLineError(mark.line + 1 if mark else 1, error.problem or "not YAML") from None
    except yaml.YAMLError:
        raise YamlLineError(1, "not YAML") from None


def _walk(node: yaml.Node, path: Path, lines: dict[Path, int]) -> None:
    lines.setdefault(path, node.start_mark.line + 1)
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            name = str(key.value)
            if (*path, name) in lines:
                raise YamlLineError(key.start_mark.line + 1, f"key {name!r} occurs twice")
            lines[(*path, name)] = key.start_mark.line + 1
            _walk(value, (*path, name), lines)
    elif isinstance(node, yaml.SequenceNode):
        for index, value in enumerate(node.value):
            _walk(value, (*path, index), lines)
