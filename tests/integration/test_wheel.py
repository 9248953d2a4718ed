"""The wheel holds everything a gateway needs, and `audit` needs nothing of the gateway.

The wheel is built from a copy of the checkout and installed into a virtual environment that sees this environment's
dependencies but not the checkout; the verifier runs in one that holds only `cryptography`.
"""

import contextlib
import json
import os
import shutil
import subprocess
import sys
import sysconfig
import time
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest

from gateway.demo.play import START_SECONDS, free_port
from gateway.httpsig.keys import SigningKey

SITE_PACKAGES = Path(sysconfig.get_path("purelib"))
SHIPPED = ("gateway", "audit", "policies", "agreements")
FOREIGN = """
import runpy, sys
sys.argv = ["audit", *sys.argv[1:]]
try:
    runpy.run_module("audit", run_name="__main__", alter_sys=True)
except SystemExit as done:
    assert not done.code, done.code
names = {name.partition(".")[0] for name in sys.modules}
print(*sorted(names - sys.stdlib_module_names - {"__main__", "__mp_main__"}))
"""


@dataclass(frozen=True)
class Environment:
    """A virtual environment and a folder to work in; its processes see neither the checkout nor its settings."""

    python: Path
    folder: Path

    def run(self, *arguments: str, stdin: str = "") -> str:
        done = subprocess.run(
            [str(self.python), *arguments],
            cwd=self.folder,
            env=clean_environment(),
            input=stdin,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, (arguments, done.stdout[-800:], done.stderr[-2000:])
        return done.stdout

    def gateway(self, *arguments: str) -> str:
        return self.run("-m", "gateway", *arguments)


def clean_environment() -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "ISA_", "VIRTUAL"))}
    return {**kept, "COLUMNS": "200"}


def new_environment(folder: Path) -> tuple[Path, Path]:
    """Interpreter and site-packages of a virtual environment with nothing in it."""
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(folder)], check=True)
    python = folder / "bin" / "python"
    code = "import sysconfig; print(sysconfig.get_path('purelib'))"
    return python, Path(subprocess.check_output([str(python), "-c", code], text=True).strip())


@pytest.fixture(scope="module")
def wheel(repository: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    copy = tmp_path_factory.mktemp("wheel")
    for name in SHIPPED:
        shutil.copytree(repository / name, copy / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(repository / name, copy)
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", "dist"]
    subprocess.run(build, cwd=copy, check=True, capture_output=True)
    [built] = (copy / "dist").glob("*.whl")
    return built


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Environment:
    """The wheel, installed; a `.pth` lends it the dependencies of this environment (but not its editable install)."""
    folder = tmp_path_factory.mktemp("installed")
    python, site = new_environment(folder / "venv")
    install = [sys.executable, "-m", "pip", "--python", str(python), "install", "--no-deps", "--no-index", str(wheel)]
    subprocess.run([*install, "--quiet", "--disable-pip-version-check"], check=True, env=clean_environment())
    (site / "dependencies.pth").write_text(f"{SITE_PACKAGES}\n", "utf-8")
    return Environment(python, folder)


@pytest.fixture(scope="module")
def deployment(installed: Environment) -> Path:
    """A deployment made with the installed wheel alone, with one entry; the folder of its exported log."""
    port = free_port()
    origin = f"http://127.0.0.1:{port}"
    installed.gateway("init", "site", "--origin", origin, "--sandbox")
    installed.gateway("sample", "--out", "site", "--workers", "50")
    (installed.folder / "partner.jwk").write_text(json.dumps(SigningKey.generate().public.to_jwk()), "utf-8")
    proposed = ("--unit", "ircc-work-permits", "--jwk", "partner.jwk", "--by", "alex")
    installed.gateway("--env", "site/gateway.env", "keys", "propose", *proposed)
    with serving(installed, port):
        installed.gateway("--env", "site/gateway.env", "log", "export", "export")
    return installed.folder / "export"


@contextlib.contextmanager
def serving(installed: Environment, port: int) -> Iterator[None]:
    command = [str(installed.python.parent / "gateway"), "--env", "site/gateway.env", "serve", "--port", str(port)]
    with (installed.folder / "gateway.log").open("wb") as log:
        process = subprocess.Popen(command, cwd=installed.folder, env=clean_environment(), stdout=log, stderr=log)
    try:
        deadline = time.monotonic() + START_SECONDS
        while not answers(port):
            assert process.poll() is None, (installed.folder / "gateway.log").read_text("utf-8")
            assert time.monotonic() < deadline
            time.sleep(0.1)
        yield
    finally:
        process.terminate()
        process.wait(20)


def answers(port: int) -> bool:
    try:
        return httpx.get(f"http://127.0.0.1:{port}/health/ready", timeout=2).status_code == 200
    except httpx.HTTPError:
        return False


def test_the_wheel_holds_code_and_data_and_nothing_else(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
    tops = {name.partition("/")[0] for name in names}
    assert {top for top in tops if not top.endswith(".dist-info")} == set(SHIPPED)
    built = "gateway/console/assets/built/manifest.json"
    assert built in names, "run `python -m gateway.console.assets.build`"
    for needed in (
        "gateway/console/layout/page.html",
        "policies/sharing.wasm",
        "policies/sharing.wasm.json",
        "agreements/schema/agreement.json",
    ):
        assert needed in names
    assert not [name for name in names if name.endswith((".pem", ".key", ".skey", ".db", ".env"))]


def test_the_installed_gateway_is_not_the_checkout(installed: Environment, repository: Path) -> None:
    where = installed.run("-c", "import gateway, audit; print(gateway.__file__, audit.__file__)")
    assert str(repository / "gateway") not in where
    assert where.count(str(installed.folder)) == 2


def test_the_installed_agreements_have_no_gaps(installed: Environment) -> None:
    assert "No errors" in installed.gateway("agreements", "check")


def test_an_installed_gateway_serves_and_exports_its_log(deployment: Path) -> None:
    assert (deployment / "checkpoint").is_file()
    assert (deployment / "tile" / "entries").is_dir()


def test_audit_alone_verifies_a_real_export(
    deployment: Path, wheel: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("auditor")
    python, site = new_environment(folder / "venv")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(site, [name for name in archive.namelist() if name.startswith("audit/")])
    for part in ("cryptography", "cffi", "pycparser", *(path.name for path in SITE_PACKAGES.glob("_cffi_backend*"))):
        (site / part).symlink_to(SITE_PACKAGES / part)
    auditor = Environment(python, folder)
    key = f"@{deployment.parent / 'site' / 'log.vkey'}"
    assert "The evidence holds." in auditor.run("-m", "audit", "verify", str(deployment), "--key", key)
    imported = auditor.run("-c", FOREIGN, "verify", str(deployment), "--key", key).splitlines()[-1]
    assert set(imported.split()) <= {"audit", "cryptography", "_cffi_backend", "_openssl", "cffi"}
    tile = next(path for path in sorted((deployment / "tile" / "entries").rglob("*")) if path.is_file())
    damaged = bytearray(tile.read_bytes())
    damaged[len(damaged) // 2] ^= 1
    tile.write_bytes(damaged)
    failed = subprocess.run(
        [str(python), "-m", "audit", "verify", str(deployment), "--key", key],
        cwd=folder, env=clean_environment(), capture_output=True, check=False,
    )  # fmt: skip
    assert failed.returncode == 1
