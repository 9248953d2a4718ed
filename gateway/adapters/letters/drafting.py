"""Drafts notices from the templates, in English and in French: the `Drafting` and `BreachDrafting` ports.

Invariant: both languages are drafted from the same facts, or neither is; a fact that a template states and that is
missing raises `NoticeError` with its name. What a decision-maker, a form or a source wrote is data: it is put on one
line and never read as a template (`typeset.as_data`). Does not: decide what is a notice or when one is held
(`gateway.service.notices`).
"""

import re
from collections.abc import Mapping, Sequence
from typing import Any, Final

from jinja2 import UndefinedError

from gateway.adapters.letters.typeset import as_data, environment
from gateway.adapters.letters.wording import BOTH, Wording, WordMissingError
from gateway.service.breach import BreachFacts
from gateway.service.explain import Vocabulary
from gateway.service.notices import NOTICES, Notice, NoticeError, NoticeFacts, commissioner_provisions, hold_of
from gateway.service.plain_words import Lang

_TEMPLATES: Final[Mapping[str, str]] = {
    "record-of-disclosure-municipal": "record-of-disclosure",
    "record-of-disclosure-provincial": "record-of-disclosure",
}
_REFUSABLE: Final = frozenset({"keep-request-and-record"})
"""Notices about a request that may have been refused: then nothing was disclosed under any provision."""


class Letters:
    """The drafting ports over this package's templates. `vocabulary` names what the codes mean."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._wording = {lang: Wording(vocabulary, lang) for lang in BOTH}

    def draft(self, code: str, facts: NoticeFacts) -> Notice:
        """The notice in both languages. Raises NoticeError."""
        kind = NOTICES.get(code)
        if kind is None or code.startswith("breach-"):
            raise NoticeError(code, "code")
        template = _TEMPLATES.get(code, code)
        under = commissioner_provisions(facts.provisions)
        if code == "notify-privacy-commissioner":
            if not under:
                raise NoticeError(code, "provisions")
            if under == ("9(4)",):
                template = "notify-consistent-use"
        texts = {lang: render(template, code, lang, self.context(code, facts, under, lang)) for lang in BOTH}
        addressee = kind.addressee or facts.partner or "partner-entity"
        return Notice(code, addressee, texts["en"], texts["fr"], hold_of(code, facts))

    def draft_breach(self, code: str, facts: BreachFacts) -> Notice:
        """The report or notice of a breach in both languages. Raises NoticeError."""
        if code not in ("breach-report", "breach-notice"):
            raise NoticeError(code, "code")
        texts = {lang: render(code, code, lang, self.breach_context(code, facts, lang)) for lang in BOTH}
        return Notice(code, facts.addressee, texts["en"], texts["fr"])

    def context(self, code: str, facts: NoticeFacts, under: Sequence[str], lang: Lang) -> dict[str, Any]:
        """The facts in words, by the names that the templates know; one that is missing is not among them.

        Raises NoticeError for a code that the deployment's files do not know."""
        words = self._wording[lang]
        try:
            given = {
                "code": code,
                "under": list(under),
                "custodian": words.unit(facts.custodian, "custodian"),
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
                "reference": as_data(facts.reference),
                "partner": words.unit(facts.partner, "partner") if facts.partner else None,
            }
        except WordMissingError as error:
            raise NoticeError(code, error.kind) from None
        present = {name: value for name, value in given.items() if value or (code in _REFUSABLE and value == [])}
        address = as_data(", ".join(facts.address)) if facts.address else ""
        return present | {"before_release": facts.before_release, "address": address, "partner": given["partner"]}

    def breach_context(self, code: str, facts: BreachFacts, lang: Lang) -> dict[str, Any]:
        """The facts of a breach in words. Raises NoticeError as `context` does."""
        words = self._wording[lang]
        try:
            known = None if code == "breach-report" else words.unit(facts.addressee, "addressee")
            given = {
                "unit": words.unit(facts.unit),
                "addressee": known or facts.addressee,
                "provision": words.provision(facts.provision) if facts.provision else None,
                "determined_at": words.time(facts.determined_at),
                "agreements": [str(version.document["title"][lang]) for version in facts.agreements],
                "what": as_data(facts.what),
                "measures": as_data(facts.measures),
            }
        except WordMissingError as error:
            raise NoticeError(code, error.kind) from None
        present = {name: value for name, value in given.items() if value or name == "agreements"}
        return present | {"people": facts.people, "entries": list(facts.entries)}


def render(template: str, code: str, lang: Lang, context: Mapping[str, Any]) -> str:
    """The marked lines of a template. Raises NoticeError with the name of the fact that it lacks."""
    try:
        return environment().get_template(f"{template}.{lang}.jinja").render(context).strip() + "\n"
    except UndefinedError as error:
        named = re.match(r"'(\w+)' is undefined", str(error.message))
        raise NoticeError(code, named[1] if named else "unknown") from None
