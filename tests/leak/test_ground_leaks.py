"""Invariant 6 for the forms of evidence and the decisions of people: their texts, officers and papers stay encrypted.

A live gateway is asked on every ground, with a secret in every text of every form; staff look, decide, refuse and
review with secrets in their reasons; then the same outputs are searched as in `test_leaks`.
"""

import asyncio
import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest

from gateway.staff.asking import StaffCallError, ask
from tests.leak.asking import Asker, Exchange
from tests.leak.searching import Search, world_secrets
from tests.leak.test_leaks import exported
from tests.live import LiveGateway, deploy

PAPER = "47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU"
POLICE = "rcmp-federal-policing"
ELEMENTS = ["worker_name", "immediate_danger", "interview_notes"]


@dataclass(frozen=True)
class Played:
    live: LiveGateway
    asker: Asker
    metrics: bytes
    export: Path
    staff: list[str]

    def find(self, text: bytes) -> list[str]:
        secrets = Search()
        for value, what in self.asker.values.items():
            secrets.add(value, what)
        return secrets.find(text)


def forms(asker: Asker, subject: dict[str, str]) -> Iterator[tuple[str, dict[str, Any]]]:
    """A purpose and a form for each ground but consent, a secret in each text; then with odd texts."""

    def text(place: str) -> str:
        return f"{asker.token(place)} {{{{7*7}}}} <script>${{x}}’\n"

    named = {"concerns": subject, "addressed_to": "esdc"}
    yield "protect-life-or-safety", {"kind": "emergency", "danger": "life", "circumstances": text("circumstances")}
    yield (
        "public-interest-release",
        {"kind": "public-interest", "justification": text("justification"), "harm": text("harm")},
    )
    yield (
        "court-process",
        {
            "kind": "court-order",
            "instrument": "warrant",
            "issuer": "superior-court",
            "document": PAPER,
            "issued": "2026-01-01",
            "elements": ELEMENTS,
            **named,
        },
    )
    yield (
        "criminal-investigation",
        {
            "kind": "investigative-request",
            "aim": "lawful-investigation",
            "document": PAPER,
            "purpose": text("purpose"),
            "information": text("information"),
            "elements": ELEMENTS,
            "investigation": asker.token("investigation"),
            **named,
        },
    )
    yield (
        "research-study",
        {
            "kind": "research",
            "aim": "research",
            "project": text("project"),
            "undertaking": PAPER,
            "why_identifiable": text("why"),
            "addressed_to": "esdc",
        },
    )
    yield "constituent-assistance", {"kind": "member-of-parliament", "matter": text("matter"), "concerns": subject}
    yield "program-audit", {"kind": "audit", "mandate": text("mandate")}
    yield "national-security", {"kind": "national-security", "basis": text("basis"), "accuracy": text("accuracy")}
    yield "answer-access-request", {"kind": "access-request", "request": PAPER}
    yield (
        "answer-the-person",
        {"kind": "own-information", "request": PAPER, "identity": "documents", **named},
    )
    yield "shelter-placement", {"kind": "consent", "consent": f"c-{'0' * 24}"}
    yield "protect-life-or-safety", {"kind": asker.token("kind")}
    yield "protect-life-or-safety", {"kind": "emergency", "danger": asker.token("danger"), "circumstances": "x"}
    yield "court-process", {"kind": "court-order", "issued": asker.token("issued"), **named}
    yield "protect-life-or-safety", {asker.token("member").replace("-", "_"): "x", "kind": "emergency"}


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> Played:
    told: list[str] = []
    with deploy(tmp_path_factory.mktemp("leak"), workers=60).start() as live:
        asker, socket = Asker(live), live.settings.staff_socket
        assert socket is not None
        found = live.landmarks["protection_case"]
        subject = {"scheme": found["scheme"], "value": found["value"]}
        asker.values[subject["value"]] = "subject"

        def staff(call: str, unit: str | None = None, officer: str | None = None, **arguments: Any) -> Any:
            try:
                return asyncio.run(ask(socket, call, arguments, {"unit": unit, "officer": officer}))
            except StaffCallError as refused:
                told.append(str(refused))
                return None

        officers = [asker.token("officer"), asker.token("second officer")]
        for purpose, form in forms(asker, subject):
            body = {
                "purpose": purpose,
                "record_type": "protection-case",
                "elements": ELEMENTS,
                "subject": subject,
                "case_reference": asker.token("case_reference"),
                "acting_officer": asker.token("acting_officer"),
                "ground": form,
            }
            asker.post(POLICE, body)
        waiting = staff("referral.list", only_open=True)
        weighed = sorted({name for one in waiting for name in one["weigh"]})
        today = datetime.now(UTC)
        for officer in officers:
            staff(
                "delegation.give",
                to=officer, at="esdc-isb", provisions=weighed, unit="esdc-isb", officer=asker.token("head"),
                begins=(today - timedelta(days=1)).isoformat(), ends=(today + timedelta(days=9)).isoformat(),
            )  # fmt: skip
        act = {"unit": "esdc-isb", "officer": officers[0]}
        for number, one in enumerate(waiting):
            staff("referral.show", referral=one["referral"], **act)
            because = f"{asker.token('because')} {{% raise %}}"
            if number % 3 == 2:
                staff("referral.refuse", referral=one["referral"], because=because, **act)
            else:
                released = dict.fromkeys(["immediate_danger"])
                staff(
                    "referral.release",
                    referral=one["referral"],
                    elements=released,
                    provisions=[],
                    because=because,
                    not_first=asker.token("not first"),
                    partner=asker.token("partner"),
                    **act,
                )
                staff("referral.release", referral=one["referral"], elements=released, provisions=[],
                      because=because, not_first=asker.token("not first"), **act)  # fmt: skip
            asker.collect(POLICE, one["referral"])
            staff("referral.review", referral=one["referral"], upheld=False, because=asker.token("findings"),
                  unit="esdc-isb", officer=officers[1])  # fmt: skip
        asker.collect(POLICE, asker.token("referral"))
        metrics = httpx.get(f"{live.settings.origin}/metrics", timeout=10).content
        export = exported(live)
        asker.close()
    return Played(live, asker, metrics, export, told)


def statuses(played: Played) -> Counter[int]:
    return Counter(exchange.status for exchange in played.asker.exchanges)


def test_every_way_was_taken(played: Played) -> None:
    seen = statuses(played)
    assert seen[202] >= 3
    assert seen[200] >= 1
    assert seen[403] >= 4
    assert seen[422] >= 4
    assert 500 not in seen
    assert played.staff, "staff were told no at least once"


def test_answers_hold_nothing_of_a_form(played: Played) -> None:
    for exchange in played.asker.exchanges:
        assert not played.find(_told(exchange)), exchange.code


def test_what_staff_are_told_holds_no_text(played: Played) -> None:
    assert not played.find("\n".join(played.staff).encode())


def test_database_export_logs_and_metrics_hold_nothing(played: Played) -> None:
    folder = played.live.folder / "gateway"
    canaries = world_secrets(json.loads((played.live.folder / "world" / "canaries.json").read_text("utf-8")))
    outputs = [*folder.glob("log.db*"), folder / "gateway.log"]
    outputs += [path for path in played.export.rglob("*") if path.is_file()]
    assert len(outputs) > 4
    for path in outputs:
        assert not played.find(path.read_bytes()), path.name
        assert not canaries.find(path.read_bytes()), path.name
    assert not played.find(played.metrics)


def _told(exchange: Exchange) -> bytes:
    return exchange.head + b"\n" + exchange.content
