"""Invariant 6 at the console: everybody of the sandbox opens and sends everything there is, and no address, log line,
metric or database of codes holds what they typed or whom they looked up."""

import re
import secrets
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from gateway.console.session.people import PEOPLE, Person
from gateway.demo.play import Sandbox, free_port, play
from gateway.demo.story import story
from tests.leak.crawling import Crawler
from tests.leak.searching import Search
from tests.live import LiveGateway, deploy

PUBLISHED = frozenset({"suspend-en", "suspend-fr", "terminate-en", "terminate-fr", "text"})
"""What partners read, or the rulebook holds in clear: reasons of a suspension, texts of documents. They name no person,
and stand in no address or log line all the same."""


class Office:
    """A gateway with its console, and what was typed there so far, by field."""

    def __init__(self, live: LiveGateway) -> None:
        self.live = live
        self.typed: dict[str, str] = {}
        self.addresses: set[str] = set()
        self.free_text: set[str] = set()
        self.failed: list[tuple[str, int]] = []
        self.worker = live.landmarks["protection_case"]["value"]

    def value_for(self, name: str, kind: str) -> str:
        """The identifier of a worker where one is asked for, else something that nobody else would type."""
        if name == "value":
            return self.worker
        made = f"cnry{secrets.token_hex(6)} <b>é</b>" if kind == "textarea" else f"cnry{secrets.token_hex(6)}"
        self.typed[made.partition(" ")[0]] = name
        return made

    def walked_by(self, person: Person, lang: str) -> None:
        assert self.live.settings.console_origin is not None
        origin = self.live.settings.console_origin
        with httpx.Client(base_url=origin, headers={"origin": origin}, timeout=60) as browser:
            door = browser.get(f"/{lang}/sign-in")
            action, field, value = _pick(door.text, person)
            answer = browser.post(action, data={field: value, "to": "/"})
            assert answer.status_code == 303, answer.text[:300]
            crawler = Crawler(browser, self.value_for)
            crawler.walk(f"{origin}/{lang}/")
        self.addresses |= crawler.addresses
        self.free_text |= crawler.free_text_in_addresses
        self.failed += [one for one in crawler.statuses if one[1] >= 500]
        assert len(crawler.statuses) > 3, "somebody who signed in sees pages"


def _pick(page: str, person: Person) -> tuple[str, str, str]:
    """The form by which a person of the sandbox is picked: its address, and the member that names them."""
    action = re.search(r'<form[^>]*action="([^"]*sign-in[^"]*)"', page)
    button = re.search(rf'name="(\w+)"\s+value="({re.escape(person.officer)})"', page)
    assert action
    assert button
    return action[1], button[1], button[2]


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    folder = tmp_path_factory.mktemp("console-leak")
    made = deploy(folder, workers=60, console_origin=f"http://127.0.0.1:{free_port()}")
    with made.start() as live:
        sandbox = Sandbox(live.settings, folder / "gateway", live.landmarks, live.keys, live.pid)
        for scene in story(live.landmarks):
            play(sandbox, scene)
        office = Office(live)
        for number, person in enumerate(PEOPLE):
            office.walked_by(person, "fr" if number % 2 else "en")
        yield office


@pytest.fixture(scope="module")
def search(office: Office) -> Search:
    made = Search()
    for value, name in office.typed.items():
        if name not in PUBLISHED:
            made.add(value, f"typed in {name}")
    for name, landmark in office.live.landmarks.items():
        made.add(landmark["value"], f"landmark {name}")
    return made


def test_nothing_fails_whatever_is_typed(office: Office) -> None:
    assert office.failed == []


def test_no_address_holds_what_was_typed_or_who_was_looked_up(office: Office, search: Search) -> None:
    assert len(office.addresses) > 50
    assert {what for address in office.addresses for what in search.find(address.encode())} == set()


def test_no_address_and_no_log_line_holds_what_is_published_either(office: Office) -> None:
    made = Search()
    for value, name in office.typed.items():
        if name in PUBLISHED:
            made.add(value, f"typed in {name}")
    assert {what for address in office.addresses for what in made.find(address.encode())} == set()
    assert made.find(office.live.output().encode()) == []


def test_no_form_puts_what_one_types_into_an_address(office: Office) -> None:
    assert office.free_text == set()


def test_no_log_line_and_no_metric_holds_it(office: Office, search: Search) -> None:
    assert search.find(office.live.output().encode()) == []
    metrics = httpx.get(f"{office.live.settings.origin}/metrics", timeout=10).content
    assert b"isa_" in metrics or b"gateway" in metrics
    assert search.find(metrics) == []


def test_no_database_of_the_gateway_holds_it_in_clear(office: Office, search: Search) -> None:
    folder = office.live.folder / "gateway"
    kept = [file for file in folder.rglob("*") if file.is_file() and ".db" in file.name and _of_the_gateway(file)]
    assert len(kept) >= 2
    for file in kept:
        assert search.find(file.read_bytes()) == [], file.name


def _of_the_gateway(file: Path) -> bool:
    return "world" not in file.parts
