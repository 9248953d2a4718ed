"""What happens around every view: who is there, whether they may, whether a form is from here; and what is shown where
a view cannot answer.

Invariants: what one may not see and what is not there get the same page; an act is done only with the session's token,
from the console's own origin, and where its rule says so, soon after a proof of who acts; nothing typed is lost on the
way. Unexpected failures are logged by their type alone. Does not: know a topic.
"""

import secrets
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from typing import Final

from starlette.requests import Request
from starlette.responses import Response

from gateway.console.authorization import PUBLIC, Limit
from gateway.console.layout.errors import error_words
from gateway.console.protection.forms import has_token, is_from_here
from gateway.console.protection.pace import Pace
from gateway.console.room import Room
from gateway.console.session.cookies import SESSION, end_cookie
from gateway.console.session.kept import keep_form
from gateway.console.topic import Route, Topic
from gateway.console.typed import SHOW, BodyRefusedError, Typed, read_typed
from gateway.console.visit import NotHereError, Problem, Visit
from gateway.domain.errors import DependencyError
from gateway.observability.logs import Event, diagnostic_log, security_log
from gateway.service.words.sentences import BOTH, Lang
from gateway.staff.asking import NotListeningError, OutcomeUnknownError, StaffCallError

Endpoint = Callable[[Request], Awaitable[Response]]
LAYOUT: Final = Topic("layout", {"en": {}, "fr": {}}, ())
_UNAVAILABLE: Final = frozenset({"log-unavailable", "policy-engine-unavailable", "dependency-unavailable"})
_NOT_HERE: Final = frozenset(
    {"unknown-referral", "unknown-entry", "not-the-custodian", "unknown", "no-such-agreement", "no-such-draft"}
    | {"no-such-document"}
)


class Handler:
    """Makes an endpoint of a route."""

    def __init__(self, room: Room, topics: Sequence[Topic], pace: Pace) -> None:
        self._room = room
        self._menu = [topic for topic in topics if topic.menu]
        self._pace = pace

    def endpoint(self, topic: Topic, route: Route) -> Endpoint:
        async def answer(request: Request) -> Response:
            visit = await self._visit(request, topic, route)
            if visit is None:
                return await self.gone(request)
            if (wait := self._pace.refused(visit)) is not None:
                security_log().warning(Event.RATE_LIMITED, route=route.path)
                return _message(replace(visit, status=429), "too-often", {"retry-after": str(wait)})
            return await self._guarded(visit)

        return answer

    async def gone(self, request: Request, _error: Exception | None = None) -> Response:
        """The page of an address that is none, the same as that of one that is not for who asks."""
        visit = self._bare(request)
        session = await self._room.sessions.read(request.cookies.get(self._room.cookie(SESSION)))
        return _gone(replace(visit, session=session))

    async def failed(self, request: Request, error: Exception) -> Response:
        """The page of a failure that nobody foresaw."""
        diagnostic_log().error(Event.UNEXPECTED_FAILURE, exception=type(error).__name__, part="console")
        return _message(replace(self._bare(request), status=500), "failed")

    async def _guarded(self, visit: Visit) -> Response:
        try:
            return await (self._act(visit) if visit.request.method == "POST" else self._show(visit))
        except NotHereError:
            return _gone(visit)
        except BodyRefusedError:
            return _message(replace(visit, status=413), "too-long")
        except StaffCallError as error:
            return _refused(visit, error)
        except OutcomeUnknownError as error:
            return _message(replace(visit, status=503), "unknown-outcome", said=str(error))
        except (NotListeningError, DependencyError) as error:
            diagnostic_log().error(Event.DEPENDENCY_FAILED, code=error.code, part="console")
            return _message(replace(visit, status=503), "unavailable")
        except Exception as error:  # noqa: BLE001 - the boundary to the browser
            return await self.failed(visit.request, error)

    async def _visit(self, request: Request, topic: Topic, route: Route) -> Visit | None:
        """Who is there; None where the address names no language."""
        said = request.path_params.get("lang", "")
        lang: Lang | None = next((known for known in BOTH if known == said), None)
        if lang is None:
            return None
        token = request.cookies.get(self._room.cookie(SESSION))
        session = await self._room.sessions.read(token, seen=not route.quiet)
        return Visit(request, self._room, lang, topic, route, secrets.token_urlsafe(18), self._menu, session)

    def _bare(self, request: Request) -> Visit:
        lang: Lang = "fr" if request.url.path.startswith("/fr") else "en"
        nonce = secrets.token_urlsafe(18)
        return Visit(request, self._room, lang, LAYOUT, Route("GET", "/", _nothing, PUBLIC), nonce, self._menu)

    async def _show(self, visit: Visit) -> Response:
        if not visit.route.rule.public and visit.session is None:
            return visit.go("/sign-in", to=visit.here_asked)
        await self._admit(visit)
        return await visit.route.view(visit)

    async def _act(self, visit: Visit) -> Response:
        """An act, or a page shown once more with what was typed."""
        if not is_from_here(visit.request, self._room.origin):
            security_log().warning(Event.FORM_REFUSED, route=visit.route.path)
            return _message(replace(visit, status=403), "refused-from")
        visit = replace(visit, typed=await read_typed(visit.request, visit.route.most_bytes))
        route = visit.route
        if not route.rule.public and visit.session is None:
            return end_cookie(replace(visit, status=401).page("layout/ended.html"), self._room)
        await self._admit(visit)
        shows = route.shows or route.view
        if route.method == "GET":
            if not visit.typed.get(SHOW):
                raise NotHereError
            return await route.view(visit)
        if visit.typed.get(SHOW):
            return await shows(visit)
        if visit.session is not None and not has_token(visit.session, visit.typed):
            return await shows(visit.with_problems(Problem(str(visit.words("confirm-again"))), status=403))
        if route.rule.step_up and visit.session is not None and not self._room.sessions.is_fresh(visit.session):
            return await keep_form(visit)
        return await route.view(visit)

    async def _admit(self, visit: Visit) -> None:
        """Raises NotHereError."""
        rule = visit.route.rule
        if rule.public:
            return
        if not rule.admits(visit.actor):
            raise NotHereError
        owner = visit.route.owner
        if rule.limit is Limit.OWN and owner is not None and not visit.is_own(await owner(visit)):
            raise NotHereError


async def _nothing(visit: Visit) -> Response:
    return _gone(visit)


def _gone(visit: Visit) -> Response:
    return _message(replace(visit, status=404, topic=LAYOUT, typed=Typed(), problems=()), "not-found")


def _refused(visit: Visit, error: StaffCallError) -> Response:
    if error.code in _UNAVAILABLE:
        return _message(replace(visit, status=503), "unavailable")
    if error.code in _NOT_HERE:
        return _gone(visit)
    return _message(
        replace(visit, status=422), "failed", said=error_words(error.code, str(error), visit.lang, error.facts)
    )


def _message(visit: Visit, heading: str, headers: dict[str, str] | None = None, *, said: str | None = None) -> Response:
    response = replace(visit, topic=LAYOUT).page("layout/message.html", heading=heading, said=said)
    response.headers.update(headers or {})
    return response
