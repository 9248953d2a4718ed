"""`gateway sign-in`, `gateway sign-out`: commands know who a person is by the sign-in provider (RFC 8628).

The person opens an address in a browser, on this machine or another, and enters a code; no password passes through a
command. Works beside a running gateway and without one. Does not: keep a password, or print a token.
"""

import asyncio
import contextlib
import time
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Final, NoReturn

import typer

from gateway.cli.language import Language
from gateway.cli.screen import wrapped
from gateway.cli.settings import setting_of
from gateway.domain.errors import ConfigurationError, GatewayError
from gateway.service.words.acting import IDENTITY, ROLES
from gateway.service.words.sentences import Lang
from gateway.staff.asking import StaffCallError

if TYPE_CHECKING:
    from gateway.deployment.console_file import Provider as Declared
    from gateway.sign_in.oidc import DeviceCode, Provider

_SIGN_IN: Final = (
    "Examples: `gateway --env gateway.env sign-in` · `gateway --env gateway.env sign-in --again --lang fr`"
)
_SIGN_OUT: Final = "Example: `gateway --env gateway.env sign-out`"
_WORDS: Final[Mapping[Lang, Mapping[str, str]]] = {
    "en": {
        "open": "Open this address in a browser, on any machine: {0}",
        "code": "and enter the code {0} (within {1} minutes). Waiting until you have signed in; Ctrl+C ends it.",
        "done": "Signed in: {0}, for {1}, as {2}.",
        "over": "Signed out.",
        "nobody": "Nobody was signed in here.",
        "provider": "the sign-in provider does not answer; try again in a minute",
        "denied": "the sign-in was refused at the provider; nobody is signed in",
        "expired": "nobody signed in before the code was over; begin again: gateway sign-in",
        "not-offered": "the provider signs no commands in for this client; the administrator has to allow the device "
        "authorization grant there (docs/console.md)",
        "refused": "the provider's answer proves nobody; nobody is signed in",
        "without-role": "you are known to the provider, but no line of the console's file gives you a role; ask your "
        "administrator",
    },
    "fr": {
        "open": "Ouvrez cette adresse dans un navigateur, sur n'importe quel appareil : {0}",
        "code": "et entrez le code {0} (dans les {1} minutes). En attente de votre ouverture de session; Ctrl+C y met "
        "fin.",
        "done": "Session ouverte : {0}, pour {1}, en qualité de : {2}.",
        "over": "Session fermée.",
        "nobody": "Aucune session n'était ouverte ici.",
        "provider": "le fournisseur d'identité ne répond pas; réessayez dans une minute",
        "denied": "l'ouverture de session a été refusée chez le fournisseur; personne n'a de session",
        "expired": "personne n'a ouvert de session avant la fin du code; recommencez : gateway sign-in",
        "not-offered": "le fournisseur n'ouvre pas de session pour les commandes de ce client; l'administrateur doit y "
        "permettre l'autorisation par appareil (docs/console.md)",
        "refused": "la réponse du fournisseur ne prouve l'identité de personne; personne n'a de session",
        "without-role": "le fournisseur vous connaît, mais aucune ligne du fichier de la console ne vous donne de "
        "rôle; adressez-vous à votre administrateur",
    },
}


def add_to(app: typer.Typer) -> None:
    """Register both commands."""
    app.command("sign-in", epilog=_SIGN_IN)(sign_in)
    app.command("sign-out", epilog=_SIGN_OUT)(sign_out)


def sign_in(
    context: typer.Context,
    again: Annotated[
        bool, typer.Option("--again", help="Prove once more that it is you, before an act that binds")
    ] = False,
    lang: Language = "en",
) -> None:
    """Sign in, so that commands know who you are."""
    from gateway.sign_in.command import SignInError

    declared = _declared(context)
    try:
        print(wrapped(asyncio.run(_signed_in(declared, lang, again=again)), lang))
    except SignInError as error:
        _stop(error.code, lang)


