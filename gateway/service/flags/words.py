"""Flags in words, English and French: what each kind is called, and its reason with the figures filled in.

Invariant: both languages have the same keys, and every kind has words. Does not: know what a unit or an element is
called; its reader gives the names.
"""

from collections.abc import Mapping
from typing import Any, Final

from babel.numbers import format_decimal

from gateway.service.words.sentences import BOTH, Lang

KINDS: Final[Mapping[Lang, Mapping[str, str]]] = {
    "en": {
        "volume": "Volume above habit",
        "after-hours": "After hours",
        "one-case": "One case, many who ask",
        "new-element": "Element outside habit",
        "closed-case": "Closed case",
        "refusals": "Many refusals",
        "one-officer": "One officer stands out",
    },
    "fr": {
        "volume": "Volume inhabituel",
        "after-hours": "Hors des heures de bureau",
        "one-case": "Un cas, plusieurs demandeurs",
        "new-element": "Élément inhabituel",
        "closed-case": "Cas fermé",
        "refusals": "Refus nombreux",
        "one-officer": "Un agent se démarque",
    },
}
REASONS: Final[Mapping[Lang, Mapping[str, str]]] = {
    "en": {
        "volume": "{count} requests in the day; on days of this kind {usual} are usual.",
        "after-hours": "{count} requests outside office hours in the day; on days of this kind {usual} are usual.",
        "one-case": "{askers} different people or systems of {units} units asked about one case, {count} times in all.",
        "new-element": "{count} requests name this element, which the partner had not asked for in the {days} days "
        "before.",
        "closed-case": "{count} requests in the day met a record of a case that is closed.",
        "refusals": "{count} of {of} requests in the day were refused.",
        "one-officer": "{count} requests by one officer in the day; for {peers} colleagues {usual} in a day are usual.",
    },
    "fr": {
        "volume": "Demandes de la journée : {count}; nombre habituel pour ce genre de jour : {usual}.",
        "after-hours": "Demandes hors des heures de bureau ce jour-là : {count}; nombre habituel : {usual}.",
        "one-case": "Un même cas a fait l'objet de {count} demandes, de {askers} personnes ou systèmes différents "
        "({units} unités).",
        "new-element": "Demandes visant cet élément : {count}; le partenaire ne l'avait pas demandé dans les {days} "
        "jours précédents.",
        "closed-case": "Demandes de la journée qui portaient sur un cas fermé : {count}.",
        "refusals": "Demandes refusées ce jour-là : {count} sur {of}.",
        "one-officer": "Demandes d'un même agent ce jour-là : {count}; nombre habituel par jour chez {peers} "
        "collègues : {usual}.",
    },
}
OUTCOMES: Final[Mapping[Lang, Mapping[str, str]]] = {
    "en": {
        "explained": "Explained: nothing more to do",
        "raised": "Raised with the partner",
        "examined": "Examined further: a breach is suspected",
    },
    "fr": {
        "explained": "Expliqué : rien d'autre à faire",
        "raised": "Soulevé auprès du partenaire",
        "examined": "Examiné de plus près : une atteinte est soupçonnée",
    },
}
"""How a flag is signed off."""
REVIEWED: Final[Mapping[Lang, Mapping[str, str]]] = {
    "en": {
        "in-order": "In order",
        "question": "A question remains, and is followed up",
        "not-in-order": "Not in order",
    },
    "fr": {
        "in-order": "En règle",
        "question": "Une question subsiste et fait l'objet d'un suivi",
        "not-in-order": "Pas en règle",
    },
}
"""What became of the review of an entry."""
_LOCALES: Final[Mapping[Lang, str]] = {"en": "en_CA", "fr": "fr_CA"}


def reason_of(kind: str, figures: Mapping[str, float]) -> dict[str, Any]:
    """The reason in both languages."""
    return {
        lang: REASONS[lang][kind].format(
            **{name: format_decimal(value, locale=_LOCALES[lang]) for name, value in figures.items()}
        )
        for lang in BOTH
    }
