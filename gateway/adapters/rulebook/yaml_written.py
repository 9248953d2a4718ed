"""Plain JSON data written as YAML the way the files of the rulebook are: short things in one line, long ones in blocks.

Invariant: what is written is read back as exactly the same data (`gateway.adapters.rulebook.located`). Does not: know
what the data is about.
"""

import json
import re
from typing import Any, Final

WIDTH: Final = 118
_PLAIN: Final = re.compile(r"[A-Za-z][A-Za-z0-9_.+/-]*|[0-9]{4}-[0-9]{2}-[0-9]{2}")
_WORDS: Final = frozenset({"null", "true", "false", "yes", "no", "on", "off", "y", "n", "~"})


def flow(value: Any, *, quoted: bool = False) -> str:
    """In one line; `quoted` writes text in quotes even where it could do without."""
    match value:
        case None:
            return "null"
        case bool():
            return "true" if value else "false"
        case int():
            return str(value)
        case str():
            plain = _PLAIN.fullmatch(value) and value.lower() not in _WORDS
            return value if plain and not quoted else _text(value)
        case dict():
            return "{" + ", ".join(f"{flow(key)}: {_inner(one)}" for key, one in value.items()) + "}"
        case _:
            return "[" + ", ".join(_inner(one) for one in value) + "]"


def block(value: Any, indent: int) -> str:
    """Over as many lines as it takes, the first where the caller stands, the others behind `indent` spaces."""
    line = flow(value)
    if not isinstance(value, dict | list) or not value or len(line) + indent <= WIDTH:
        return line
    before = "\n" + " " * indent
    if isinstance(value, list):
        return before.join(f"- {block(one, indent + 2)}" for one in value)
    return before.join(_member(key, one, indent) for key, one in value.items())


def _member(key: str, value: Any, indent: int) -> str:
    line = f"{flow(key)}: {flow(value)}"
    if not isinstance(value, dict | list) or not value or len(line) + indent <= WIDTH:
        return line
    return f"{flow(key)}:\n{' ' * (indent + 2)}{block(value, indent + 2)}"


def _inner(value: Any) -> str:
    return flow(value)


def _text(value: str) -> str:
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\x7f").replace("\x85", "\\N").replace(
        "\u2028", "\\L").replace("\u2029", "\\P")  # fmt: skip
