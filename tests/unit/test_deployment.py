"""A new deployment: its keys in files only the owner reads, its log named after the origin, nothing made by half."""

import os
import re
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from gateway.bootstrap.partner import application
from gateway.deployment.folder import SETTINGS_FILE, create, read_log_key, read_settings
from gateway.domain.errors import ConfigurationError


def test_the_log_is_named_after_the_origin(tmp_path: Path) -> None:
    settings = create(tmp_path / "a", origin="https://Gateway.Example:443/")
    assert settings.origin == "https://gateway.example"
    assert read_log_key(settings.log_key).verifier.name == "gateway.example/log"
    other = create(tmp_path / "b", origin="https://gateway.example", log_origin="gateway.example/log-2")
    assert read_log_key(other.log_key).verifier.name == "gateway.example/log-2"


@pytest.mark.parametrize("origin", ["", "gateway", "ftp://gateway.example", "https://gateway.example/path"])
def test_an_origin_that_is_none_makes_nothing(tmp_path: Path, origin: str) -> None:
    with pytest.raises(ConfigurationError, match="origin"):
        create(tmp_path / "site", origin=origin)
    assert not (tmp_path / "site").exists()


def test_secrets_are_readable_by_their_owner_only_and_settings_read_back(tmp_path: Path) -> None:
    settings = create(tmp_path / "site", origin="https://gateway.example")
    modes = {stat.S_IMODE(path.stat().st_mode) for path in (tmp_path / "site").iterdir()}
    assert modes == {0o600}
    assert read_settings(tmp_path / "site" / SETTINGS_FILE) == settings
    with pytest.raises(ConfigurationError, match="not made twice"):
        create(tmp_path / "site", origin="https://gateway.example")


def test_a_gateway_does_not_start_for_an_origin_nobody_can_sign_for(tmp_path: Path) -> None:
    create(tmp_path / "site", origin="https://gateway.example")
    file = tmp_path / "site" / SETTINGS_FILE
    file.write_text(re.sub("(ORIGIN=).*", r"\1https://gateway.example/path", file.read_text("utf-8")))
    with pytest.raises(ConfigurationError, match="ORIGIN"):
        application(read_settings(file))


def test_init_refuses_a_folder_that_others_can_open(tmp_path: Path) -> None:
    for mode in (0o755, 0o750, 0o701, 0o770):
        folder = tmp_path / f"open-{mode:o}"
        folder.mkdir()
        folder.chmod(mode)
        with pytest.raises(ConfigurationError, match="chmod 700"):
            create(folder, origin="https://gateway.example")
        assert not list(folder.iterdir())


@pytest.mark.thorough
def test_what_commands_make_is_for_its_owner_alone(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "gateway"]
    before = os.umask(0)
    try:
        for words in (
            ["init", str(tmp_path / "g"), "--origin", "https://gateway.example"],
            ["keys", "generate", str(tmp_path / "partner.pem")],
            ["--env", str(tmp_path / "g" / "gateway.env"), "keys", "list"],
            ["sample", "--out", str(tmp_path / "world"), "--workers", "50"],
        ):
            subprocess.run([*command, *words], check=True, capture_output=True)
    finally:
        os.umask(before)
    made = [path for path in tmp_path.rglob("*") if not path.is_symlink()]
    assert len(made) > 12
    assert [path.name for path in made if path.stat().st_mode & 0o077] == []
