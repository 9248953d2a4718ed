"""What staff did, where a referral stands, and why a notice is held, in words of English and of French.

Invariant: both languages have the same codes, and every code that the product writes has words (a test reads the code).
Does not: know the grounds, forms and sentences of an explanation (`gateway.service.words.sentences`).
"""

from collections.abc import Mapping
from typing import Final

from gateway.service.words.sentences import Lang

ACTIONS: Final[Mapping[Lang, Mapping[str, str]]] = {
    "en": {
        "referral-looked-at": "Staff looked at a request that was referred to a person.",
        "referral-taken": "An officer took up a request that was referred to a person.",
        "referral-released": "A named person released all that was asked.",
        "referral-partly-released": "A named person released a part of what was asked.",
        "referral-refused": "A named person refused what was asked.",
        "referral-escalated": "Nobody had decided yet, so the request went one level up.",
        "referral-lapsed": "Nobody decided in time, so the request lapsed.",
        "decision-upheld": "Somebody else reviewed the decision and upheld it.",
        "decision-not-upheld": "Somebody else reviewed the decision and did not uphold it.",
        "decision-replayed": "Staff recomputed a decision.",
        "simulation-begun": "Staff began to judge recorded requests anew under a draft; nothing was disclosed.",
        "simulation-ended": "Staff ended a trial of a draft on recorded requests; nothing was disclosed.",
        "situation-written": "Staff wrote a test case after a recorded request, with an invented person.",
        "delegation-given": "A delegation order was given: it lets an officer decide.",
        "delegation-revoked": "A delegation order was revoked.",
        "consent-registered": "A person's consent was put on file.",
        "consent-withdrawn": "A person's consent was withdrawn.",
        "notice-read": "Staff read a drafted notice.",
        "notice-sent": "Staff said that a notice was sent.",
        "notice-sent-despite-hold": "Staff said that a notice was sent although it was held.",
        "obligation-done": "Staff said that a duty is fulfilled.",
        "consistent-use-noted": "A new consistent use was put on record.",
        "rulebook-in-force": "A gateway started with other rules or agreements than before; from then on they decide.",
        "draft-opened": "A draft of a change to the rulebook was opened.",
        "draft-saved": "A draft of a change to the rulebook was saved; approvals given before are void.",
        "draft-submitted": "A draft of a change to the rulebook was given to review.",
        "draft-approved": "Somebody who wrote none of it approved a draft of a change to the rulebook.",
        "draft-scheduled": "An approved change to the rulebook was given the time at which it goes into force.",
        "draft-not-published": "A scheduled change to the rulebook could not go into force; it is in review again.",
        "draft-withdrawn": "A draft of a change to the rulebook was withdrawn.",
        "rulebook-published": "An approved change to the rulebook went into force.",
        "agreement-suspended": "An agreement was suspended; from this entry on nothing is disclosed under it.",
        "agreement-resume-asked": "Somebody asked to take up a suspended agreement; a second person has to agree.",
        "agreement-resumed": "A second person agreed: a suspended agreement counts again.",
        "agreement-terminate-asked": "Somebody asked to end an agreement for good; a second person has to agree.",
        "agreement-terminated": "A second person agreed: an agreement was ended for good.",
        "correction-recorded": "A correction of a person's record was put on record; its recipients are told.",
        "notation-recorded": "A correction of a person's record was refused and a notation made; its recipients are "
        "told.",
        "breach-determined": "A material breach of privacy was put on record.",
        "account-for-person": "A person's account of disclosures was given.",
        "person-looked-up": "Staff looked up which entries concern a person.",
        "hold-placed": "Erasure was put on hold for a person: everything about them is kept.",
        "hold-lifted": "The hold on erasure for a person was lifted.",
        "log-rows-exported": "Rows of the log, in codes and without persons, were taken out as a file.",
        "flag-signed-off": "Staff looked into something out of the ordinary and signed it off.",
        "sample-reviewed": "Staff reviewed an entry of the monthly sample.",
        "report-exported": "The annual figures, without small numbers about people, were taken out as a file.",
        "erased": "What the log kept about a person was erased; the entries and their proofs stay valid.",
        "key-proposed": "A partner's key was proposed.",
        "key-approved": "A second person approved a partner's key.",
        "key-approval-failed": "A partner's key was not made active: its unit has two active keys.",
        "key-revoked": "A partner's key was revoked.",
        "breach-read": "Staff read what is on record of a breach.",
        "breach-people-read": "Staff looked at whom a breach concerns.",
        "consents-looked-up": "Staff looked up which consents of a person are on file.",
        "state-adopted": "A row from before rows were sealed was held against the log and adopted.",
        "log-check-begun": "Staff began a check of the whole log.",
        "log-check-stopped": "A check of the whole log was stopped before its end.",
        "log-check-failed": "A check of the whole log could not be done; that says nothing about the log.",
        "log-verified": "The whole log was recomputed from its entries; it is what was signed.",
        "log-not-verified": "The whole log was recomputed from its entries; it is not what was signed.",
        "log-reconciled": "The tables beside the log were held against its entries; they are whole.",
        "log-not-reconciled": "The tables beside the log were held against its entries; something is at fault.",
        "log-exported": "The log was taken out as a file, for somebody who verifies it elsewhere.",
        "acts-looked-up": "Staff looked up who of the staff did what.",
        "key-use-looked-up": "Staff looked up which entries a partner's key signed.",
    },
    "fr": {
        "referral-looked-at": "Le personnel a consulté une demande renvoyée à une personne.",
        "referral-taken": "Un agent a pris en charge une demande renvoyée à une personne.",
        "referral-released": "Une personne désignée a autorisé la communication de tout ce qui était demandé.",
        "referral-partly-released": "Une personne désignée a autorisé la communication d'une partie de ce qui était "
        "demandé.",
        "referral-refused": "Une personne désignée a refusé ce qui était demandé.",
        "referral-escalated": "Personne n'avait encore décidé; la demande est passée au niveau supérieur.",
        "referral-lapsed": "Personne n'a décidé à temps; la demande est caduque.",
        "decision-upheld": "Une autre personne a réexaminé la décision et l'a confirmée.",
        "decision-not-upheld": "Une autre personne a réexaminé la décision et ne l'a pas confirmée.",
        "decision-replayed": "Le personnel a recalculé une décision.",
        "simulation-begun": "Le personnel a entrepris de juger de nouveau des demandes consignées selon un projet; "
        "rien n'a été communiqué.",
        "simulation-ended": "Le personnel a terminé l'essai d'un projet sur des demandes consignées; rien n'a été "
        "communiqué.",
        "situation-written": "Le personnel a rédigé un cas d'essai d'après une demande consignée, avec une personne "
        "inventée.",
        "delegation-given": "Un arrêté de délégation a été pris : il habilite un agent à décider.",
        "delegation-revoked": "Un arrêté de délégation a été révoqué.",
        "consent-registered": "Le consentement d'une personne a été versé au dossier.",
        "consent-withdrawn": "Le consentement d'une personne a été retiré.",
        "notice-read": "Le personnel a lu un projet d'avis.",
        "notice-sent": "Le personnel a déclaré qu'un avis a été envoyé.",
        "notice-sent-despite-hold": "Le personnel a déclaré qu'un avis a été envoyé même s'il était retenu.",
        "obligation-done": "Le personnel a déclaré qu'une obligation est accomplie.",
        "consistent-use-noted": "Un nouvel usage compatible a été consigné.",
        "rulebook-in-force": "Une passerelle a démarré avec d'autres règles ou accords qu'avant; ils régissent depuis "
        "les décisions.",
        "draft-opened": "Un projet de modification du recueil de règles a été ouvert.",
        "draft-saved": "Un projet de modification du recueil de règles a été enregistré; les approbations déjà données "
        "sont nulles.",
        "draft-submitted": "Un projet de modification du recueil de règles a été soumis à l'examen.",
        "draft-approved": "Une personne qui n'en a rien rédigé a approuvé un projet de modification du recueil de "
        "règles.",
        "draft-scheduled": "Le moment de l'entrée en vigueur d'une modification approuvée du recueil de règles a été "
        "fixé.",
        "draft-not-published": "Une modification prévue du recueil de règles n'a pas pu entrer en vigueur; elle est de "
        "nouveau à l'examen.",
        "draft-withdrawn": "Un projet de modification du recueil de règles a été retiré.",
        "rulebook-published": "Une modification approuvée du recueil de règles est entrée en vigueur.",
        "agreement-suspended": "Un accord a été suspendu; depuis cette inscription, rien n'est communiqué en vertu de "
        "celui-ci.",
        "agreement-resume-asked": "Une personne a demandé la reprise d'un accord suspendu; une deuxième doit y "
        "consentir.",
        "agreement-resumed": "Une deuxième personne y a consenti : un accord suspendu est de nouveau en vigueur.",
        "agreement-terminate-asked": "Une personne a demandé la fin définitive d'un accord; une deuxième doit y "
        "consentir.",
        "agreement-terminated": "Une deuxième personne y a consenti : un accord a pris fin définitivement.",
        "correction-recorded": "La correction du dossier d'une personne a été consignée; ses destinataires en sont "
        "avisés.",
        "notation-recorded": "La correction du dossier d'une personne a été refusée et une mention y a été portée; ses "
        "destinataires en sont avisés.",
        "breach-determined": "Une atteinte substantielle à la vie privée a été consignée.",
        "account-for-person": "Le compte rendu des communications a été remis à une personne.",
        "person-looked-up": "Le personnel a cherché les inscriptions qui visent une personne.",
        "hold-placed": "L'effacement a été suspendu pour une personne : tout ce qui la concerne est conservé.",
        "hold-lifted": "La suspension de l'effacement a été levée pour une personne.",
        "log-rows-exported": "Des lignes du journal, en codes et sans personnes, ont été tirées dans un fichier.",
        "flag-signed-off": "Le personnel a examiné un fait inhabituel et l'a réglé.",
        "sample-reviewed": "Le personnel a examiné une inscription de l'échantillon mensuel.",
        "report-exported": "Les statistiques annuelles, sans petits nombres sur des personnes, ont été tirées dans un "
        "fichier.",
        "erased": "Ce que le journal conservait au sujet d'une personne a été effacé; les inscriptions et leurs "
        "preuves restent valides.",
        "key-proposed": "Une clé d'un partenaire a été proposée.",
        "key-approved": "Une deuxième personne a approuvé la clé d'un partenaire.",
        "key-approval-failed": "La clé d'un partenaire n'a pas été activée : son unité a déjà deux clés actives.",
        "key-revoked": "La clé d'un partenaire a été révoquée.",
        "breach-read": "Le personnel a lu ce qui est consigné d'une atteinte.",
        "breach-people-read": "Le personnel a consulté qui est concerné par une atteinte.",
        "consents-looked-up": "Le personnel a consulté les consentements d'une personne versés au dossier.",
        "state-adopted": "Une donnée antérieure aux sceaux a été comparée au registre et reprise.",
        "log-check-begun": "Le personnel a entrepris un contrôle du journal entier.",
        "log-check-stopped": "Un contrôle du journal entier a été arrêté avant sa fin.",
        "log-check-failed": "Un contrôle du journal entier n'a pas pu être fait; cela ne dit rien du journal.",
        "log-verified": "Le journal entier a été recalculé à partir de ses inscriptions; il est tel qu'il a été signé.",
        "log-not-verified": "Le journal entier a été recalculé à partir de ses inscriptions; il n'est pas tel qu'il a "
        "été signé.",
        "log-reconciled": "Les tables à côté du journal ont été comparées à ses inscriptions; elles sont complètes.",
        "log-not-reconciled": "Les tables à côté du journal ont été comparées à ses inscriptions; quelque chose ne "
        "concorde pas.",
        "log-exported": "Le journal a été emporté dans un fichier, pour être vérifié ailleurs.",
        "acts-looked-up": "Le personnel a cherché qui, dans le personnel, a fait quoi.",
        "key-use-looked-up": "Le personnel a cherché quelles inscriptions la clé d'un partenaire a signées.",
    },
}
"""What an entry that is no decision on a request says was done, by its reason."""

