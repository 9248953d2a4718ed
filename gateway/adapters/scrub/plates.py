"""Rule for licence plates: beside a label or a vehicle, or in the shapes that the provinces issue.

Written for folded text. Three letters and three digits are also the shape of many codes and amounts ("NOC 851", "120
LBS", "CAD 500"). Without a label the shape counts only in capitals, not between other words in capitals, and not with
letters that are a code, a unit or a currency; beside a word for a vehicle it counts in any case.
"""

import re

from gateway.adapters.scrub.recognizer import NEEDS_CONTEXT, Rule

_NOT_PLATES = frozenset(
    (
        "noc", "cnp", "imm", "emp", "tfw", "lmi", "roe", "sin", "nas", "cad", "usd", "mxn", "php", "inr", "jmd",
        "gtq", "hnl",
        "rmb", "eur", "gbp", "kgs", "lbs", "hrs", "mins", "max", "min", "sec", "art", "ppe", "epi", "csa", "iso",
        "pcp", "npk", "gps", "tax", "act",
        "reg", "irp", "rip", "lot", "box", "row", "bin", "bus", "van", "day", "the", "and", "for", "had", "was",
        "not", "les",
        "des", "une", "los", "las", "una", "con", "por", "que", "jan", "feb", "mar", "apr", "may", "jun", "jul",
        "aug", "sep",
        "oct", "nov", "dec", "room", "unit", "form", "note", "case", "lmia", "eimt", "teer", "feer", "page",
        "part", "item",
        "week", "year", "rang", "line", "door", "code", "type", "step", "zone", "tank", "plot", "barn", "crop",
        "area", "fax",
        "tel", "poste", "ext", "irpr", "ripr", "cpp", "rpc", "qpp", "hst", "gst", "tps", "tvq", "isb", "pob",
        "seb", "dob",
        "uci", "iuc", "bn", "ne", "ins", "wpc", "tip", "ref", "oln", "csst", "wsib", "cra", "arc", "rcmp", "grc",
        "cbsa",
        "asfc", "ircc", "esdc", "edsc", "dgsi", "nss", "rfc", "dpi", "cui", "trn", "nis", "sss", "pan", "dni",
        "rtn", "nit",
    )
)  # fmt: skip
_LETTERS = re.compile(r"[A-Za-z]+")
_LABEL = (
    r"\b(?:(?:licen[cs]e|number|quebec|ontario|alberta|vehicle|car|truck|van) plates?|plates?(?: ?(?:no|number|"
    r"num)\b)?|"
    r"plaques?(?: d'immatriculation)?|immatricul\w{1,6}|placas?|plaka|matricula(?:s)?(?= ?[:#]| (?:del|de la|"
    r"de los)\b)|tags?)"
)
_LINK = (
    r"[^A-Za-z0-9]{0,4}(?:(?:no|nr|numero|number|is|was|reads?|est|es|era|de|del|ng|van|camion|carro|troca|camioneta|num|le|"
    r"la|el|ontario|quebec|alberta|bc|on|qc|ab|mb|sk|ns|nb|pei|nl)\b[^A-Za-z0-9]{1,3}){0,4}"
)
_PLATE = r"(?=[A-Z \-]{0,6}[0-9])(?=[0-9 \-]{0,6}[A-Z])[A-Z0-9]{1,4}(?:[ \-]?[A-Z0-9]{1,4}){1,2}"
_LEFT = r"(?<![A-Za-z0-9$.,\-])"
_ALONE = r"(?<!(?-i:[A-Z]) )(?<!(?-i:[A-Z])[.,;:] )"
_RIGHT = r"(?![A-Za-z0-9$%])(?![.,\-][0-9])"
_NOT_AMONG_CAPITALS = r"(?! ?(?-i:[A-Z]{2}))"
_SHAPES = (
    r"[A-Z]{4}[ \-]?[0-9]{3}",
    r"[A-Z]{3}[ \-]?[0-9]{4}",
    r"[A-Z]{3}[ \-]?[0-9]{3}",
    r"[A-Z][0-9]{2}[ \-]?[A-Z]{3}",
    r"[A-Z]{2}[0-9][ \-]?[0-9]{2}[A-Z]",
    r"[0-9]{3}[ \-]?[A-Z]{3}",
    r"[A-Z][0-9]{2}[ \-]?[0-9]{2}[A-Z]",
    r"[A-Z]{3}-[0-9]{3}-[A-Z]",
    r"[A-Z]{3}-[0-9]{2}-[0-9]{2}",
    r"[A-Z][ \-]?[0-9]{3}[ \-]?[A-Z]{3}",
)
_ANY_SHAPE = f"(?:{'|'.join(_SHAPES)}|[A-Z]{{2}}[ \\-]?[0-9]{{4,5}}|[A-Z]{{2}}[0-9]{{4}}[A-Z])"
_INDIAN = r"[A-Z]{2}[ \-]?[0-9]{2}[ \-]?[A-Z]{1,2}[ \-]?[0-9]{4}"


def _is_code(text: str) -> bool:
    return any(letters.lower() in _NOT_PLATES for letters in _LETTERS.findall(text))


PLATE = Rule(
    "PLATE",
    (
        (rf"{_LABEL}{_LINK}(?P<id>(?-i:{_PLATE})|{_ANY_SHAPE})(?![A-Za-z0-9$%])", 0.8),
        (rf"{_LABEL} ?[:#] ?[\"']?(?P<id>(?-i:[A-Z]{{4,8}}))(?![A-Za-z0-9])", 0.6),
        (rf"{_LEFT}{_ALONE}(?-i:{'|'.join(_SHAPES)}){_RIGHT}{_NOT_AMONG_CAPITALS}", 0.56),
        (rf"{_LEFT}(?-i:{_ANY_SHAPE}){_RIGHT}", NEEDS_CONTEXT),
        (rf"{_LEFT}{_INDIAN}{_RIGHT}", 0.7),
    ),
    context=(
        "plate", "plates", "licence", "license", "plaque", "plaques", "immatricule", "immatriculee",
        "immatriculation", "placa",
        "placas", "plaka", "truck", "trucks", "pickup", "van", "minivan", "car", "vehicle", "suv", "jeep",
        "trailer", "sedan",
        "camion", "camionnette", "voiture", "auto", "remorque", "vehicule", "fourgonnette", "camioneta", "carro",
        "coche",
        "troca", "vehiculo", "trailer", "bus", "autobus", "sasakyan", "scooter", "motorcycle",
    ),
    reject=_is_code,
)  # fmt: skip
