"""How a staff command reaches the use cases: the socket of a running gateway if there is one, else the log itself.

Invariants: the command does a call itself only where no gateway could have been asked; after that it never tries twice.
Who asks through the socket needs no other setting than STAFF_SOCKET, and so no secret of the deployment.
"""

import asyncio
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any, cast

import typer

from gateway.cli.acting import Stated
from gateway.cli.settings import settings_of, staff_socket_of
from gateway.deployment.settings import Settings
from gateway.domain.errors import ConfigurationError
from gateway.service.words.acting import refusal_words
from gateway.service.words.sentences import Lang
from gateway.staff.asking import NotListeningError, StaffCallError, ask, result_of


def call(context: typer.Context, name: str, by: Stated | None = None, **arguments: Any) -> Any:
    """The result of a staff call; `by` is who the command says is acting.

    Raises GatewayError with the gateway's own code and words, in the language of the command where it has one."""
    stated = by or {}
    try:
        path = staff_socket_of(context)
        if path is not None:
            try:
                return asyncio.run(ask(path, name, arguments, stated))
            except NotListeningError:
                pass
        return asyncio.run(_own(_settings(context, path), name, arguments, stated))
    except StaffCallError as error:
        lang = cast(Lang, context.params.get("lang", "en"))
        words = refusal_words(error.code, lang, error.facts)
        raise StaffCallError(error.code, words or str(error), error.facts) from None


def _settings(context: typer.Context, asked: Path | None) -> Settings:
    try:
        return settings_of(context)
    except ConfigurationError as error:
        if asked is None:
            raise
        message = f"no gateway listens at the staff socket, and to work on the log itself {error}"
        raise ConfigurationError(message) from None


async def _own(settings: Settings, name: str, arguments: Mapping[str, Any], stated: Stated) -> Any:
    # The use cases take a second to import; a command that a running gateway answers should not pay it.
    from gateway.bootstrap.desk import own_desk
    from gateway.staff.answering import perform_as

    async with own_desk(settings) as (desk, callers):
        return result_of(await perform_as(desk, name, arguments, callers, os.geteuid(), stated))
