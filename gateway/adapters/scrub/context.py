"""Context words for Presidio, without a language model.

Presidio raises the score of a match near a context word by comparing lemmas, and has none unless a spaCy
pipeline makes them. Here the lemma of a word is its lower-case form, found by a regular expression. A blank
spaCy pipeline would give the same words but keeps every token it ever saw in its vocabulary, which would be
a growing store of personal values shared between threads; and Presidio's own enhancer writes the words
around a match to its debug log. Invariant: nothing of a text outlives the call, and nothing of it is logged.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from typing import Any

from presidio_analyzer import EntityRecognizer, RecognizerResult
from presidio_analyzer.context_aware_enhancers import ContextAwareEnhancer
from presidio_analyzer.nlp_engine import NlpArtifacts, NlpEngine

from gateway.adapters.scrub.recognizer import LANGUAGE

WORDS_BEFORE = 6
WORDS_AFTER = 4
BOOST = 0.35

_WORD = re.compile(r"[^\W_]+")


class WordEngine(NlpEngine):
    """Words as tokens, lower case as lemma; holds no state."""

    def load(self) -> None:
        """Nothing to load."""

    def is_loaded(self) -> bool:
        return True

    def process_text(self, text: str, language: str) -> NlpArtifacts:
        words = [(match.start(), match[0]) for match in _WORD.finditer(text)]
        tokens: Any = [word for _, word in words]
        return NlpArtifacts(
            entities=[],
            tokens=tokens,
            tokens_indices=[start for start, _ in words],
            lemmas=[word.lower() for _, word in words],
            nlp_engine=None,
            language=language,
        )

    def process_batch(
        self, texts: Iterable[str], language: str, batch_size: int = 1, n_process: int = 1, **_options: Any
    ) -> Iterator[tuple[str, NlpArtifacts]]:
        for text in texts:
            yield text, self.process_text(text, language)

    def is_stopword(self, word: str, language: str) -> bool:
        return False

    def is_punct(self, word: str, language: str) -> bool:
        return False

    def get_supported_entities(self) -> list[str]:
        return []

    def get_supported_languages(self) -> list[str]:
        return [LANGUAGE]


class ContextWords(ContextAwareEnhancer):
    """Raises a score where a context word of the recognizer is among the six words before or four after."""

    def __init__(self) -> None:
        super().__init__(
            context_similarity_factor=BOOST,
            min_score_with_context_similarity=0.0,
            context_prefix_count=WORDS_BEFORE,
            context_suffix_count=WORDS_AFTER,
        )

    def enhance_using_context(
        self,
        text: str,
        raw_results: list[RecognizerResult],
        nlp_artifacts: NlpArtifacts,
        recognizers: list[EntityRecognizer],
        context: list[str] | None = None,
    ) -> list[RecognizerResult]:
        words_of = {recognizer.id: frozenset(recognizer.context or ()) for recognizer in recognizers}
        starts, lemmas = nlp_artifacts.tokens_indices, nlp_artifacts.lemmas
        for result in raw_results:
            words = words_of[result.recognition_metadata[RecognizerResult.RECOGNIZER_IDENTIFIER_KEY]]
            if not words:
                continue
            first = bisect_right(starts, result.start) - 1
            last = bisect_left(starts, result.end)
            near = lemmas[max(0, first - WORDS_BEFORE) : first + 1] + lemmas[last : last + WORDS_AFTER]
            if not words.isdisjoint(near):
                result.score = min(1.0, result.score + BOOST)
        return raw_results
