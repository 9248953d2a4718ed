"""The agreement workshop in a real browser: from a draft to what is in force by three people, a stop by two, and what
goes wrong on the way."""

import re

import pytest
from playwright.sync_api import Browser, expect

from gateway.service.words.sentences import BOTH
from tests.console.browser import PHONE, Watched, watched
from tests.console.test_browser import tab_to

HOSTILE = '<b>"}] # & é \u0623\u0646\u0627 </textarea><script>alert(1)</script>'
AGREEMENT = {"en": "esdc-ircc-tfw", "fr": "esdc-cbsa-irpa"}
"""One for each language, so that the tests do not meet."""


def amended(window: Watched, lang: str, agreement: str) -> str:
    """A draft of an agreement, opened from its page."""
    window.goto(f"/{lang}/agreements/{agreement}")
    window.page.click("form[action$='/amend'] button")
    window.page.wait_for_url(re.compile(f"/edit/{agreement}$"))
    return window.page.url.split("/drafts/")[1].split("/")[0]


def first_clause(window: Watched) -> None:
    window.page.click("a[href*='/clause/'] >> nth=0")
    window.page.wait_for_load_state("networkidle")


def save(window: Watched) -> None:
    window.page.click("form#work > .acts button")
    window.page.wait_for_load_state("networkidle")


@pytest.mark.parametrize("lang", BOTH)
def test_three_people_bring_a_change_into_force(browser: Browser, origin: str, lang: str) -> None:
    agreement = AGREEMENT[lang]
    with watched(browser, origin) as window:
        page = window.page
        window.sign_in("e.chen", lang)
        draft = amended(window, lang, agreement)
        assert window.axe() == []
        first_clause(window)
        assert window.axe() == []
        box = page.locator("input[name=elements] >> nth=3")
        gone = str(box.get_attribute("value"))
        box.uncheck()
        page.fill("#max_days", "")
        page.eval_on_selector("#work", "form => form.noValidate = true")
        save(window)
        expect(page.locator("#max_days-error")).to_be_visible()
        expect(page.locator(f"#elements-{gone}")).not_to_be_checked()
        page.fill("#max_days", "1200")
        save(window)
        page.wait_for_url(re.compile(f"/edit/{agreement}$"))
        window.goto(f"/{lang}/drafts/{draft}/compare")
        assert "1200" in page.locator("main").inner_text().replace("\u202f", "").replace("\u00a0", "")
        assert window.axe() == []
        window.goto(f"/{lang}/drafts/{draft}")
        save_button = page.locator("form#work .step button")
        save_button.first.click()
        page.wait_for_load_state("networkidle")
        assert window.axe() == []
    with watched(browser, origin) as window:
        page = window.page
        window.sign_in("a.diallo", lang)
        window.goto(f"/{lang}/drafts/{draft}")
        page.click("form#work .step button")
        expect(page.locator(".problems")).to_be_visible()
        page.check("input[name=read]")
        page.fill("#office", HOSTILE[:60])
        page.click("form#work .step button")
        page.wait_for_url(re.compile(f"/drafts/{draft}$"))
        assert "<b>" in page.locator("main").inner_text()
        assert window.axe() == []
    with watched(browser, origin, size=PHONE) as window:
        page = window.page
        window.sign_in("j.morin", lang)
        tab_to(window, f"header a[href='/{lang}/agreements']")
        page.keyboard.press("Enter")
        page.wait_for_url(re.compile("/agreements$"))
        tab_to(window, f"main a[href='/{lang}/drafts/{draft}']")
        page.keyboard.press("Enter")
        page.wait_for_url(re.compile(f"/drafts/{draft}$"))
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        tab_to(window, "button[formaction$='/publish']")
        page.keyboard.press("Enter")
        page.wait_for_selector("button[formaction$='/publish']", state="detached")
        window.goto(f"/{lang}/agreements/{agreement}/text")
        assert '"2"' in page.locator("pre").inner_text().split("title", 1)[0]
        assert gone not in page.locator("pre").inner_text().split("clauses:", 2)[1].split("retention")[0]


