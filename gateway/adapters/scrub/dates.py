"""Rules for dates down to the day or the month, numeric or in words, in English, French, Spanish and Tagalog.

Written for folded text (no accents). A year alone stays: it identifies nobody and the story needs it; so does a month
alone. "May" and "march" are also words; without an ordinal or a year they count only when capitalised. A month and two
digits of a year ("05/26") and a year and month with a dot ("2023.11") look like fractions and amounts; they count only
near a word for a date.
"""

from gateway.adapters.scrub.recognizer import NEEDS_CONTEXT, Rule

_FULL_MONTHS = (
    r"january|february|april|june|july|august|september|october|november|december|"
    r"janvier|fevrier|mars|avril|mai|juin|juillet|aout|septembre|octobre|novembre|decembre|"
    r"enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|setiembre|octubre|noviembre|diciembre|"
    r"pebrero|marso|hunyo|hulyo|setyembre|oktubre|nobyembre|disyembre|(?-i:March|May|MARCH|MAY)"
)
_SHORT_MONTHS = r"jan|feb|apr|jun|jul|aug|sept|sep|oct|nov|dec|janv|fevr|fev|avr|juil|ene|abr|dic|(?-i:Mar|MAR)"
_BEGINS = "(?=[adefhjmnops])"
"""A look at the first letter is cheaper than all names of months at every place of a text."""
_MONTHS = rf"{_BEGINS}(?:{_FULL_MONTHS}|{_SHORT_MONTHS})"
_MONTH_FIRST = rf"{_BEGINS}(?:(?:{_FULL_MONTHS})|(?:{_SHORT_MONTHS})\.?)"
"""A full stop behind a full name ends a sentence, and what follows is no day."""
_ANY_MONTH = rf"{_BEGINS}(?:{_MONTHS}|march|may|mar)"
_LINKED_MONTH = rf"{_BEGINS}(?:{_ANY_MONTH}|ago|set)"
"""Also the Spanish "ago" and "set", words of their own in English: only between a day and a year."""
_DAY = r"(?:0?[1-9]|[12][0-9]|3[01])"
_ORDINAL = r"(?:st|nd|rd|th|er|ere|e|ro|do|to|o|a|\u00b0)"
_YEAR = r"(?:(?:19|20)[0-9]{2}|'[0-9]{2})"
_LEFT = r"(?<![A-Za-z0-9])"
_RIGHT = r"(?![A-Za-z0-9])"
_UNIT_FOLLOWS = (
    r"(?! ?(?:h|hrs?|hours?|heures?|horas?|oras|min\w*|[$%:]|kg|dollars?|dolares|workers?|people|personnes|personas|"
    r"travailleu\w+|trabajador\w*|ouvri\w+|compa\w+|men|women|hommes|femmes|gars|jours|days|dias|boxes|caisses|cajas)"
    r"(?![A-Za-z]))"
)
_SHORT_YEAR = rf"(?:{_YEAR}|[0-9]{{2}}(?![0-9A-Za-z]){_UNIT_FOLLOWS})"
_DAY_IN_WORDS = (
    r"(?=[cdefhnopqstuv])"
    r"(?:(?:twenty|thirty)[ \-](?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth)|"
    r"first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth|thirteenth|fourteenth|"
    r"fifteenth|sixteenth|seventeenth|eighteenth|nineteenth|twentieth|thirtieth|"
    r"premier|deux|trois|quatre|cinq|six|sept|huit|neuf|dix(?:-(?:sept|huit|neuf))?|onze|douze|treize|quatorze|"
    r"quinze|seize|vingt(?:(?: et |-)(?:un|deux|trois|quatre|cinq|six|sept|huit|neuf))?|trente(?: et un)?|"
    r"primero|uno|dos|tres|cuatro|cinco|seis|siete|ocho|nueve|diez|once|doce|trece|catorce|quince|"
    r"dieci(?:seis|siete|ocho|nueve)|veinte|veinti(?:uno|dos|tres|cuatro|cinco|seis|siete|ocho|nueve)|"
    r"treinta(?: y uno)?)"
)
_WEEKDAY = (
    r"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|mon|tues?|wed|thurs?|fri|"
    r"lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|"
    r"lunes|martes|miercoles|jueves|viernes|sabado|domingo|lun|mie|jue|vie|"
    r"lunes|martes|miyerkules|huwebes|biyernes|sabado|linggo)"
)
_ON = rf"(?:(?=[bdfhjlmstvw]){_WEEKDAY}\.?,? (?:the |le |el )?)?"
_OF = r"(?:day of |of |de |du |del |ng )?"
_TO = r"(?: ?(?:to|until|through|au|al|a|et|and|y|or|ou|o|-|&|,) ?(?:(?:the|le|du|el|del) )?)"
_TIME = r"(?:T[0-9]{2}:[0-9]{2}(?::[0-9]{2})?(?:\.[0-9]{1,6})?(?:Z|[+\-][0-9]{2}:?[0-9]{2})?)?"
_BORN = (
    r"\b(?:d\.? ?o\.? ?b\.?|d\.? ?d\.? ?n\.?|f\.? ?d\.? ?n\.?|born|birth ?date|birth ?day|nee?|naissance|"
    r"nacid[oa]|nacio|"
    r"naci|nacimiento|ipinanganak|kaarawan)[^A-Za-z0-9]{0,4}(?:(?:on|le|el|date|is|est|es|noong|en)[^A-Za-z0-9]{1,3}){0,2}"
)

