"""Signing in and out with an OpenID Connect provider, and proving once more who acts before an act that binds.

Invariants: a sign-in comes back to the browser that began it, within ten minutes, once (its state is kept on the server
under the token of a cookie and dropped when it comes back); whoever comes back has a new session; a second proof is one
of now, by the same officer. Does not: verify a token (`oidc`), or give a role (`charges`).
"""

import hmac
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final
from urllib.parse import urlsplit

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from audit.encoding import to_base64url
from gateway.console.authorization import PUBLIC, SIGNED_IN
from gateway.console.protection.headers import page_headers
from gateway.console.room import Room
from gateway.console.session.cookies import LOGIN, SESSION, end_cookie, set_cookie
from gateway.console.session.kept import kept
from gateway.console.session.sessions import Session
from gateway.console.session.way_back import way_back
from gateway.console.session.words import WORDS
from gateway.console.topic import Topic, act, show
from gateway.console.visit import Visit
from gateway.deployment.console_file import Provider as Declared
from gateway.observability.logs import Event, security_log
from gateway.service.words.sentences import Lang
from gateway.sign_in.charges import actor_of
from gateway.sign_in.oidc import LEEWAY_SECONDS, Provider, ProviderDownError, TokenRefusedError

BACK: Final = "/sign-in/back"
REFUSALS: Final = ("state", "provider", "token", "denied", "nobody", "other")


