"""The signed routes of the partner API. A route parses, calls one use case, renders; nothing else.

Order after the signature (api.exchange): media type → JSON → schema → use case. A request of an authenticated caller
that cannot be read is put on record too, and its nonce is spent.
"""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Final, assert_never

from fastapi import APIRouter, Request
from pydantic import ValidationError
from starlette.responses import Response

from gateway.api.exchange import Exchange, ReplayedNonceError, UnsignedError
from gateway.api.pace import Pace
from gateway.api.plain_question import PlainQuestion, read_plain
from gateway.api.problem_response import problem_response
from gateway.api.rendering import as_json, disclosed, told, waiting
from gateway.api.rendering import rules as applied_rules
from gateway.api.rules import RulesInForce, judged
from gateway.api.strict_json import StrictJsonError, read_object
from gateway.api.wire import DisclosureBody, place_of
from gateway.domain.decision import Deny, Indeterminate
from gateway.domain.errors import InvariantError
from gateway.domain.ground import Ground
from gateway.domain.referral import OPEN
from gateway.domain.request import DisclosureRequest, Released
from gateway.domain.submission import NonceUse
from gateway.domain.target import ListQuery, SubjectIdentifier
from gateway.httpsig.request import VerifiedRequest
from gateway.observability.metrics import Telemetry
from gateway.service.disclosure.answer import (
    Answer,
    Disclosed,
    KeyReused,
    Malformed,
    Referred,
    Refused,
    Replayed,
    could_tell_existence,
    is_not_available,
)
from gateway.service.disclosure.collecting import Call, Closed, NoSuchReferral, Waiting
from gateway.service.log.receipts import Receipts
from gateway.service.ports import Nonces

_MEDIA_TYPES = frozenset({"application/json", "application/json;charset=utf-8", 'application/json;charset="utf-8"'})
NONCE_GRACE = 120
"""Seconds that a spent nonce is remembered after its signature expired."""
NOTHING_MORE = b"{}"
"""The body of asking again: what was asked is kept with the referral."""
_EFFECTS = {Deny: "deny", Indeterminate: "indeterminate"}


@dataclass(frozen=True, slots=True)
class PartnerApi:
    """What the routes need; made by bootstrap. `rules` are the use cases over the rulebook in force."""

    rules: RulesInForce
    receipts: Receipts
    nonces: Nonces
    now: Callable[[], datetime]
    telemetry: Telemetry
    pace: Pace


DISCLOSURES: Final = "/v1/disclosures"


def partner_routes(api: PartnerApi) -> APIRouter:
    router = APIRouter(prefix="/v1")

    @router.post(DISCLOSURES.removeprefix("/v1"), summary="Ask for data elements of one record or of a page")
    async def disclose(request: Request) -> Response:
        exchange: Exchange = request.scope["exchange"]
        answer = await _ask(api, exchange)
        if isinstance(answer, Referred) and answer.referral.state not in OPEN:
            # Asked before under this key, and decided since.
            found = await api.rules.now.collecting.standing(answer.referral.id, _verified(exchange).party)
            return _standing(api, answer.referral.id, found, exchange.french)
        return await _answer(api, answer, exchange)

    @router.get("/referrals/{referral}", summary="Where a referred request stands")
    async def standing(request: Request, referral: str) -> Response:
        exchange: Exchange = request.scope["exchange"]
        await spend_nonce(api.nonces, exchange)
        found = await api.rules.now.collecting.standing(referral, _verified(exchange).party)
        return _standing(api, referral, found, exchange.french)

    @router.post("/referrals/{referral}", summary="Ask again for what was referred")
    async def collect(request: Request, referral: str) -> Response:
        exchange: Exchange = request.scope["exchange"]
        if not _is_json(_verified(exchange)):
            await spend_nonce(api.nonces, exchange)
            return problem_response("unsupported-media-type", member="content-type", french=exchange.french)
        if exchange.body != NOTHING_MORE:
            await spend_nonce(api.nonces, exchange)
            return problem_response("malformed-request", member="body", french=exchange.french)
        answer = await judged(api.rules, lambda rules: rules.collecting.collect(referral, _call(exchange)))
        if isinstance(answer, Waiting | Closed | NoSuchReferral):
            await spend_nonce(api.nonces, exchange)
            return _standing(api, referral, answer, exchange.french)
        return await _answer(api, answer, exchange)

    @router.get("/agreements", summary="What this party may ask for")
    async def agreements(request: Request) -> Response:
        exchange: Exchange = request.scope["exchange"]
        await spend_nonce(api.nonces, exchange)
        return as_json({"agreements": api.rules.now.entitlements.of(_verified(exchange).party, api.now())})

    @router.get("/receipts/{entry_index}", summary="The receipt of an entry about this party, with its proof")
    async def receipt(request: Request, entry_index: str) -> Response:
        exchange: Exchange = request.scope["exchange"]
        await spend_nonce(api.nonces, exchange)
        found = None
        if entry_index.isascii() and entry_index.isdigit() and len(entry_index) <= 15:
            found = await api.receipts.find(int(entry_index), _verified(exchange).party)
        return problem_response("not-found", french=exchange.french) if found is None else as_json(found)

    return router


