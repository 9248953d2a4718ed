"""What the pages of oversight say when all is not well, and that hostile text stays text; over scripted staff calls."""

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from typing import Any

import httpx
import pytest

from gateway.console.app import console_app
from gateway.console.assets.parts import load_parts
from gateway.console.rendering import Rendering
from gateway.console.room import Room
from gateway.console.session.sessions import Session, Sessions, Times
from gateway.console.session.sign_in import PickedPeople
from gateway.console.session.store import Sealed
from gateway.console.units import Units
from gateway.deployment.console_file import Brand
from gateway.domain.actor import Actor, Identified, Role
from gateway.service.words.sentences import BOTH
from gateway.staff.asking import StaffCallError
from tests.console.test_failures import ORIGIN, UNIT, KeptInMemory

TIME = "2026-11-24T05:00:00.000Z"
HEAD: dict[str, Any] = {
    "size": 3,
    "root": "AAAA",
    "signed_at": TIME,
    "genuine": True,
    "witnesses": [],
    "note": "n",
}
INTEGRITY: dict[str, Any] = {
    "size": 3,
    "root": "AAAA",
    "key": "k",
    "checkpoints": [HEAD],
    "reconciled": None,
    "running": None,
    "failed": {"verify": None, "reconcile": None},
    "results_known": True,
    "results": {"verify": None, "reconcile": None},
}
RESULT: dict[str, Any] = {
    "ok": False,
    "entry_index": 2,
    "time": TIME,
    "unit": "esdc-isb",
    "findings": [
        {"code": "root-mismatch", "count": 2, "entries": [1]},
        {"code": "<b>new</b>", "count": 1, "entries": []},
    ],
    "facts": {},
}


class ScriptedCalls:
    """The `StaffCalls` port: gives what it is told to, or fails as it is told to."""

    def __init__(self, answers: Mapping[str, Any]) -> None:
        self._answers = {"unit.list": [UNIT], **answers}

    async def call(self, actor: Actor, name: str, /, **arguments: Any) -> Any:
        del actor, arguments
        answer = self._answers[name]
        if isinstance(answer, Exception):
            raise answer
        return answer


@asynccontextmanager
async def console(answers: Mapping[str, Any], *roles: Role) -> AsyncIterator[tuple[httpx.AsyncClient, Session]]:
    store, calls = KeptInMemory(), ScriptedCalls(answers)
    sessions, units = Sessions(store, Times(), lambda: 1_800_000_000), Units(calls)
    await units.load()
    room = Room(
        origin=ORIGIN, calls=calls, units=units, sessions=sessions, references=Sealed(store, "reference"),
        logins=Sealed(store, "login"), rendering=Rendering(), parts=load_parts(), brand=Brand(), letters=None,  # type: ignore[arg-type]
        row_files=None, report_files=None, sandbox=True, version="0",  # type: ignore[arg-type]
    )  # fmt: skip
    session = await sessions.begin(
        Actor("r.roy", "esdc-isb", frozenset(roles or Role), Identified.SIGN_IN), proven=1_800_000_000
    )
    transport = httpx.ASGITransport(app=console_app(room, PickedPeople()))
    async with httpx.AsyncClient(
        transport=transport, base_url=ORIGIN, cookies={"isa-console": session.token}, headers={"origin": ORIGIN}
    ) as browser:
        yield browser, session


def page(path: str, answers: Mapping[str, Any], *roles: Role) -> httpx.Response:
    async def work() -> httpx.Response:
        async with console(answers, *roles) as (browser, _session):
            return await browser.get(path)

    return asyncio.run(work())


