"""Rules for national identifiers of the workers' countries: Mexico, Guatemala, Honduras, El Salvador, Jamaica, the
Philippines, India, and United States numbers of people who worked there before.

Written for folded text. Where Presidio has a recognizer it is used (India, the Philippines, the United States). A
number whose shape is anybody's counts beside its label or with a valid check digit. Sources: CURP and RFC as issued by
RENAPO and SAT, DPI (CUI) by RENAP with its check digit modulo 11, DNI by the Honduran register.
"""

from presidio_analyzer.predefined_recognizers import (
    InAadhaarRecognizer,
    InPanRecognizer,
    InVoterRecognizer,
    PhTinRecognizer,
    PhUmidRecognizer,
    UsSsnRecognizer,
)

from gateway.adapters.scrub.borrowed import borrowed
from gateway.adapters.scrub.recognizer import Rule

NATIONAL = "NATIONAL"

_LEFT = r"(?<![A-Za-z0-9])(?<![0-9][.\-])"
_RIGHT = r"(?![A-Za-z0-9])(?![.\-][0-9])"
_S = r"[ .\-/]{0,2}"
_LABELS = (
    r"(?:curp|rfc|nss|imss|ine|ife|clave de elector|voter (?:key|card|id)|dpi|cui|nit|dui|dni|rtn|"
    r"(?:tarjeta de )?identidad|"
    r"identite|trn|nis|philsys|philid|psn|pcn|national id|sss|gsis|tin|philhealth|pag-?ibig(?: mid)?|"
    r"umid(?: crn)?|aadhaar|aadhar|"
    r"pan card|cedula|cnic|ssn|carte d'identite)"
)
_LINK = (
    r"[^A-Za-z0-9]{0,4}(?:(?:no|nr|numero|number|num|card|carte|id|key|is|was|est|es|ko|hondurien|hondurienne|hondureno|"
    r"hondurena|jamaican|jamaicain|jamaiquino|salvadoreno|guatemalteco|mexicano|vieja|viejo)\b[^A-Za-z0-9]{1,4}){0,3}"
)
_VALUE = (
    r"(?P<id>(?=[A-Z .\-/]{0,8}[0-9])(?=(?:[A-Z .\-/]{0,8}[0-9]){5})"
    r"[A-Z0-9]{1,18}(?:(?:[ \-/]{1,2}|\.)(?=[A-Z]{0,6}[0-9])[A-Z0-9]{1,12}|-[A-Z](?![A-Za-z])){0,6})"
)
_MEXICAN_STATE_AND_LETTERS = r"[HMX][ \-]?[A-Z]{5}[ \-]?[A-Z0-9][0-9]"


def dpi_valid(text: str) -> bool:
    """Whether the ninth digit of a Guatemalan CUI (13 digits) is the check digit of the first eight: their sum,
    weighted 2 to 9, modulo 11."""
    digits = [int(character) for character in text if character.isdigit()]
    if len(digits) != 13 or not any(digits):
        return False
    return sum(digit * weight for digit, weight in zip(digits[:8], range(2, 10), strict=True)) % 11 == digits[8]


MEXICO = Rule(
    NATIONAL,
    (
        (_LEFT + rf"[A-Z]{{4}}{_S}[0-9]{{6}}{_S}{_MEXICAN_STATE_AND_LETTERS}" + _RIGHT, 0.95),
        (_LEFT + r"[A-Z&]{3,4}-?[0-9]{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])-?[A-Z0-9]{3}" + _RIGHT, 0.75),
        (_LEFT + r"[A-Z]{6}[ \-]?[0-9]{8}[ \-]?[HM][ \-]?[0-9]{3}" + _RIGHT, 0.95),
    ),
)
CENTRAL_AMERICA = Rule(
    NATIONAL,
    (
        (_LEFT + r"[0-9]{4}[ \-]?[0-9]{5}[ \-]?[0-9]{4}" + _RIGHT, 0.4),
        (_LEFT + r"[0-9]{4}([ \-])[0-9]{5}\1[0-9]{4}" + _RIGHT, 0.7),
        (_LEFT + r"[01][0-9]{3}([ \-])(?:19|20)[0-9]{2}\1[0-9]{5}" + _RIGHT, 0.8),
    ),
    check=dpi_valid,
)
PHILIPPINES = Rule(
    NATIONAL,
    (
        (_LEFT + r"[0-9]{2}-[0-9]{7}-[0-9]" + _RIGHT, 0.8),
        (_LEFT + r"[0-9]{2}-[0-9]{9}-[0-9]" + _RIGHT, 0.85),
    ),
)
LABELLED = Rule(NATIONAL, ((rf"\b(?=[acdginprstuv]){_LABELS}\b{_LINK}{_VALUE}(?![A-Za-z0-9])", 0.85),))

NATIONAL_RULES = (
    MEXICO,
    CENTRAL_AMERICA,
    PHILIPPINES,
    LABELLED,
    borrowed(InAadhaarRecognizer(), NATIONAL),
    borrowed(InPanRecognizer(), NATIONAL, sure=0.4),
    borrowed(InVoterRecognizer(), NATIONAL, sure=0.3),
    borrowed(PhTinRecognizer(), NATIONAL, checked=False),
    borrowed(PhUmidRecognizer(), NATIONAL, checked=False),
    borrowed(UsSsnRecognizer(), NATIONAL, checked=False),
)
