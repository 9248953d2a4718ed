"""The account of disclosures in words: a letter in each language, and JSON for a machine.

Invariant: English and French say the same, line for line; only the lines and the Act of an account are read here, so
that nothing that is held back can leave a trace, and the sentence on what may be left out stands in every letter alike
(Privacy Act 16(2)). A code that the deployment's files no longer name is shown as the entry spells it: an old
disclosure is told all the same. Does not: decide what is held back (`gateway.service.person.hold_back`).
"""

from collections.abc import Callable, Mapping
from typing import Any, Final

from audit.entry import AgreementRef
from audit.vocabulary import format_time
from gateway.adapters.letters.typeset import environment
from gateway.adapters.letters.wording import Wording, WordMissingError
from gateway.domain.agreement import AgreementVersion
from gateway.service.person.accounting import AccountLine, Answered
from gateway.service.words.explain import Vocabulary
from gateway.service.words.sentences import BOTH, Lang

_UNKNOWN: Final[Mapping[Lang, str]] = {"en": "not named in the request", "fr": "sans précision dans la demande"}
_NO_AGREEMENT: Final[Mapping[Lang, str]] = {"en": "none", "fr": "aucun"}
_REFERENCE: Final[Mapping[Lang, str]] = {
    "en": "entry {0} of the disclosure log",
    "fr": "inscription {0} au registre des communications",
}
FindAgreement = Callable[[str], AgreementVersion | None]
"""From the digest that an entry cites to the agreement version, where it is kept."""


class AccountLetters:
    """Words an account."""

    def __init__(self, vocabulary: Vocabulary, agreements: FindAgreement) -> None:
        self._wording = {lang: Wording(vocabulary, lang) for lang in BOTH}
        self._agreements = agreements

    def letter(self, answered: Answered, lang: Lang) -> str:
        """The letter as marked lines (`marked`)."""
        account = answered.account
        return (
            environment()
            .get_template(f"account.{lang}.jinja")
            .render(
                answered_on=self._wording[lang].date(answered.answered_at),
                unit=self._called(lang, "unit", answered.unit),
                reference=_REFERENCE[lang].format(answered.reference),
                received=answered.received.isoformat(),
                answer_by=answered.answer_by.isoformat(),
                lines=[self._line(line, lang) for line in account.lines],
                law=account.law,
            )
        )

    def machine(self, answered: Answered) -> Mapping[str, Any]:
        """The account for a machine: codes with their names in both languages, times in UTC."""
        account = answered.account
        return {
            "reference": answered.reference,
            "unit": self._named("unit", answered.unit),
            "received": answered.received.isoformat(),
            "answered_at": format_time(answered.answered_at),
            "answer_by": answered.answer_by.isoformat(),
            "law": account.law,
            "lines": [self._machine_line(line) for line in account.lines],
        }

    def _line(self, line: AccountLine, lang: Lang) -> Mapping[str, Any]:
        words = self._wording[lang]
        labels = [self._element(lang, line.record_type or "", name) for name, _form in line.elements]
        forms = [words.form(form) for _name, form in line.elements]
        return {
            "at": words.time(line.at),
            "entry": line.entry_index,
            "requester": self._called(lang, "unit", line.requester),
            "recipient": self._called(lang, "unit", line.recipient or line.requester),
            "custodian": self._called(lang, "unit", line.custodian),
            "record_type": self._called(lang, "record_type", line.record_type),
            "purpose": self._called(lang, "purpose", line.purpose),
            "ground": self._called(lang, "ground", line.ground),
            "agreement": self._agreement(line.agreement, lang),
            "authorities": [self._called(lang, "provision", code) for code in line.authorities],
            "elements": [f"{label} ({form})" for label, form in zip(labels, forms, strict=True)],
            "refused": line.refused,
            "repeats": line.repeats,
        }

    def _machine_line(self, line: AccountLine) -> Mapping[str, Any]:
        agreement = line.agreement
        return {
            "entry_index": line.entry_index,
            "time": format_time(line.at),
            "refused": line.refused,
            "repeats": line.repeats,
            "requester": self._named("unit", line.requester),
            "recipient": line.recipient and self._named("unit", line.recipient),
            "custodian": line.custodian and self._named("unit", line.custodian),
            "record_type": line.record_type and self._named("record_type", line.record_type),
            "purpose": line.purpose and self._named("purpose", line.purpose),
            "ground": line.ground and self._named("ground", line.ground),
            "agreement": agreement
            and {
                "id": agreement.id,
                "version": agreement.version,
                **{lang: self._agreement(agreement, lang) for lang in BOTH},
            },
            "authorities": [self._named("provision", code) for code in line.authorities],
            "elements": [
                {
                    "code": name,
                    **{lang: self._element(lang, line.record_type or "", name) for lang in BOTH},
                    "form": form,
                }
                for name, form in line.elements
            ],
        }

    def _agreement(self, cited: AgreementRef | None, lang: Lang) -> str:
        if cited is None:
            return _NO_AGREEMENT[lang]
        kept = self._agreements(cited.digest)
        words = self._wording[lang]
        return words.version(cited.id, cited.version) if kept is None else words.agreement(kept)

    def _named(self, kind: str, code: str) -> Mapping[str, str]:
        return {"code": code, **{lang: self._called(lang, kind, code) for lang in BOTH}}

    def _called(self, lang: Lang, kind: str, code: str | None) -> str:
        if code is None:
            return _UNKNOWN[lang]
        words = self._wording[lang]
        names: Mapping[str, Callable[[str], str]] = {
            "unit": words.unit,
            "record_type": words.record_type,
            "purpose": words.purpose,
            "ground": words.ground,
            "provision": words.provision,
        }
        try:
            return names[kind](code)
        except WordMissingError:
            return code

    def _element(self, lang: Lang, record_type: str, name: str) -> str:
        try:
            return self._wording[lang].elements(record_type, [name])[0]
        except WordMissingError:
            return name
