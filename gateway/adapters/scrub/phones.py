"""Rule for telephone numbers: North America, the workers' countries, in groups, with letters, with O for 0.

Written for folded text. A foreign number without `+` looks like any groups of digits; it counts only near a word for a
telephone or a messaging app.
"""

import re

from gateway.adapters.scrub.recognizer import NEEDS_CONTEXT, Rule

_S = r"[ .\-/\n]{0,3}"
_EXTENSION = r"(?: ?,? ?(?:x|ext\.?|extension|poste|p\.) ?[0-9]{1,6}\b)?"
_AREA = r"(?:\( ?[2-9][0-9]{2} ?\)|[2-9][0-9]{2})"
_FEWEST_DIGITS, _MOST_DIGITS = 7, 21
_GROUP = re.compile(r"[0-9]+")
_YEAR = re.compile(r"(?:19|20)[0-9]{2}")


def _is_other(text: str) -> bool:
    """Two years, a row of small numbers, or too few or too many digits."""
    if any(map(str.isupper, text)):
        return False
    groups = _GROUP.findall(text)
    digits = sum(map(len, groups))
    years = len(groups) == 2 and all(_YEAR.fullmatch(group) for group in groups)
    small = text[0] not in "0+(" and all(len(group) <= 2 for group in groups)
    return years or small or not _FEWEST_DIGITS <= digits <= _MOST_DIGITS


PHONE = Rule(
    "PHONE",
    (
        (
            rf"(?<![0-9])(?:\+?1{_S})?{_AREA}{_S}[2-9][0-9]{{2}}{_S}[0-9]{{2}}[ \-]?[0-9]{{2}}(?![0-9])" + _EXTENSION,
            0.75,
        ),
        (
            rf"(?<![0-9A-Za-z])(?:\+?1{_S})?{_AREA}{_S}[2-9][0-9OolI]{{2}}[ .\-/]{{1,3}}(?=[0-9OolI]{{0,3}}[0-9])"
            r"[0-9OolI]{4}(?![0-9A-Za-z])",
            0.7,
        ),
        (
            r"(?<![0-9A-Za-z])(?:1[ .\-]{1,3})?\(?8(?:00|33|44|55|66|77|"
            r"88)\)?[ .\-]{1,3}(?-i:[A-Z0-9]{3}[ .\-]{0,3}[A-Z0-9]{4})"
            r"(?![0-9A-Za-z])",
            0.75,
        ),
        (
            rf"(?<![0-9A-Za-z])(?:1[ .\-]{{1,3}}{_AREA}|\([2-9][0-9]{{2}}\))[ .\-]{{1,3}}[2-9][0-9]{{2}}[ .\-]{{1,3}}"
            r"(?-i:[A-Z]{4,7})(?![0-9A-Za-z])",
            0.7,
        ),
        (r"(?<![0-9])\+[ ]?[0-9]{1,3}(?:[ .\-()]{0,3}[0-9]{1,5}){2,6}(?![0-9])" + _EXTENSION, 0.8),
        (r"(?<![0-9])(?:011|00)[ \-.][1-9][0-9]{0,2}(?:[ .\-()]{0,2}[0-9]{2,5}){2,5}(?![0-9])", 0.6),
        (r"(?<![0-9])\([0-9]{2,4}\)[ .\-]{0,3}[0-9]{3,4}[ .\-]{0,3}[0-9]{4}(?![0-9])", 0.7),
        (r"(?<![0-9])(?<![0-9][.\-])[0-9]{3}([ \-])[0-9]{4}\1[0-9]{4}(?![0-9])(?![.\-][0-9])", 0.55),
        (r"(?<![0-9])(?<![0-9][.\-])0[0-9]{3}[ .\-]?[0-9]{3}[ .\-]?[0-9]{4}(?![0-9])(?![.\-][0-9])", 0.65),
        (r"(?<![0-9])(?<![0-9][.\-])[2-9][0-9]{2}[ .\-][0-9]{4}(?![0-9])(?![.\-][0-9])", NEEDS_CONTEXT),
        (r"(?<![0-9])(?<![0-9][.\-])[2-9][0-9]{3}[ .\-]?[0-9]{4}(?![0-9])(?![.\-][0-9])", NEEDS_CONTEXT),
        (r"(?<![0-9])0[1-9](?:[ .\-][0-9]{2}){4}(?![0-9])", 0.7),
        (r"(?<![0-9])[0-9]{1,4}(?:[ .\-][0-9]{1,5}){2,5}(?![0-9])", 0.2),
    ),
    context=(
        "phone", "telephone", "tel", "cell", "cellphone", "cellulaire", "mobile", "call", "called", "calls", "number",
        "whatsapp", "whats", "text", "texted", "fax", "telecopieur", "appeler", "appelez", "appelle", "appele",
        "reach", "reached", "contact", "joindre", "rejoindre", "portable", "signal", "viber", "telegram", "imo",
        "gcash",
        "telefono", "celular", "cel", "movil", "llamar", "llame", "llamo", "numero", "cp", "selpon", "contacto",
    ),
    reject=_is_other,
)  # fmt: skip