def sign_out(context: typer.Context, lang: Language = "en") -> None:
    """End your sign-in here and at the provider."""
    declared = _declared(context)
    print(_WORDS[lang]["over" if asyncio.run(_signed_out(declared)) else "nobody"])


def token_for(file: str) -> str | None:
    """The token of who is signed in at this machine by the provider of a console's file, None where nobody is.

    Raises ConfigurationError; StaffCallError where the provider does not answer."""
    from gateway.deployment.console_file import read_console_file

    declared = read_console_file(Path(file)).file.sign_in
    if declared is None or declared.command_client_id is None:
        return None
    from gateway.sign_in.kept import SignInFile

    kept = SignInFile(declared.issuer, declared.command_client_id).read()
    if kept is None or not kept.is_nearly_over(int(time.time())):
        return None if kept is None else kept.tokens.identity
    return asyncio.run(_token(declared))


async def _token(declared: "Declared") -> str | None:
    """Raises StaffCallError."""
    from gateway.sign_in.command import SignInError, kept_token

    async with _Open(declared) as (provider, file):
        try:
            return await kept_token(provider, file, int(time.time()))
        except SignInError:
            raise StaffCallError("sign-in-away", IDENTITY["en"]["sign-in-away"]) from None


async def _signed_in(declared: "Declared", lang: Lang, *, again: bool) -> str:
    """What the person is told. Raises SignInError."""
    from gateway.sign_in.charges import actor_of
    from gateway.sign_in.command import SignInError, signed_in, until_of
    from gateway.sign_in.kept import KeptSignIn
    from gateway.sign_in.oidc import ProviderDownError, TokenRefusedError

    async with _Open(declared) as (provider, file):
        tokens = await signed_in(provider, lambda code: _show(code, lang), again=again)
        try:
            claims = await provider.verified(tokens.identity)
        except (ProviderDownError, TokenRefusedError):
            raise SignInError("refused") from None
        actor = actor_of(claims, declared, frozenset(charge.unit for charge in declared.charges))
        if actor is None:
            raise SignInError("without-role")
        file.write(KeptSignIn(tokens, until_of(claims)))
    roles = ", ".join(ROLES[lang][role] for role in sorted(actor.roles))
    return _WORDS[lang]["done"].format(actor.officer, actor.unit, roles)


async def _signed_out(declared: "Declared") -> bool:
    from gateway.sign_in.oidc import ProviderDownError

    async with _Open(declared) as (provider, file):
        kept = file.read()
        file.forget()
        if kept is not None and kept.tokens.refresh is not None:
            with contextlib.suppress(ProviderDownError):
                await provider.revoke(kept.tokens.refresh)
    return kept is not None


class _Open:
    """The provider and the file of a sign-in, while in the context."""

    def __init__(self, declared: "Declared") -> None:
        from gateway.sign_in.command import command_provider
        from gateway.sign_in.kept import SignInFile

        self._provider = command_provider(declared, seconds=10)
        self._file = SignInFile(declared.issuer, declared.command_client_id or "")

    async def __aenter__(self) -> "tuple[Provider, Any]":
        return self._provider, self._file

    async def __aexit__(self, *_: object) -> None:
        await self._provider.close()


def _show(code: "DeviceCode", lang: Lang) -> None:
    words = _WORDS[lang]
    print(wrapped(words["open"].format(code.complete or code.address), lang))
    print(wrapped(words["code"].format(code.user_code, max(1, code.seconds // 60)), lang), flush=True)


def _declared(context: typer.Context) -> "Declared":
    """Raises ConfigurationError."""
    from gateway.deployment.console_file import read_console_file

    file = setting_of(context, "CONSOLE_FILE")
    declared = None if file is None else read_console_file(Path(file)).file.sign_in
    if declared is None or declared.command_client_id is None:
        raise ConfigurationError(
            "commands do not sign in here: the setting CONSOLE_FILE has to name a file whose sign_in declares a "
            "command_client_id (docs/console.md)"
        )
    return declared


def _stop(code: str, lang: Lang) -> NoReturn:
    raise GatewayError(_WORDS[lang][code])
