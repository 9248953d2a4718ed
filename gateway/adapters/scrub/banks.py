"""Rules for bank numbers: accounts, Canadian transit numbers, CLABE, IBAN, SWIFT, IFSC and money transfers.

Written for folded text. Formats and check digits of IBAN are Presidio's; its pattern would
take the next word of the sentence along. Payment cards are `[NUMBER]` (numbers.py). Sources: Payments
Canada for transit and institution numbers (00000-000), Banxico for the check digit of the CLABE, ISO 9362 for the BIC.
"""

from presidio_analyzer.predefined_recognizers import IbanRecognizer

from gateway.adapters.scrub.borrowed import check_of
from gateway.adapters.scrub.recognizer import NEEDS_CONTEXT, Rule

BANK = "BANK"

_LEFT = r"(?<![A-Za-z0-9$])(?<![0-9][.,\-])(?<!\$ )"
_RIGHT = r"(?![A-Za-z0-9])(?![.,\-][0-9])(?! ?(?:\$|%|dollars?\b|cad\b))"
_LINK = (
    r"[^A-Za-z0-9$]{0,4}(?:n\u00b0 ?)?(?:(?:no|nr|numero|number|num|is|est|es|de|la|ko|sa|bangko|bancaria|"
    r"bancaire|bank|interbancaria|code)\b"
    r"[^A-Za-z0-9$]{1,4}){0,3}"
)
_CLABE_WEIGHTS = (3, 7, 1)


def clabe_valid(text: str) -> bool:
    """Whether the last of 18 digits is the check digit of a Mexican CLABE."""
    digits = [int(character) for character in text if character.isdigit()]
    if len(digits) != 18 or not any(digits):
        return False
    total = sum(digit * _CLABE_WEIGHTS[place % 3] % 10 for place, digit in enumerate(digits[:17]))
    return -total % 10 == digits[17]


def _labelled(labels: str, fewest: int, most: int) -> str:
    """That many digits, perhaps in groups, behind one of the labels."""
    return rf"\b(?:{labels})\b{_LINK}(?P<id>[0-9](?:[ .\-]{{0,2}}[0-9]){{{fewest - 1},{most - 1}}})" + _RIGHT


ACCOUNT = Rule(
    BANK,
    (
        (_labelled(r"account|acct|a/c|compte|cuenta|cta|folio|cheque|bank|banque|banco", 6, 20), 0.7),
        (_labelled(r"transit|transito|branch|succursale|sucursal|routing|aba|eft", 5, 9), 0.75),
        (_labelled(r"institution|institucion|succursale|sucursal|bank|banque|banco", 3, 3), 0.7),
        (_labelled(r"clabe", 10, 18), 0.9),
        (_labelled(r"mtcn|western union|moneygram|remitly|giro", 8, 12), 0.85),
        (_LEFT + r"0[0-9]{2}-[0-9]{5}" + _RIGHT, 0.6),
        (_LEFT + r"[0-9]{5}-[0-9]{3}(?:[ \-:]{1,3}[0-9](?:[\- ]?[0-9]){5,11})?" + _RIGHT, 0.6),
    ),
)
CLABE = Rule(
    BANK,
    ((r"(?<![A-Za-z0-9])[0-9](?:[ .\-]{0,2}[0-9]){17}(?![0-9])", 0.4),),
    check=clabe_valid,
)
CODES = Rule(
    BANK,
    (
        (
            r"\b(?:swift|bic)(?:/bic)?(?: ?code)?[^A-Za-z0-9]{0,4}(?:(?:is|est|es) )?"
            r"(?P<id>(?-i:[A-Z]{6}[A-Z0-9]{2}(?:[A-Z0-9]{3})?)|[A-Z]{6}[A-Z0-9]{2}xxx)(?![A-Za-z0-9])",
            0.85,
        ),
        (r"(?<![A-Za-z0-9])[A-Z]{4}0[0-9]{6}(?![A-Za-z0-9])", 0.7),
    ),
)

IBAN = Rule(
    BANK,
    (
        (
            r"(?<![A-Za-z0-9])[A-Z]{2}[0-9]{2}[ \-]?[A-Z0-9]{4}(?:[ \-]?(?=[A-Z]{0,3}[0-9])[A-Z0-9]{4}){1,6}"
            r"(?:[ \-]?(?=[A-Z]{0,2}[0-9])[A-Z0-9]{1,3})?(?![A-Za-z0-9])",
            NEEDS_CONTEXT,
        ),
    ),
    context=("iban", "swift", "bank", "banque", "banco", "rib"),
    check=check_of(IbanRecognizer()),
)

BANK_RULES = (ACCOUNT, CLABE, CODES, IBAN)
