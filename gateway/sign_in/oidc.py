"""An OpenID Connect provider: discovery, authorization code with PKCE, the device grant, the ID token verified.

Invariants: a token counts only with a signature of a declared algorithm (ES256, PS256; RS256 where the deployment says
so) by a key that the provider publishes now, for this client, from this issuer, with the nonce of this sign-in and not
expired; the issuer of an answer is the one asked (RFC 9207). OpenID Connect Core 1.0, 3.1; RFC 7636 (S256 only); RFC
8628 for commands, whose tokens come without a nonce and straight from the provider.
Does not: know a role, or keep anything but the provider's metadata and keys.
"""

import contextlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final
from urllib.parse import urlsplit

import httpx
from authlib.oauth2.rfc6749.parameters import prepare_grant_uri
from authlib.oauth2.rfc7636 import create_s256_code_challenge
from authlib.oidc.core.claims import CodeIDToken
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from gateway.sign_in.kept import Tokens

LEEWAY_SECONDS: Final = 10
KEYS_SECONDS: Final = 300
"""How long the provider's keys are used without asking again; a key that is not among them is asked for at once."""
ASK_AGAIN_SECONDS: Final = 5
MOST_DEVICE_SECONDS: Final = 1_800
USUAL_INTERVAL: Final = 5
"""Seconds between two questions where the provider names none (RFC 8628, 3.2)."""
_LOOPBACK: Final = frozenset({"127.0.0.1", "::1", "localhost"})
_ENDPOINTS: Final = ("authorization_endpoint", "token_endpoint", "jwks_uri")
_MOST_BYTES: Final = 1 << 20


class ProviderDownError(Exception):
    """The provider does not answer, or not as a provider does."""


class TokenRefusedError(Exception):
    """What the provider said does not prove who somebody is; `code` is the provider's own (RFC 6749, 5.2), or empty."""

    def __init__(self, code: str = "") -> None:
        super().__init__("the provider's answer proves nobody")
        self.code = code


@dataclass(frozen=True, slots=True)
class Client:
    """What the deployment declares. `algorithms` are those that a token may be signed with; a client of commands has no
    `redirect_uri`."""

    issuer: str
    client_id: str
    secret: str | None = field(repr=False)
    algorithms: tuple[str, ...]
    redirect_uri: str = ""


@dataclass(frozen=True, slots=True)
class DeviceCode:
    """What a person is shown, and what a command asks with (RFC 8628, 3.2). `seconds` it counts, `interval` between two
    questions; `complete` is the address with the code in it, or None."""

    device_code: str = field(repr=False)
    user_code: str
    address: str
    complete: str | None
    seconds: int
    interval: int


