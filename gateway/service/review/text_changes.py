"""How the text of an agreement changed: every member that differs, with what it is about and whether that loosens.

Invariant: two documents that differ have at least one change, because every member is walked; a member that has no code
of its own is told as a text. Whether anything becomes possible by it is not said here: the policy decides (`compare`).
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from gateway.service.review.comparison import Difference, Tendency, TextChange

_NAMED: Final[Mapping[str, str]] = {
    "parties": "organization",
    "schedules": "purpose",
    "clauses": "id",
    "elements": "name",
    "conditions": "attribute",
    "suspensions": "from",
    "signatures": "organization",
}
"""Lists whose items are told apart by a member."""

LOOSER, STRICTER, NEITHER = Tendency.LOOSER, Tendency.STRICTER, Tendency.NEITHER


@dataclass(frozen=True, slots=True)
class _Leaf:
    """A member that differs. `path` names the members on the way, without the keys of lists, which are in `keys`."""

    path: tuple[str, ...]
    keys: Mapping[str, str]
    old: Any
    new: Any


def text_changes(old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[TextChange]:
    """The changes in the order of the document."""
    for leaf in _walk((), {}, old, new):
        yield from _told(leaf)


def with_effect(changes: Iterable[TextChange], differences: Sequence[Difference]) -> Iterator[TextChange]:
    """The changes, marked where one seems to let something go and the policy lets nothing more go of what it names."""
    opening = [one for one in differences if one.kind.opens]
    for change in changes:
        purpose = change.purpose if change.code != "schedule" else change.subject
        named = (
            one
            for one in opening
            if (
                one.purpose == purpose
                and (change.code != "recipient-unit" or change.new in one.recipients)
                and (change.code != "element" or change.subject in {element.element for element in one.elements})
            )
        )
        looks = change.code in _LETS_GO and change.tendency is LOOSER
        yield replace(change, without_effect=True) if looks and not any(named) else change


_LETS_GO: Final = frozenset(
    {"schedule", "clause", "element", "recipient-unit", "condition", "condition-value", "cardinality", "case-reference"}
)


def _walk(path: tuple[str, ...], keys: Mapping[str, str], old: Any, new: Any) -> Iterator[_Leaf]:
    if old == new:
        return
    name = path[-1] if path else ""
    if _is_text(old) and _is_text(new):
        yield _Leaf(path, keys, old, new)
    elif isinstance(old, Mapping) and isinstance(new, Mapping):
        if path[-1:] == ("form",):
            yield _Leaf(path, keys, old, new)
            return
        for member in dict.fromkeys((*old, *new)):
            yield from _walk((*path, member), keys, old.get(member), new.get(member))
    elif name in _NAMED and _is_list_of_items(old) and _is_list_of_items(new):
        before, after = _keyed(old, _NAMED[name]), _keyed(new, _NAMED[name])
        for key in dict.fromkeys((*before, *after)):
            there = {**keys, name: key}
            if key in before and key in after:
                yield from _walk(path, there, before[key], after[key])
            else:
                yield _Leaf(path, there, before.get(key), after.get(key))
        if list(before) != list(after) and before == after:
            yield _Leaf((*path, "order"), keys, None, None)
    else:
        yield _Leaf(path, keys, old, new)


def _is_text(value: Any) -> bool:
    return isinstance(value, Mapping) and set(value) == {"en", "fr"}


def _is_list_of_items(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(item, Mapping) for item in value)


def _keyed(items: Sequence[Mapping[str, Any]], member: str) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for item in items:
        key = base = str(item[member])
        number = 1
        while key in found:
            number += 1
            key = f"{base}#{number}"
        found[key] = item
    return found


def _told(leaf: _Leaf) -> Iterator[TextChange]:
    """The changes that one member makes: one for each item that came into a list or left it."""
    code = ".".join(leaf.path)
    if code in _LISTS and _is_list_or_none(leaf.old) and _is_list_or_none(leaf.new):
        before, after = leaf.old or [], leaf.new or []
        for item in before:
            if item not in after:
                yield _change(leaf, _LISTS[code], _OF_LISTS.get(code, (NEITHER, NEITHER))[0], item, None)
        for item in after:
            if item not in before:
                yield _change(leaf, _LISTS[code], _OF_LISTS.get(code, (NEITHER, NEITHER))[1], None, item)
        if before != after and sorted(map(str, before)) == sorted(map(str, after)):
            yield _change(leaf, "order", NEITHER, None, None)
        return
    if code in _CODES:
        yield _change(leaf, _CODES[code], _tendency(code, leaf.old, leaf.new), leaf.old, leaf.new)
        return
    language = None
    if _is_text(leaf.old) and _is_text(leaf.new):
        differs = [lang for lang in ("en", "fr") if leaf.old[lang] != leaf.new[lang]]
        language = differs[0] if len(differs) == 1 else None
    yield _change(leaf, "text", NEITHER, leaf.old, leaf.new, subject=code, language=language)


def _change(
    leaf: _Leaf,
    code: str,
    tendency: Tendency,
    old: Any,
    new: Any,
    *,
    subject: str | None = None,
    language: str | None = None,
) -> TextChange:
    last = next(
        (
            leaf.keys[name]
            for name in ("conditions", "elements", "clauses", "schedules", "parties")
            if name in leaf.keys
        ),
        None,
    )
    if code == "text" and {"elements", "parties"} & set(leaf.keys):
        subject = f"{subject} {last}"
    return TextChange(
        code=code,
        tendency=tendency,
        purpose=leaf.keys.get("schedules"),
        clause=leaf.keys.get("clauses"),
        subject=subject or last,
        old=old,
        new=new,
        language=language,
    )


_CLAUSE: Final = "schedules.clauses"
_LISTS: Final[Mapping[str, str]] = {
    "parties.units": "party-unit",
    "instrument.power": "power",
    "pib.banks": "bank",
    "governance.contacts": "contact",
    "schedules.made_under": "made-under",
    "schedules.pib": "bank",
    "schedules.representatives": "representative",
    "schedules.definitions": "definition",
    "schedules.data_subjects.classes": "data-subjects",
    f"{_CLAUSE}.discloser.authorities": "discloser-authority",
    f"{_CLAUSE}.recipient.authorities": "recipient-authority",
    f"{_CLAUSE}.recipient.units": "recipient-unit",
    f"{_CLAUSE}.cardinality": "cardinality",
    f"{_CLAUSE}.obligations": "obligation",
    f"{_CLAUSE}.ground": "ground",
    f"{_CLAUSE}.conditions.in": "condition-value",
}
_OF_LISTS: Final[Mapping[str, tuple[Tendency, Tendency]]] = {
    # What leaving the list, and what coming into it, is.
    f"{_CLAUSE}.obligations": (LOOSER, STRICTER),
    f"{_CLAUSE}.recipient.units": (STRICTER, LOOSER),
    f"{_CLAUSE}.cardinality": (STRICTER, LOOSER),
    f"{_CLAUSE}.conditions.in": (STRICTER, LOOSER),
    "schedules.data_subjects.classes": (STRICTER, LOOSER),
    "parties.units": (STRICTER, LOOSER),
}
_CODES: Final[Mapping[str, str]] = {
    "id": "id",
    "version": "version",
    "parties": "party",
    "parties.role": "party-role",
    "instrument.kind": "instrument",
    "term.effective": "effective",
    "term.expiry": "expiry",
    "term.termination": "termination",
    "term.time_zone": "time-zone",
    "term.suspensions": "suspension",
    "term.suspensions.until": "suspension-end",
    "pia.id": "pia",
    "pia.date": "pia-date",
    "governance.review": "review",
    "signatures": "signature",
    "signatures.date": "signature-date",
    "schedules": "schedule",
    "schedules.id": "schedule-id",
    "schedules.advisability": "advisability",
    "schedules.advisability.decision": "advisability",
    "schedules.advisability.date": "advisability-date",
    "schedules.frequency_method.mode": "mode",
    "schedules.frequency_method.max_per_day": "max-per-day",
    _CLAUSE: "clause",
    f"{_CLAUSE}.record_type": "record-type",
    f"{_CLAUSE}.discloser.unit": "discloser-unit",
    f"{_CLAUSE}.max_page": "max-page",
    f"{_CLAUSE}.case_reference": "case-reference",
    f"{_CLAUSE}.in_confidence": "in-confidence",
    f"{_CLAUSE}.personal_list": "personal-list",
    f"{_CLAUSE}.personal_list.reason": "personal-list-reason",
    f"{_CLAUSE}.conditions": "condition",
    f"{_CLAUSE}.elements": "element",
    f"{_CLAUSE}.elements.form": "form",
    f"{_CLAUSE}.elements.third_party": "third-party",
    f"{_CLAUSE}.retention.min_days": "keep-at-least",
    f"{_CLAUSE}.retention.max_days": "keep-at-most",
    f"{_CLAUSE}.retention.sooner_with_consent": "sooner-with-consent",
}
_MORE_IS_LOOSER: Final = frozenset(
    {"term.expiry", f"{_CLAUSE}.max_page", f"{_CLAUSE}.retention.max_days", "schedules.frequency_method.max_per_day"}
)
_PRESENT_IS_LOOSER: Final = frozenset(
    {
        "schedules",
        _CLAUSE,
        f"{_CLAUSE}.elements",
        f"{_CLAUSE}.in_confidence",
        f"{_CLAUSE}.personal_list",
        f"{_CLAUSE}.elements.third_party",
        f"{_CLAUSE}.retention.sooner_with_consent",
    }
)
_PRESENT_IS_STRICTER: Final = frozenset({f"{_CLAUSE}.conditions", "term.suspensions", "term.termination"})


def _tendency(code: str, old: Any, new: Any) -> Tendency:
    if code in _MORE_IS_LOOSER and old is not None and new is not None:
        return LOOSER if new > old else STRICTER
    if code == "term.effective" or (code == "term.termination" and old is not None and new is not None):
        return LOOSER if (new < old) == (code == "term.effective") else STRICTER
    if code == f"{_CLAUSE}.case_reference":
        return LOOSER if new == "optional" else STRICTER
    if (old is None) != (new is None):
        if code in _PRESENT_IS_LOOSER:
            return STRICTER if new is None else LOOSER
        if code in _PRESENT_IS_STRICTER:
            return LOOSER if new is None else STRICTER
    return NEITHER


def _is_list_or_none(value: Any) -> bool:
    return value is None or isinstance(value, list)
