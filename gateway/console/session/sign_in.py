"""The ways to sign in: the sandbox's page of people, or an OpenID Connect provider.

Does not: know how either proves who somebody is (`picker`, `provider`).
"""

from collections.abc import Sequence
from typing import Protocol

from starlette.routing import Route

from gateway.console.room import Room
from gateway.console.session.picker import picker_topic
from gateway.console.topic import Topic


class SignIn(Protocol):
    @property
    def topic(self) -> Topic:
        """The pages of signing in and out."""

    @property
    def form_targets(self) -> tuple[str, ...]:
        """Origins that a form may lead to besides the console's."""

    def unworded(self, room: Room) -> Sequence[Route]:
        """Addresses outside the two languages."""


class PickedPeople:
    """The sandbox."""

    topic: Topic = picker_topic()
    form_targets: tuple[str, ...] = ()

    def unworded(self, room: Room) -> Sequence[Route]:
        del room
        return ()
