"""The words of what a check of the rulebook finds, by code: what is wrong and what to do, in English and in French.

Invariant: every code has all four, with the same facts to fill; both languages know every kind of thing. Does not: know
where a finding is.
"""

from collections.abc import Mapping
from typing import Final

from gateway.service.rulebook.finding_text import Words
from gateway.service.rulebook.finding_words_agreements import OF_AGREEMENTS
from gateway.service.rulebook.finding_words_files import OF_FILES
from gateway.service.words.sentences import Lang

KINDS_OF_THINGS: Final[Mapping[Lang, Mapping[str, str]]] = {
    "en": {
        "agreement": "agreement",
        "authority": "authority",
        "clause": "clause",
        "element": "element",
        "grounds": "ground",
        "identifier_schemes": "identifier scheme",
        "obligations": "obligation",
        "parties": "organization",
        "purposes": "purpose",
        "reasons": "reason",
        "record-type": "record type",
        "regimes": "regime",
        "unit": "unit",
    },
    "fr": {
        "agreement": "l'accord",
        "authority": "la disposition",
        "clause": "la clause",
        "element": "l'élément",
        "grounds": "le fondement",
        "identifier_schemes": "le système d'identification",
        "obligations": "l'obligation",
        "parties": "l'institution",
        "purposes": "la fin",
        "reasons": "le motif",
        "record-type": "le type de dossier",
        "regimes": "le régime",
        "unit": "l'unité",
    },
}  # fmt: skip
"""What the files list."""

WORDS: Final[Mapping[str, Words]] = {**OF_FILES, **OF_AGREEMENTS}

WARNINGS: Final = frozenset(
    {
        "term-ends",
        "term-ended",
        "review-passed",
        "suspended-open",
        "authority-ends",
        "accreditation-ends",
        "not-accredited",
        "contract-ends",
        "role-ends",
    }
)
"""Of a rulebook that loads, and will be wrong on a day or is weak."""
NOTES: Final = frozenset({"term-begins", "review-due", "suspension-begins", "suspension-ends", "law-begins"})
"""Good to know; nothing is wrong."""