@pytest.mark.parametrize(
    ("changes", "en", "fr"),
    [
        ({"results": {"verify": RESULT, "reconcile": None}}, "Something is wrong", "Quelque chose ne va pas"),
        ({"checkpoints": [{**HEAD, "genuine": False}]}, "Something is wrong", "Quelque chose ne va pas"),
        ({"checkpoints": [{**HEAD, "size": 9}]}, "Something is wrong", "Quelque chose ne va pas"),
        ({"checkpoints": []}, "is not signed yet", "pas encore signé"),
        ({"checkpoints": [], "size": 0}, "The log is empty", "Le journal est vide"),
        ({"failed": {"verify": 7, "reconcile": None}}, "could not be done", "pas abouti"),
        ({}, "Nobody has recomputed it here yet", "Personne ne l&#39;a encore recalculé"),
        ({"results_known": False, "results": {}}, "cannot be read at the moment", "ne peuvent être lus en ce moment"),
        ({"results": {"verify": {**RESULT, "ok": True, "findings": []}}}, "what it was", "tel qu&#39;il était"),
        (
            {"running": {"check": "verify", "unit": "x", "begun": TIME, "entry_index": 2, "done": 1, "total": 3}},
            "1 of 3 entries",
            "1 sur 3",
        ),
    ],
)  # fmt: skip
def test_the_integrity_page_says_what_is_known_and_no_more(changes: Mapping[str, Any], en: str, fr: str) -> None:
    for lang, said in zip(BOTH, (en, fr), strict=True):
        answer = page(f"/{lang}/integrity", {"log.integrity": {**INTEGRITY, **changes}})
        assert answer.status_code == 200
        assert said in answer.text.replace("l'a", "l&#39;a").replace("qu'il", "qu&#39;il")
        assert "<b>new</b>" not in answer.text


def test_a_fault_names_its_entries_and_what_to_do() -> None:
    answers = {"log.integrity": {**INTEGRITY, "results": {"verify": RESULT, "reconcile": None}}}
    text = page("/en/integrity", answers).text
    assert "an entry was changed" in text
    assert 'href="/en/log/1"' in text
    assert "gateway log reconcile" in text


def test_a_delegated_head_reads_and_checks_nothing() -> None:
    text = page("/en/integrity", {"log.integrity": INTEGRITY}, Role.DELEGATED_HEAD).text
    assert "Verify now" not in text
    assert "/integrity/export" not in text


def test_the_lists_say_that_they_cannot_be_read() -> None:
    down = StaffCallError("projection-unavailable", "down")
    names: Mapping[str, Any] = {"action": {}, "agreement": {}}
    answers = {"log.names": names, "projection.status": down, "projection.count": down, "projection.page": down,
               "projection.group": down}  # fmt: skip
    assert "cannot be read at the moment" in page("/en/acts", answers).text
    nothing = StaffCallError("no-rulebook-then", "none")
    text = page("/fr/rulebook?day=2020-01-01", {"log.names": names, "rulebook.as-of": nothing}).text
    assert "Aucun recueil" in text
    for day in ("x", "2099-01-01", "0001-01-01", "<script>"):
        answer = page(f"/en/rulebook?day={day}", {"log.names": names, "rulebook.as-of": nothing})
        assert answer.status_code == 422
        assert "<script>" not in answer.text.split("<main")[1]


def test_hostile_text_in_a_document_a_name_and_a_filter_stays_text() -> None:
    hostile = "<script>alert(1)</script>"
    told = {"path": hostile, "digest": "d", "entry_index": 1, "text": f"title: {hostile}"}
    text = page("/en/rulebook/d?day=2026-11-24", {"rulebook.document": told}).text
    assert hostile not in text
    assert "&lt;script&gt;" in text
    row = {"entry_index": 1, "time": TIME, "requester": hostile, "reasons": [hostile], "refers_to": None}
    answers = {
        "log.names": {"action": {}, "agreement": {}},
        "projection.status": {"behind": 0, "lag_seconds": 0, "up_to": 2, "size": 2},
        "projection.count": {"entries": 1},
        "projection.page": {"rows": [{**row, "agreement": hostile}], "before": None},
        "projection.group": {"groups": [{"values": [hostile]}]},
    }
    for path in ("/en/acts", f"/en/acts?action={hostile}", "/fr/acts?from=x&to=y"):
        text = page(path, answers).text
        assert hostile not in text
        assert "<main" in text
