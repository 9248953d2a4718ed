"""Problems (RFC 9457): every way in which the partner API says no, with stable codes and titles in both languages.

One table says code, HTTP status and words; `gateway.api.problem_response` renders it. A problem names the member of the
request that is at fault and never what stood there. Reasons of a decision are titled by the agreements' own list.
"""

from collections.abc import Mapping
from dataclasses import dataclass

CONTENT_TYPE = "application/problem+json"


@dataclass(frozen=True, slots=True)
class ProblemKind:
    """What one code means. `remedy` says what the caller can do."""

    status: int
    title_en: str
    title_fr: str
    remedy_en: str
    remedy_fr: str


PROBLEMS: Mapping[str, ProblemKind] = {
    "unauthorized": ProblemKind(
        401,
        "The request is not signed as the profile requires",
        "La demande n'est pas signée comme l'exige le profil",
        "Check clock, key and covered components against the signature profile (docs/signatures.md).",
        "Vérifiez l'horloge, la clé et les composants couverts selon le profil de signature (docs/signatures.md).",
    ),
    "payload-too-large": ProblemKind(
        413,
        "The request is larger than the gateway accepts",
        "La demande dépasse la taille que la passerelle accepte",
        "Ask for fewer elements or shorten the list filter.",
        "Demandez moins d'éléments ou raccourcissez le filtre.",
    ),
    "unsupported-media-type": ProblemKind(
        415,
        "The body is not application/json",
        "Le corps n'est pas de type application/json",
        "Send Content-Type: application/json, in UTF-8, without content coding.",
        "Envoyez Content-Type: application/json, en UTF-8, sans codage de contenu.",
    ),
    "malformed-json": ProblemKind(
        400,
        "The body is not acceptable JSON",
        "Le corps n'est pas un JSON acceptable",
        "Send one UTF-8 JSON object without duplicate members, NaN or deep nesting.",
        "Envoyez un seul objet JSON en UTF-8, sans membre en double, NaN ni imbrication profonde.",
    ),
    "malformed-request": ProblemKind(
        422,
        "A member of the request does not have the form the API defines",
        "Un membre de la demande n'a pas la forme que définit l'API",
        "Compare the member named here with the OpenAPI description.",
        "Comparez le membre nommé ici avec la description OpenAPI.",
    ),
    "unknown-agreement": ProblemKind(
        422,
        "The agreement is not known here",
        "L'accord n'est pas connu ici",
        "GET /v1/agreements lists what this party may ask for.",
        "GET /v1/agreements énumère ce que cette partie peut demander.",
    ),
    "unknown-record-type": ProblemKind(
        422,
        "The record type is not in the catalogue",
        "Le type de dossier n'est pas au catalogue",
        "GET /v1/agreements lists the record types of each agreement.",
        "GET /v1/agreements énumère les types de dossier de chaque accord.",
    ),
    "unknown-purpose": ProblemKind(
        422,
        "The purpose is not in the closed list of purposes",
        "La fin n'est pas dans la liste fermée des fins",
        "GET /v1/agreements lists the purposes of each agreement.",
        "GET /v1/agreements énumère les fins prévues par chaque accord.",
    ),
    "unknown-element": ProblemKind(
        422,
        "A data element is not in the catalogue for this record type",
        "Un élément de données n'est pas au catalogue pour ce type de dossier",
        "GET /v1/agreements lists the elements of each record type.",
        "GET /v1/agreements énumère les éléments de chaque type de dossier.",
    ),
    "unknown-identifier-scheme": ProblemKind(
        422,
        "The record type cannot be looked up by this identifier scheme",
        "Ce type de dossier ne se consulte pas par ce type d'identificateur",
        "GET /v1/agreements lists the identifier schemes of each record type.",
        "GET /v1/agreements énumère les types d'identificateur de chaque type de dossier.",
    ),
    "unknown-filter": ProblemKind(
        422,
        "The list cannot be filtered by this element",
        "La liste ne se filtre pas par cet élément",
        "GET /v1/agreements lists the filters of each record type.",
        "GET /v1/agreements énumère les filtres de chaque type de dossier.",
    ),
    "malformed-identifier": ProblemKind(
        422,
        "The identifier does not have the form of its scheme",
        "L'identificateur n'a pas la forme prévue pour son type",
        "Check the number of digits and the check digit.",
        "Vérifiez le nombre de chiffres et le chiffre de contrôle.",
    ),
    "malformed-list": ProblemKind(
        422,
        "A part of the list query cannot be used",
        "Une partie de la demande de liste est inutilisable",
        "Send the cursor exactly as received, with the same filter; check filter values against the element type.",
        "Renvoyez le curseur tel que reçu, avec le même filtre; vérifiez les valeurs selon le type de l'élément.",
    ),
    "denied": ProblemKind(
        403,
        "The law or the agreement does not permit this disclosure",
        "La loi ou l'accord ne permet pas cette communication",
        "The reasons name the provision or clause; GET /v1/agreements lists what may be asked.",
        "Les motifs nomment la disposition ou la clause; GET /v1/agreements énumère ce qui peut être demandé.",
    ),
    "referral-refused": ProblemKind(
        403,
        "The person who decides has refused this disclosure",
        "La personne qui décide a refusé cette communication",
        "The custodian's contact can tell you about a review.",
        "La personne-ressource du dépositaire peut vous renseigner sur un réexamen.",
    ),
    "referral-lapsed": ProblemKind(
        403,
        "Nobody decided within the time, so the request has lapsed",
        "Personne n'a décidé dans le délai; la demande est caduque",
        "Ask anew; where it is urgent, call the custodian's contact.",
        "Refaites la demande; s'il y a urgence, téléphonez à la personne-ressource du dépositaire.",
    ),
    "release-ended": ProblemKind(
        403,
        "What was released was not collected in time",
        "Ce qui avait été autorisé n'a pas été retiré à temps",
        "Ask anew: a new request makes a new referral.",
        "Refaites la demande : chaque nouvelle demande crée un nouveau renvoi.",
    ),
    "not-available": ProblemKind(
        404,
        "There is nothing that may be disclosed for this request",
        "Il n'y a rien qui puisse être communiqué pour cette demande",
        "Check the identifier. The gateway does not say whether a record exists.",
        "Vérifiez l'identificateur. La passerelle ne dit pas si un dossier existe.",
    ),
    "not-found": ProblemKind(
        404,
        "There is nothing at this address",
        "Il n'y a rien à cette adresse",
        "See /openapi.json for the routes.",
        "Voir /openapi.json pour les routes.",
    ),
    "method-not-allowed": ProblemKind(
        405,
        "This address does not take this method",
        "Cette adresse n'accepte pas cette méthode",
        "See /openapi.json for the routes and their methods.",
        "Voir /openapi.json pour les routes et leurs méthodes.",
    ),
    "idempotency-key-reused": ProblemKind(
        409,
        "The Idempotency-Key was used for another request",
        "La clé Idempotency-Key a servi à une autre demande",
        "Use a fresh Idempotency-Key for every new request.",
        "Utilisez une nouvelle clé Idempotency-Key pour chaque nouvelle demande.",
    ),
    "record-changed": ProblemKind(
        409,
        "The answer would no longer be the first one",
        "La réponse ne serait plus la première",
        "The record, agreement or law changed: ask anew with a fresh Idempotency-Key.",
        "Le dossier, l'accord ou la loi a changé : redemandez avec une nouvelle clé Idempotency-Key.",
    ),
    "rate-limited": ProblemKind(
        429,
        "This party asks more often than agreed",
        "Cette partie demande plus souvent que convenu",
        "Wait as long as Retry-After says.",
        "Attendez le délai indiqué par Retry-After.",
    ),
    "unavailable": ProblemKind(
        503,
        "A part the gateway cannot do without is down; nothing was disclosed",
        "Un composant indispensable est hors service; rien n'a été communiqué",
        "Ask again later with a new signature and the same Idempotency-Key.",
        "Redemandez plus tard avec une nouvelle signature et la même clé Idempotency-Key.",
    ),
    "internal-error": ProblemKind(
        500,
        "The gateway failed; nothing was disclosed",
        "La passerelle a échoué; rien n'a été communiqué",
        "Ask again; if it persists, tell the operator the time of the request.",
        "Redemandez; si le problème persiste, donnez à l'exploitant l'heure de la demande.",
    ),
}
