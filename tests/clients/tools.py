"""Tools of other languages that clients are built with; a test is left out, by name, where one is missing."""

import os
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from tests.conftest import REPOSITORY, leave_out

TOOLS: Final = REPOSITORY / ".tools"
"""What `.ci/run` installs beside the Python environment."""


def tool(name: str, part: str) -> str:
    """The command's path; without it the test is left out."""
    found = shutil.which(name, path=os.pathsep.join((str(TOOLS / "bin"), os.environ["PATH"])))
    if found is None:
        leave_out(f"{part} ({name})", "run .ci/run")
    return str(found)


def run(*command: str | Path, inside: Path, more: Mapping[str, str] | None = None, given: bytes = b"") -> bytes:
    """What the command printed; it must end well."""
    done = attempt(*command, inside=inside, more=more, given=given)
    assert done.returncode == 0, (done.stdout[-2000:] + done.stderr[-2000:]).decode("utf-8", "replace")
    return done.stdout


def attempt(
    *command: str | Path, inside: Path, more: Mapping[str, str] | None = None, given: bytes = b""
) -> subprocess.CompletedProcess[bytes]:
    """The command as it ended."""
    environment = {**os.environ, **(more or {})}
    return subprocess.run(command, cwd=inside, env=environment, input=given, capture_output=True, check=False)
