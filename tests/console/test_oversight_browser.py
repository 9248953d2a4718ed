"""Stories 7 and 8 of docs/console.md in a real browser, in both languages; and what axe-core says of these pages."""

import asyncio
import json
import re
import subprocess
import sys
import tarfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, expect

from gateway.httpsig.keys import Algorithm, SigningKey
from gateway.httpsig.pem import write_private_pem, write_public_pem
from gateway.service.words.sentences import BOTH
from gateway.staff.asking import ask
from tests.console.browser import PHONE, Watched, watched
from tests.console.house import House
from tests.console.test_browser import tab_to


def told(house: House, call: str, **arguments: Any) -> Any:
    """A staff call from beside the browser's event loop."""
    socket = house.settings.staff_socket
    assert socket is not None
    with ThreadPoolExecutor(1) as beside:
        return beside.submit(lambda: asyncio.run(ask(socket, call, arguments))).result()


def settled(window: Watched) -> None:
    window.page.wait_for_load_state("networkidle")


def sign_out(window: Watched) -> None:
    window.page.click("details.menu summary")
    window.page.click("details.menu form button")
    window.page.wait_for_url(re.compile("/sign-out"))


def used_key(house: House, place: int) -> str:
    """The key of a partner that asked for something, another one for each place."""
    groups = told(house, "projection.group", columns=["requester"], where={"kind": ["disclosure"]})["groups"]
    units = sorted(group["values"][0] for group in groups)
    found: str = house.live.keys[units[place]].public.keyid
    return found


@pytest.mark.parametrize("lang", BOTH)
def test_story_7_a_key_on_a_lost_laptop(browser: Browser, origin: str, house: House, lang: str) -> None:
    """With keys alone, from sign-in to sign-out: revoked at once, with what it signed; nobody is named."""
    stolen = used_key(house, BOTH.index(lang))
    with watched(browser, origin) as window:
        page = window.page
        window.sign_in("k.admin", lang)
        tab_to(window, f'nav a[href="/{lang}/keys"]')
        page.keyboard.press("Enter")
        page.wait_for_url(re.compile("/keys$"))
        window.goto(f"/{lang}/keys/{stolen}")
        tab_to(window, "#because")
        page.keyboard.type("A laptop was lost on <b>Monday</b>.")
        tab_to(window, "button.grave")
        page.keyboard.press("Enter")
        page.wait_for_url(re.compile(f"/keys/{stolen}$"))
        expect(page.locator("dl .badge.danger")).to_have_text({"en": "Revoked", "fr": "Révoquée"}[lang])
        tab_to(window, "section[aria-labelledby=signed] button")
        page.keyboard.press("Enter")
        page.wait_for_url(re.compile("/signed$"))
        settled(window)
        assert window.axe() == []
        rows = page.locator("table.log tbody tr")
        assert rows.count() >= 1
        assert house.worker["value"] not in page.content()
        assert "<b>Monday</b>" not in page.content()
        # The breach is opened with these entries, by whoever may.
        assert (
            page.locator("a[href$='/breaches/new']").count()
            or page.locator("section[aria-labelledby=used] > p").count()
        )
        page.click("table.log tbody tr >> nth=0 >> a")
        page.wait_for_url(re.compile(r"/log/\d+$"))
        sign_out(window)
    revoked = next(one for one in told(house, "key.list") if one["keyid"] == stolen)
    assert (revoked["status"], revoked["on_record"]) == ("revoked", True)
    size = told(house, "log.standing")["size"]
    acts = [one["reasons"] for one in told(house, "entry.lines", entries=[size - 2, size - 1])]
    assert acts == [["key-revoked"], ["key-use-looked-up"]]
    assert "Monday" not in house.live.output()


@pytest.mark.parametrize("lang", BOTH)
def test_a_key_is_exchanged_by_two_people_with_overlap(browser: Browser, origin: str, house: House, lang: str) -> None:
    old = used_key(house, 2 + BOTH.index(lang))
    new = SigningKey.generate(Algorithm.ED25519)
    with watched(browser, origin) as window:
        page = window.page
        window.sign_in("k.admin", lang)
        window.goto(f"/{lang}/keys/{old}")
        page.click(f"a[href='/{lang}/keys/propose?instead={old}']")
        settled(window)
        assert window.axe() == []
        page.fill("#key", write_private_pem(new).decode())
        page.click("form#work .acts button")
        expect(page.locator("#key-error")).to_contain_text({"en": "private key", "fr": "clé privée"}[lang])
        expect(page.locator("#key")).to_have_value("")
        assert window.axe() == []
        page.set_input_files(
            "#file", {"name": "new.pem", "mimeType": "text/plain", "buffer": write_public_pem(new.public)}
        )
        expect(page.locator("#key")).to_have_value(re.compile("BEGIN PUBLIC KEY"))
        page.click("button.toggle")
        expect(page.locator("#key")).to_have_value(re.compile("BEGIN PUBLIC KEY"))
        page.click("button.toggle")
        page.click("form#work .acts button")
        page.wait_for_url(re.compile(f"/keys/{new.public.keyid}$"))
        page.click("form[action$=approve] button")
        expect(page.locator(".problems")).to_be_visible()
        page.check("#compared-yes")
        page.click("form[action$=approve] button")
        expect(page.locator(".problems")).to_contain_text({"en": "second person", "fr": "deuxième personne"}[lang])
    with watched(browser, origin) as window:
        page = window.page
        window.sign_in("s.haddad", lang)
        window.goto(f"/{lang}/keys/{new.public.keyid}")
        expect(page.locator("form[action$=approve] strong")).to_have_text(new.public.keyid)
        page.check("#compared-yes")
        page.click("form[action$=approve] button")
        page.wait_for_url(re.compile(f"/keys/{new.public.keyid}$"))
        expect(page.locator("dl .badge.good")).to_be_visible()
    states = {one["keyid"]: one["status"] for one in told(house, "key.list")}
    assert (states[old], states[new.public.keyid]) == ("active", "active")


