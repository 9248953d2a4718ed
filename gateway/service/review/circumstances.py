"""In which respect the circumstances differ under which an element goes: cardinality, case, record, time, who asks.

Invariant: every request that the new version permits and the old does not is within one of the bounds named, or shown
by an example of its own (`combination`). The same the other way round. Does not: decide, or know the text.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from gateway.domain.element import Form
from gateway.domain.form_order import tells_at_least
from gateway.service.review.comparison import Bound, Example, Kind, Period, Value
from gateway.service.review.grid import Circumstance, Records, Scope, until
from gateway.service.review.grouping import Found

_OF_THE_LAW = frozenset({"do_not_disclose", "in_confidence"})
"""What a rule asks of every record; not told as a condition of one agreement."""


@dataclass(slots=True)
class Outcomes:
    """The form in which one element goes, by circumstance, under either version; absent where it does not go."""

    element_type: str
    old: dict[Circumstance, Form] = field(default_factory=dict)
    new: dict[Circumstance, Form] = field(default_factory=dict)
    moments: tuple[datetime, ...] = ()
    records: Records = field(default_factory=lambda: Records((), {}))


def one_way(scope: Scope, name: str, outcomes: Outcomes, *, opening: bool) -> Iterator[Found]:
    """What goes under the new version and not under the old; where not `opening`, what went and no longer does."""
    before, after = (outcomes.old, outcomes.new) if opening else (outcomes.new, outcomes.old)
    gained = [circumstance for circumstance in after if circumstance not in before]
    if gained and not before:
        kind = Kind.NEW if opening else Kind.GONE
        for form in sorted(set(after.values()), key=lambda form: form.code):
            where = [circumstance for circumstance in gained if after[circumstance] == form]
            yield _found(scope, name, kind, None, form, _within(where, outcomes), where, opening)
    elif gained:
        kind = Kind.WIDER if opening else Kind.NARROWER
        bounds, rest = _opened(before, gained, outcomes)
        form = after[gained[0]]
        for bound, explained in bounds:
            yield _found(scope, name, kind, None, form, (bound,), explained, opening)
        if rest:
            yield _found(scope, name, kind, None, form, _within(rest, outcomes, single=True), rest, opening)
    yield from _forms(scope, name, outcomes, opening=opening)


def _forms(scope: Scope, name: str, outcomes: Outcomes, *, opening: bool) -> Iterator[Found]:
    """Where the element goes under both versions, in another form."""
    pairs: dict[tuple[Form, Form], list[Circumstance]] = {}
    for circumstance, old in outcomes.old.items():
        new = outcomes.new.get(circumstance)
        if new is not None and new != old:
            pairs.setdefault((old, new), []).append(circumstance)
    for (old, new), where in pairs.items():
        more = tells_at_least(outcomes.element_type, new, old)
        less = tells_at_least(outcomes.element_type, old, new)
        if less == more and not less:
            kind = Kind.OTHER_FORM if opening else None
        else:
            kind = Kind.FULLER if more and not less and opening else Kind.COARSER if less and not opening else None
        if kind is not None:
            yield _found(scope, name, kind, old, new, (), where, True)


def _found(
    scope: Scope,
    name: str,
    kind: Kind,
    old: Form | None,
    new: Form,
    bounds: tuple[Bound, ...],
    where: Sequence[Circumstance],
    opening: bool,
) -> Found:
    # The plainest request shows it best: of a record that was read, for the recipient itself, nothing asked along.
    shown = min(
        where, key=lambda one: (one.along is not None, one.requester != scope.recipient, one.record_attributes is None)
    )
    asked = (name,) if shown.along is None else (name, shown.along)
    before, after = (old, new) if opening else (new, old)
    return Found(scope, name, kind, before, after, bounds, Example(scope, asked, shown))


def _respects(circumstance: Circumstance) -> Iterator[tuple[str, str | None, Value | datetime]]:
    yield "cardinality", None, circumstance.cardinality
    yield "case-reference", None, circumstance.case_reference
    yield "requester", None, circumstance.requester
    yield "along", None, circumstance.along
    yield "time", None, circumstance.at
    for attribute, value in circumstance.record_attributes or ():
        yield "record", attribute, value


_Seen = dict[tuple[str, str | None], dict[Value | datetime, None]]


def _seen(circumstances: Mapping[Circumstance, Form] | Sequence[Circumstance]) -> _Seen:
    found: _Seen = {}
    for circumstance in circumstances:
        for respect, attribute, value in _respects(circumstance):
            found.setdefault((respect, attribute), {})[value] = None
    return found


def _opened(
    before: Mapping[Circumstance, Form], gained: Sequence[Circumstance], outcomes: Outcomes
) -> tuple[list[tuple[Bound, list[Circumstance]]], list[Circumstance]]:
    """The values of each respect under which nothing went before, with the circumstances these explain; and the
    circumstances that none of them explains."""
    known, now = _seen(before), _seen(gained)
    opened = {
        place: [value for value in values if value not in known.get(place, {})]
        for place, values in now.items()
        if place[0] != "record" or place in known
    }
    bounds = []
    for (respect, attribute), values in opened.items():
        if values:
            wanted = {(respect, attribute, value) for value in values}
            explained = [circumstance for circumstance in gained if wanted & set(_respects(circumstance))]
            bounds.append((_bound(respect, attribute, values, outcomes), explained))
    rest = [
        circumstance
        for circumstance in gained
        if not any(
            value in opened.get((respect, attribute), []) for respect, attribute, value in _respects(circumstance)
        )
    ]
    return bounds, rest


def _within(circumstances: Sequence[Circumstance], outcomes: Outcomes, *, single: bool = False) -> tuple[Bound, ...]:
    """The bounds of circumstances of which none was known before. Where `single`, they count together only."""
    bounds = []
    for (respect, attribute), values in _seen(circumstances).items():
        told = list(values)
        if respect == "along" or (respect == "requester" and len(told) == 1):
            continue
        if respect == "case-reference" and len(told) > 1:
            continue
        if attribute is not None and (attribute in _OF_THE_LAW or len(told) == outcomes.records.values(attribute)):
            continue
        bounds.append(_bound(respect, attribute, told, outcomes))
    return (Bound("combination"), *bounds) if single else tuple(bounds)


def _bound(respect: str, attribute: str | None, values: Sequence[Value | datetime], outcomes: Outcomes) -> Bound:
    if respect == "time":
        begins = [value for value in values if isinstance(value, datetime)]
        return Bound(respect, periods=_periods(begins, outcomes.moments))
    plain = [value for value in values if not isinstance(value, datetime)]
    if attribute is not None:
        plain = [named for value in plain for named in outcomes.records.named[attribute, value]]
        every = (value for (name, _), values in outcomes.records.named.items() if name == attribute for value in values)
        others = tuple(value for value in every if value not in plain)
        return Bound(respect, tuple(plain), others, attribute=attribute)
    return Bound(respect, tuple(plain))


def _periods(begins: Sequence[datetime], moments: Sequence[datetime]) -> tuple[Period, ...]:
    """Moments as periods, joined where one begins when the other ends."""
    joined: list[Period] = []
    for at in sorted(begins):
        ends = until(moments, at)
        if joined and joined[-1].ends == at:
            joined[-1] = Period(joined[-1].begins, ends)
        else:
            joined.append(Period(at, ends))
    return tuple(joined)
