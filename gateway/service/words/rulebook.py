"""Drafts, standings and steps of agreements in words of English and of French.

Invariant: both languages have the same codes. Does not: word the log (`gateway.service.words.staff`).
"""

from collections.abc import Mapping
from typing import Final

from gateway.service.words.sentences import Lang

SHORT: Final = 12
"""How many characters of a digest people see and may type: one length wherever one is shown."""

STATES: Final[Mapping[Lang, Mapping[str, str]]] = {
    "en": {
        "draft": "draft",
        "in-review": "in review",
        "approved": "approved",
        "scheduled": "scheduled for",
        "published": "published",
        "withdrawn": "withdrawn",
    },
    "fr": {
        "draft": "projet",
        "in-review": "à l'examen",
        "approved": "approuvé",
        "scheduled": "prévu pour le",
        "published": "publié",
        "withdrawn": "retiré",
    },
}
"""Where a draft stands."""

STANDINGS: Final[Mapping[Lang, Mapping[str, str]]] = {
    "en": {
        "in-force": "in force",
        "suspended": "suspended",
        "terminated": "terminated",
        "expired": "expired",
        "not-yet-in-force": "not yet in force",
    },
    "fr": {
        "in-force": "en vigueur",
        "suspended": "suspendu",
        "terminated": "résilié",
        "expired": "expiré",
        "not-yet-in-force": "pas encore en vigueur",
    },
}
"""Where an agreement stands."""

DRAFTS: Final[Mapping[Lang, Mapping[str, str]]] = {
    "en": {
        "opened": "Draft {draft} opened; it changes {files}. Nothing is in force yet.\n"
        "  next: gateway agreements check {draft} · gateway agreements submit {draft}",
        "saved": "Draft {draft} saved, digest {digest}. Approvals given before are void.\n"
        "  next: gateway agreements submit {draft}",
        "submitted": "Draft {draft} is in review, digest {digest}. Somebody who wrote none of it can approve it.\n"
        "  next: gateway agreements approve {draft} --digest {digest}",
        "approved": "Draft {draft} is approved as it is, digest {digest}. It is not in force yet.\n"
        "  next: gateway agreements publish {draft} --digest {digest}",
        "scheduled": "Draft {draft} goes into force at {at}, with nobody awake; on record as entry {entry}.",
        "published": "Draft {draft} is in force, on record as entry {entry}. Every gateway judges by it from now on.",
        "withdrawn": "Draft {draft} is withdrawn. It can still be looked at.",
        "unchanged": "Nothing was changed, so nothing was saved.",
        "none": "No draft is open. Open one with: gateway agreements draft isa/ID.yaml",
        "same": "The folder holds what is in force; there is nothing to draft.",
        "exported": "{0} documents written to {1}",
        "draft": "draft",
        "state": "state",
        "documents": "documents",
        "approvals": "approvals",
        "digest": "digest",
        "approved-by": "approved by {0}, {1}",
        "in-force": "{0} in force",
        "drafted": "{0} in the draft",
        "faults": "The documents do not fit together:",
    },
    "fr": {
        "opened": "Projet {draft} ouvert; il modifie {files}. Rien n'est encore en vigueur.\n"
        "  ensuite : gateway agreements check {draft} · gateway agreements submit {draft}",
        "saved": "Projet {draft} enregistré, empreinte {digest}. Les approbations déjà données sont nulles.\n"
        "  ensuite : gateway agreements submit {draft}",
        "submitted": "Projet {draft} à l'examen, empreinte {digest}. Une personne qui n'en a rien rédigé peut "
        "l'approuver.\n  ensuite : gateway agreements approve {draft} --digest {digest}",
        "approved": "Projet {draft} approuvé tel quel, empreinte {digest}. Il n'est pas encore en vigueur.\n"
        "  ensuite : gateway agreements publish {draft} --digest {digest}",
        "scheduled": "Le projet {draft} entrera en vigueur à {at}, sans autre intervention; inscription {entry} au "
        "journal.",
        "published": "Le projet {draft} est en vigueur; inscription {entry} au journal. Toutes les passerelles "
        "l'appliquent désormais.",
        "withdrawn": "Projet {draft} retiré. On peut encore le consulter.",
        "unchanged": "Rien n'a été modifié; rien n'a été enregistré.",
        "none": "Aucun projet n'est ouvert. Pour en ouvrir un : gateway agreements draft isa/ID.yaml",
        "same": "Le dossier contient ce qui est en vigueur; il n'y a rien à modifier.",
        "exported": "{0} documents écrits dans {1}",
        "draft": "projet",
        "state": "état",
        "documents": "documents",
        "approvals": "approbations",
        "digest": "empreinte",
        "approved-by": "approuvé par {0}, {1}",
        "in-force": "{0} en vigueur",
        "drafted": "{0} dans le projet",
        "faults": "Les documents ne s'accordent pas :",
    },
}
"""What a command says about a draft, and the headings of a list."""

