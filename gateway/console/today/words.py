"""The words of Today, the first page of every role, in both languages."""

from typing import Final

from gateway.console.wording import Words

WORDS: Final[Words] = {
    "en": {
        "menu": "Today",
        "title": "Today",
        "decide": "Waiting for a decision",
        "decide-none": "Nothing waits for a decision. Good.",
        "decide-more": {"one": "{0} more", "other": "{0} more"},
        "escalated": "one level up",
        "duties": "Duties",
        "duties-none": "Nothing is due, nothing is overdue. Good.",
        "duties-overdue": {"one": "{0} is overdue", "other": "{0} are overdue"},
        "duties-due": {"one": "{0} is due", "other": "{0} are due"},
        "duty": "Duty",
        "due": "Due",
        "entry": "Entries",
        "and-more": {"one": "and {0} more", "other": "and {0} more"},
        "overdue": "overdue",
        "holds": "Holds on erasure",
        "holds-open": {"one": "{0} hold is open.", "other": "{0} holds are open."},
        "holds-none": "No hold is open.",
        "log": "The log",
        "log-signed": "{0} entries, all under the last signed checkpoint.",
        "log-newer": {
            "one": "{1} entries; {0} is newer than the last signed checkpoint, which is renewed about once a second.",
            "other": "{1} entries; {0} are newer than the last signed checkpoint, which is renewed about once a second.",
        },
        "nothing-role": "Your roles have no work that comes by clock.",
        "asks": "{0} asks for {1}",
    },
    "fr": {
        "menu": "Aujourd'hui",
        "title": "Aujourd'hui",
        "decide": "En attente d'une décision",
        "decide-none": "Rien n'attend une décision. Tant mieux.",
        "decide-more": {"one": "encore {0}", "other": "encore {0}", "many": "encore {0}"},
        "escalated": "au niveau supérieur",
        "duties": "Obligations",
        "duties-none": "Rien n'est à faire, rien n'est en retard. Tant mieux.",
        "duties-overdue": {"one": "{0} en retard", "other": "{0} en retard", "many": "{0} en retard"},
        "duties-due": {"one": "{0} à faire", "other": "{0} à faire", "many": "{0} à faire"},
        "duty": "Obligation",
        "due": "Échéance",
        "entry": "Inscriptions",
        "and-more": {"one": "et {0} autre", "other": "et {0} autres", "many": "et {0} autres"},
        "overdue": "en retard",
        "holds": "Suspensions de l'effacement",
        "holds-open": {
            "one": "{0} suspension est en cours.",
            "other": "{0} suspensions sont en cours.",
            "many": "{0} suspensions sont en cours.",
        },
        "holds-none": "Aucune suspension n'est en cours.",
        "log": "Le journal",
        "log-signed": "{0} inscriptions, toutes couvertes par le dernier point de contrôle signé.",
        "log-newer": {
            "one": "{1} inscriptions; {0} est plus récente que le dernier point de contrôle signé, renouvelé "
            "environ une fois par seconde.",
            "other": "{1} inscriptions; {0} sont plus récentes que le dernier point de contrôle signé, renouvelé "
            "environ une fois par seconde.",
            "many": "{1} inscriptions; {0} sont plus récentes que le dernier point de contrôle signé, renouvelé "
            "environ une fois par seconde.",
        },
        "nothing-role": "Vos rôles n'ont pas de travail assorti d'un délai.",
        "asks": "{0} demande : {1}",
    },
}
