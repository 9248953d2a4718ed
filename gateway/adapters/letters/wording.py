"""Codes in the words of a letter, in one language: units, provisions, elements, purposes, grounds, times.

Titles come from the deployment's own files (`Vocabulary`); a code that they do not know is a `WordMissingError`, so
that no letter shows a bare code. Times are shown in Ottawa's local time, dates as YYYY-MM-DD (CAN/CSA-Z234.4).
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from gateway.domain.agreement import AgreementVersion
from gateway.domain.errors import GatewayError
from gateway.service.explain import Titles, Vocabulary
from gateway.service.plain_words import GROUNDS, SENTENCES, Lang

OTTAWA: Final = ZoneInfo("America/Toronto")
_TIME: Final[Mapping[Lang, str]] = {"en": "%Y-%m-%d, %H:%M (Ottawa time)", "fr": "%Y-%m-%d, %H h %M (heure d'Ottawa)"}
BOTH: Final[tuple[Lang, Lang]] = ("en", "fr")


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

    def purpose(self, code: str) -> str:
        return self._title(self._words.purposes, code, "purpose")

    def ground(self, code: str) -> str:
        found = GROUNDS[self.lang].get(code)
        if found is None:
            raise WordMissingError("ground")
        return found

    def provision(self, code: str) -> str:
        """The provision's title with its Act and section."""
        title = self._title(self._words.provisions, code, "provisions")
        act = self._title(self._words.instruments, code, "provisions")
        return f"{title} ({act}, {self._words.sections[code]})"

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
        """The form in which an element left."""
        kind, _, parameter = code.partition(":")
        sentences = SENTENCES[self.lang]
        return sentences.get(f"{kind}-{parameter}", sentences.get(kind, kind)).format(parameter)

    def time(self, at: datetime) -> str:
        """Local time of Ottawa, which is named; `at` is aware."""
        return at.astimezone(OTTAWA).strftime(_TIME[self.lang])

    def date(self, at: datetime) -> str:
        """The day in Ottawa; `at` is aware."""
        return at.astimezone(OTTAWA).date().isoformat()

    def agreement(self, version: AgreementVersion) -> str:
        """The title of an agreement version, with the version."""
        return f"{version.document['title'][self.lang]} ({version.version})"

    def _title(self, titles: Titles, code: str, kind: str) -> str:
        found = titles.get(code)
        if found is None:
            raise WordMissingError(kind)
        return found[self.lang]
