"""What the signed routes answer, as bytes: a disclosure, a referral that waits, a reason with its title.

Does not: decide what is answered (`gateway.api.partner`), or word problems (`gateway.api.problem_response`).
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import orjson
from starlette.responses import Response

from audit.entry import AgreementRef
from audit.receipt import Receipt as RecipientReceipt
from audit.remembered import Remembered
from audit.vocabulary import format_time
from gateway.domain.agreement import AgreementVersion
from gateway.domain.applied_rules import AppliedRules
from gateway.domain.decision import PartlyWithheld, Permit, Reason, Withheld
from gateway.domain.referral import Referral
from gateway.service.disclosure.answer import Disclosed

Titles = Callable[[str], Mapping[str, str]]
"""The title of a reason's code, by language."""


def waiting(
    referral: Referral,
    waiting_for: Sequence[str],
    entry_index: int,
    reasons: Sequence[Reason],
    *,
    titles: Titles,
    now: datetime,
    french: bool,
) -> Response:
    """202: a person decides. Says when to ask again and where; never whether a record exists."""
    seconds = max(1, min(60, int((referral.decide_by - now).total_seconds())))
    body = {
        "referral": referral.id,
        "state": "released" if referral.upheld else referral.state.value,
        "decide_by": format_time(referral.decide_by),
        "reasons": [told(reason, titles) for reason in reasons],
        "waiting_for": waiting_for,
        "entry_index": entry_index,
    }
    headers = {
        "cache-control": "no-store",
        "location": f"/v1/referrals/{referral.id}",
        "retry-after": str(seconds),
        "content-language": "fr" if french else "en",
    }
    return Response(orjson.dumps(body), 202, headers=headers, media_type="application/json")


def disclosed(answer: Disclosed, titles: Titles) -> dict[str, Any]:
    """The body of a disclosure: what its decision fixes as text that was written once, around what is its own."""
    written = _written(titles)(answer.permit)
    receipt = RecipientReceipt(answer.receipt.entry, answer.receipt.entry_index, answer.openings)
    return {
        "entry_index": answer.receipt.entry_index,
        "decision": {
            "effect": "permit",
            "agreement": answer.agreement and _cited(answer.agreement),
            "began_under": answer.began_under and rules(answer.began_under),
        }
        | written.decision,
        "record_type": answer.record_type.id,
        "records": answer.records,
        "forms": written.forms,
        "withheld": written.withheld
        if not answer.partly
        else [
            *(_withheld(item, titles) for item in answer.permit.withheld),
            *(_withheld(item, titles) | {"records": item.positions} for item in answer.partly),
        ],
        "obligations": written.obligations,
        "next_cursor": answer.next_cursor,
        "receipt": receipt.to_dict(),
    }


def rules(applied: AppliedRules) -> dict[str, Any]:
    """The rules by which something was judged."""
    return {"agreement": applied.agreement and named(applied.agreement), "policy_revision": applied.policy_revision}


def named(agreement: AgreementVersion | AgreementRef) -> dict[str, str]:
    return {"id": agreement.id, "version": agreement.version, "digest": agreement.digest}


@dataclass(frozen=True, slots=True)
class _Written:
    """What a permit fixes of every answer that rests on it, as JSON."""

    decision: dict[str, Any]
    forms: orjson.Fragment
    withheld: orjson.Fragment
    obligations: orjson.Fragment


def _text(value: object) -> orjson.Fragment:
    return orjson.Fragment(orjson.dumps(value))


def _of_permit(permit: Permit, titles: Titles) -> _Written:
    return _Written(
        {
            "clauses": _text(permit.clauses),
            "authorities": _text(
                {"discloser": permit.discloser_authorities, "recipient": permit.recipient_authorities}
            ),
            "policy_revision": _text(permit.policy_revision),
            "reasons": _text([told(reason, titles) for reason in permit.reasons]),
        },
        _text({name: grant.form.code for name, grant in permit.grants.items()}),
        _text([_withheld(item, titles) for item in permit.withheld]),
        _text(_obligations(permit)),
    )


_written = Remembered[Titles, Remembered[Permit, _Written]](
    lambda titles: Remembered(lambda permit: _of_permit(permit, titles)), 16
)
_cited = Remembered[AgreementVersion, orjson.Fragment](lambda agreement: _text(named(agreement)))


def _obligations(permit: Permit) -> list[dict[str, Any]]:
    return [
        {"code": item.code, "on": item.on, "due_days": item.due_days, "citations": item.citations}
        for item in permit.obligations
    ]


def _withheld(item: Withheld | PartlyWithheld, titles: Titles) -> dict[str, Any]:
    return {"element": item.element, "reason": item.reason, "title": titles(item.reason)}


def told(reason: Reason, titles: Titles) -> dict[str, Any]:
    """A reason with its title in both languages."""
    return {"code": reason.code, "citations": reason.citations, "title": titles(reason.code)}


def as_json(body: Any) -> Response:
    """200 with this body."""
    return Response(orjson.dumps(body), headers={"cache-control": "no-store"}, media_type="application/json")
