"""Drafts notices from the templates, in English and in French: the `Drafting` port and those of breaches and new uses.

Invariant: both languages are drafted from the same facts, or neither is; a fact that a template states and that is
missing raises `NoticeError` with its name. What a decision-maker, a form or a source wrote is data: it is put on one
line and never read as a template (`marked.as_data`). Does not: decide what is a notice or when one is held
(`gateway.service.obligation.notices`).
"""

import re
from collections.abc import Mapping
from typing import Any, Final

from gateway.adapters.letters.marked import as_data
from gateway.adapters.letters.typeset import environment
from gateway.adapters.letters.wording import Wording, WordMissingError
from gateway.domain.ground import Ground
from gateway.service.obligation.breach_facts import LETTER, NOTICE, REPORT, BreachFacts
from gateway.service.obligation.consistent_use import DUTY, PROVISION, ConsistentUse
from gateway.service.obligation.notices import (
    NOTICES,
    OF_A_DECISION,
    PERSON_NOT_NAMED,
    Notice,
    NoticeError,
    NoticeFacts,
    commissioner_provisions,
    hold_of,
    law_of,
)
from gateway.service.person import correction
from gateway.service.person.correction import CorrectionFacts
from gateway.service.words.explain import Vocabulary
from gateway.service.words.sentences import BOTH, Lang

_TEMPLATES: Final[Mapping[str, str]] = {
    "record-of-disclosure-municipal": "record-of-disclosure",
    "record-of-disclosure-provincial": "record-of-disclosure",
}
_REFUSABLE: Final = frozenset({"keep-request-and-record"})
"""Notices about a request that may have been refused: then nothing was disclosed under any provision."""
BLANK: Final = "____________________"
"""What the sender fills in by hand: the product ships no telephone number or address of a sender."""
ANSWERS_LISTED: Final = 50
"""So many answers a notice of a correction lists one by one, the last first."""
_NOT_KNOWN: Final[Mapping[Lang, str]] = {"en": "not known yet", "fr": "pas encore connu"}
_TOLD: Final[Mapping[Lang, Mapping[str, str]]] = {
    "en": {"yes": "yes", "no": "no", "later": "not yet; they will be told"},
    "fr": {"yes": "oui", "no": "non", "later": "pas encore; elles le seront"},
}
_DANGER: Final[Mapping[Lang, Mapping[str, str]]] = {
    "en": {"life": "life", "health": "health", "safety": "safety"},
    "fr": {"life": "la vie", "health": "la santé", "safety": "la sécurité"},
}
_ANY_DANGER: Final[Mapping[Lang, str]] = {"en": "life, health or safety", "fr": "la vie, la santé ou la sécurité"}
_REFERENCE: Final[Mapping[Lang, tuple[str, str]]] = {
    "en": ("referral {0}", "entry {0} of the disclosure log"),
    "fr": ("renvoi {0}", "inscription {0} au registre des communications"),
}