async def spend_nonce(nonces: Nonces, exchange: Exchange) -> None:
    """A look-up that leaves no entry spends its nonce durably all the same.

    Raises ReplayedNonceError, LogUnavailableError."""
    verified = _verified(exchange)
    if not await nonces.spend(NonceUse(verified.keyid, verified.nonce, verified.expires + NONCE_GRACE)):
        raise ReplayedNonceError


async def _ask(api: PartnerApi, exchange: Exchange) -> Answer:
    verified, disclose = _verified(exchange), api.rules.now.disclose
    if not _is_json(verified):
        return await disclose.refuse_malformed(_unread(api, exchange), "unsupported-media-type", "content-type")
    try:
        body = _body_of(exchange)
    except StrictJsonError as error:
        return await disclose.refuse_malformed(_unread(api, exchange), "malformed-json", error.rule)
    except ValidationError as error:
        return await disclose.refuse_malformed(_unread(api, exchange), "malformed-request", place_of(error))
    asked = _read(api, exchange, body)
    return await judged(api.rules, lambda rules: rules.disclose(asked))


def _body_of(exchange: Exchange) -> DisclosureBody | PlainQuestion:
    """Raises StrictJsonError, ValidationError."""
    members = read_object(exchange.body)
    return read_plain(members) or DisclosureBody.model_validate(members)


def _read(api: PartnerApi, exchange: Exchange, body: DisclosureBody | PlainQuestion) -> DisclosureRequest:
    target: SubjectIdentifier | ListQuery
    if isinstance(body, PlainQuestion):
        target = body.subject
    elif body.subject is not None:
        target = SubjectIdentifier(body.subject.scheme, body.subject.value)
    elif body.list is not None:
        target = ListQuery(body.list.filter, body.list.limit, body.list.cursor)
    else:
        raise InvariantError("a body without a target was taken for a good one")
    form = body.ground.evidence() if body.ground is not None else None
    verified = _verified(exchange)
    return DisclosureRequest(
        requester=verified.party,
        recipient=body.recipient or verified.party,
        agreement=body.agreement,
        purpose=body.purpose,
        record_type=body.record_type,
        elements=tuple(body.elements),
        target=target,
        ground=form.ground if form else Ground.AGREEMENT,
        case_reference=body.case_reference,
        acting_officer=body.acting_officer,
        received_at=api.now(),
        request_digest=hashlib.sha256(exchange.body).digest(),
        keyid=verified.keyid,
        nonce=verified.nonce,
        idempotency_key=_idempotency_key(verified),
        form=form,
    )


