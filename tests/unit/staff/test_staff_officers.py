"""The file that says which officer each user is: every complaint names the line and the member, and no value."""

import os
import pwd
from pathlib import Path
from typing import Any, cast

import pytest

from gateway.adapters.staff_officers import read_officers
from gateway.bootstrap.officers import staff_door
from gateway.deployment.settings import Settings
from gateway.domain.actor import Identified, Role
from gateway.domain.errors import ConfigurationError
from gateway.domain.party import Parties

UNITS = frozenset({"esdc-isb", "esdc-legal"})
ROOT = pwd.getpwuid(0).pw_name
ROW = "  - {user: 64001, officer: r.roy, unit: esdc-isb, roles: [auditor]}\n"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "officers.yaml"


def read(file: Path, text: str) -> Any:
    file.write_text(text, "utf-8")
    file.chmod(0o600)
    return read_officers(file, UNITS)


def test_users_are_found_by_name_and_by_number(file: Path) -> None:
    text = (
        f"officers:\n{ROW}  - user: {ROOT}\n    officer: M.Cote\n    unit: esdc-legal\n"
        "    roles: [policy-editor, policy-approver]\n  - {user: '64002', officer: j.singh, unit: esdc-isb,"
        " roles: [administrator]}\n"
    )
    found = read(file, text)
    assert set(found) == {0, 64001, 64002}
    assert (found[0].officer, found[0].unit) == ("m.cote", "esdc-legal")
    assert found[0].roles == {Role.POLICY_EDITOR, Role.POLICY_APPROVER}
    assert {one.identified for one in found.values()} == {Identified.PEER_CREDENTIALS}


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "officers.yaml:1: "),
        ("officers: []\n", "officers.yaml:1: officers: must have minItems 1"),
        ("officers: {}\n", "officers.yaml:1: officers: must have type"),
        ("officers:\n- {user: 1\n", "officers.yaml:"),
        (f"officers:\n{ROW}secrets: SECRET\n", "the file: has a member that is none"),
        ("officers:\n  - {user: 1, officer: r.roy, unit: esdc-isb}\n", "officers.yaml:2: this row: lacks roles"),
        ("officers:\n  - {user: 1, officer: r.roy, unit: esdc-isb, roles: []}\n", "roles: must have minItems 1"),
        ("officers:\n  - {user: 1, officer: r.roy, unit: esdc-isb, roles: [SECRET]}\n", "a role is one of privacy-"),
        (
            "officers:\n  - {user: 1, officer: r.roy, unit: esdc-isb, roles: [auditor], SECRET: 1}\n",
            "officers.yaml:2: this row: has a member that is none",
        ),
        ("officers:\n  - {user: -1, officer: r.roy, unit: esdc-isb, roles: [auditor]}\n", "name or the number"),
        ("officers:\n  - {user: true, officer: r.roy, unit: esdc-isb, roles: [auditor]}\n", "name or the number"),
        (
            "officers:\n  - {user: SECRET, officer: r.roy, unit: esdc-isb, roles: [auditor]}\n",
            "officers.yaml:2: user: this machine has no user of this name",
        ),
        (
            "officers:\n  - {user: 1, officer: SECRET ROY, unit: esdc-isb, roles: [auditor]}\n",
            "officers.yaml:2: officer: write an officer in",
        ),
        (
            "officers:\n  - {user: 1, officer: r.roy, unit: SECRET, roles: [auditor]}\n",
            "officers.yaml:2: unit: write a code of agreements/parties.yaml",
        ),
        (f"officers:\n{ROW}{ROW}", "officers.yaml:3: user: this user stands in the file already"),
        (
            f"officers:\n  - {{user: {ROOT}, officer: r.roy, unit: esdc-isb, roles: [auditor]}}\n"
            "  - {user: 0, officer: m.cote, unit: esdc-isb, roles: [auditor]}\n",
            "officers.yaml:3: user: this user stands in the file already, by name or number",
        ),
    ],
)
def test_a_malformed_file_is_refused_with_its_line(file: Path, text: str, message: str) -> None:
    with pytest.raises(ConfigurationError) as told:
        read(file, text)
    assert message in str(told.value)
    assert "SECRET" not in str(told.value)
    assert "roy" not in str(told.value).replace("example r.roy", "")


