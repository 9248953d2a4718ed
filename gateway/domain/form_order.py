"""Which of two forms of an element tells more: the order of disclosure between forms.

Invariant: a form tells at least as much as another exactly when whoever holds the first could work out the second, for
every value of the element's type. Forms that neither could be worked out from the other are not ordered, and a change
between them lets something out that stayed before. Does not: redact (`gateway.domain.redact`), or decide a form.
"""

from collections.abc import Mapping, Sequence
from typing import Final

from gateway.domain.element import Form, FormKind
from gateway.domain.redact import MIN_HIDDEN

_COARSER: Final[Mapping[str, frozenset[str]]] = {
    "month": frozenset({"year"}),
    "band-100": frozenset({"band-1000", "band-10000"}),
    "band-1000": frozenset({"band-10000"}),
}
"""What can be worked out from a generalization; an age band needs the day, because it turns on a birthday."""

_LENGTHS: Final[Mapping[str, Sequence[int]]] = {
    "sin": (9,),
    "bn9": (9,),
    "bn15": (15,),
    "uci": (8, 10),
    "lmia-number": (7,),
}
"""How many letters and digits a value of a type can have, where that is fixed."""
_ANY_LENGTH: Final = range(1, 41)
_NOTHING_BUT_NULL: Final = frozenset({"year", "month", "age-band", "fsa"})


def tells_at_least(element_type: str, form: Form, other: Form) -> bool:
    """Whether everything that `other` tells can be worked out from `form`."""
    if form == other or form.kind is FormKind.PLAIN:
        return True
    if form.kind is other.kind is FormKind.MASK:
        lengths = _LENGTHS.get(element_type, _ANY_LENGTH)
        return all(_shown(form, length) >= _shown(other, length) for length in lengths)
    if form.kind is other.kind is FormKind.GENERALIZE:
        return other.to in _COARSER.get(form.to or "", frozenset())
    if other.kind is FormKind.EXISTS:
        # That there is a value shows in every form but a count and a band, where none and zero are one.
        kinds = {FormKind.MASK, FormKind.PSEUDONYM, FormKind.SCRUB}
        return form.kind in kinds or (form.kind is FormKind.GENERALIZE and form.to in _NOTHING_BUT_NULL)
    return False


def _shown(form: Form, length: int) -> int:
    """How many of the last characters a mask leaves: none where too few would stay hidden."""
    keep = form.keep or 0
    return keep if length - keep >= MIN_HIDDEN else 0
