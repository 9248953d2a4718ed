"""Why an act on a draft or on the rulebook is not done, and what to do, in words of English and of French.

Invariant: both languages have the same codes and room for the same facts: codes, paths and digests of the rulebook,
never a person. Does not: find out why (`gateway.service.rulebook.errors`).
"""

from collections.abc import Mapping
from typing import Final

from gateway.service.words.rulebook import STANDINGS
from gateway.service.words.sentences import Lang

STANDS: Final[Mapping[Lang, Mapping[str, str]]] = {
    "en": {
        "draft": "this draft is not submitted yet",
        "in-review": "this draft is in review",
        "approved": "this draft is approved",
        "scheduled": "this draft is scheduled",
        "published": "this draft is in force already",
        "withdrawn": "this draft was withdrawn",
    },
    "fr": {
        "draft": "ce projet n'est pas encore soumis",
        "in-review": "ce projet est à l'examen",
        "approved": "ce projet est approuvé",
        "scheduled": "la publication de ce projet est prévue",
        "published": "ce projet est déjà en vigueur",
        "withdrawn": "ce projet a été retiré",
    },
}
"""Where a draft stands, as a clause."""

FIRST: Final[Mapping[Lang, Mapping[str, str]]] = {
    "en": {
        "draft": "First: gateway agreements submit DRAFT",
        "in-review": "First: gateway agreements approve DRAFT, by somebody who wrote none of it",
        "approved": "Publish it, or save a change, which makes it a draft again",
        "scheduled": "To change it, withdraw it and open another one",
        "published": "There is nothing to do; for another change open another draft",
        "withdrawn": "Open another draft",
    },
    "fr": {
        "draft": "D'abord : gateway agreements submit DRAFT",
        "in-review": "D'abord : gateway agreements approve DRAFT, par une personne qui n'en a rien rédigé",
        "approved": "Publiez-le, ou enregistrez une modification, qui en refait un projet",
        "scheduled": "Pour le modifier, retirez-le et ouvrez-en un autre",
        "published": "Il n'y a rien à faire; pour une autre modification, ouvrez un autre projet",
        "withdrawn": "Ouvrez un autre projet",
    },
}
"""What comes first, by where a draft stands."""

DONE: Final[Mapping[Lang, Mapping[str, str]]] = {
    "en": {
        "changed": "changed",
        "submitted": "submitted",
        "approved": "approved",
        "withdrawn": "withdrawn",
        "published": "published",
    },
    "fr": {
        "changed": "modifié",
        "submitted": "soumis",
        "approved": "approuvé",
        "withdrawn": "retiré",
        "published": "publié",
    },
}
"""What was to become of a draft."""

