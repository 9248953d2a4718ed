"""The words of what a check of the rulebook finds, by code: what is wrong and what to do, in English and in French.

Invariant: every code has all four, with the same facts to fill; both languages know every kind of thing. Does not: know
where a finding is.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from gateway.service.words.sentences import Lang


@dataclass(frozen=True, slots=True)
class Words:
    """What is wrong and what to do; `{name}` and the like are facts of the finding."""

    en: str
    do_en: str
    fr: str
    do_fr: str


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

WORDS: Final[Mapping[str, Words]] = {
    "folder-missing": Words(
        "the folder does not exist",
        "Name a folder that is there.",
        "le dossier n'existe pas",
        "Nommer un dossier existant.",
    ),
    "file-missing": Words(
        "the file does not exist",
        "Put it back; every kind of file has to be in the first folder.",
        "le fichier n'existe pas",
        "Le remettre; chaque sorte de fichier doit figurer dans le premier dossier.",
    ),
    "file-unreadable": Words(
        "cannot be read: {reason}",
        "Check the file and who may read it.",
        "lecture impossible : {reason}",
        "Vérifier le fichier et ses droits de lecture.",
    ),
    "file-too-large": Words(
        "larger than {most} bytes",
        "Split it, or take out what does not belong there.",
        "dépasse {most} octets",
        "Le diviser, ou en retirer ce qui n'y a pas sa place.",
    ),
    "file-empty": Words(
        "the file is empty",
        "Write it, or delete the file.",
        "le fichier est vide",
        "L'écrire ou le supprimer.",
    ),
    "not-utf8": Words(
        "is not UTF-8",
        "Save it as UTF-8.",
        "n'est pas en UTF-8",
        "L'enregistrer en UTF-8.",
    ),
    "not-yaml": Words(
        "is not YAML: {problem}",
        "Correct the line; often a bracket, a quote or an indent is missing.",
        "n'est pas du YAML : {problem}",
        "Corriger la ligne; il manque souvent un crochet, un guillemet ou un retrait.",
    ),
    "too-deep": Words(
        "nested too deeply",
        "Write it with fewer levels.",
        "imbriqué trop profondément",
        "L'écrire avec moins de niveaux.",
    ),
    "anchor": Words(
        "anchors and aliases are not allowed",
        "Write the content out where it is needed.",
        "les ancres et les alias ne sont pas permis",
        "Écrire le contenu au long à chaque endroit.",
    ),
    "tag": Words(
        "YAML tags are not allowed",
        "Write plain text, whole numbers, true or false.",
        "les étiquettes YAML ne sont pas permises",
        "Écrire du texte simple, des entiers, true ou false.",
    ),
    "key-not-text": Words(
        "a key must be text",
        "Put the key in quotes.",
        "une clé doit être du texte",
        "Mettre la clé entre guillemets.",
    ),
    "key-twice": Words(
        "'{name}' comes twice",
        "Keep one of the two.",
        "'{name}' figure deux fois",
        "N'en garder qu'un.",
    ),
    "schema-lacks": Words(
        "{member}: lacks {names}",
        "Add it; the agreement beside it shows how.",
        "{member} : il manque {names}",
        "L'ajouter; un fichier voisin montre comment.",
    ),
    "schema-unknown": Words(
        "{member}: holds a member that is not of the schema: {names}",
        "Correct its spelling, or take it out.",
        "{member} : contient un membre étranger au schéma : {names}",
        "Corriger son orthographe ou le retirer.",
    ),
    "schema-choice": Words(
        "{member}: must be one of {choices}",
        "Write one of these.",
        "{member} : doit être l'un de {choices}",
        "Écrire l'un d'eux.",
    ),
    "schema-form": Words(
        "{member}: does not have the form {form}",
        "Write it in that form.",
        "{member} : n'a pas la forme {form}",
        "L'écrire sous cette forme.",
    ),
    "schema-twice": Words(
        "{member}: holds an item twice",
        "Keep one of the two.",
        "{member} : contient un élément en double",
        "N'en garder qu'un.",
    ),
    "schema-rule": Words(
        "{member}: does not fit the rule {rule}",
        "See agreements/schema for what is expected.",
        "{member} : ne respecte pas la règle {rule}",
        "Voir agreements/schema pour ce qui est attendu.",
    ),
    "file-name": Words(
        "the file is named '{file}', its id is '{name}'",
        "Make the two alike.",
        "le fichier s'appelle '{file}', son id est '{name}'",
        "Les rendre identiques.",
    ),
    "exists-already": Words(
        "{kind} '{name}' exists already",
        "Give it another id; a second folder adds and cannot change.",
        "{kind} '{name}' existe déjà",
        "Lui donner un autre id; un second dossier ajoute et ne peut rien changer.",
    ),
    "unknown": Words(
        "{kind} '{name}' does not exist",
        "Correct its spelling, or add it first.",
        "{kind} '{name}' n'existe pas",
        "Corriger l'orthographe, ou l'ajouter d'abord.",
    ),
    "twice": Words(
        "{kind} '{name}' exists twice",
        "Keep one, or give the other another name.",
        "{kind} '{name}' existe deux fois",
        "N'en garder qu'un, ou renommer l'autre.",
    ),
    "pattern-invalid": Words(
        "pattern is not a regular expression",
        "Correct the pattern.",
        "le motif n'est pas une expression rationnelle",
        "Corriger le motif.",
    ),
    "regime-unplaced": Words(
        "regime '{name}' has no place in the evaluation order",
        "Add it to evaluation_order in regimes.yaml.",
        "le régime '{name}' n'a pas de place dans l'ordre d'évaluation",
        "L'ajouter à evaluation_order dans regimes.yaml.",
    ),
    "unit-elsewhere": Words(
        "'{name}' is no unit of '{organization}'",
        "Name a unit of that institution.",
        "'{name}' n'est pas une unité de '{organization}'",
        "Nommer une unité de cette institution.",
    ),
    "neither-unit-nor-institution": Words(
        "'{name}' is no unit and no institution",
        "Name a unit or an institution of parties.yaml.",
        "'{name}' n'est ni une unité ni une institution",
        "Nommer une unité ou une institution de parties.yaml.",
    ),
    "day-invalid": Words(
        "is not a date of the calendar",
        "Write a day that exists, as YYYY-MM-DD.",
        "n'est pas une date du calendrier",
        "Écrire un jour qui existe, sous la forme AAAA-MM-JJ.",
    ),
    "period-empty": Words(
        "ends before it begins",
        "Correct one of the two days.",
        "prend fin avant de commencer",
        "Corriger l'une des deux dates.",
    ),
    "lifts-nothing": Words(
        "{name} permits nothing, so it lifts nothing",
        "Name a provision that permits.",
        "{name} ne permet rien et ne lève donc rien",
        "Nommer une disposition qui permet.",
    ),
    "forbids-silently": Words(
        "{name} forbids and names no reason code",
        "Name a reason of reasons.yaml.",
        "{name} interdit sans nommer de code de motif",
        "Nommer un motif de reasons.yaml.",
    ),
    "without-rule": Words(
        "{name} has no rule and nothing that upholds it",
        "Write its rule, or say in upheld_by what upholds it.",
        "{name} n'a ni règle ni rien qui en assure le respect",
        "Écrire sa règle, ou dire dans upheld_by ce qui en assure le respect.",
    ),
    "grounds-half": Words(
        "{name} names its grounds and who decides on them, or neither",
        "Add grounds or decided_by, or take out the other.",
        "{name} doit nommer ses fondements et qui en décide, ou ni l'un ni l'autre",
        "Ajouter grounds ou decided_by, ou retirer l'autre.",
    ),
    "upheld-needlessly": Words(
        "{name} is upheld by a rule or demands nothing",
        "Take out upheld_by.",
        "{name} a déjà une règle ou n'exige rien",
        "Retirer upheld_by.",
    ),
    "effect-none": Words(
        "{name} has no effect, so no rule and no obligation either",
        "Take out the rule and the obligations, or say what its effect is.",
        "{name} n'a pas d'effet, donc ni règle ni obligation",
        "Retirer règle et obligations, ou dire quel est son effet.",
    ),
    "obliges-nothing": Words(
        "{name} obliges and names no obligation",
        "Name the obligation it brings.",
        "{name} oblige sans nommer d'obligation",
        "Nommer l'obligation qu'elle entraîne.",
    ),
    "attribute-unknown": Words(
        "attribute '{name}' is not of the record type",
        "Name one of its attributes, or declare this one in the catalogue.",
        "l'attribut '{name}' n'est pas de ce type de dossier",
        "Nommer un de ses attributs, ou le déclarer au catalogue.",
    ),
    "subject-missing": Words(
        "a record about a person names the identifier scheme of that person",
        "Name in subject one of its identifiers.",
        "un dossier sur une personne nomme le système d'identification de celle-ci",
        "Nommer dans subject un de ses identificateurs.",
    ),
    "subject-needless": Words(
        "a record about no person has no subject",
        "Write null.",
        "un dossier qui ne porte sur personne n'a pas de sujet",
        "Écrire null.",
    ),
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
}

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
