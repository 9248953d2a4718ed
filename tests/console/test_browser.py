"""The console in a real browser: the officers' daily work in both languages, with keys alone, on a phone, without
scripts; and what axe-core says of every page."""

import asyncio
import contextlib
import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Error, expect

from gateway.demo.play import START_SECONDS, Sandbox, free_port, play
from gateway.demo.story import story
from gateway.deployment.settings import Settings
from gateway.service.words.sentences import BOTH
from gateway.staff.asking import ask
from tests.console.browser import PHONE, Watched, watched
from tests.console.house import House


def refer_again(house: House) -> str:
    """A fresh emergency that nobody has decided; its words in the queue are the ground's."""
    live = house.live
    sandbox = Sandbox(live.settings, live.folder / "gateway", live.landmarks, live.keys, live.pid)
    scene = next(one for one in story(live.landmarks) if one.released)
    told = play(sandbox, replace(scene, released=(), expects="refer"))
    assert told.referral is not None
    return told.referral.id


def look_up(window: Watched, house: House, lang: str) -> None:
    window.goto(f"/{lang}/person")
    window.page.select_option("#scheme", house.worker["scheme"])
    window.page.fill("#value", house.worker["value"])
    window.page.click("main button[type=submit]")
    window.page.wait_for_url(re.compile(rf"/{lang}/person/"))


@pytest.mark.parametrize("lang", BOTH)
def test_axe_finds_nothing_on_any_page(browser: Browser, origin: str, house: House, lang: str) -> None:
    found: dict[str, list[str]] = {}
    with watched(browser, origin) as window:
        window.goto(f"/{lang}/sign-in")
        found["sign-in"] = window.axe()
        window.sign_in("r.roy", lang)
        referral = refer_again(house)
        paths = ["/", "/referrals", "/referrals?state=decided", f"/referrals/{referral}", "/log", "/log/20", "/log/3",
                 "/person", "/sign-in/again", "/no-such-page"]  # fmt: skip
        for path in paths:
            window.goto(f"/{lang}{path}")
            found[path] = window.axe()
        window.goto(f"/{lang}/referrals/{referral}")
        window.page.fill("#because", "x")
        window.page.click("form#work .acts button >> nth=0")
        found["refused form"] = window.axe()
        look_up(window, house, lang)
        found["person"] = window.axe()
        window.page.click("section[aria-labelledby=account] button")
        window.page.wait_for_url(re.compile("/account/"))
        found["account"] = window.axe()
        window.page.set_viewport_size(PHONE)
        window.goto(f"/{lang}/referrals/{referral}")
        found["phone"] = window.axe()
    assert {name: faults for name, faults in found.items() if faults} == {}


@pytest.mark.parametrize("lang", BOTH)
def test_an_emergency_is_decided_on_a_phone_with_keys_alone(
    browser: Browser, origin: str, house: House, lang: str
) -> None:
    """From sign-in to sign-out, without a pointer and without scrolling sideways."""
    referral = refer_again(house)
    delegate(house)
    with watched(browser, origin, size=PHONE) as window:
        page = window.page
        window.sign_in("r.roy", lang)
        tab_to(window, f'a[href="/{lang}/referrals/{referral}"]')
        page.keyboard.press("Enter")
        page.wait_for_url(re.compile(referral))
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        tab_to(window, "#elements-worker_name")
        page.keyboard.press("Space")
        tab_to(window, "#because")
        page.keyboard.type("Danger to life; the name alone helps to find one person.")
        tab_to(window, "form#work .acts button >> nth=0")
        page.keyboard.press("Enter")
        page.wait_for_url(re.compile("/release"))
        expect(page.locator("main h1")).to_contain_text({"en": "On record", "fr": "Consigné"}[lang])
        assert page.locator("main .card").count() >= 1
        tab_to(window, "details.menu summary", again=True)
        page.keyboard.press("Enter")
        tab_to(window, "details.menu form button")
        page.keyboard.press("Enter")
        page.wait_for_url(re.compile("/sign-out"))
        with contextlib.suppress(Error):
            # The page was the answer to a form, and is kept nowhere.
            page.go_back()
        page.wait_for_load_state("networkidle")
        assert referral not in page.content()


def tab_to(window: Watched, selector: str, *, again: bool = False) -> None:
    """Press Tab until this has the focus."""
    if again:
        window.page.evaluate("document.activeElement.blur()")
    wanted = window.page.locator(selector).first
    for _press in range(80):
        if wanted.evaluate("element => element === document.activeElement"):
            return
        window.page.keyboard.press("Tab")
    raise AssertionError(f"no key leads to {selector}")


def delegate(house: House) -> None:
    """As the head of the institution does once for the year."""
    with ThreadPoolExecutor(1) as beside:
        beside.submit(lambda: asyncio.run(_delegate(house))).result()


