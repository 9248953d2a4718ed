"""The list of commands is made without importing them; what it says is what each command says of itself."""

import os
import subprocess
import sys

import pytest

from gateway.cli.lazy import Group, Single
from gateway.cli.main import COMMANDS

_HEAVY = ("sqlalchemy", "fastapi", "presidio_analyzer", "weasyprint", "gateway.bootstrap")


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.name)
def test_the_list_says_what_the_command_says(command: Single | Group) -> None:
    said = " ".join(command.load().help.split())
    assert said.startswith(command.help.removesuffix("."))


def test_the_list_of_commands_imports_none_of_them() -> None:
    probe = f"""
import sys
from gateway.cli.main import app
try:
    app(["--help"])
except SystemExit:
    pass
print([name for name in {_HEAVY!r} if name in sys.modules])
"""
    done = subprocess.run([sys.executable, "-c", probe], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[]"
    assert all(command.name in done.stdout for command in COMMANDS)


@pytest.mark.parametrize("words", [["--help"], ["agreements", "list"], ["agreements", "list", "--help"]])
def test_a_reader_that_stops_is_no_failure(words: list[str]) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    done = subprocess.run(
        [sys.executable, "-m", "gateway", *words], stdout=writing, stderr=subprocess.PIPE, text=True, check=False
    )
    os.close(writing)
    assert (done.returncode, done.stderr) == (0, "")
