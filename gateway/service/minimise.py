"""From the records a source gave to the values that may leave: decide again with what each record is, then redact.

Invariant 2: what leaves is a subset of what the first decision permitted, in the form the second one grants. A record
whose own decision is not a permit is left out without a trace (invariant 7); its reason is kept for the private part.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from gateway.domain.decision import Grant, Permit, Reason, Withheld
from gateway.domain.denylist import denied_names, naming_elements
from gateway.domain.disclosure import JsonValue, SourceRecord
from gateway.domain.element import FormKind, RecordType
from gateway.domain.redact import Redacted, RedactionContext, redact
from gateway.service.ports import DecisionQuery, PolicyEngine

_AGGREGATES = frozenset({FormKind.EXISTS, FormKind.COUNT})


@dataclass(frozen=True, slots=True)
class ReleasedRecord:
    """One record as it leaves, with the source's reference of it (private)."""

    reference: str = field(repr=False)
    values: dict[str, JsonValue] = field(repr=False)
    subject: str | None = field(repr=False)


@dataclass(frozen=True, slots=True)
class Minimised:
    """What may leave of the records fetched. `permit` is what was granted for what leaves; `held_back` are the private
    reasons of the records that stayed."""

    permit: Permit
    records: tuple[ReleasedRecord, ...]
    held_back: tuple[Reason, ...]


def is_aggregate(permit: Permit) -> bool:
    """Whether the permit grants only an existence answer or a count, for which no record leaves."""
    return bool(permit.grants) and all(grant.form.kind in _AGGREGATES for grant in permit.grants.values())


def elements_to_read(record_type: RecordType, permit: Permit) -> tuple[str, ...]:
    """The granted elements, those that carry record attributes and the data subject's identifier, and, where free
    text is to be scrubbed, the elements that name the record's people."""
    names = dict.fromkeys(permit.grants)
    names.update(dict.fromkeys(record_type.attributes.values()))
    if record_type.subject is not None:
        names[record_type.identifiers[record_type.subject]] = None
    if any(grant.form.kind is FormKind.SCRUB for grant in permit.grants.values()):
        names.update(dict.fromkeys(element.name for element in naming_elements(record_type.elements.values())))
    return tuple(names)


async def minimise(
    engine: PolicyEngine,
    query: DecisionQuery,
    permit: Permit,
    record_type: RecordType,
    records: Sequence[SourceRecord],
    context: RedactionContext,
) -> Minimised:
    """Decide on each record by its attributes and redact the permitted ones.

    Raises PolicyEngineError; nothing was disclosed then.
    """
    released: list[ReleasedRecord] = []
    held_back: list[Reason] = []
    permits: list[Permit] = []
    withheld: dict[str, str] = {}
    for record in records:
        decision = await engine.decide(replace(query, record_attributes=_attributes(record_type, record)))
        if not isinstance(decision, Permit):
            held_back.extend(decision.reasons)
            continue
        grants = {
            name: grant
            for name, grant in decision.grants.items()
            if name in permit.grants and grant.form.kind not in _AGGREGATES
        }
        values, refused = _redact_record(record_type, record, grants, context)
        withheld.update({item.element: item.reason for item in (*decision.withheld, *refused)})
        permits.append(decision)
        released.append(ReleasedRecord(record.reference, values, _subject(record_type, record)))
    return Minimised(_granted(permit, permits, released, withheld), tuple(released), tuple(held_back))


async def counts_as_existing(
    engine: PolicyEngine, query: DecisionQuery, record_type: RecordType, records: Sequence[SourceRecord]
) -> bool:
    """Whether any record may be told of: one that its own attributes protect does not exist for the caller."""
    for record in records:
        decision = await engine.decide(replace(query, record_attributes=_attributes(record_type, record)))
        if isinstance(decision, Permit):
            return True
    return False


def _redact_record(
    record_type: RecordType, record: SourceRecord, grants: dict[str, Grant], context: RedactionContext
) -> tuple[dict[str, JsonValue], list[Withheld]]:
    values: dict[str, JsonValue] = {}
    refused: list[Withheld] = []
    if any(grant.form.kind is FormKind.SCRUB for grant in grants.values()):
        context = replace(context, names=denied_names(record_type.elements.values(), record.values))
    for name, grant in grants.items():
        outcome = redact(record_type.elements[name], grant.form, record.values.get(name), context)
        if isinstance(outcome, Redacted):
            values[name] = outcome.value
        else:
            refused.append(outcome)
    return values, refused


def _granted(
    first: Permit, permits: Sequence[Permit], released: Sequence[ReleasedRecord], withheld: dict[str, str]
) -> Permit:
    """The first permit narrowed to what really leaves; citations and obligations are those of the records' own."""
    if not released:
        return first
    if len(permits) == 1 and permits[0].grants.keys() == released[0].values.keys() == first.grants.keys():
        return permits[0]
    leaving = {name for record in released for name in record.values}
    grants = {name: grant for name, grant in first.grants.items() if name in leaving}
    reasons = dict.fromkeys(reason for permit in permits for reason in permit.reasons)
    kept_back = {item.element: item.reason for item in first.withheld}
    kept_back.update({name: reason for name, reason in withheld.items() if name not in leaving})
    return replace(
        first,
        clauses=tuple(dict.fromkeys(clause for permit in permits for clause in permit.clauses)),
        discloser_authorities=tuple(dict.fromkeys(item for permit in permits for item in permit.discloser_authorities)),
        recipient_authorities=tuple(dict.fromkeys(item for permit in permits for item in permit.recipient_authorities)),
        grants=grants,
        withheld=tuple(Withheld(name, reason) for name, reason in sorted(kept_back.items())),
        obligations=tuple(dict.fromkeys(item for permit in permits for item in permit.obligations)),
        reasons=tuple(reasons),
    )


def _attributes(record_type: RecordType, record: SourceRecord) -> tuple[tuple[str, str | bool | None], ...]:
    found: list[tuple[str, str | bool | None]] = []
    for attribute, element in sorted(record_type.attributes.items()):
        value = record.values.get(element)
        found.append((attribute, value if isinstance(value, str | bool) else None))
    return tuple(found)


def _subject(record_type: RecordType, record: SourceRecord) -> str | None:
    if record_type.subject is None:
        return None
    value = record.values.get(record_type.identifiers[record_type.subject])
    return value if isinstance(value, str) else None
