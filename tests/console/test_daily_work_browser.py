"""The daily work in a real browser: an officer's morning in both languages, a breach from report to notices, a duty
with keys alone, and what axe-core says of every page."""

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from gateway.domain.due import OTTAWA
from gateway.service.words.sentences import BOTH
from tests.console.browser import PHONE, Watched, watched


def today(days: int = 0) -> str:
    return (datetime.now(UTC).astimezone(OTTAWA) + timedelta(days=days)).date().isoformat()


def sign_out(window: Watched) -> None:
    window.page.click("header details.menu summary")
    window.page.click("header details.menu form button")
    window.page.wait_for_url(re.compile("/sign-out"))


@pytest.mark.parametrize("lang", BOTH)
def test_axe_finds_nothing_on_the_pages_of_the_daily_work(browser: Browser, origin: str, lang: str) -> None:
    found: dict[str, list[str]] = {}
    with watched(browser, origin) as window:
        window.sign_in("r.roy", lang)
        paths = ["/duties", "/duties?when=today&all=1", "/duties?when=standing", "/duties?when=done", "/duties/new-use",
                 "/duties/law/PA-6", "/breaches", "/breaches/new", f"/breaches/new?from={today(-3)}&to={today()}",
                 "/consents", "/consents/new?type=protection-case", "/delegations", "/delegations?state=over",
                 "/delegations/new", "/holds", "/holds/new", "/corrections?type=protection-case"]  # fmt: skip
        for path in paths:
            window.goto(f"/{lang}{path}")
            found[path] = window.axe()
        window.goto(f"/{lang}/duties")
        window.page.click("table.duties tbody a >> nth=0")
        window.page.wait_for_url(re.compile(r"/duties/\d+"))
        found["duty"] = window.axe()
        window.goto(f"/{lang}/delegations")
        window.page.click("tbody a >> nth=0")
        window.page.wait_for_url(re.compile("/delegations/d-"))
        found["order"] = window.axe()
        window.page.set_viewport_size(PHONE)
        window.goto(f"/{lang}/duties")
        found["phone"] = window.axe()
        assert window.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        window.page.click("details.group summary >> nth=0")
        found["menu"] = window.axe()
    assert {name: faults for name, faults in found.items() if faults} == {}


@pytest.mark.parametrize("lang", BOTH)
def test_every_morning(browser: Browser, origin: str, lang: str) -> None:
    """Story 4: Today says what is due; the drafts are read, sent, said to be sent; nothing is left of them."""
    with watched(browser, origin) as window:
        page = window.page
        window.sign_in("r.roy", lang)
        before = page.locator("section[aria-labelledby=duties] .badge.warn").inner_text()
        page.click(f'section[aria-labelledby=duties] a[href="/{lang}/duties"]')
        page.wait_for_url(re.compile(rf"/{lang}/duties$"))
        # A notice to somebody, with its draft in both languages.
        page.click("table.duties tr:has(th .small) th a >> nth=0")
        page.wait_for_url(re.compile(r"/duties/\d+/\d+$"))
        assert page.locator(".letters .letter").count() == 2
        expect(page.locator(".letters .letter >> nth=0")).to_have_attribute("lang", lang)
        with page.expect_download() as waiting:
            page.click(f'a[href$="notice-{lang}.pdf"]')
        assert waiting.value.path().read_bytes().startswith(b"%PDF")
        page.emulate_media(media="print")
        assert not page.locator("form#work").is_visible()
        assert page.locator(".letters .letter >> nth=1").is_visible()
        page.emulate_media(media="screen")
        page.select_option("#how", "secure-portal")
        page.fill("#sent_on", today())
        if page.locator("#despite_hold").count():
            page.fill("#despite_hold", "Counsel was asked; it goes by the portal.")
        page.fill("#note", "Receipt on file.")
        page.click("form#work button")
        page.wait_for_url(re.compile("/done$"))
        page.click("main a.button")
        page.wait_for_url(re.compile(rf"/{lang}/duties$"))
        # The rest of one kind at once, but for one.
        page.click("details.filters summary")
        page.select_option("#kind", "as-of-label")
        page.click("details.filters button")
        page.wait_for_url(re.compile("kind=as-of-label"))
        boxes = page.locator("input[name=duty]")
        count = boxes.count()
        if count > 1:
            page.click('a[href*="all=1"]')
            page.wait_for_url(re.compile("all=1"))
            kept = boxes.first.get_attribute("value")
            boxes.first.uncheck()
            page.select_option("#how", "on-file")
            page.click("form#work .acts button")
            page.wait_for_url(re.compile("/duties/done"))
            assert page.locator("main ul.chips a").count() == count - 1
            window.goto(f"/{lang}/duties?kind=as-of-label")
            assert [one.get_attribute("value") for one in boxes.all()] == [kept]
        window.goto(f"/{lang}/")
        badge = page.locator("section[aria-labelledby=duties] .badge.warn")
        assert badge.count() == 0 or badge.inner_text() != before
        sign_out(window)


