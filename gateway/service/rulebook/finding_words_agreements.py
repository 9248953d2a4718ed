"""The words of what is wrong with an agreement, and of what is foreseen of one, by code.

Does not: word what is wrong with files and the register (`finding_words_files`).
"""

from collections.abc import Mapping
from typing import Final

from gateway.service.rulebook.finding_text import Words

OF_AGREEMENTS: Final[Mapping[str, Words]] = {
    "not-signed": Words(
        "'{organization}' did not sign",
        "Add its signature, with office and date.",
        "'{organization}' n'a pas signé",
        "Ajouter sa signature, avec la charge et la date.",
    ),
    "contact-no-party": Words(
        "contact '{name}' is no party",
        "Name a unit of a party.",
        "la personne-ressource '{name}' n'est pas d'une partie",
        "Nommer une unité d'une partie.",
    ),
    "alone-no-agreement": Words(
        "one institution alone makes an arrangement, not an agreement",
        "Write arrangement.",
        "une institution seule conclut un arrangement, non un accord",
        "Écrire arrangement.",
    ),
    "alone-not-both": Words(
        "one institution alone is source and recipient: role both",
        "Write both.",
        "une institution seule est source et destinataire : rôle both",
        "Écrire both.",
    ),
    "suspension-empty": Words(
        "a suspension ends before it begins",
        "Correct one of its days.",
        "une suspension prend fin avant de commencer",
        "Corriger l'une de ses dates.",
    ),
    "term-empty": Words(
        "the agreement expires before it takes effect",
        "Correct one of the two days.",
        "l'accord expire avant de prendre effet",
        "Corriger l'une des deux dates.",
    ),
    "purpose-twice": Words(
        "two schedules for the purpose '{name}'",
        "Put their clauses into one schedule.",
        "deux annexes pour la fin '{name}'",
        "Réunir leurs clauses en une annexe.",
    ),
    "bank-not-of-agreement": Words(
        "information bank '{name}' is not named by the agreement",
        "Add it to pib.banks, or take it out here.",
        "l'accord ne nomme pas le fichier de renseignements '{name}'",
        "L'ajouter à pib.banks, ou le retirer ici.",
    ),
    "granted-already": Words(
        "clause '{other}' grants element '{name}' already",
        "Take it out of one of the two clauses.",
        "la clause '{other}' accorde déjà l'élément '{name}'",
        "Le retirer de l'une des deux clauses.",
    ),
    "custodian-other": Words(
        "the custodian of the record type is '{name}'",
        "Name that unit as discloser.",
        "le dépositaire de ce type de dossier est '{name}'",
        "Nommer cette unité comme source.",
    ),
    "unit-no-party": Words(
        "unit '{name}' is no party",
        "Add it to its party, or take it out of the clause.",
        "l'unité '{name}' n'est pas partie",
        "L'ajouter à sa partie, ou la retirer de la clause.",
    ),
    "bank-not-of-schedule": Words(
        "information bank '{name}' is not named by the schedule",
        "Add it to pib of the schedule.",
        "l'annexe ne nomme pas le fichier de renseignements '{name}'",
        "L'ajouter à pib de l'annexe.",
    ),
    "element-twice": Words(
        "element '{name}' is granted twice",
        "Keep one of the two.",
        "l'élément '{name}' est accordé deux fois",
        "N'en garder qu'un.",
    ),
    "element-unknown": Words(
        "element '{name}' is not in the catalogue of '{record_type}'",
        "Name an element of the catalogue.",
        "l'élément '{name}' n'est pas au catalogue de '{record_type}'",
        "Nommer un élément du catalogue.",
    ),
    "form-misfit": Words(
        "form '{form}' does not fit element '{name}'",
        "Choose a form that fits its type, or leave the element out.",
        "la forme '{form}' ne convient pas à l'élément '{name}'",
        "Choisir une forme qui convient à son type, ou omettre l'élément.",
    ),
    "third-party-unsaid": Words(
        "element '{name}' is about someone else and the clause does not say why",
        "Say why in third_party, or leave the element out.",
        "l'élément '{name}' concerne autrui et la clause ne dit pas pourquoi",
        "Dire pourquoi dans third_party, ou omettre l'élément.",
    ),
    "personal-list-unsaid": Words(
        "a list about persons (element '{name}') needs personal_list",
        "Say why in personal_list, or grant one record at a time.",
        "une liste de personnes (élément '{name}') exige personal_list",
        "Dire pourquoi dans personal_list, ou n'accorder qu'un dossier à la fois.",
    ),
    "count-of-protected": Words(
        "a count of records that attributes may protect would count those too",
        "Choose another form, or no list.",
        "un nombre de dossiers que des attributs peuvent protéger les compterait aussi",
        "Choisir une autre forme, ou pas de liste.",
    ),
    "wrong-side": Words(
        "'{name}' is not an authority of the {side}",
        "Cite a provision for that side.",
        "'{name}' n'est pas un pouvoir de ce côté-là",
        "Citer une disposition pour ce côté.",
    ),
    "no-decision-rests": Words(
        "'{name}' has no rule that permits; no decision could rest on it",
        "Cite a provision that permits under an agreement.",
        "'{name}' n'a pas de règle qui permette; aucune décision ne pourrait s'y fonder",
        "Citer une disposition qui permet selon un accord.",
    ),
    "governs-nothing": Words(
        "'{name}' is of a regime that governs no element of the clause",
        "Take it out.",
        "'{name}' est d'un régime qui ne régit aucun élément de la clause",
        "La retirer.",
    ),
    "not-whole-term": Words(
        "'{name}' is not in force for the whole term",
        "Shorten the term, or cite what is in force for all of it.",
        "'{name}' n'est pas en vigueur pour toute la durée",
        "Abréger la durée, ou citer ce qui est en vigueur d'un bout à l'autre.",
    ),
    "regime-unopened": Words(
        "no authority of the {side} under regime '{name}'",
        "Cite a provision of that law, or leave out the elements it governs.",
        "aucun pouvoir de ce côté selon le régime '{name}'",
        "Citer une disposition de cette loi, ou omettre les éléments qu'elle régit.",
    ),
    "collects-under-nothing": Words(
        "the recipient is under no regime it could collect under",
        "Name recipients whose law lets them collect.",
        "le destinataire n'est sous aucun régime qui lui permette de recueillir",
        "Nommer des destinataires que leur loi autorise à recueillir.",
    ),
    "points-elsewhere": Words(
        "'{name}' opens only what a provision of another Act does; cite that one too",
        "Cite the provision of the other Act.",
        "'{name}' n'ouvre que ce qu'ouvre une disposition d'une autre loi; citer celle-ci aussi",
        "Citer la disposition de l'autre loi.",
    ),
    "disposal-early": Words(
        "disposal is due before the minimum retention",
        "Raise max_days, or lower min_days where the law allows.",
        "l'élimination est due avant la conservation minimale",
        "Hausser max_days, ou baisser min_days si la loi le permet.",
    ),
    "not-advisable": Words(
        "{name} needs the minister's advisability decision",
        "Enter it in advisability of the schedule.",
        "{name} exige la décision du ministre sur l'opportunité",
        "L'inscrire dans advisability de l'annexe.",
    ),
    "advisable-late": Words(
        "the minister's advisability decision comes after the agreement took effect",
        "Correct the date, or let the agreement take effect later.",
        "la décision du ministre sur l'opportunité est postérieure à la prise d'effet",
        "Corriger la date, ou reporter la prise d'effet.",
    ),
    "kept-too-short": Words(
        "'{name}' requires {days} days",
        "Raise min_days to that.",
        "'{name}' exige {days} jours",
        "Hausser min_days à ce nombre.",
    ),
    "term-ends": Words(
        "the agreement ends on {day}, and no other agreement of this rulebook follows it",
        "Agree on what follows, or tell the recipients that it ends.",
        "l'accord prend fin le {day} et aucun autre accord de ce recueil ne le suit",
        "Convenir de la suite, ou avertir les destinataires de la fin.",
    ),
    "term-ended": Words(
        "the agreement ended on {day}; nothing goes under it",
        "Renew it, or take it out of the folder.",
        "l'accord a pris fin le {day}; rien n'est plus communiqué selon lui",
        "Le renouveler, ou le retirer du dossier.",
    ),
    "term-begins": Words(
        "the agreement takes effect on {day}",
        "Tell those who will work with it.",
        "l'accord prend effet le {day}",
        "Avertir ceux qui s'en serviront.",
    ),
    "review-passed": Words(
        "the review was due on {day}",
        "Do the review and enter the day of the next.",
        "l'examen était dû le {day}",
        "Faire l'examen et inscrire la date du prochain.",
    ),
    "review-due": Words(
        "the review is due on {day}",
        "Prepare the review; enter the day of the next.",
        "l'examen est dû le {day}",
        "Préparer l'examen; inscrire la date du prochain.",
    ),
    "suspended-open": Words(
        "suspended since {day}, with no end",
        "Lift the suspension, or end the agreement.",
        "suspendu depuis le {day}, sans fin prévue",
        "Lever la suspension, ou mettre fin à l'accord.",
    ),
    "suspension-begins": Words(
        "the agreement is suspended from {day}",
        "Tell the recipients that nothing will go.",
        "l'accord est suspendu à compter du {day}",
        "Avertir les destinataires que rien ne sera communiqué.",
    ),
    "suspension-ends": Words(
        "the suspension ends on {day}",
        "Make sure that what it was for is settled.",
        "la suspension prend fin le {day}",
        "S'assurer que sa cause est réglée.",
    ),
    "authority-ends": Words(
        "'{name}' ends on {day}, before the agreement does",
        "Find what takes its place, and amend the agreement before that day.",
        "'{name}' prend fin le {day}, avant l'accord",
        "Trouver ce qui la remplace et modifier l'accord avant ce jour.",
    ),
    "law-begins": Words(
        "'{name}' takes effect on {day} and concerns what this agreement lets go",
        "Read it with counsel before that day; the policy applies it by itself.",
        "'{name}' prend effet le {day} et touche ce que permet l'accord",
        "La lire avec les conseillers juridiques avant ce jour; la politique l'applique d'elle-même.",
    ),
    "accreditation-ends": Words(
        "the accreditation of '{name}' ends on {day}, before the agreement does; protected elements will stop",
        "Have it renewed and enter the new day in parties.yaml.",
        "l'accréditation de '{name}' prend fin le {day}, avant l'accord; les éléments protégés cesseront",
        "La faire renouveler et inscrire la nouvelle date dans parties.yaml.",
    ),
    "not-accredited": Words(
        "'{name}' has no accreditation; protected elements will not go to it",
        "Enter it in parties.yaml once it has been given.",
        "'{name}' n'a pas d'accréditation; les éléments protégés ne lui seront pas communiqués",
        "L'inscrire dans parties.yaml une fois donnée.",
    ),
    "contract-ends": Words(
        "the contract of '{name}' with '{organization}' ends on {day}, before the agreement does",
        "Have it renewed and enter the new day in parties.yaml, or end the agreement with it.",
        "le contrat de '{name}' avec '{organization}' prend fin le {day}, avant l'accord",
        "Le faire renouveler et inscrire la nouvelle date dans parties.yaml, ou mettre fin à l'accord avec lui.",
    ),
    "role-ends": Words(
        "the role '{role}' of '{name}' ends on {day}, before the agreement does",
        "Ask what it rests on, and enter the new day in parties.yaml.",
        "le rôle '{role}' de '{name}' prend fin le {day}, avant l'accord",
        "Vérifier sur quoi il repose et inscrire la nouvelle date dans parties.yaml.",
    ),
    "version-not-raised": Words(
        "version {version} is in force already with another text; the draft cannot be submitted so",
        "Give the changed text a version of its own, for example the next number.",
        "la version {version} est déjà en vigueur avec un autre texte; le projet ne peut être soumis ainsi",
        "Donner au texte modifié une version qui lui soit propre, par exemple le numéro suivant.",
    ),
}