async def _delegate(house: House) -> None:
    now, path = datetime.now(UTC), house.live.settings.staff_socket
    assert path is not None
    found = await ask(path, "referral.list", {"only_open": True})
    for weigh in {tuple(one["weigh"]) for one in found}:
        order = {
            "to": "r.roy",
            "at": "esdc-isb",
            "provisions": list(weigh),
            "begins": now.isoformat(),
            "ends": (now + timedelta(hours=1)).isoformat(),
        }
        await ask(path, "delegation.give", order, {"unit": "esdc-isb", "officer": "d.levesque"})


@pytest.mark.parametrize("lang", BOTH)
def test_who_received_a_workers_data_and_the_letter(browser: Browser, origin: str, house: House, lang: str) -> None:
    with watched(browser, origin) as window:
        page = window.page
        window.sign_in("r.roy", lang)
        look_up(window, house, lang)
        assert house.worker["value"] not in page.url
        assert page.locator("ol.line > li").count() >= 3
        page.click("section[aria-labelledby=account] button")
        page.wait_for_url(re.compile("/account/"))
        with page.expect_download() as waiting:
            page.click(f'a[href$="account-{lang}.pdf"]')
        assert waiting.value.path().read_bytes().startswith(b"%PDF")
        page.click("details.menu summary")
        page.click("details.menu form button")
        page.wait_for_url(re.compile("/sign-out"))


def test_the_toggle_keeps_the_page_and_what_was_typed(browser: Browser, origin: str, house: House) -> None:
    referral = refer_again(house)
    with watched(browser, origin) as window:
        window.sign_in("r.roy", "en")
        window.goto(f"/en/referrals/{referral}")
        window.page.fill("#because", "Half a thought <b>é")
        window.page.check("#elements-worker_name")
        window.page.click("button.toggle")
        window.page.wait_for_url(f"{origin}/fr/referrals/{referral}")
        expect(window.page.locator("#because")).to_have_value("Half a thought <b>é")
        expect(window.page.locator("#elements-worker_name")).to_be_checked()
        expect(window.page.locator("html")).to_have_attribute("lang", "fr")


def test_pages_are_read_and_forms_sent_without_scripts(browser: Browser, origin: str, house: House) -> None:
    referral = refer_again(house)
    with watched(browser, origin, scripts=False) as window:
        window.sign_in("r.roy", "en")
        window.goto(f"/en/referrals/{referral}")
        assert window.page.locator("form#work").is_visible()
        window.page.fill("#because", "Typed without a script")
        window.page.click("button.toggle")
        expect(window.page.locator("#because")).to_have_value("Typed without a script")


def test_the_first_load_is_light(browser: Browser, origin: str) -> None:
    """All that a browser with an empty cache receives for the first page, as it comes over the wire."""
    with watched(browser, origin) as window:
        sizes: list[int] = []
        window.page.on("requestfinished", lambda done: sizes.append(done.sizes()["responseBodySize"]))
        window.sign_in("r.roy", "en")
        window.page.wait_for_load_state("networkidle")
        assert sum(sizes) < 300_000, sum(sizes)
        print("first load", sum(sizes))


def test_a_console_of_a_process_of_its_own_wears_the_federal_marks(
    browser: Browser, house: House, tmp_path: Path
) -> None:
    """Beside the running gateway, over its staff socket; the one web component keeps to the page's policy."""
    file, port = tmp_path / "console.yaml", free_port()
    file.write_text("brand: {federal: true, name_en: Sharing, name_fr: Partage}\n", "utf-8")
    origin = f"http://127.0.0.1:{port}"
    settings = replace(house.live.settings, console_origin=origin, console_file=file)
    with beside(settings, port), watched(browser, origin) as window:
        window.sign_in("r.roy", "fr")
        marks = window.page.locator("gcds-signature svg")
        expect(marks).to_be_visible()
        assert window.axe() == []
        window.goto(f"/fr/referrals/{house.referrals[0]}")
        expect(window.page.locator("form#work")).to_be_visible()


@contextlib.contextmanager
def beside(settings: Settings, port: int) -> Iterator[None]:
    command = [sys.executable, "-m", "gateway", "console", "--port", str(port)]
    process = subprocess.Popen(command, env={**os.environ, **settings.to_environment()})
    try:
        deadline = time.monotonic() + START_SECONDS
        while not _answers(port):
            assert process.poll() is None
            assert time.monotonic() < deadline
            time.sleep(0.1)
        yield
    finally:
        process.terminate()
        process.wait(timeout=20)


def _answers(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def test_nobody_is_named_in_any_line_of_the_log(house: House) -> None:
    """After all of the above."""
    assert house.worker["value"] not in house.live.output()
    assert "r.roy" not in house.live.output()
