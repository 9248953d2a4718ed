"""How the console asks: staff calls and nothing else, in process or through the staff socket of a running gateway.

The one place that knows how a call is told who acts. Invariant: an error has the gateway's stable code. Does not: judge
what a call may do, or word an error (`gateway.console.layout.errors`).
"""

from collections.abc import Callable
from pathlib import Path
from typing import Any, Final, Protocol

from gateway.domain.actor import Actor, Identified, Role
from gateway.staff.answering import perform
from gateway.staff.asking import ask, result_of
from gateway.staff.desk import StaffDesk

CONSOLE: Final = Actor("console", "", frozenset({Role.ADMINISTRATOR}), Identified.GATEWAY)
"""Who asks for what the console itself needs: what units are called."""


class StaffCalls(Protocol):
    async def call(self, actor: Actor, name: str, /, **arguments: Any) -> Any:
        """The result of a staff call. Raises StaffCallError, and what its road raises besides."""


class DeskCalls:
    """In the process of a running gateway, at the desk as it is when the call is made."""

    def __init__(self, desk: Callable[[], StaffDesk]) -> None:
        self._desk = desk

    async def call(self, actor: Actor, name: str, /, **arguments: Any) -> Any:
        return result_of(await perform(self._desk(), name, arguments, actor))


class SocketCalls:
    """From a process of the console's own."""

    def __init__(self, path: Path) -> None:
        self._path = path

    async def call(self, actor: Actor, name: str, /, **arguments: Any) -> Any:
        stated = {"unit": actor.unit or None, "officer": actor.officer, "roles": sorted(actor.roles)}
        return await ask(self._path, name, arguments, stated)
