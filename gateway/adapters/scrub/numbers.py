"""Rules for identifiers made of digits and letters, in the spellings people use.

Written for folded text: any dash is `-`, any space is ` `, accents are gone. Groups may be separated by a
space, a dot, a dash, a slash or a line break. A run of seven or more digits that no rule knows is replaced
too, unless it is an amount of money: nothing in an interview note needs it, and most of them are someone's
number. Sources: as gateway.domain.identifiers; provincial health numbers; ICAO Doc 9303 for the passports
seen most.
"""

import re

from gateway.adapters.scrub.recognizer import NEEDS_CONTEXT, Rule
from gateway.domain.identifiers import luhn_valid

_S = r"[ \t.\-/_]{0,2}\n?[ \t]{0,2}"
_LEFT = r"(?<![0-9])(?<![0-9][.\-])(?<!\$)(?<!\$ )"
_RIGHT = r"(?![0-9])(?![.\-][0-9])(?! ?(?:\$|dollars?\b|cad\b))"
_WORD_LEFT = r"(?<![A-Za-z0-9])"
_WORD_RIGHT = r"(?![A-Za-z0-9])"
_DIGITS = re.compile(r"[^0-9]")


def _groups(*sizes: int) -> str:
    return _S.join(f"[0-9]{{{size}}}" for size in sizes)


def _loose(count: int) -> str:
    """`count` digits with up to three separators between any two, but not a full stop and a blank."""
    return rf"[0-9](?:(?:[ \-/\n]{{0,3}}|\.)[0-9]){{{count - 1}}}"


def _labelled(labels: str, *counts: int) -> str:
    """That many digits, in whatever punctuation, straight behind a label."""
    digits = "|".join(rf"[0-9](?:[^A-Za-z0-9]{{0,3}}[0-9]){{{count - 1}}}(?![0-9])" for count in counts)
    number_word = r"(?:(?:no|nr|number|numero|num|file|n|is|est)[^A-Za-z0-9]{1,4}){0,2}"
    return rf"\b(?:{labels})[^A-Za-z0-9]{{0,4}}{number_word}(?P<id>{digits})"


def digits_of(text: str) -> str:
    return _DIGITS.sub("", text)


_DIGIT_LIKE = str.maketrans("OoQlI|", "000111")


def _checked(text: str) -> bool:
    digits = digits_of(text.translate(_DIGIT_LIKE))
    return len(digits) in (9, 10) and luhn_valid(digits) and digits.strip("0") != ""


def _years(text: str) -> bool:
    """Two calendar years side by side are a period, not an identifier."""
    return re.fullmatch(r"(?:19|20)[0-9]{2}[^0-9]+(?:19|20)[0-9]{2}", text) is not None


_ANYWHERE = (
    r"(?<![0-9])(?=[0-9OoQlI|])(?=[^0-9]{0,24}(?:[0-9][^0-9]{0,5}){5})"
    r"[0-9OoQlI|](?:[^A-Za-z0-9]{0,3}[0-9OoQlI|]){8}(?![0-9])"
)
"""Nine digits, or letters written for them, in any punctuation and beside anything, an amount too: counts only with a
valid check digit."""


def _in_usual_groups(text: str) -> bool:
    digits = re.sub(r"[^0-9]+", " ", text.translate(_DIGIT_LIKE))
    return re.fullmatch(r"[0-9]{3} ?[0-9]{3} ?[0-9]{3}|[0-9]{3} [0-9]{2} [0-9]{4}", digits) is not None


