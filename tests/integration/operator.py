"""An operator's steps: make a deployment, register a partner's key with two people, start the gateway.

What comes before the gateway runs is done by commands within the test's process, unless `processes` says otherwise.
"""

import contextlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from gateway.client.calls import Gateway
from gateway.demo.play import free_port, running
from gateway.deployment.folder import read_settings, read_signing_key
from gateway.deployment.settings import PREFIX
from tests.integration.commands import Ran, gateway, here


@dataclass(frozen=True, slots=True)
class Operated:
    """A deployment made with commands alone; `env` is its file of settings, `processes` whether each command that makes
    it is a process of its own."""

    folder: Path
    port: int
    processes: bool = False

    @property
    def env(self) -> Path:
        return self.folder / "gateway.env"

    @property
    def origin(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def run(self, *arguments: str | Path, stdin: str = "") -> Ran:
        """A command with this deployment's settings."""
        return gateway("--env", self.env, *arguments, stdin=stdin)

    def made(self, *arguments: str | Path) -> str:
        """A command that has to end well; its output."""
        if not self.processes:
            return here(*arguments)
        ran = gateway(*arguments)
        assert ran.code == 0, ran.err
        return ran.out

    def key(self, name: str) -> tuple[Path, str]:
        """A fresh key pair: the private key's file and the thumbprint."""
        made = self.made("keys", "generate", self.folder / f"{name}.pem")
        return self.folder / f"{name}.pem", made.split("thumbprint:")[1].strip()

    def register(self, unit: str, name: str) -> Path:
        """A key of `unit`, proposed by one person and approved by another; its private key's file."""
        file, thumbprint = self.key(name)
        keys = ("--env", self.env, "keys")
        self.made(*keys, "propose", "--unit", unit, "--jwk", file.with_suffix(".jwk"), "--by", "alex")
        self.made(*keys, "approve", thumbprint, "--by", "sam")
        return file

    @contextlib.contextmanager
    def serving(self) -> Iterator[None]:
        with running(read_settings(self.env), self.port):
            yield

    def client(self, key: Path) -> Gateway:
        pins = [read_signing_key(self.folder / "response-key.pem").public.keyid]
        vkey = (self.folder / "log.vkey").read_text("utf-8").strip()
        return Gateway(self.origin, read_signing_key(key), pins=pins, log_vkey=vkey)


def operate(folder: Path, settings: Mapping[str, str | Path], *, processes: bool = False) -> Operated:
    """`gateway init`, then `settings` written into its file as an editor would."""
    operated = Operated(folder, free_port(), processes)
    operated.made("init", folder, "--origin", operated.origin)
    lines = [
        line for line in operated.env.read_text("utf-8").splitlines() if line.split("=")[0] not in _names(settings)
    ]
    lines += [f"{name}={settings[name.removeprefix(PREFIX).lower()]}" for name in _names(settings)]
    operated.env.write_text("\n".join(lines) + "\n", "utf-8")
    return operated


@dataclass(frozen=True, slots=True)
class ProtectionCases:
    """A deployment over an invented world of 60 workers, and the key of a unit that may ask for protection cases."""

    operated: Operated
    folder: Path
    key: Path

    def ask(self) -> str:
        """Let the gateway, which runs, disclose one case; the UCI of its worker."""
        landmarks = json.loads((self.folder / "world" / "landmarks.json").read_text("utf-8"))
        case = landmarks.get("landmarks", landmarks)["protection_case"]
        pin = read_signing_key(self.operated.folder / "response-key.pem").public.keyid
        asked = gateway(
            "request", "--origin", self.operated.origin, "--pin", pin, "--log-vkey", self.operated.folder / "log.vkey",
            "--key", self.key, "--agreement", "esdc-ircc-tfw", "--purpose", "owp-v-interview-notes", "--record-type",
            "protection-case", "--element", "worker_uci", "--element", "case_open", "--scheme", case["scheme"],
            "--case-reference", "W000000001", "--json", stdin=case["value"] + "\n",
        )  # fmt: skip
        assert asked.code == 0, asked.err
        return str(json.loads(asked.out)["records"][0]["worker_uci"])


def protection_cases(folder: Path, **settings: str | Path) -> ProtectionCases:
    """Made in `folder` with commands alone, with other `settings` where they are given; nothing runs yet."""
    here("sample", "--out", folder / "world", "--workers", "60", "--seed", "3")
    operated = operate(folder / "g", {"sources_file": folder / "world" / "sources.yaml", "sandbox": "true", **settings})
    return ProtectionCases(operated, folder, operated.register("ircc-vulnerable-workers", "protection"))


def _names(settings: Mapping[str, str | Path]) -> list[str]:
    return [PREFIX + name.upper() for name in settings]
