"""Which duties are notices, the facts a notice states, and why a notice must not be sent as it is.

Invariant: a notice is whole or it is not drafted: a fact that its text states and that is missing is a `NoticeError`,
which blocks the release the notice belongs to. What law it is given under follows from the provisions that the decision
rests on (`law_of`, `commissioner_provisions`), and for a refused request from the Act of the custodian. Privacy Act
8(4), 8(5) and 9, DESDA 37(2), Customs Act 107(7), MFIPPA 32(h) and 35, FIPPA 42(1)(h) and 46, Directive on Privacy
Practices App. B. Does not: word notices (`gateway.adapters.letters`), or send them; a person does, and says so
(`gateway.service.obligation.work_list`).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final, Protocol

from audit.canonical import JsonValue
from gateway.domain.access_law import AccessLaw
from gateway.domain.errors import GatewayError
from gateway.domain.target import SubjectIdentifier

EMPLOYER_HOUSING: Final = "employer-housing"
NO_ADDRESS: Final = "no-address"
ADDRESS_NOT_KNOWN_SAFE: Final = "address-not-known-safe"
PARTNER_NOT_NAMED: Final = "partner-not-named"
PERSON_NOT_NAMED: Final = "person-not-named"
SAFE_ADDRESSES: Final = frozenset({"own-home", "shelter", "mailing-only"})


class NoticeError(GatewayError):
    """A notice cannot be drafted: `fact` is missing, or is a code that the deployment's files do not know."""

    code = "notice-incomplete"

    def __init__(self, notice: str, fact: str) -> None:
        super().__init__(f"the notice '{notice}' cannot be drafted: the fact '{fact}' is missing or not known")
        self.notice = notice
        self.fact = fact


@dataclass(frozen=True, slots=True)
class NoticeFacts:
    """What notices are made of. Units, provisions, elements, purpose and ground are codes; `decided_at` is UTC.

    because: what the decision-maker or the evidence says, in words; data, whatever it holds.
    address: the person's last known address line by line, with its kind as the catalogue spells it.
    before_release: nothing has left yet. not_first: why no notice came before, in the decision-maker's words.
    danger: to what the request on an emergency says there is danger (`life`, `health`, `safety`).
    referral, entry_index: where the decision is on record; one of them is given.
    partner: the partner entity concerned (DESDA 37(2)), where it is known.
    law: the custodian's Act, which names the law where no provision does."""

    custodian: str
    recipient: str
    provisions: tuple[str, ...]
    elements: tuple[str, ...]
    record_type: str
    purpose: str
    ground: str
    decided_at: datetime
    because: str = field(repr=False)
    subject: SubjectIdentifier = field(repr=False)
    address: tuple[str, ...] | None = field(repr=False)
    address_kind: str | None
    before_release: bool
    referral: str | None = None
    entry_index: int | None = None
    partner: str | None = None
    not_first: str | None = field(default=None, repr=False)
    danger: str | None = None
    law: AccessLaw | None = None


@dataclass(frozen=True, slots=True)
class Notice:
    """A drafted notice in both languages. `addressee` is a code; `held` the code of why it must not be sent as it is;
    `provision` the one that demands it, where its duty alone does not say.

    The texts are lines: `# ` a title, `## ` a heading, `- ` an item, everything else a paragraph."""

    code: str
    addressee: str
    en: str = field(repr=False)
    fr: str = field(repr=False)
    held: str | None = None
    provision: str | None = None


class Drafting(Protocol):
    def draft(self, code: str, facts: NoticeFacts) -> Notice:
        """The notice that the duty `code` demands. Raises NoticeError."""


@dataclass(frozen=True, slots=True)
class NoticeKind:
    """A duty that is fulfilled by a text: what it is called, and to whom it goes (None: the draft says)."""

    en: str
    fr: str
    addressee: str | None


