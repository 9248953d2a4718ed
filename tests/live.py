"""A real gateway for tests: a deployment with a sample world and approved keys, served by a process of its own."""

import contextlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path

from gateway.adapters.rulebook import load as agreements
from gateway.client.calls import Gateway
from gateway.demo.play import free_port, prepare, running
from gateway.deployment.folder import read_signing_key
from gateway.deployment.settings import Settings
from gateway.httpsig.keys import SigningKey


@dataclass(frozen=True, slots=True)
class LiveGateway:
    """`folder` holds `gateway/` (keys, log, gateway.log) and `world/` (world.db, landmarks, canaries)."""

    settings: Settings
    folder: Path
    port: int
    pid: int
    landmarks: Mapping[str, Mapping[str, str]] = field(repr=False)
    keys: Mapping[str, SigningKey] = field(repr=False)

    def client(self, party: str) -> Gateway:
        pins = [read_signing_key(self.settings.response_key).public.keyid]
        vkey = (self.folder / "gateway" / "log.vkey").read_text("utf-8").strip()
        return Gateway(self.settings.origin, self.keys[party], pins=pins, log_vkey=vkey)

    def output(self) -> str:
        """What the process wrote to its log so far."""
        return (self.folder / "gateway" / "gateway.log").read_text("utf-8", "replace")


@dataclass(frozen=True, slots=True)
class Deployment:
    """A prepared deployment that is not running yet; `start` may be called again after the process ended."""

    settings: Settings
    folder: Path
    port: int
    landmarks: Mapping[str, Mapping[str, str]] = field(repr=False)
    keys: Mapping[str, SigningKey] = field(repr=False)

    @contextlib.contextmanager
    def start(self) -> Iterator[LiveGateway]:
        with running(self.settings, self.port) as pid:
            yield LiveGateway(self.settings, self.folder, self.port, pid, self.landmarks, self.keys)


def deploy(folder: Path, *, workers: int = 200, lmia: Path | None = None, **changes: object) -> Deployment:
    """Prepare a deployment in `folder`, with a key for every unit that an agreement lets receive; `changes` replace
    settings (for example database_url, policy_engine)."""
    port = free_port()
    settings, landmarks, keys = prepare(
        folder,
        port=port,
        workers=workers,
        lmia=lmia,
        changes=changes,
        units=recipients(),
        progress=lambda _done, _of: None,
    )
    return Deployment(settings, folder, port, landmarks, keys)


@cache
def recipients() -> frozenset[str]:
    """Every unit that a clause of a shipped agreement lets receive."""
    return frozenset(
        unit
        for version in agreements.load().agreements
        for schedule in version.document["schedules"]
        for clause in schedule["clauses"]
        for unit in clause["recipient"]["units"]
    )


def changed(deployment: Deployment, **changes: object) -> Deployment:
    """The same deployment with other settings."""
    return replace(deployment, settings=replace(deployment.settings, **changes))  # type: ignore[arg-type]
