"""What a command imports before it answers: nothing that it does not use.

Counted, not timed, because counts are the same on every machine; only `--help` has a bound of CPU time, a generous one.
"""

import resource
import subprocess
import sys
from pathlib import Path

import pytest

from gateway.cli.lazy import Group, Single
from gateway.cli.main import COMMANDS
from tests.integration.commands import gateway
from tests.integration.operator import operate

# Whatever serves, reads lists, typesets or draws: nothing of it is for a command that opens the log.
_SERVING = frozenset({"fastapi", "starlette", "uvicorn", "prometheus_client", "presidio_analyzer", "spacy"})
_SOURCES = frozenset({"openpyxl", "numpy", "httpx"})
_LETTERS = frozenset({"weasyprint", "jinja2"})
_POLICY = frozenset({"opa_client", "aiohttp", "opapywasm", "wasmtime"})
_DECLARED = frozenset({"sqlmodel", "psycopg", "structlog", "jsonschema"})
NOT_FOR_STAFF = _SERVING | _SOURCES | _LETTERS | _POLICY | _DECLARED
NOT_FOR_THE_LOG = NOT_FOR_STAFF | {"yaml", "jsonschema_rs"}
NOT_FOR_HELP = NOT_FOR_THE_LOG | {"sqlalchemy", "cryptography"}

_PROBE = """
import atexit, sys
from gateway.cli.main import main
report = sys.argv.pop(1)
atexit.register(lambda: open(report, "w").write(" ".join({name.partition(".")[0] for name in sys.modules})))
main()
"""
_HELP_SECONDS = 1.0


def imported(folder: Path, *arguments: str | Path) -> frozenset[str]:
    """The libraries that a command had imported when it ended."""
    report = folder / "imported.txt"
    command = [sys.executable, "-c", _PROBE, str(report), *map(str, arguments)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return frozenset(report.read_text().split())


@pytest.fixture(scope="module")
def env(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The settings of a deployment whose log holds one entry, a proposed key."""
    folder = tmp_path_factory.mktemp("start")
    operated = operate(folder / "gateway", {"sandbox": "true"})
    file, _thumbprint = operated.key("partner")
    jwk = file.with_suffix(".jwk")
    assert operated.run("keys", "propose", "--unit", "ircc-work-permits", "--jwk", jwk, "--by", "alex").code == 0
    return operated.env


@pytest.mark.parametrize("command", ["log entry 0", "log verify", "log checkpoint"])
def test_a_command_that_opens_the_log_imports_nothing_else(env: Path, tmp_path: Path, command: str) -> None:
    found = imported(tmp_path, "--env", env, *command.split())
    assert found & NOT_FOR_THE_LOG == set()
    assert "sqlalchemy" in found


@pytest.mark.parametrize(
    "command", ["keys list", "obligation list", "referral list", "delegation list", "explain 0", "log reconcile"]
)
def test_a_command_of_the_staff_imports_no_policy_and_no_source(env: Path, tmp_path: Path, command: str) -> None:
    assert imported(tmp_path, "--env", env, *command.split()) & NOT_FOR_STAFF == set()


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.name)
def test_help_imports_no_library_that_the_command_works_with(tmp_path: Path, command: Single | Group) -> None:
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    assert imported(tmp_path, command.name, "--help") & NOT_FOR_HELP == set()
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    assert after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime < _HELP_SECONDS


def test_a_broken_sources_file_stops_no_command_that_reads_no_source(env: Path) -> None:
    assert not (env.parent / "sources.yaml").exists()
    assert gateway("--env", env, "obligation", "list").code == 0
