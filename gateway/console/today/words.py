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
        "duties-today": {"one": "{0} is due today", "other": "{0} are due today"},
        "duties-week": {"one": "{0} is due within 7 days", "other": "{0} are due within 7 days"},
        "duties-all": "All duties",
        "breaches": "Breaches",
        "breach": "Breach of entry {0}",
        "breach-left": {"one": "{0} report or notice to send", "other": "{0} reports and notices to send"},
        "orders": "Delegation orders that end within 30 days",
        "order-until": "until {0}",
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
        "duties-today": {
            "one": "{0} pour aujourd'hui",
            "other": "{0} pour aujourd'hui",
            "many": "{0} pour aujourd'hui",
        },
        "duties-week": {"one": "{0} d'ici 7 jours", "other": "{0} d'ici 7 jours", "many": "{0} d'ici 7 jours"},
        "duties-all": "Toutes les obligations",
        "breaches": "Atteintes",
        "breach": "Atteinte de l'inscription {0}",
        "breach-left": {
            "one": "{0} signalement ou avis à envoyer",
            "other": "{0} signalements et avis à envoyer",
            "many": "{0} signalements et avis à envoyer",
        },
        "orders": "Arrêtés de délégation qui se terminent d'ici 30 jours",
        "order-until": "jusqu'au {0}",
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
