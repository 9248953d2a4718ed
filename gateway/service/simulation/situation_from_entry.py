"""A readable situation made of a recorded request: what was asked, what the record was like, what came of it.

Invariant: it names nobody. Person, case and officer are invented, identifiers come from whoever tries it; a list has no
filter, because a filter may name somebody. Its expectation is what the recorded rules say of exactly this situation.
Does not: open a private part, or put on record that it was opened.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final

from audit.canonical import JsonValue
from audit.entry import Entry
from audit.vocabulary import parse_time
from gateway.domain.agreement import AgreementVersion
from gateway.domain.decision import Decision, Indeterminate, Obligation, Permit
from gateway.domain.errors import GatewayError
from gateway.domain.ground import Ground
from gateway.service.disclosure.recompute import Asked, asked_of, recompute
from gateway.service.disclosure.submission import effect_of
from gateway.service.ports import PolicyEngine

_CASE: Final = "INVENTED-1"
_LIMIT: Final = 50
_TOLD: Final = frozenset({"absent", "counted", "denied", "disclosed", "exists", "protected"})


class SituationError(GatewayError):
    """No situation can be written of this request. The message says why."""

    code = "situation-impossible"


async def situation_of(
    entry_index: int, entry: Entry, part: Mapping[str, Any], agreement: AgreementVersion | None, engine: PolicyEngine
) -> Mapping[str, JsonValue]:
    """The body of its file. Raises SituationError, PolicyEngineError."""
    if entry.ground != Ground.AGREEMENT.value:
        raise SituationError("the request rests on a form that speaks of a person; write its situation by hand")
    asked = asked_of(entry, part, agreement)
    if asked.outcome not in _TOLD:
        raise SituationError("what came of the request was of the source on that day, not of the rules")
    if "recipient" in part:
        raise SituationError("the request was for a recipient that no register knows; its name is not written down")
    asked = _alike(asked)
    decision = (await recompute(engine, asked.query(agreement), asked)).decision
    if isinstance(decision, Indeterminate):
        raise SituationError("the policy could not be evaluated")
    return {
        "title": {
            "en": f"As recorded in entry {entry_index}",
            "fr": f"Comme à l'inscription {entry_index}",
        },
        "happens": {
            "en": "What was asked and decided then; person, case and officer are invented.",
            "fr": "Ce qui a été demandé et décidé alors; la personne, le cas et l'agent sont inventés.",
        },
        "about": {"grounds": [Ground.AGREEMENT.value]},
        "when": f"{parse_time(entry.time):%Y-%m-%dT%H:%M:%SZ}",
        "ask": _ask(asked, part),
        "record": _record(asked),
        "expect": {**_expected(decision), "privately": asked.outcome},
    }


def _alike(asked: Asked) -> Asked:
    """With one record, and without the elements whose values redaction refused: what was in them is gone."""
    refused = {one.element for seen in asked.judged for one in seen.refused}
    judged = tuple(replace(seen, refused=(), count=1) for seen in asked.judged[:1])
    elements = tuple(name for name in asked.elements if name not in refused)
    if not elements:
        raise SituationError("none of the values fitted the catalogue; there is nothing to expect")
    return replace(asked, elements=elements, judged=judged)


def _ask(asked: Asked, part: Mapping[str, Any]) -> dict[str, JsonValue]:
    what: dict[str, JsonValue] = {"record_type": asked.record_type, "elements": list(asked.elements)}
    if part["subject"] is not None:
        what["by"] = part["subject"]["scheme"]
    else:
        what["list"] = {"filter": {}, "limit": _LIMIT}
    said: dict[str, JsonValue] = {"who": asked.requester}
    if asked.recipient != asked.requester:
        said["for"] = asked.recipient
    said |= {"whom": asked.custodian, "purpose": asked.purpose}
    if asked.agreement is not None:
        said["agreement"] = asked.agreement
    if asked.case_reference:
        said["case_reference"] = _CASE
    return {**said, "what": what}


def _record(asked: Asked) -> JsonValue:
    """What the policy saw of it."""
    if asked.outcome == "absent":
        return "absent"
    return {name: value for seen in asked.judged for name, value in seen.attributes if value is not None}


def _expected(decision: Decision) -> dict[str, JsonValue]:
    duties: dict[str, JsonValue] = {}
    if not isinstance(decision, Indeterminate):
        duties = {one.code: _due(one) for one in decision.obligations}
    if not isinstance(decision, Permit):
        reasons: dict[str, JsonValue] = {one.code: list(one.citations) for one in decision.reasons}
        refused: dict[str, JsonValue] = {"effect": effect_of(decision), "reasons": reasons}
        return refused | ({"obligations": duties} if duties else {})
    return {
        "effect": "permit",
        "clauses": list(decision.clauses),
        "authorities": {
            "discloser": list(decision.discloser_authorities),
            "recipient": list(decision.recipient_authorities),
        },
        "elements": {name: grant.form.code for name, grant in decision.grants.items()},
        "withheld": {one.element: one.reason for one in decision.withheld},
        "obligations": duties,
    }


def _due(duty: Obligation) -> str:
    return "standing" if duty.due_days is None else f"{duty.due_days} days" if duty.due_days else "at once"
