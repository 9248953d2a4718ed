"""`gateway log`: what an operator sees, on a deployment of its own."""

import asyncio
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import typer
from typer.testing import CliRunner

from audit.__main__ import main as audit_main
from gateway.bootstrap.log import append_log, read_log
from gateway.cli import log as log_cli
from gateway.deployment.folder import create, read_log_key
from gateway.deployment.settings import Settings
from gateway.domain.errors import GatewayError
from gateway.domain.target import SubjectIdentifier
from tests.unit.log.samples import submission

WHO = SubjectIdentifier("uci", "00-0000-0017")
STAFF = ["--scheme", "uci", "--unit", "esdc-isb", "--officer", "officer-canary"]
Run = Callable[..., Any]


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """A deployment whose log holds 300 entries, the last about WHO."""
    made = create(tmp_path / "deployment", origin="https://gateway.example", sandbox=True)

    async def fill() -> None:
        opened = read_log(made)
        log = append_log(made, opened)
        await asyncio.gather(*(log.commit(submission()) for _ in range(299)))
        await log.commit(submission(WHO))
        opened.checkpoints.sign()
        await log.close()
        opened.engine.dispose()

    asyncio.run(fill())
    return made


@pytest.fixture
def run(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Run:
    app = typer.Typer()
    app.add_typer(log_cli.app, name="log")
    app.callback()(lambda: None)
    for name, value in settings.to_environment().items():
        monkeypatch.setenv(name, value)
    return lambda *arguments, value="": CliRunner().invoke(app, ["log", *arguments], input=value)


def test_verify_export_and_the_auditors_own_verifier_agree(run: Run, settings: Settings, tmp_path: Path) -> None:
    verified = run("verify", "--json")
    assert verified.exit_code == 0, verified.output
    assert json.loads(verified.stdout)["size"] == 300
    kept = tmp_path / "kept.txt"
    kept.write_text(run("checkpoint").stdout)
    assert run("verify", "--known", str(kept)).exit_code == 0
    exported = run("export", str(tmp_path / "export"))
    assert exported.exit_code == 0, exported.output
    vkey = str(read_log_key(settings.log_key).verifier)
    assert audit_main(["verify", str(tmp_path / "export"), "--key", vkey, "--checkpoint", str(kept)]) == 0


def test_an_entry_is_shown_plainly(run: Run) -> None:
    assert "work-permit-decision" in run("entry", "3").stdout
    assert json.loads(run("entry", "3", "--json").stdout)["entry_index"] == 3
    missing = run("entry", "300")
    assert isinstance(missing.exception, GatewayError)


def test_a_look_up_reads_the_identifier_from_standard_input_and_is_on_record(run: Run) -> None:
    found = run("person", *STAFF, "--json", value=f"{WHO.value}\n")
    assert found.exit_code == 0, found.output
    assert [one["entry_index"] for one in json.loads(found.stdout)] == [299]
    looked = json.loads(run("entry", "300", "--json").stdout)
    assert (looked["kind"], looked["reasons"]) == ("staff-action", ["person-looked-up"])
    malformed = run("person", *STAFF, value="not an identifier\n")
    assert malformed.exit_code == 1
    assert "not an identifier" not in str(malformed.exception)


def test_erase_names_the_reason_when_it_refuses(run: Run) -> None:
    refused = run("erase", *STAFF, "--authority", "PA-6-3", "--regime", "federal", value=f"{WHO.value}\n")
    assert refused.exit_code == 1
    assert "within the federal minimum retention" in refused.stdout
    nothing = run("erase", *STAFF, "--authority", "FIPPA-5", "--regime", "ontario", value="00-0000-0025\n")
    assert "keeps nothing" in nothing.stdout
    assert run("erase", *STAFF, "--authority", "X", "--regime", "other").exit_code == 2
    unknown = run("erase", *STAFF, "--authority", "a sentence", "--regime", "federal", value=f"{WHO.value}\n")
    assert (unknown.exit_code, "--authority" in str(unknown.exception)) == (1, True)
    assert run("verify", "--known", "no-such-file").exit_code == 2


@pytest.mark.parametrize("command", ["verify", "export", "checkpoint", "entry", "person", "erase"])
def test_every_command_has_help(run: Run, command: str) -> None:
    assert run(command, "--help").exit_code == 0
