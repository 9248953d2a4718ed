"""Identifier values: one canonical spelling per scheme, and the check digits.

Invariant: two spellings of the same number give the same canonical value, and nothing but ASCII digits,
letters and the separators people use gets through (other scripts' digits, zero-width and exotic spaces are
refused, so that a value cannot look like one identifier and be another). Errors name the scheme, never the
value. Does not know whether an identifier exists or was ever issued; the sandbox flag only decides on
never-issued SINs. Sources: DOMAIN.md "Systems that hold the records"; CRA Business Number (Luhn over nine
digits, program identifier and four-digit reference); Ontario health card (ten digits, version code) and RAMQ
number (four letters, eight digits).
"""

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from gateway.domain.errors import GatewayError

MAX_RAW_LENGTH = 200


class IdentifierError(GatewayError):
    """A value is not a well-formed identifier of its scheme, which is a known one. Never holds the value."""

    code = "malformed-identifier"

    def __init__(self, scheme: str) -> None:
        super().__init__(f"the value is not {SHAPES.get(scheme, f'of the form that the scheme {scheme} has')}")
        self.scheme = scheme


class UnknownSchemeError(IdentifierError):
    """No scheme has this name, which is not repeated; `known` are all there are."""

    def __init__(self, known: Iterable[str]) -> None:
        super().__init__("unknown")
        self.args = (f"scheme: there is none of this name; write one of {', '.join(sorted(known))}",)


@dataclass(frozen=True, slots=True)
class NumberPatterns:
    """Regular expressions (upper case, whole value) of numbers whose issuer may change their shape."""

    permit: str = r"[A-Z][0-9]{9}"
    application: str = r"[A-Z][0-9]{9}"


DEFAULT_PATTERNS = NumberPatterns()

_SPACED = re.compile(r"[ .\-]")
_SIN = re.compile(r"[0-9]{9}|[0-9]{3}([ .\-])[0-9]{3}\1[0-9]{3}")
_BN9 = re.compile(r"[0-9]{9}|[0-9]{5}[ \-][0-9]{4}|[0-9]{3}([ \-])[0-9]{3}\1[0-9]{3}")
_BN15 = re.compile(r"([0-9 \-]{9,11}?)[ \-]?(R[CDEMNPRTZ]|S[LP])[ \-]?([0-9]{4})")
_UCI8 = re.compile(r"([0-9]{4})[ \-]?([0-9]{4})")
_UCI10 = re.compile(r"([0-9]{2})[ \-]?([0-9]{4})[ \-]?([0-9]{4})")
_LMIA = re.compile(r"[0-9]{7}")
_OHIP = re.compile(r"([0-9]{4})[ \-]?([0-9]{3})[ \-]?([0-9]{3})(?:[ \-]?([A-Z]{2}))?")
_RAMQ = re.compile(r"([A-Z]{4})[ \-]?([0-9]{4})[ \-]?([0-9]{4})")
_REFERENCE = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9._/:\-]{0,62}[A-Za-z0-9])?")
_NAME_CATEGORIES = frozenset(
    {"Lu", "Ll", "Lt", "Lm", "Lo", "Mn", "Mc", "Pd", "Ps", "Pe", "Pi", "Pf", "Po", "Sm", "Sc", "So"}
)


def luhn_valid(digits: str) -> bool:
    """Whether the last of these ASCII digits is the Luhn check digit (ISO/IEC 7812-1 Annex B) of the
    others."""
    total = 0
    for position, digit in enumerate(reversed(digits)):
        number = ord(digit) - 48
        if position % 2:
            number = number * 2 - 9 if number > 4 else number * 2
        total += number
    return total % 10 == 0


def canonical_sin(raw: str) -> str | None:
    """Nine digits, Luhn-valid; also grouped by three. Includes numbers never issued (first digit 0 or 8)."""
    if _SIN.fullmatch(raw) is None:
        return None
    digits = _SPACED.sub("", raw)
    return digits if luhn_valid(digits) and digits != "000000000" else None


def canonical_bn9(raw: str) -> str | None:
    if _BN9.fullmatch(raw) is None:
        return None
    digits = _SPACED.sub("", raw)
    return digits if luhn_valid(digits) and digits != "000000000" else None


def canonical_bn15(raw: str) -> str | None:
    """Nine digits, program identifier, four-digit reference, for example `123456782RP0001`."""
    match = _BN15.fullmatch(raw.upper())
    if match is None:
        return None
    root = canonical_bn9(match[1].strip(" -"))
    return None if root is None else f"{root}{match[2]}{match[3]}"


def canonical_uci(raw: str) -> str | None:
    """`0000-0000` or `00-0000-0000`."""
    if match := _UCI8.fullmatch(raw):
        return f"{match[1]}-{match[2]}"
    if match := _UCI10.fullmatch(raw):
        return f"{match[1]}-{match[2]}-{match[3]}"
    return None


def canonical_lmia_number(raw: str) -> str | None:
    return raw if _LMIA.fullmatch(raw) else None


def canonical_health_card(raw: str) -> str | None:
    """Ontario (ten digits, Luhn-checked, optional version letters) or Quebec (four letters, eight digits)."""
    upper = raw.upper()
    if match := _OHIP.fullmatch(upper):
        digits = match[1] + match[2] + match[3]
        return digits + (match[4] or "") if luhn_valid(digits) and digits != "0000000000" else None
    if match := _RAMQ.fullmatch(upper):
        return match[1] + match[2] + match[3]
    return None


