"""Redaction: the value of one element in the form a clause grants, or the reason why it stays.

Invariant (part of 2 and 6): a value leaves unchanged only in form `plain`, and only when it fits its
declared type; an unknown type, an unknown form, a form that the type does not have, and a scrub that failed
withhold it. Nothing is passed through for want of a rule, and no value is in an error. Does not decide which
form applies: the policy did. Forms: DESIGN.md "Agreements as data".
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import ROUND_FLOOR, Decimal
from typing import Protocol

from audit.canonical import JsonValue
from audit.quick import quick
from audit.remembered import Remembered
from gateway.domain.decision import Withheld
from gateway.domain.element import Element, Form, FormKind
from gateway.domain.errors import ScrubError
from gateway.domain.identifiers import DEFAULT_PATTERNS, NumberPatterns
from gateway.domain.pseudonym import PSEUDONYMOUS_TYPES, PseudonymKey
from gateway.domain.value import ElementType, fits

VALUE_DOES_NOT_FIT = "value-does-not-fit"
FORM_UNKNOWN = "form-unknown"
FORM_NOT_APPLICABLE = "form-not-applicable"
SCRUB_FAILED = "scrub-failed"

MASK = "*"
MIN_HIDDEN = 4
SUPPRESS_UP_TO = 5
ROUND_TO = 5

_AS_IT_IS = FormKind.PLAIN
_SEPARATORS = frozenset(" -./()+")
_MASKED_TYPES = frozenset(
    (
        "string",
        "string-list",
        "uci",
        "sin",
        "bn9",
        "bn15",
        "lmia-number",
        "permit-number",
        "application-number",
        "health-card",
        "phone",
        "staff-id",
        "reference",
    )
)
_SCRUBBED_TYPES = frozenset(("text", "string", "string-list"))
_BAND = re.compile(r"band-([1-9][0-9]{0,8})")
_AGE_BANDS = ((15, "0-14"), (25, "15-24"), (35, "25-34"), (45, "35-44"), (55, "45-54"), (65, "55-64"))


class ScrubbedText(Protocol):
    @property
    def text(self) -> str: ...


class TextScrubber(Protocol):
    """What redaction needs of the Scrubber port. Raises ScrubError."""

    def scrub(self, text: str, names: Sequence[str]) -> ScrubbedText: ...


@quick
@dataclass(frozen=True, slots=True)
class RedactionContext:
    """What the forms need besides the value.

    `on` is the date of the disclosure in UTC; `names` is the deny-list of the record (its own identifiers
    and third parties). Where `pseudonyms` or `scrubber` is None the forms that need it are withheld."""

    on: date
    pseudonyms: PseudonymKey | None = field(default=None, repr=False)
    scrubber: TextScrubber | None = field(default=None, repr=False)
    names: Sequence[str] = field(default=(), repr=False)
    patterns: NumberPatterns = DEFAULT_PATTERNS


@quick
@dataclass(frozen=True, slots=True)
class Redacted:
    """A value as it may leave."""

    value: JsonValue = field(repr=False)


def redact(element: Element, form: Form, value: JsonValue, context: RedactionContext) -> Redacted | Withheld:
    """`value` in `form`, or why it is withheld. Null stays null, except that `exists` answers no.

    Lists are redacted item by item, except by `exists` and `count`."""
    if form.kind is _AS_IT_IS and form.keep is None and form.to is None:
        # The usual form, which changes nothing.
        return Redacted(value) if fits(value, element, context.patterns) else Withheld(element.name, VALUE_DOES_NOT_FIT)
    apply = _FORMS.get(form.kind)
    if apply is None or not _well_formed(form):
        return Withheld(element.name, FORM_UNKNOWN)
    if not fits(value, element, context.patterns):
        return Withheld(element.name, VALUE_DOES_NOT_FIT)
    outcome = apply(element, form, value, context)
    return outcome if isinstance(outcome, Redacted) else Withheld(element.name, outcome)


def _parameters_fit(form: Form) -> bool:
    if form.kind is FormKind.MASK:
        return form.to is None and form.keep is not None and 0 <= form.keep <= 20
    if form.kind is FormKind.GENERALIZE:
        return form.keep is None and form.to is not None
    return form.keep is None and form.to is None


_well_formed = Remembered(_parameters_fit)


def _each(value: JsonValue, change: Callable[[str], str | None], otherwise: str) -> Redacted | str:
    """Applies `change` to a string or to every item of a list; one refusal withholds the element."""
    if value is None:
        return Redacted(None)
    if isinstance(value, str):
        changed = change(value)
        return otherwise if changed is None else Redacted(changed)
    if not isinstance(value, list | tuple):
        return otherwise
    items = [change(item) if isinstance(item, str) else None for item in value]
    return otherwise if None in items else Redacted(items)


def _plain(_element: Element, _form: Form, value: JsonValue, _context: RedactionContext) -> Redacted | str:
    return Redacted(value)


def mask(value: str, keep: int) -> str:
    """The last `keep` letters and digits; separators stay, everything else becomes `*`.

    All of it is masked where fewer than four letters and digits would stay hidden, because a check digit
    narrows what is left to a handful of candidates."""
    length = sum(character.isalnum() for character in value)
    hidden = length - keep if length - keep >= MIN_HIDDEN else length
    result, seen = [], 0
    for character in value:
        if character.isalnum():
            seen += 1
            result.append(character if seen > hidden else MASK)
        else:
            result.append(character if character in _SEPARATORS else MASK)
    return "".join(result)


def _mask(element: Element, form: Form, value: JsonValue, _context: RedactionContext) -> Redacted | str:
    if element.type not in _MASKED_TYPES or form.keep is None:
        return FORM_NOT_APPLICABLE
    keep = form.keep
    return _each(value, lambda item: mask(item, keep), FORM_NOT_APPLICABLE)


def age_band(born: date, on: date) -> str | None:
    """The band of the age in full years on a date; None for a birth after it."""
    age = on.year - born.year - ((on.month, on.day) < (born.month, born.day))
    if age < 0:
        return None
    return next((band for limit, band in _AGE_BANDS if age < limit), "65+")


def amount_band(amount: Decimal, width: int) -> str:
    """The half-open band `lower..upper` of this width, counted from zero, that the amount is in."""
    lower = int((amount / width).to_integral_value(ROUND_FLOOR)) * width
    return f"{lower}..{lower + width}"


def _generalize(element: Element, form: Form, value: JsonValue, context: RedactionContext) -> Redacted | str:
    to = form.to or ""
    band = _BAND.fullmatch(to)
    if to not in ("year", "month", "age-band", "fsa") and (band is None or int(band[1]) < 2):
        return FORM_UNKNOWN
    if to in ("year", "month", "age-band"):
        applicable = element.type in (ElementType.DATE, ElementType.DATETIME) and (
            to != "age-band" or element.type == ElementType.DATE
        )
    elif to == "fsa":
        applicable = element.type == ElementType.POSTAL_CODE
    else:
        applicable = element.type in (ElementType.INTEGER, ElementType.DECIMAL)
    if not applicable:
        return FORM_NOT_APPLICABLE
    if value is None:
        return Redacted(None)
    if band is not None:
        return Redacted(amount_band(Decimal(str(value)), int(band[1])))
    text = str(value)
    if to == "age-band":
        found = age_band(date.fromisoformat(text), context.on)
        return VALUE_DOES_NOT_FIT if found is None else Redacted(found)
    return Redacted({"year": text[:4], "month": text[:7], "fsa": text[:3].upper()}[to])


def _pseudonym(element: Element, _form: Form, value: JsonValue, context: RedactionContext) -> Redacted | str:
    key = context.pseudonyms
    if key is None or element.type not in PSEUDONYMOUS_TYPES:
        return FORM_NOT_APPLICABLE
    return _each(value, lambda item: key.pseudonym(element.type, item), VALUE_DOES_NOT_FIT)


def _exists(element: Element, _form: Form, value: JsonValue, context: RedactionContext) -> Redacted | str:
    """Null, no, zero and the empty list or string do not exist."""
    found = Decimal(str(value)) != 0 if element.type == ElementType.DECIMAL and value else bool(value)
    return Redacted(existence_answer(found, context.on))


def existence_answer(found: bool, on: date) -> JsonValue:
    """Yes or no with the UTC date it was true on, and nothing else (DOMAIN.md, exchange 3)."""
    return {"exists": found, "as_of": on.isoformat()}


def round_count(count: int) -> int | None:
    """None for 0 to 5, otherwise the nearest multiple of 5 (DOMAIN.md, exchange 14). `count` is not
    negative."""
    return None if count <= SUPPRESS_UP_TO else (count + ROUND_TO // 2) // ROUND_TO * ROUND_TO


def _count(element: Element, _form: Form, value: JsonValue, _context: RedactionContext) -> Redacted | str:
    if element.type not in (ElementType.INTEGER, ElementType.STRING_LIST):
        return FORM_NOT_APPLICABLE
    if value is None:
        return Redacted(None)
    count = value if isinstance(value, int) else len(value) if isinstance(value, list | tuple) else -1
    if count < 0:
        return VALUE_DOES_NOT_FIT
    return Redacted(count_answer(count))


def count_answer(count: int) -> JsonValue:
    """A count that cannot single anybody out: 0 to 5 suppressed, others rounded to 5."""
    rounded = round_count(count)
    return {"count": rounded, "suppressed": rounded is None}


def _scrub(element: Element, _form: Form, value: JsonValue, context: RedactionContext) -> Redacted | str:
    scrubber = context.scrubber
    if element.type not in _SCRUBBED_TYPES:
        return FORM_NOT_APPLICABLE
    if scrubber is None:
        return SCRUB_FAILED
    try:
        return _each(value, lambda item: scrubber.scrub(item, context.names).text, SCRUB_FAILED)
    except ScrubError:
        return SCRUB_FAILED


_FORMS = {
    FormKind.PLAIN: _plain,
    FormKind.MASK: _mask,
    FormKind.GENERALIZE: _generalize,
    FormKind.PSEUDONYM: _pseudonym,
    FormKind.EXISTS: _exists,
    FormKind.COUNT: _count,
    FormKind.SCRUB: _scrub,
}
