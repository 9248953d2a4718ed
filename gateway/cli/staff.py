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
from gateway.cli.settings import setting_of, settings_of
from gateway.deployment.settings import Settings
from gateway.service.words.acting import refusal_words
from gateway.service.words.rulebook_refusals import rulebook_refusal
from gateway.service.words.sentences import Lang
from gateway.staff.asking import NotListeningError, StaffCallError, ask, result_of


def call(context: typer.Context, name: str, /, by: Stated | None = None, **arguments: Any) -> Any:
    """The result of a staff call; `by` is who the command says is acting.

    Raises GatewayError with the gateway's own code and words, in the language of the command where it has one."""
    try:
        stated = _stated(context, by or {})
        path = setting_of(context, "STAFF_SOCKET")
        if path is not None:
            try:
                return asyncio.run(ask(Path(path), name, arguments, stated))
            except NotListeningError:
                _check_deployment(context)
        return asyncio.run(_own(settings_of(context), name, arguments, stated))
    except StaffCallError as error:
        lang = cast(Lang, context.params.get("lang", "en"))
        words = refusal_words(error.code, lang, error.facts) or rulebook_refusal(error.code, lang, error.facts)
        raise StaffCallError(error.code, words or str(error), error.facts) from None


def _stated(context: typer.Context, by: Stated) -> Stated:
    """What the command says of who acts: the options, and the token of who is signed in at this machine.

    Raises GatewayError."""
    file = setting_of(context, "CONSOLE_FILE")
    if file is None:
        return by
    from gateway.cli.sign_in import token_for

    token = token_for(file)
    return by if token is None else {**by, "token": token}


def _check_deployment(context: typer.Context) -> None:
    """Somebody who has the socket's setting alone is told that nobody listens, not which settings a gateway needs."""
    if setting_of(context, "DATABASE_URL") is None:
        raise NotListeningError(
            "no gateway listens at the staff socket; start it, or give the command the deployment's settings (--env), "
            "with which it opens the log itself"
        )


async def _own(settings: Settings, name: str, arguments: Mapping[str, Any], stated: Stated) -> Any:
    # The use cases take a second to import; a command that a running gateway answers should not pay it.
    from gateway.bootstrap.desk import own_desk
    from gateway.staff.answering import perform_as

    async with own_desk(settings) as (desk, callers):
        return result_of(await perform_as(desk, name, arguments, callers, os.geteuid(), stated))
