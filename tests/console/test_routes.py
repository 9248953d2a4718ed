"""Every route of the console, for every role, of the institution concerned and of another: who gets a page, and that
everybody else gets exactly the page of an address that does not exist."""

import asyncio
from collections.abc import Iterator

import httpx
import pytest

from gateway.console.app import check_origin, check_routes
from gateway.console.authorization import Limit, Rule, own
from gateway.console.session.picker import picker_topic
from gateway.console.session.sessions import Session
from gateway.console.topic import Route, Topic, show
from gateway.console.topics import TOPICS
from gateway.console.visit import Visit
from gateway.domain.actor import Role
from gateway.domain.errors import ConfigurationError
from gateway.service.words.sentences import BOTH
from tests.console.examples import filled
from tests.console.house import OTHER, OWN, Console, House

ROUTES = [(topic, route) for topic in (*TOPICS, picker_topic()) for route in topic.routes]
NAMES = [f"{route.method} {route.path}" for _topic, route in ROUTES]


@pytest.mark.parametrize(("topic", "route"), ROUTES, ids=NAMES)
def test_a_route_opens_to_its_roles_and_to_nobody_else(topic: Topic, route: Route, house: House) -> None:
    async def walk() -> list[str]:
        async with house.console() as console:
            return [fault async for fault in _faults(console, route, house)]

    del topic
    assert asyncio.run(walk()) == []


async def _faults(console: Console, route: Route, house: House):  # type: ignore[no-untyped-def]
    nowhere: dict[tuple[Role, str], str] = {}
    for role in Role:
        for unit in (OWN, OTHER):
            session = await console.session(role, unit=unit)
            path = "/en" + await filled(route.path, house, console, session)
            async with console.browser(session) as browser:
                answer = await _asked(browser, route, path)
                nowhere[role, unit] = _plain((await browser.get("/en/no-such-page")).text)
            limited = route.rule.limit is Limit.OWN and route.owner is not None
            opens = route.rule.public or (role in route.rule.roles and (unit == OWN or not limited))
            if opens == (answer.status_code == 404):
                yield f"{role} of {unit}: {answer.status_code}"
            if not opens and _plain(answer.text) != nowhere[role, unit]:
                yield f"{role} of {unit}: not the page of an address that is none"
            if answer.status_code >= 500:
                yield f"{role} of {unit}: {answer.status_code}"


async def _asked(browser: httpx.AsyncClient, route: Route, path: str) -> httpx.Response:
    """An act comes without the session's token, so nothing is done by whoever may."""
    return await (browser.get(path) if route.method == "GET" else browser.post(path, data={"x": "y"}))


def _plain(page: str) -> str:
    """Without what is made anew for every answer, and where it was asked."""
    made = ("nonce", "_csrf", "toggle")
    return "\n".join(line for line in page.splitlines() if not any(word in line.lower() for word in made))


def test_nobody_who_is_not_signed_in_gets_a_page(house: House) -> None:
    async def walk() -> list[str]:
        async with house.console() as console:
            somebody, found = await console.session(*Role), []
            for number, (_topic, route) in enumerate(ROUTES):
                if route.rule.public:
                    continue
                # From an address of its own: one address that nobody is signed in at is held to a pace.
                async with console.browser(address=f"127.0.1.{number}") as browser:
                    answer = await _asked(browser, route, "/fr" + await filled(route.path, house, console, somebody))
                wanted = 303 if route.method == "GET" else 401
                if answer.status_code != wanted:
                    found.append(f"{route.path}: {answer.status_code}")
            return found

    assert asyncio.run(walk()) == []


def test_a_list_of_another_institution_names_nothing_of_this_one(house: House) -> None:
    async def walk() -> Iterator[str]:
        async with house.console() as console:
            session = await console.session(*Role, unit=OTHER)
            async with console.browser(session) as browser:
                pages = [await browser.get(path) for path in ("/en/", "/en/referrals", "/en/referrals?state=decided")]
        return iter(page.text for page in pages)

    for page in asyncio.run(walk()):
        assert not any(referral in page for referral in house.referrals)


def test_every_page_is_whole_in_both_languages(house: House) -> None:
    """Every word has a place in both, and nothing fails for anybody who has all roles."""

    async def walk() -> list[str]:
        async with house.console() as console:
            session = await console.session(*Role)
            async with console.browser(session) as browser:
                return [fault for lang in BOTH async for fault in _not_whole(browser, lang, house, console, session)]

    assert asyncio.run(walk()) == []


async def _not_whole(  # type: ignore[no-untyped-def]
    browser: httpx.AsyncClient, lang: str, house: House, console: Console, session: Session
):
    for _topic, route in ROUTES:
        if route.method != "GET" or route.rule.public:
            continue
        answer = await browser.get(f"/{lang}" + await filled(route.path, house, console, session))
        if answer.status_code not in ({200, 410} if "kept" in route.path else {200}):
            yield f"{lang}{route.path}: {answer.status_code}"
        if answer.headers["content-type"].startswith("text/html") and f'<html lang="{lang}"' not in answer.text:
            yield f"{lang}{route.path}: not in this language"


@pytest.mark.parametrize("topic", [*TOPICS, picker_topic()], ids=lambda topic: topic.name)
def test_both_languages_have_the_same_words(topic: Topic) -> None:
    assert topic.words["en"].keys() == topic.words["fr"].keys()
    for key, words in topic.words["fr"].items():
        if not isinstance(words, str):
            assert {"one", "other", "many"} <= words.keys(), key


async def _nothing(visit: Visit):  # type: ignore[no-untyped-def]
    return visit.page("nothing.html")


@pytest.mark.parametrize(
    "route",
    [
        Route("GET", "/new", _nothing, Rule(frozenset(), Limit.OWN)),
        Route("GET", "/new", _nothing, None),  # type: ignore[arg-type]
        show("/new/{thing}", _nothing, own(Role.AUDITOR)),
    ],
)
def test_a_route_that_does_not_say_for_whom_it_is_stops_the_start(route: Route) -> None:
    with pytest.raises(ConfigurationError, match="/new"):
        check_routes([Topic("new", {"en": {}, "fr": {}}, (route,))])


@pytest.mark.parametrize(
    ("origin", "sandbox", "signs_in", "starts"),
    [
        ("http://127.0.0.1:8081", True, False, True),
        ("http://localhost:8081", True, False, True),
        ("http://127.0.0.1:8081", False, False, False),
        ("https://console.example", True, False, False),
        ("https://console.example", False, True, True),
        ("http://console.example", False, True, False),
        ("https://console.example/path", False, True, False),
    ],
)
def test_people_to_pick_are_for_a_sandbox_on_this_machine(
    origin: str, sandbox: bool, signs_in: bool, starts: bool
) -> None:
    if starts:
        check_origin(origin, sandbox=sandbox, signs_in=signs_in)
        return
    with pytest.raises(ConfigurationError):
        check_origin(origin, sandbox=sandbox, signs_in=signs_in)
