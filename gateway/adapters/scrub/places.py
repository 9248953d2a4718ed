"""Rules for where to find someone: postal codes, street addresses, telephones, e-mail, web addresses.

Written for folded text. Cities and provinces stay. The e-mail rule is a plain pattern: it needs no list of
public suffixes and fetches nothing.
"""

from gateway.adapters.scrub.recognizer import NEEDS_CONTEXT, Rule

_LEFT = r"(?<![A-Za-z0-9])"
_RIGHT = r"(?![A-Za-z0-9])"

_FIRST, _LETTER = "[ABCEGHJ-NPRSTVXY]", "[ABCEGHJ-NPRSTV-Z]"
POSTAL = Rule(
    "POSTAL",
    (
        (_LEFT + rf"{_FIRST}[0-9]{_LETTER}[ .\-\n]{{0,2}}[0-9]{_LETTER}[0-9]" + _RIGHT, 0.9),
        (_LEFT + rf"(?-i:{_FIRST}) [0-9] (?-i:{_LETTER}) {{1,3}}[0-9] (?-i:{_LETTER}) [0-9]" + _RIGHT, 0.7),
        (_LEFT + rf"{_FIRST}[0-9]{_LETTER}[ \-]?[0-9O]{_LETTER}[0-9O]" + _RIGHT, 0.6),
    ),
)

_EN_TYPE = (
    r"(?:street|st|avenue|ave|av|road|rd|boulevard|blvd|drive|dr|lane|ln|court|crt|ct|crescent|cres|circle|cir|place|"
    r"pl|terrace|terr|trail|trl|way|parkway|pkwy|highway|hwy|line|sideroad|side road|concession|square|sq|gate|grove)"
)
_EN_SURE_TYPE = r"(?:street|st|avenue|ave|road|rd|boulevard|blvd|crescent|cres|parkway|pkwy|sideroad|lane)"
_DIRECTION = r"(?: ?,? ?(?:north|south|east|west|nord|sud|est|ouest|[nsew])\b\.?)?"
_UNIT = (
    r"(?: ?,? ?(?:apt|apartment|unit|suite|appartement|app|bureau|room|chambre|#)"
    r"\.? ?#? ?[A-Za-z]?[0-9]{1,5}[A-Za-z]?)?"
)
_NOT_QUANTITY = (
    r"(?!(?:hours?|hrs?|minutes?|mins?|days?|weeks?|months?|km|kms|"
    r"kilomet\w+|metres?|workers?|people|other)\b)"
)
_FR_TYPE = (
    r"(?:rue|avenue|av|boulevard|boul|bd|chemin|ch|rang|route|rte|montee|place|allee|cote|impasse|croissant|ruelle|"
    r"promenade|autoroute)"
)
_FR_LINK = r"(?:(?:de la|de l'|des|du|de|d'|la|le|les|l') ?)?"

ADDRESS = Rule(
    "ADDRESS",
    (
        (
            r"(?<![0-9$.,\-])[0-9]{1,6}(?:[ \-]?[A-Z]|-[0-9]{1,5}| 1/2)?,? "
            r"(?-i:[A-Z0-9])[\w'.\-]{0,20}(?: (?-i:[A-Z0-9])[\w'.\-]{0,20}){0,3} "
            rf"{_EN_TYPE}\b\.?{_DIRECTION}{_UNIT}",
            0.85,
        ),
        (
            rf"(?<![0-9$.,\-])[0-9]{{1,6}}[A-Z]? {_NOT_QUANTITY}[\w'.\-]{{2,20}} {_EN_SURE_TYPE}\b\.?"
            rf"{_DIRECTION}{_UNIT}",
            0.7,
        ),
        (
            rf"(?<![0-9$.,\-])[0-9]{{1,6}}(?: ?[A-Z]\b)?(?:-[0-9]{{1,5}})?,? ?{_FR_TYPE}\b\.? "
            rf"{_FR_LINK}[\w'.\-]{{2,25}}"
            rf"(?: (?:(?:de la|des|du|de|et|la) )?(?-i:[A-Z])[\w'.\-]{{1,25}}){{0,3}}{_DIRECTION}{_UNIT}",
            0.85,
        ),
        (
            r"(?<![0-9$.,\-])[0-9]{1,6} (?:concession|line|sideroad|range road|township road|highway|hwy|county road|"
            r"regional road|rural road|autoroute|route)(?: road)? [0-9]{1,4}[A-Z]?\b",
            0.85,
        ),
        (_LEFT + r"(?:p\.? ?o\.? ?box|c\.p\.|case postale|casier postal) ?#?[0-9]{1,6}\b", 0.85),
        (_LEFT + r"(?:r\.? ?r\.?|rural route) ?#? ?[0-9]{1,3}\b", 0.6),
    ),
)  # fmt: skip

