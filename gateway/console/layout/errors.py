"""What a staff call's refusal is called on a page, in both languages, by its stable code.

Invariant: a code that has no words here is told in English as the gateway says it, which names no value. Does not: know
which form it was.
"""

from collections.abc import Mapping
from typing import Final

from gateway.service.words.sentences import Lang

ERRORS: Final[Mapping[str, Mapping[Lang, str]]] = {
    "no-delegation": {
        "en": "No delegation order that is in force lets you decide this under all the provisions. Ask the head of your institution for one, or leave it to a colleague who has it.",
        "fr": "Aucun arrêté de délégation en vigueur ne vous habilite à décider cela en vertu de toutes les dispositions. Demandez-en un à la personne responsable de votre institution, ou laissez un collègue qui en a un décider.",
    },
}


def error_words(code: str, message: str, lang: Lang) -> str:
    """What to say."""
    found = ERRORS.get(code)
    return message if found is None else found[lang]
