"""Makes the pictures of docs/console/: `python -m tests.console.screenshots`. Both languages, desk and phone.

The world of the demonstration is built and played first; its people and records are invented.
"""

import io
import re
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from itertools import chain
from pathlib import Path

from PIL import Image
from playwright.sync_api import ViewportSize

from gateway.demo.console import leave_work
from gateway.demo.play import Sandbox, free_port, play
from gateway.demo.story import story
from gateway.domain.due import OTTAWA
from gateway.service.words.sentences import BOTH
from tests.conftest import REPOSITORY
from tests.console.browser import DESK, PHONE, Watched, chromium, watched
from tests.live import deploy

TARGET = REPOSITORY / "docs" / "console"
COLOURS = 96
TALLEST = 2400
SIZES: dict[str, ViewportSize] = {"desk": DESK, "phone": PHONE}


@contextmanager
def played() -> Iterator[Sandbox]:
    with tempfile.TemporaryDirectory(prefix="console-pictures-") as scratch:
        folder = Path(scratch)
        thresholds = folder / "flags.yaml"
        thresholds.write_text("refusals_least: 2\nrefusals_share: 0.2\ncase_askers: 2\n")
        origin = f"http://127.0.0.1:{free_port()}"
        made = deploy(folder, workers=60, console_origin=origin, flags_file=thresholds)
        with made.start() as live:
            sandbox = Sandbox(live.settings, folder / "gateway", live.landmarks, live.keys, live.pid)
            for scene in story(live.landmarks):
                play(sandbox, scene)
            leave_work(sandbox)
            yield sandbox


def walk(window: Watched, sandbox: Sandbox, lang: str) -> Iterator[str]:
    """Open one page after the other; the name of each."""
    page, worker = window.page, sandbox.landmarks["protection_case"]
    window.goto(f"/{lang}/sign-in")
    yield "sign-in"
    window.sign_in("r.roy", lang)
    yield "today"
    window.goto(f"/{lang}/referrals")
    yield "queue"
    page.click("tbody a >> nth=0")
    page.wait_for_load_state("networkidle")
    yield "review"
    window.goto(f"/{lang}/log")
    yield "log"
    window.goto(f"/{lang}/log?outcome=denial&outcome=referral")
    page.click("details.filters summary")
    yield "log-filtered"
    window.goto(f"/{lang}/person")
    page.select_option("#scheme", worker["scheme"])
    page.fill("#value", worker["value"])
    page.click("main button[type=submit]")
    page.wait_for_url(re.compile("/person/"))
    yield "person"
    # A request of another institution that was refused.
    page.click("ol.line > li.refused:has(p + p) a >> nth=-1")
    page.wait_for_url(re.compile("/log/"))
    yield "why"
    page.go_back()
    page.wait_for_url(re.compile("/person/"))
    page.click("section[aria-labelledby=account] button")
    page.wait_for_url(re.compile("/account/"))
    yield "account"
    window.goto(f"/{lang}/flags")
    yield "flags"
    page.click("tbody th a >> nth=0")
    page.wait_for_url(re.compile("/flags/f-"))
    yield "flag"
    window.goto(f"/{lang}/sample")
    yield "sample"
    window.goto(f"/{lang}/reports")
    yield "reports"


def oversee(window: Watched, lang: str) -> Iterator[str]:
    """The pages of an auditor and of an administrator."""
    page = window.page
    window.sign_in("o.tremblay", lang)
    window.goto(f"/{lang}/integrity")
    if not page.locator("#standing.good").count():
        page.click("section[aria-labelledby=c-verify] button")
        page.click("#progress a", timeout=60_000)
        page.wait_for_load_state("networkidle")
    yield "integrity"
    window.goto(f"/{lang}/acts?action=delegation-given&action=referral-partly-released&action=log-verified")
    yield "acts"
    page.click("form#work button")
    page.wait_for_url(re.compile("/acts/named/"))
    yield "acts-named"
    window.goto(f"/{lang}/rulebook")
    yield "rulebook"
    window.sign_in("k.admin", lang)
    window.goto(f"/{lang}/keys")
    yield "keys"
    page.click("section[aria-labelledby=s-active] tbody tr:nth-child(11) a")
    page.wait_for_load_state("networkidle")
    page.click("section[aria-labelledby=signed] button")
    page.wait_for_url(re.compile("/signed"))
    yield "key-signed"