def test_of_two_editors_the_second_is_shown_what_changed(browser: Browser, origin: str) -> None:
    agreement = "ircc-esdc-209-92"
    with watched(browser, origin) as one, watched(browser, origin) as two:
        one.sign_in("e.chen", "en")
        two.sign_in("e.chen", "fr")
        draft = amended(one, "en", agreement)
        one.goto(f"/en/drafts/{draft}/edit/{agreement}/term")
        two.goto(f"/fr/drafts/{draft}/edit/{agreement}/term")
        one.page.fill("#title-en", "The first was faster")
        save(one)
        two.page.fill("#title-fr", HOSTILE)
        save(two)
        expect(two.page.locator(".problems")).to_be_visible()
        expect(two.page.locator(".diff ins")).to_contain_text("The first was faster")
        expect(two.page.locator("#title-fr")).to_have_value(HOSTILE)
        assert two.axe() == []
        two.page.fill("#title-en", "The first was faster")
        save(two)
        two.page.wait_for_url(re.compile(f"/edit/{agreement}$"))
        expect(two.page.locator("h1")).to_contain_text(HOSTILE)
        # The same in the text box.
        address = f"drafts/{draft}/text/isa:{agreement}.yaml"
        one.goto(f"/en/{address}")
        two.goto(f"/fr/{address}")
        one.page.fill("#text", one.page.input_value("#text").replace("The first was", "Nobody was"))
        save(one)
        two.page.fill("#text", two.page.input_value("#text") + "# mine\n")
        save(two)
        expect(two.page.locator(".diff ins")).to_contain_text("Nobody was")
        assert two.page.input_value("#text").endswith("# mine\n")


def test_a_fault_in_the_text_is_shown_by_its_line(browser: Browser, origin: str) -> None:
    agreement = "esdc-on-labour-findings"
    with watched(browser, origin) as window:
        window.sign_in("e.chen", "en")
        draft = amended(window, "en", agreement)
        window.goto(f"/en/drafts/{draft}/text/isa:{agreement}.yaml")
        lines = window.page.input_value("#text").split("\n")
        broken = [line.replace("expiry: 2", "expiry: x2") for line in lines]
        number = 1 + next(at for at, line in enumerate(broken) if "expiry: x" in line)
        window.page.fill("#text", "\n".join(broken))
        save(window)
        expect(window.page.locator("main table")).to_contain_text(f"line {number}")
        assert window.axe() == []
        window.goto(f"/en/drafts/{draft}")
        expect(window.page.locator(".notice.danger")).to_be_visible()


def test_a_session_that_ends_in_a_form_loses_nothing(browser: Browser, origin: str) -> None:
    agreement = "esdc-on-labour-findings"
    with watched(browser, origin) as window:
        window.sign_in("e.chen", "en")
        draft = amended(window, "en", agreement)
        window.goto(f"/en/drafts/{draft}/edit/{agreement}/term")
        window.page.fill("#title-en", HOSTILE)
        window.context.clear_cookies()
        save(window)
        with window.context.expect_page() as opened:
            window.page.click("main ol a")
        opened.value.click("button[value='e.chen']")
        opened.value.wait_for_load_state("networkidle")
        window.page.click("main form button")
        expect(window.page.locator("#title-en")).to_have_value(HOSTILE)
        save(window)
        window.page.wait_for_url(re.compile(f"/edit/{agreement}$"))
        expect(window.page.locator("h1")).to_contain_text(HOSTILE)


@pytest.mark.parametrize("lang", BOTH)
def test_one_person_stops_an_agreement_and_two_take_it_up(browser: Browser, origin: str, lang: str) -> None:
    address = f"/{lang}/agreements/esdc-lantern-support"
    with watched(browser, origin) as window:
        page = window.page
        window.sign_in("a.diallo", lang)
        window.goto(address)
        page.fill("#suspend-en", "A breach is looked into.")
        page.click("form#work .step button")
        expect(page.locator("#suspend-fr-error")).to_be_visible()
        page.fill("#suspend-fr", HOSTILE)
        page.click("form#work .step button")
        page.wait_for_url(re.compile("esdc-lantern-support$"))
        expect(page.locator(".notice.danger")).to_be_visible()
        assert window.axe() == []
        page.click("button[formaction$='/resume']")
        page.wait_for_load_state("networkidle")
        expect(page.locator(".notice.warn")).to_be_visible()
        page.click("button[formaction$='/resume']")
        expect(page.locator(".problems")).to_be_visible()
    with watched(browser, origin) as window:
        window.sign_in("j.morin", lang)
        window.goto(address)
        window.page.click("button[formaction$='/resume']")
        window.page.wait_for_url(re.compile("esdc-lantern-support$"))
        expect(window.page.locator("main .badge").first).to_have_class(re.compile("good"))
