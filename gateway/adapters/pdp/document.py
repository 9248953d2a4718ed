"""The policy input: a `DecisionQuery` as the JSON document that Rego reads.

Invariant: nothing but what `policies/schema/input.json` allows, and of the agreement only what a rule reads. The
agreement is by far the largest part and never changes under its digest, so its text is kept by digest and purpose.
"""

import json
from collections import OrderedDict
from collections.abc import Mapping
from typing import Any, Final

from gateway.domain.agreement import AgreementVersion
from gateway.domain.ground import Determination, EvidenceFacts
from gateway.domain.rulebook import AgreementStanding
from gateway.service.ports import DecisionQuery

_CLAUSE: Final = (
    "id",
    "record_type",
    "discloser",
    "recipient",
    "cardinality",
    "case_reference",
    "in_confidence",
    "personal_list",
    "conditions",
    "retention",
    "obligations",
)
_ENTRY: Final = ("name", "form", "third_party")
_TERM: Final = ("effective", "expiry", "suspensions", "termination")
_KEPT: Final = 1024

_encode = json.JSONEncoder(separators=(",", ":"), ensure_ascii=True, allow_nan=False).encode


class InputWriter:
    """Writes policy inputs; remembers the agreements it wrote."""

    def __init__(self) -> None:
        self._agreements: OrderedDict[tuple[str, str, AgreementStanding], str] = OrderedDict()

    def write(self, query: DecisionQuery) -> str:
        """The input as JSON text."""
        attributes = query.record_attributes
        rest = _encode(
            {
                "date": query.on.isoformat(),
                "agreement_date": (query.agreement_on or query.on).isoformat(),
                "requester": query.requester,
                "recipient": query.recipient,
                "custodian": query.custodian,
                "record_type": query.record_type,
                "purpose": query.purpose,
                "elements": query.elements,
                "cardinality": str(query.cardinality),
                "ground": str(query.ground),
                "case_reference": query.case_reference,
                "record": None if attributes is None else {"attributes": dict(attributes)},
                "evidence": None if query.evidence is None else evidence_input(query.evidence),
                "determination": None if query.determination is None else determination_input(query.determination),
            }
        )
        return f'{{"agreement":{self._agreement(query.agreement, query.purpose)},{rest[1:]}'

    def _agreement(self, version: AgreementVersion | None, purpose: str) -> str:
        if version is None:
            return "null"
        key = (version.digest, purpose, version.standing)
        text = self._agreements.get(key)
        if text is None:
            text = _encode(agreement_input(version, purpose))
            self._agreements[key] = text
            if len(self._agreements) > _KEPT:
                self._agreements.popitem(last=False)
        return text


def evidence_input(evidence: EvidenceFacts) -> dict[str, Any]:
    """What the policy knows of the evidence: no text of it, and nobody's name."""
    return {
        "subject": evidence.subject,
        "custodian": evidence.custodian,
        "recipient": evidence.recipient,
        "purpose": evidence.purpose,
        "elements": evidence.elements,
        "from": None if evidence.valid_from is None else evidence.valid_from.isoformat(),
        "until": None if evidence.valid_until is None else evidence.valid_until.isoformat(),
        "revoked": evidence.revoked,
        "document": evidence.document,
        "stated": evidence.stated,
        "aim": evidence.aim,
        "issuer": evidence.issuer,
    }


def determination_input(determination: Determination) -> dict[str, Any]:
    """What a person released: provisions, and elements with their forms."""
    return {
        "authorities": determination.authorities,
        "despite_banner": determination.despite_banner,
        "source_agreed": determination.source_agreed,
        "elements": [
            {"name": name, "form": {"kind": str(form.kind), "keep": form.keep, "to": form.to}}
            for name, form in sorted(determination.elements.items())
        ],
    }


def agreement_input(version: AgreementVersion, purpose: str) -> dict[str, Any]:
    """The part of an agreement that a decision reads: parties, term, and the one schedule for the purpose."""
    schedules = version.schedules_for(purpose)
    return {
        "id": version.id,
        "version": version.version,
        "digest": version.digest,
        "parties": list(version.parties),
        "term": _term(version),
        "schedule": _schedule(schedules[0]) if len(schedules) == 1 else None,
    }


def _term(version: AgreementVersion) -> dict[str, Any]:
    """The term, with what staff decided since as the suspension or termination that it is."""
    term = {name: version.document["term"][name] for name in _TERM}
    match version.standing:
        case AgreementStanding.SUSPENDED:
            return term | {"suspensions": [{"from": term["effective"], "until": None}]}
        case AgreementStanding.TERMINATED:
            return term | {"termination": term["effective"]}
        case AgreementStanding.IN_FORCE:
            return term


def _schedule(schedule: Mapping[str, Any]) -> dict[str, Any]:
    advisability = schedule["advisability"]
    return {
        "id": schedule["id"],
        "purpose": schedule["purpose"],
        "made_under": schedule["made_under"],
        "advisability": advisability and {"decision": advisability["decision"], "date": advisability["date"]},
        "clauses": [_clause(clause) for clause in schedule["clauses"]],
    }


def _clause(clause: Mapping[str, Any]) -> dict[str, Any]:
    entries = [{name: entry[name] for name in _ENTRY if name in entry} for entry in clause["elements"]]
    return {name: clause[name] for name in _CLAUSE if name in clause} | {"elements": entries}
