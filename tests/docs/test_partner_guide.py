"""docs/partner-guide.md is done as it is written, against a running gateway: its Python, its request, its receipt."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from gateway.deployment.folder import read_signing_key
from gateway.httpsig.pem import write_private_pem
from tests.docs.generated import REPOSITORY
from tests.live import LiveGateway, deploy

GUIDE = (REPOSITORY / "docs" / "partner-guide.md").read_text("utf-8")
SANDBOX_ORIGIN = "http://127.0.0.1:8080"


def blocks(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```$", GUIDE, flags=re.MULTILINE | re.DOTALL)


@pytest.fixture(scope="module")
def live(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LiveGateway]:
    with deploy(tmp_path_factory.mktemp("guide")).start() as running:
        yield running


@pytest.fixture(scope="module")
def desk(live: LiveGateway, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder a developer works in: their key, the sandbox's verifier key, and commands of these names."""
    folder = tmp_path_factory.mktemp("desk")
    (folder / "partner.pem").write_bytes(write_private_pem(live.keys["ircc-work-permits"]))
    (folder / "sandbox").mkdir()
    (folder / "sandbox" / "log.vkey").write_text((live.folder / "gateway" / "log.vkey").read_text("utf-8"))
    (folder / "bin").mkdir()
    for name, module in (("gateway", "-m gateway"), ("python", "")):
        command = folder / "bin" / name
        command.write_text(f'#!/bin/sh\nexec "{sys.executable}" {module} "$@"\n')
        command.chmod(0o700)
    return folder


def here(live: LiveGateway, text: str) -> str:
    thumbprint = read_signing_key(live.settings.response_key).public.keyid
    return text.replace(SANDBOX_ORIGIN, live.settings.origin).replace("GATEWAY_THUMBPRINT", thumbprint)


def shell(desk: Path, command: str) -> str:
    path = f"{desk / 'bin'}{os.pathsep}{os.environ['PATH']}"
    environment = {**os.environ, "PATH": path, "PYTHONPATH": str(REPOSITORY), "COLUMNS": "200"}
    done = subprocess.run(
        ["/bin/sh", "-c", command], cwd=desk, env=environment, capture_output=True, text=True, check=False
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-800:]
    return done.stdout


def test_the_python_of_the_guide_runs_from_top_to_bottom(
    live: LiveGateway, desk: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(desk)
    names: dict[str, object] = {}
    for block in blocks("python"):
        exec(compile(here(live, block), "docs/partner-guide.md", "exec"), names)
    said = capsys.readouterr().out
    for promised in re.findall(r"^print\(.*\)\s+# (\[.*\])$", "\n".join(blocks("python")), re.MULTILINE):
        assert promised in said
    assert "esdc-ircc-tfw lmia-refresh lmia ['single']" in said
    assert "denied" in said
    assert "The clause requires a case reference / La clause exige une référence de cas" in said
    [command] = [block for block in blocks("sh") if "audit receipt" in block]
    assert "The evidence holds." in shell(desk, command)


def test_the_request_of_the_guide_is_answered(live: LiveGateway, desk: Path) -> None:
    [command] = [block for block in blocks("sh") if "gateway request" in block]
    said = shell(desk, here(live, command))
    assert '"Confirmed"' in said
    assert "withheld: employer_contact_name" in said
    assert "answer and receipt verified" in said


def test_the_steps_to_a_sandbox_come_in_an_order_that_works() -> None:
    """Each of them is run from an installed wheel in tests/integration/test_wheel.py."""
    [steps] = [block for block in blocks("sh") if "gateway init" in block]
    verbs = re.findall(r"gateway (?:--env \S+ )?(init|sample|keys \w+|serve)", steps)
    assert verbs == ["init", "sample", "keys generate", "keys propose", "keys approve", "serve"]
