"""The invented passages and their marks. `{SIN:046 454 286}` is an identifier and the placeholder it becomes,
`{NAME:..}` a mention of somebody on the record's list, `{KEEP:..}` what must stay readable.
"""

import re
from dataclasses import dataclass, field
from pathlib import Path

import yaml

LANGUAGES = ("en", "fr", "es", "tl")
KEEP = "KEEP"
EARLIER, TUNED, HELD_OUT = "earlier", "tuned", "held_out"

_MARK = re.compile(r"\{([A-Z]+):([^}]*)\}")


@dataclass(frozen=True, slots=True)
class Mark:
    """A stretch of the text, in indexes of the text without marks."""

    kind: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Passage:
    id: str
    names: tuple[str, ...]
    text: str
    marks: tuple[Mark, ...] = field(repr=False)

    @property
    def language(self) -> str:
        return self.id[:2]

    @property
    def going(self) -> tuple[Mark, ...]:
        return tuple(mark for mark in self.marks if mark.kind != KEEP)

    @property
    def staying(self) -> tuple[Mark, ...]:
        return tuple(mark for mark in self.marks if mark.kind == KEEP)


def parse(identifier: str, names: list[str], marked: str) -> Passage:
    text, marks, position = "", [], 0
    for match in _MARK.finditer(marked):
        text += marked[position : match.start()]
        marks.append(Mark(match[1], len(text), len(text) + len(match[2])))
        text += match[2]
        position = match.end()
    return Passage(identifier, tuple(names), text + marked[position:], tuple(marks))


def read(name: str) -> list[Passage]:
    """The passages of one file of this folder: `earlier`, `tuned` or `held_out`."""
    raw = yaml.safe_load(Path(__file__).with_name(f"{name}.yaml").read_text(encoding="utf-8"))["passages"]
    return [parse(each["id"], each["names"], each["text"]) for each in raw]


def passages() -> list[Passage]:
    return [passage for name in (EARLIER, TUNED, HELD_OUT) for passage in read(name)]
