"""Commands as a person runs them: a process of its own, arguments, standard input, exit code and output."""

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from gateway.settings import PREFIX


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


def audit(*arguments: str | Path) -> Ran:
    """Run the offline verifier."""
    return gateway(*arguments, module="audit")
