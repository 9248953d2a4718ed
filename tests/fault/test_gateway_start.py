"""A deployment that does not fit together does not start: file and line, a reason, exit code 1, no traceback.

The command runs in this process, up to where it would begin to serve; two cases run it as a process of its own.
"""

import contextlib
import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from gateway.adapters.packaged import packaged
from gateway.bootstrap.log import read_log
from gateway.cli import main as command
from gateway.demo.play import free_port
from gateway.deployment.settings import Settings
from tests.live import Deployment, deploy


class Served(Exception):  # noqa: N818 - the command came as far as serving
    pass


@pytest.fixture(scope="module")
def ready(tmp_path_factory: pytest.TempPathFactory) -> Deployment:
    return deploy(tmp_path_factory.mktemp("start"), workers=50)


@pytest.fixture
def settings(ready: Deployment, tmp_path: Path) -> Settings:
    """The deployment copied, so that a test may break it."""
    shutil.copytree(ready.folder, tmp_path, dirs_exist_ok=True)
    environment = {
        name: value.replace(str(ready.folder), str(tmp_path)) for name, value in ready.settings.to_environment().items()
    }
    return Settings.from_environment(environment)


def refusal(environment: dict[str, str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> str:
    """What `gateway serve` says before it ends with exit code 1."""

    def serve(*_arguments: object, **_options: object) -> None:
        raise Served

    monkeypatch.setattr("uvicorn.run", serve)
    monkeypatch.setattr(sys, "argv", ["gateway", "serve"])
    for name in [name for name in os.environ if name.startswith("ISA_GATEWAY_")]:
        monkeypatch.delenv(name)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    with pytest.raises(SystemExit) as ended:
        command.main()
    assert ended.value.code == 1
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.startswith("gateway: ")
    assert "Traceback" not in said.err
    return said.err


def edit(file: Path, old: str, new: str) -> int:
    """Exchange the first `old` of a file for `new`; the line number it is on."""
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), "utf-8")
    return text[: text.index(old)].count("\n") + 1


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("effective: 2024-04-01", "effective: soon", "effective"),
        ("effective: 2024-04-01", "effective: 2030-04-01", "expires before it takes effect"),
        ("- id: lmia-refresh\n", "- id: lmia-refresh\n    authority: none\n", "authority"),
        ("discloser: {unit: esdc-pob", "discloser: {unit: esdc-moon", "esdc-moon"),
        ("- {name: system_file_number, form", "- {name: shoe_size, form", "shoe_size"),
        ("authorities: [DESDA-30, ", "authorities: [DESDA-999, ", "DESDA-999"),
        ("schedules:\n", "schedules: [\n", "YAML"),
    ],
)
def test_a_broken_agreement(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str],
    old: str, new: str, said: str,
) -> None:  # fmt: skip
    folder = tmp_path / "agreements"
    shutil.copytree(packaged("agreements"), folder)
    line = edit(folder / "isa" / "esdc-ircc-tfw.yaml", old, new)
    told = refusal(replace(settings, agreements_dir=folder).to_environment(), monkeypatch, capsys)
    places = [text for text in told.splitlines() if "esdc-ircc-tfw.yaml:" in text]
    assert any(abs(int(text.split("esdc-ircc-tfw.yaml:")[1].split(":")[0]) - line) <= 2 for text in places), told
    assert said.lower() in told.lower()


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("record_type: lmia\n", "record_type: shoe\n", "'shoe' is not in the catalogue"),
        ("table: lmia\n", "table: shoes\n", "table"),
        ("custodian: esdc-pob\n", "custodian: rcmp-federal-policing\n", "the catalogue says 'esdc-pob'"),
        ("kind: sql\n", "kind: carrier-pigeon\n", "kind"),
        ("sqlite:///world.db\n", "sqlite:///nowhere.db\n", "the SQLite file does not exist"),
        ("version: 1\n", "version: [1\n", "YAML"),
    ],
)
def test_broken_sources(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str],
    old: str, new: str, said: str,
) -> None:  # fmt: skip
    line = edit(settings.sources_file, old, new)
    told = refusal(settings.to_environment(), monkeypatch, capsys)
    first = told.removeprefix("gateway: ").splitlines()[0]
    assert first.startswith(("sources.yaml:", f"{settings.sources_file}:")), told
    assert abs(int(first.split("sources.yaml:")[1].split(":")[0]) - line) <= 5
    assert said in told


