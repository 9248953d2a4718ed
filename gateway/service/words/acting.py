"""Who may act, and why somebody may not, in words of English and of French.

Invariant: both languages have the same codes, and no sentence has room for a person. Does not: know what staff did
(`gateway.service.words.staff`).
"""

from collections.abc import Mapping
from typing import Final

from gateway.service.words.sentences import Lang

USUAL_UNIT: Final = "esdc-isb"
"""The unit of the examples."""

ROLES: Final[Mapping[Lang, Mapping[str, str]]] = {
    "en": {
        "privacy-officer": "privacy officer",
        "delegated-head": "delegated head",
        "policy-editor": "policy editor",
        "policy-approver": "policy approver",
        "policy-publisher": "policy publisher",
        "auditor": "auditor",
        "administrator": "administrator",
    },
    "fr": {
        "privacy-officer": "agent de la protection de la vie privée",
        "delegated-head": "responsable délégué",
        "policy-editor": "rédacteur des politiques",
        "policy-approver": "approbateur des politiques",
        "policy-publisher": "éditeur des politiques",
        "auditor": "vérificateur",
        "administrator": "administrateur",
    },
}

IDENTITY: Final[Mapping[Lang, Mapping[str, str]]] = {
    "en": {
        "not-authorized": "this is for one of these roles: {0}; you have none of them. Nothing was done",
        "caller-not-stated": "say who you are, for example {0}; or set ISA_GATEWAY_STAFF_OFFICERS to a file that says "
        "which officer each user of this machine is (docs/operations.md). Nothing was done",
        "caller-unknown": "the user of this machine who makes this call is not in the file of staff officers "
        "(STAFF_OFFICERS); ask your administrator. Nothing was done",
        "another-officer": "officer: the operating system says that you are somebody else; leave --officer out. "
        "Nothing was done",
        "another-unit": "unit: you act for another unit in the file of staff officers; leave --unit out. "
        "Nothing was done",
    },
    "fr": {
        "not-authorized": "ceci est réservé à l'un de ces rôles : {0}; vous n'en avez aucun. Rien n'a été fait",
        "caller-not-stated": "dites qui vous êtes, par exemple {0}; ou donnez à ISA_GATEWAY_STAFF_OFFICERS un fichier "
        "qui dit quel agent est chaque utilisateur de cette machine (docs/operations.md). Rien n'a été fait",
        "caller-unknown": "l'utilisateur de cette machine qui fait cet appel n'est pas dans le fichier des agents "
        "(STAFF_OFFICERS); adressez-vous à votre administrateur. Rien n'a été fait",
        "another-officer": "officer: selon le système d'exploitation, vous êtes quelqu'un d'autre; omettez --officer. "
        "Rien n'a été fait",
        "another-unit": "unit: le fichier des agents vous donne une autre unité; omettez --unit. Rien n'a été fait",
    },
}
"""Why a call is refused before anything of it runs, by code."""


def refusal_words(code: str, lang: Lang, facts: Mapping[str, object]) -> str | None:
    """The sentence of a refusal, None where the code is of another kind."""
    sentence = IDENTITY[lang].get(code)
    if sentence is None:
        return None
    roles = facts.get("roles")
    if isinstance(roles, list | tuple):
        return sentence.format(", ".join(ROLES[lang].get(str(role), str(role)) for role in roles))
    return sentence.format(facts.get("example", ""))
