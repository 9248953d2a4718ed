"""A topic of the console: its addresses, its words, its place in the menu. A screen is a topic's folder and one line in
`gateway.console.topics`.

Invariant: an act (POST) names the view that shows its form, so that nothing typed is lost where the act is not done.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from starlette.responses import Response

from gateway.console.authorization import Rule
from gateway.console.typed import MOST_BYTES
from gateway.console.wording import Words

View = Callable[[Any], Awaitable[Response]]
"""From a `gateway.console.visit.Visit`."""
Owner = Callable[[Any], Awaitable[str | None]]
"""From a visit: the unit whose matter the address is about, or None where there is none."""


@dataclass(frozen=True, slots=True)
class Route:
    """`path` without the language, `owner` where the rule is kept to one's own institution and the path names
    something. `shows`: the view of the form that this act was sent from. `quiet`: pages ask for it by themselves, which
    does not keep a session alive. `most_bytes`: how long the form may be."""

    method: str
    path: str
    view: View
    rule: Rule
    owner: Owner | None = None
    shows: View | None = None
    quiet: bool = False
    most_bytes: int = MOST_BYTES


def show(path: str, view: View, rule: Rule, owner: Owner | None = None, *, quiet: bool = False) -> Route:
    """A page."""
    return Route("GET", path, view, rule, owner, quiet=quiet)


def act(
    path: str, view: View, rule: Rule, *, shows: View, owner: Owner | None = None, most_bytes: int = MOST_BYTES
) -> Route:
    """What a form does."""
    return Route("POST", path, view, rule, owner, shows, most_bytes=most_bytes)


@dataclass(frozen=True, slots=True)
class Topic:
    """`menu` is the path that the menu leads to, or None; its words are the topic's `menu`. Topics of one `group` stand
    together under the words `group-NAME` of the layout where a menu would be too long."""

    name: str
    words: Words
    routes: tuple[Route, ...]
    menu: str | None = None
    group: str | None = None
