"""The words of the LMIA lists, English and French, as the editions from 2015 on spell them: one place for all of them.

Headers by what they mean; streams and kinds of employers by the name of the English edition, so that both editions
load alike. `*_requested` are headers of requests: the list of negative decisions has them, and one positive list too.
"""

from collections.abc import Mapping

from gateway.adapters.sources.load.headings import Words, plain_header

_ENGLISH: Mapping[str, tuple[str, ...]] = {
    "province": ("province/territory", "province or territory", "province and territory", "provinces/territories",
                 "province", "prov/terr", "prov.", "work location province", "business location province"),
    "stream": ("program stream", "stream", "program", "programme stream", "tfwp stream", "streams", "lmia stream"),
    "employer": ("employer", "employer name", "employers", "name of employer", "employer names", "business name",
                 "company", "company name"),
    "address": ("address", "employer address", "business address", "city/postal code", "location", "business location",
                "employer location", "city and postal code"),
    "occupation": ("occupation", "occupations", "occupation title", "noc", "occupation group", "occupaitons",
                   "occupaiton", "occuptions", "ocupations", "occupation noc", "noc and title", "noc code and title"),
    "status": ("incorporate status", "incorporation status", "incorporated status", "business type", "employer type",
               "incorporate statut"),
    "lmias": ("approved lmias", "positive lmias", "number of lmias", "lmias approved", "lmias",
              "number of lmias approved",
              "number of approved lmias", "number of positive lmias", "approved lmia", "lmias issued"),
    "positions": ("approved positions", "positions approved", "number of positions", "positions", "positive positions",
                  "number of positions approved", "number of approved positions", "approved position", "# positions",
                  "positions on positive lmias", "number of positions on positive lmias", "tfw positions",
                  "number of tfw positions", "number of positions on lmias approved"),
    "lmias_requested": ("requested lmias", "lmias requested", "number of requested lmias", "number of lmias requested"),
    "positions_requested": ("requested positions", "positions requested", "number of requested positions",
                            "number of positions requested"),
    "lmias_refused": ("negative lmias", "refused lmias", "lmias refused", "denied lmias", "number of negative lmias"),
    "positions_refused": ("negative positions", "refused positions", "positions refused", "denied positions",
                          "positions denied", "number of negative positions"),
}  # fmt: skip
_FRENCH: Mapping[str, tuple[str, ...]] = {
    "province": ("province/territoire", "province ou territoire", "province et territoire", "provinces/territoires",
                 "prov./terr."),
    "stream": ("volet du programme", "volet", "programme", "volets", "volet du ptet", "type de volet"),
    "employer": ("employeur", "employeurs", "nom de l'employeur", "nom des employeurs", "noms des employeurs",
                 "nom d'employeur", "nom de l'entreprise", "entreprise"),
    "address": ("adresse", "adresse de l'employeur", "adresse de l'entreprise", "emplacement", "lieu",
                "emplacement de l'entreprise", "ville/code postal"),
    "occupation": ("profession", "professions", "cnp", "code et titre", "titre de la profession", "metier",
                   "poste cnp"),
    "status": ("incorporer le statut", "statut d'incorporation", "statut constitutif", "statut juridique",
               "statut de l'entreprise", "statut incorporé", "type d'entreprise", "statut de constitution",
               "statut de constitution en société", "statut d'entreprise"),
    "lmias": ("eimt approuvées", "eimt approuvés", "eimt approuvée", "eimts approuvées", "eimts approuvés", "eimt",
              "nombre d'eimt", "nombre d'eimt approuvées", "nombre d'eimt approuvés", "eimt favorables",
              "eimt positives", "nombre d'eimt favorables", "nombre d'eimt positives", "eimt émises"),
    "positions": ("postes approuvés", "postes approuvées", "nombre de postes", "postes", "nombre de postes approuvés",
                  "postes favorables", "poste approuvé", "postes positifs", "nb de postes",
                  "nombre de postes de tet approuvés"),
    "lmias_requested": ("eimt demandées", "eimt demandés", "nombre d'eimt demandées", "demandes d'eimt",
                        "eimts demandées"),
    "positions_requested": ("postes demandés", "postes demandées", "nombre de postes demandés"),
    "lmias_refused": ("eimt négatives", "eimt refusées", "eimt défavorables", "nombre d'eimt négatives",
                      "eimt refusés"),
    "positions_refused": ("postes refusés", "postes négatifs", "nombre de postes refusés"),
}  # fmt: skip
_NEUTRAL = frozenset({"province", "stream", "occupation", "occupations", "positions"})
_PLAIN_FRENCH = {plain_header(header): meaning for meaning, headers in _FRENCH.items() for header in headers}
_PLAIN_ENGLISH = {plain_header(header): meaning for meaning, headers in _ENGLISH.items() for header in headers}