class Provider:
    """`now` is Unix seconds."""

    def __init__(self, client: Client, http: httpx.AsyncClient, now: Callable[[], int]) -> None:
        self.client = client
        self._http = http
        self._now = now
        self._metadata: Mapping[str, Any] | None = None
        self._keys: KeySet | None = None
        self._keys_at = 0

    async def close(self) -> None:
        """Close the connections to the provider."""
        await self._http.aclose()

    async def authorization(self, *, state: str, nonce: str, verifier: str, extra: Mapping[str, str]) -> str:
        """Where the browser goes to sign in. Raises ProviderDownError."""
        metadata = await self._discovered()
        uri: str = prepare_grant_uri(  # type: ignore[no-untyped-call]
            metadata["authorization_endpoint"],
            self.client.client_id,
            "code",
            redirect_uri=self.client.redirect_uri,
            scope="openid profile",
            state=state,
            nonce=nonce,
            code_challenge=create_s256_code_challenge(verifier),  # type: ignore[no-untyped-call]
            code_challenge_method="S256",
            **extra,
        )
        return uri

    async def end_session(self) -> str | None:
        """Where a session is ended at the provider too, or None. Raises ProviderDownError."""
        found: str | None = (await self._discovered()).get("end_session_endpoint")
        return found if found is None or _is_safe(found) else None

    async def claims(self, code: str, *, verifier: str, nonce: str) -> tuple[Mapping[str, Any], str]:
        """The claims of the ID token that a code stands for, verified, and the token.

        Raises ProviderDownError, TokenRefusedError."""
        form = {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": self.client.redirect_uri,
            "code_verifier": verifier,
        }
        token = (await self._tokens(form)).identity
        return await self.verified(token, nonce), token

    async def device_code(self, *, again: bool = False) -> DeviceCode:
        """A code by which a person signs a command in (RFC 8628, 3.1); `again`: with a proof of now.

        Raises ProviderDownError, TokenRefusedError where the provider signs no command in."""
        endpoint = (await self._discovered()).get("device_authorization_endpoint")
        if not _is_safe(endpoint):
            raise TokenRefusedError("unsupported_grant_type")
        now = {"prompt": "login", "max_age": "0"} if again else {}
        found = await self._posted(str(endpoint), {"scope": "openid profile", **now})
        complete = found.get("verification_uri_complete")
        try:
            code = DeviceCode(
                device_code=str(found["device_code"]),
                user_code=str(found["user_code"]),
                address=str(found["verification_uri"]),
                complete=None if complete is None else str(complete),
                seconds=min(int(found["expires_in"]), MOST_DEVICE_SECONDS),
                interval=max(int(found.get("interval", USUAL_INTERVAL)), 1),
            )
        except (KeyError, TypeError, ValueError):
            raise ProviderDownError from None
        shown = (code.user_code, code.address, code.complete or "")
        if not _is_safe(code.address) or not all(text.isascii() and text.isprintable() for text in shown):
            raise ProviderDownError
        return code

    async def device_tokens(self, code: DeviceCode) -> Tokens:
        """Whether the person has signed in (RFC 8628, 3.4).

        Raises ProviderDownError; TokenRefusedError, `authorization_pending` or `slow_down` while they have not."""
        return await self._tokens(
            {"grant_type": "urn:ietf:params:oauth:grant-type:device_code", "device_code": code.device_code}
        )

    async def refreshed(self, refresh: str) -> Tokens:
        """A new token for an old sign-in (RFC 6749, 6). Raises ProviderDownError, TokenRefusedError."""
        tokens = await self._tokens({"grant_type": "refresh_token", "refresh_token": refresh})
        return Tokens(tokens.identity, tokens.refresh or refresh)

    async def revoke(self, refresh: str) -> None:
        """End the sign-in at the provider too, where it knows how (RFC 7009). Raises ProviderDownError."""
        endpoint = (await self._discovered()).get("revocation_endpoint")
        if _is_safe(endpoint):
            with contextlib.suppress(TokenRefusedError):
                await self._posted(str(endpoint), {"token": refresh, "token_type_hint": "refresh_token"})

    async def _tokens(self, form: Mapping[str, str]) -> Tokens:
        found = await self._posted((await self._discovered())["token_endpoint"], form)
        identity, refresh = found.get("id_token"), found.get("refresh_token")
        if not isinstance(identity, str):
            raise TokenRefusedError
        return Tokens(identity, refresh if isinstance(refresh, str) else None)

    async def _posted(self, endpoint: str, form: Mapping[str, str]) -> Mapping[str, Any]:
        client = self.client
        auth = None if client.secret is None else httpx.BasicAuth(client.client_id, client.secret)
        named = dict(form) if client.secret is not None else {**form, "client_id": client.client_id}
        try:
            answer = await self._http.post(endpoint, data=named, auth=auth or httpx.USE_CLIENT_DEFAULT)
        except httpx.HTTPError:
            raise ProviderDownError from None
        if answer.status_code >= httpx.codes.INTERNAL_SERVER_ERROR:
            raise ProviderDownError
        if answer.status_code != httpx.codes.OK:
            raise TokenRefusedError(str(_object(answer).get("error")))
        return _object(answer) if answer.content else {}

    async def verified(self, token: str, nonce: str | None = None) -> Mapping[str, Any]:
        """The claims of an ID token; `nonce` is that of the sign-in it came with, None for one of the device grant.

        Raises ProviderDownError, TokenRefusedError."""
        try:
            decoded = jwt.decode(token, await self._key_set(again=False), algorithms=list(self.client.algorithms))
        except (JoseError, ValueError):
            # The provider may have new keys; asking once more is bounded, whatever tokens come in.
            try:
                decoded = jwt.decode(token, await self._key_set(again=True), algorithms=list(self.client.algorithms))
            except (JoseError, ValueError):
                raise TokenRefusedError from None
        essential = {name: {"essential": True} for name in ("sub", "exp", "iat")}
        options: Any = {
            **essential,
            "iss": {"essential": True, "value": self.client.issuer},
            "aud": {"essential": True, "value": self.client.client_id},
        }
        asked = {"client_id": self.client.client_id, **({} if nonce is None else {"nonce": nonce})}
        claims = CodeIDToken(decoded.claims, decoded.header, options, asked)
        try:
            claims.validate(now=self._now(), leeway=LEEWAY_SECONDS)  # type: ignore[no-untyped-call]
        except (JoseError, TypeError, ValueError):
            raise TokenRefusedError from None
        return dict(claims)

    async def _key_set(self, *, again: bool) -> KeySet:
        age = self._now() - self._keys_at
        if self._keys is None or age > (ASK_AGAIN_SECONDS if again else KEYS_SECONDS):
            metadata = await self._discovered()
            try:
                self._keys = KeySet.import_key_set(await self._get(metadata["jwks_uri"]))  # type: ignore[arg-type]
            except (JoseError, ValueError, KeyError, TypeError):
                raise ProviderDownError from None
            self._keys_at = self._now()
        return self._keys

    async def _discovered(self) -> Mapping[str, Any]:
        if self._metadata is None:
            found = await self._get(self.client.issuer.rstrip("/") + "/.well-known/openid-configuration")
            endpoints = [found.get(name) for name in _ENDPOINTS]
            if found.get("issuer") != self.client.issuer or not all(_is_safe(one) for one in endpoints):
                raise ProviderDownError
            self._metadata = found
        return self._metadata

    async def _get(self, address: str) -> Mapping[str, Any]:
        try:
            answer = await self._http.get(address)
        except httpx.HTTPError:
            raise ProviderDownError from None
        if answer.status_code != httpx.codes.OK:
            raise ProviderDownError
        return _object(answer)


def _object(answer: httpx.Response) -> Mapping[str, Any]:
    try:
        found = answer.json() if len(answer.content) <= _MOST_BYTES else None
    except ValueError:
        found = None
    if not isinstance(found, dict):
        raise ProviderDownError
    return found


def _is_safe(address: object) -> bool:
    """Whether an address of the provider is one to go to: https, except on this machine."""
    if not isinstance(address, str):
        return False
    parts = urlsplit(address)
    return parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in _LOOPBACK)
