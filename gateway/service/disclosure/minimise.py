"""From the records a source gave to the values that may leave: decide again with what each record is, then redact.

Invariant 2: what leaves is a subset of what the first decision permitted, in the form the second one grants. A record
whose own decision is not a permit is left out without a trace (invariant 7); its reason is kept for the private part.
What the decisions on the records saw is told as `Judged`, so that they can be recomputed without the records
(invariant 8).
"""

import asyncio
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from audit.canonical import JsonValue
from audit.quick import quick
from audit.remembered import Remembered
from gateway.domain.decision import Grant, PartlyWithheld, Permit, Reason, Withheld
from gateway.domain.denylist import denied_names, naming_elements
from gateway.domain.element import FormKind, RecordType
from gateway.domain.record import SourceRecord
from gateway.domain.redact import (
    FORM_NOT_APPLICABLE,
    SCRUB_FAILED,
    VALUE_DOES_NOT_FIT,
    Redacted,
    RedactionContext,
    redact,
)
from gateway.service.ports import DecisionQuery, PolicyEngine

SCRUBBED_ON_THE_LOOP = 500
"""Characters of free text of one record that are scrubbed on the event loop's own thread, in a millisecond or two."""
_AGGREGATES = frozenset({FormKind.EXISTS, FormKind.COUNT})
_SCRUB = FormKind.SCRUB


@quick
@dataclass(frozen=True, slots=True)
class ReleasedRecord:
    """One record as it leaves, with the source's reference of it (private)."""

    reference: str = field(repr=False)
    values: dict[str, JsonValue] = field(repr=False)
    subject: str | None = field(repr=False)


Attributes = tuple[tuple[str, str | bool | None], ...]


@quick
@dataclass(frozen=True, slots=True)
class Judged:
    """What the decision on a record saw, and what redaction refused of it; `count` records of the request are alike.

    The attributes are codes for the policy, never a personal value."""

    attributes: Attributes
    refused: tuple[Withheld, ...] = ()
    count: int = 1


@quick
@dataclass(frozen=True, slots=True)
class Permitted:
    """The decision that permits a record, the elements that leave of it, and those that redaction refused."""

    decision: Permit
    leaving: tuple[str, ...]
    refused: tuple[Withheld, ...]


@quick
@dataclass(frozen=True, slots=True)
class Minimised:
    """What may leave of the records fetched. `permit` is what was granted for what leaves; `held_back` are the private
    reasons of the records that stayed."""

    permit: Permit
    records: tuple[ReleasedRecord, ...]
    held_back: tuple[Reason, ...]
    judged: tuple[Judged, ...]
    partly: tuple[PartlyWithheld, ...] = ()


def is_aggregate(permit: Permit) -> bool:
    """Whether the permit grants only an existence answer or a count, for which no record leaves."""
    return _is_aggregate(permit)


_is_aggregate = Remembered[Permit, bool](
    lambda permit: bool(permit.grants) and all(grant.form.kind in _AGGREGATES for grant in permit.grants.values())
)


def elements_to_read(record_type: RecordType, permit: Permit, filters: Iterable[str] = ()) -> tuple[str, ...]:
    """The granted elements, those that carry record attributes and the data subject's identifier, those a list is
    filtered by, and, where free text is to be scrubbed, the elements that name the record's people."""
    return _read_for_one(permit)(record_type) if not filters else _elements_to_read(record_type, permit, filters)


def _elements_to_read(record_type: RecordType, permit: Permit, filters: Iterable[str]) -> tuple[str, ...]:
    names = dict.fromkeys((*permit.grants, *filters))
    names.update(dict.fromkeys(record_type.attributes.values()))
    if record_type.subject is not None:
        names[record_type.identifiers[record_type.subject]] = None
    if any(grant.form.kind is FormKind.SCRUB for grant in permit.grants.values()):
        names.update(dict.fromkeys(element.name for element in naming_elements(record_type.elements.values())))
    return tuple(names)


