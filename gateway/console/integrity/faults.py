"""What a check of the log found, in words of both languages, by its code.

Invariant: every code that the verifier and the reconciliation have has words here (a test compares). Does not: say
where; the entries concerned stand beside it.
"""

from collections.abc import Mapping
from typing import Final

from gateway.service.words.sentences import Lang

FAULTS: Final[Mapping[str, tuple[str, str]]] = {
    "signature-missing": (
        "The log did not sign the last checkpoint.",
        "Le journal n'a pas signé le dernier point de contrôle.",
    ),
    "signature-invalid": (
        "A signature of the last checkpoint is not good.",
        "Une signature du dernier point de contrôle n'est pas valide.",
    ),
    "note-malformed": ("The last checkpoint is not one.", "Le dernier point de contrôle n'en est pas un."),
    "checkpoint-malformed": (
        "The last checkpoint is malformed, or of another log.",
        "Le dernier point de contrôle est mal formé, ou d'un autre journal.",
    ),
    "root-mismatch": (
        "The entries do not give the root that the log signed: an entry was changed.",
        "Les inscriptions ne donnent pas la racine que le journal a signée : une inscription a été modifiée.",
    ),
    "rolled-back": (
        "The log is shorter than a checkpoint that was kept.",
        "Le journal est plus court qu'un point de contrôle qui a été conservé.",
    ),
    "history-changed": (
        "The log does not extend a checkpoint that was kept.",
        "Le journal ne prolonge pas un point de contrôle qui a été conservé.",
    ),
    "tile-malformed": ("A part of the log is malformed.", "Une partie du journal est mal formée."),
    "tile-missing": ("A part of the log is not there.", "Une partie du journal manque."),
    "tile-mismatch": (
        "A hash tile is not what the entries give.",
        "Une tuile d'empreintes n'est pas ce que donnent les inscriptions.",
    ),
    "tree-range": ("The log is not a tree of this size.", "Le journal n'est pas un arbre de cette taille."),
    "proof-invalid": (
        "A proof does not lead to the root that the log signed.",
        "Une preuve ne mène pas à la racine que le journal a signée.",
    ),
    "not-canonical": (
        "An entry is not written as entries are.",
        "Une inscription n'est pas écrite comme le sont les inscriptions.",
    ),
    "entry-malformed": ("An entry is malformed.", "Une inscription est mal formée."),
    "refers-forward": (
        "An entry refers to one that is not before it.",
        "Une inscription renvoie à une autre qui ne la précède pas.",
    ),
    "time-in-future": (
        "An entry is later than a witness saw it.",
        "Une inscription est postérieure au moment où un témoin l'a vue.",
    ),
    "time-backwards": (
        "The time of an entry is before that of an earlier one.",
        "L'heure d'une inscription précède celle d'une inscription antérieure.",
    ),
    "entry-missing": ("Entries are not there.", "Des inscriptions manquent."),
    "entry-altered": (
        "Entries are not what was hashed.",
        "Des inscriptions ne sont plus ce dont l'empreinte a été prise.",
    ),
    "entry-unreadable": ("Entries cannot be read.", "Des inscriptions sont illisibles."),
    "head-differs": (
        "The entries do not give the root of the log's head.",
        "Les inscriptions ne donnent pas la racine de la tête du journal.",
    ),
    "checkpoint-missing": (
        "The log has entries and no signed checkpoint.",
        "Le journal a des inscriptions et aucun point de contrôle signé.",
    ),
    "checkpoint-differs": (
        "The last checkpoint is not signed by this log, or is of other entries.",
        "Le dernier point de contrôle n'est pas signé par ce journal, ou porte sur d'autres inscriptions.",
    ),
    "log-shorter": (
        "The log is shorter than its last signed checkpoint.",
        "Le journal est plus court que son dernier point de contrôle signé.",
    ),
    "part-missing": (
        "Private parts are not there, and no erasure says that they went.",
        "Des parties privées manquent, et aucun effacement n'en rend compte.",
    ),
    "part-surplus": ("Private parts belong to no entry.", "Des parties privées n'appartiennent à aucune inscription."),
    "part-unreadable": (
        "Private parts do not open: altered, moved, or filed under other people.",
        "Des parties privées ne s'ouvrent pas : modifiées, déplacées ou classées sous d'autres personnes.",
    ),
    "part-differs": (
        "Private parts are not what their entries commit to.",
        "Des parties privées ne sont pas ce à quoi leurs inscriptions s'engagent.",
    ),
    "part-put-back": (
        "Private parts are there that an erasure says went.",
        "Des parties privées sont là alors qu'un effacement dit qu'elles sont parties.",
    ),
    "key-missing": (
        "Private parts have no subject key, and no erasure says that it went.",
        "Des parties privées n'ont plus de clé, et aucun effacement n'en rend compte.",
    ),
    "key-unreadable": ("Subject keys do not open.", "Des clés de personnes ne s'ouvrent pas."),
    "token-missing": (
        "Search tokens are not there, so that a person is not found.",
        "Des jetons de recherche manquent, si bien qu'une personne n'est pas trouvée.",
    ),
    "token-surplus": (
        "Search tokens lead to private parts that do not have them.",
        "Des jetons de recherche mènent à des parties privées qui ne les ont pas.",
    ),
    "duties-differ": (
        "Duties are not those of their entries.",
        "Des obligations ne sont pas celles de leurs inscriptions.",
    ),
    "duty-done-unproven": (
        "Duties are marked as fulfilled, and no entry says so.",
        "Des obligations sont marquées comme accomplies, et aucune inscription ne le dit.",
    ),
    "duty-reopened": (
        "Duties are open that an entry says were fulfilled.",
        "Des obligations sont ouvertes alors qu'une inscription les dit accomplies.",
    ),
    "state-unproven": (
        "Keys, consents, orders or referrals are not what the log said last.",
        "Des clés, consentements, arrêtés ou renvois ne sont pas ce que le journal en a dit en dernier.",
    ),
    "state-missing": (
        "Keys, consents, orders or referrals that the log made are not there.",
        "Des clés, consentements, arrêtés ou renvois que le journal a établis manquent.",
    ),
    "document-altered": (
        "Kept agreements or policies are not what their digests say.",
        "Des accords ou des règles conservés ne sont pas ce que disent leurs empreintes.",
    ),
    "agreement-not-kept": (
        "Agreements that entries cite are not kept.",
        "Des accords que citent des inscriptions ne sont pas conservés.",
    ),
    "policy-not-kept": (
        "Policy revisions that entries cite are not kept.",
        "Des révisions des règles que citent des inscriptions ne sont pas conservées.",
    ),
    "gap-from-before": (
        "Cannot tell: private parts are not there, and an erasure from before erasures listed what went came after.",
        "Impossible à dire : des parties privées manquent, et un effacement d'avant que les effacements énumèrent ce qui part est venu ensuite.",
    ),
    "filing-from-before": (
        "Cannot tell: private parts are from before their search tokens were sealed with them.",
        "Impossible à dire : des parties privées datent d'avant que leurs jetons de recherche soient scellés avec elles.",
    ),
    "duty-from-before": (
        "Cannot tell: duties are from before their entries said what they wait for.",
        "Impossible à dire : des obligations datent d'avant que leurs inscriptions disent ce qu'elles attendent.",
    ),
}
"""English and French."""


def fault_words(code: str, lang: Lang) -> str:
    """A code that a newer release has is told by itself."""
    found = FAULTS.get(code)
    return code if found is None else found[0 if lang == "en" else 1]
