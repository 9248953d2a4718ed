"""A real OPA server that can be killed and started again on the same port."""

import contextlib
import signal
import subprocess
import time
import urllib.request

from gateway.sandbox.demo import free_port


class Opa:
    """A policy server on a fixed port; `stop` kills it, and it forgets everything."""

    def __init__(self, binary: str) -> None:
        self.binary, self.port = binary, free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        command = [self.binary, "run", "--server", "--addr", f"127.0.0.1:{self.port}", "--disable-telemetry"]
        self.process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        for _ in range(200):
            with contextlib.suppress(OSError):
                urllib.request.urlopen(f"{self.url}/health", timeout=1).close()
                return
            time.sleep(0.05)

    def stop(self) -> None:
        if self.process is not None:
            self.process.send_signal(signal.SIGKILL)
            self.process.wait(10)
            self.process = None