_read_for_one = Remembered[Permit, Remembered[RecordType, tuple[str, ...]]](
    lambda permit: Remembered(lambda record_type: _elements_to_read(record_type, permit, ()), 16)
)


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
    permitted: list[Permitted] = []
    seen: dict[tuple[Attributes, tuple[Withheld, ...]], int] = {}
    for record in records:
        attributes = _attributes(record_type, record)
        decision = await engine.decide(query.about(attributes))
        refused: tuple[Withheld, ...] = ()
        if isinstance(decision, Permit):
            grants, scrubbed = _releasable(permit)(decision)
            if scrubbed and sum(map(_length, map(record.values.get, scrubbed))) > SCRUBBED_ON_THE_LOOP:
                # Scrubbing takes some milliseconds for every thousand characters; meanwhile others are served.
                values, refused = await asyncio.to_thread(_redact_record, record_type, record, grants, context)
            else:
                values, refused = _redact_record(record_type, record, grants, context)
            permitted.append(Permitted(decision, tuple(values), refused))
            released.append(ReleasedRecord(record.reference, values, _subject(record_type, record)))
        else:
            held_back.extend(decision.reasons)
        seen[attributes, refused] = seen.get((attributes, refused), 0) + 1
    judged = tuple(Judged(attributes, refused, count) for (attributes, refused), count in seen.items())
    left = narrowed(permit, permitted)
    return Minimised(left, tuple(released), tuple(held_back), judged, partly_withheld(left, permitted))


async def existence(
    engine: PolicyEngine, query: DecisionQuery, record_type: RecordType, records: Sequence[SourceRecord]
) -> tuple[bool, tuple[Judged, ...]]:
    """Whether any record may be told of: one that its own attributes protect does not exist for the caller. With what
    the decisions up to the first permit saw."""
    judged: list[Judged] = []
    for record in records:
        judged.append(Judged(_attributes(record_type, record)))
        decision = await engine.decide(query.about(judged[-1].attributes))
        if isinstance(decision, Permit):
            return True, tuple(judged)
    return False, tuple(judged)


def only(permit: Permit, kind: FormKind) -> Permit:
    """The permit of an existence answer or a count, narrowed to the elements granted in this form."""
    if all(grant.form.kind is kind for grant in permit.grants.values()):
        return permit
    others = (name for name, grant in permit.grants.items() if grant.form.kind is not kind)
    return replace(
        permit,
        grants={name: grant for name, grant in permit.grants.items() if grant.form.kind is kind},
        withheld=(*permit.withheld, *(Withheld(name, FORM_NOT_APPLICABLE) for name in others)),
    )


def releasable(first: Permit, decision: Permit) -> dict[str, Grant]:
    """What a record's own decision grants within the first one, an existence answer or a count aside."""
    return {
        name: grant
        for name, grant in decision.grants.items()
        if name in first.grants and grant.form.kind not in _AGGREGATES
    }


def _with_texts(first: Permit, decision: Permit) -> tuple[dict[str, Grant], tuple[str, ...]]:
    grants = releasable(first, decision)
    return grants, tuple(name for name, grant in grants.items() if grant.form.kind is _SCRUB)


_releasable = Remembered[Permit, Remembered[Permit, tuple[dict[str, Grant], tuple[str, ...]]]](
    lambda first: Remembered(lambda decision: _with_texts(first, decision), 64)
)
"""What a record's decision releases within the first, and which of it is text to be scrubbed."""


def partly_withheld(left: Permit, permitted: Sequence[Permitted]) -> tuple[PartlyWithheld, ...]:
    """The elements that leave of some of the records and not of others, by reason; records in the order they leave."""
    if len(permitted) < 2:
        return ()
    found: dict[tuple[str, str], list[int]] = {}
    for position, item in enumerate(permitted):
        missing = left.grants.keys() - set(item.leaving)
        if missing:
            reasons = {kept.element: kept.reason for kept in (*item.decision.withheld, *item.refused)}
            for name in sorted(missing):
                found.setdefault((name, reasons.get(name, FORM_NOT_APPLICABLE)), []).append(position)
    return tuple(PartlyWithheld(name, reason, tuple(positions)) for (name, reason), positions in found.items())