def test_a_breach_from_its_report_to_its_notices(browser: Browser, origin: str) -> None:
    with watched(browser, origin) as window:
        page = window.page
        window.sign_in("p.singh", "fr")
        window.menu("/fr/breaches")
        page.click('main a[href="/fr/breaches/new"]')
        page.fill("#from", today(-3))
        page.fill("#to", today())
        page.click("form[method=get] button")
        page.wait_for_url(re.compile("from="))
        page.click("form[action$='/breaches/people'] button")
        page.wait_for_url(re.compile("/breaches/people"))
        assert page.locator("tbody tr").count() >= 1
        page.click(".crumbs a")
        page.fill("#what", "Un portable a été perdu. <b>x</b>")
        page.fill("#measures", "La clé a été révoquée.")
        page.fill("#for_people", "A laptop was lost.")
        page.fill("#for_people_fr", "Un portable a été perdu.")
        page.click("button.toggle")
        page.wait_for_url(re.compile("/en/breaches/new"))
        expect(page.locator("#what")).to_have_value("Un portable a été perdu. <b>x</b>")
        expect(page.locator("#from")).to_have_value(today(-3))
        page.click("form#work .acts button")
        page.wait_for_url(re.compile(r"/en/breaches/\d+$"))
        assert page.locator("tbody tr").count() >= 4
        assert window.axe() == []
        for _nth in range(2):
            page.locator("tr:has(.badge.info) a").first.click()
            page.wait_for_url(re.compile(r"/duties/\d+/\d+"))
            assert page.locator(".letter").count() == 2
            page.select_option("#how", "courier")
            page.click("form#work button")
            page.wait_for_url(re.compile("/done$"))
            page.click('main a[href^="/en/breaches/"]')
            page.wait_for_url(re.compile(r"/breaches/\d+$"))
        assert page.locator(".badge.good").count() == 2
        sign_out(window)


@pytest.mark.parametrize("lang", BOTH)
def test_a_duty_is_marked_as_done_with_keys_alone(browser: Browser, origin: str, lang: str) -> None:
    """From the menu to sign-out, without a pointer."""
    with watched(browser, origin, size=PHONE) as window:
        page = window.page
        window.sign_in("r.roy", lang)
        tab_to(window, f'nav a[href="/{lang}/duties"]')
        page.keyboard.press("Enter")
        page.wait_for_url(re.compile("/duties$"))
        tab_to(window, "table.duties tbody th a")
        page.keyboard.press("Enter")
        page.wait_for_url(re.compile(r"/duties/\d+/\d+"))
        tab_to(window, "#how")
        page.keyboard.press("ArrowDown")
        tab_to(window, "#note")
        page.keyboard.type("Sent.")
        tab_to(window, "form#work .acts button")
        page.keyboard.press("Enter")
        page.wait_for_url(re.compile("/done$"))
        expect(page.locator("main h1")).to_contain_text({"en": "On record", "fr": "Consignée"}[lang])
        tab_to(window, "details.group summary")
        page.keyboard.press("Enter")
        expect(page.locator("details.group ul").first).to_be_visible()
        page.keyboard.press("Escape")
        expect(page.locator("details.group ul").first).not_to_be_visible()


def test_the_fingerprint_of_a_paper_is_computed_in_the_browser(browser: Browser, origin: str, tmp_path: Path) -> None:
    paper = tmp_path / "paper.pdf"
    paper.write_bytes(b"")
    with watched(browser, origin) as window:
        window.sign_in("r.roy", "en")
        window.goto("/en/consents/new?type=protection-case")
        window.page.set_input_files("#scan", files=paper)
        expect(window.page.locator("#document")).to_have_value("47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU")


def tab_to(window: Watched, selector: str) -> None:
    """Press Tab until this has the focus."""
    wanted = window.page.locator(selector).first
    for _press in range(120):
        if wanted.evaluate("element => element === document.activeElement"):
            return
        window.page.keyboard.press("Tab")
    raise AssertionError(f"no key leads to {selector}")
