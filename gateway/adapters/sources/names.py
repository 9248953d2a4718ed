"""One spelling for an employer's name, for look-ups only.

Folds case, width and runs of white space, so that `ACME  Farms Ltd.` and `Acme Farms Ltd.` are one employer. Does not
guess: other punctuation, abbreviations or accents stay different, because a wrong match would attach a finding to the
wrong employer.
"""

import unicodedata


def look_up_name(name: str) -> str:
    """The look-up form: NFKC, case folded, single spaces, no spaces at the ends. Idempotent."""
    return " ".join(unicodedata.normalize("NFKC", name).casefold().split())
