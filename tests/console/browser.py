"""Debian's Chromium with everything watched that a page must not do, and axe-core to look at it.

A test that uses `Watched` fails on any console error, exception, violation of the page's policy, or request elsewhere.
"""

import contextlib
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field

from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize, sync_playwright

from tests.conftest import leave_out
from tests.console.provider import PACKAGES

PHONE: ViewportSize = {"width": 390, "height": 800}
DESK: ViewportSize = {"width": 1280, "height": 900}
_AXE = PACKAGES / "node_modules" / "axe-core" / "axe.min.js"
_RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
_LOOK = """async (tags) => {
  const found = await axe.run(document, {runOnly: {type: "tag", values: tags}});
  return found.violations.map(one => `${one.id}: ${one.nodes.map(node => node.html).join(" | ").slice(0, 300)}`);
}"""


@dataclass
class Watched:
    """One browser window, and what it did that it must not."""

    context: BrowserContext
    page: Page
    origin: str
    faults: list[str] = field(default_factory=list)
    expected: frozenset[int] = frozenset()

    def goto(self, path: str) -> None:
        self.page.goto(self.origin + path)
        self.page.wait_for_load_state("networkidle")

    def sign_in(self, officer: str, lang: str) -> None:
        self.goto(f"/{lang}/sign-in")
        self.page.click(f"button[value='{officer}']")
        self.page.wait_for_url(f"{self.origin}/{lang}/")

    def menu(self, address: str) -> None:
        """By the menu, whose group opens first where the address stands in one."""
        link = self.page.locator(f'nav a[href="{address}"]')
        if not link.is_visible():
            inside = self.page.locator(f'a[href="{address}"]')
            self.page.locator("nav details.group", has=inside).locator("summary").click()
        link.click()

    def axe(self) -> list[str]:
        """What axe-core finds on the page."""
        # Run by the browser's own world, which the page's policy does not bind.
        self.page.evaluate(_AXE.read_text("utf-8"))
        found: list[str] = self.page.evaluate(_LOOK, _RULES)
        return found


@contextlib.contextmanager
def chromium() -> Iterator[Browser]:
    binary = shutil.which("chromium")
    if binary is None:
        leave_out("Chromium", "apt-get install chromium")
        raise AssertionError
    if not _AXE.is_file():
        leave_out("the npm package axe-core", "run .ci/run, or npm ci in .tools/console with .ci/console's lists")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=binary, args=["--no-sandbox"])
        try:
            yield browser
        finally:
            browser.close()


@contextlib.contextmanager
def watched(browser: Browser, origin: str, *, size: ViewportSize = DESK, scripts: bool = True) -> Iterator[Watched]:
    """A window; its faults fail the test at the end."""
    context = browser.new_context(viewport=size, java_script_enabled=scripts, reduced_motion="reduce")
    page = context.new_page()
    seen = Watched(context, page, origin)
    page.on("console", lambda said: seen.faults.append(said.text) if said.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: seen.faults.append(f"exception: {error.name}"))
    page.on("request", lambda asked: _inside(seen, asked.url))
    try:
        yield seen
    finally:
        context.close()
    assert [fault for fault in seen.faults if "status of 4" not in fault] == []


def _inside(seen: Watched, url: str) -> None:
    if not url.startswith((seen.origin + "/", "data:")):
        seen.faults.append("a request elsewhere")
