"""Presidio's own recognizers as rules of this package: their patterns, their context words, their check digits.

Run as they are they would skip a pattern that takes too long, in silence, and some write what they could not check to
a log. So only what they know is taken; it runs as every other rule does (recognizer.py). A pattern that looks ahead
over the whole text ("Low" of the Indian PAN) costs quadratic time and is left out. Presidio scores most of these
patterns as weak; here such a pattern counts near a context word or with a valid check digit.
"""

from collections.abc import Callable
from typing import Any

from gateway.adapters.scrub.recognizer import NEEDS_CONTEXT, Rule

_SURE = 0.5
"""A pattern to which Presidio gives this much or more is enough by itself."""
_SURE_HERE = 0.65
_ENDLESS = (".*", ".+")


def borrowed(recognizer: Any, entity: str, *more_context: str, sure: float = _SURE, checked: bool = True) -> Rule:
    """A Presidio PatternRecognizer as a rule for `entity`.

    Context phrases become their words. `checked` says whether its check digit raises a match that has no context;
    without it a match needs the context."""
    patterns = tuple(
        (pattern.regex, _SURE_HERE if pattern.score >= sure else NEEDS_CONTEXT)
        for pattern in recognizer.patterns
        if not any(endless in pattern.regex for endless in _ENDLESS)
    )
    words = {word for phrase in recognizer.context or () for word in phrase.lower().split() if len(word) > 1}
    words -= _TOO_COMMON
    return Rule(
        entity, patterns, context=(*sorted(words), *more_context), check=check_of(recognizer) if checked else None
    )


_TOO_COMMON = {"number", "no", "no.", "id", "card", "of", "account", "identification", "the", "reference", "document"}


def check_of(recognizer: Any) -> Callable[[str], bool]:
    """Its check digits alone: whether they hold for a text in any case."""
    return lambda text: recognizer.validate_result(text.upper()) is True