class _RefusedError(Exception):
    """`why` is one of REFUSALS."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


@dataclass(frozen=True, slots=True)
class OpenIdSignIn:
    """Over a provider; `declared` says who gets which role."""

    provider: Provider
    declared: Declared

    @property
    def form_targets(self) -> tuple[str, ...]:
        parts = urlsplit(self.declared.issuer)
        return (f"{parts.scheme}://{parts.netloc}",)

    @property
    def topic(self) -> Topic:
        routes: Any = (
            show("/sign-in", self._door, PUBLIC),
            act("/sign-in/go", self._go, PUBLIC, shows=self._door),
            show("/sign-in/again", self._again, SIGNED_IN),
            act("/sign-in/prove", self._prove, SIGNED_IN, shows=self._again),
            show("/sign-in/kept", kept, SIGNED_IN),
            show("/sign-in/refused", _refused_page, PUBLIC),
            show("/sign-out", _out, PUBLIC),
            act("/sign-out", self._sign_out, PUBLIC, shows=_out),
        )
        return Topic("session", WORDS, routes)

    def unworded(self, room: Room) -> Sequence[Route]:
        """Where the provider sends the browser back to."""

        async def back(request: Request) -> Response:
            token = request.cookies.get(room.cookie(LOGIN), "")
            kept_state = await room.logins.open(token, room.sessions.now())
            await room.logins.drop(token)
            lang: Lang = "fr" if kept_state is not None and kept_state["lang"] == "fr" else "en"
            try:
                answer = await self._back(request, room, kept_state)
            except _RefusedError as error:
                security_log().warning(Event.SIGN_IN_REFUSED, code=error.why)
                answer = _redirect(room, f"/{lang}/sign-in/refused?why={error.why}")
            return end_cookie(answer, room, LOGIN)

        return (Route(BACK, back, methods=["GET"]),)

    async def _door(self, visit: Visit) -> Response:
        to = way_back(visit.typed.get("to") or visit.asked("to"))
        return visit.page("door.html", to=to)

    async def _go(self, visit: Visit) -> Response:
        return await self._begin(visit, {"to": way_back(visit.typed.get("to"))}, {})

    async def _again(self, visit: Visit) -> Response:
        return visit.page("again.html", kept=visit.typed.get("kept") or visit.asked("kept"))

    async def _prove(self, visit: Visit) -> Response:
        extra = {"prompt": "login", "max_age": "0"}
        if self.declared.step_up_acr is not None:
            extra["acr_values"] = self.declared.step_up_acr
        state = {"kept": visit.typed.get("kept"), "officer": visit.actor.officer}
        return await self._begin(visit, state, extra)

    async def _begin(self, visit: Visit, state: Mapping[str, str], extra: Mapping[str, str]) -> Response:
        room, now = visit.room, visit.room.sessions.now()
        made = {name: to_base64url(secrets.token_bytes(32)) for name in ("state", "nonce", "verifier")}
        try:
            address = await self.provider.authorization(**made, extra=extra)
        except ProviderDownError:
            security_log().warning(Event.SIGN_IN_REFUSED, code="provider")
            return visit.go("/sign-in/refused", why="provider")
        seconds = room.sessions.times.login
        token = await room.logins.keep({**state, **made, "lang": visit.lang, "at": now}, now + seconds)
        headers = page_headers(visit.nonce, https=room.https, form_targets=self.form_targets)
        answer = RedirectResponse(address, 303, headers=headers)
        return set_cookie(answer, room, LOGIN, token, seconds)

    async def _back(self, request: Request, room: Room, kept_state: Mapping[str, Any] | None) -> Response:
        """Raises _RefusedError."""
        said = request.query_params
        if kept_state is None or not hmac.compare_digest(said.get("state", "").encode(), kept_state["state"].encode()):
            raise _RefusedError("state")
        if said.get("iss", self.declared.issuer) != self.declared.issuer:
            raise _RefusedError("token")
        if "code" not in said:
            raise _RefusedError("denied")
        try:
            claims, token = await self.provider.claims(
                said["code"], verifier=kept_state["verifier"], nonce=kept_state["nonce"]
            )
        except ProviderDownError:
            raise _RefusedError("provider") from None
        except TokenRefusedError:
            raise _RefusedError("token") from None
        if not room.units.known:
            await room.units.load()
        actor = actor_of(claims, self.declared, frozenset(room.units.known))
        if actor is None:
            raise _RefusedError("nobody")
        again = "officer" in kept_state
        if again:
            self._check_second_proof(kept_state, claims, actor.officer)
        proven = claims.get("auth_time", 0)
        session = await room.sessions.begin(
            actor,
            proven=proven if isinstance(proven, int) else 0,
            hint=token,
            instead_of=request.cookies.get(room.cookie(SESSION)),
        )
        security_log().info(Event.SIGNED_IN, party=actor.unit)
        lang, kept_form = kept_state["lang"], kept_state.get("kept")
        path = f"/{lang}/sign-in/kept?kept={kept_form}" if again else f"/{lang}{kept_state['to']}"
        return set_cookie(_redirect(room, path), room, SESSION, session.token)

    def _check_second_proof(self, kept_state: Mapping[str, Any], claims: Mapping[str, Any], officer: str) -> None:
        """A proof of now, at the level that was asked for, by the officer who was asked. Raises _RefusedError."""
        if officer != kept_state["officer"]:
            raise _RefusedError("other")
        proven, level = claims.get("auth_time"), self.declared.step_up_acr
        if not isinstance(proven, int) or proven < kept_state["at"] - LEEWAY_SECONDS:
            raise _RefusedError("token")
        if level is not None and claims.get("acr") != level:
            raise _RefusedError("token")

    async def _sign_out(self, visit: Visit) -> Response:
        """Here at once; at the provider by a form that carries the token, which no address should."""
        session: Session | None = visit.session
        address = None
        if session is not None:
            await visit.room.sessions.end(session.token)
            security_log().info(Event.SIGNED_OUT, party=session.actor.unit)
            try:
                address = await self.provider.end_session()
            except ProviderDownError:
                address = None
        page = replace(visit, session=None).page(
            "out.html",
            provider=address,
            hint=session.hint if session else None,
            back=f"{visit.room.origin}{visit.at('/sign-out')}",
        )
        return end_cookie(page, visit.room)


async def _out(visit: Visit) -> Response:
    return replace(visit, session=None).page("out.html", provider=None, hint=None, back="")


async def _refused_page(visit: Visit) -> Response:
    why = visit.asked("why")
    return replace(visit, status=403, session=None).page("refused.html", why=why if why in REFUSALS else "denied")


def _redirect(room: Room, path: str) -> Response:
    return RedirectResponse(path, 303, headers=page_headers(secrets.token_urlsafe(18), https=room.https))
