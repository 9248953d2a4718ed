"""What a refused step on an agreement or a draft is called on its pages, in both languages, by its stable code.

Invariant: it says what to do on the page, never a command. Does not: know the refusals of other topics
(`gateway.console.layout.errors`, which says what is not here).
"""

from collections.abc import Mapping
from typing import Final

from gateway.console.layout.errors import error_words
from gateway.service.words.sentences import Lang
from gateway.staff.asking import StaffCallError

ERRORS: Final[Mapping[str, Mapping[Lang, str]]] = {
    "own-draft": {
        "en": "You wrote some of this draft, so somebody else approves it.",
        "fr": "Vous avez écrit une partie de ce projet; quelqu'un d'autre l'approuve.",
    },
    "approved-already": {
        "en": "You approved exactly this already.",
        "fr": "Vous avez déjà approuvé exactement ceci.",
    },
    "another-digest": {
        "en": "Somebody changed the draft since you opened this page. Look at it as it is now, then approve or publish that.",
        "fr": "Quelqu'un a modifié le projet depuis que vous avez ouvert cette page. Voyez-le tel qu'il est maintenant, puis approuvez ou publiez cela.",
    },
    "not-approved": {
        "en": "Nobody else than its authors has approved the draft as it is now.",
        "fr": "Personne d'autre que ses auteurs n'a approuvé le projet tel qu'il est maintenant.",
    },
    "wrong-state": {
        "en": "The draft is no longer at this step. Look at it as it is now.",
        "fr": "Le projet n'en est plus à cette étape. Voyez-le tel qu'il est maintenant.",
    },
    "draft-changed": {
        "en": "Somebody else changed the draft meanwhile, so nothing was done. Look at it as it is now.",
        "fr": "Quelqu'un d'autre a modifié le projet entre-temps; rien n'a été fait. Voyez-le tel qu'il est maintenant.",
    },
    "draft-outdated": {
        "en": "What this draft replaces was changed in force since it began. Open a new draft and make the change there.",
        "fr": "Ce que ce projet remplace a été modifié en vigueur depuis son ouverture. Ouvrez un nouveau projet et faites-y la modification.",
    },
    "version-not-raised": {
        "en": "This version number is in force already with another text. Give the changed text the next number.",
        "fr": "Ce numéro de version est déjà en vigueur avec un autre texte. Donnez au texte modifié le numéro suivant.",
    },
    "draft-faults": {
        "en": "The documents do not fit together. Correct the errors under Checks first.",
        "fr": "Les documents ne s'accordent pas. Corrigez d'abord les erreurs indiquées sous Contrôles.",
    },
    "nothing-to-change": {
        "en": "This would change nothing.",
        "fr": "Cela ne changerait rien.",
    },
    "not-concerned": {
        "en": "Only an officer of an institution that it concerns does this.",
        "fr": "Seule une personne d'une institution visée fait cela.",
    },
    "second-person": {
        "en": "You asked for this yourself. Another person has to do it too.",
        "fr": "Vous l'avez demandé vous-même. Une autre personne doit le faire aussi.",
    },
    "stopped-already": {
        "en": "It is stopped already. Look at it as it is now.",
        "fr": "Il est déjà arrêté. Voyez-le tel qu'il est maintenant.",
    },
    "not-suspended": {
        "en": "It is not suspended. Look at it as it is now.",
        "fr": "Il n'est pas suspendu. Voyez-le tel qu'il est maintenant.",
    },
    "reason": {
        "en": "Partners read the reason: write it in both languages, in plain text of at most a few lines.",
        "fr": "Les partenaires lisent le motif\u00a0: écrivez-le dans les deux langues, en quelques lignes de texte simple.",
    },
    "party-not-agreed": {
        "en": "An officer of each party has to approve it; one is still missing.",
        "fr": "Une personne de chaque partie doit l'approuver; il en manque encore une.",
    },
    "time-passed": {
        "en": "This time is over. Choose a later one, or put it in force now.",
        "fr": "Cette heure est passée. Choisissez-en une plus tardive, ou mettez-le en vigueur maintenant.",
    },
    "exists-already": {
        "en": "There is one of this name already. Choose another name.",
        "fr": "Il y en a déjà un de ce nom. Choisissez un autre nom.",
    },
    "term": {
        "en": "An agreement ends after it begins.",
        "fr": "Un accord prend fin après avoir commencé.",
    },
    "day": {
        "en": "Write the day as 2027-04-01.",
        "fr": "Écrivez le jour comme 2027-04-01.",
    },
    "edit": {
        "en": "This place is written in a way that only the text can change. Edit the document as text.",
        "fr": "Ce passage est écrit d'une façon que seul le texte peut modifier. Modifiez le document comme texte.",
    },
    "not-an-agreement": {
        "en": "The document has not the form of an agreement. Change its text.",
        "fr": "Le document n'a pas la forme d'un accord. Modifiez son texte.",
    },
    "not-a-document": {
        "en": "A name has lower-case letters, digits and hyphens alone.",
        "fr": "Un nom n'a que des lettres minuscules, des chiffres et des traits d'union.",
    },
    "takes-away": {
        "en": "This would take away rows that other documents name. Keep them, and add yours.",
        "fr": "Cela retirerait des lignes que d'autres documents nomment. Gardez-les et ajoutez les vôtres.",
    },
    "agreement-terminated": {
        "en": "This agreement was terminated and stays so. Give the new one another name.",
        "fr": "Cet accord a été résilié et le reste. Donnez un autre nom au nouveau.",
    },
    "rulebook-changed": {
        "en": "Somebody else changed the rulebook in the same moment. Look at it as it is now, then do it again.",
        "fr": "Quelqu'un d'autre a modifié le recueil de règles au même moment. Voyez-le tel qu'il est maintenant, puis recommencez.",
    },
    "rulebook-in-files": {
        "en": "This deployment takes its rulebook from files. Change them there.",
        "fr": "Ce déploiement prend ses règles dans des fichiers. Modifiez-les à cet endroit.",
    },
}


def step_words(error: StaffCallError, lang: Lang) -> str:
    """What to say."""
    found = ERRORS.get(error.code)
    return error_words(error.code, str(error), lang, error.facts) if found is None else found[lang]
