"""Rules for dates down to the day or the month, numeric or in words, English and French.

Written for folded text (no accents). A year alone stays: it identifies nobody and the story needs it. "May"
and "march" are also words; without an ordinal or a year they count only when capitalised.
"""

from gateway.adapters.scrub.recognizer import Rule

_MONTHS = (
    r"(?:january|february|april|june|july|august|september|october|november|december|"
    r"jan|feb|apr|jun|jul|aug|sept|sep|oct|nov|dec|"
    r"janvier|fevrier|mars|avril|mai|juin|juillet|aout|septembre|octobre|novembre|decembre|"
    r"janv|fevr|fev|avr|juil|"
    r"(?-i:March|May|MARCH|MAY|Mar|MAR))"
)
_ANY_MONTH = rf"(?:{_MONTHS}|march|may|mar)"
_DAY = r"(?:0?[1-9]|[12][0-9]|3[01])"
_ORDINAL = r"(?:st|nd|rd|th|er|e)"
_YEAR = r"(?:(?:19|20)[0-9]{2}|'[0-9]{2})"
_LEFT = r"(?<![A-Za-z0-9])"
_RIGHT = r"(?![A-Za-z0-9])"
_DAY_IN_WORDS = (
    r"(?:(?:twenty|thirty)[ \-](?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth)|"
    r"first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth|thirteenth|fourteenth|"
    r"fifteenth|sixteenth|seventeenth|eighteenth|nineteenth|twentieth|thirtieth|"
    r"premier|deux|trois|quatre|cinq|six|sept|huit|neuf|dix(?:-(?:sept|huit|neuf))?|onze|douze|treize|quatorze|"
    r"quinze|seize|vingt(?:(?: et |-)(?:un|deux|trois|quatre|cinq|six|sept|huit|neuf))?|trente(?: et un)?)"
)

_TO = r"(?: ?(?:to|until|au|a|et|and|or|ou|-) ?)"
_TIME = r"(?:T[0-9]{2}:[0-9]{2}(?::[0-9]{2})?(?:\.[0-9]{1,6})?(?:Z|[+\-][0-9]{2}:?[0-9]{2})?)?"

DATE = Rule(
    "DATE",
    (
        (rf"(?<![0-9])(?:19|20)[0-9]{{2}} ?([\-/.]) ?[01]?[0-9] ?\1 ?[0-3]?[0-9]{_TIME}(?![0-9])", 0.9),
        (
            rf"(?<![0-9])(?<![0-9][.\-/])[0-3]?[0-9]{_ORDINAL}? ?([\-/]) ?[0-3]?[0-9] ?\1 ?"
            r"(?:(?:19|20)[0-9]{2}|[0-9]{2})(?![0-9])",
            0.8,
        ),
        (r"(?<![0-9])(?<![0-9][.])[0-3]?[0-9]\.[01]?[0-9]\.(?:19|20)[0-9]{2}(?![0-9])", 0.8),
        (r"(?<![0-9])(?<![0-9][.\-/])(?:0?[1-9]|1[0-2])/(?:19|20)[0-9]{2}(?![0-9/])", 0.6),
        (r"(?<![0-9])(?:19|20)[0-9]{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])(?![0-9])", 0.55),
        (
            _LEFT + rf"{_MONTHS}\.?\s{{1,2}}{_DAY}{_ORDINAL}?(?: ?(?:to|-|au) ?{_DAY}{_ORDINAL}?)?"
            rf"(?:,?\s{{1,2}}{_YEAR})?" + _RIGHT,
            0.8,
        ),
        (_LEFT + rf"{_ANY_MONTH}\.?\s{{1,2}}{_DAY}(?:{_ORDINAL}|{_ORDINAL}?,?\s{{1,2}}{_YEAR})" + _RIGHT, 0.8),
        (
            _LEFT + rf"(?:{_DAY}{_ORDINAL}?{_TO})?{_DAY}{_ORDINAL}?[ \-]{{1,2}}(?:of |de )?{_ANY_MONTH}\.?"
            rf"(?:,?[\s\-]{{1,2}}(?:de )?{_YEAR})?(?![A-Za-z])",
            0.8,
        ),
        (_LEFT + rf"{_ANY_MONTH}\.? ?{_DAY}/[0-9]{{2}}" + _RIGHT, 0.7),
        (_LEFT + rf"{_DAY}{_ANY_MONTH}(?:19|20)?[0-9]{{2}}" + _RIGHT, 0.7),
        (_LEFT + r"(?:(?:19|20)[0-9]{2} [01][0-9] [0-3][0-9]|[0-3][0-9] [01][0-9] (?:19|20)[0-9]{2})" + _RIGHT, 0.55),
        (r"(?<![0-9.])[0-3]?[0-9]\.(?:0?[1-9]|1[0-2])\.[0-9]{2}(?![0-9.])", 0.5),
        (r"\b(?:le|du|au) (?P<id>[0-3]?[0-9]/[01]?[0-9])(?![0-9/])", 0.6),
        (_LEFT + rf"{_DAY_IN_WORDS} (?:of )?{_MONTHS}(?:,?\s{{1,2}}{_YEAR})?" + _RIGHT, 0.8),
        (_LEFT + rf"{_ANY_MONTH}\.?,?\s{{1,2}}(?:de |of )?(?:19|20)[0-9]{{2}}" + _RIGHT, 0.6),
    ),
)
