"""From the policy's output to a domain decision, believing nothing.

Invariants 2, 4 and 5: a permit that grants what was not asked, or that lacks its obligations, an authority of the
discloser, or what it rests on, is `Indeterminate`, which is enforced as a denial. Under an agreement it rests on
clauses and authorities of both sides; on another ground on evidence, and where a person decided on nothing beyond what
that person released. An output of another shape than the contract is a `PolicyEngineError`.
Does not decide anything itself.
"""

from collections.abc import Callable
from typing import Any, Final, TypeVar

from gateway.domain.decision import Decision, Deny, Grant, Indeterminate, Obligation, Permit, Reason, Refer, Withheld
from gateway.domain.element import Form, FormKind
from gateway.domain.errors import PolicyEngineError
from gateway.service.ports import DecisionQuery

T = TypeVar("T")

_MEMBERS: Final = frozenset({"effect", "clauses", "authorities", "elements", "withheld", "obligations", "reasons"})
_KINDS: Final = frozenset(kind.value for kind in FormKind)
NOT_EVALUATED: Final = "policy-not-evaluated"
AGREEMENT: Final = "agreement"


class PolicyOutputError(PolicyEngineError):
    """The policy's output does not have the shape of the contract. Names the member, never its content."""

    code = "policy-output"

    def __init__(self, member: str) -> None:
        super().__init__(f"the policy's output is malformed at '{member}'")


def translate(output: object, query: DecisionQuery, revision: str) -> Decision:
    """The decision that `output` states.

    Raises PolicyOutputError.
    """
    document = _object(output, "output", _MEMBERS)
    reasons = _list(document["reasons"], "reasons", _reason)
    if any(reason.code == NOT_EVALUATED for reason in reasons):
        return Indeterminate(reasons, revision)
    obligations = _list(document["obligations"], "obligations", _obligation)
    match document["effect"]:
        case "permit":
            return _permit(document, reasons, obligations, query, revision)
        case "deny":
            return Deny(reasons, revision, obligations) if reasons else _not_evaluated(revision)
        case "refer":
            return Refer(reasons, revision, obligations) if reasons else _not_evaluated(revision)
        case _:
            raise PolicyOutputError("effect")


def _permit(
    document: dict[str, Any],
    reasons: tuple[Reason, ...],
    obligations: tuple[Obligation, ...],
    query: DecisionQuery,
    revision: str,
) -> Decision:
    authorities = _object(document["authorities"], "authorities", frozenset({"discloser", "recipient"}))
    elements = document["elements"]
    if not isinstance(elements, dict):
        raise PolicyOutputError("elements")
    permit = Permit(
        clauses=_list(document["clauses"], "clauses", _text),
        discloser_authorities=_list(authorities["discloser"], "authorities", _text),
        recipient_authorities=_list(authorities["recipient"], "authorities", _text),
        grants={name: _grant(name, value) for name, value in sorted(elements.items())},
        withheld=_list(document["withheld"], "withheld", _withheld),
        obligations=obligations,
        reasons=reasons,
        policy_revision=revision,
    )
    return permit if _sound(permit, query) else _not_evaluated(revision)


def _sound(permit: Permit, query: DecisionQuery) -> bool:
    requested, granted = set(query.elements), set(permit.grants)
    held = {item.element for item in permit.withheld}
    rests = _rests_on_clauses if query.ground == AGREEMENT else _rests_on_ground
    return bool(
        rests(permit, query)
        and permit.discloser_authorities
        and permit.obligations
        and permit.reasons
        and granted
        and not granted & held
        and granted | held == requested
    )


def _rests_on_clauses(permit: Permit, query: DecisionQuery) -> bool:
    clauses = {grant.clause for grant in permit.grants.values()}
    return bool(
        query.agreement is not None
        and permit.clauses
        and set(permit.clauses) == clauses
        and permit.recipient_authorities
        and query.determination is None
    )


def _rests_on_ground(permit: Permit, query: DecisionQuery) -> bool:
    """Evidence, no clause, and of what a person released nothing beyond it and nothing in another form."""
    released = query.determination
    return bool(
        query.evidence is not None
        and not permit.clauses
        and all(grant.clause is None for grant in permit.grants.values())
        and (
            released is None or all(released.elements.get(name) == grant.form for name, grant in permit.grants.items())
        )
    )


def _not_evaluated(revision: str) -> Indeterminate:
    return Indeterminate((Reason(NOT_EVALUATED),), revision)


def _object(value: object, member: str, members: frozenset[str]) -> dict[str, Any]:
    if not isinstance(value, dict) or value.keys() != members:
        raise PolicyOutputError(member)
    return value


def _list(value: object, member: str, item: Callable[[object, str], T]) -> tuple[T, ...]:
    if not isinstance(value, list):
        raise PolicyOutputError(member)
    return tuple(item(entry, member) for entry in value)


def _text(value: object, member: str) -> str:
    if not isinstance(value, str) or not value:
        raise PolicyOutputError(member)
    return value


def _count(value: object, member: str) -> int | None:
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int) or value < 0:
        raise PolicyOutputError(member)
    return value


def _reason(value: object, member: str) -> Reason:
    entry = _object(value, member, frozenset({"code", "citations"}))
    return Reason(_text(entry["code"], member), _list(entry["citations"], member, _text))


def _withheld(value: object, member: str) -> Withheld:
    entry = _object(value, member, frozenset({"element", "reason"}))
    element = entry["element"]
    if not isinstance(element, str):  # as it was asked, so it may be empty
        raise PolicyOutputError(member)
    return Withheld(element, _text(entry["reason"], member))


def _obligation(value: object, member: str) -> Obligation:
    entry = _object(value, member, frozenset({"code", "on", "due_days", "citations"}))
    return Obligation(
        code=_text(entry["code"], member),
        on=_text(entry["on"], member),
        due_days=_count(entry["due_days"], member),
        citations=_list(entry["citations"], member, _text),
    )


def _grant(name: object, value: object) -> Grant:
    entry = _object(value, "elements", frozenset({"form", "clause"}))
    clause = entry["clause"]
    return Grant(
        element=_text(name, "elements"),
        form=_form(entry["form"]),
        clause=None if clause is None else _text(clause, "elements"),
    )


def _form(value: object) -> Form:
    entry = _object(value, "form", frozenset({"kind", "keep", "to"}))
    kind, keep, to = entry["kind"], _count(entry["keep"], "form"), entry["to"]
    if not isinstance(kind, str) or kind not in _KINDS or not (to is None or isinstance(to, str)):
        raise PolicyOutputError("form")
    if (keep is not None) != (kind == FormKind.MASK) or (to is not None) != (kind == FormKind.GENERALIZE):
        raise PolicyOutputError("form")
    return Form(FormKind(kind), keep, to)