HEADERS = Words(
    meanings=_PLAIN_FRENCH | _PLAIN_ENGLISH,
    french=frozenset(_PLAIN_FRENCH) - frozenset(_PLAIN_ENGLISH) - _NEUTRAL,
    ignored=frozenset({"no", "number", "numero", "row", "notes", "note", "remarques", "comments", "commentaires"}),
    required=frozenset({"employer"}),
)

_STREAMS: Mapping[str, tuple[str, ...]] = {
    "Global Talent Stream": (
        "global talent", "talent mondial", "volet des talents mondiaux", "volet talent mondial", "talents mondiaux",
        "volet des talents internationaux", "volet talents mondiaux"),
    "High Wage": ("high-wage", "high wage positions", "haut salaire", "hauts salaires", "postes à haut salaire",
                  "salaire élevé", "volet des postes à haut salaire"),
    "Low Wage": ("low-wage", "low wage positions", "bas salaire", "bas salaires", "postes à bas salaire",
                 "faible salaire", "volet des postes à bas salaire"),
    "Permanent Resident Only": (
        "permanent residence only", "pr only", "résident permanent seulement", "résidents permanents seulement",
        "résidence permanente seulement", "résidence permanente uniquement", "résident permanent uniquement",
        "rp seulement", "résidence permanente"),
    "Primary Agriculture": ("primary agriculture stream", "agriculture primaire", "agriculture",
                            "agriculture - primary",
                            "volet agricole", "volet de l'agriculture primaire", "secteur agricole primaire"),
    "Caregiver": ("caregivers", "in-home caregivers", "live-in caregivers", "aides familiaux", "aide familial",
                  "fournisseurs de soins"),
    "Unspecified": ("non spécifié", "non précisé", "not specified"),
}  # fmt: skip
STREAMS: Mapping[str, str] = {
    plain_header(name): stream for stream, names in _STREAMS.items() for name in (stream, *names)
}
UNFAMILIAR_STREAMS = frozenset({"Caregiver", "Unspecified"})
"""Known words that are none of the program's streams: noted like a word not seen before."""

_STATUSES: Mapping[str, tuple[str, ...]] = {
    "Unknown": ("inconnu", "inconnue"),
    "Corporation": ("société par actions", "société"),
    "Incorporated": ("incorporé", "incorporée", "constituée en société"),
    "Partnership": ("partenariat", "société de personnes", "société en nom collectif"),
    "Sole Proprietorship": ("entreprise à propriétaire unique", "entreprise individuelle", "propriétaire unique"),
    "Non-Profit Organization": ("organisme sans but lucratif", "organisation sans but lucratif", "osbl", "obnl"),
    "Co-operative": ("coopérative", "cooperative"),
    "Registered Charity": ("organisme de bienfaisance enregistré", "organisme de bienfaisance enregist"),
    "No response provided": ("aucune réponse fournie", "aucune réponse", "sans réponse"),
}
STATUSES: Mapping[str, str] = {
    plain_header(name): status for status, names in _STATUSES.items() for name in (status, *names)
}
TOTALS = frozenset(
    {"total", "totals", "totaux", "grand total", "total general", "sub total", "subtotal", "sous total", "total canada"}
)