def daily_work(window: Watched, lang: str) -> Iterator[str]:
    """The pages of the privacy office's daily work; a breach is on record once it was reported here first."""
    page = window.page
    today = datetime.now(UTC).astimezone(OTTAWA).date()
    window.goto(f"/{lang}/duties")
    yield "duties"
    page.click("table.duties tr:has(th .small) th a >> nth=0")
    page.wait_for_url(re.compile(r"/duties/\d+"))
    yield "duty"
    window.goto(f"/{lang}/breaches/new?from={today - timedelta(days=3)}&to={today}")
    yield "breach-new"
    window.goto(f"/{lang}/breaches")
    if not page.locator("tbody a").count():
        window.goto(f"/{lang}/breaches/new?from={today - timedelta(days=3)}&to={today}")
        page.fill("#what", "A laptop with the working copy of a case list was left on a train.")
        page.fill("#measures", "Its key was revoked within the hour; the railway is searching.")
        page.click("form#work .acts button")
        page.wait_for_url(re.compile(r"/breaches/\d+$"))
        window.goto(f"/{lang}/breaches")
    yield "breaches"
    page.click("tbody a >> nth=0")
    page.wait_for_url(re.compile(r"/breaches/\d+$"))
    yield "breach"
    window.goto(f"/{lang}/delegations")
    yield "delegations"
    window.goto(f"/{lang}/consents/new?type=protection-case")
    yield "consent-new"
    window.goto(f"/{lang}/corrections?type=protection-case")
    yield "correction"
    window.goto(f"/{lang}/holds")
    yield "holds"


def workshop(window: Watched, lang: str) -> Iterator[str]:
    """The pages of who edits and approves agreements; a draft is opened once, and narrowed."""
    page, agreement = window.page, "esdc-ircc-tfw"
    window.sign_in("e.chen", lang)
    window.goto(f"/{lang}/agreements")
    if not page.locator("main a[href*='/drafts/d-']").count():
        window.goto(f"/{lang}/agreements/{agreement}")
        page.click("form[action$='/amend'] button")
        page.wait_for_url(re.compile("/edit/"))
        page.click("a[href$='/clause/lmia-refresh-1']")
        page.uncheck("#elements-wage_hourly")
        page.click("form#work > .acts button")
        page.wait_for_url(re.compile(f"/edit/{agreement}$"))
        window.goto(f"/{lang}/agreements")
    yield "agreements"
    draft = str(page.locator("main a[href*='/drafts/d-']").first.get_attribute("href"))
    window.goto(f"/{lang}/agreements/{agreement}")
    yield "agreement"
    window.goto(f"{draft}/edit/{agreement}/clause/lmia-refresh-1")
    yield "draft-clause"
    window.goto(f"{draft}/compare")
    yield "draft-compare"
    window.goto(draft)
    yield "draft"


def save(window: Watched, name: str) -> None:
    taken = Image.open(io.BytesIO(window.page.screenshot(full_page=True)))
    kept = taken.crop((0, 0, taken.width, min(taken.height, TALLEST))).convert("RGB")
    kept.quantize(COLOURS).save(TARGET / f"{name}.png", optimize=True)


def main() -> None:
    TARGET.mkdir(parents=True, exist_ok=True)
    with played() as sandbox, chromium() as browser:
        origin = sandbox.settings.console_origin
        assert origin is not None
        for lang in BOTH:
            for size, viewport in SIZES.items():
                with watched(browser, origin, size=viewport) as window:
                    for name in chain(
                        walk(window, sandbox, lang),
                        daily_work(window, lang),
                        oversee(window, lang),
                        workshop(window, lang),
                    ):
                        window.page.wait_for_load_state("networkidle")
                        save(window, f"{name}-{lang}-{size}")


if __name__ == "__main__":
    main()
