"""Every form on every kind of type, and the reasons of what is withheld."""

import hashlib
import hmac
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import count as numbered
from typing import cast

import pytest

from audit.canonical import JsonValue
from gateway.domain.decision import Withheld
from gateway.domain.element import Element, Form, FormKind, Sensitivity
from gateway.domain.errors import ConfigurationError, ScrubError
from gateway.domain.pseudonym import PseudonymKey
from gateway.domain.redact import Redacted, RedactionContext, redact
from gateway.domain.value import ElementType

SECRET = b"\x01" * 32
KEY = PseudonymKey.derive(SECRET, "ircc", "esdc-ircc-tfw")


@dataclass
class StarScrubber:
    """Replaces the names it is given; fails on a text that says so."""

    seen: list[Sequence[str]] = field(default_factory=list)

    def scrub(self, text: str, names: Sequence[str]) -> "StarScrubber.Outcome":
        self.seen.append(names)
        if "FAIL" in text:
            raise ScrubError("too long")
        for name in names:
            text = text.replace(name, "[NAME]")
        return StarScrubber.Outcome(text)

    @dataclass(frozen=True)
    class Outcome:
        text: str


CONTEXT = RedactionContext(on=date(2026, 6, 15), pseudonyms=KEY, scrubber=StarScrubber(), names=("Ana Exemple",))


def element(type_code: str, options: tuple[str, ...] = ()) -> Element:
    return Element("the_element", type_code, Sensitivity.OPERATIONAL, "E", "E", "federal", options)


def out(type_code: str, form: Form, value: JsonValue, context: RedactionContext = CONTEXT) -> JsonValue:
    outcome = redact(element(type_code), form, value, context)
    assert isinstance(outcome, Redacted), outcome
    return outcome.value


def reason(type_code: str, form: Form, value: JsonValue, context: RedactionContext = CONTEXT) -> str:
    outcome = redact(element(type_code), form, value, context)
    assert isinstance(outcome, Withheld), outcome
    assert outcome.element == "the_element"
    return outcome.reason


def mask(keep: int) -> Form:
    return Form(FormKind.MASK, keep=keep)


def to(target: str) -> Form:
    return Form(FormKind.GENERALIZE, to=target)


PLAIN, EXISTS, COUNT = Form(FormKind.PLAIN), Form(FormKind.EXISTS), Form(FormKind.COUNT)
SCRUB, PSEUDONYM = Form(FormKind.SCRUB), Form(FormKind.PSEUDONYM)


def test_plain_passes_only_what_fits() -> None:
    assert out("uci", PLAIN, "0000-1234") == "0000-1234"
    assert out("string-list", PLAIN, ["a"]) == ["a"]
    assert reason("uci", PLAIN, "not an uci") == "value-does-not-fit"
    assert reason("unheard-of", PLAIN, "x") == "value-does-not-fit"


@pytest.mark.parametrize("form", [PLAIN, mask(3), PSEUDONYM, SCRUB])
def test_null_stays_null(form: Form) -> None:
    assert out("string", form, None) is None


def test_null_has_no_count_and_does_not_exist() -> None:
    assert out("integer", COUNT, None) is None
    assert out("date", to("year"), None) is None
    assert out("string", EXISTS, None) == {"exists": False, "as_of": "2026-06-15"}


@pytest.mark.parametrize(
    ("type_code", "value", "keep", "masked"),
    [
        ("sin", "046 454 286", 3, "*** *** 286"),
        ("uci", "00-1234-5678", 4, "**-****-5678"),
        ("phone", "+1 (613) 555-0100", 4, "+* (***) ***-0100"),
        ("lmia-number", "7654321", 3, "****321"),
        ("lmia-number", "7654321", 4, "*******"),
        ("string", "abc", 3, "***"),
        ("string", "abcdefgh", 0, "********"),
        ("string", "é👩‍🌾défghij", 2, "*********ij"),
    ],
    ids=numbered(),
)
def test_mask(type_code: str, value: str, keep: int, masked: str) -> None:
    assert out(type_code, mask(keep), value) == masked


def test_mask_item_by_item() -> None:
    assert out("string-list", mask(2), ["abcdefgh", "ab"]) == ["******gh", "**"]