def test_a_file_that_others_can_write_says_nothing(file: Path) -> None:
    file.write_text(f"officers:\n{ROW}", "utf-8")
    file.chmod(0o620)
    with pytest.raises(ConfigurationError, match="chmod go-w"):
        read_officers(file, UNITS)


def test_a_file_that_is_not_there_is_named_by_its_setting(file: Path) -> None:
    with pytest.raises(ConfigurationError, match="STAFF_OFFICERS"):
        read_officers(file, UNITS)


def settings(**changes: object) -> Settings:
    unset = dict.fromkeys(("staff_officers", "staff_socket", "staff_socket_group", "console_user", "console_file"))
    return cast(Settings, type("Some", (), {"sandbox": False} | unset | changes))


def test_a_group_opens_the_socket_only_where_its_users_are_known() -> None:
    parties = cast(Parties, type("None", (), {"units": {}}))
    with pytest.raises(ConfigurationError, match="needs STAFF_OFFICERS too"):
        staff_door(settings(staff_socket_group="staff"), parties)
    assert staff_door(settings(), parties).callers.believes_anybody


def test_where_commands_sign_in_a_group_may_open_the_socket_and_nobody_is_believed(file: Path) -> None:
    parties = cast(Parties, type("Some", (), {"units": dict.fromkeys(UNITS)}))
    file.write_text(
        "sign_in: {issuer: 'https://sign-in.example', client_id: a, command_client_id: b, charges: [{claim: groups, "
        "value: x, unit: esdc-isb, roles: [auditor]}]}\n",
        "utf-8",
    )
    door = staff_door(settings(console_file=file, staff_socket_group="0", console_user="64200"), parties)
    assert not door.callers.believes_anybody
    assert door.callers.console == 64200
    with pytest.raises(ConfigurationError, match="whoever is in the group"):
        staff_door(settings(console_file=file, staff_socket_group="0", sandbox=True), parties)


@pytest.mark.parametrize(("name", "number"), [("0", 0), ("64100", 64100), ("root", 0)])
def test_a_group_is_named_or_numbered(name: str, number: int, file: Path) -> None:
    parties = cast(Parties, type("Some", (), {"units": dict.fromkeys(UNITS)}))
    file.write_text(f"officers:\n{ROW}", "utf-8")
    os.chmod(file, 0o600)
    assert staff_door(settings(staff_officers=file, staff_socket_group=name), parties).group == number
    with pytest.raises(ConfigurationError, match="no group of this machine"):
        staff_door(settings(staff_officers=file, staff_socket_group="no-such-group"), parties)


def test_the_console_is_a_user_who_is_no_officer(file: Path) -> None:
    parties = cast(Parties, type("Some", (), {"units": dict.fromkeys(UNITS)}))
    file.write_text(f"officers:\n{ROW}", "utf-8")
    os.chmod(file, 0o600)
    assert staff_door(settings(staff_officers=file, console_user="64200"), parties).callers.console == 64200
    (officer,) = staff_door(settings(staff_officers=file), parties).callers.officers or {}
    with pytest.raises(ConfigurationError, match="nobody itself"):
        staff_door(settings(staff_officers=file, console_user=str(officer)), parties)
    with pytest.raises(ConfigurationError, match="no user of this machine"):
        staff_door(settings(staff_officers=file, console_user="no-such-user"), parties)
    with pytest.raises(ConfigurationError, match="needs STAFF_OFFICERS too"):
        staff_door(settings(console_user="64200"), parties)
