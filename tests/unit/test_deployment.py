"""A new deployment: its keys in files only the owner reads, its log named after the origin, nothing made by half."""

import re
import stat
from pathlib import Path

import pytest

from gateway.bootstrap import application
from gateway.deployment import SETTINGS_FILE, create, read_log_key, read_settings
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
