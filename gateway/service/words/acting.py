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
        "another-officer": "officer: you are known to be somebody else; leave --officer out. Nothing was done",
        "another-unit": "unit: you act for another unit; leave --unit out. Nothing was done",
        "sign-in-needed": "sign in first: `gateway sign-in`. Nothing was done",
        "sign-in-over": "your sign-in is over; sign in again: `gateway sign-in`. Nothing was done",
        "sign-in-again": "this binds your institution, and you signed in a while ago; prove again that it is you: "
        "`gateway sign-in --again`. Nothing was done",
        "sign-in-nobody": "you are signed in, but no line of the console's file gives you a role; ask your "
        "administrator. Nothing was done",
        "sign-in-away": "the sign-in provider does not answer, so it is not known who you are; try again in a minute. "
        "Nothing was done",
    },
    "fr": {
        "not-authorized": "ceci est réservé à l'un de ces rôles : {0}; vous n'en avez aucun. Rien n'a été fait",
        "caller-not-stated": "dites qui vous êtes, par exemple {0}; ou donnez à ISA_GATEWAY_STAFF_OFFICERS un fichier "
        "qui dit quel agent est chaque utilisateur de cette machine (docs/operations.md). Rien n'a été fait",
        "caller-unknown": "l'utilisateur de cette machine qui fait cet appel n'est pas dans le fichier des agents "
        "(STAFF_OFFICERS); adressez-vous à votre administrateur. Rien n'a été fait",
        "another-officer": "officer : on sait que vous êtes quelqu'un d'autre; omettez --officer. Rien n'a été fait",
        "another-unit": "unit : vous agissez pour une autre unité; omettez --unit. Rien n'a été fait",
        "sign-in-needed": "ouvrez d'abord une session : `gateway sign-in`. Rien n'a été fait",
        "sign-in-over": "votre session est terminée; ouvrez-en une autre : `gateway sign-in`. Rien n'a été fait",
        "sign-in-again": "cet acte engage votre institution, et votre session est ouverte depuis un moment; prouvez de "
        "nouveau que c'est vous : `gateway sign-in --again`. Rien n'a été fait",
        "sign-in-nobody": "votre session est ouverte, mais aucune ligne du fichier de la console ne vous donne de "
        "rôle; adressez-vous à votre administrateur. Rien n'a été fait",
        "sign-in-away": "le fournisseur d'identité ne répond pas : on ne sait pas qui vous êtes; réessayez dans une "
        "minute. Rien n'a été fait",
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
