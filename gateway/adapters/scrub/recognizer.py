"""One kind of identifier as a Presidio recognizer, told as data.

Differs from Presidio's own PatternRecognizer in three ways that matter here: a pattern that cannot finish is
not skipped in silence (the patterns are of bounded repetition and run on `re`, the text is capped by the
scrubber); a named group `id` narrows a match to the identifier behind its label; a check digit raises a
score instead of deciding alone, because a mistyped number next to its label is still the person's number. So it is
no PatternRecognizer, which would compile every pattern twice more.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from presidio_analyzer import AnalysisExplanation, LocalRecognizer, RecognizerResult

LANGUAGE = "xx"
THRESHOLD = 0.5
CHECKED_SCORE = 0.6
NEEDS_CONTEXT = 0.3
FLAGS = re.IGNORECASE | re.MULTILINE


@dataclass(frozen=True, slots=True)
class Rule:
    """What one entity looks like.

    A pattern at or above THRESHOLD is enough by itself; one at NEEDS_CONTEXT counts only near a word of
    `context` (folded, lower case) or where `check` holds. Where `reject` holds a match is dropped."""

    entity: str
    patterns: tuple[tuple[str, float], ...]
    context: tuple[str, ...] = ()
    check: Callable[[str], bool] | None = None
    reject: Callable[[str], bool] | None = None


class RuleRecognizer(LocalRecognizer):
    """A Rule as a recognizer for texts in English, French or both."""

    def __init__(self, rule: Rule) -> None:
        super().__init__(supported_entities=[rule.entity], supported_language=LANGUAGE, context=list(rule.context))
        self._rule = rule
        self._compiled = [(re.compile(regex, FLAGS), score) for regex, score in rule.patterns]

    def load(self) -> None:
        """Nothing to load."""

    def analyze(
        self, text: str, entities: list[str], nlp_artifacts: Any = None, regex_flags: int | None = None
    ) -> list[RecognizerResult]:
        """Every match in a folded text, scored; nothing of the text is kept in the results."""
        rule = self._rule
        found = []
        for pattern, base in self._compiled:
            group = "id" if "id" in pattern.groupindex else 0
            for match in pattern.finditer(text):
                value = match[group]
                if rule.reject is not None and rule.reject(value):
                    continue
                score = base
                if score < CHECKED_SCORE and rule.check is not None and rule.check(value):
                    score = CHECKED_SCORE
                found.append(self._result(match.start(group), match.end(group), score))
        return found

    def _result(self, start: int, end: int, score: float) -> RecognizerResult:
        return RecognizerResult(
            entity_type=self._rule.entity,
            start=start,
            end=end,
            score=score,
            analysis_explanation=AnalysisExplanation(self._rule.entity, score),
            recognition_metadata={
                RecognizerResult.RECOGNIZER_NAME_KEY: self._rule.entity,
                RecognizerResult.RECOGNIZER_IDENTIFIER_KEY: self.id,
            },
        )
