"""Fixtures shared by all tests: the parts of a real deployment, and plain words where one is missing.

A test that needs OPA, PostgreSQL or the shared data asks for the fixture of that name; one that needs another language
asks `tests.clients.tools`. Where the part is missing the test is left out and the closing report says so; with CI=true
leaving one out is a failure.
"""

import os
import pathlib
import shutil
from collections.abc import Iterator

import pytest
from hypothesis import settings

from tests.postgres import PostgresServer, find_postgres

# In CI the same examples every time, so that a change is judged by what it changed; elsewhere new ones in every run.
settings.register_profile("ci", derandomize=True)
settings.load_profile("ci" if os.environ.get("CI") == "true" else "default")

REPOSITORY = pathlib.Path(__file__).resolve().parent.parent


def leave_out(part: str, remedy: str) -> None:
    """The test ends here, for want of a part of the machine."""
    message = f"left out: {part} is not on this machine; {remedy}"
    if os.environ.get("CI") == "true":
        pytest.fail(message, pytrace=False)
    pytest.skip(message)


@pytest.fixture(scope="session")
def repository() -> pathlib.Path:
    return REPOSITORY


@pytest.fixture(scope="session")
def shared_data() -> pathlib.Path:
    """The real public lists and the vectors someone else wrote."""
    root = pathlib.Path(os.environ.get("ISA_SHARED", REPOSITORY.parent / "shared"))
    if not (root / "data" / "README.md").is_file():
        leave_out("shared data (../shared/data)", "set ISA_SHARED to the folder that holds data/")
    return root / "data"


@pytest.fixture(scope="session")
def opa_binary() -> str:
    found = shutil.which("opa") or shutil.which("opa", path=str(pathlib.Path.home() / "go" / "bin"))
    if found is None:
        leave_out("Open Policy Agent (opa)", "run .ci/run, or go install github.com/open-policy-agent/opa")
        raise AssertionError
    return found


@pytest.fixture(scope="session")
def postgres_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PostgresServer]:
    binaries = find_postgres()
    if binaries is None:
        leave_out("PostgreSQL (initdb, postgres)", "apt-get install postgresql")
        raise AssertionError
    server = PostgresServer(binaries)
    server.start()
    try:
        yield server
    finally:
        server.remove()


@pytest.fixture
def postgres_url(postgres_server: PostgresServer) -> str:
    """SQLAlchemy URL of a database made for this test."""
    return postgres_server.create_database()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What needs a server of its own is thorough too: `make quick` leaves it to `make test`."""
    for item in items:
        needs = set(getattr(item, "fixturenames", ()))
        if needs & {"postgres_server", "postgres_url"} or "postgres" in item.name:
            item.add_marker(pytest.mark.thorough)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    left_out = sorted({str(report.longrepr[2]) for report in terminalreporter.stats.get("skipped", [])})
    if left_out:
        terminalreporter.section("left out")
        for line in left_out:
            terminalreporter.line(line)
