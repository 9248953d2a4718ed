"""What a refusal of the privacy office's daily work is called: duties, breaches, consents, delegations, holds,
corrections. By the stable code, or by code and the member that is wrong (`consent-refused.purpose`).

Invariant: no value is repeated. Does not: know which form it was.
"""

from collections.abc import Mapping
from typing import Final

from gateway.service.words.sentences import Lang

WORK_ERRORS: Final[Mapping[str, Mapping[Lang, str]]] = {
    "duty-unknown": {
        "en": "There is no such duty.",
        "fr": "Cette obligation n'existe pas.",
    },
    "duty-not-bound": {
        "en": "It binds another institution than yours.",
        "fr": "Elle lie une autre institution que la vôtre.",
    },
    "duty-done-already": {
        "en": "Somebody marked it as done meanwhile. There is nothing left to do.",
        "fr": "Quelqu'un l'a déclarée accomplie entre-temps. Il ne reste rien à faire.",
    },
    "duty-by-review-only": {
        "en": "Only the review of the decision by somebody else fulfils it.",
        "fr": "Seul le réexamen de la décision par quelqu'un d'autre l'accomplit.",
    },
    "duty-held": {
        "en": "The notice is held. Get advice, then open it and say why it was sent all the same.",
        "fr": "L'avis est retenu. Demandez conseil, puis ouvrez-le et dites pourquoi il a néanmoins été envoyé.",
    },
    "bank-unknown": {
        "en": "This information bank is not one of your institution's.",
        "fr": "Ce fichier de renseignements n'est pas de votre institution.",
    },
    "purpose-not-agreed": {
        "en": "No clause of this agreement has records of this bank communicated for this purpose.",
        "fr": "Aucune clause de cet accord ne prévoit la communication de dossiers de ce fichier à cette fin.",
    },
    "not-privacy-act": {
        "en": "Only an institution under the Privacy Act gives this notice.",
        "fr": "Seule une institution assujettie à la Loi sur la protection des renseignements personnels donne cet avis.",
    },
    "determined-in-future": {
        "en": "A breach is determined before it is reported; this time is in the future.",
        "fr": "Une atteinte est constatée avant d'être signalée; ce moment est dans le futur.",
    },
    "dates-out-of-order.discovered": {
        "en": "A breach is discovered before it is determined to be material.",
        "fr": "Une atteinte est découverte avant d'être jugée substantielle.",
    },
    "dates-out-of-order.occurred": {
        "en": "A breach occurs before it is discovered.",
        "fr": "Une atteinte survient avant d'être découverte.",
    },
    "unknown-agreement": {
        "en": "This agreement is not known. Of one that was withdrawn, include the entries concerned.",
        "fr": "Cet accord est inconnu. S'il a été retiré, incluez les inscriptions visées.",
    },
    "nothing-concerned": {
        "en": "Tick an agreement, or include the entries that the breach concerns.",
        "fr": "Cochez un accord ou incluez les inscriptions visées par l'atteinte.",
    },
    "letter-missing": {
        "en": "The people concerned have to be told: write the text of their letter, or say that they were told.",
        "fr": "Les personnes concernées doivent être avisées : rédigez le texte de leur lettre, ou dites qu'elles l'ont été.",
    },
    "days-turned": {
        "en": "The last day is before the first.",
        "fr": "Le dernier jour précède le premier.",
    },
    "too-many-concerned": {
        "en": "Too many entries are concerned to show people one by one. Narrow the days, the recipient or the agreement.",
        "fr": "Trop d'inscriptions sont visées pour montrer chaque personne. Resserrez les jours, le destinataire ou l'accord.",
    },
    "consent-refused": {
        "en": "This person has no such consent on file.",
        "fr": "Aucun consentement de ce numéro n'est versé au dossier de cette personne.",
    },
    "consent-refused.document": {
        "en": "This is not the fingerprint of a document: 43 letters, digits, hyphens and underscores.",
        "fr": "Ce n'est pas l'empreinte d'un document : 43 lettres, chiffres, traits d'union et traits de soulignement.",
    },
    "consent-refused.unit": {
        "en": "A consent is filed and withdrawn by the institution that holds the records.",
        "fr": "Un consentement est versé au dossier et retiré par l'institution qui détient les dossiers.",
    },
    "consent-refused.record-type": {
        "en": "Choose a kind of record.",
        "fr": "Choisissez un type de dossier.",
    },
    "consent-refused.elements": {
        "en": "Tick at least one element; a consent is never blanket.",
        "fr": "Cochez au moins un élément; un consentement n'est jamais général.",
    },
    "consent-refused.recipient": {
        "en": "Choose who may receive.",
        "fr": "Choisissez qui peut recevoir.",
    },
    "consent-refused.purpose": {
        "en": "Choose a purpose.",
        "fr": "Choisissez une fin.",
    },
    "consent-refused.period": {
        "en": "A consent ends after it begins, within 366 days.",
        "fr": "Un consentement prend fin après son début, au plus 366 jours plus tard.",
    },
    "hold-refused": {
        "en": "This person has no open hold under this reference, or somebody lifted it just now.",
        "fr": "Cette personne n'a pas de suspension en vigueur sous ce numéro, ou quelqu'un vient de la lever.",
    },
    "hold-refused.reason": {
        "en": "Choose a reason.",
        "fr": "Choisissez une raison.",
    },
    "hold-refused.unit": {
        "en": "A hold is lifted by the institution that placed it.",
        "fr": "Une suspension est levée par l'institution qui l'a demandée.",
    },
    "delegation-refused": {
        "en": "There is no delegation order in force under this number, or somebody changed it just now.",
        "fr": "Aucun arrêté de délégation en vigueur ne porte ce numéro, ou quelqu'un vient de le modifier.",
    },
    "delegation-refused.at": {
        "en": "Choose the unit where the officer works.",
        "fr": "Choisissez l'unité de l'agent.",
    },
    "delegation-refused.unit": {
        "en": "An order is given and revoked within one institution.",
        "fr": "Un arrêté est pris et révoqué au sein d'une même institution.",
    },
    "delegation-refused.to": {
        "en": "Nobody gives a delegation order to themselves.",
        "fr": "Nul ne prend un arrêté de délégation en sa propre faveur.",
    },
    "delegation-refused.provisions": {
        "en": "Tick at least one provision.",
        "fr": "Cochez au moins une disposition.",
    },
    "delegation-refused.ends": {
        "en": "An order ends after it begins, within five years.",
        "fr": "Un arrêté prend fin après son début, au plus cinq ans plus tard.",
    },
    "officer-malformed": {
        "en": "Write the identifier with which the officer signs in.",
        "fr": "Écrivez l'identifiant avec lequel l'agent ouvre une session.",
    },
    "record-type-unknown": {
        "en": "Choose a kind of record that your institution holds.",
        "fr": "Choisissez un type de dossier que votre institution détient.",
    },
    "element-missing": {
        "en": "Tick at least one element that was corrected.",
        "fr": "Cochez au moins un élément corrigé.",
    },
    "element-unknown": {
        "en": "This kind of record does not have one of the elements.",
        "fr": "Ce type de dossier n'a pas l'un des éléments.",
    },
    "text-unreadable": {
        "en": "Write letters, digits and signs that one can see; something in this text is invisible or turns the text round.",
        "fr": "Écrivez des lettres, des chiffres et des signes visibles; quelque chose dans ce texte est invisible ou en inverse le sens.",
    },
}
