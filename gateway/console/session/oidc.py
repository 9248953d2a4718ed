"""An OpenID Connect provider as the console uses it: discovery, authorization code with PKCE, the ID token verified.

Invariants: a token counts only with a signature of a declared algorithm (ES256, PS256; RS256 where the deployment says
so) by a key that the provider publishes now, for this client, from this issuer, with the nonce of this sign-in and not
expired; the issuer of an answer is the one asked (RFC 9207). OpenID Connect Core 1.0, 3.1; RFC 7636 (S256 only).
Does not: know a role, or keep anything but the provider's metadata and keys.
"""

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

LEEWAY_SECONDS: Final = 10
KEYS_SECONDS: Final = 300
"""How long the provider's keys are used without asking again; a key that is not among them is asked for at once."""
ASK_AGAIN_SECONDS: Final = 5
_LOOPBACK: Final = frozenset({"127.0.0.1", "::1", "localhost"})
_ENDPOINTS: Final = ("authorization_endpoint", "token_endpoint", "jwks_uri")
_MOST_BYTES: Final = 1 << 20


class ProviderDownError(Exception):
    """The provider does not answer, or not as a provider does."""


class TokenRefusedError(Exception):
    """What the provider said does not prove who somebody is."""


@dataclass(frozen=True, slots=True)
class Client:
    """What the deployment declares. `algorithms` are those that a token may be signed with."""

    issuer: str
    client_id: str
    secret: str | None = field(repr=False)
    algorithms: tuple[str, ...]
    redirect_uri: str


class Provider:
    """`now` is Unix seconds."""

    def __init__(self, client: Client, http: httpx.AsyncClient, now: Callable[[], int]) -> None:
        self.client = client
        self._http = http
        self._now = now
        self._metadata: Mapping[str, Any] | None = None
        self._keys: KeySet | None = None
        self._keys_at = 0

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
        token = await self._exchange(code, verifier)
        return await self._verified(token, nonce), token

    async def _exchange(self, code: str, verifier: str) -> str:
        client = self.client
        form = {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": client.redirect_uri,
            "code_verifier": verifier,
        }
        auth = None if client.secret is None else httpx.BasicAuth(client.client_id, client.secret)
        if client.secret is None:
            form["client_id"] = client.client_id
        metadata = await self._discovered()
        try:
            answer = await self._http.post(metadata["token_endpoint"], data=form, auth=auth or httpx.USE_CLIENT_DEFAULT)
        except httpx.HTTPError:
            raise ProviderDownError from None
        if answer.status_code >= httpx.codes.INTERNAL_SERVER_ERROR:
            raise ProviderDownError
        token = _object(answer).get("id_token") if answer.status_code == httpx.codes.OK else None
        if not isinstance(token, str):
            raise TokenRefusedError
        return token

    async def _verified(self, token: str, nonce: str) -> Mapping[str, Any]:
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
        claims = CodeIDToken(
            decoded.claims, decoded.header, options, {"nonce": nonce, "client_id": self.client.client_id}
        )
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
