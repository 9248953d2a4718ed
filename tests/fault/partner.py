"""A partner for the fault tests: asks over HTTP, verifies every answer, remembers what was acknowledged.

`check_log` holds the log against it: every acknowledged entry is there with the same bytes, no index twice, none left
out, and the exported log passes the independent verifier.
"""

import itertools
import subprocess
import sys
import time
import uuid
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
from sqlalchemy import text

from audit.encoding import from_base64url
from gateway.adapters.db.engine import open_engine
from gateway.client.auth import GatewayAuth
from gateway.client.question import Question
from gateway.deployment.folder import SETTINGS_FILE, read_signing_key
from gateway.deployment.settings import Settings
from tests.live import Deployment, LiveGateway

CASE = "W000000001"


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer whose signature was verified."""

    status: int
    headers: Mapping[str, str]
    members: Mapping[str, Any] = field(repr=False)
    text: str = field(repr=False)


ELEMENTS = ["decision_date", "valid_from", "valid_to", "stream", "noc_2021", "province", "wage_unit", "vacation_days"]


def question_about(live: LiveGateway | Deployment, what: str, variant: int = 0) -> tuple[str, Question]:
    """Who asks, and a question that is permitted: `lmia` or `protection-case`. An LMIA's elements vary with `variant`,
    below 256."""
    if what == "lmia":
        more = [name for position, name in enumerate(ELEMENTS) if variant >> position & 1]
        found = live.landmarks["lmia_confirmed"]
        return "ircc-work-permits", Question(
            "esdc-ircc-tfw", "lmia-refresh", "lmia", ["decision", "positions_remaining", *more],
            scheme=found["scheme"], value=found["value"], case_reference=CASE,
        )  # fmt: skip
    found = live.landmarks["protection_case"]
    return "ircc-vulnerable-workers", Question(
        "esdc-ircc-tfw", "owp-v-interview-notes", "protection-case", ["interview_date", "reasonable_grounds_finding"],
        scheme=found["scheme"], value=found["value"], case_reference=CASE,
    )  # fmt: skip


@dataclass(slots=True)
class Partner:
    """Asks as any party. `acknowledged` is entry index → entry bytes of every 200 so far."""

    deployment: LiveGateway | Deployment
    acknowledged: dict[int, bytes] = field(default_factory=dict, repr=False)
    _variants: Iterator[int] = field(default_factory=lambda: itertools.count(1), repr=False)

    def ask(self, what: str = "protection-case", *, key: str | None = None, afresh: bool = False) -> Reply:
        """One signed question; `afresh` is one that no cached decision answers. Raises UnverifiedAnswerError where the
        answer is not signed for it."""
        party, question = question_about(self.deployment, what, next(self._variants) % 256 if afresh else 0)
        settings = self.deployment.settings
        pins = [read_signing_key(settings.response_key).public.keyid]
        auth = GatewayAuth(settings.origin, self.deployment.keys[party], pins=pins)
        headers = {"content-type": "application/json", "idempotency-key": key or str(uuid.uuid4())}
        with httpx.Client(base_url=settings.origin, auth=auth, timeout=30) as client:
            answer = client.post("/v1/disclosures", content=question.body(), headers=headers)
        reply = Reply(answer.status_code, dict(answer.headers), answer.json(), answer.text)
        if reply.status == 200:
            self.remember(reply.members["entry_index"], from_base64url(reply.members["receipt"]["entry"]))
        return reply

    def remember(self, index: int, entry: bytes) -> None:
        assert self.acknowledged.setdefault(index, entry) == entry, "an index was given twice"

    def check_log(self) -> int:
        """The log's size, after holding it against everything acknowledged."""
        engine = open_engine(self.deployment.settings.database_url)
        try:
            with engine.connect() as connection:
                rows = connection.execute(text("SELECT entry_index, body FROM entry ORDER BY entry_index")).all()
                size = connection.execute(text("SELECT size FROM log_head")).scalar_one()
        finally:
            engine.dispose()
        bodies = [bytes(body) for _, body in rows]
        assert [index for index, _ in rows] == list(range(int(size)))
        assert all(bodies[index : index + 1] == [entry] for index, entry in self.acknowledged.items())
        return int(size)


def refused_for_now(reply: Reply) -> bool:
    """A 503 that says in both languages what to do, when, and carries nothing of a record."""
    members = reply.members
    assert (reply.status, members["code"], members["type"]) == (503, "unavailable", "/problems/unavailable")
    assert "nothing was disclosed" in members["title"]
    assert "Idempotency-Key" in members["detail"]
    assert "nouvelle signature" in members["details"]["fr"]
    assert int(reply.headers["retry-after"]) > 0
    assert reply.headers["content-type"] == "application/problem+json"
    assert set(members) == {"type", "title", "status", "detail", "code", "titles", "details"}
    return True


def comes_back(ask: Callable[[], Reply], seconds: float = 120) -> Reply:
    """The first answer that is not a 503, within `seconds`; every one before it is a proper refusal."""
    deadline = time.monotonic() + seconds
    while True:
        reply = ask()
        if reply.status != 503 or time.monotonic() > deadline:
            return reply
        assert refused_for_now(reply)
        time.sleep(0.2)


def verify_export(settings: Settings, target: Path) -> str:
    """Export the log and have `python -m audit` verify it; what it said."""
    folder = settings.response_key.parent
    environment = {"PATH": "/usr/bin:/bin", **settings.to_environment()}
    export = [sys.executable, "-m", "gateway", "--env", str(folder / SETTINGS_FILE), "log", "export", str(target)]
    subprocess.run(export, check=True, capture_output=True, timeout=120, env=environment)
    vkey = (folder / "log.vkey").read_text("utf-8").strip()
    verify = [sys.executable, "-m", "audit", "verify", str(target), "--key", vkey]
    return subprocess.run(verify, check=True, capture_output=True, text=True, timeout=120).stdout
