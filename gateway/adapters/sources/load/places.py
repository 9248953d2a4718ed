"""Provinces and territories as published lists write them, in English and French, to their two-letter codes.

`OUTSIDE` stands for employers whose head office is outside of Canada, which the LMIA list has as a group of its own.
"""

import unicodedata
from collections.abc import Mapping

OUTSIDE = "OUTSIDE"

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
_OTHERS: Mapping[str, str] = {
    "colombie-britannique": "BC",
    "nouveau-brunswick": "NB",
    "terre-neuve-et-labrador": "NL",
    "newfoundland & labrador": "NL",
    "newfoundland": "NL",
    "nouvelle-ecosse": "NS",
    "territoires du nord-ouest": "NT",
    "ile-du-prince-edouard": "PE",
    "yukon territory": "YT",
}
_BY_NAME = {code.casefold(): code for code in NAMES} | {name.casefold(): code for code, name in NAMES.items()}
_BY_NAME |= _OTHERS


def province_code(cell: str) -> str | None:
    """The code, or None where the cell is not a province, a territory or the group outside of Canada."""
    decomposed = unicodedata.normalize("NFD", cell.casefold().strip(" *"))
    return _BY_NAME.get("".join(mark for mark in decomposed if not unicodedata.combining(mark)))
