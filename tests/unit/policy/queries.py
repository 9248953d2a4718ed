"""Decision queries on the shipped agreements, for the tests of the policy."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from functools import cache
from typing import Any

from gateway.adapters.pdp.revision import read_sources
from gateway.adapters.pdp.wasm import WasmEngine
from gateway.adapters.rulebook.load import Rulebook, load
from gateway.domain.element import Form, FormKind
from gateway.domain.ground import Determination, EvidenceFacts
from gateway.service.ports import DecisionQuery

ON = date(2026, 5, 1)


@cache
def rulebook() -> Rulebook:
    return load()


@cache
def engine() -> WasmEngine:
    return WasmEngine(read_sources(), rulebook().policy_data)


def query(
    agreement: str | None, purpose: str, record_type: str, recipient: str, /, *elements: str, **changes: Any
) -> DecisionQuery:
    """A query of `recipient` for itself; `changes` replace members, `record` gives the record attributes."""
    record = changes.pop("record", None)
    made = DecisionQuery(
        requester=recipient,
        recipient=recipient,
        custodian=rulebook().catalogue.record_types[record_type].custodian,
        agreement=None if agreement is None else rulebook().register.find(agreement),
        record_type=record_type,
        purpose=purpose,
        elements=elements,
        cardinality="single",
        ground="agreement",
        on=ON,
        case_reference=True,
        record_attributes=None if record is None else tuple(sorted(record.items())),
    )
    return replace(made, **changes)


EVIDENCE: Mapping[str, Mapping[str, Any]] = {
    "access-request": {"stated": ("request-in-writing",)},
    "audit": {},
    "consent": {},
    "court-order": {"document": True, "aim": "warrant", "issuer": "superior-court"},
    "emergency": {"stated": ("compelling-circumstances",), "aim": "life"},
    "investigative-request": {
        "stated": (
            *("fingerprint-match", "identify-for-offence", "indictable-offence", "information-description"),
            *("investigation", "purpose"),
            *("reasonable-grounds", "request-in-writing"),
        ),
        "aim": "lawful-investigation",
    },
    "member-of-parliament": {"stated": ("constituent-request", "matter-under-program")},
    "national-security": {"stated": ("accuracy-statement", "security-basis")},
    "oversight": {"document": True, "stated": ("purpose", "request-in-writing")},
    "own-information": {"stated": ("identity-verified", "request-in-writing")},
    "public-interest": {"stated": ("justification", "no-other-way")},
    "published": {},
    "research": {
        "document": True,
        "stated": ("non-identifiable-rejected", "public-interest", "results", "undertaking"),
        "aim": "research",
    },
}
"""What a form of each ground shows when it lacks nothing."""


REPRESENTED = ("representative", "representative-authorised", "representative-written-authority")
"""What the form states besides where somebody else asks for the person."""


def on_ground(
    ground: str, record_type: str, recipient: str, purpose: str, /, *elements: str, **changes: Any
) -> DecisionQuery:
    """A query on a ground other than an agreement, with evidence that lacks nothing; `evidence` changes members of it,
    `released` gives the provisions and elements that a person released."""
    evidence = EvidenceFacts(subject=True, custodian=True, recipient=recipient, purpose=purpose, elements=elements)
    evidence = replace(evidence, **EVIDENCE[ground])
    if ground == "own-information" and recipient != rulebook().catalogue.record_types[record_type].custodian:
        evidence = replace(evidence, stated=(*evidence.stated, *REPRESENTED))
    evidence = replace(evidence, **changes.pop("evidence", {}))
    released = changes.pop("released", None)
    determination = None
    if released is not None:
        provisions, names = released
        determination = Determination(tuple(provisions), {name: Form(FormKind.PLAIN) for name in names})
    record = changes.pop("record", None)
    made = query(None, purpose, record_type, recipient, *elements, ground=ground, case_reference=False, record=record)
    return replace(made, **({"evidence": evidence, "determination": determination} | changes))


def lmia(*elements: str, **changes: Any) -> DecisionQuery:
    return query("esdc-ircc-tfw", "lmia-refresh", "lmia", "ircc-work-permits", *(elements or ("decision",)), **changes)


def notes(*elements: str, **changes: Any) -> DecisionQuery:
    return query(
        "esdc-ircc-tfw", "owp-v-interview-notes", "protection-case", "ircc-vulnerable-workers", *elements, **changes
    )


def findings(*elements: str, **changes: Any) -> DecisionQuery:
    return query("esdc-cbsa-irpa", "irpa-enforcement", "inspection", "cbsa-inland-enforcement", *elements, **changes)
