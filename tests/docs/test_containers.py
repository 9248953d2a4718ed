"""docker-compose.yml, Dockerfile and .dockerignore, as far as they can be checked where there is no Docker.

The settings they give are complete, nothing secret is in them, and the database keeps what it acknowledges."""

import re
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml

from gateway.deployment.folder import create
from gateway.deployment.settings import PREFIX, Settings
from tests.docs.generated import REPOSITORY

COMPOSE: Mapping[str, Any] = yaml.safe_load((REPOSITORY / "docker-compose.yml").read_text("utf-8"))
SERVICES: Mapping[str, Any] = COMPOSE["services"]
DOCKERFILE = (REPOSITORY / "Dockerfile").read_text("utf-8")
OPERATIONS = (REPOSITORY / "docs" / "operations.md").read_text("utf-8")


def settings_given() -> dict[str, str]:
    environment = SERVICES["gateway"]["environment"]
    given = {name: value for name, value in environment.items() if name.startswith(PREFIX)}
    assert re.fullmatch(r"\$\{GATEWAY_ORIGIN:\?.*\}", given[f"{PREFIX}ORIGIN"])
    return {**given, f"{PREFIX}ORIGIN": "https://gateway.example"}


def test_the_settings_of_the_container_are_complete_and_known() -> None:
    settings = Settings.from_environment(settings_given())
    assert settings.checkpoint_file is not None
    assert not settings.sandbox


def test_every_secret_is_a_file_that_init_or_the_manual_makes(tmp_path: Path) -> None:
    create(tmp_path / "gateway", origin="https://gateway.example")
    for name, secret in COMPOSE["secrets"].items():
        folder, file = Path(secret["file"]).parts[-2:]
        made = (tmp_path / folder / file).is_file() or f"> deployment/{folder}/{file}" in OPERATIONS
        assert made, name
    used = {name for service in SERVICES.values() for name in service.get("secrets", [])}
    assert used == set(COMPOSE["secrets"])
    for value in [*settings_given().values(), *SERVICES["database"]["environment"].values()]:
        if value.startswith("/run/secrets/"):
            assert value.removeprefix("/run/secrets/") in used


def test_no_password_is_in_the_file() -> None:
    for service in SERVICES.values():
        for name, value in service.get("environment", {}).items():
            assert not re.search(r"PASSWORD|TOKEN|SECRET", name) or name.endswith("_FILE")
            assert not re.search(r"://[^/@]*:[^/@]*@", value)
    assert SERVICES["database"]["environment"]["POSTGRES_HOST_AUTH_METHOD"] == "scram-sha-256"


def test_the_database_keeps_what_it_acknowledges() -> None:
    command = " ".join(SERVICES["database"]["command"])
    assert "synchronous_commit=on" in command
    assert "fsync=on" in command
    assert any(volume.endswith(":/var/lib/postgresql/data") for volume in SERVICES["database"]["volumes"])


def test_every_service_is_checked_pinned_and_restarted() -> None:
    for name, service in SERVICES.items():
        assert service["healthcheck"]["test"][0] == "CMD", name
        assert service["restart"] == "unless-stopped"
        image = service.get("image", "built:here")
        assert ":" in image
        assert not image.endswith(":latest")
    conditions = {one["condition"] for one in SERVICES["gateway"]["depends_on"].values()}
    assert conditions == {"service_healthy"}


def test_only_the_gateway_is_reachable_and_only_from_this_machine() -> None:
    ports = {name: service["ports"] for name, service in SERVICES.items() if "ports" in service}
    assert ports == {"gateway": ["127.0.0.1:8080:8080"]}
    assert COMPOSE["networks"]["back"] == {"internal": True}
    assert {tuple(SERVICES[name]["networks"]) for name in ("database", "policy")} == {("back",)}


def test_the_gateway_has_no_rights() -> None:
    gateway = SERVICES["gateway"]
    assert gateway["read_only"]
    assert gateway["cap_drop"] == ["ALL"]
    assert re.search(r"^USER (?!0|root)", DOCKERFILE, re.MULTILINE)


def test_the_policy_server_is_the_release_that_the_tests_use() -> None:
    [tested] = re.findall(r"open-policy-agent/opa@v([\d.]+)", (REPOSITORY / ".ci" / "run").read_text("utf-8"))
    assert SERVICES["policy"]["image"] == f"openpolicyagent/opa:{tested}"


def test_the_health_check_of_the_policy_server_fails_where_there_is_none(opa_binary: str) -> None:
    _cmd, program, *arguments = SERVICES["policy"]["healthcheck"]["test"]
    assert program == "/opa"
    assert subprocess.run([opa_binary, *arguments], capture_output=True, check=False).returncode != 0


def test_the_image_is_built_from_hashes_and_holds_no_secret() -> None:
    installs = [line for line in DOCKERFILE.replace("\\\n", "").splitlines() if "pip install" in line]
    assert installs
    assert all("--require-hashes" in line or "--no-index" in line for line in installs)
    assert "://" not in DOCKERFILE.replace("http://127.0.0.1:8080", "")
    for source in re.findall(r"^COPY (?!--from)(.+) \S+$", DOCKERFILE, re.MULTILINE):
        for path in source.split():
            assert (REPOSITORY / path).exists()


@pytest.mark.parametrize("kind", ["pem", "key", "skey", "env", "db"])
def test_secrets_stay_out_of_the_build(kind: str) -> None:
    ignored = (REPOSITORY / ".dockerignore").read_text("utf-8").split()
    assert "*" in ignored
    assert f"**/*.{kind}" in ignored
