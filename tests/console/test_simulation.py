"""A draft tried on the requests on record, at the console: begun, watched, stopped, read in both languages."""

import asyncio
import re
from typing import Any

import httpx
import pytest

from gateway.domain.actor import Role
from gateway.staff.asking import StaffCallError, ask
from tests.console.house import OWN, Console, House

TFW = "isa/esdc-ircc-tfw.yaml"
EDITOR = {"unit": OWN, "officer": "e.chen", "roles": ["policy-editor"]}


async def called(house: House, name: str, **arguments: Any) -> Any:
    assert house.settings.staff_socket is not None
    return await ask(house.settings.staff_socket, name, arguments, EDITOR)


async def narrowed(house: House, number: str) -> str:
    """A draft in which IRCC is given no wage any more."""
    text = (await called(house, "rulebook.files"))["files"][TFW]
    kept = [line for line in text.splitlines(keepends=True) if not line.startswith("          - {name: wage_hourly, ")]
    made = re.sub(r'\nversion: "\d+"\n', f'\nversion: "{number}"\n', "".join(kept), count=1)
    return str((await called(house, "draft.open", files={TFW: made}))["draft"])


async def ended(house: House, draft: str) -> Any:
    for _ in range(600):
        trial = (await called(house, "simulation.show", draft=draft))["trial"]
        if trial is not None and trial["state"] != "running":
            return trial
        await asyncio.sleep(0.2)
    raise AssertionError("the trial did not end")


async def begin(console: Console, browser: httpx.AsyncClient, csrf: str, draft: str, **days: str) -> httpx.Response:
    return await browser.post(f"/en/drafts/{draft}/simulation", data={"_csrf": csrf, "since": "", "until": "", **days})


def test_a_draft_is_tried_and_what_would_come_out_otherwise_is_shown(house: House) -> None:
    async def run() -> None:
        draft = await narrowed(house, "71")
        async with house.console() as console:
            session = await console.session(Role.POLICY_EDITOR)
            async with console.browser(session) as browser:
                page = await browser.get(f"/fr/drafts/{draft}/simulation")
                assert "Simulation\u00a0: rien de ceci n'est en vigueur" in page.text.replace("&#39;", "'")
                answer = await begin(console, browser, session.csrf, draft)
                assert answer.status_code == 303
                under_way = await browser.get(f"/en/drafts/{draft}/simulation/progress")
                assert {"ended", "value", "said"} <= under_way.json().keys()
                again = await begin(console, browser, session.csrf, draft)
                assert again.status_code in (303, 422)
                trial = await ended(house, draft)
                assert trial["state"] == "ended", trial
                assert trial["counts"]["changed"] >= 1
                assert len(trial["entries"]) == 2
                for lang in ("en", "fr"):
                    shown = (await browser.get(f"/{lang}/drafts/{draft}/simulation")).text
                    assert f'href="/{lang}/log/{trial["entries"][0]}"' in shown
                    assert trial["pages"][lang]["sections"][0]["title"] in shown.replace("&#39;", "'")
                    assert "<details>" in shown
                told = (await browser.get(f"/en/drafts/{draft}")).text
                assert "would come out otherwise" in told

    asyncio.run(run())


def test_what_was_found_is_not_shown_for_another_text(house: House) -> None:
    async def run() -> None:
        draft = await narrowed(house, "72")
        await called(house, "simulation.run", draft=draft, since=None, until=None)
        assert (await ended(house, draft))["state"] == "ended"
        about = await called(house, "draft.show", draft=draft)
        text = next(one["drafted"] for one in about["documents"])
        await called(house, "draft.save", draft=draft, revision=about["revision"], files={TFW: text + "# read\n"})
        assert (await called(house, "simulation.show", draft=draft))["trial"] is None

    asyncio.run(run())


def test_a_draft_that_changes_nothing_is_said_to_and_opens_no_private_part(house: House) -> None:
    async def run() -> None:
        text = (await called(house, "rulebook.files"))["files"][TFW]
        made = re.sub(r'\nversion: "\d+"\n', '\nversion: "73"\n', text, count=1)
        draft = (await called(house, "draft.open", files={TFW: made}))["draft"]
        await called(house, "simulation.run", draft=draft, since="2030-01-01", until="2030-01-02")
        trial = await ended(house, draft)
        assert trial["state"] in ("same", "ended")
        if trial["state"] == "ended":
            assert trial["counts"]["changed"] == 0

    asyncio.run(run())


def test_days_are_days_and_nothing_typed_is_lost(house: House) -> None:
    async def run() -> None:
        draft = await narrowed(house, "74")
        async with house.console() as console:
            session = await console.session(Role.POLICY_APPROVER)
            async with console.browser(session) as browser:
                wrong = await begin(console, browser, session.csrf, draft, since="2026-13-40", until="<b>")
                assert wrong.status_code == 422
                assert "2026-13-40" in wrong.text
                assert "<b>" not in wrong.text
                backwards = await begin(console, browser, session.csrf, draft, since="2026-10-02", until="2026-10-01")
                assert backwards.status_code == 422
                stopped = await browser.post(f"/fr/drafts/{draft}/simulation/stop", data={"_csrf": session.csrf})
                assert stopped.status_code == 422
                assert "aucun projet" in stopped.text
            reader = await console.session(Role.AUDITOR)
            async with console.browser(reader) as browser:
                assert (await browser.get(f"/en/drafts/{draft}/simulation")).status_code == 200
                refused = await browser.post(f"/en/drafts/{draft}/simulation", data={"_csrf": reader.csrf})
                assert refused.status_code == 404
        for call in ({"since": "x", "until": None}, {"since": "2026-10-02", "until": "2026-10-01"}):
            with pytest.raises(StaffCallError) as told:
                await called(house, "simulation.run", draft=draft, **call)
            assert told.value.code == "simulation-refused"

    asyncio.run(run())
