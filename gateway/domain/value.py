"""Element types: the closed list of type codes, and whether a value fits its declared type.

Invariant: what does not fit is not disclosed in any form; nothing is converted or repaired. There are no
floats (decimals are strings), no naive times, no control characters and no bidirectional overrides. Null
fits every type. Does not decide who may see a value, and does not check that a date is plausible for its
element.
"""

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime
from enum import StrEnum

from audit.canonical import JsonValue
from gateway.domain import identifiers
from gateway.domain.element import Element


class ElementType(StrEnum):
    """Type codes of the catalogue schema."""

    STRING = "string"
    TEXT = "text"
    DATE = "date"
    DATETIME = "datetime"
    BOOLEAN = "boolean"
    INTEGER = "integer"
    DECIMAL = "decimal"
    ENUM = "enum"
    CODE = "code"
    UCI = "uci"
    SIN = "sin"
    BN9 = "bn9"
    BN15 = "bn15"
    LMIA_NUMBER = "lmia-number"
    PERMIT_NUMBER = "permit-number"
    APPLICATION_NUMBER = "application-number"
    NOC = "noc"
    POSTAL_CODE = "postal-code"
    PROVINCE = "province"
    COUNTRY = "country"
    PHONE = "phone"
    EMAIL = "email"
    ADDRESS = "address"
    PERSON_NAME = "person-name"
    STAFF_ID = "staff-id"
    REFERENCE = "reference"
    STRING_LIST = "string-list"
    URL = "url"
    HEALTH_CARD = "health-card"


MAX_INTEGER = 2**53 - 1
MAX_ITEMS = 500
OUTSIDE = "OUTSIDE"
"""Stands where a province would, for employers whose head office is outside of Canada, which published lists have."""
PROVINCES = frozenset(("AB", "BC", "MB", "NB", "NL", "NS", "NT", "NU", "ON", "PE", "QC", "SK", "YT", OUTSIDE))

_UNPRINTABLE = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]")
_UNPRINTABLE_IN_TEXT = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]"
)
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_DATETIME = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(?:\.[0-9]{1,6})?(?:Z|[+-][0-9]{2}:[0-9]{2})"
)
_DECIMAL = re.compile(r"-?(?:0|[1-9][0-9]{0,14})(?:\.[0-9]{1,6})?")
_CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9 ._/()+:&\-]{0,63}")
_NOC = re.compile(r"[0-9]{4,5}")
_POSTAL_CODE = re.compile(
    r"[ABCEGHJ-NPRSTVXY][0-9][ABCEGHJ-NPRSTV-Z][ \-]?[0-9][ABCEGHJ-NPRSTV-Z][0-9]", re.IGNORECASE | re.ASCII
)
_COUNTRY = re.compile(r"[A-Z]{2,3}")
_PHONE = re.compile(r"(?:\+?[0-9]|\()[0-9 ().\-]{5,23}(?: ?(?:x|ext\.?|poste) ?[0-9]{1,6})?")
_EMAIL = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~\-]{1,64}@[A-Za-z0-9\-]+(?:\.[A-Za-z0-9\-]+)+")
_STAFF_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._\-]{0,63}")
_URL = re.compile(r"https?://[A-Za-z0-9.\-]+(?::[0-9]{1,5})?(?:[/?#][\x21-\x7e]*)?")

Check = Callable[[JsonValue, Element], bool]


def _line(value: JsonValue, element: Element, longest: int) -> bool:
    return (
        isinstance(value, str)
        and len(value) <= min(longest, element.max_length or longest)
        and _UNPRINTABLE.search(value) is None
    )


def _block(value: JsonValue, element: Element, longest: int) -> bool:
    return (
        isinstance(value, str)
        and len(value) <= min(longest, element.max_length or longest)
        and _UNPRINTABLE_IN_TEXT.search(value) is None
    )


def _pattern(pattern: re.Pattern[str], longest: int) -> Check:
    def check(value: JsonValue, element: Element) -> bool:
        return (
            isinstance(value, str)
            and len(value) <= min(longest, element.max_length or longest)
            and pattern.fullmatch(value) is not None
            and (not element.options or value in element.options)
        )

    return check


