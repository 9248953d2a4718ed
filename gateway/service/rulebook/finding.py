"""What a check of the rulebook found: where, how grave, what is wrong and what to do, in both languages by its code.

Invariant: every code has words in `finding_words`; the facts are names, codes, numbers and days of the files, never a
whole text. Does not: look for anything.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final, TypeAlias

from gateway.service.rulebook.finding_words import KINDS_OF_THINGS, NOTES, WARNINGS, WORDS
from gateway.service.words.sentences import Lang

Place: TypeAlias = tuple[str | int, ...]
NO_NAMES: Final[Mapping[str, Mapping[str, str]]] = {}


class Severity(StrEnum):
    """`error`: it cannot be loaded. `warning`: it will be wrong on a day, or is weak. `note`: good to know."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Finding:
    """`file` is relative to the folder, `line` counts from 1, `path` names the member in the file; `day` is when it is
    so, of what has a day."""

    file: str
    line: int
    code: str
    path: Place = ()
    facts: tuple[tuple[str, str], ...] = ()
    day: date | None = None

    @property
    def severity(self) -> Severity:
        if self.code in NOTES:
            return Severity.NOTE
        return Severity.WARNING if self.code in WARNINGS else Severity.ERROR

    @property
    def member(self) -> str:
        """The path as people write it: `schedules[0].clauses[1].recipient`."""
        text = "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in self.path)
        return text.removeprefix(".")

    @property
    def order(self) -> tuple[int, str, int, str, str]:
        """Errors first, then by file and line."""
        return list(Severity).index(self.severity), self.file, self.line, self.code, str(self.facts)

    def what(self, lang: Lang, names: Mapping[str, Mapping[str, str]] = NO_NAMES) -> str:
        """What is wrong; `names` is what units and provisions are called, to say that beside their codes."""
        words = WORDS[self.code]
        filled = dict(self._filled(lang))
        for fact in ("name", "organization"):
            code = filled.get(fact, "")
            if code in names:
                filled[fact] = f"{names[code][lang]} ({code})"
        return self._clause(lang) + (words.en if lang == "en" else words.fr).format_map(filled)

    def to_do(self, lang: Lang) -> str:
        words = WORDS[self.code]
        return (words.do_en if lang == "en" else words.do_fr).format_map(self._filled(lang))

    @property
    def message(self) -> str:
        """What is wrong, for logs and errors, which are in English."""
        return self.what("en")

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.message}"

    def _clause(self, lang: Lang) -> str:
        clause = dict(self.facts).get("clause")
        return "" if clause is None else f"clause '{clause}'{':' if lang == 'en' else ' :'} "

    def _filled(self, lang: Lang) -> Mapping[str, str]:
        facts = dict(self.facts)
        if self.day is not None:
            facts["day"] = self.day.isoformat()
        if "kind" in facts and facts["kind"] in KINDS_OF_THINGS[lang]:
            facts["kind"] = KINDS_OF_THINGS[lang][facts["kind"]]
        return facts