@pytest.mark.parametrize("lang", BOTH)
def test_story_8_prove_it(browser: Browser, origin: str, house: House, lang: str, tmp_path: Path) -> None:
    """What staff did is seen; the log is taken away, and the independent program prints the number of the page."""
    with watched(browser, origin) as window:
        page = window.page
        window.sign_in("o.tremblay", lang)
        window.menu(f"/{lang}/acts")
        settled(window)
        page.click("details.filters summary")
        page.select_option("#action", "key-approved")
        page.click("details.filters button")
        page.wait_for_url(re.compile(r"/acts\?action=key-approved$"))
        page.click("ul.chips a >> nth=0")
        page.wait_for_url(re.compile(r"/acts$"))
        page.fill("#officer", "Sandbox-Head")
        page.click("form#work button")
        page.wait_for_url(re.compile("/acts/named/"))
        assert "andbox-" not in page.url
        assert page.locator("table.log tbody tr").count() >= 1
        assert set(page.locator("table.log td:last-child").all_inner_texts()) == {"sandbox-head"}
        window.menu(f"/{lang}/rulebook")
        settled(window)
        page.click("section[aria-labelledby=agreements] tbody a >> nth=0")
        page.wait_for_url(re.compile(r"/rulebook/[\w-]{43}\?day="))
        window.goto(f"/{lang}/integrity")
        tab_to(window, "section[aria-labelledby=c-verify] button")
        page.keyboard.press("Enter")
        page.wait_for_selector("#progress a", timeout=60_000)
        page.click("#progress a")
        settled(window)
        expect(page.locator("#standing.good")).to_be_visible()
        size, root = (page.locator(f"#{name}").inner_text() for name in ("size", "root"))
        signed = page.locator("form[action$=export] input[name=size]").get_attribute("value")
        with page.expect_download() as waiting:
            page.click("form[action$=export] button")
        file = tmp_path / waiting.value.suggested_filename
        waiting.value.save_as(file)
        with page.expect_download() as waiting:
            page.click("a[href$='log.vkey']")
        key = waiting.value.path().read_text("utf-8").strip()
        sign_out(window)
    with tarfile.open(file) as taken:
        taken.extractall(tmp_path, filter="data")
    command = [sys.executable, "-m", "audit", "verify", str(file.with_suffix("") / "log"), "--key", key, "--json"]
    printed = json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)
    assert printed["ok"]
    assert (str(printed["size"]), printed["root"]) == (signed, root)
    assert re.sub(r"\D", "", size) == signed


@pytest.mark.parametrize("lang", BOTH)
def test_axe_finds_nothing_on_the_pages_of_oversight(browser: Browser, origin: str, house: House, lang: str) -> None:
    found: dict[str, list[str]] = {}
    keyid = used_key(house, 0)
    with watched(browser, origin) as window:
        window.sign_in("o.tremblay", lang)
        paths = ["/integrity", "/acts", "/acts?action=key-approved&unit=x&from=y", "/acts?action=erased", "/rulebook",
                 "/rulebook?day=2020-01-01", "/rulebook?day=x", "/keys", f"/keys/{keyid}"]  # fmt: skip
        for size in (None, PHONE):
            if size:
                window.page.set_viewport_size(size)
            for path in paths:
                window.goto(f"/{lang}{path}")
                found[f"{path} {bool(size)}"] = window.axe()
                assert window.page.evaluate("document.documentElement.scrollWidth <= innerWidth"), path
    assert {name: faults for name, faults in found.items() if faults} == {}


def test_a_check_is_read_without_scripts(browser: Browser, origin: str, house: House) -> None:
    del house
    with watched(browser, origin, scripts=False) as window:
        window.sign_in("o.tremblay", "en")
        window.goto("/en/integrity")
        window.page.click("section[aria-labelledby=c-verify] button")
        window.page.wait_for_url(re.compile("/integrity$"))
        for _ in range(100):
            if not window.page.locator("#progress").count():
                break
            window.page.click(".step .acts a")
        expect(window.page.locator("#standing.good")).to_be_visible()
