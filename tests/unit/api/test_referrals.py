"""Asking again over the signed API: for this referral, by the party that asked, in JSON, and told as it stands now."""

import asyncio
import json
from typing import Any

import httpx

from gateway.domain.actor import Actor
from gateway.domain.decision import Decision, Permit
from gateway.service.ports import DecisionQuery
from tests.partner_api import SimulatedGateway, question
from tests.unit.referral.desk import ROY, Desk, desk, determined, rule

ISB: dict[str, Any] = {"actor": Actor.stated("esdc-isb", ROY)}
FORM = {"kind": "emergency", "danger": "life", "circumstances": "CIRCUMSTANCES"}


def no_notices(query: DecisionQuery) -> Decision:
    decision = rule(query)
    if isinstance(decision, Permit):
        return Permit(
            (), ("DESDA-37",), (), decision.grants, decision.withheld, (), decision.reasons, decision.policy_revision
        )
    return decision


def place() -> tuple[Desk, SimulatedGateway]:
    made = desk(no_notices)
    asyncio.run(made.order())
    return made, SimulatedGateway(made.world)


def asked(gateway: SimulatedGateway, key: str) -> httpx.Response:
    body = {name: value for name, value in question(ground=FORM).items() if name != "agreement"}
    return asyncio.run(gateway.send(json.dumps(body).encode(), idempotency_key=key))


def again(gateway: SimulatedGateway, number: str, key: str, content_type: str = "application/json") -> httpx.Response:
    path = f"/v1/referrals/{number}"
    return asyncio.run(gateway.send(b"{}", path=path, idempotency_key=key, content_type=content_type))


def test_one_key_is_for_one_referral() -> None:
    """Otherwise the second person's data would go out under the receipt of the first."""
    made, gateway = place()
    numbers = [asked(gateway, key).json()["referral"] for key in ("a", "b")]
    for number in numbers:
        asyncio.run(made.deciding.release(number, determined("status"), because="b", **ISB))
    assert again(gateway, numbers[0], "same").status_code == 200
    second = again(gateway, numbers[1], "same")
    assert (second.status_code, second.json()["code"]) == (409, "idempotency-key-reused")
    assert again(gateway, numbers[1], "other").status_code == 200
    kinds = [item.entry.kind for item in made.world.log.submissions]
    assert kinds.count("disclosure") == 2
    assert kinds.count("redelivery") == 0


def test_the_first_request_again_after_a_refusal_tells_the_refusal() -> None:
    made, gateway = place()
    number = asked(gateway, "a").json()["referral"]
    asyncio.run(made.deciding.refuse(number, because="b", **ISB))
    told = asked(gateway, "a")
    assert (told.status_code, told.json()["code"]) == (403, "referral-refused")


def test_asking_again_is_json() -> None:
    made, gateway = place()
    number = asked(gateway, "a").json()["referral"]
    asyncio.run(made.deciding.release(number, determined("status"), because="b", **ISB))
    told = again(gateway, number, "b", content_type="text/plain")
    assert (told.status_code, told.json()["code"]) == (415, "unsupported-media-type")


def test_the_requester_has_no_receipt_of_what_staff_did() -> None:
    made, gateway = place()
    number = asked(gateway, "a").json()["referral"]
    asyncio.run(made.deciding.refuse(number, because="b", **ISB))
    index = len(made.world.log.submissions) - 1
    assert made.world.log.submissions[index].entry.recipient == "ircc-cpn"
    told = asyncio.run(gateway.send(method="GET", path=f"/v1/receipts/{index}"))
    assert told.status_code == 404
