"""The demonstration: a sandbox deployment, a real server process, and a story of signed requests, each one verified.

Everything runs as in production: keys are made and approved, the gateway is a process of its own, every answer's
signature and receipt is checked by `gateway.client`, and at the end the exported log is verified by
`python -m audit`, which imports nothing of the gateway.
"""

import asyncio
import contextlib
import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import httpx
from sqlalchemy.engine import URL

from gateway.adapters.rulebook import load as agreements
from gateway.adapters.sources.load.lmia_list import LmiaList
from gateway.adapters.sources.load.loader import load_file
from gateway.bootstrap.log import append_log, partner_keys, read_log
from gateway.client.answers import Disclosure
from gateway.client.auth import GatewayAuth
from gateway.client.calls import Gateway
from gateway.client.errors import ClientError, Problem, ProblemError, Referral, ReferredError
from gateway.demo.story import Scene, parties
from gateway.deployment.folder import create, read_signing_key
from gateway.deployment.settings import Settings
from gateway.domain.actor import Actor
from gateway.domain.errors import GatewayError
from gateway.httpsig.keys import SigningKey
from gateway.sandbox.world import build_world
from gateway.service.partner.partner_keys import KeyChanged
from gateway.staff.asking import ask

START_SECONDS = 60
OFFICER = "sandbox-officer"


class DemoError(GatewayError):
    """The demonstration did not go as the law and the agreements call for."""

    code = "demo-failed"


@dataclass(slots=True)
class Tally:
    """The figures of the last line."""

    requests: int = 0
    permit: int = 0
    deny: int = 0
    refer: int = 0
    withheld_elements: int = 0
    log_verified: bool = False

    def as_json(self) -> str:
        return json.dumps(
            {
                "requests": self.requests,
                "permit": self.permit,
                "deny": self.deny,
                "refer": self.refer,
                "withheld_elements": self.withheld_elements,
                "log_verified": self.log_verified,
            }
        )


@dataclass(frozen=True, slots=True)
class Told:
    """What became of one scene: a disclosure, a problem, or a referral that waits; a disclosure that a person released
    has its referral too."""

    scene: Scene
    disclosure: Disclosure | None = field(repr=False)
    problem: Problem | None
    expected: bool
    referral: Referral | None = None


@dataclass(frozen=True, slots=True)
class Sandbox:
    """A running gateway with its world and its partners' keys."""

    settings: Settings
    folder: Path
    landmarks: Mapping[str, Mapping[str, str]] = field(repr=False)
    keys: Mapping[str, SigningKey] = field(repr=False)
    pid: int

    @property
    def log_vkey(self) -> str:
        return (self.folder / "log.vkey").read_text("utf-8").strip()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def prepare(
    folder: Path,
    *,
    port: int,
    workers: int,
    lmia: Path | None,
    progress: Callable[[int, int], None],
    changes: Mapping[str, object] | None = None,
    units: Collection[str] = (),
    console_port: int | None = None,
) -> tuple[Settings, Mapping[str, Mapping[str, str]], dict[str, SigningKey]]:
    """A deployment with a sample world and an approved key for every party of the story and each of `units`; `changes`
    replace settings."""
    sample = build_world(folder / "world", agreements.load().catalogue, workers=workers, seed=1, progress=progress)
    if lmia is not None:
        load_file(LmiaList(), lmia, URL.create("sqlite", database=str(sample.database)))
    settings = create(
        folder / "gateway",
        origin=f"http://127.0.0.1:{port}",
        sources_file=sample.sources,
        sandbox=True,
        requests_per_minute=1_000_000,
    )
    if console_port is not None:
        settings = replace(settings, console_origin=f"http://127.0.0.1:{console_port}")
    settings = replace(settings, **(changes or {}))  # type: ignore[arg-type]
    keys = {party: SigningKey.generate() for party in sorted({*parties(sample.landmarks), *units})}
    asyncio.run(_register(settings, keys))
    return settings, sample.landmarks, keys


async def _register(settings: Settings, keys: Mapping[str, SigningKey]) -> None:
    """As in production, one person proposes each key and another approves it."""
    log = read_log(settings)
    commit = append_log(settings, log)
    try:
        registry = partner_keys(settings, log, commit)
        for party, key in keys.items():
            await registry.propose(key.public, party, actor=Actor.stated(officer="sandbox-proposer"))
            approved = await registry.approve(key.public.keyid, actor=Actor.stated(officer="sandbox-approver"))
            if not isinstance(approved, KeyChanged):
                raise DemoError("a partner's key could not be approved")
    finally:
        await commit.close()
        log.engine.dispose()


