"""Decision queries on the shipped agreements, for the tests of the policy."""

from dataclasses import replace
from datetime import date
from functools import cache
from typing import Any

from gateway.adapters.agreements import Rulebook, load
from gateway.adapters.pdp.revision import read_sources
from gateway.adapters.pdp.wasm import WasmEngine
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


def lmia(*elements: str, **changes: Any) -> DecisionQuery:
    return query("esdc-ircc-tfw", "lmia-refresh", "lmia", "ircc-work-permits", *(elements or ("decision",)), **changes)


def notes(*elements: str, **changes: Any) -> DecisionQuery:
    return query(
        "esdc-ircc-tfw", "owp-v-interview-notes", "protection-case", "ircc-vulnerable-workers", *elements, **changes
    )


def findings(*elements: str, **changes: Any) -> DecisionQuery:
    return query("esdc-cbsa-irpa", "irpa-enforcement", "inspection", "cbsa-inland-enforcement", *elements, **changes)