@pytest.mark.parametrize("type_code", ["text", "person-name", "date", "integer", "boolean"])
def test_mask_is_not_for_every_type(type_code: str) -> None:
    assert reason(type_code, mask(1), None) == "form-not-applicable"


@pytest.mark.parametrize(
    ("type_code", "value", "target", "general"),
    [
        ("date", "1990-06-16", "year", "1990"),
        ("datetime", "2024-03-05T01:02:03Z", "month", "2024-03"),
        ("date", "1992-06-15", "age-band", "25-34"),
        ("date", "1991-06-16", "age-band", "25-34"),
        ("date", "1991-06-15", "age-band", "35-44"),
        ("date", "1961-06-15", "age-band", "65+"),
        ("date", "2026-06-15", "age-band", "0-14"),
        ("postal-code", "k1a 0b1", "fsa", "K1A"),
        ("integer", 1_999, "band-1000", "1000..2000"),
        ("integer", 2_000, "band-1000", "2000..3000"),
        ("decimal", "17.99", "band-5", "15..20"),
        ("decimal", "-0.01", "band-5", "-5..0"),
        ("decimal", "999999999999999.999999", "band-10", "999999999999990..1000000000000000"),
    ],
    ids=numbered(),
)
def test_generalize(type_code: str, value: JsonValue, target: str, general: str) -> None:
    assert out(type_code, to(target), value) == general


def test_generalize_refuses_other_combinations() -> None:
    assert reason("date", to("fsa"), "2024-01-01") == "form-not-applicable"
    assert reason("postal-code", to("year"), "K1A 0B1") == "form-not-applicable"
    assert reason("string", to("band-10"), "12") == "form-not-applicable"
    assert reason("datetime", to("age-band"), "2024-03-05T01:02:03Z") == "form-not-applicable"
    assert reason("date", to("age-band"), "2026-06-16") == "value-does-not-fit"


@pytest.mark.parametrize("target", ["decade", "band-0", "band-1", "band--5", "band-", "", "band-9999999999"])
def test_unknown_generalization(target: str) -> None:
    assert reason("integer", to(target), 5) == "form-unknown"


def test_pseudonym_does_not_depend_on_the_spelling() -> None:
    assert out("uci", PSEUDONYM, "00001234") == out("uci", PSEUDONYM, "0000-1234")
    assert out("phone", PSEUDONYM, "+1 (613) 555-0100") == out("phone", PSEUDONYM, "613.555.0100")
    assert out("email", PSEUDONYM, "A.B@Example.org") == out("email", PSEUDONYM, "a.b@example.org")
    assert out("person-name", PSEUDONYM, "Ana  EXEMPLE") == out("person-name", PSEUDONYM, "ana exemple")


def test_pseudonym_separates_recipients_agreements_types_and_secrets() -> None:
    keys = [
        KEY,
        PseudonymKey.derive(SECRET, "cbsa", "esdc-ircc-tfw"),
        PseudonymKey.derive(SECRET, "ircc", "esdc-cbsa-irpa"),
        PseudonymKey.derive(b"\x02" * 32, "ircc", "esdc-ircc-tfw"),
        PseudonymKey.derive(SECRET, "irccesdc-", "ircc-tfw"),
    ]
    found = {key.pseudonym("sin", "046454286") for key in keys} | {KEY.pseudonym("bn9", "046454286")}
    assert len(found) == 6
    assert None not in found


def test_pseudonym_key_is_hkdf_sha256_of_rfc_5869() -> None:
    extracted = hmac.new(b"\x00" * 32, SECRET, hashlib.sha256).digest()
    info = b"isa-gateway/pseudonym/v1\x00\x00\x00\x04ircc\x00\x00\x00\x0desdc-ircc-tfw"
    assert hmac.new(extracted, info + b"\x01", hashlib.sha256).digest() == KEY.key
    assert repr(KEY) == "PseudonymKey()"


def test_pseudonym_secret_must_be_long_enough() -> None:
    with pytest.raises(ConfigurationError):
        PseudonymKey.derive(b"short", "ircc", "a")


