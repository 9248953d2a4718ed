"""Numbers by closed patterns: exactly, or not at all."""

import pytest

from gateway.adapters.sources.load.numerals import Locale, decimal, integer

NEVER = [
    "", " ", "1e400", "1E5", "0x10", "١٢", "１２", "1_000", "+5", "(5)", "$5", "5$", "5 %", "%5", "NaN", "Infinity",
    "-", "--5", "5-", "−5", "1.", ".5", ",5", "1..2", "1.2.3", "1,23,456", "12,34", "1 23", "007", "00", "9" * 400,
    "1,,000", "1.234,56", "1'234", "½", "²", "five", "5 5 5", "0b1", "1/2", "5²", "1,0000", "1 0000",
]  # fmt: skip


@pytest.mark.parametrize("locale", ["en", "fr"])
@pytest.mark.parametrize("cell", NEVER)
def test_what_is_no_number_in_either_locale(cell: str, locale: Locale) -> None:
    assert integer(cell, locale) is None
    if cell not in ("12,34", "1,0000"):
        assert decimal(cell, locale) is None


@pytest.mark.parametrize(
    ("cell", "english", "french"),
    [
        ("18,57", None, "18.57"),
        ("18.57", "18.57", None),
        ("1,234.56", "1234.56", None),
        ("1 234,56", None, "1234.56"),
        ("1,234", "1234", "1.234"),
        ("1 234", None, "1234"),
        ("-5", "-5", "-5"),
        ("0", "0", "0"),
        ("0.50", "0.50", None),
        ("12345678", "12345678", "12345678"),
        ("1,234,567.000000001", "1234567.000000001", None),
    ],
)
def test_decimals_follow_the_locale(cell: str, english: str | None, french: str | None) -> None:
    assert (decimal(cell, "en"), decimal(cell, "fr")) == (english, french)


@pytest.mark.parametrize(
    ("cell", "english", "french"),
    [
        ("1,234", 1234, None),
        ("1 234", None, 1234),
        ("5.0", 5, None),
        ("5,0", None, 5),
        ("5.5", None, None),
        ("5,000", 5000, None),
        ("9007199254740991", None, None),
        ("9,007,199,254,740", 9007199254740, None),
    ],
)
def test_whole_numbers_follow_the_locale(cell: str, english: int | None, french: int | None) -> None:
    assert (integer(cell, "en"), integer(cell, "fr")) == (english, french)


def test_a_workbooks_number_has_no_locale() -> None:
    assert decimal("18.57", "fr", typed=True) == "18.57"
    assert integer("5.0", "fr", typed=True) == 5
    assert integer("1e5", "en", typed=True) is None