_S = r"[ .\-/\n]{0,2}"
_EXTENSION = r"(?: ?,? ?(?:x|ext\.?|extension|poste|p\.) ?[0-9]{1,6}\b)?"
PHONE = Rule(
    "PHONE",
    (
        (
            rf"(?<![0-9])(?:\+?1{_S})?(?:\([2-9][0-9]{{2}}\)|[2-9][0-9]{{2}}){_S}[2-9][0-9]{{2}}{_S}[0-9]{{4}}(?![0-9])"
            + _EXTENSION,
            0.75,
        ),
        (r"(?<![0-9])\+[ ]?[0-9]{1,3}(?:[ .\-()]{0,2}[0-9]{1,5}){2,6}(?![0-9])" + _EXTENSION, 0.8),
        (r"(?<![0-9])(?:011|00)[ \-.][1-9][0-9]{0,2}(?:[ .\-()]{0,2}[0-9]{2,5}){2,5}(?![0-9])", 0.6),
        (r"(?<![0-9])(?<![0-9][.\-])[2-9][0-9]{2}[ .\-][0-9]{4}(?![0-9])(?![.\-][0-9])", NEEDS_CONTEXT),
        (r"(?<![0-9])0[1-9](?:[ .\-][0-9]{2}){4}(?![0-9])", 0.7),
        (r"(?<![0-9])[0-9]{2,4}(?:[ .\-][0-9]{2,4}){2,4}(?![0-9])", 0.2),
    ),
    context=(
        "phone", "telephone", "tel", "cell", "cellphone", "cellulaire", "mobile", "call", "called", "calls", "number",
        "whatsapp", "text", "texted", "fax", "telecopieur", "appeler", "appelez", "appelle", "appele",
        "reach", "reached", "contact", "joindre", "rejoindre", "portable",
    ),
    reject=lambda text: not 7 <= sum(map(str.isdigit, text)) <= 21,
)  # fmt: skip

_AT = r"(?:@| @ | ?[(\[{] ?(?:at|a|arobase|arobas) ?[)\]}] ?| arobase )"
_DOT = r"(?:\.| ?[(\[{] ?(?:dot|point) ?[)\]}] ?)"
EMAIL = Rule(
    "EMAIL",
    (
        (rf"(?<![\w.+\-])[\w.+\-']{{1,64}}{_AT}[\w\-]{{1,63}}(?:{_DOT}[\w\-]{{1,63}}){{1,5}}", 0.95),
        (r"(?<![\w.+\-])[\w.+\-']{1,64} @ [\w\-]{1,63} ?\. ?(?:ca|com|org|net|info)\b", 0.8),
        (r"(?<![\w.+\-])[\w.+\-']{1,64} (?:at|arobase) [\w\-]{1,63}(?: (?:dot|point) [\w\-]{2,63}){1,4}\b", 0.8),
    ),
)
_ENDING = r"(?<![.,;:!?)\]'\"])"
URL = Rule(
    "URL",
    (
        (rf"\bhttps?://[^\s<>]{{1,2000}}{_ENDING}", 0.9),
        (rf"\bwww\.[^\s<>]{{1,2000}}{_ENDING}", 0.9),
        (
            r"(?<![\w@.\-])[\w\-]{1,63}(?:\.[\w\-]{1,63}){0,3}\.(?:ca|com|org|net|info|io|gov|mx|ph|gt|jm|quebec)"
            r"(?:/[^\s<>]{0,2000})?(?![\w@])" + _ENDING,
            0.7,
        ),
        (r"(?<![0-9.])[0-9]{1,3}(?:\.[0-9]{1,3}){3}(?![0-9.])", 0.6),
        (r"(?<![\w@./])@[A-Za-z][\w.]{2,30}\b", 0.6),
    ),
)

PLACE_RULES = (POSTAL, ADDRESS, PHONE, EMAIL, URL)
