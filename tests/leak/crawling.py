"""A person at the console who opens every page that a page leads to and sends every form once, with a made-up value in
every field where one may type. What is kept are the addresses, as the browser's history and every log on the way has
them."""

import html
import re
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit

import httpx

TYPED = frozenset({"text", "search", "email", "tel", "url", "password", "textarea", ""})
MOST_PAGES = 200
_SIGN_OUT = re.compile(r"/(en|fr)/sign-out")
_NAME = re.compile(r"[\w-]{20,}|\d+")


@dataclass
class Form:
    """`fields` are names with kind and the value that is there; of a list or of radio buttons, one that is offered.
    `others` are addresses that a button of the form sends it to instead."""

    action: str
    method: str
    fields: list[tuple[str, str, str]] = field(default_factory=list)
    others: list[str] = field(default_factory=list)


class Page(HTMLParser):
    """The links and forms of a page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.forms: list[Form] = []
        self._form: Form | None = None
        self._select: str | None = None
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = {name: value or "" for name, value in attrs}
        for where in ("href", "src", "data-news", "data-to", "hx-get"):
            if said.get(where):
                self.links.append(said[where])
        if tag == "form":
            self._form = Form(said.get("action", ""), said.get("method", "get").lower())
            self.forms.append(self._form)
        name = said.get("name")
        if self._form is not None and said.get("formaction"):
            self._form.others.append(said["formaction"])
        if self._form is None or (not name and tag != "option"):
            return
        if tag == "input" and name:
            self._form.fields.append((name, said.get("type", "text"), said.get("value", "")))
        elif tag == "textarea" and name:
            self._form.fields.append((name, "textarea", ""))
        elif tag == "select" and name:
            self._select = name
        elif tag == "option" and self._select is not None and said.get("value"):
            self._form.fields.append((self._select, "option", said["value"]))
            self._select = None
        elif tag == "button" and name and said.get("value"):
            self._form.fields.append((name, "button", said["value"]))

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._form = None
        if tag == "select":
            self._select = None


@dataclass
class Crawler:
    """`value_for` makes what is typed in a field. `addresses` are those asked for and those the console named."""

    browser: httpx.Client
    value_for: Callable[[str, str], str]
    addresses: set[str] = field(default_factory=set)
    statuses: list[tuple[str, int]] = field(default_factory=list)
    free_text_in_addresses: set[str] = field(default_factory=set)
    _sent: set[tuple[str, str]] = field(default_factory=set)

    def walk(self, start: str) -> None:
        """Everything that can be reached from a page, each kind of address once."""
        waiting, seen = deque([start]), {_kind(start)}
        while waiting and len(self.statuses) < MOST_PAGES:
            page = self._open("GET", waiting.popleft())
            for found in self._followed(page):
                if _kind(found) not in seen:
                    seen.add(_kind(found))
                    waiting.append(found)

    def _followed(self, page: httpx.Response) -> Iterator[str]:
        if "text/html" not in page.headers.get("content-type", ""):
            return
        read = Page(page.text)
        for link in read.links:
            address = urljoin(str(page.url), html.unescape(link))
            self.addresses.add(address)
            if (
                self._is_here(address)
                and not _SIGN_OUT.search(address)
                and _lang(address) in ("", _lang(str(page.url)))
            ):
                yield address
        for form in read.forms:
            for action in (*form.others, form.action):
                yield from self._submitted(page, form, urljoin(str(page.url), html.unescape(action)))

    def _submitted(self, page: httpx.Response, form: Form, action: str) -> Iterator[str]:
        self.addresses.add(action)
        if form.method == "get":
            self.free_text_in_addresses.update(name for name, kind, _ in form.fields if kind in TYPED)
            return
        way = _kind(str(page.url)), _kind(action)
        if _SIGN_OUT.search(action) or not self._is_here(action) or way in self._sent:
            return
        self._sent.add(way)
        data: dict[str, str] = {}
        for name, kind, value in form.fields:
            if kind != "file" and name not in data:
                data[name] = self.value_for(name, kind) if kind in TYPED and not value else value
        answer = self._open("POST", action, data)
        if answer.is_redirect:
            yield urljoin(action, answer.headers["location"])
        elif "text/html" in answer.headers.get("content-type", ""):
            self.addresses.update(urljoin(action, html.unescape(link)) for link in Page(answer.text).links)

    def _open(self, method: str, address: str, data: dict[str, str] | None = None) -> httpx.Response:
        self.addresses.add(address)
        answer = self.browser.request(method, address, data=data)
        self.statuses.append((f"{method} {urlsplit(address).path}", answer.status_code))
        if "location" in answer.headers:
            self.addresses.add(urljoin(address, answer.headers["location"]))
        return answer

    def _is_here(self, address: str) -> bool:
        return urlsplit(address).netloc == urlsplit(str(self.browser.base_url)).netloc


def _lang(address: str) -> str:
    """`en`, `fr`, or nothing where an address has no language. Whoever walks stays in one."""
    found = urlsplit(address).path.split("/")[1]
    return found if found in ("en", "fr") else ""


def _kind(address: str) -> str:
    """Addresses that differ in a number or a reference alone are of one kind; the two languages are two."""
    parts = urlsplit(address)
    return _NAME.sub("0", parts.path) + ("?" if parts.query else "")
