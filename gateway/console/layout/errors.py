"""What a staff call's refusal is called on a page, in both languages, by its stable code.

Invariant: a code that has no words here or in `gateway.service.words` is told in English as the gateway says it, which
names no value. Does not: know which form it was.
"""

from collections.abc import Mapping
from typing import Final

from gateway.console.layout.work_errors import WORK_ERRORS
from gateway.service.words.acting import refusal_words
from gateway.service.words.rulebook_refusals import rulebook_refusal
from gateway.service.words.sentences import Lang

ERRORS: Final[Mapping[str, Mapping[Lang, str]]] = {
    "not-delegated": {
        "en": "No delegation order that is in force lets you decide this under all these provisions. The head of your institution gives one, or a colleague who has one decides.",
        "fr": "Aucun arrêté de délégation en vigueur ne vous habilite à décider cela en vertu de toutes ces dispositions. Le responsable de votre institution en prend un, ou un collègue qui en a un décide.",
    },
    "reasons-missing": {
        "en": "Write your reasons; the balancing is part of the record.",
        "fr": "Écrivez vos motifs; la pondération fait partie du registre.",
    },
    "not-asked": {
        "en": "Release at least one of the elements asked for, and no other; or refuse.",
        "fr": "Communiquez au moins un des éléments demandés, et aucun autre; ou refusez.",
    },
    "not-lawful": {
        "en": "The law does not permit this release under these provisions. Release less, or in another form, or refuse.",
        "fr": "La loi ne permet pas cette communication en vertu de ces dispositions. Communiquez moins, ou sous une autre forme, ou refusez.",
    },
    "banner-holds": {
        "en": "The record bears a do-not-disclose banner, which nobody lifts on this ground. Refuse.",
        "fr": "Le dossier porte une mise en garde, que nul ne lève pour ce motif. Refusez.",
    },
    "banner-weighed": {
        "en": "The record bears a do-not-disclose banner. Tick that you release it knowing, and say why; or refuse.",
        "fr": "Le dossier porte une mise en garde. Cochez que vous communiquez en connaissance de cause et dites pourquoi; ou refusez.",
    },
    "already-decided": {
        "en": "Somebody decided it meanwhile. There is nothing left to do.",
        "fr": "Quelqu'un l'a décidée entre-temps. Il ne reste rien à faire.",
    },
    "overtaken": {
        "en": "Somebody else was faster. Look at the request as it is now.",
        "fr": "Quelqu'un d'autre a été plus rapide. Voyez la demande telle qu'elle est maintenant.",
    },
    "referral-lapsed": {
        "en": "Its time ran out while you were at it, so nothing was decided. The requester has to ask anew.",
        "fr": "Son délai s'est écoulé pendant que vous y travailliez; rien n'a été décidé. Le demandeur doit refaire sa demande.",
    },
    "own-referral": {
        "en": "Nobody decides on their own or their own unit's request. Leave it to a colleague.",
        "fr": "Nul ne décide de sa propre demande ni de celle de son unité. Laissez-la à un collègue.",
    },
    "own-decision": {
        "en": "Nobody reviews their own decision. Leave it to a colleague.",
        "fr": "Nul ne réexamine sa propre décision. Laissez-la à un collègue.",
    },
    "wrong-step": {
        "en": "It is no longer at this step. Look at it as it is now.",
        "fr": "Elle n'en est plus à cette étape. Voyez-la telle qu'elle est maintenant.",
    },
    "not-decided": {
        "en": "Only a decided request is reviewed, and once.",
        "fr": "Seule une demande décidée est réexaminée, une seule fois.",
    },
    "partner-twice": {
        "en": "Name the partner entity concerned, or say why none is; not both.",
        "fr": "Désignez l'entité partenaire visée, ou dites pourquoi aucune ne l'est; pas les deux.",
    },
    "referral-erased": {
        "en": "What was asked has been erased. The requester has to ask anew.",
        "fr": "Ce qui était demandé a été effacé. Le demandeur doit refaire sa demande.",
    },
    "malformed-identifier": {
        "en": "This is not a number of that kind. Compare it with the paper.",
        "fr": "Ce n'est pas un numéro de ce type. Comparez-le au document.",
    },
    "day-in-future": {
        "en": "This day is in the future.",
        "fr": "Cette date est dans le futur.",
    },
    "argument-malformed": {
        "en": "Something in the form is not written as it should be. Look at the hints beside the fields.",
        "fr": "Quelque chose dans le formulaire n'est pas écrit comme il le faudrait. Voyez les indications près des champs.",
    },
    "no-access-law": {
        "en": "Your unit is not under the Privacy Act, FIPPA or MFIPPA, and owes no account.",
        "fr": "Votre unité ne relève ni de la Loi sur la protection des renseignements personnels, ni de la LAIPVP, ni de la LAIMPVP, et ne doit pas de compte rendu.",
    },
    "not-authorized": {
        "en": "Your roles do not let you do this.",
        "fr": "Vos rôles ne vous permettent pas de faire cela.",
    },
    "tables-not-whole": {
        "en": "The gateway found that something is missing beside its log, so it gives no account and erases nothing. Tell its administrator.",
        "fr": "La passerelle a constaté qu'il manque quelque chose à côté de son journal; elle ne rend aucun compte et n'efface rien. Avisez son administration.",
    },
    "internal-error": {
        "en": "The gateway failed. Look whether it was done before you send it again.",
        "fr": "La passerelle a eu une défaillance. Vérifiez si cela a été fait avant de recommencer.",
    },
}


_NO_FACTS: Final[Mapping[str, object]] = {}


def error_words(code: str, message: str, lang: Lang, facts: Mapping[str, object] = _NO_FACTS) -> str:
    """What to say: the console's own words, else those that a command would say."""
    found = ERRORS.get(code) or WORK_ERRORS.get(code)
    if found is not None:
        return found[lang]
    return rulebook_refusal(code, lang, facts) or refusal_words(code, lang, facts) or message