def _canonical(parse: Callable[[str], str | None]) -> Check:
    def check(value: JsonValue, _element: Element) -> bool:
        return isinstance(value, str) and len(value) <= 64 and parse(value) is not None

    return check


def _date(value: JsonValue, _element: Element) -> bool:
    if not isinstance(value, str) or _DATE.fullmatch(value) is None:
        return False
    try:
        date.fromisoformat(value)
    except ValueError:
        return False
    return True


def _datetime(value: JsonValue, _element: Element) -> bool:
    if not isinstance(value, str) or _DATETIME.fullmatch(value) is None:
        return False
    try:
        datetime.fromisoformat(value)
    except ValueError:
        return False
    return True


def _boolean(value: JsonValue, _element: Element) -> bool:
    return isinstance(value, bool)


def _integer(value: JsonValue, _element: Element) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and abs(value) <= MAX_INTEGER


def _enum(value: JsonValue, element: Element) -> bool:
    return isinstance(value, str) and value in element.options


def _province(value: JsonValue, element: Element) -> bool:
    return isinstance(value, str) and value in (element.options or PROVINCES)


def _phone(value: JsonValue, _element: Element) -> bool:
    if not isinstance(value, str) or _PHONE.fullmatch(value) is None:
        return False
    return 7 <= sum(character.isdigit() for character in value) <= 21


def _person_name(value: JsonValue, element: Element) -> bool:
    return _line(value, element, 200) and isinstance(value, str) and any(map(str.isalpha, value))


def _string(value: JsonValue, element: Element) -> bool:
    return _line(value, element, 1_000) and (not element.options or value in element.options)


def _string_list(value: JsonValue, element: Element) -> bool:
    return (
        isinstance(value, list | tuple)
        and len(value) <= MAX_ITEMS
        and all(isinstance(item, str) and _string(item, element) for item in value)
    )


_CHECKS: Mapping[str, Check] = {
    ElementType.STRING: _string,
    ElementType.TEXT: lambda value, element: _block(value, element, 100_000),
    ElementType.DATE: _date,
    ElementType.DATETIME: _datetime,
    ElementType.BOOLEAN: _boolean,
    ElementType.INTEGER: _integer,
    ElementType.DECIMAL: _pattern(_DECIMAL, 24),
    ElementType.ENUM: _enum,
    ElementType.CODE: _pattern(_CODE, 64),
    ElementType.UCI: _canonical(identifiers.canonical_uci),
    ElementType.SIN: _canonical(identifiers.canonical_sin),
    ElementType.BN9: _canonical(identifiers.canonical_bn9),
    ElementType.BN15: _canonical(identifiers.canonical_bn15),
    ElementType.LMIA_NUMBER: _canonical(identifiers.canonical_lmia_number),
    ElementType.NOC: _pattern(_NOC, 5),
    ElementType.POSTAL_CODE: _pattern(_POSTAL_CODE, 7),
    ElementType.PROVINCE: _province,
    ElementType.COUNTRY: _pattern(_COUNTRY, 3),
    ElementType.PHONE: _phone,
    ElementType.EMAIL: _pattern(_EMAIL, 254),
    ElementType.ADDRESS: lambda value, element: _block(value, element, 500),
    ElementType.PERSON_NAME: _person_name,
    ElementType.STAFF_ID: _pattern(_STAFF_ID, 64),
    ElementType.REFERENCE: _canonical(identifiers.canonical_reference),
    ElementType.STRING_LIST: _string_list,
    ElementType.URL: _pattern(_URL, 2_048),
    ElementType.HEALTH_CARD: _canonical(identifiers.canonical_health_card),
}


def fits(
    value: JsonValue, element: Element, patterns: identifiers.NumberPatterns = identifiers.DEFAULT_PATTERNS
) -> bool:
    """Whether `value` is null or a value of the element's declared type; False for a type code not in the
    list.

    `patterns` says what permit and application numbers look like."""
    if value is None:
        return True
    check = _CHECKS.get(element.type)
    if check is not None:
        return check(value, element)
    if element.type == ElementType.PERMIT_NUMBER:
        return isinstance(value, str) and identifiers.canonical_number(value, patterns.permit) is not None
    if element.type == ElementType.APPLICATION_NUMBER:
        return isinstance(value, str) and identifiers.canonical_number(value, patterns.application) is not None
    return False
