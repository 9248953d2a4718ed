"""What needs a second proof in the browser needs one at the command line too, and the other way round."""

import inspect
import re

import pytest

from gateway.console.topic import Route
from gateway.console.topics import TOPICS
from gateway.staff.authorization import RULES

_CALLED = re.compile(r'"((?:[a-z]+)\.[a-z-]+)"')
BINDING = [route for topic in TOPICS for route in topic.routes if route.rule.step_up]
ACTS = [route for topic in TOPICS for route in topic.routes if route.method == "POST" and not route.rule.step_up]


def calls_of(route: Route) -> set[str]:
    """The staff calls that the view of a route names."""
    return {name for name in _CALLED.findall(inspect.getsource(route.view)) if name in RULES}


@pytest.mark.parametrize("route", BINDING, ids=lambda route: route.path)
def test_what_binds_in_the_browser_binds_at_the_command_line(route: Route) -> None:
    called = calls_of(route)
    assert not called or any(RULES[name].binds for name in called), called


@pytest.mark.parametrize("route", ACTS, ids=lambda route: route.path)
def test_what_binds_at_the_command_line_binds_in_the_browser(route: Route) -> None:
    assert not {name for name in calls_of(route) if RULES[name].binds}
