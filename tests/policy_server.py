"""A real OPA server on a free loopback port; started on a policy, as `docker-compose.yml` does, or empty."""

import contextlib
import shutil
import signal
import subprocess
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

from gateway.adapters.packaged import packaged
from gateway.adapters.pdp.server import FOLDER
from gateway.demo.play import free_port

_START_SECONDS = 60


class Opa:
    """A policy server that keeps its port; `stop` kills it, and it forgets everything."""

    def __init__(self, binary: str) -> None:
        self.binary, self.port = binary, free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.process: subprocess.Popen[bytes] | None = None
        self._files: str | None = None

    def start(self, holding: Path | None = None) -> None:
        """Where it holds a folder of modules, a gateway finds them there; otherwise it has to push each, which takes
        most of a minute, because the server compiles all of them every time."""
        command = [self.binary, "run", "--server", "--addr", f"127.0.0.1:{self.port}", "--disable-telemetry"]
        command += ["--log-level", "error"]
        if holding is not None:
            self._files = tempfile.mkdtemp(prefix="isa-policies-")
            shutil.copytree(holding, Path(self._files) / FOLDER)
            command += ["--ignore", "*_test.rego", "--ignore", "*.json", "--ignore", "*.wasm", FOLDER]
        self.process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=self._files)
        deadline = time.monotonic() + _START_SECONDS
        while time.monotonic() < deadline:
            with contextlib.suppress(OSError):
                urllib.request.urlopen(f"{self.url}/health", timeout=1).close()
                return
            time.sleep(0.05)
        raise TimeoutError("the policy server did not start")

    def stop(self) -> None:
        if self.process is not None:
            self.process.send_signal(signal.SIGKILL)
            self.process.wait(10)
            self.process = None
        if self._files is not None:
            shutil.rmtree(self._files)
            self._files = None


@contextlib.contextmanager
def policy_server(binary: str) -> Iterator[str]:
    """A running server that holds the policy of this installation; the URL to give to `policy_engine`."""
    server = Opa(binary)
    try:
        server.start(packaged("policies"))
        yield server.url
    finally:
        server.stop()
