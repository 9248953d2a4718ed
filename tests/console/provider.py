"""The sign-in provider of the tests: the real one (npm `oidc-provider`), in a process of its own."""

import contextlib
import json
import os
import shutil
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
from joserfc.jwk import ECKey, KeySet

from tests.conftest import REPOSITORY, leave_out

PACKAGES = Path(os.environ.get("ISA_CONSOLE_PACKAGES", REPOSITORY / ".tools" / "console"))
SECRET = "invented-secret-for-tests-0123456789"


def write_keys(file: Path) -> None:
    """A new signing key."""
    key = ECKey.generate_key("P-256", {"use": "sig", "alg": "ES256"}, auto_kid=True)
    file.write_text(json.dumps(KeySet([key]).as_dict(private=True)), "utf-8")


@contextlib.contextmanager
def real_provider(port: int, origin: str, keys: Path) -> Iterator[str]:
    """Its issuer, while it runs."""
    node = shutil.which("node")
    if node is None or not (PACKAGES / "node_modules" / "oidc-provider").is_dir():
        leave_out("the npm package oidc-provider", "run .ci/run, or npm ci in .tools/console with .ci/console's lists")
        raise AssertionError
    script = Path(__file__).with_name("provider.mjs")
    log = keys.with_suffix(".log").open("ab")
    process = subprocess.Popen([node, str(script), str(port), origin, str(keys), str(PACKAGES)], stdout=log, stderr=log)
    issuer = f"http://127.0.0.1:{port}"
    try:
        deadline = time.monotonic() + 30
        while not _answers(issuer):
            assert process.poll() is None, keys.with_suffix(".log").read_text("utf-8")
            assert time.monotonic() < deadline
            time.sleep(0.05)
        yield issuer
    finally:
        process.terminate()
        process.wait(timeout=10)
        log.close()


def _answers(issuer: str) -> bool:
    try:
        return httpx.get(f"{issuer}/.well-known/openid-configuration", timeout=2).status_code == 200
    except httpx.HTTPError:
        return False
