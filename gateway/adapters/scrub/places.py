"""Rules for where to find someone on the ground: postal codes; street, rural and box addresses of Canada.

Written for folded text. Cities, provinces and highways alone stay. Addresses of the workers' countries are in
addresses_abroad.py.
"""

from gateway.adapters.scrub.recognizer import Rule

_LEFT = r"(?<![A-Za-z0-9])"
_RIGHT = r"(?![A-Za-z0-9])"

_FIRST, _LETTER = "[ABCEGHJ-NPRSTVXY]", "[ABCEGHJ-NPRSTV-Z]"
POSTAL = Rule(
    "POSTAL",
    (
        (_LEFT + rf"{_FIRST}[0-9]{_LETTER}[^A-Za-z0-9]{{0,3}}[0-9]{_LETTER}[0-9]" + _RIGHT, 0.9),
        (_LEFT + rf"(?-i:{_FIRST}) ?[0-9] ?(?-i:{_LETTER}) ?[\- ] ?[0-9] ?(?-i:{_LETTER}) ?[0-9]" + _RIGHT, 0.7),
        (_LEFT + rf"(?-i:{_FIRST}) [0-9] (?-i:{_LETTER}) {{1,3}}[0-9] (?-i:{_LETTER}) [0-9]" + _RIGHT, 0.7),
        (_LEFT + rf"{_FIRST}[0-9]{_LETTER}[ ./_\-]?[0-9O]{_LETTER}[0-9O]" + _RIGHT, 0.6),
        (
            _LEFT
            + rf"(?=(?:[A-Z .\-]{{0,4}}[0-9]){{2}}){_FIRST}[0-9OI]{_LETTER}[ ./_\-]?[0-9OI]{_LETTER}[0-9OI]"
            + _RIGHT,
            0.6,
        ),
        (_LEFT + r"c\.? ?p\.? ?:? ?(?P<id>[0-9]{5})(?![0-9\-])", 0.9),
        (
            r"\b(?:zip|codigo postal|postal code|code postal)(?: code)? ?[:#]? ?(?P<id>[0-9]{5}(?:-[0-9]{4})?)"
            r"(?![0-9])",
            0.9,
        ),
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
_UNIT_BEFORE = r"(?:(?:apt|apartment|unit|suite|appartement|app)\.? ?#? ?[0-9]{1,4}[A-Z]?,? ?-? ?)?"
_NOT_QUANTITY = (
    r"(?!(?:hours?|hrs?|minutes?|mins?|days?|weeks?|months?|km|kms|"
    r"kilomet\w+|metres?|workers?|people|other)\b)"
)
_FR_TYPE = (
    r"(?:(?:rue|avenue|boulevard|chemin|rang|route|montee|place|allee|cote|impasse|croissant|ruelle|promenade|autoroute)\b|"
    r"(?:av|boul|bd|ch|rte)\b\.?)"
)
_FR_LINK = r"(?:(?:de la|de l'|des|du|de|d'|la|le|les|l') ?)?"
_NTH = r"[0-9]{1,2}(?:st|nd|rd|th|ere|er|eme|e|re|ra|ro|da|ta|a)"
_NUMERAL = r"(?:[0-9]{1,4}[A-Z]?|(?-i:[IVX]{1,6}))"
_CONCESSION = r"(?:concession|conces+ion|conc|con|range|rang|rg|plan|block)"
_RURAL = r"(?:r\.? ?r\.?|rural route|route rurale) ?(?:#|no\.?|n\u00b0)? ?[0-9]{1,3}"
_PART_OF_RURAL = r"(?:(?:site|ss|box|comp|case|group|gp|stn)\.? ?#? ?[A-Z0-9]{1,5})"

_STREETS = (
    (
        rf"(?<![0-9$.,\-]){_UNIT_BEFORE}[0-9]{{1,6}}(?:[ \-]?[A-Z]|-[0-9]{{1,5}}| 1/2)?,? "
        r"(?-i:[A-Z0-9])[\w'.\-]{0,20}(?: (?-i:[A-Z0-9])[\w'.\-]{0,20}){0,3} "
        rf"{_EN_TYPE}\b\.?{_DIRECTION}{_UNIT}",
        0.85,
    ),
    (
        rf"(?<![0-9$.,\-])[0-9]{{1,6}}[A-Z]? {_NOT_QUANTITY}[\w'.\-]{{2,20}} {_EN_SURE_TYPE}\b\.?{_DIRECTION}{_UNIT}",
        0.7,
    ),
    (
        rf"(?<![0-9$.,\-])[0-9]{{1,6}}(?: ?[A-Z]\b)?(?:-[0-9]{{1,5}})?,? ?{_FR_TYPE} "
        rf"{_FR_LINK}[\w'.\-]{{2,25}}"
        rf"(?: (?:(?:de la|des|du|de|et|la) )?(?-i:[A-Z])[\w'.\-]{{1,25}}){{0,3}}{_DIRECTION}{_UNIT}",
        0.85,
    ),
    (
        rf"(?<![0-9$.,\-])[0-9]{{1,6}},? {_NTH} (?:rang|avenue|rue|concession|ligne|line|ave|av|street|"
        rf"st)\b{_DIRECTION}{_UNIT}",
        0.85,
    ),
    (
        rf"(?<![\w']){_FR_TYPE} {_FR_LINK}[\w'.\-]{{1,25}}(?: [\w'.\-]{{2,25}}){{0,3}},? ?"
        r"(?:n\u00b0|no\.?|numero|num\.?|#) ?[0-9]{1,6}\b",
        0.8,
    ),
)
_COUNTRY = (
    (
        r"(?<![0-9$.,\-])[0-9]{1,6} (?:(?:concession|range|township|twp|county|regional|rural) (?:road|rd)\.?|"
        r"concession|line|"
        rf"sideroad|highway|hwy|autoroute|route) [0-9]{{1,4}}[A-Z]?\b{_DIRECTION}",
        0.85,
    ),
    (
        rf"\blot(?:s|e|es)? [0-9]{{1,4}}(?:(?:, ?| ?& ?| and | et |"
        rf" y )[0-9]{{1,4}}){{0,3}}[ ,]{{1,3}}{_CONCESSION}\b\.?"
        rf"(?: (?:road|rd))? ?#?{_NUMERAL}\b",
        0.85,
    ),
    (rf"\blot(?:s|e|es)? [0-9]{{1,4}}[ ,]{{1,3}}(?:du |de la |of (?:the )?|on )?{_NTH} (?:{_CONCESSION}|line)\b", 0.85),
    (
        r"\b(?:concession|conces+ion|range|township|twp|county|side)(?: ?(?:road|rd|rte|"
        r"route))?\.? ?#?[0-9]{1,3}[A-Z]?\b"
        r"(?! ?(?:\$|%|people|workers|hours|to|-))",
        0.55,
    ),
    (r"\b(?:range|rge|township|twp|county) (?:road|rd)\.? ?#?[0-9]{1,4}[A-Z]?\b", 0.8),
    (
        r"(?<![A-Za-z0-9])(?-i:[NS][EW]|[NSEW](?: ?1/2| ?½)?|LSD ?[0-9]{1,2})[ \-]{1,2}[0-9]{1,2}-[0-9]{1,3}-[0-9]{1,2}"
        r"(?:[ \-]{0,2}W ?[1-6]M?)?(?![A-Za-z0-9])",
        0.85,
    ),
)
_BOXES = (
    (
        _LEFT + r"(?:p\.? ?o\.? ?bo?x|(?-i:B\.? ?P\.?|C\.? ?P\.?)|b\.p\.|c\.p\.|case postale|casier(?: postal)?|"
        r"boite postale|"
        r"apartado(?: postal)?|apdo\.?(?: postal)?) ?(?:#|no\.?|n\u00b0|num\.?)? ?"
        r"(?:[0-9]{1,4}|[0-9]{6})(?![0-9/])(?![ \-][0-9])",
        0.85,
    ),
    (_LEFT + rf"(?:{_PART_OF_RURAL},? ?){{0,3}}{_RURAL}(?:,? {_PART_OF_RURAL}){{0,3}}\b", 0.6),
    (_LEFT + r"(?:general delivery|poste restante|lista de correos|stn\.? (?:main|(?-i:[A-Z]\b)))", 0.8),
)
ADDRESS = Rule("ADDRESS", (*_STREETS, *_COUNTRY, *_BOXES))

PLACE_RULES = (POSTAL, ADDRESS)
