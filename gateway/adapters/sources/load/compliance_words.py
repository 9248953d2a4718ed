"""The words of the list of employers found non-compliant, English and French: one place for all of them."""

import re
from collections.abc import Mapping

from gateway.adapters.sources.load.dates import date_of
from gateway.adapters.sources.load.headings import Words, plain_header

_ENGLISH: Mapping[str, tuple[str, ...]] = {
    "operating_name": ("operating_name", "business operating name", "operating name", "employer operating name",
                       "business operating names"),
    "legal_name": ("legal_name", "business legal name", "legal name", "employer legal name", "business legal names"),
    "address": ("address", "business address", "employer address"),
    "city": ("city", "town", "municipality"),
    "province": ("province", "province/territory", "province or territory"),
    "reason_codes": ("reason_codes", "reason(s)", "reasons", "reason", "reason codes", "conditions breached",
                     "reason(s) for non-compliance", "reasons for non-compliance", "violations"),
    "final_decision_date": ("final_decision_date", "date of final decision", "final decision date", "decision date",
                            "date of decision", "date of the final decision"),
    "penalty_cad": ("penalty_cad", "penalty", "penalties", "amount", "administrative monetary penalty",
                    "penalty and ban", "penalty/ban", "consequence", "penalty (cad)"),
    "ban": ("ban", "ban period", "length of ban", "period of ineligibility"),
    "eligibility_status": ("status", "eligibility_status", "eligibility status", "current status", "employer status"),
}  # fmt: skip
_FRENCH: Mapping[str, tuple[str, ...]] = {
    "operating_name": ("nom commercial", "nom commercial de l'entreprise", "nom d'exploitation",
                       "nom d'exploitation de l'entreprise", "nom de l'entreprise en exploitation",
                       "nom commercial de l'employeur", "appellation commerciale"),
    "legal_name": ("dénomination sociale", "dénomination sociale de l'entreprise", "nom légal", "raison sociale",
                   "nom légal de l'entreprise", "dénomination légale", "nom légal de l'employeur",
                   "appellation légale"),
    "address": ("adresse", "adresse de l'entreprise", "adresse de l'employeur"),
    "city": ("ville", "municipalité"),
    "province": ("province/territoire", "province ou territoire"),
    "reason_codes": ("raison(s)", "raisons", "raison", "motif(s)", "motifs", "motif", "conditions non respectées",
                     "raison(s) de la non-conformité", "motif(s) de non-conformité", "infractions"),
    "final_decision_date": ("date de la décision finale", "date de la décision définitive", "date de décision finale",
                            "date de la décision", "date de décision", "date de décision définitive"),
    "penalty_cad": ("pénalité", "pénalités", "sanction", "sanctions", "montant", "peine", "amende",
                    "sanction administrative pécuniaire", "sanction pécuniaire"),
    "ban": ("interdiction", "période d'interdiction", "durée de l'interdiction", "période d'inadmissibilité",
            "exclusion"),
    "eligibility_status": ("statut", "état", "admissibilité", "statut d'admissibilité", "situation"),
}  # fmt: skip
_PLAIN_FRENCH = {plain_header(header): meaning for meaning, headers in _FRENCH.items() for header in headers}
_PLAIN_ENGLISH = {plain_header(header): meaning for meaning, headers in _ENGLISH.items() for header in headers}

HEADERS = Words(
    meanings=_PLAIN_FRENCH | _PLAIN_ENGLISH,
    french=frozenset(_PLAIN_FRENCH) - frozenset(_PLAIN_ENGLISH),
    ignored=frozenset({"no", "number", "numero", "row", "notes", "note", "remarques", "comments", "commentaires"}),
    required=frozenset({"operating_name", "legal_name", "reason_codes", "final_decision_date"}),
)

_UNPAID = re.compile(
    r"inadmissible ?[-–—:,]* ?(?:sanctions?|p[ée]nalit[ée]s?|amendes?)?(?: administratives?)?(?: p[ée]cuniaires?)? "
    r"(?:impay[ée]e?s?|non pay[ée]e?s?)"
)
_UNTIL = re.compile(r"inadmissible jusqu.(?:au|en) (.+)")
_MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
           "December")  # fmt: skip


def status_of(cell: str) -> str | None:
    """The status in the words of the English list; one that is not known stays as published."""
    plain = cell.casefold().rstrip(" .*†")
    if plain == "admissible":
        return "Eligible"
    if plain == "inadmissible":
        return "Ineligible"
    if _UNPAID.fullmatch(plain):
        return "Ineligible - unpaid monetary penalty"
    until = _UNTIL.fullmatch(plain)
    day = date_of(until[1])[0] if until else None
    if day is not None:
        year, month, number = day.split("-")
        return f"Ineligible until {_MONTHS[int(month) - 1]} {int(number)}, {year}"
    return cell.rstrip(" *†") or None
