"""The words of what is wrong with files, parties, provisions, purposes and record types, by code.

Does not: word what is wrong with an agreement (`finding_words_agreements`).
"""

from collections.abc import Mapping
from typing import Final

from gateway.service.rulebook.finding_text import Words

OF_FILES: Final[Mapping[str, Words]] = {
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
}