def narrowed(first: Permit, permitted: Sequence[Permitted]) -> Permit:
    """The first permit narrowed to what really leaves; citations and obligations are those of the records' own.

    Records that are alike may come once: each citation, and each element's reason, counts where it comes first."""
    if not permitted:
        return first
    leaving = {name for item in permitted for name in item.leaving}
    permits = [item.decision for item in permitted]
    if len(permits) == 1 and permits[0].grants.keys() == leaving == first.grants.keys():
        return permits[0]
    withheld: dict[str, str] = {}
    grants: dict[str, Grant] = {}
    for item in permitted:
        for kept in (*item.decision.withheld, *item.refused):
            withheld.setdefault(kept.element, kept.reason)
        for name in item.leaving:
            grants.setdefault(name, item.decision.grants[name])
    reasons = dict.fromkeys(reason for permit in permits for reason in permit.reasons)
    # What was granted and does not leave is an existence answer or a count, which no record is told by.
    kept_back = {name: FORM_NOT_APPLICABLE for name in first.grants if name not in leaving}
    kept_back.update({item.element: item.reason for item in first.withheld})
    kept_back.update({name: reason for name, reason in withheld.items() if name not in leaving})
    return replace(
        first,
        clauses=tuple(dict.fromkeys(clause for permit in permits for clause in permit.clauses)),
        discloser_authorities=tuple(dict.fromkeys(item for permit in permits for item in permit.discloser_authorities)),
        recipient_authorities=tuple(dict.fromkeys(item for permit in permits for item in permit.recipient_authorities)),
        grants={name: grants[name] for name in first.grants if name in leaving},
        withheld=tuple(Withheld(name, reason) for name, reason in sorted(kept_back.items())),
        obligations=tuple(dict.fromkeys(item for permit in permits for item in permit.obligations)),
        reasons=tuple(reasons),
    )


def _length(value: JsonValue) -> int:
    if isinstance(value, str):
        return len(value)
    return sum(map(_length, value)) if isinstance(value, list | tuple) else 0


def _redact_record(
    record_type: RecordType, record: SourceRecord, grants: dict[str, Grant], context: RedactionContext
) -> tuple[dict[str, JsonValue], tuple[Withheld, ...]]:
    values: dict[str, JsonValue] = {}
    refused: list[Withheld] = []
    kinds = [grant.form.kind for grant in grants.values()]
    if _SCRUB in kinds:
        context = replace(context, names=denied_names(record_type.elements.values(), record.values))
    nameless = bool(record.unfit) and not record.unfit.isdisjoint(
        element.name for element in naming_elements(record_type.elements.values())
    )
    for name, grant in grants.items():
        if name in record.unfit or (nameless and grant.form.kind is _SCRUB):
            # Without a name that cannot be read, a text cannot be cleaned of it.
            refused.append(Withheld(name, VALUE_DOES_NOT_FIT if name in record.unfit else SCRUB_FAILED))
            continue
        outcome = redact(record_type.elements[name], grant.form, record.values.get(name), context)
        if isinstance(outcome, Redacted):
            values[name] = outcome.value
        else:
            refused.append(outcome)
    return values, tuple(refused)


def _attributes(record_type: RecordType, record: SourceRecord) -> Attributes:
    found: list[tuple[str, str | bool | None]] = []
    for attribute, element in _sorted_attributes(record_type):
        value = record.values.get(element)
        found.append((attribute, value if isinstance(value, (str, bool)) else None))
    return tuple(found)


_sorted_attributes = Remembered[RecordType, list[tuple[str, str]]](
    lambda record_type: sorted(record_type.attributes.items())
)


def _subject(record_type: RecordType, record: SourceRecord) -> str | None:
    if record_type.subject is None:
        return None
    value = record.values.get(record_type.identifiers[record_type.subject])
    return value if isinstance(value, str) else None
