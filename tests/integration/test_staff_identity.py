"""With a file of officers commands act for who the operating system says, beside a running gateway and without one."""

import json
import os
from pathlib import Path

import pytest

from gateway.bootstrap.log import read_log
from gateway.deployment.folder import read_settings
from tests.integration.commands import gateway
from tests.integration.operator import Operated, operate, protection_cases
from tests.postgres import PostgresServer

UCI = "00-0000-0017\n"


def mapping(operated: Operated, *roles: str) -> None:
    """From now on whoever runs these tests is the officer r.roy, with these roles."""
    file = operated.folder / "officers.yaml"
    row = f"{{user: {os.geteuid()}, officer: r.roy, unit: esdc-isb, roles: [{', '.join(roles)}]}}"
    file.write_text(f"officers:\n  - {row}\n", "utf-8")
    settings = operated.env.read_text("utf-8")
    if "STAFF_OFFICERS" not in settings:
        operated.env.write_text(f"{settings}ISA_GATEWAY_STAFF_OFFICERS={file}\n", "utf-8")


def last_private(operated: Operated) -> dict[str, object]:
    log = read_log(read_settings(operated.env))
    try:
        index = log.reader.head()[0] - 1
        plain = log.archive.open_part(index, 0)
    finally:
        log.engine.dispose()
    assert plain is not None
    part: dict[str, object] = json.loads(plain)["part"]
    return part


@pytest.fixture
def operated(tmp_path: Path) -> Operated:
    return operate(tmp_path / "gateway", {"sandbox": "true"})


def test_without_a_mapping_whoever_acts_says_who_they_are_or_is_told_how(operated: Operated) -> None:
    place = ("hold", "place", "litigation", "--scheme", "uci")
    refused = operated.run(*place, stdin=UCI)
    assert refused.code == 1
    for said in ("--unit esdc-isb --officer r.roy", "ISA_GATEWAY_STAFF_OFFICERS", "Nothing was done"):
        assert said in refused.err
    assert "dites qui vous êtes" in operated.run(*place, "--lang", "fr", stdin=UCI).err
    assert operated.run(*place, "--unit", "esdc-isb", "--officer", "r.roy", stdin=UCI).code == 0
    assert last_private(operated)["identified"] == "stated"


def test_with_a_mapping_a_command_acts_for_the_user_who_runs_it(operated: Operated) -> None:
    mapping(operated, "privacy-officer", "administrator")
    made = operated.run("hold", "place", "litigation", "--scheme", "uci", stdin=UCI)
    assert made.code == 0, made.err
    private = last_private(operated)
    assert (private["acting_officer"], private["identified"]) == ("r.roy", "peer-credentials")
    for option in (("--officer", "m.cote"), ("--unit", "esdc-legal")):
        other = operated.run("hold", "place", "litigation", "--scheme", "uci", *option, stdin=UCI)
        assert other.code == 1
        assert other.err.startswith(f"gateway: {option[0]}: ")
        assert option[1] not in other.err
    same = operated.run("hold", "place", "complaint", "--scheme", "uci", "--officer", "R.Roy", stdin=UCI)
    assert same.code == 0, same.err


def test_one_person_cannot_approve_their_own_key_by_saying_they_are_another(operated: Operated) -> None:
    mapping(operated, "administrator")
    file, thumbprint = operated.key("partner")
    jwk = file.with_suffix(".jwk")
    assert operated.run("keys", "propose", "--unit", "ircc-work-permits", "--jwk", jwk).code == 0
    assert "somebody else" in operated.run("keys", "approve", thumbprint, "--by", "sam").err
    assert "another person" in operated.run("keys", "approve", thumbprint).err
    mapping(operated, "auditor")
    assert "administrator" in operated.run("keys", "approve", thumbprint).err
    assert "proposed" in operated.run("keys", "list").out


def test_who_is_not_in_the_mapping_is_told_so_and_nothing_else(operated: Operated) -> None:
    mapping(operated, "auditor")
    file = operated.folder / "officers.yaml"
    file.write_text(file.read_text("utf-8").replace(f"user: {os.geteuid()}", "user: 64009"), "utf-8")
    refused = operated.run("hold", "list")
    assert (refused.code, refused.out) == (1, "")
    assert "not in the file of staff officers" in refused.err
    assert "fichier des agents" in operated.run("hold", "list", "--lang", "fr").err


@pytest.mark.parametrize("database", ["sqlite", "postgresql"])
def test_beside_a_running_gateway_the_socket_is_the_only_setting_a_command_needs(
    tmp_path: Path, postgres_server: PostgresServer, database: str
) -> None:
    changed = {"database_url": postgres_server.create_database()} if database == "postgresql" else {}
    cases = protection_cases(tmp_path, **changed)
    operated = cases.operated
    said_at_start = operated.folder / "gateway.log"
    with operated.serving():
        assert said_at_start.read_text("utf-8").count("staff-not-identified") == 1
    mapping(operated, "privacy-officer", "auditor", "administrator")
    clerk = tmp_path / "clerk.env"
    clerk.write_text(f"ISA_GATEWAY_STAFF_SOCKET={operated.folder / 'staff.sock'}\n", "utf-8")
    with operated.serving():
        made = gateway("--env", clerk, "hold", "place", "litigation", "--scheme", "uci", stdin=UCI)
        assert made.code == 0, made.err
        assert "litigation" in gateway("--env", clerk, "hold", "list").out
        assert "active" in gateway("--env", clerk, "keys", "list").out
        cases.ask()
        log = read_log(read_settings(operated.env))
        decided = log.reader.head()[0] - 1
        log.engine.dispose()
        assert gateway("--env", clerk, "replay", str(decided)).out.startswith(f"entry {decided}: equal\n")
        assert "0 of 0 rows" in gateway("--env", clerk, "log", "adopt").out
        found = gateway("--env", clerk, "log", "person", "--scheme", "uci", "--json", stdin=UCI)
        assert len(json.loads(found.out)) == 1
        assert said_at_start.read_text("utf-8").count("staff-not-identified") == 1, "of the start before"
    assert last_private(operated)["identified"] == "peer-credentials"
    alone = gateway("--env", clerk, "hold", "list")
    assert (alone.code, alone.err.startswith("gateway: no gateway listens at the staff socket")) == (1, True)