class Letters:
    """The drafting ports over this package's templates. `vocabulary` names what the codes mean."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._wording = {lang: Wording(vocabulary, lang) for lang in BOTH}

    def draft(self, code: str, facts: NoticeFacts) -> Notice:
        """The notice in both languages. Raises NoticeError."""
        if code not in OF_A_DECISION:
            raise NoticeError(code, "code")
        if code == "notify-privacy-commissioner" and not commissioner_provisions(facts.provisions):
            raise NoticeError(code, "provisions")
        texts = {lang: render(_TEMPLATES.get(code, code), code, lang, self.context(code, facts, lang)) for lang in BOTH}
        addressee = NOTICES[code].addressee or facts.partner or "partner-entity"
        return Notice(code, addressee, texts["en"], texts["fr"], hold_of(code, facts))

    def draft_breach(self, code: str, facts: BreachFacts) -> Notice:
        """The report, notice or letter of a breach in both languages. Raises NoticeError."""
        if code not in (REPORT, NOTICE, LETTER):
            raise NoticeError(code, "code")
        texts = {lang: render(code, code, lang, self.breach_context(code, facts, lang)) for lang in BOTH}
        return Notice(code, facts.addressee, texts["en"], texts["fr"], provision=facts.provision)

    def draft_use(self, use: ConsistentUse) -> Notice:
        """The notice of a new consistent use in both languages. Raises NoticeError."""
        texts = {lang: render(DUTY, DUTY, lang, self.use_context(use, lang)) for lang in BOTH}
        return Notice(DUTY, str(NOTICES[DUTY].addressee), texts["en"], texts["fr"], provision=PROVISION)

    def draft_correction(self, facts: CorrectionFacts) -> Notice:
        """The notice of a correction or notation to one recipient, in both languages. Raises NoticeError."""
        code = correction.DUTY
        texts = {lang: render(code, code, lang, self.correction_context(facts, lang)) for lang in BOTH}
        held = None if facts.subjects else PERSON_NOT_NAMED
        return Notice(code, facts.recipient, texts["en"], texts["fr"], held, facts.provision)

    def context(self, code: str, facts: NoticeFacts, lang: Lang) -> dict[str, Any]:
        """The facts in words, by the names that the templates know; one that is missing is not among them.

        Raises NoticeError for a code that the deployment's files do not know."""
        words, emergency = self._wording[lang], facts.ground == Ground.EMERGENCY
        try:
            given = {
                "code": code,
                "law": law_of(code, facts),
                "under": list(commissioner_provisions(facts.provisions)),
                "custodian": words.unit(facts.custodian, "custodian"),
                "institution": words.institution(facts.custodian, "custodian"),
                "recipient": words.unit(facts.recipient, "recipient"),
                "provisions": [words.provision(name) for name in facts.provisions],
                "elements": words.elements(facts.record_type, facts.elements),
                "record_type": words.record_type(facts.record_type),
                "purpose": words.purpose(facts.purpose),
                "ground": words.ground(facts.ground),
                "decided_at": words.time(facts.decided_at),
                "decided_on": words.date(facts.decided_at),
                "because": as_data(facts.because),
                "subject": as_data(f"{facts.subject.scheme} {facts.subject.value}") if facts.subject.value else "",
                "reference": _reference(facts, lang),
                "referral": facts.referral,
                "partner": words.unit(facts.partner, "partner") if facts.partner else words.addressee("partner-entity"),
            }
        except WordMissingError as error:
            raise NoticeError(code, error.kind) from None
        present = {name: value for name, value in given.items() if value or (code in _REFUSABLE and value == [])}
        return present | {
            "before_release": facts.before_release,
            "not_first": as_data(facts.not_first or ""),
            "danger": _DANGER[lang].get(facts.danger or "", "") or _ANY_DANGER[lang] if emergency else "",
            "address": as_data(", ".join(facts.address)) if facts.address else "",
            "blank": BLANK,
        }

    def breach_context(self, code: str, facts: BreachFacts, lang: Lang) -> dict[str, Any]:
        """The facts of a breach in words; what nobody knows yet says so. Raises NoticeError as `context` does."""
        words, said, unknown = self._wording[lang], facts.said, _NOT_KNOWN[lang]
        french = lang == "fr"
        try:
            given = {
                "unit": words.unit(facts.unit),
                "institution": words.institution(facts.unit),
                "addressee": words.addressee(facts.addressee),
                "provision": words.provision(facts.provision) if facts.provision else None,
                "law": facts.law,
                "determined_at": words.time(facts.determined_at),
                "agreements": [words.agreement(version) for version in facts.agreements],
                "what": as_data(said.what),
                "measures": as_data(said.measures),
                "for_people": as_data((french and said.for_people_fr) or said.for_people or ""),
            }
        except WordMissingError as error:
            raise NoticeError(code, error.kind) from None
        present = {name: value for name, value in given.items() if value or name == "agreements"}
        return present | {
            "occurred": said.occurred.isoformat() if said.occurred else unknown,
            "discovered": said.discovered.isoformat() if said.discovered else unknown,
            "kinds": as_data((french and said.kinds_fr) or said.kinds or "") or unknown,
            "harm": as_data(said.harm or "") or unknown,
            "people_told": _TOLD[lang][said.people_told] if said.people_told else unknown,
            "contact": as_data(said.contact or "") or unknown,
            "people": said.people,
            "entries": list(facts.entries),
            "ontario": facts.law in ("fippa", "mfippa"),
            "blank": BLANK,
        }

    def use_context(self, use: ConsistentUse, lang: Lang) -> dict[str, Any]:
        """The facts of a new consistent use in words. Raises NoticeError as `context` does."""
        words = self._wording[lang]
        try:
            return {
                "institution": words.unit(use.unit),
                "bank": use.bank,
                "agreement": words.agreement(use.agreement),
                "purpose": words.purpose(use.purpose),
                "recipients": [words.unit(unit, "recipient") for unit in use.recipients],
                "records": [
                    (words.record_type(name), words.elements(name, elements)) for name, elements in use.elements.items()
                ],
                "noted_on": words.date(use.noted_at),
            }
        except WordMissingError as error:
            raise NoticeError(DUTY, error.kind) from None

    def correction_context(self, facts: CorrectionFacts, lang: Lang) -> dict[str, Any]:
        """The facts of a correction in words, the last answers first. Raises NoticeError as `context` does."""
        words, latest = self._wording[lang], sorted(facts.received, key=lambda one: one.at, reverse=True)
        try:
            return {
                "institution": words.unit(facts.custodian, "custodian"),
                "addressee": words.unit(facts.recipient, "recipient"),
                "provision": words.provision(facts.provision),
                "corrected": facts.kind == "correction",
                "ontario": facts.law in ("fippa", "mfippa"),
                "subject": as_data("; ".join(f"{one.scheme} {one.value}" for one in facts.subjects)) or BLANK,
                "record_type": words.record_type(facts.record_type),
                "requested_on": facts.requested_on.isoformat(),
                "received": [
                    (one.entry_index, words.date(one.at), words.elements(facts.record_type, one.elements))
                    for one in latest[:ANSWERS_LISTED]
                ],
                "more": max(len(latest) - ANSWERS_LISTED, 0),
                "amends": facts.amends,
            }
        except WordMissingError as error:
            raise NoticeError(correction.DUTY, error.kind) from None


def render(template: str, code: str, lang: Lang, context: Mapping[str, Any]) -> str:
    """The marked lines of a template. Raises NoticeError with the name of the fact that it lacks."""
    from jinja2 import UndefinedError

    try:
        return environment().get_template(f"{template}.{lang}.jinja").render(context).strip() + "\n"
    except UndefinedError as error:
        named = re.match(r"'(\w+)' is undefined", str(error.message))
        raise NoticeError(code, named[1] if named else "unknown") from None


def _reference(facts: NoticeFacts, lang: Lang) -> str:
    """Where the decision is on record, "" where nothing says so."""
    referral, entry = _REFERENCE[lang]
    if facts.referral:
        return referral.format(as_data(facts.referral))
    return "" if facts.entry_index is None else entry.format(facts.entry_index)
