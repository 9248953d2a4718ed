"""What a partner uses: asks signed questions, checks that the gateway answered them, checks its receipts.

    from pathlib import Path
    from gateway.client.calls import Gateway
    from gateway.client.question import Question
    from gateway.httpsig.pem import read_private_pem

    key = read_private_pem(Path("partner.pem").read_bytes())
    pins, log = ["AkXIZFzonb59ZmGwyKgi3H3BwMi6amevqdKQiLZhdtc"], Path("log.vkey").read_text()
    with Gateway("https://gateway.example", key, pins=pins, log_vkey=log) as gateway:
        question = Question("esdc-ircc-tfw", "lmia-refresh", "lmia", ["decision"],
                            scheme="lmia-system-file-number", value="8000001", case_reference="W000000001")
        answer = gateway.disclose(question)
    print(answer.entry_index, answer.records, answer.withheld)

Invariant: nothing is returned that a trusted key did not sign for this very request, and no disclosure whose
receipt does not prove its values. Gateway keys are given, or fetched and held against given thumbprints;
never trusted because they were fetched. Requests go to the configured origin only. Errors carry names and
codes, never a value. No retries here: repeat a call with the same `idempotency_key`. Transport failures are
httpx's own exceptions.
"""

import time
from collections.abc import AsyncIterator, Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from types import TracebackType
from typing import Any, Final, Self

import httpx

from gateway.client.answers import Answers, CheckedReceipt, Disclosure, read_answer
from gateway.client.auth import GatewayAuth
from gateway.client.errors import MalformedAnswerError
from gateway.client.question import Question
from gateway.httpsig.keys import SigningKey


class Gateway:
    """The gateway, for one partner. Use it as a context manager; calls may come from several threads.

    `jwks` or `pins` say which keys the gateway signs with, `log_vkey` which key signs its disclosure log.
    Every call raises a ClientError or an httpx exception; a `ProblemError` is a signed no.
    """

    def __init__(
        self,
        origin: str,
        key: SigningKey,
        *,
        log_vkey: str,
        jwks: Mapping[str, Any] | None = None,
        pins: Collection[str] = (),
        timeout: float = 10.0,
        transport: httpx.BaseTransport | None = None,
        clock: Callable[[], float] = time.time,
    ) -> None:
        auth = GatewayAuth(origin, key, jwks=jwks, pins=pins, clock=clock)
        self._http = httpx.Client(
            base_url=auth.origin, auth=auth, timeout=timeout, transport=transport, follow_redirects=False
        )
        self._answers = Answers(log_vkey)

    def __enter__(self) -> Self:
        self._http.__enter__()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None = None,
        error: BaseException | None = None,
        trace: TracebackType | None = None,
    ) -> None:
        self._http.__exit__(kind, error, trace)

    def disclose(self, question: Question, *, idempotency_key: str | None = None) -> Disclosure:
        """Ask. Give `idempotency_key` to repeat a question whose answer was lost."""
        body = question.body()
        return self._answers.disclosure(question, body, self._http.post(**_post(body, idempotency_key)))

    def collect(self, question: Question, referral: str, *, idempotency_key: str | None = None) -> Disclosure:
        """Ask again for a question that was referred. Raises ReferredError while nothing may leave yet."""
        response = self._http.post(**_again(referral, idempotency_key))
        return self._answers.disclosure(question, _NOTHING_MORE, response)

    def pages(self, question: Question) -> Iterator[Disclosure]:
        """Ask for a list page by page, each a disclosure of its own, from `question.cursor` to the end."""
        following: Question | None = question
        while following is not None:
            page = self.disclose(following)
            yield page
            following = _following(following, page)

    def agreements(self) -> Mapping[str, Any]:
        """What this partner may ask, as the gateway lists it."""
        return read_answer(self._http.get("/v1/agreements"))

    def receipt(self, index: int, records: Sequence[Mapping[str, Any]] | None = None) -> CheckedReceipt:
        """The receipt of an earlier entry, checked against the records received then, if they are given."""
        return self._answers.receipt(read_answer(self._http.get(f"/v1/receipts/{index}")), records, index)


class AsyncGateway:
    """`Gateway` for asyncio: the same calls, to be awaited."""

    def __init__(
        self,
        origin: str,
        key: SigningKey,
        *,
        log_vkey: str,
        jwks: Mapping[str, Any] | None = None,
        pins: Collection[str] = (),
        timeout: float = 10.0,
        transport: httpx.AsyncBaseTransport | None = None,
        clock: Callable[[], float] = time.time,
    ) -> None:
        auth = GatewayAuth(origin, key, jwks=jwks, pins=pins, clock=clock)
        self._http = httpx.AsyncClient(
            base_url=auth.origin, auth=auth, timeout=timeout, transport=transport, follow_redirects=False
        )
        self._answers = Answers(log_vkey)

    async def __aenter__(self) -> Self:
        await self._http.__aenter__()
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None = None,
        error: BaseException | None = None,
        trace: TracebackType | None = None,
    ) -> None:
        await self._http.__aexit__(kind, error, trace)

    async def disclose(self, question: Question, *, idempotency_key: str | None = None) -> Disclosure:
        """As `Gateway.disclose`."""
        body = question.body()
        return self._answers.disclosure(question, body, await self._http.post(**_post(body, idempotency_key)))

    async def collect(self, question: Question, referral: str, *, idempotency_key: str | None = None) -> Disclosure:
        """As `Gateway.collect`."""
        response = await self._http.post(**_again(referral, idempotency_key))
        return self._answers.disclosure(question, _NOTHING_MORE, response)

    async def pages(self, question: Question) -> AsyncIterator[Disclosure]:
        """As `Gateway.pages`."""
        following: Question | None = question
        while following is not None:
            page = await self.disclose(following)
            yield page
            following = _following(following, page)

    async def agreements(self) -> Mapping[str, Any]:
        """As `Gateway.agreements`."""
        return read_answer(await self._http.get("/v1/agreements"))

    async def receipt(self, index: int, records: Sequence[Mapping[str, Any]] | None = None) -> CheckedReceipt:
        """As `Gateway.receipt`."""
        response = await self._http.get(f"/v1/receipts/{index}")
        return self._answers.receipt(read_answer(response), records, index)


_NOTHING_MORE: Final = b"{}"
"""The body of asking again: the gateway keeps what was asked."""


def _post(body: bytes, idempotency_key: str | None, url: str = "/v1/disclosures") -> dict[str, Any]:
    headers = {"content-type": "application/json"}
    if idempotency_key is not None:
        headers["idempotency-key"] = idempotency_key
    return {"url": url, "content": body, "headers": headers}


def _again(referral: str, idempotency_key: str | None) -> dict[str, Any]:
    return _post(_NOTHING_MORE, idempotency_key, f"/v1/referrals/{referral}")


def _following(question: Question, page: Disclosure) -> Question | None:
    if page.next_cursor is None:
        return None
    if page.next_cursor == question.cursor:
        raise MalformedAnswerError("endless-list", "next_cursor")
    return replace(question, cursor=page.next_cursor)
