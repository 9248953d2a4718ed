"""The words of the reports' page, in both languages; those of the figures are `gateway.service.report.words`."""

from typing import Final

from gateway.console.wording import Words

WORDS: Final[Words] = {
    "en": {
        "menu": "Reports",
        "title": "Annual figures",
        "take": "Take the figures out",
        "take-what": "As they may be published: counts of 1 to 4 about people are left out. It is on record first.",
        "pdf": "PDF, in English",
        "csv": "CSV, in English",
        "months": "Requests by month, by outcome",
        "figures": "The figures",
        "month": "Month",
        "no-year": "There are no figures of this year. These are those of the year that runs.",
        "which-file": "Choose PDF or CSV.",
        "no-pdf": "This machine cannot make a PDF: tell its administrator that Pango is missing. CSV works.",
    },
    "fr": {
        "menu": "Rapports",
        "title": "Statistiques annuelles",
        "take": "Tirer les statistiques",
        "take-what": "Telles qu'elles peuvent être publiées : les nombres de 1 à 4 sur des personnes sont omis. Cela est d'abord consigné.",
        "pdf": "PDF, en français",
        "csv": "CSV, en français",
        "months": "Demandes par mois, par résultat",
        "figures": "Les chiffres",
        "month": "Mois",
        "no-year": "Il n'y a pas de chiffres pour cette année. Voici ceux de l'année en cours.",
        "which-file": "Choisissez PDF ou CSV.",
        "no-pdf": "Cet ordinateur ne peut pas faire de PDF : avisez son administration que Pango manque. CSV fonctionne.",
    },
}