def test_pseudonym_shape_and_applicability() -> None:
    found = out("uci", PSEUDONYM, "0000-1234")
    assert isinstance(found, str)
    assert len(found) == 28
    assert found.startswith("p-")
    assert out("string-list", PSEUDONYM, ["a", "b"]) != out("string-list", PSEUDONYM, ["b", "a"])
    for type_code in ("boolean", "enum", "date", "integer", "text", "noc", "province"):
        assert reason(type_code, PSEUDONYM, None) == "form-not-applicable"
    assert reason("uci", PSEUDONYM, "0000-1234", RedactionContext(on=CONTEXT.on)) == "form-not-applicable"


@pytest.mark.parametrize(
    ("type_code", "value", "found"),
    [
        ("boolean", True, True),
        ("boolean", False, False),
        ("reference", "INS-1", True),
        ("integer", 0, False),
        ("integer", 3, True),
        ("decimal", "0.00", False),
        ("decimal", "0.01", True),
        ("string-list", [], False),
        ("string", "", False),
    ],
    ids=numbered(),
)
def test_exists_says_yes_or_no_and_as_of_when(type_code: str, value: JsonValue, found: bool) -> None:
    assert out(type_code, EXISTS, value) == {"exists": found, "as_of": "2026-06-15"}


@pytest.mark.parametrize(
    ("count", "rounded"), [(6, 5), (7, 5), (8, 10), (12, 10), (13, 15), (100, 100), (102, 100), (103, 105)]
)
def test_count_rounds_to_five(count: int, rounded: int) -> None:
    assert out("integer", COUNT, count) == {"count": rounded, "suppressed": False}


def test_count_suppresses_small_numbers_alike() -> None:
    assert all(out("integer", COUNT, n) == {"count": None, "suppressed": True} for n in range(6))
    assert out("string-list", COUNT, ["a"] * 9) == {"count": 10, "suppressed": False}
    assert reason("integer", COUNT, -1) == "value-does-not-fit"
    assert reason("string", COUNT, "7") == "form-not-applicable"


def test_scrub_goes_through_the_port_with_the_names_of_the_record() -> None:
    scrubber = StarScrubber()
    context = RedactionContext(on=CONTEXT.on, scrubber=scrubber, names=("Ana Exemple",))
    assert out("text", SCRUB, "Ana Exemple spoke", context) == "[NAME] spoke"
    assert out("string-list", SCRUB, ["Ana Exemple", "x"], context) == ["[NAME]", "x"]
    assert scrubber.seen == [("Ana Exemple",)] * 3


def test_a_failed_scrub_withholds() -> None:
    assert reason("text", SCRUB, "FAIL") == "scrub-failed"
    assert reason("string-list", SCRUB, ["fine", "FAIL"]) == "scrub-failed"
    assert reason("text", SCRUB, "x", RedactionContext(on=CONTEXT.on)) == "scrub-failed"
    assert reason("uci", SCRUB, "0000-1234") == "form-not-applicable"


@pytest.mark.parametrize(
    "form",
    [
        Form(cast(FormKind, "rot13")),
        Form(FormKind.MASK),
        mask(-1),
        mask(21),
        Form(FormKind.MASK, keep=3, to="year"),
        Form(FormKind.GENERALIZE),
        Form(FormKind.GENERALIZE, keep=1, to="year"),
        Form(FormKind.PLAIN, keep=3),
        Form(FormKind.SCRUB, to="year"),
    ],
)
def test_a_malformed_form_withholds(form: Form) -> None:
    assert reason("string", form, "abcdefgh") == "form-unknown"


@pytest.mark.parametrize("kind", list(FormKind))
def test_a_value_of_the_wrong_type_never_leaves_in_any_form(kind: FormKind) -> None:
    form = {"mask": mask(3), "generalize": to("year")}.get(kind.value, Form(kind))
    for type_code in ElementType:
        wrong = cast(JsonValue, 1.5)
        assert reason(type_code, form, wrong) == "value-does-not-fit"


def test_redacted_and_context_do_not_show_values() -> None:
    assert "046" not in repr(Redacted("046454286"))
    assert "Exemple" not in repr(CONTEXT)