REFUSALS: Final[Mapping[Lang, Mapping[str, str]]] = {
    "en": {
        "draft-changed": "the draft was changed meanwhile ({changed}) and is at revision {revision}; nothing was "
        "saved. Look at it with `gateway agreements draft --show`, then save yours on top of it",
        "draft-changed:state": "the draft was changed meanwhile (its state) and is at revision {revision}; nothing "
        "was saved. Look at it with `gateway agreements draft --show`, then do it again",
        "draft-faults": "the documents do not fit together; nothing was done:\n{faults}",
        "no-such-draft": "there is no such draft; `gateway agreements draft` lists them",
        "no-such-draft:or-file": "there is no such file or draft; `gateway agreements draft` lists drafts",
        "nothing-to-change": "the documents are those in force; there is nothing to draft",
        "nothing-to-change:saved": "saved so, the draft would change nothing; withdraw it instead",
        "another-digest": "the draft is not what you looked at: its digest is another one now. Look at it again, then "
        "do it",
        "office": "office: name it in at most {most} characters",
        "own-draft": "whoever wrote any of a draft does not approve it; ask somebody else",
        "approved-already": "you approved this already",
        "draft-outdated": "since the draft began, {paths} was changed in force; open a new draft from what is in force "
        "and make the change there",
        "version-not-raised": "{path}: version {version} is in force already with another text; give the changed text "
        "a version of its own",
        "rulebook-in-files": "this deployment takes its rulebook from files (RULEBOOK=files); change them there and "
        "restart it",
        "takes-away": "{path}: this would take away {count} that others name ({some}). In a draft a document replaces "
        "the whole one: take it from `gateway agreements export DIR` and add yours to it",
        "files": "a draft changes at least one document, and at most {most} at once",
        "not-a-document": "a document is parties.yaml, purposes.yaml, identifier_schemes.yaml, or a .yaml of catalogue "
        "or isa",
        "agreement-removed": "an agreement is not taken away; terminate it instead",
        "wrong-state": "{stands}, so it is not {done}. {first}",
        "not-approved": "nobody else than its authors approved this draft as it is now",
        "not-approved:state": "{stands}, so it is not {done}. {first}",
        "time-passed": "the time to publish is in the past; publish it now instead",
        "party-not-agreed": "an officer of each party has to approve; still missing: {missing}",
        "agreement-terminated": "{agreement} was terminated and stays so; give the new agreement another id",
        "no-such-agreement": "there is no such agreement in force; `gateway agreements state` lists them",
        "no-agreement-drafted": "{draft} changes no agreement; name one as it would be: {draft}/ID",
        "no-rulebook": "no rulebook is on record: start the gateway, which imports the folder of agreements. Where one "
        "was there already, run `gateway log reconcile`",
        "not-concerned": "this is for an officer of an institution that it concerns: {concerned}",
        "stopped-already": "{agreement} is {standing} already",
        "not-suspended": "{agreement} is {standing}, not suspended",
        "second-person": "you asked for this; another person has to do it too",
        "reason:en": "reason (en): partners read it, so write it in English and in French, in at most {most} "
        "characters of plain text",
        "reason:fr": "reason (fr): partners read it, so write it in English and in French, in at most {most} "
        "characters of plain text",
        "no-such-document": "the rulebook has no such document; look at the list",
        "not-an-agreement": "the document cannot be read as an agreement; change its text, or choose another one",
        "exists-already": "there is an agreement of this name; choose another one",
        "term": "an agreement ends after it begins",
        "simulation-running": "a draft is being tried already; wait for its end, or stop it",
        "no-simulation": "no draft is being tried; look at the result of the last trial",
        "day": "{name}: write the day as YYYY-MM-DD",
        "form": "the agreement would not have the form of one: {findings}",
        "time": "at: write a time with its zone, such as 2027-04-01T04:00:00Z",
        "not-kept": "the text of {agreement} is not kept any more; restore it from an export",
        "argument-malformed:days": "days: from 0 to {most}",
        "rulebook-changed": "the rulebook in force was changed meanwhile; nothing was done. Look at it, then do it "
        "again",
    },
    "fr": {
        "draft-changed": "le projet a été modifié entre-temps ({changed}) et en est à la révision {revision}; rien n'a "
        "été enregistré. Consultez-le avec `gateway agreements draft --show`, puis enregistrez vos modifications "
        "par-dessus",
        "draft-changed:state": "le projet a été modifié entre-temps (son état) et en est à la révision {revision}; "
        "rien n'a été enregistré. Consultez-le avec `gateway agreements draft --show`, puis recommencez",
        "draft-faults": "les documents ne s'accordent pas; rien n'a été fait :\n{faults}",
        "no-such-draft": "il n'y a aucun projet de ce nom; `gateway agreements draft` les énumère",
        "no-such-draft:or-file": "il n'y a ni fichier ni projet de ce nom; `gateway agreements draft` énumère les "
        "projets",
        "nothing-to-change": "les documents sont ceux qui sont en vigueur; il n'y a rien à modifier",
        "nothing-to-change:saved": "ainsi enregistré, le projet ne modifierait rien; retirez-le plutôt",
        "another-digest": "le projet n'est pas celui que vous avez consulté : son empreinte est maintenant différente. "
        "Consultez-le de nouveau, puis recommencez",
        "office": "office : nommez le poste en au plus {most} caractères",
        "own-draft": "une personne qui a rédigé une partie d'un projet ne l'approuve pas; demandez à quelqu'un d'autre",
        "approved-already": "vous l'avez déjà approuvé",
        "draft-outdated": "depuis le début du projet, {paths} a été modifié en vigueur; ouvrez un nouveau projet à "
        "partir de ce qui est en vigueur et faites-y la modification",
        "version-not-raised": "{path} : la version {version} est déjà en vigueur avec un autre texte; donnez au texte "
        "modifié une version qui lui soit propre",
        "rulebook-in-files": "ce déploiement tire son recueil de règles de fichiers (RULEBOOK=files); modifiez-les et "
        "redémarrez-le",
        "takes-away": "{path} : ceci en enlèverait {count} que d'autres nomment ({some}). Dans un projet, un document "
        "remplace le document entier : prenez-le avec `gateway agreements export DIR` et ajoutez-y le vôtre",
        "files": "un projet modifie au moins un document, et au plus {most} à la fois",
        "not-a-document": "un document est parties.yaml, purposes.yaml, identifier_schemes.yaml, ou un .yaml de "
        "catalogue ou d'isa",
        "agreement-removed": "un accord ne s'enlève pas; résiliez-le plutôt",
        "wrong-state": "{stands}; il n'est donc pas {done}. {first}",
        "not-approved": "personne d'autre que ses auteurs n'a approuvé ce projet tel qu'il est maintenant",
        "not-approved:state": "{stands}; il n'est donc pas {done}. {first}",
        "time-passed": "l'heure de publication est passée; publiez-le maintenant",
        "party-not-agreed": "un agent de chaque partie doit approuver; il manque encore : {missing}",
        "agreement-terminated": "{agreement} a été résilié et le reste; donnez au nouvel accord un autre identifiant",
        "no-such-agreement": "aucun accord de ce nom n'est en vigueur; `gateway agreements state` les énumère",
        "no-agreement-drafted": "{draft} ne modifie aucun accord; nommez-en un tel qu'il serait : {draft}/ID",
        "no-rulebook": "aucun recueil de règles n'est consigné : démarrez la passerelle, qui importe le dossier des "
        "accords. S'il y en avait déjà un, exécutez `gateway log reconcile`",
        "not-concerned": "ceci revient à un agent d'une institution visée : {concerned}",
        "stopped-already": "{agreement} est déjà {standing}",
        "not-suspended": "{agreement} est {standing}, et non suspendu",
        "second-person": "vous l'avez demandé; une autre personne doit le faire aussi",
        "reason:en": "motif (en) : les partenaires le lisent; écrivez-le en français et en anglais, en au plus {most} "
        "caractères de texte brut",
        "reason:fr": "motif (fr) : les partenaires le lisent; écrivez-le en français et en anglais, en au plus {most} "
        "caractères de texte brut",
        "no-such-document": "le recueil de règles n'a pas ce document; consultez la liste",
        "not-an-agreement": "le document ne se lit pas comme un accord; modifiez son texte, ou choisissez-en un autre",
        "exists-already": "il y a déjà un accord de ce nom; choisissez-en un autre",
        "term": "un accord prend fin après avoir commencé",
        "simulation-running": "un projet est déjà à l'essai; attendez-en la fin, ou arrêtez-le",
        "no-simulation": "aucun projet n'est à l'essai; consultez le résultat du dernier essai",
        "day": "{name} : écrivez le jour sous la forme AAAA-MM-JJ",
        "form": "l'accord n'aurait plus la forme d'un accord : {findings}",
        "time": "at : écrivez une heure avec son fuseau, par exemple 2027-04-01T04:00:00Z",
        "not-kept": "le texte de {agreement} n'est plus conservé; restaurez-le à partir d'une exportation",
        "argument-malformed:days": "days : de 0 à {most}",
        "rulebook-changed": "le recueil de règles en vigueur a été modifié entre-temps; rien n'a été fait. "
        "Consultez-le, puis recommencez",
    },
}
"""By code, or `code:variant` where a code is told in several ways."""