ACTS_SHOWN: Final[Mapping[Lang, Mapping[str, str]]] = {
    "en": {
        "entry": "entry",
        "time": "time (UTC)",
        "unit": "unit",
        "officer": "officer",
        "done": "what was done",
        "erased": "erased, or cannot be read",
        "on-record": "Acts looked through: {0}. That you looked is on record as entry {1}.",
        "more": "There are older ones: repeat with --before {0}",
    },
    "fr": {
        "entry": "inscription",
        "time": "heure (UTC)",
        "unit": "unité",
        "officer": "agent",
        "done": "ce qui a été fait",
        "erased": "effacé ou illisible",
        "on-record": "Actes parcourus : {0}. Votre recherche est consignée à l'inscription {1}.",
        "more": "Il y en a de plus anciens : recommencez avec --before {0}",
    },
}
"""The page of `gateway log acts`."""

STATES: Final[Mapping[Lang, Mapping[str, str]]] = {
    "en": {
        "requested": "requested",
        "under-review": "under review",
        "released": "released",
        "partly-released": "partly released",
        "refused": "refused",
        "lapsed": "lapsed",
        "after-review": "reviewed",
    },
    "fr": {
        "requested": "demandé",
        "under-review": "à l'examen",
        "released": "autorisé",
        "partly-released": "autorisé en partie",
        "refused": "refusé",
        "lapsed": "caduc",
        "after-review": "réexaminé",
    },
}
"""Where a referral stands."""

HELD: Final[Mapping[Lang, Mapping[str, str]]] = {
    "en": {
        "employer-housing": "the last known address is housing that the employer controls",
        "address-not-known-safe": "it is not known whether the last known address is safe for the person",
        "no-address": "no last known address",
        "partner-not-named": "the decision does not name the partner entity concerned",
        "person-not-named": "the recipient got a list without this person's identifier; agree first how to name them",
    },
    "fr": {
        "employer-housing": "la dernière adresse connue est un logement dont l'employeur a la maîtrise",
        "address-not-known-safe": "on ignore si la dernière adresse connue est sûre pour la personne",
        "no-address": "aucune dernière adresse connue",
        "partner-not-named": "la décision ne désigne pas l'entité partenaire visée",
        "person-not-named": "le destinataire a reçu une liste sans identificateur de cette personne; convenez d'abord "
        "de la façon de la désigner",
    },
}
"""Why a notice must not be sent as it is."""