NOTICES: Final[Mapping[str, NoticeKind]] = {
    "notify-privacy-commissioner": NoticeKind(
        "Notice to the Privacy Commissioner",
        "Avis au commissaire à la protection de la vie privée",
        "privacy-commissioner",
    ),
    "notify-partner-entity": NoticeKind("Notice to a partner entity", "Avis à une entité partenaire", None),
    "mail-notice": NoticeKind("Notice mailed to the person", "Avis posté à la personne", "person"),
    "notify-consistent-use": NoticeKind(
        "Notice of a new consistent use", "Avis d'un nouvel usage compatible", "privacy-commissioner"
    ),
    "notify-correction": NoticeKind(
        "Notice of a correction or notation to a recipient",
        "Avis d'une correction ou d'une mention à un destinataire",
        None,
    ),
    "record-of-disclosure": NoticeKind("Record of a disclosure", "Relevé de communication", "file"),
    "record-of-disclosure-municipal": NoticeKind("Record of a disclosure", "Relevé de divulgation", "file"),
    "record-of-disclosure-provincial": NoticeKind("Record of a disclosure", "Relevé de divulgation", "file"),
    "keep-request-and-record": NoticeKind(
        "File sheet: written request for an investigation or law enforcement",
        "Fiche de dossier : demande écrite aux fins d'une enquête ou de l'exécution de la loi",
        "file-apart",
    ),
    "breach-report": NoticeKind("Report of a breach", "Signalement d'une atteinte", None),
    "breach-notice": NoticeKind("Notice of a breach to a party", "Avis d'une atteinte à une partie", None),
    "breach-letter": NoticeKind(
        "Letter to the people concerned by a breach",
        "Lettre aux personnes concernées par une atteinte",
        "people-concerned",
    ),
}
"""The obligation codes that are notices, file records or reports."""

OF_A_DECISION: Final = frozenset(NOTICES) - {
    "notify-consistent-use",
    "notify-correction",
    "breach-report",
    "breach-notice",
    "breach-letter",
}
"""Notices about a decision on a request, which `Drafting` drafts."""

TO_PEOPLE: Final = frozenset({"mail-notice", "breach-letter"})
"""Letters to the people concerned; everything else stays among institutions and is Protected B."""

COMMISSIONER_UNDER: Final[Mapping[str, str]] = {
    "CUST-107-6-9": "107(7)",
    "DESDA-37": "37(2)",
    "PA-8-2-m": "8(5)",
    "PA-9-4": "9(4)",
}
"""The provision that demands notice to the Privacy Commissioner, by the provision a disclosure rests on; in the order
of evaluation."""

LAWS: Final[Mapping[str, Mapping[str, AccessLaw]]] = {
    "mail-notice": {"FIPPA-42-1-h": "fippa", "MF-32-h": "mfippa"},
    "keep-request-and-record": {
        "PA-8-2-e": "privacy-act",
        "PA-8-4": "privacy-act",
        "FIPPA-42-1-f-g": "fippa",
        "MF-32-f-g": "mfippa",
    },
}
"""For a notice that several Acts demand: the Act, by the provision that the decision rests on."""


def commissioner_provisions(provisions: Sequence[str]) -> tuple[str, ...]:
    """Under which provisions the Commissioner is notified, in the order of evaluation."""
    return tuple(section for name, section in COMMISSIONER_UNDER.items() if name in provisions)


def law_of(code: str, facts: NoticeFacts) -> AccessLaw | None:
    """The Act under which this notice is given. A file sheet about a refused request rests on no provision, so it is
    kept under the custodian's Act; a mailed notice is given only where a provision demands it."""
    named = LAWS.get(code, {})
    found = next((named[name] for name in facts.provisions if name in named), None)
    return found if found is not None or code == "mail-notice" else facts.law


def hold_of(code: str, facts: NoticeFacts) -> str | None:
    """Why the notice must not be sent as it is, or None. A letter to a home that the employer controls would tell the
    employer (MFIPPA 32(h)); one to an address of unknown or shared kind could."""
    match code:
        case "mail-notice":
            if not facts.address:
                return NO_ADDRESS
            if facts.address_kind == EMPLOYER_HOUSING:
                return EMPLOYER_HOUSING
            return None if facts.address_kind in SAFE_ADDRESSES else ADDRESS_NOT_KNOWN_SAFE
        case "notify-partner-entity":
            return PARTNER_NOT_NAMED if facts.partner is None else None
        case _:
            return None


def notice_as_json(notice: Notice) -> Mapping[str, JsonValue]:
    """As the private part of an entry keeps it."""
    return {
        "code": notice.code,
        "addressee": notice.addressee,
        "en": notice.en,
        "fr": notice.fr,
        "held": notice.held,
        "provision": notice.provision,
    }


def notice_of_json(kept: Mapping[str, Any]) -> Notice:
    """A notice that a private part keeps."""
    return Notice(kept["code"], kept["addressee"], kept["en"], kept["fr"], kept["held"], kept.get("provision"))
