"""What the signed routes answer, as bytes: a disclosure, a referral that waits, a reason with its title.

Does not: decide what is answered (`gateway.api.partner`), or word problems (`gateway.api.problem_response`).
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any

import orjson
from starlette.responses import Response

from audit.entry import AgreementRef
from audit.receipt import Receipt as RecipientReceipt
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
    """The body of a disclosure."""
    permit, agreement = answer.permit, answer.agreement
    receipt = RecipientReceipt(answer.receipt.entry, answer.receipt.entry_index, answer.openings)
    return {
        "entry_index": answer.receipt.entry_index,
        "decision": {
            "effect": "permit",
            "agreement": agreement and named(agreement),
            "clauses": permit.clauses,
            "authorities": {"discloser": permit.discloser_authorities, "recipient": permit.recipient_authorities},
            "policy_revision": permit.policy_revision,
            "reasons": [told(reason, titles) for reason in permit.reasons],
            "began_under": answer.began_under and rules(answer.began_under),
        },
        "record_type": answer.record_type.id,
        "records": answer.records,
        "forms": {name: grant.form.code for name, grant in permit.grants.items()},
        "withheld": [
            *(_withheld(item, titles) for item in permit.withheld),
            *(_withheld(item, titles) | {"records": item.positions} for item in answer.partly),
        ],
        "obligations": _obligations(permit),
        "next_cursor": answer.next_cursor,
        "receipt": receipt.to_dict(),
    }


def rules(applied: AppliedRules) -> dict[str, Any]:
    """The rules by which something was judged."""
    return {"agreement": applied.agreement and named(applied.agreement), "policy_revision": applied.policy_revision}


def named(agreement: AgreementVersion | AgreementRef) -> dict[str, str]:
    return {"id": agreement.id, "version": agreement.version, "digest": agreement.digest}


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
