"""Properties of redaction (invariants 2 and 6): no form but `plain` gives the value, whatever the value."""

import string
from datetime import date
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from audit.canonical import JsonValue
from gateway.domain.decision import Withheld
from gateway.domain.element import Element, Form, FormKind, Sensitivity
from gateway.domain.pseudonym import PSEUDONYMOUS_TYPES, PseudonymKey
from gateway.domain.redact import Redacted, RedactionContext, amount_band, mask, redact, round_count
from gateway.domain.value import ElementType

TYPES = st.sampled_from([*map(str, ElementType), "unheard-of"])
FORMS = st.builds(
    Form,
    kind=st.sampled_from(list(FormKind)),
    keep=st.none() | st.integers(-1, 25),
    to=st.none() | st.sampled_from(["year", "month", "age-band", "fsa", "band-100", "band-0", "decade"]),
)
CANARIES = st.text(alphabet=string.ascii_uppercase + string.digits, min_size=8, max_size=20)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=40) | CANARIES,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=5), inner, max_size=2),
    max_leaves=6,
)
KEY = PseudonymKey.derive(bytes(range(32)), "unit-a", "agreement")
CONTEXT = RedactionContext(on=date(2026, 1, 1), pseudonyms=KEY)
REASONS = {"value-does-not-fit", "form-unknown", "form-not-applicable", "scrub-failed"}


def element(type_code: str) -> Element:
    return Element("e", type_code, Sensitivity.IDENTIFIER, "E", "E", "federal", ("A", "B"))


@given(TYPES, FORMS, VALUES)
def test_any_type_form_and_value_gives_an_outcome_with_a_known_reason(
    type_code: str, form: Form, value: JsonValue
) -> None:
    outcome = redact(element(type_code), form, value, CONTEXT)
    if isinstance(outcome, Withheld):
        assert outcome.reason in REASONS


@given(st.sampled_from(["string", "reference", "staff-id", "string-list", "text"]), FORMS, CANARIES)
def test_a_canary_leaves_in_plain_only(type_code: str, form: Form, canary: str) -> None:
    subject = Element("e", type_code, Sensitivity.IDENTIFIER, "E", "E", "federal")
    value: JsonValue = [canary] if type_code == "string-list" else canary
    outcome = redact(subject, form, value, CONTEXT)
    if isinstance(outcome, Redacted) and form.kind is not FormKind.PLAIN:
        assert canary not in str(outcome.value)


@given(st.text(max_size=60), st.integers(0, 20))
def test_mask_keeps_length_and_never_shows_more_than_asked(value: str, keep: int) -> None:
    masked = mask(value, keep)
    assert len(masked) == len(value)
    assert sum(map(str.isalnum, masked)) <= keep
    hidden = sum(map(str.isalnum, value)) - sum(map(str.isalnum, masked))
    assert hidden >= min(4, sum(map(str.isalnum, value)))
    assert mask(masked, 0) == mask(value, 0)


@given(st.sampled_from(sorted(PSEUDONYMOUS_TYPES)), CANARIES, st.text(min_size=1, max_size=10))
def test_pseudonyms_are_stable_and_unlinkable_across_recipients(type_code: str, value: str, recipient: str) -> None:
    other = PseudonymKey.derive(bytes(range(32)), "unit-b" + recipient, "agreement")
    mine = KEY.pseudonym(type_code, value)
    assert mine == KEY.pseudonym(type_code, value)
    if mine is not None:
        assert mine != other.pseudonym(type_code, value)
        assert value not in mine


@given(st.integers(0, 10**9), st.integers(0, 10**9))
def test_count_is_monotone_close_and_suppressed_when_small(first: int, second: int) -> None:
    low, high = sorted((first, second))
    rounded_low, rounded_high = round_count(low) or 0, round_count(high) or 0
    assert rounded_low <= rounded_high
    assert rounded_low % 5 == 0
    assert (round_count(low) is None) == (low <= 5)
    assert low <= 5 or abs(rounded_low - low) <= 2


@given(st.decimals(-(10**12), 10**12, places=2), st.integers(2, 10**6))
def test_every_amount_is_in_its_band_and_bands_depend_on_nothing_else(amount: Decimal, width: int) -> None:
    band = amount_band(amount, width)
    lower, upper = map(int, band.split(".."))
    assert lower <= amount < upper
    assert upper - lower == width
    assert lower % width == 0
    assert amount_band(Decimal(lower), width) == band