def _unread(api: PartnerApi, exchange: Exchange) -> DisclosureRequest:
    """A request of which only the sender is known; nothing the body said is kept but its digest."""
    verified = _verified(exchange)
    return DisclosureRequest(
        requester=verified.party,
        recipient=verified.party,
        agreement=None,
        purpose="",
        record_type="",
        elements=(),
        target=ListQuery({}, 0, None),
        ground=Ground.AGREEMENT,
        case_reference=None,
        acting_officer=None,
        received_at=api.now(),
        request_digest=hashlib.sha256(exchange.body).digest(),
        keyid=verified.keyid,
        nonce=verified.nonce,
        idempotency_key=verified.idempotency_key or "",
    )


async def _answer(api: PartnerApi, answer: Answer, exchange: Exchange) -> Response:
    """Rendered first, so that all that follows the step is the same for the same bytes."""
    response = _render(api, answer, exchange.french)
    if could_tell_existence(answer):
        api.telemetry.paced(await api.pace.next_step(exchange.arrived))
    return response


def _render(api: PartnerApi, answer: Answer, french: bool) -> Response:
    match answer:
        case Disclosed():
            api.telemetry.decided("permit")
            return as_json(disclosed(answer, api.rules.now.titles))
        case Refused(receipt, decision, would_apply, began):
            api.telemetry.decided(_EFFECTS[type(decision)])
            code = "not-available" if is_not_available(decision) else "denied"
            reasons = [told(reason, api.rules.now.titles) for reason in decision.reasons]
            return problem_response(
                code,
                entry_index=receipt.entry_index,
                reasons=reasons,
                agreements=would_apply,
                began_under=None if began is None else applied_rules(began),
                french=french,
            )
        case Referred():
            api.telemetry.decided("refer")
            titles, index = api.rules.now.titles, answer.receipt.entry_index
            return waiting(answer.referral, (), index, answer.reasons, titles=titles, now=api.now(), french=french)
        case Malformed(receipt, code, member):
            api.telemetry.decided("malformed")
            return problem_response(code, member=member, entry_index=receipt.entry_index, french=french)
        case KeyReused(code, receipt):
            return problem_response(
                code,
                member="idempotency-key",
                entry_index=receipt.entry_index if receipt else None,
                french=french,
            )
        case Replayed():
            raise ReplayedNonceError
        case _:
            assert_never(answer)


def _is_json(verified: VerifiedRequest) -> bool:
    return (
        verified.content_type == "application/json"
        or (verified.content_type or "").lower().replace(" ", "") in _MEDIA_TYPES
    )


def _call(exchange: Exchange) -> Call:
    verified = _verified(exchange)
    digest = hashlib.sha256(exchange.body).digest()
    return Call(verified.party, digest, verified.keyid, verified.nonce, _idempotency_key(verified))


def _standing(
    api: PartnerApi, referral: str, found: Waiting | Closed | Released | NoSuchReferral, french: bool
) -> Response:
    match found:
        case Waiting():
            index, titles = found.referral.opened_index, api.rules.now.titles
            return waiting(found.referral, found.waiting_for, index, (), titles=titles, now=api.now(), french=french)
        case Closed():
            return problem_response(found.code, entry_index=found.referral.entry_index, french=french)
        case Released():
            return as_json({"referral": referral, "state": "released", "entry_index": found.entry_index})
        case NoSuchReferral():
            return problem_response("not-found", french=french)
        case _:
            assert_never(found)


def _verified(exchange: Exchange) -> VerifiedRequest:
    """Who signed. Raises UnsignedError where nobody did, whichever way the request came here."""
    if exchange.verified is None:
        raise UnsignedError("signature")
    return exchange.verified


def _idempotency_key(verified: VerifiedRequest) -> str:
    """Raises UnsignedError where the signature does not cover one."""
    if verified.idempotency_key is None:
        raise UnsignedError("idempotency-key")
    return verified.idempotency_key
