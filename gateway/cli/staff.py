"""How a staff command reaches the use cases: the socket of a running gateway if there is one, else the log itself.

Invariant: the command does a call itself only where no gateway could have been asked; after that it never tries twice.
"""

import asyncio
from typing import Any

import typer

from gateway.cli.settings import settings_of
from gateway.deployment.settings import Settings
from gateway.staff.asking import NotListeningError, ask, result_of


def call(context: typer.Context, name: str, **arguments: Any) -> Any:
    """The result of a staff call. Raises GatewayError with the gateway's own code and words."""
    return asyncio.run(_call(settings_of(context), name, arguments))


async def _call(settings: Settings, name: str, arguments: dict[str, Any]) -> Any:
    if settings.staff_socket is not None:
        try:
            return await ask(settings.staff_socket, name, arguments)
        except NotListeningError:
            pass
    # The use cases take a second to import; a command that a running gateway answers should not pay it.
    from gateway.bootstrap.desk import own_desk
    from gateway.staff.answering import perform

    async with own_desk(settings) as desk:
        return result_of(await perform(desk, name, arguments))
