"""Provinces and territories as published lists write them, in English and French, to their two-letter codes.

Names, postal symbols, the abbreviations of both languages and misspellings that were published, whatever their
accents, hyphens and periods. `OUTSIDE` stands for employers whose head office is outside of Canada, which the LMIA list
has as a group of its own.
"""

import re
import unicodedata
from collections.abc import Mapping

from gateway.domain.value import OUTSIDE

NAMES: Mapping[str, str] = {
    "AB": "Alberta",
    "BC": "British Columbia",
    "MB": "Manitoba",
    "NB": "New Brunswick",
    "NL": "Newfoundland and Labrador",
    "NS": "Nova Scotia",
    "NT": "Northwest Territories",
    "NU": "Nunavut",
    "ON": "Ontario",
    "PE": "Prince Edward Island",
    "QC": "Quebec",
    "SK": "Saskatchewan",
    "YT": "Yukon",
    OUTSIDE: "Employers carrying on business in Canada with Head Office outside of Canada",
}
_OTHERS: Mapping[str, tuple[str, ...]] = {
    "AB": ("Alta.", "Alb."),
    "BC": ("B.C.", "Colombie-Britannique", "C.-B.", "British Colombia"),
    "MB": ("Man.",),
    "NB": ("N.B.", "Nouveau-Brunswick", "N.-B."),
    "NL": (
        "Newfoundland & Labrador", "Newfoundland", "Labrador", "N.L.", "Nfld.", "NF", "Terre-Neuve-et-Labrador",
        "Terre-Neuve et Labrador", "Terre-Neuve", "T.-N.-L.", "T.-N.",
    ),
    "NS": ("N.S.", "Nouvelle-Écosse", "N.-É."),
    "NT": (
        "North West Territories", "Northwest Territory", "N.W.T.", "Territoires du Nord-Ouest",
        "Territoires-du-Nord-Ouest", "T.N.-O.",
    ),
    "NU": ("Nvt.",),
    "ON": ("Ont.",),
    "PE": ("P.E.I.", "PEI", "Île-du-Prince-Édouard", "Ile du Prince Edouard", "Î.-P.-É."),
    "QC": ("Que.", "P.Q.", "Province of Quebec", "Province de Québec"),
    "SK": ("Sask.", "Saskatchewn"),
    "YT": ("Yukon Territory", "Y.T.", "YK", "Territoire du Yukon", "Yn"),
}  # fmt: skip
_ABROAD = re.compile(
    r"(?:les )?(?:employers?|employeurs?)\b.*\b(?:outside|exterieur|hors|abroad|etranger)\b.*|"
    r"(?:outside|hors) (?:of |du )?canada|(?:a )?l exterieur du canada"
)


def plain_name(written: str) -> str:
    """Lower case, no accents, no footnote marks, single spaces in place of hyphens and apostrophes; periods go."""
    decomposed = unicodedata.normalize("NFKD", written.replace("&", " & ").casefold())
    letters = "".join(mark for mark in decomposed if not unicodedata.combining(mark))
    return " ".join(re.sub(r"[^a-z& ]+", " ", letters.replace(".-", " ").replace(".", "")).split())


def _forms(name: str) -> set[str]:
    plain = plain_name(name)
    return {plain, plain.replace(" ", "")} if len(plain.replace(" ", "")) <= 4 else {plain}


_BY_NAME: Mapping[str, str] = {
    form: code
    for code, names in ((code, (code, name, *_OTHERS.get(code, ()))) for code, name in NAMES.items())
    for name in names
    for form in _forms(name)
}


def province_code(cell: str) -> str | None:
    """The code, or None where the cell is not a province, a territory or the group outside of Canada."""
    if len(cell) > 200:
        return None
    plain = plain_name(cell)
    code = _BY_NAME.get(plain)
    if code is None and _ABROAD.fullmatch(plain):
        return OUTSIDE
    return code
