"""Signing in to the sandbox: a page with a person for each role.

Does not: exist outside a sandbox on a loopback address.
"""

from dataclasses import replace
from typing import Any

from starlette.responses import Response

from gateway.console.authorization import PUBLIC, SIGNED_IN
from gateway.console.session.cookies import SESSION, end_cookie, set_cookie
from gateway.console.session.kept import kept
from gateway.console.session.people import PEOPLE
from gateway.console.session.way_back import way_back
from gateway.console.session.words import WORDS
from gateway.console.topic import Topic, act, show
from gateway.console.visit import NotHereError, Visit


async def choose(visit: Visit) -> Response:
    return visit.page("pick.html", people=PEOPLE, to=way_back(visit.typed.get("to") or visit.asked("to")))


async def sign_in(visit: Visit) -> Response:
    person = next((one for one in PEOPLE if one.officer == visit.typed.get("officer")), None)
    if person is None:
        raise NotHereError
    sessions = visit.room.sessions
    old = visit.session.token if visit.session else None
    session = await sessions.begin(person.actor(), proven=sessions.now(), instead_of=old)
    return set_cookie(visit.go(way_back(visit.typed.get("to"))), visit.room, SESSION, session.token)


async def again(visit: Visit) -> Response:
    return visit.page("again.html", kept=visit.typed.get("kept") or visit.asked("kept"))


async def prove(visit: Visit) -> Response:
    """The proof of the sandbox: the same person, a new session."""
    sessions = visit.room.sessions
    token = visit.session.token if visit.session else None
    session = await sessions.begin(visit.actor, proven=sessions.now(), instead_of=token)
    answer = visit.go("/sign-in/kept", kept=visit.typed.get("kept"))
    return set_cookie(answer, visit.room, SESSION, session.token)


async def sign_out(visit: Visit) -> Response:
    if visit.session is not None:
        await visit.room.sessions.end(visit.session.token)
    return end_cookie(replace(visit, session=None).page("out.html", provider=None, hint=None, back=""), visit.room)


async def signed_out(visit: Visit) -> Response:
    return replace(visit, session=None).page("out.html", provider=None, hint=None, back="")


def picker_topic() -> Topic:
    routes: tuple[Any, ...] = (
        show("/sign-in", choose, PUBLIC),
        act("/sign-in/as", sign_in, PUBLIC, shows=choose),
        show("/sign-in/again", again, SIGNED_IN),
        act("/sign-in/prove", prove, SIGNED_IN, shows=again),
        show("/sign-in/kept", kept, SIGNED_IN),
        show("/sign-out", signed_out, PUBLIC),
        act("/sign-out", sign_out, PUBLIC, shows=signed_out),
    )
    return Topic("session", WORDS, routes)
