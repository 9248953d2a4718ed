"""An auditor reads everything and changes nothing: held against every route; and takes the log away to verify it."""

import asyncio
import io
import subprocess
import sys
import tarfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import httpx
import pytest

from gateway.console.topics import TOPICS
from gateway.domain.actor import Actor, Identified, Role
from gateway.staff.asking import ask
from tests.console.examples import filled
from tests.console.house import OTHER, House

POSTS = [route for topic in TOPICS for route in topic.routes if route.method == "POST"]
ALLOWED = {
    "/log/find",  # opens an entry by its number
    "/log/export",
    "/log/{entry}/recompute",
    "/acts/named",
    "/acts/export",
    "/integrity/check",
    "/integrity/stop",
    "/integrity/export",
    "/keys/{keyid}/signed",
    "/reports/export",
}
"""Look-ups, exports and verifications, which change nothing and are on record."""


async def size(house: House) -> int:
    assert house.settings.staff_socket is not None
    found: int = (await ask(house.settings.staff_socket, "log.standing", {}))["size"]
    return found


def test_an_auditor_may_do_nothing_but_look_up_export_and_verify() -> None:
    assert {route.path for route in POSTS if Role.AUDITOR in route.rule.roles} == ALLOWED


@pytest.mark.parametrize("route", [one for one in POSTS if one.path not in ALLOWED], ids=lambda one: str(one.path))
def test_every_other_act_is_refused_to_an_auditor_and_leaves_no_entry(route: Any, house: House) -> None:
    async def work() -> None:
        async with house.console() as console:
            for unit in ("opc-audit", "esdc-isb"):
                session = await console.session(Role.AUDITOR, unit=unit)
                path = await filled(route.path, house, console, session)
                before = await size(house)
                async with console.browser(session) as browser:
                    body = {"_csrf": session.csrf, "because": "x", "compared": "yes", "sure": "yes"}
                    answer = await browser.post(f"/en{path}", data=body)
                assert answer.status_code == 404
                assert await size(house) == before

    asyncio.run(work())


def test_the_file_that_an_auditor_takes_is_verified_by_the_program_in_it_and_gives_the_number_of_the_page(
    house: House, tmp_path: Path
) -> None:
    async def take() -> tuple[bytes, str, str, Mapping[str, Any]]:
        async with house.console() as console:
            session = await console.session(Role.AUDITOR, unit="opc-audit")
            async with console.browser(session) as browser:
                page = (await browser.get("/en/integrity")).text
                signed = page.split('name="size" value="')[1].split('"')[0]
                root = page.split('id="root">')[1].split("<")[0]
                answer = await browser.post("/en/integrity/export", data={"_csrf": session.csrf, "size": signed})
                assert answer.headers["content-disposition"] == f'attachment; filename="log-{signed}.tar"'
                entry = await ask(_socket(house), "entry.lines", {"entries": [await size(house) - 1]})
                refused = await browser.post("/en/integrity/export", data={"_csrf": session.csrf, "size": "1" * 15})
                assert "signed no checkpoint of this size" in refused.text
        return answer.content, signed, root.replace("&#43;", "+"), entry[0]

    content, signed, root, entry = asyncio.run(take())
    assert entry["reasons"] == ["log-exported"]
    with tarfile.open(fileobj=io.BytesIO(content)) as file:
        file.extractall(tmp_path, filter="data")
    folder = tmp_path / f"log-{signed}"
    # The program of the file and no other: isolated, it would find the repository's nowhere.
    start = (
        f"import sys, runpy; sys.path.insert(0, {str(folder)!r}); "
        "sys.argv = ['audit', 'verify', 'log', '--key', '@log.vkey']; runpy.run_module('audit', run_name='__main__')"
    )
    command = [sys.executable, "-I", "-c", start]
    told = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=True).stdout
    assert f"size: {signed}\n" in told
    assert f"root: {root}\n" in told
    assert "The evidence holds." in told
    for how in ("HOW-TO-VERIFY.txt", "COMMENT-VERIFIER.txt"):
        assert root in (folder / how).read_text("utf-8")


def _socket(house: House) -> Path:
    assert house.settings.staff_socket is not None
    return house.settings.staff_socket


def test_a_check_runs_in_sight_one_at_a_time_and_its_end_is_an_entry(house: House) -> None:
    async def work() -> None:
        async with house.console() as console:
            session = await console.session(Role.AUDITOR, unit="opc-audit")
            async with console.browser(session) as browser:
                token = {"_csrf": session.csrf}
                assert "No check runs any more" in (await browser.post("/en/integrity/stop", data=token)).text
                assert (await browser.post("/en/integrity/check", data={**token, "check": "x"})).status_code == 422
                for check, words in (("verify", "Verification under way"), ("reconcile", "Reconciliation under way")):
                    begun = await browser.post("/en/integrity/check", data={**token, "check": check})
                    assert begun.status_code == 303
                    assert words in (await browser.get("/en/integrity")).text
                    again = await browser.post("/en/integrity/check", data={**token, "check": "verify"})
                    assert "A check runs already" in again.text
                    assert await _ended(browser)
                page = (await browser.get("/en/integrity")).text
                assert page.count("Holds</span>") == 2
                assert "The log is what it was." in page
                await browser.post("/en/integrity/check", data={**token, "check": "reconcile"})
                await browser.post("/en/integrity/stop", data=token)
                last = await ask(_socket(house), "entry.lines", {"entries": [await size(house) - 1]})
                assert last[0]["reasons"] == ["log-check-stopped"]
                assert last[0]["requester"] == "opc-audit"

    asyncio.run(work())


async def _ended(browser: httpx.AsyncClient) -> bool:
    for _ in range(600):
        if (await browser.get("/en/integrity/progress")).json()["ended"]:
            return True
        await asyncio.sleep(0.1)
    return False


def test_a_privacy_officer_looks_up_the_acts_of_their_own_institution_alone(house: House) -> None:
    async def named(unit: str, role: Role) -> tuple[str, int]:
        async with house.console() as console:
            session = await console.session(role, unit=unit)
            async with console.browser(session) as browser:
                answer = await browser.post("/fr/acts/named", data={"_csrf": session.csrf, "officer": ""})
                assert answer.status_code == 303
                assert "officer" not in answer.headers["location"]
                page = await browser.get(answer.headers["location"])
            stranger = Actor("s.else", unit, frozenset({role}), Identified.SIGN_IN)
            other = await console.sessions.begin(stranger, proven=console.sessions.now())
            async with console.browser(other) as browser:
                assert (await browser.get(answer.headers["location"])).status_code == 404
            return page.text, page.status_code

    text, status = asyncio.run(named(OTHER, Role.PRIVACY_OFFICER))
    assert status == 200
    assert "sandbox-head" not in text
    text, status = asyncio.run(named("opc-audit", Role.AUDITOR))
    assert (status, "sandbox-head" in text) == (200, True)
