"""The commands of whoever audits, beside a running gateway: who acted, what a key signed, the rulebook as it was."""

import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from tests.integration.test_projection_commands import Commands, asks
from tests.live import deploy

AUDITOR = ("--unit", "opc-audit", "--officer", "o.tremblay")
ADMIN = ("--unit", "esdc-isb", "--officer", "k.admin")


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What the commands said."""
    folder: Path = tmp_path_factory.mktemp("oversight")
    deployment = deploy(folder, workers=60, staff_socket=folder / "staff.sock")
    env = folder / "tried.env"
    env.write_text("".join(f"{name}={value}\n" for name, value in deployment.settings.to_environment().items()))
    commands, said = Commands(env), dict[str, Any]()
    today = datetime.now(UTC).date().isoformat()
    days = ("--first", "2020-01-01", "--last", "2099-12-31")
    with deployment.start() as live:
        asks(live, 3)
        deadline = time.monotonic() + 60
        while commands.json("log", "projection", "status")["behind"] and time.monotonic() < deadline:
            time.sleep(0.2)
        rows = commands.json("log", "projection", "page", "--where", "kind=disclosure")["rows"]
        key = live.keys[rows[0]["requester"]].public.keyid
        said["signed"] = commands.json("keys", "signed", key, *days, *ADMIN)
        said["signed-text"] = commands.told("keys", "signed", key, *days, *ADMIN)
        said["acts"] = commands.json("log", "acts", "--of", "K.Admin", *AUDITOR)
        said["acts-text"] = commands.told("log", "acts", "--action", "key-approved", "--lang", "fr", *AUDITOR)
        said["nobody"] = commands.json("log", "acts", "--of", "nobody", *AUDITOR)
        said["no-kind"] = commands.ran("log", "acts", "--first", "x", *AUDITOR)
        said["revoked"] = commands.told("keys", "revoke", key, "--because", "a laptop was lost", "--by", "k.admin")
        said["keys"] = commands.told("keys", "list")
        said["long"] = commands.ran("keys", "revoke", key, "--because", "x" * 501, "--by", "k.admin")
        now = datetime.now(UTC).isoformat()
        said["now"] = commands.told("agreements", "state", "--at", now, "--lang", "fr")
        said["state"] = commands.json("agreements", "state", "--at", now)
        said["before"] = commands.ran("agreements", "state", "--at", "2020-01-01T00:00:00Z")
        said["zone"] = commands.ran("agreements", "state", "--at", today)
        said["output"] = live.output()
    return said


def test_what_a_key_signed(told: dict[str, Any]) -> None:
    assert len(told["signed"]["signed"]) == 3
    assert (told["signed"]["others"], told["signed"]["unknown"]) == (0, [])
    assert "3 signed by this key" in told["signed-text"]
    assert "on record as entry" in told["signed-text"]


def test_who_acted(told: dict[str, Any]) -> None:
    assert [row["reasons"] for row in told["acts"]["rows"]] == [["key-use-looked-up"], ["key-use-looked-up"]]
    assert {row["officer"] for row in told["acts"]["rows"]} == {"k.admin"}
    assert "sandbox-approver" in told["acts-text"].replace("\n", "")
    assert "consignée" in told["acts-text"]
    assert told["nobody"]["rows"] == []
    assert told["no-kind"].code == 1
    assert "first:" in told["no-kind"].err


def test_a_key_is_revoked_with_a_reason_that_is_nowhere_in_clear(told: dict[str, Any]) -> None:
    assert "on record as entry" in told["revoked"]
    assert "revoked" in told["keys"]
    assert "at most 500" in told["long"].err
    assert "laptop" not in told["output"]


def test_the_rulebook_as_it_was(told: dict[str, Any]) -> None:
    assert "Alors en vigueur depuis" in told["now"]
    assert {row["standing"] for row in told["state"]["agreements"]} == {"in-force"}
    assert told["state"]["files"]
    assert "no rulebook was on record" in told["before"].err
    assert "add the zone" in told["zone"].err
