"""Command lines in documentation, and whether the command they name would understand them.

Looks at lines of fenced blocks and at code spans that begin with `gateway`, `make` or `python -m audit`. Runs nothing.
"""

import contextlib
import io
import re
import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import typer.main

from audit.__main__ import _parser
from gateway.cli.main import app

REPOSITORY = Path(__file__).resolve().parent.parent.parent
_FENCE = re.compile(r"^```[a-z]*\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_SPAN = re.compile(r"`((?:gateway|make|python -m audit) [^`]+)`")
_STARTS = re.compile(r"(?:^|[|;&]\s*)((?:gateway|make|python -m audit)\s.*)")
_ENDS = re.compile(r"\s(?:[<>|]|&&|#)|\s{2,}|$")


def pages() -> list[Path]:
    return [REPOSITORY / "README.md", *sorted((REPOSITORY / "docs").rglob("*.md"))]


def whole_lines(text: str) -> Iterator[str]:
    """Command lines of fenced blocks, continued lines joined."""
    for block in _FENCE.findall(text):
        for line in block.replace("\\\n", " ").splitlines():
            if found := _STARTS.search(re.sub(r" {2,}(?=--|$)", " ", line)):
                yield found[1][: end.start() if (end := _ENDS.search(found[1])) else None]


def spans(text: str) -> Iterator[str]:
    """Commands named in running text; they may leave out what is required."""
    for found in _SPAN.findall(_FENCE.sub("", text)):
        yield found[: end.start() if (end := _ENDS.search(found)) else None]


def examples_in_help(command: Any = None) -> Iterator[str]:
    """Command lines in the epilogs of `gateway COMMAND --help`."""
    command = typer.main.get_command(app) if command is None else command
    text = " ".join((command.epilog or "").split())
    plain = re.findall(r"(?:^|·|Examples?:)\s*(gateway [^·`]+)", text)
    for found in [*_SPAN.findall(text), *plain]:
        yield found[: end.start() if (end := _ENDS.search(found)) else None]
    for child in getattr(command, "commands", {}).values():
        yield from examples_in_help(child)


def fault(line: str, *, whole: bool) -> str | None:
    """What the command would not understand, or None. `whole`: what is required must be there too."""
    words = shlex.split(line)
    if words[0] == "make":
        return _make_fault(words[1:])
    if words[0] == "python":
        return _audit_fault(words[3:]) if whole else None
    return _gateway_fault(typer.main.get_command(app), words[1:], whole)


def _make_fault(words: list[str]) -> str | None:
    makefile = (REPOSITORY / "Makefile").read_text("utf-8")
    for word in words:
        name, assigned, _ = word.partition("=")
        known = rf"\$\({name}\)" if assigned else rf"^{name}:"
        if not re.search(known, makefile, re.MULTILINE):
            return f"make knows no {name}"
    return None


def _audit_fault(words: list[str]) -> str | None:
    said = io.StringIO()
    with contextlib.redirect_stderr(said):
        try:
            _parser().parse_args(words)
        except SystemExit as left:
            return said.getvalue() if left.code else None
    return None


def _gateway_fault(command: Any, words: list[str], whole: bool) -> str | None:
    options = {name: option for option in command.params for name in (*option.opts, *option.secondary_opts)}
    given: set[str] = set()
    arguments = 0
    while words:
        word = words.pop(0)
        if word.startswith("-"):
            name, _, value = word.partition("=")
            if name != "--help" and name not in options:
                return f"{command.name} has no option {name}"
            if name != "--help" and not (value or options[name].is_flag or getattr(options[name], "count", False)):
                if not words and whole:
                    return f"{name} has no value"
                words = words[1:]
            given.add(options[name].name if name in options else "help")
        elif hasattr(command, "commands"):
            child = command.commands.get(word)
            if child is None:
                return None if word.isupper() else f"{command.name} has no command {word}"
            return _gateway_fault(child, words, whole)
        else:
            arguments += 1
    places = [parameter for parameter in command.params if parameter.param_type_name == "argument"]
    if arguments > len(places) and all(place.nargs == 1 for place in places):
        return f"{command.name} takes {len(places)} arguments"
    if whole and "help" not in given:
        needed = [option.name for option in options.values() if option.required and option.name not in given]
        needed += [place.name for place in places[arguments:] if place.required]
        needed = [name for name in needed if name not in {place.name for place in places[:arguments]}]
        return f"{command.name} needs {', '.join(dict.fromkeys(needed))}" if needed else None
    return None