STEPS: Final[Mapping[Lang, Mapping[str, str]]] = {
    "en": {
        "suspended": "{agreement} is suspended, on record as entry {entry}. Nothing is disclosed under it any more.\n"
        "  to lift it, two people: gateway agreements resume {agreement}",
        "resume-asked": "Asked for. A second person has to do the same: gateway agreements resume {agreement}",
        "resumed": "{agreement} counts again, on record as entry {entry}.",
        "terminate-asked": "Asked for. A second person has to do the same; then {agreement} is ended for good.",
        "terminated": "{agreement} is ended for good, on record as entry {entry}. What was disclosed stays on record.",
        "did-published": "published",
        "did-suspended": "suspended",
        "did-in-force": "taken up again",
        "did-terminated": "terminated",
        "because": "{0}: {1}",
        "waits-resume": "{0} asked to take it up; a second person: gateway agreements resume {1}",
        "waits-terminate": "{0} asked to end it; a second person: gateway agreements terminate {1}",
        "imported": "It came with the first import and was not changed since.",
        "revision": "Rulebook revision {0}, on record as entry {1}",
        "as-of": "In force then since {0} (UTC), on record as entry {1}",
        "when": "when (UTC)", "what": "what", "version": "version", "by": "by", "digest": "digest", "entry": "entry",
        "agreement": "agreement", "term": "term", "standing": "standing",
        "digest-of": "digest {0}",
        "approved-by": "approved by {0}",
        "from-draft": "draft {0}",
    },
    "fr": {
        "suspended": "{agreement} est suspendu; inscription {entry} au journal. Plus rien n'est communiqué en vertu de "
        "cet accord.\n  pour le reprendre, à deux personnes : gateway agreements resume {agreement}",
        "resume-asked": "Demande consignée. Une deuxième personne doit faire de même : gateway agreements resume "
        "{agreement}",
        "resumed": "{agreement} est de nouveau en vigueur; inscription {entry} au journal.",
        "terminate-asked": "Demande consignée. Une deuxième personne doit faire de même; {agreement} prendra alors fin "
        "définitivement.",
        "terminated": "{agreement} a pris fin définitivement; inscription {entry} au journal. Ce qui a été communiqué "
        "reste consigné.",
        "did-published": "publié",
        "did-suspended": "suspendu",
        "did-in-force": "repris",
        "did-terminated": "résilié",
        "because": "{0} : {1}",
        "waits-resume": "{0} a demandé sa reprise; une deuxième personne : gateway agreements resume {1}",
        "waits-terminate": "{0} a demandé sa résiliation; une deuxième personne : gateway agreements terminate {1}",
        "imported": "Il provient de la première importation et n'a pas été modifié depuis.",
        "revision": "Révision {0} du recueil de règles; inscription {1} au journal",
        "as-of": "Alors en vigueur depuis le {0} (UTC); inscription {1} au journal",
        "when": "quand (UTC)", "what": "quoi", "version": "version", "by": "par", "digest": "empreinte",
        "entry": "inscription", "agreement": "accord", "term": "durée", "standing": "état",
        "digest-of": "empreinte {0}",
        "approved-by": "approuvé par {0}",
        "from-draft": "projet {0}",
    },
}  # fmt: skip
"""What a command says about an agreement, and the headings of its lists."""

READ: Final[Mapping[Lang, Mapping[str, str]]] = {
    "en": {
        "in-force": "Read from the rulebook in force, revision {revision} (entry {entry_index}).",
        "draft": "Read from draft {draft} at its revision {revision}, as it would be; a draft is not in force.",
        "kept": "Read from the versions that are kept; this one need not be in force.",
        "folder": "Read from the files in {folder}; a deployment may have others in force.",
        "release": "Read from the files that came with this release; a deployment may have others in force.",
    },
    "fr": {
        "in-force": "Lu dans le recueil en vigueur, révision {revision} (inscription {entry_index}).",
        "draft": "Lu dans le projet {draft} à sa révision {revision}, tel qu'il serait; il n'est pas en vigueur.",
        "kept": "Lu parmi les versions conservées; celle-ci n'est pas forcément en vigueur.",
        "folder": "Lu dans les fichiers de {folder}; un déploiement peut en avoir d'autres en vigueur.",
        "release": "Lu dans les fichiers livrés avec cette version; un déploiement peut en avoir d'autres en vigueur.",
    },
}
"""Where an agreement that is shown was read."""


def short(digest: str) -> str:
    """A digest as people see it."""
    return digest[:SHORT]
