"""Whom a notice goes to besides units, in English and in French.

Does not: say which notice goes to whom (`gateway.service.obligation.notices`).
"""

from typing import Final

from gateway.service.words.explain import Titles

ADDRESSEES: Final[Titles] = {
    "privacy-commissioner": {
        "en": "Privacy Commissioner of Canada",
        "fr": "Commissaire à la protection de la vie privée du Canada",
    },
    "tbs": {"en": "Treasury Board of Canada Secretariat", "fr": "Secrétariat du Conseil du Trésor du Canada"},
    "ipc-ontario": {
        "en": "Information and Privacy Commissioner of Ontario",
        "fr": "Commissaire à l'information et à la protection de la vie privée de l'Ontario",
    },
    "people-concerned": {"en": "the people concerned", "fr": "personnes concernées"},
    "person": {"en": "the person, by mail", "fr": "la personne, par la poste"},
    "file": {"en": "the person's file", "fr": "dossier de la personne"},
    "file-apart": {"en": "a file apart from the person's", "fr": "dossier distinct de celui de la personne"},
    "partner-entity": {"en": "the partner entity concerned", "fr": "entité partenaire visée"},
}
"""Whom a notice goes to, besides units."""
