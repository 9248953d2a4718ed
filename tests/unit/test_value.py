"""What fits a declared element type and, mostly, what does not."""

from itertools import count

import pytest

from audit.canonical import JsonValue
from gateway.adapters.sources.load.places import NAMES
from gateway.domain.element import Element, Sensitivity
from gateway.domain.identifiers import NumberPatterns
from gateway.domain.value import MAX_INTEGER, ElementType, fits


def element(type_code: str, *, options: tuple[str, ...] = (), max_length: int | None = None) -> Element:
    return Element("e", type_code, Sensitivity.OPERATIONAL, "E", "E", "federal", options, max_length)


GOOD: list[tuple[str, JsonValue]] = [
    ("string", "Ferme Exemple inc."),
    ("text", "first line\nsecond\tline"),
    ("date", "2024-02-29"),
    ("datetime", "2024-02-29T23:59:59Z"),
    ("datetime", "2024-02-29T23:59:59.123456-05:00"),
    ("boolean", False),
    ("integer", -3),
    ("decimal", "-12.50"),
    ("decimal", "0"),
    ("code", "R207.1(1)/A72"),
    ("uci", "0000-1234"),
    ("uci", "00-0000-1234"),
    ("uci", "0000001234"),
    ("sin", "046454286"),
    ("sin", "046 454 286"),
    ("bn9", "000000018"),
    ("bn15", "000000018RP0001"),
    ("bn15", "00000 0018 rp 0001"),
    ("lmia-number", "0123456"),
    ("permit-number", "U123456789"),
    ("application-number", "W123456789"),
    ("noc", "8432"),
    ("noc", "85100"),
    ("postal-code", "K1A 0B1"),
    ("postal-code", "k1a0b1"),
    ("province", "QC"),
    ("country", "MEX"),
    ("phone", "+52 55 5555 0100"),
    ("phone", "(613) 555-0100 x 12"),
    ("email", "worker@example.org"),
    ("address", "1 Example Rd\nSampleville"),
    ("person-name", "Zoë Exemple-Échantillon"),
    ("staff-id", "jdoe.42"),
    ("reference", "ICMS-2024-000001"),
    ("string-list", ["a", "b"]),
    ("string-list", []),
    ("url", "https://example.org/a?b=c"),
    ("health-card", "0123456782"),
    ("health-card", "0123-456-782-AB"),
    ("health-card", "EXAM 0101 0112"),
]

BAD: list[tuple[str, JsonValue]] = [
    ("string", 3),
    ("string", "line\nbreak"),
    ("string", "nul\x00"),
    ("string", "over\u202eride"),
    ("string", "lone\ud800"),
    ("string", "x" * 1_001),
    ("text", "bell\x07"),
    ("text", "x" * 100_001),
    ("date", "2023-02-29"),
    ("date", "20240229"),
    ("date", "2024-2-9"),
    ("date", "２０２４-02-09"),
    ("date", "2024-02-09T00:00:00Z"),
    ("datetime", "2024-02-29T23:59:59"),
    ("datetime", "2024-02-29 23:59:59Z"),
    ("datetime", "2024-02-29T24:01:00Z"),
    ("boolean", 1),
    ("boolean", "true"),
    ("integer", True),
    ("integer", "3"),
    ("integer", MAX_INTEGER + 1),
    ("decimal", "1e5"),
    ("decimal", "01"),
    ("decimal", "NaN"),
    ("decimal", 5),
    ("enum", "x"),
    ("code", "a;b"),
    ("uci", "000-01234"),
    ("uci", "0000_1234"),
    ("sin", "046454287"),
    ("sin", "000000000"),
    ("sin", "04 6454 286"),
    ("sin", "٠٤٦٤٥٤٢٨٦"),
    ("bn9", "000000019"),
    ("bn15", "000000018XX0001"),
    ("bn15", "000000018RP001"),
    ("lmia-number", "A123456"),
    ("lmia-number", "12345678"),
    ("permit-number", "1234567890"),
    ("noc", "851000"),
    ("postal-code", "D1A 0B1"),
    ("postal-code", "K1O 0B1"),
    ("postal-code", "W1A 0B1"),
    ("province", "XX"),
    ("country", "Mexico"),
    ("phone", "12"),
    ("phone", "613-555-0100 call"),
    ("email", "worker@localhost"),
    ("email", "a b@example.org"),
    ("person-name", "12345"),
    ("staff-id", "j doe"),
    ("reference", "-x"),
    ("string-list", "a"),
    ("string-list", ["a", 1]),
    ("string-list", ["a"] * 501),
    ("url", "javascript:alert(1)"),
    ("url", "https://user:pass@example.org/"),
    ("health-card", "0123456789"),
    ("unheard-of", "x"),
]


@pytest.mark.parametrize(("type_code", "value"), GOOD, ids=count())
def test_fits(type_code: str, value: JsonValue) -> None:
    assert fits(value, element(type_code))


@pytest.mark.parametrize(("type_code", "value"), BAD, ids=count())
def test_does_not_fit(type_code: str, value: JsonValue) -> None:
    assert not fits(value, element(type_code))


def test_null_fits_every_type() -> None:
    assert all(fits(None, element(type_code)) for type_code in ElementType)


def test_every_type_is_exercised() -> None:
    assert {type_code for type_code, _ in GOOD} | {"enum"} == set(ElementType)


@pytest.mark.parametrize("value", [1.5, {"a": 1}, b"x", object()])
def test_floats_and_objects_fit_nothing(value: object) -> None:
    options = ("x",)
    assert not any(fits(value, element(type_code, options=options)) for type_code in ElementType)  # type: ignore[arg-type]


def test_options_close_the_list() -> None:
    assert fits("Confirmed", element("enum", options=("Confirmed", "Refused")))
    assert not fits("confirmed", element("enum", options=("Confirmed", "Refused")))
    assert not fits("VWOWP", element("code", options=("20",)))
    assert fits(["EN"], element("string-list", options=("EN", "FR")))
    assert not fits(["EN", "ES"], element("string-list", options=("EN", "FR")))
    assert fits("Ontario", element("province", options=("Ontario",)))


def test_declared_length_narrows() -> None:
    assert fits("abc", element("string", max_length=3))
    assert not fits("abcd", element("string", max_length=3))
    assert not fits("abcd", element("text", max_length=3))


def test_number_patterns_are_a_parameter() -> None:
    other = NumberPatterns(permit=r"WP[0-9]{4}", application=r"[0-9]{6}")
    assert fits("wp-1234", element("permit-number"), other)
    assert not fits("U123456789", element("permit-number"), other)
    assert fits("123456", element("application-number"), other)


def test_what_the_loader_calls_a_province_can_be_disclosed() -> None:
    held = Element("province", "province", Sensitivity.OPERATIONAL, "Province", "Province", "desda")
    assert all(fits(code, held) for code in NAMES)
