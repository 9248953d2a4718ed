"""The Scrubber port over Presidio: free text without identifiers and without the record's own names.

Fold the text, run the recognizers and the deny-list over it, merge what overlaps, replace by `[SIN]`,
`[NAME]`, ... in the text as written; then look again at what came out. Invariant: a text in which a name of
the record or a number with a valid check digit remains is not returned: ScrubError, and the element is
withheld (fail closed). Does not find names that are not in the record, nor what only a reader understands (a
nickname, "the man with the red truck"); docs/redaction.md says so. Build it once, in bootstrap; it may be
shared between threads.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from presidio_analyzer import AnalyzerEngine, RecognizerRegistry

from gateway.adapters.scrub.addresses_abroad import ADDRESS_ABROAD
from gateway.adapters.scrub.banks import BANK_RULES
from gateway.adapters.scrub.context import ContextWords, WordEngine
from gateway.adapters.scrub.dates import DATE
from gateway.adapters.scrub.folding import Folded, blank_placeholders, fold
from gateway.adapters.scrub.last_look import (
    lost_letters,
    other_spellings,
    read_out_or_cut_number_remains,
    valid_number_remains,
)
from gateway.adapters.scrub.names import DenyList
from gateway.adapters.scrub.national import NATIONAL_RULES
from gateway.adapters.scrub.numbers import NUMBER_RULES
from gateway.adapters.scrub.online import ONLINE_RULES
from gateway.adapters.scrub.phones import PHONE
from gateway.adapters.scrub.places import PLACE_RULES
from gateway.adapters.scrub.plates import PLATE
from gateway.adapters.scrub.recognizer import LANGUAGE, THRESHOLD, Rule, RuleRecognizer
from gateway.domain.errors import ScrubError
from gateway.service.ports import Scrubbed

MAX_CHARACTERS = 50_000
MAX_FINDINGS = 5_000
MAX_NAMES = 500
MAX_NAME_CHARACTERS = 500
NAME = "NAME"

RULES: tuple[Rule, ...] = (
    *NUMBER_RULES,
    *NATIONAL_RULES,
    *BANK_RULES,
    PLATE,
    DATE,
    *PLACE_RULES,
    ADDRESS_ABROAD,
    PHONE,
    *ONLINE_RULES,
)
ENTITIES = tuple(dict.fromkeys(rule.entity for rule in RULES))
PLACEHOLDERS = frozenset(f"[{entity}]" for entity in (*ENTITIES, NAME))

_JOINED = re.compile(r"[\s.,'\-]{0,3}")


@dataclass(frozen=True, slots=True)
class Finding:
    """A span to replace, in indexes of the folded text unless said otherwise."""

    start: int
    end: int
    entity: str
    score: float


def build_engine() -> AnalyzerEngine:
    """A Presidio engine with the recognizers of this package only: no model, no download, no network."""
    registry = RecognizerRegistry(recognizers=[RuleRecognizer(rule) for rule in RULES], supported_languages=[LANGUAGE])
    return AnalyzerEngine(
        registry=registry,
        nlp_engine=WordEngine(),
        supported_languages=[LANGUAGE],
        default_score_threshold=THRESHOLD,
        context_aware_enhancer=ContextWords(),
    )


class PresidioScrubber:
    """Implements gateway.service.ports.Scrubber."""

    def __init__(self, engine: AnalyzerEngine | None = None) -> None:
        self._engine = engine if engine is not None else build_engine()

    def scrub(self, text: str, names: Sequence[str]) -> Scrubbed:
        """The text with placeholders, and how many of each. CPU: some 5 to 10 ms for 1,000 characters.

        Raises ScrubError where the text or the list of names is too long, where Presidio fails, and where
        the result still holds what it must not; the message says which, never what."""
        deny, folded, findings = self._search(text, names)
        scrubbed = _replace(folded, findings)
        _check(scrubbed, deny, names)
        return Scrubbed(scrubbed, dict(Counter(finding.entity for finding in findings)))

    def locate(self, text: str, names: Sequence[str]) -> list[Finding]:
        """What `scrub` would replace, in order, in indexes of the text as written; for measuring. Raises ScrubError."""
        _, folded, findings = self._search(text, names)
        return [
            Finding(*folded.span(finding.start, finding.end), finding.entity, finding.score) for finding in findings
        ]

    def _search(self, text: str, names: Sequence[str]) -> tuple[DenyList, Folded, list[Finding]]:
        if len(text) > MAX_CHARACTERS:
            raise ScrubError(f"text is longer than {MAX_CHARACTERS} characters")
        if len(names) > MAX_NAMES or any(len(name) > MAX_NAME_CHARACTERS for name in names):
            raise ScrubError("the list of names is too long")
        deny = DenyList.of(names)
        folded = fold(text)
        if len(folded.text) > MAX_CHARACTERS:
            # One character may fold to eighteen; what costs time is the folded text.
            raise ScrubError(f"text is longer than {MAX_CHARACTERS} characters once its letters are folded")
        searched = blank_placeholders(folded.text, PLACEHOLDERS)
        return deny, folded, merge(searched, [*self._recognize(searched), *_names(deny, searched)])

    def _recognize(self, searched: str) -> list[Finding]:
        try:
            results = self._engine.analyze(searched, language=LANGUAGE, entities=list(ENTITIES))
        except Exception:  # noqa: BLE001 - a third-party boundary; its message may quote the text
            raise ScrubError("the recognizers failed") from None
        if len(results) > MAX_FINDINGS:
            raise ScrubError(f"more than {MAX_FINDINGS} findings")
        return [Finding(result.start, result.end, result.entity_type, result.score) for result in results]


def _names(deny: DenyList, searched: str) -> list[Finding]:
    return [Finding(start, end, NAME, 1.0) for start, end in deny.find(searched)]


def merge(text: str, findings: Sequence[Finding]) -> list[Finding]:
    """Disjoint findings in order. Overlapping ones become one: with the entity of the one that contains the other (a
    name in an e-mail address is an e-mail address), else of the surer; a number on the deny-list keeps its kind. Parts
    of a name side by side become one."""
    merged: list[Finding] = []
    for finding in sorted(findings, key=lambda each: (each.start, -each.end)):
        last = merged[-1] if merged else None
        if last is not None and finding.start < last.end:
            merged[-1] = _united(last, finding)
        elif (
            last is not None
            and last.entity == finding.entity == NAME
            and _JOINED.fullmatch(text, last.end, finding.start)
        ):
            merged[-1] = Finding(last.start, finding.end, NAME, 1.0)
        else:
            merged.append(finding)
    return merged


def _united(first: Finding, second: Finding) -> Finding:
    """One finding over two overlapping ones, `first` not starting after `second`."""
    end = max(first.end, second.end)
    if (first.start, first.end) == (second.start, second.end):
        surest = max(first, second, key=lambda each: (each.entity != NAME, each.score))
    elif end == first.end:
        surest = first
    elif first.start == second.start:
        surest = second
    else:
        surest = max(first, second, key=lambda each: (each.score, each.end - each.start))
    return Finding(first.start, end, surest.entity, surest.score)


def _replace(folded: Folded, findings: Sequence[Finding]) -> str:
    source, parts, position = folded.source, [], 0
    for finding in findings:
        start, end = folded.span(finding.start, finding.end)
        parts.append(source[position : max(start, position)])
        parts.append(f"[{finding.entity}]")
        position = max(end, position)
    parts.append(source[position:])
    return "".join(parts)


def _check(scrubbed: str, deny: DenyList, names: Sequence[str]) -> None:
    """Looks at the result as if it were new, and as machines may have spelled it. Raises ScrubError."""
    for spelled in (scrubbed, *other_spellings(scrubbed)):
        searched = blank_placeholders(fold(spelled[:MAX_CHARACTERS]).text, PLACEHOLDERS)
        if deny.find(searched):
            raise ScrubError("a name of the record remains after scrubbing")
        if valid_number_remains(searched):
            raise ScrubError("a number with a valid check digit remains after scrubbing")
        if read_out_or_cut_number_remains(searched):
            raise ScrubError("a part of a number, or a number in words, may remain after scrubbing")
    if lost_letters(scrubbed, names):
        raise ScrubError("a name of the record may remain, with letters that were lost")
