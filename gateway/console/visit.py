"""One request to a page: who is there, in which language, what they typed; and the ways to answer it.

Invariant: whatever a page shows came from a staff call that was told who asks. Does not: check who may (the handler
did, before a view is called).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, Final
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from gateway.console.layout import words as layout
from gateway.console.protection.headers import page_headers
from gateway.console.room import Room
from gateway.console.session.sessions import Session
from gateway.console.topic import Route, Topic
from gateway.console.typed import CSRF, Typed
from gateway.console.wording import OTHER, Wording
from gateway.domain.actor import Actor, Role
from gateway.service.words.sentences import Lang

_MINUTES_SHOWN: Final = 120
_HOURS_SHOWN: Final = 48
_MENU_PLACES: Final = 9


class NotHereError(Exception):
    """There is nothing at this address, for this actor."""


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a form was not done: what to say, and beside which field."""

    title: str
    field: str | None = None


@dataclass(frozen=True, slots=True)
class Visit:
    """What a view works with."""

    request: Request
    room: Room
    lang: Lang
    topic: Topic
    route: Route
    nonce: str = field(repr=False)
    menu: Sequence[Topic] = ()
    session: Session | None = None
    typed: Typed = field(default_factory=Typed, repr=False)
    problems: Sequence[Problem] = ()
    status: int = 200

    @property
    def actor(self) -> Actor:
        """Who is signed in; only views behind a rule ask."""
        if self.session is None:
            raise NotHereError
        return self.session.actor

    @property
    def words(self) -> Wording:
        return Wording(self.lang, self.topic.words, layout.WORDS)

    def part(self, name: str) -> str:
        """A part of the path."""
        return str(self.request.path_params[name])

    def number(self, name: str) -> int:
        """A part of the path that is a number. Raises NotHereError."""
        text = self.part(name)
        if not text.isdecimal() or not text.isascii() or len(text) > 15:
            raise NotHereError
        return int(text)

    def asked(self, name: str, default: str = "") -> str:
        """A member of the address's query, which holds codes and numbers of pages alone."""
        return str(self.request.query_params.get(name, default))

    def has_role(self, *roles: Role) -> bool:
        return bool(self.actor.roles & frozenset(roles))

    def is_own(self, unit: str | None) -> bool:
        """Whether a unit is of the actor's institution."""
        return self.room.units.same_institution(unit, self.actor.unit)

    def unit_name(self, unit: str | None) -> str:
        return self.room.units.name(unit, self.lang)

    async def call(self, name: str, /, **arguments: Any) -> Any:
        """The result of a staff call as this actor. Raises StaffCallError."""
        return await self.room.calls.call(self.actor, name, **arguments)

    def with_problems(self, *problems: Problem, status: int = 422) -> "Visit":
        """The same, with what stands in the way; the form's view shows it with all that was typed."""
        return replace(self, problems=problems, status=status)

    def page(self, template: str, **values: Any) -> Response:
        """A page of this topic's folder (`today.html`), or of another with its folder (`layout/gone.html`)."""
        path = template if "/" in template else f"{self.topic.name}/{template}"
        body = self.room.rendering.page(path, v=self, t=self.words, csrf_name=CSRF, **values)
        targets = self.room.sign_in_targets
        headers = page_headers(self.nonce, https=self.room.https, form_targets=targets)
        return HTMLResponse(body, status_code=self.status, headers=headers | {"content-language": self.lang})

    def go(self, path: str, **query: str) -> Response:
        """On to another page, after an act."""
        asked = "&".join(f"{quote(name)}={quote(value)}" for name, value in query.items())
        target = self.at(path) + (f"?{asked}" if asked else "")
        headers = page_headers(self.nonce, https=self.room.https)
        return RedirectResponse(target, status_code=303, headers=headers)

    def send(self, content: bytes, kind: str, name: str) -> Response:
        """A file to take away."""
        headers = page_headers(self.nonce, https=self.room.https)
        return Response(
            content, media_type=kind, headers=headers | {"content-disposition": f'attachment; filename="{name}"'}
        )

    def at(self, path: str, lang: Lang | None = None) -> str:
        """The address of a page in this language."""
        return f"/{lang or self.lang}{path}"

    def is_past(self, until: str) -> bool:
        """Whether a time (UTC) is over."""
        return self.room.now() >= datetime.fromisoformat(until)

    def left(self, until: str) -> str:
        """How long until then, in words."""
        minutes = int((datetime.fromisoformat(until) - self.room.now()).total_seconds() // 60)
        if minutes < 0:
            return str(self.words("late"))
        if minutes < _MINUTES_SHOWN:
            return str(self.words("minutes-left", count=minutes))
        hours = minutes // 60
        if hours < _HOURS_SHOWN:
            return str(self.words("hours-left", count=hours))
        return str(self.words("days-left", count=hours // 24))

    @property
    def role_names(self) -> list[str]:
        return [str(self.words(f"role-{role}")) for role in sorted(self.actor.roles)]

    @property
    def here(self) -> str:
        """This page, without its language."""
        return str(self.request.url.path).removeprefix(f"/{self.lang}") or "/"

    @property
    def here_asked(self) -> str:
        """This page with its query, without its language."""
        query = self.request.url.query if self.request.method == "GET" else ""
        return self.here + (f"?{query}" if query else "")

    @property
    def elsewhere(self) -> str:
        """This page in the other language."""
        return self.at(self.here_asked, OTHER[self.lang])

    @property
    def menu_items(self) -> list[tuple[str, str, bool]]:
        """Address, words, and whether it is the page's own topic, of what this actor may open and stands by itself."""
        return self._items(topic for topic in self._openable if topic.group not in self._folded)

    @property
    def menu_groups(self) -> list[tuple[str, list[tuple[str, str, bool]]]]:
        """Words of a group with its items, for groups that fold."""
        return [
            (str(self.words(f"group-{group}")), self._items(one for one in self._openable if one.group == group))
            for group in self._folded
        ]

    @property
    def _openable(self) -> list[Topic]:
        """The topics of the menu whose first page this actor may open."""
        if self.session is None:
            return []
        actor = self.session.actor
        rules = [
            (topic, next(route.rule for route in topic.routes if route.method == "GET" and route.path == topic.menu))
            for topic in self.menu
        ]
        return [topic for topic, rule in rules if rule.admits(actor)]

    @property
    def _folded(self) -> list[str]:
        """Groups that stand in one place, in the order of the menu, until it has few enough places."""
        places, folded = len(self._openable), list[str]()
        for group in dict.fromkeys(topic.group for topic in self._openable if topic.group is not None):
            if places <= _MENU_PLACES:
                break
            places -= sum(topic.group == group for topic in self._openable) - 1
            folded.append(group)
        return folded

    def _items(self, topics: Iterable[Topic]) -> list[tuple[str, str, bool]]:
        wordings = [(topic, Wording(self.lang, topic.words, layout.WORDS)) for topic in topics]
        return [(self.at(str(one.menu)), str(words("menu")), one.name == self.topic.name) for one, words in wordings]