@contextlib.contextmanager
def running(settings: Settings, port: int) -> Iterator[int]:
    """A gateway process, ready to answer; its process id. Ends it afterwards.

    Raises DemoError where it does not become ready.
    """
    environment = {**os.environ, **settings.to_environment()}
    command = [sys.executable, "-m", "gateway", "serve", "--port", str(port)]
    if settings.console_origin is not None:
        command += ["--console", "--console-port", str(urlsplit(settings.console_origin).port)]
    log_file = settings.response_key.parent / "gateway.log"
    with log_file.open("ab") as log:
        process = subprocess.Popen(command, env=environment, stdout=log, stderr=log)
    try:
        deadline = time.monotonic() + START_SECONDS
        with httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=2, trust_env=False) as client:
            while not _ready(client):
                if process.poll() is not None or time.monotonic() > deadline:
                    ended = log_file.read_text("utf-8", "replace")[-500:].strip()
                    raise DemoError(f"the gateway did not start: {ended}")
                time.sleep(0.1)
        yield process.pid
    finally:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(timeout=20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _ready(client: httpx.Client) -> bool:
    try:
        return client.get("/health/ready").status_code == 200
    except httpx.HTTPError:
        return False


def play(sandbox: Sandbox, scene: Scene) -> Told:
    """Send one scene's request, with what is done to it on the way, and check the answer."""
    key = sandbox.keys[scene.party]
    if scene.trick in ("replay", "tamper", "stranger"):
        problem = _attack(sandbox, scene, key)
        return Told(scene, None, problem, problem.code == scene.expects)
    referral: Referral | None = None
    try:
        with client_of(sandbox, key) as client:
            if scene.released or scene.expects == "refer":
                referral = _referred(client, scene)
                if not scene.released:
                    return Told(scene, None, None, scene.expects == "refer", referral)
                _decide(sandbox, scene, referral)
                answer = client.collect(scene.question, referral.id)
                return Told(scene, answer, None, scene.expects == "permit", referral)
            answer = client.disclose(scene.question, idempotency_key="demo-repeat" if scene.trick == "repeat" else None)
            if scene.trick == "repeat":
                again = client.disclose(scene.question, idempotency_key="demo-repeat")
                if again.entry_index != answer.entry_index or again.records != answer.records:
                    raise DemoError("a repeated request was not answered with the first receipt")
            proven = client.receipt(answer.entry_index, answer.records)
            if not proven.proven:
                raise DemoError("a receipt has no proof")
    except ProblemError as refused:
        expected = {"deny": "denied", "not-available": "not-available"}.get(scene.expects)
        return Told(scene, None, refused.problem, refused.problem.code == expected)
    except (ClientError, httpx.HTTPError) as error:
        raise DemoError(f"no trustworthy answer: {type(error).__name__}") from error
    return Told(scene, answer, None, scene.expects == "permit")


def _referred(client: Gateway, scene: Scene) -> Referral:
    try:
        client.disclose(scene.question)
    except ReferredError as waiting:
        return waiting.referral
    raise DemoError("what only a person may decide was decided without one")


def _decide(sandbox: Sandbox, scene: Scene, referral: Referral) -> None:
    """A named person decides, beside the running gateway, as `gateway referral release` does."""
    socket_ = sandbox.settings.staff_socket
    if socket_ is None:
        raise DemoError("the demonstration decides over the staff socket, and none is set")

    async def decide() -> None:
        found = next(one for one in await ask(socket_, "referral.list", {}) if one["referral"] == referral.id)
        now = datetime.now(UTC)
        order = {
            "to": OFFICER,
            "at": found["custodian"],
            "provisions": found["weigh"],
            "begins": now.isoformat(),
            "ends": (now + timedelta(hours=1)).isoformat(),
        }
        await ask(socket_, "delegation.give", order, {"unit": found["custodian"], "officer": "sandbox-head"})
        ruling = {
            "referral": referral.id,
            "provisions": [],
            "elements": dict.fromkeys(scene.released),
            "because": "Needed tonight to find one person; nothing more is released.",
        }
        await ask(socket_, "referral.release", ruling, {"unit": found["custodian"], "officer": OFFICER})

    asyncio.run(decide())


def client_of(sandbox: Sandbox, key: SigningKey) -> Gateway:
    """A partner's client, which checks every answer."""
    return Gateway(sandbox.settings.origin, key, pins=_pins(sandbox), log_vkey=sandbox.log_vkey)


def _pins(sandbox: Sandbox) -> list[str]:
    return [read_signing_key(sandbox.settings.response_key).public.keyid]


def _attack(sandbox: Sandbox, scene: Scene, key: SigningKey) -> Problem:
    """What somebody between the parties could try; the last answer, its signature checked where it can be."""
    signing = SigningKey.generate() if scene.trick == "stranger" else key
    auth = GatewayAuth(sandbox.settings.origin, signing, pins=_pins(sandbox))
    sent: list[httpx.Request] = []
    with httpx.Client(base_url=sandbox.settings.origin, auth=auth) as client:
        client.event_hooks = {"request": [sent.append]}
        body = scene.question.body()
        answer = client.post("/v1/disclosures", content=body, headers={"content-type": "application/json"})
    if scene.trick != "stranger":
        recorded = sent[-1]
        content = recorded.content.replace(b"decision", b"employer") if scene.trick == "tamper" else recorded.content
        with httpx.Client() as wire:
            answer = wire.send(httpx.Request("POST", recorded.url, headers=recorded.headers, content=content))
    members: dict[str, Any] = answer.json()
    return Problem(
        type=members.get("type", ""),
        title=members.get("title", ""),
        status=answer.status_code,
        code=members.get("code", ""),
        element=None,
        title_fr=None,
        entry_index=members.get("entry_index"),
        reasons=(),
    )


def verify_log(sandbox: Sandbox, settings_file: Path) -> str:
    """Export the log and have the independent verifier check all of it; what it said. Raises DemoError."""
    target = sandbox.folder.parent / "log-export"
    export = [sys.executable, "-m", "gateway", "--env", str(settings_file), "log", "export", str(target)]
    exported = subprocess.run(export, capture_output=True, text=True, check=False)
    if exported.returncode != 0:
        raise DemoError(f"the log could not be exported: {exported.stderr.strip()[-300:]}")
    verify = [sys.executable, "-m", "audit", "verify", str(target), "--key", sandbox.log_vkey]
    verified = subprocess.run(verify, capture_output=True, text=True, check=False)
    if verified.returncode != 0:
        raise DemoError(f"the log did not verify: {verified.stdout.strip()[-300:]}")
    return verified.stdout.strip()