DATE = Rule(
    "DATE",
    (
        (rf"(?<![0-9])(?:19|20)[0-9]{{2}} ?([\-/.]) ?[01]?[0-9] ?\1 ?[0-3]?[0-9]{_TIME}(?![0-9])", 0.9),
        (
            rf"(?<![0-9])(?<![0-9][.\-/])[0-3]?[0-9]{_ORDINAL}?(?: ?([\-/]) ?[0-3]?[0-9] ?\1 ?(?:19|20)[0-9]{{2}}|"
            r"([\-/])[0-3]?[0-9]\2'?[0-9]{2}(?<!20-20-20)(?<!10-10-10)| ?/ ?[0-3]?[0-9] ?/ ?[0-9]{2})(?![0-9])",
            0.8,
        ),
        (r"(?<![0-9])(?<![0-9][.])[0-3]?[0-9]\.[01]?[0-9]\.(?:19|20)[0-9]{2}(?![0-9])", 0.8),
        (r"(?<![0-9A-Za-z$])(?<![0-9][.\-/])[4-9][0-9]([\-/.])(?:0[1-9]|"
        r"1[0-2])\1[0-3][0-9](?![0-9])(?![.\-/][0-9])", 0.6),
        (r"(?<![0-9])(?<![0-9][.\-/])(?:0?[1-9]|1[0-2])[/\-](?:19|20)[0-9]{2}(?![0-9/\-])", 0.6),
        (r"(?<![0-9A-Za-z$.,/\-])(?:19|20)[0-9]{2} ?[\-/] ?(?:0[1-9]|1[0-2])(?![0-9A-Za-z])(?![.,\-/][0-9])", 0.6),
        (r"(?<![0-9A-Za-z$.,/\-])(?:19|20)[0-9]{2}\.(?:0[1-9]|1[0-2])(?![0-9A-Za-z])(?! ?\$)", NEEDS_CONTEXT),
        (r"(?<![0-9A-Za-z$.,/\-])(?:0[1-9]|1[0-2])/[0-9]{2}(?![0-9A-Za-z/%])", NEEDS_CONTEXT),
        (r"(?<![0-9])(?:19|20)[0-9]{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])(?![0-9])", 0.55),
        (
            _LEFT + rf"{_ON}{_MONTH_FIRST}\s{{1,2}}(?:the )?{_DAY}{_ORDINAL}?(?: ?(?:to|-|au|al|a) ?{_DAY}{_ORDINAL}?)?"
            rf"(?:,?\s{{1,2}}(?:de )?{_YEAR})?" + _RIGHT + _UNIT_FOLLOWS,
            0.8,
        ),
        (
            _LEFT + rf"{_ANY_MONTH}\.?\s{{1,2}}{_DAY}(?:{_ORDINAL}|{_ORDINAL}?,?\s{{1,2}}{_YEAR})" + _RIGHT,
            0.8,
        ),
        (
            _LEFT + rf"{_ON}(?:{_DAY}{_ORDINAL}?{_TO})?(?:ika ?-? ?)?{_DAY}{_ORDINAL}?[ \-]{{1,2}}{_OF}{_ANY_MONTH}\.?"
            rf"(?:,?[\s\-]{{1,2}}(?:de |del )?{_SHORT_YEAR})?(?![A-Za-z])",
            0.8,
        ),
        (_LEFT + rf"{_DAY}([\-/. ])(?:de )?{_LINKED_MONTH}\.?(?:\1| de | del |\. ?)(?:(?:19|20)[0-9]{{2}}|"
        rf"[0-9]{{2}})" + _RIGHT, 0.8),
        (
            _LEFT + rf"{_DAY}([\-/. ])(?-i:I{{1,3}}|I?V|VI{{1,3}}|I?X|XI{{1,2}})\1(?:(?:19|20)[0-9]{{2}}|"
            rf"[0-9]{{2}})" + _RIGHT,
            0.7,
        ),
        (_LEFT + rf"{_ANY_MONTH}\.? ?{_DAY}/[0-9]{{2}}" + _RIGHT, 0.7),
        (_LEFT + rf"{_DAY}{_ANY_MONTH}(?:19|20)?[0-9]{{2}}" + _RIGHT, 0.7),
        (_LEFT + r"(?:(?:19|20)[0-9]{2} [01][0-9] [0-3][0-9]|[0-3][0-9] [01][0-9] (?:19|20)[0-9]{2})" + _RIGHT, 0.55),
        (r"(?<![0-9.])[0-3]?[0-9]\.(?:0?[1-9]|1[0-2])\.[0-9]{2}(?![0-9])(?!\.[0-9])", 0.5),
        (r"\b(?:le|du|au|el|del|al|noong) (?!24/7)(?P<id>[0-3]?[0-9]/[01]?[0-9])(?![0-9/])(?! (?:of|de|des|du|"
        r"del)\b)", 0.6),
        (_LEFT + rf"{_DAY_IN_WORDS} {_OF}{_MONTHS}(?:,?\s{{1,2}}(?:de |del )?{_YEAR})?" + _RIGHT, 0.8),
        (_LEFT + rf"{_ANY_MONTH}\.?,?\s{{1,2}}(?:de |del |of )?{_YEAR}" + _RIGHT, 0.6),
        (_BORN + r"(?P<id>[0-9]{6}(?:[0-9]{2})?|[0-9]{2}([ ./\-])[0-9]{2}\2(?:[0-9]{4}|[0-9]{2}))(?![0-9])", 0.8),
    ),
    context=(
        "date", "dates", "dated", "birth", "dob", "hired", "hire", "start", "started", "since", "until", "expiry",
        "expires",
        "expire", "expired", "expiration", "exp", "valid", "naissance", "debut", "depuis", "echeance", "echu", "echue",
        "embauche", "fecha", "nacimiento", "vence", "vencio", "vencimiento", "ingreso", "desde", "hasta", "petsa",
    ),
)  # fmt: skip
