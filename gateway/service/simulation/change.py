"""What of a decision comes out otherwise: the entry says what was decided, another rulebook decides anew.

A change is one thing: an effect, one element, the basis or the duties. Invariant: a decision that is the same in all
that an entry states has no change, and one that differs in any of it has at least one. Codes only, no person.
Does not: decide.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from audit.entry import Entry
from audit.vocabulary import parse_time
from gateway.domain.decision import Decision, Indeterminate, Permit
from gateway.domain.due import legal_day
from gateway.domain.element import Form, FormKind
from gateway.service.disclosure.recompute import Asked
from gateway.service.disclosure.submission import effect_of, withheld_of


class ChangeKind(StrEnum):
    """In the order in which people are shown them: what becomes possible comes first."""

    NOW_PERMITTED = "now-permitted"
    ELEMENT_GIVEN = "element-given"
    FORM_WIDER = "form-wider"
    NOW_REFERRED = "now-referred"
    FORM_OTHER = "form-other"
    NOW_REFUSED = "now-refused"
    REFERRED_INSTEAD = "referred-instead"
    ELEMENT_WITHHELD = "element-withheld"
    FORM_NARROWER = "form-narrower"
    REFUSED_INSTEAD = "refused-instead"
    OTHER_REASON = "other-reason"
    OTHER_BASIS = "other-basis"
    OTHER_DUTIES = "other-duties"


ORDER: Mapping[ChangeKind, int] = {kind: place for place, kind in enumerate(ChangeKind)}
OPENS = frozenset(
    {
        ChangeKind.NOW_PERMITTED,
        ChangeKind.ELEMENT_GIVEN,
        ChangeKind.FORM_WIDER,
        ChangeKind.NOW_REFERRED,
        ChangeKind.FORM_OTHER,
    }
)
"""The changes by which something may become possible that was not; a form that cannot be ranked is one of them."""


@dataclass(frozen=True, slots=True)
class Recorded:
    """What an entry says was decided; elements with their forms, and with the reasons for which they stayed. `duties`
    are codes with their days, `basis` the clauses and the authorities of either side."""

    effect: str
    reasons: tuple[str, ...]
    forms: tuple[tuple[str, str], ...]
    withheld: tuple[tuple[str, str], ...]
    basis: tuple[str, ...]
    duties: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Change:
    """`element` where it is about one. `before` and `after` are codes: effects, forms, provisions or duties. `reasons`
    say why: of what is refused or withheld now, or of what was refused or withheld then and no longer is."""

    kind: ChangeKind
    element: str | None
    before: tuple[str, ...]
    after: tuple[str, ...]
    reasons: tuple[str, ...]


def recorded_of(entry: Entry) -> Recorded:
    """What the entry says; its duties are counted from the day of the request."""
    day = legal_day(parse_time(entry.time))
    return recorded(
        effect=entry.effect or "",
        reasons=entry.reasons,
        forms=((one.element, one.form) for one in entry.disclosed),
        withheld=((one.element, one.reason) for one in entry.withheld),
        basis=(*entry.clauses, *entry.authorities.discloser, *entry.authorities.recipient),
        duties=(
            duty_text(one.code, None if one.due is None else (date.fromisoformat(one.due) - day).days)
            for one in entry.obligations
        ),
    )


def duty_text(code: str, days: int | None) -> str:
    """A duty with the days it has, as it is compared: `dispose 1825`; one without a day is its code."""
    return code if days is None else f"{code} {days}"


def stated(decision: Decision, asked: Asked) -> Recorded:
    """What an entry would say of a decision; duties that are settled are on record elsewhere."""
    permit = decision if isinstance(decision, Permit) else None
    duties = () if isinstance(decision, Indeterminate) else decision.obligations
    return recorded(
        effect=effect_of(decision),
        reasons=(reason.code for reason in decision.reasons),
        forms=((name, grant.form.code) for name, grant in permit.grants.items()) if permit else (),
        withheld=((one.element, one.reason) for one in withheld_of(decision, asked.elements)),
        basis=(*permit.clauses, *permit.discloser_authorities, *permit.recipient_authorities) if permit else (),
        duties=(duty_text(one.code, one.due_days) for one in duties if one.code not in asked.settled),
    )


def recorded(
    *,
    effect: str,
    reasons: Iterable[str],
    forms: Iterable[tuple[str, str]],
    withheld: Iterable[tuple[str, str]],
    basis: Iterable[str],
    duties: Iterable[str],
) -> Recorded:
    """Each once and in alphabetical order, so that the order in which they were asked or decided is no change."""
    return Recorded(
        effect=effect,
        reasons=tuple(sorted(set(reasons))),
        forms=tuple(sorted(set(forms))),
        withheld=tuple(sorted(set(withheld))),
        basis=tuple(sorted(set(basis))),
        duties=tuple(sorted(set(duties))),
    )


def changes(before: Recorded, after: Recorded) -> tuple[Change, ...]:
    """Everything that comes out otherwise, in the order of the kinds."""
    if before == after:
        return ()
    found = _elements(before, after) if before.effect == after.effect == "permit" else _effect(before, after)
    return tuple(sorted(found, key=lambda one: (ORDER[one.kind], one.element or "")))


def _effect(before: Recorded, after: Recorded) -> Iterator[Change]:
    """Where not both are permits, the effect says it all; the reasons are those of the refusal."""
    effects = (before.effect,), (after.effect,)
    if after.effect == "permit":
        yield Change(ChangeKind.NOW_PERMITTED, None, *effects, before.reasons)
    elif before.effect == "permit":
        kind = ChangeKind.REFERRED_INSTEAD if after.effect == "refer" else ChangeKind.NOW_REFUSED
        yield Change(kind, None, *effects, after.reasons)
    elif before.effect != after.effect:
        referred = after.effect == "refer"
        kind = ChangeKind.NOW_REFERRED if referred else ChangeKind.REFUSED_INSTEAD
        yield Change(kind, None, *effects, before.reasons if referred else after.reasons)
    else:
        if (before.reasons, before.withheld) != (after.reasons, after.withheld):
            yield Change(ChangeKind.OTHER_REASON, None, before.reasons, after.reasons, ())
        yield from _differing(ChangeKind.OTHER_DUTIES, before.duties, after.duties)


def _elements(before: Recorded, after: Recorded) -> Iterator[Change]:
    gave, gives = dict(before.forms), dict(after.forms)
    kept, keeps = dict(before.withheld), dict(after.withheld)
    for name in sorted(gave.keys() | gives.keys() | kept.keys() | keeps.keys()):
        was, now = gave.get(name), gives.get(name)
        if was is None and now is not None:
            yield Change(ChangeKind.ELEMENT_GIVEN, name, (), (now,), _one(kept.get(name)))
        elif was is not None and now is None:
            yield Change(ChangeKind.ELEMENT_WITHHELD, name, (was,), (), _one(keeps.get(name)))
        elif was is not None and now is not None and was != now:
            yield Change(_rank(was, now), name, (was,), (now,), ())
        elif kept.get(name) != keeps.get(name):
            yield Change(ChangeKind.OTHER_REASON, name, _one(kept.get(name)), _one(keeps.get(name)), ())
    if before.reasons != after.reasons:
        yield Change(ChangeKind.OTHER_REASON, None, before.reasons, after.reasons, ())
    yield from _differing(ChangeKind.OTHER_BASIS, before.basis, after.basis)
    yield from _differing(ChangeKind.OTHER_DUTIES, before.duties, after.duties)


def _differing(kind: ChangeKind, before: tuple[str, ...], after: tuple[str, ...]) -> Iterator[Change]:
    """What went and what came."""
    if before != after:
        yield Change(kind, None, tuple(sorted({*before} - {*after})), tuple(sorted({*after} - {*before})), ())


def _one(code: str | None) -> tuple[str, ...]:
    return () if code is None else (code,)


def _rank(before: str, after: str) -> ChangeKind:
    """As it is says more than any other form, and of two masks the one that keeps more; others have no rank."""
    was, now = Form.parse(before), Form.parse(after)
    if FormKind.PLAIN in (was.kind, now.kind):
        return ChangeKind.FORM_WIDER if now.kind is FormKind.PLAIN else ChangeKind.FORM_NARROWER
    if was.keep is not None and now.keep is not None:
        return ChangeKind.FORM_WIDER if now.keep > was.keep else ChangeKind.FORM_NARROWER
    return ChangeKind.FORM_OTHER