def canonical_number(raw: str, pattern: str) -> str | None:
    """A permit or application number: upper case, single spaces and dashes between its parts dropped."""
    value = re.sub(r"(?<=[A-Za-z0-9])[ \-](?=[A-Za-z0-9])", "", raw).upper()
    return value if value.isascii() and re.fullmatch(pattern, value) else None


def canonical_reference(raw: str) -> str | None:
    """A system's own reference; its case may matter there, so it is kept."""
    return raw if _REFERENCE.fullmatch(raw) else None


def canonical_employer_name(raw: str) -> str | None:
    """NFC with single spaces; letters of any script, ASCII digits, punctuation. Case is kept."""
    name = " ".join(part for part in unicodedata.normalize("NFC", raw).split(" ") if part)
    if not name or not any(character.isalnum() for character in name):
        return None
    for character in name:
        if not (" " <= character <= "~" or unicodedata.category(character) in _NAME_CATEGORIES):
            return None
    return name


def _permit(raw: str, patterns: NumberPatterns) -> str | None:
    return canonical_number(raw, patterns.permit)


def _application(raw: str, patterns: NumberPatterns) -> str | None:
    return canonical_number(raw, patterns.application)


def _plain(parse: Callable[[str], str | None]) -> Callable[[str, NumberPatterns], str | None]:
    return lambda raw, _patterns: parse(raw)


SCHEMES: Mapping[str, Callable[[str, NumberPatterns], str | None]] = {
    "lmia-system-file-number": _plain(canonical_lmia_number),
    "uci": _plain(canonical_uci),
    "sin": _plain(canonical_sin),
    "bn9": _plain(canonical_bn9),
    "bn15": _plain(canonical_bn15),
    "permit-number": _permit,
    "application-number": _application,
    "employer-name": _plain(canonical_employer_name),
    "case-id": _plain(canonical_reference),
    "inspection-id": _plain(canonical_reference),
    "cams-person-reference": _plain(canonical_reference),
    "sams-member-id": _plain(canonical_reference),
    "client-reference": _plain(canonical_reference),
    "entry-id": _plain(canonical_reference),
}
"""Identifier schemes of the catalogue and how each is parsed."""


_REFERENCE_SHAPE = "a reference (letters, digits and . _ / : - between them, 64 at most)"
SHAPES: Mapping[str, str] = {
    "lmia-system-file-number": "an LMIA system file number (7 digits)",
    "uci": "a UCI (0000-0000 or 00-0000-0000)",
    "sin": "a SIN (9 digits, the last a check digit; one that begins with 0 or 8 was never issued)",
    "bn9": "a business number (9 digits, the last a check digit)",
    "bn15": "a program account number (business number, two letters, 4 digits: 000000000RP0000)",
    "permit-number": "a permit number (a letter and 9 digits)",
    "application-number": "an application number (a letter and 9 digits)",
    "employer-name": "the name of an employer (letters, digits, punctuation, 200 at most)",
    "case-id": _REFERENCE_SHAPE,
    "inspection-id": _REFERENCE_SHAPE,
    "cams-person-reference": _REFERENCE_SHAPE,
    "sams-member-id": _REFERENCE_SHAPE,
    "client-reference": _REFERENCE_SHAPE,
    "entry-id": _REFERENCE_SHAPE,
}
"""What a value of each scheme looks like, for whoever typed another."""


@dataclass(frozen=True, slots=True)
class DeclaredScheme:
    """A scheme that a deployment declares in `identifier_schemes.yaml` and this module does not know: what a value
    looks like as written, and how its spellings are made one."""

    pattern: re.Pattern[str]
    normalize: str

    def parse(self, raw: str) -> str | None:
        """The canonical spelling, or None; nothing but what can be printed gets through."""
        if self.pattern.fullmatch(raw) is None or not raw.isprintable():
            return None
        return _NORMALIZE[self.normalize](raw) or None


_NORMALIZE: Mapping[str, Callable[[str], str]] = {
    "digits": lambda raw: re.sub(r"[^0-9]", "", raw),
    "upper": str.upper,
    "upper-alphanumeric": lambda raw: re.sub(r"[^A-Z0-9]", "", raw.upper()),
    "casefold-spaces": lambda raw: " ".join(raw.casefold().split()),
    "none": str,
}
_NONE_DECLARED: Mapping[str, DeclaredScheme] = {}


def normalise(
    scheme: str,
    raw: str,
    *,
    sandbox: bool = False,
    patterns: NumberPatterns = DEFAULT_PATTERNS,
    declared: Mapping[str, DeclaredScheme] = _NONE_DECLARED,
) -> str:
    """The canonical spelling of an identifier; ASCII spaces around it are ignored.

    A SIN beginning with 0 or 8 was never issued to a person and is accepted only with `sandbox`. `declared` are the
    schemes of the deployment; they add to those known here and replace none.
    Raises UnknownSchemeError, IdentifierError for a malformed value.
    """
    if scheme not in SCHEMES and scheme not in declared:
        raise UnknownSchemeError({*SCHEMES, *declared})
    if len(raw) > MAX_RAW_LENGTH:
        raise IdentifierError(scheme)
    parse = SCHEMES.get(scheme)
    if parse is None:
        other = declared.get(scheme)
        found = None if other is None else other.parse(raw.strip(" "))
        if found is None:
            raise IdentifierError(scheme)
        return found
    value = parse(raw.strip(" "), patterns)
    if value is None or (scheme == "sin" and not sandbox and value[0] in "08"):
        raise IdentifierError(scheme)
    return value