def test_no_sources_file(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    settings.sources_file.unlink()
    assert "sources.yaml" in refusal(settings.to_environment(), monkeypatch, capsys)


@pytest.mark.parametrize("name", ["response_key", "log_key", "key_encryption_key", "search_key", "pseudonym_key"])
@pytest.mark.parametrize("how", ["missing", "rubbish"])
def test_a_key_file_that_is_missing_or_rubbish(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], name: str, how: str
) -> None:
    file: Path = getattr(settings, name)
    file.unlink()
    if how == "rubbish":
        file.write_text("not-a-key-but-secret", "utf-8")
    told = refusal(settings.to_environment(), monkeypatch, capsys)
    assert told.startswith((f"gateway: {file} cannot be read as", f"gateway: {file} does not hold 32 bytes"))
    assert "not-a-key-but-secret" not in told


def test_settings_that_are_missing_malformed_or_strange(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    environment = settings.to_environment()
    del environment["ISA_GATEWAY_ORIGIN"]
    environment["ISA_GATEWAY_QUEUE_SIZE"] = "hunter2"
    environment["ISA_GATEWAY_SHOE_SIZE"] = "44"
    told = refusal(environment, monkeypatch, capsys)
    assert "ISA_GATEWAY_ORIGIN is not set" in told
    assert "ISA_GATEWAY_QUEUE_SIZE is not a value of its kind" in told
    assert "ISA_GATEWAY_SHOE_SIZE is not a setting" in told
    assert "hunter2" not in told


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("sqlite://", "not durable"),
        ("mysql://gateway:hunter2@host/log", "neither sqlite nor postgresql"),
        ("postgresql+psycopg://gateway:hunter2@127.0.0.1:1/log", "PostgreSQL cannot be reached"),
        ("hunter2", "malformed"),
    ],
)
def test_a_database_that_cannot_be_used(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], url: str, said: str
) -> None:
    told = refusal(replace(settings, database_url=url).to_environment(), monkeypatch, capsys)
    assert said in told
    assert "hunter2" not in told


def test_a_restored_backup_of_the_log(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The file outside the database remembers a checkpoint that the restored log does not reach."""
    log = read_log(settings)
    log.checkpoints.sign()
    log.engine.dispose()
    for file in settings.response_key.parent.glob("log.db*"):
        file.unlink()
    told = refusal(settings.to_environment(), monkeypatch, capsys)
    assert "backup" in told
    assert "checkpoint" in told


def run(settings: Settings, port: int) -> subprocess.CompletedProcess[str]:
    command_line = [sys.executable, "-m", "gateway", "serve", "--port", str(port)]
    environment = {**os.environ, **settings.to_environment()}
    return subprocess.run(command_line, env=environment, capture_output=True, text=True, timeout=60, check=False)


def no_policy_server(settings: Settings) -> tuple[Settings, int, str]:
    return replace(settings, policy_engine="http://127.0.0.1:9"), free_port(), "the policy server could not be prepared"


def port_in_use(settings: Settings) -> tuple[Settings, int, str]:
    return settings, free_port(), "Address already in use"


@pytest.mark.parametrize("case", [no_policy_server, port_in_use])
def test_what_is_found_out_while_starting_to_serve(
    settings: Settings, case: Callable[[Settings], tuple[Settings, int, str]]
) -> None:
    broken, port, said = case(settings)
    with contextlib.ExitStack() as stack:
        if case is port_in_use:
            taken = stack.enter_context(socket.socket())
            taken.bind(("127.0.0.1", port))
            taken.listen()
        ended = run(broken, port)
    assert said in ended.stderr
    assert "Traceback" not in ended.stderr
    assert ended.returncode == 1
