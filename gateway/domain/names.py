"""One spelling for an employer's name, for look-ups only.

Folds case, width, runs of white space, HTML entities, and the typographic forms of apostrophe, quotation mark and
hyphen, so that `ACME  Farms Ltd.` and `Acme Farms Ltd.`, `L&#39;Érable`, `L’Érable` and `L'Érable` are one employer.
Does not guess: other punctuation, abbreviations or accents stay different, because a wrong match would attach a finding
to the wrong employer.
"""

import html
import unicodedata
from typing import Final

_TYPED: Final = str.maketrans(
    {
        **dict.fromkeys("\u2018\u2019\u201a\u201b\u2032\u02bc\u02b9\u00b4\u0060\uff07", "'"),
        **dict.fromkeys("\u201c\u201d\u201e\u201f\u2033\u00ab\u00bb", '"'),
        **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2212\u00ad", "-"),
    }
)
_ENTITY_LAYERS: Final = 3
"""A list that went through several systems has `&amp;amp;`."""


def look_up_name(name: str) -> str:
    """The look-up form: entities read, NFKC, case folded, plain punctuation, single spaces, none at the ends.
    Idempotent."""
    for _layer in range(_ENTITY_LAYERS):
        if "&" not in name:
            break
        name = html.unescape(name)
    # Before NFKC, which makes a blank and a combining accent of a lone acute accent.
    plain = unicodedata.normalize("NFKC", name.translate(_TYPED)).casefold().translate(_TYPED)
    return " ".join(plain.split())
