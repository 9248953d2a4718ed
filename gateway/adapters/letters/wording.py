"""Codes in the words of a letter, in one language: units, provisions, elements, purposes, grounds, times.

Titles come from the deployment's own files (`Vocabulary`); a code that they do not know is a `WordMissingError`, so
that no letter shows a bare code. Names stand behind a label ("Institution: X"), because a French sentence would need an
article. Times are shown in Ottawa's local time, dates as YYYY-MM-DD (CAN/CSA-Z234.4). Does not: word sentences
(the templates do), or set spaces (`marked` does).
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Final

from gateway.domain.agreement import AgreementVersion
from gateway.domain.due import OTTAWA
from gateway.domain.errors import GatewayError
from gateway.service.words.addressees import ADDRESSEES
from gateway.service.words.explain import Titles, Vocabulary
from gateway.service.words.sentences import GROUNDS, SENTENCES, Lang

_TIME: Final[Mapping[Lang, str]] = {"en": "{0:%Y-%m-%d}, {0:%H:%M} (Ottawa time)",
                                    "fr": "{0:%Y-%m-%d}, {0.hour} h {0:%M} (heure d'Ottawa)"}  # fmt: skip
_LAST: Final[Mapping[Lang, str]] = {
    "en": "hidden but for the last {0} characters",
    "fr": "masqué, sauf les {0} derniers caractères",
}
_RANGE: Final[Mapping[Lang, str]] = {"en": "as a range", "fr": "par tranche"}
_OTHER_FORM: Final[Mapping[Lang, str]] = {"en": "in another form", "fr": "sous une autre forme"}
_VERSION: Final[Mapping[Lang, str]] = {"en": "{0}, version {1}", "fr": "{0}, version {1}"}


class WordMissingError(GatewayError):
    """The deployment's files do not say what a code is called. `kind` names the sort of code."""

    code = "word-missing"

    def __init__(self, kind: str) -> None:
        super().__init__(f"a code of the kind '{kind}' has no name in the files of this deployment")
        self.kind = kind


class Wording:
    """The words of one language."""

    def __init__(self, vocabulary: Vocabulary, lang: Lang) -> None:
        self._words = vocabulary
        self.lang = lang

    def unit(self, code: str, kind: str = "unit") -> str:
        return self._title(self._words.units, code, kind)

    def institution(self, code: str, kind: str = "unit") -> str:
        """The name of a unit's institution alone, which does not say which program it is."""
        return self._title(self._words.institutions, code, kind)

    def addressee(self, code: str) -> str:
        """To whom a notice goes: one of `ADDRESSEES`, or a unit."""
        return ADDRESSEES[code][self.lang] if code in ADDRESSEES else self.unit(code, "addressee")

    def purpose(self, code: str) -> str:
        return self._title(self._words.purposes, code, "purpose")

    def ground(self, code: str) -> str:
        found = GROUNDS[self.lang].get(code)
        if found is None:
            raise WordMissingError("ground")
        return found

    def provision(self, code: str) -> str:
        """The provision's Act and section, with its title."""
        title = self._title(self._words.provisions, code, "provisions")
        act = self._title(self._words.instruments, code, "provisions")
        # A letter joins provisions with semicolons, which must not stand in one of them.
        section = self._words.sections[code][self.lang].replace("; ", ", ")
        return f"{act}, {section} – {title}"

    def record_type(self, code: str) -> str:
        known = self._words.catalogue.find(code)
        if known is None:
            raise WordMissingError("record_type")
        return known.label_en if self.lang == "en" else known.label_fr

    def elements(self, record_type: str, names: Sequence[str]) -> list[str]:
        """The labels of data elements."""
        known = self._words.catalogue.find(record_type)
        if known is None or any(name not in known.elements for name in names):
            raise WordMissingError("elements")
        found = (known.elements[name] for name in names)
        return [element.label_en if self.lang == "en" else element.label_fr for element in found]

    def form(self, code: str) -> str:
        """The form in which an element left, without a code."""
        kind, _, parameter = code.partition(":")
        sentences = SENTENCES[self.lang]
        match kind:
            case "mask":
                return _LAST[self.lang].format(parameter)
            case "generalize":
                return sentences.get(f"{kind}-{parameter}", _RANGE[self.lang])
            case _:
                return sentences.get(kind, _OTHER_FORM[self.lang])

    def time(self, at: datetime) -> str:
        """Local time of Ottawa, which is named; `at` is aware."""
        return _TIME[self.lang].format(at.astimezone(OTTAWA))

    def date(self, at: datetime) -> str:
        """The day in Ottawa; `at` is aware."""
        return at.astimezone(OTTAWA).date().isoformat()

    def agreement(self, version: AgreementVersion) -> str:
        """The title of an agreement version, with the version."""
        return self.version(version.document["title"][self.lang], version.version)

    def version(self, title: str, version: str) -> str:
        return _VERSION[self.lang].format(title, version)

    def _title(self, titles: Titles, code: str, kind: str) -> str:
        found = titles.get(code)
        if found is None:
            raise WordMissingError(kind)
        return found[self.lang]
