"""Signing a command in by the device authorization grant (RFC 8628): the person signs in with a browser, anywhere.

Invariants: what is shown to the person is an address and a code, never a token; a question is asked no faster than the
provider wants; a code is asked about only as long as it counts. Does not: keep anything (`gateway.sign_in.kept`).
"""

import asyncio
import time
from collections.abc import Awaitable, Callable, Mapping
from typing import Any, Final

import httpx

from gateway.deployment.console_file import Provider as Declared
from gateway.domain.errors import GatewayError
from gateway.sign_in.kept import KeptSignIn, SignInFile, Tokens
from gateway.sign_in.oidc import Client, DeviceCode, Provider, ProviderDownError, TokenRefusedError

_SLOWER_SECONDS: Final = 5
"""What `slow_down` adds to the interval (RFC 8628, 3.5)."""
_MOST_SILENCES: Final = 3
"""How often in a row the provider may not answer before a person is told."""
Sleep = Callable[[float], Awaitable[None]]


class SignInError(GatewayError):
    """Nobody was signed in; `code` is one of `gateway.service.words.signing_in`."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


async def kept_token(provider: Provider, file: SignInFile, now: int) -> str | None:
    """The token of who is signed in here, refreshed where it is nearly over; None where nobody is, or no longer.

    Raises SignInError where the provider does not answer."""
    kept = file.read()
    if kept is None or not kept.is_nearly_over(now):
        return None if kept is None else kept.tokens.identity
    if kept.tokens.refresh is None:
        return kept.tokens.identity
    try:
        tokens = await provider.refreshed(kept.tokens.refresh)
        file.write(KeptSignIn(tokens, until_of(await provider.verified(tokens.identity))))
    except ProviderDownError:
        raise SignInError("provider") from None
    except TokenRefusedError:
        # Another command of the same person may have used the refresh token a moment ago.
        newer = file.read()
        return (newer or kept).tokens.identity
    return tokens.identity


def until_of(claims: Mapping[str, Any]) -> int:
    """When a verified token is over, Unix seconds."""
    return int(claims["exp"])


def command_provider(declared: Declared, seconds: float) -> Provider:
    """The provider as commands use it: a client without a secret. `seconds` is how long it may take to answer."""
    client = Client(declared.issuer, declared.command_client_id or "", None, declared.algorithms)
    http = httpx.AsyncClient(timeout=seconds, follow_redirects=False)
    return Provider(client, http, lambda: int(time.time()))


async def signed_in(
    provider: Provider, show: Callable[[DeviceCode], None], *, sleep: Sleep = asyncio.sleep, again: bool = False
) -> Tokens:
    """Show a code to the person, and wait until they have signed in with it; `again`: with a proof of now.

    Raises SignInError."""
    try:
        code = await provider.device_code(again=again)
        show(code)
        return await _awaited(provider, code, sleep)
    except ProviderDownError:
        raise SignInError("provider") from None
    except TokenRefusedError as error:
        raise SignInError(_REFUSED.get(error.code, "refused")) from None


_REFUSED: Final = {
    "access_denied": "denied",
    "expired_token": "expired",
    "unauthorized_client": "not-offered",
    "unsupported_grant_type": "not-offered",
    "invalid_client": "not-offered",
}


async def _awaited(provider: Provider, code: DeviceCode, sleep: Sleep) -> Tokens:
    """Raises ProviderDownError where it did not answer three times in a row, TokenRefusedError."""
    waited, interval, down = 0, code.interval, 0
    while waited < code.seconds:
        await sleep(interval)
        waited += interval
        try:
            return await provider.device_tokens(code)
        except TokenRefusedError as error:
            if error.code == "slow_down":
                interval += _SLOWER_SECONDS
            elif error.code != "authorization_pending":
                raise
            down = 0
        except ProviderDownError:
            down += 1
            if down == _MOST_SILENCES:
                raise
            interval *= 2
    raise TokenRefusedError("expired_token")
