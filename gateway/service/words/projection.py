"""What the commands on the projection of the log and on coverage say, in English and French.

Does not: count, or suggest (`gateway.service.review.coverage` does).
"""

from collections.abc import Mapping
from typing import Final

from gateway.service.words.sentences import Lang

PROJECTION: Final[Mapping[Lang, Mapping[str, str]]] = {
    "en": {
        "up-to": "{0} of {1} entries of the log are in the projection.",
        "behind": "{0} entries are still to be read; the first of them is {1:.0f} seconds old.",
        "whole": "It is up to date.",
        "following": "The running gateway reads on by itself.",
        "not-following": "No gateway is running that reads on: start one, or run `gateway log projection rebuild`.",
        "unreadable": "{0} entries could not be read and are not counted; run `gateway log verify`.",
        "stopped": "Stopped. What was read stays; a running gateway goes on by itself from there.",
        "entries": "entries", "records": "records", "last": "last (UTC)", "none": "(none)",
        "counted": "{0} entries; they disclosed {1} records",
        "left-off": "There are more groups; show more with --limit.",
        "holds-to": "Holds for the first {0} entries of the log, {1:.0f} seconds behind. What counts is the log "
        "itself.",
        "entry": "entry", "time": "time (UTC)", "kind": "kind", "recipient": "recipient", "custodian": "custodian",
        "disclosed": "disclosed", "withheld": "withheld", "reasons": "reasons", "pair": "{0}: {1}",
        "next": "next page: --before {0}",
        "exported": "{0} rows written to {1}; the export is on record as entry {2}",
    },
    "fr": {
        "up-to": "{0} inscriptions du journal sur {1} sont dans la projection.",
        "behind": "{0} inscriptions restent à lire; la première date d'il y a {1:.0f} secondes.",
        "whole": "Elle est à jour.",
        "following": "La passerelle en marche poursuit la lecture d'elle-même.",
        "not-following": "Aucune passerelle en marche ne poursuit la lecture : démarrez-en une, ou lancez `gateway log "
        "projection rebuild`.",
        "unreadable": "{0} inscriptions n'ont pu être lues et ne sont pas comptées; lancez `gateway log verify`.",
        "stopped": "Arrêté. Ce qui a été lu est conservé; une passerelle en marche poursuit d'elle-même.",
        "entries": "inscriptions", "records": "dossiers", "last": "dernière (UTC)", "none": "(aucun)",
        "counted": "{0} inscriptions; elles ont communiqué {1} dossiers",
        "left-off": "Il y a d'autres groupes; affichez-en plus avec --limit.",
        "holds-to": "Vaut pour les {0} premières inscriptions du journal, avec {1:.0f} secondes de retard. Seul le "
        "journal lui-même fait foi.",
        "entry": "inscription", "time": "heure (UTC)", "kind": "nature", "recipient": "destinataire",
        "custodian": "dépositaire", "disclosed": "communiqué", "withheld": "non communiqué", "reasons": "raisons",
        "pair": "{0} : {1}",
        "next": "page suivante : --before {0}",
        "exported": "{0} lignes écrites dans {1}; l'exportation est consignée à l'inscription {2}",
    },
}  # fmt: skip

COVERAGE: Final[Mapping[Lang, Mapping[str, str]]] = {
    "en": {
        "days": "version {0}; days watched: {1}; asked {2}, permitted {3}, withheld {4}, referred {5}",
        "clause": "clause {0} ({1}; {2}): asked {3}, permitted {4}, withheld {5}, referred {6}; last {7}",
        "by": "asked by {0}",
        "element": "element", "asked": "asked", "permitted": "permitted", "withheld": "withheld",
        "referred": "referred", "last": "last (UTC)", "why": "withheld: {0}",
        "never": "never",
        "never-asked": "never asked for: {0}",
        "none": "no agreement is in force",
        "suggestions": "To look at:",
        "nothing": "Nothing to narrow: all of it is used.",
        "early": "It is too early to call anything unused: that takes {0} days.",
        "clause-unused": "Nobody used: {clause}. Ask the recipients whether they still need these clauses; if not, "
        "take them out.",
        "recipient-unused": "Never used clause {clause}: {unit}. Units that do not need it are better taken out of it.",
        "element-unused": "Nobody asked under clause {clause} for: {element}. What nobody needs is better taken out.",
        "always-withheld": "{element} was asked for {times} times under clause {clause} and never given ({reason}). "
        "Clear up with the recipient what it needs, or take it out.",
        "not-in-agreement": "{element} was asked for {times} times, and no clause concerned grants it. Tell the "
        "recipient, or amend the agreement if it is needed.",
        "narrow": "To narrow an agreement: gateway agreements export DIR, change the file, gateway agreements draft "
        "DIR/isa/{0}.yaml",
    },
    "fr": {
        "days": "version {0}; jours observés : {1}; demandes : {2}, autorisées {3}, refusées {4}, renvoyées {5}",
        "clause": "clause {0} ({1}; {2}) : demandes {3}, autorisées {4}, refusées {5}, renvoyées {6}; dernière {7}",
        "by": "demandée par {0}",
        "element": "élément", "asked": "demandé", "permitted": "communiqué", "withheld": "non communiqué",
        "referred": "renvoyé", "last": "dernière (UTC)", "why": "non communiqué : {0}",
        "never": "jamais",
        "never-asked": "jamais demandés : {0}",
        "none": "aucun accord n'est en vigueur",
        "suggestions": "À examiner :",
        "nothing": "Rien à restreindre : tout sert.",
        "early": "Il est trop tôt pour dire que quelque chose ne sert pas : il y faut {0} jours.",
        "clause-unused": "Personne ne s'en est servi : {clause}. Demandez aux destinataires s'ils ont encore besoin de "
        "ces clauses; sinon, retirez-les.",
        "recipient-unused": "Ne se sont jamais servis de la clause {clause} : {unit}. Mieux vaut en retirer les unités "
        "qui n'en ont pas besoin.",
        "element-unused": "Personne n'a demandé en vertu de la clause {clause} : {element}. Mieux vaut retirer ce dont "
        "personne n'a besoin.",
        "always-withheld": "{element} a été demandé {times} fois en vertu de la clause {clause} et jamais communiqué "
        "({reason}). Voyez avec le destinataire ce dont il a besoin, ou retirez-le.",
        "not-in-agreement": "{element} a été demandé {times} fois, et aucune clause visée ne l'accorde. Dites-le au "
        "destinataire, ou modifiez l'accord s'il en faut.",
        "narrow": "Pour restreindre un accord : gateway agreements export DIR, modifier le fichier, gateway agreements "
        "draft DIR/isa/{0}.yaml",
    },
}  # fmt: skip
"""A suggestion has the code of its `Narrowing`; `reason` is the title of the reason in the reader's language."""
