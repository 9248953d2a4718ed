"""Commands as a person runs them: a process of its own, arguments, standard input, exit code and output.

`here` runs the same command within the test's process, for what has to be there before a test begins: a process of its
own costs half a second, and most tests need several before they ask anything.
"""

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from typer.testing import CliRunner

from gateway.cli.main import app
from gateway.deployment.settings import PREFIX


@dataclass(frozen=True, slots=True)
class Ran:
    """What became of a command."""

    code: int
    out: str
    err: str


def gateway(*arguments: str | Path, stdin: str = "", module: str = "gateway", folder: Path | None = None) -> Ran:
    """Run `gateway ARGUMENTS...` with `stdin`, in `folder` (default: here); the settings come from --env alone."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith(PREFIX)}
    environment |= {"COLUMNS": "160", "NO_COLOR": "1", "PYTHONPATH": str(Path(__file__).resolve().parents[2])}
    done = subprocess.run(
        [sys.executable, "-m", module, *map(str, arguments)],
        input=stdin,
        capture_output=True,
        text=True,
        cwd=folder,
        env=environment,
        timeout=120,
        check=False,
    )
    return Ran(done.returncode, done.stdout, done.stderr)


def here(*arguments: str | Path) -> str:
    """Run `gateway ARGUMENTS...` within this process; its output. Raises where it does not end well."""
    assert not [name for name in os.environ if name.startswith(PREFIX)], "the settings come from --env alone"
    before = os.umask(0o077)
    try:
        done = CliRunner().invoke(app, list(map(str, arguments)), catch_exceptions=False)
    finally:
        os.umask(before)
    assert done.exit_code == 0, done.output
    return done.stdout


def audit(*arguments: str | Path) -> Ran:
    """Run the offline verifier."""
    return gateway(*arguments, module="audit")
