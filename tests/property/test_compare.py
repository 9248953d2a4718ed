"""A comparison names a widening exactly when some request is permitted, or gives more, under the new version alone.

Pairs of agreements differ in everything that the policy reads. One way, requests made up around each pair are decided
by the engine under both versions: where one gives more under the new, the comparison is wider. The other way, the
request that each difference shows is decided under both, and gives more. What tells more is not taken from the code
under test: two forms are applied to many values, and the one tells at least as much that tells apart whatever the other
does.
"""

import asyncio
import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from functools import cache
from random import Random

import pytest

from audit.canonical import JsonValue
from gateway.domain.decision import Permit
from gateway.domain.element import Element, Form, FormKind, Sensitivity
from gateway.domain.form_order import tells_at_least
from gateway.domain.pseudonym import PseudonymKey
from gateway.domain.redact import Redacted, RedactionContext, redact
from gateway.service.ports import DecisionQuery
from gateway.service.review.compare import compare
from gateway.service.review.comparison import Comparison, Kind
from gateway.service.review.grid import READ_BY_RULES, Side, query
from tests.docs.generated import REPOSITORY
from tests.property.agreement_pairs import FORMS, Document, pair, request, side, under
from tests.unit.policy.queries import engine, rulebook

ROUNDS = 40
REQUESTS = 250


def given(asked: DecisionQuery) -> Mapping[str, Form]:
    """What goes: what the decision before the record was read lets go, and the one after it too."""
    grants: dict[str, Form] = {}
    for attributes in dict.fromkeys((None, asked.record_attributes)):
        decision = asyncio.run(engine().decide(replace(asked, record_attributes=attributes)))
        if not isinstance(decision, Permit):
            return {}
        late = {name: grant.form for name, grant in decision.grants.items()}
        grants = late if attributes is None else {name: form for name, form in late.items() if name in grants}
    return grants


def gives_more(record_type: str, old: Mapping[str, Form], new: Mapping[str, Form]) -> bool:
    elements = rulebook().catalogue.record_types[record_type].elements
    return any(name not in old or not tells_all(elements[name].type, old[name], form) for name, form in new.items())


@cache
def tells_all(element_type: str, form: Form, other: Form) -> bool:
    """Whether two values that `other` tells apart are told apart by `form` too, over many values of the type."""
    seen: dict[str, str] = {}
    for value in values(element_type):
        shown, wanted = (repr(shown_as(element_type, one, value)) for one in (form, other))
        if seen.setdefault(shown, wanted) != wanted:
            return False
    return True


@cache
def values(element_type: str) -> tuple[JsonValue, ...]:
    digits = "".join(Random(element_type).choices("123456789", k=40))
    lengths = {"sin": (9,), "bn9": (9,), "bn15": (15,), "uci": (8, 10), "lmia-number": (7,)}.get(element_type)
    if element_type == "date":
        return tuple((date(1970, 1, 1) + timedelta(days=17 * step)).isoformat() for step in range(1200))
    if element_type in {"integer", "decimal"}:
        return tuple(range(0, 30000, 7))
    if element_type == "boolean":
        return (True, False)
    if element_type == "string-list":
        return tuple([digits[:length]] * count for length in range(1, 12) for count in range(12))
    return (None, *(digits[start : start + size] for size in lengths or range(1, 16) for start in range(24)))


def shown_as(element_type: str, form: Form, value: JsonValue) -> JsonValue:
    """The value as the form gives it; numbers with check digits are masked as they stand."""
    plain = {"sin", "bn9", "bn15", "uci", "lmia-number"}
    kind = "string" if element_type in plain else element_type
    element = Element("made_up", kind, Sensitivity.OPERATIONAL, "Made up", "Inventé", "desda")
    key = PseudonymKey(b"k" * 32) if kind == "uci" else None
    shown = redact(element, form, value, RedactionContext(date(2026, 5, 1), key))
    return shown.value if isinstance(shown, Redacted) else "withheld"


def compared(old: Document, new: Document) -> tuple[Side, Side, Comparison]:
    before, after = side(old), side(new)
    return before, after, asyncio.run(compare(before, after))


@cache
def of_seed(seed: int) -> tuple[Side, Side, Comparison]:
    return compared(*pair(Random(seed)))


@pytest.mark.parametrize("seed", range(ROUNDS))
def test_a_widening_is_named_exactly_when_a_request_gives_more(seed: int) -> None:
    random = Random(seed)
    old, new = pair(random)
    before, after, comparison = of_seed(seed)
    wider = narrower = False
    for _ in range(REQUESTS):
        asked, at = request(random, (old, new))
        first, second = (given(under(asked, at, one.version)) for one in (before, after))
        wider = wider or gives_more(asked.record_type, first, second)
        narrower = narrower or gives_more(asked.record_type, second, first)
    assert comparison.wider or not wider
    assert not narrower or any(not one.kind.opens or one.kind is Kind.OTHER_FORM for one in comparison.differences)
    for difference in comparison.differences:
        shown = difference.example
        asks = [query(one, shown.scope, shown.elements, shown.circumstance) for one in (before, after)]
        first, second = (given(one) if one is not None else {} for one in asks)
        more, less = (first, second) if difference.kind.opens else (second, first)
        assert gives_more(shown.scope.record_type, more, less), difference
    assert comparison.same == (old == new)


def test_the_pairs_are_of_every_kind() -> None:
    """The property above would hold of pairs that never differ."""
    kinds = {difference.kind for seed in range(ROUNDS) for difference in of_seed(seed)[2].differences}
    assert {Kind.NEW, Kind.WIDER, Kind.GONE, Kind.NARROWER} <= kinds


@pytest.mark.parametrize("agreement", [version.id for version in rulebook().agreements])
def test_a_version_is_the_same_as_itself(agreement: str) -> None:
    version = rulebook().register.find(agreement)
    assert version is not None
    assert compared(dict(version.document), dict(version.document))[2].same


@pytest.mark.parametrize("element_type", ["date", "integer", "sin", "string", "string-list"])
def test_the_order_of_forms_is_what_the_values_say(element_type: str) -> None:
    forms = [Form(FormKind(form["kind"]), form.get("keep"), form.get("to")) for form in FORMS]
    forms += [Form(FormKind.GENERALIZE, to="age-band"), Form(FormKind.MASK, keep=2)]
    usable = [
        form for form in forms if all(shown_as(element_type, form, one) != "withheld" for one in values(element_type))
    ]
    assert len(usable) > 2
    for form in usable:
        for other in usable:
            if tells_at_least(element_type, form, other):
                assert tells_all(element_type, form, other), (form.code, other.code)


def test_the_attributes_that_rules_read_are_known() -> None:
    """An attribute that a rule reads by its name and the grid does not vary would hide what it opens."""
    rules = [path for path in (REPOSITORY / "policies").rglob("*.rego") if not path.stem.endswith("_test")]
    read = {name for path in rules for name in re.findall(r"input\.record\.attributes\.(\w+)", path.read_text("utf-8"))}
    assert read == set(READ_BY_RULES)