def rulebook_refusal(code: str, lang: Lang, facts: Mapping[str, object]) -> str | None:
    """The sentence of a refusal, None where the code or its facts are of another kind."""
    variant = facts.get("variant")
    sentence = REFUSALS[lang].get(f"{code}:{variant}" if variant else code)
    if sentence is None:
        return None
    try:
        return sentence.format_map(_worded(lang, facts))
    except KeyError:
        return None


def _worded(lang: Lang, facts: Mapping[str, object]) -> Mapping[str, object]:
    """The facts as a sentence takes them: states and standings in words, lists with commas."""
    worded = {name: _commas(value) for name, value in facts.items()}
    state, standing, done = (str(facts.get(name, "")) for name in ("state", "standing", "done"))
    if state in STANDS[lang]:
        worded |= {"stands": STANDS[lang][state], "first": FIRST[lang][state]}
    if standing in STANDINGS[lang]:
        worded["standing"] = STANDINGS[lang][standing]
    if done in DONE[lang]:
        worded["done"] = DONE[lang][done]
    findings = facts.get("findings")
    if isinstance(findings, list | tuple):
        worded["findings"] = "; ".join(one["what"][lang] for one in findings)
    faults = facts.get("faults")
    if isinstance(faults, list | tuple):
        worded["faults"] = "\n".join(f"  {one[lang]}" for one in faults)
    return worded


def _commas(value: object) -> object:
    return ", ".join(map(str, value)) if isinstance(value, list | tuple) else value