SIN = Rule(
    "SIN",
    (
        (_LEFT + _groups(3, 3, 3) + _RIGHT, NEEDS_CONTEXT),
        (_LEFT + r"[0-9]{3}([ .\-])[0-9]{3}\1[0-9]{3}" + _RIGHT, 0.55),
        (_LEFT + _loose(9) + _RIGHT, 0.25),
        (_ANYWHERE, 0.25),
        (_labelled(r"S\.?I\.?N|N\.?A\.?S", 9, 10, 8, 7), 0.9),
    ),
    context=("sin", "sins", "nas", "insurance", "assurance"),
    check=lambda text: _checked(text) and _in_usual_groups(text),
)
_PROGRAM = r"(?:R[CDEMNPRTZ]|SL|SP)"
BN = Rule(
    "BN",
    (
        (_LEFT + _loose(9) + _S + _PROGRAM + _S + r"[0-9]{4}(?![0-9])", 0.95),
        (_LEFT + _groups(5, 4) + _RIGHT, NEEDS_CONTEXT),
        (_LEFT + _loose(9) + _RIGHT, NEEDS_CONTEXT),
    ),
    context=("bn", "bn9", "bn15", "ne", "business", "entreprise", "payroll", "cra", "arc", "gst", "tps"),
    check=lambda text: _checked(text) and re.fullmatch(r"[0-9]{5}\D{1,3}[0-9]{4}", text) is not None,
)
_NOT_HOURS = r"(?!(?:[01][0-9]|2[0-3])[0-5][05]-(?:[01][0-9]|2[0-4])[0-5][05](?![0-9]))"
"""A shift on the 24-hour clock, "0530-1400", has the shape of a UCI; beside its label a UCI counts all the same."""
UCI = Rule(
    "UCI",
    (
        (_LEFT + r"[0-9]{2}[ \-][0-9]{4}[ \-][0-9]{4}" + _RIGHT, 0.8),
        (_LEFT + _NOT_HOURS + r"[0-9]{4}-[0-9]{4}" + _RIGHT, 0.55),
        (_LEFT + _loose(8) + _RIGHT, NEEDS_CONTEXT),
        (_LEFT + _loose(10) + _RIGHT, NEEDS_CONTEXT),
        (_labelled("UCI|IUC", 10, 8), 0.9),
    ),
    context=("uci", "iuc", "ucis", "client", "unique", "gcms", "smgc", "id"),
    reject=_years,
)
LMIA = Rule(
    "LMIA",
    ((_LEFT + _loose(7) + _RIGHT, NEEDS_CONTEXT), (_labelled("LMIA|EIMT", 7), 0.8)),
    context=("lmia", "lmias", "eimt", "system", "systeme", "file", "dossier"),
)
PERMIT = Rule(
    "PERMIT",
    ((r"(?<![A-Za-z0-9.])(?:[A-Z]|(?-i:[A-Z])[ \-]|[UW][ \-])" + _loose(9) + r"(?![0-9A-Za-z])", 0.9),),
)
PASSPORT = Rule(
    "PASSPORT",
    (
        (_WORD_LEFT + r"(?:[A-Z]{2}|(?-i:[A-Z]{2})[ \-])[0-9]{6,7}" + _WORD_RIGHT, 0.55),
        (_WORD_LEFT + r"(?:[A-Z]|(?-i:[A-Z])[ \-])[0-9]{7,8}[A-Z]?" + _WORD_RIGHT, 0.55),
        (_WORD_LEFT + r"(?=[A-Z0-9\-]{0,6}[0-9]{3})[A-Z0-9][A-Z0-9\-]{4,11}[A-Z0-9]" + _WORD_RIGHT, NEEDS_CONTEXT),
        (
            r"\b(?:passport|passeport|pasaporte)s?[^A-Za-z0-9]{0,4}(?:n\u00b0 ?)?(?:(?:no|nr|numero|number|num|"
            r"is|est|es)\b"
            r"[^A-Za-z0-9]{1,4}){0,2}(?P<id>[A-Z]{0,2}[ \-]?[0-9](?:[ .\-]?[0-9]){5,9}[A-Z]?)" + _WORD_RIGHT,
            0.85,
        ),
    ),
    context=(
        "passport",
        "passports",
        "passeport",
        "passeports",
        "travel",
        "voyage",
        "pasaporte",
        "pasaportes",
        "pasaporte",
    ),
    reject=lambda text: re.fullmatch(r"[12][0-9]{3}(?:-[0-9]{2}){0,2}", text) is not None,
)
_HEALTH_CONTEXT = (
    "health", "sante", "ohip", "ramq", "phn", "msp", "ahcip", "maladie", "medicare", "medical", "hcn",
)  # fmt: skip
HEALTH = Rule(
    "HEALTH",
    (
        (_WORD_LEFT + r"(?:[A-Z]{4}|(?-i:[A-Z]{4})" + _S + r")[0-9]{4}" + _S + r"[0-9]{4}" + _WORD_RIGHT, 0.9),
        (_LEFT + _groups(4, 3, 3) + r"(?:[ \-]?(?-i:[A-Z]{2}))?" + _WORD_RIGHT, NEEDS_CONTEXT),
        (_LEFT + r"[0-9]{4}([ \-])[0-9]{3}\1[0-9]{3}(?:[ \-]?(?-i:[A-Z]{2}))?" + _WORD_RIGHT, 0.6),
        (_LEFT + _loose(8) + r"(?:[ .\-/\n]?[0-9]){0,4}(?:[ \-]?(?-i:[A-Z]{2}))?" + _WORD_RIGHT, NEEDS_CONTEXT),
    ),
    context=_HEALTH_CONTEXT,
    check=lambda text: len(digits_of(text)) == 10 and _checked(text),
    reject=_years,
)
STAFF = Rule(
    "STAFF",
    (
        (
            r"\b(?:staff|officer|badge|matricule|employee|employe|employee's|inspector|inspecteur|inspectrice|agent|agente|"
            r"investigator|enqueteur|enqueteuse|user|empleado|empleada|oficial|agente|"
            r"funcionario)(?:[ \-]?(?:id|no|nr|number|numero|num|code|badge|d'agent|"
            r"d'employe|matricule))?[ .:#°º\-]{0,4}(?:is |est |le )?"
            r"(?P<id>(?=[A-Za-z\-_.]{0,12}[0-9]{2})[A-Za-z0-9][A-Za-z0-9\-_.]{2,18}[A-Za-z0-9])" + _WORD_RIGHT,
            0.8,
        ),
        (_WORD_LEFT + r"(?:ISB|POB|SEB|DGSI|ESDC|EDSC|IRCC|CBSA|ASFC)[\-_ ][0-9]{3,8}" + _WORD_RIGHT, 0.8),
    ),
)
REFERENCE = Rule(
    "REFERENCE",
    (
        (
            r"\b(?:member|membre|client|cams|sams|case|cas|file|dossier|participant|reference|ref|expediente|caso|folio)"
            r"(?:[ \-]?(?:id|no|nr|number|numero|num|code|reference|ref))?[ .:#°º\-]{0,4}(?:is |est )?"
            r"(?P<id>(?=[A-Za-z\-_./]{0,12}[0-9])(?=(?:[A-Za-z\-_./]{0,12}[0-9]){4})"
            r"[A-Za-z0-9][A-Za-z0-9\-_./]{2,30}[A-Za-z0-9])" + _WORD_RIGHT,
            0.7,
        ),
        (_WORD_LEFT + r"(?:ICMS|CaMS|SAMS|GCMS|SMGC|INS|WPC|TIP)-[0-9A-Z]{2,10}(?:-[0-9A-Z]{1,10}){0,3}", 0.8),
    ),
    reject=lambda text: re.fullmatch(r"(?:19|20)[0-9]{2}(?:[\-/](?:19|20)?[0-9]{2}){0,2}", text) is not None,
)
NUMBER = Rule(
    "NUMBER",
    (
        (r"(?<![0-9$])(?<!\$ )(?<![0-9][.,])[0-9]{7,}(?![0-9])(?! ?(?:\$|dollars?\b|cad\b))", 0.5),
        (_LEFT + r"[0-9]{4}([ \-])[0-9]{4}\1[0-9]{4}\1[0-9]{4}" + _RIGHT, 0.7),
        (_WORD_LEFT + r"[A-Z][0-9]{4}[ \-]?[0-9]{5}[ \-]?[0-9]{5}" + _WORD_RIGHT, 0.8),
        (r"(?<![0-9])[0-9](?:[ .,:/\-]{0,2}[0-9]){12,18}(?![0-9])", NEEDS_CONTEXT),
        (r"(?<![0-9])3[0-9]{3}[ .\-]?[0-9]{6}[ .\-]?[0-9]{5}(?![0-9])", 0.6),
    ),
    check=lambda text: 13 <= len(digits_of(text)) <= 19 and luhn_valid(digits_of(text)),
)

NUMBER_RULES = (SIN, BN, UCI, LMIA, PERMIT, PASSPORT, HEALTH, STAFF, REFERENCE, NUMBER)
