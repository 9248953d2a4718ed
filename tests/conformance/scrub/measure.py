"""Recall and precision of the scrubber on the passages, by kind and language, as the tables of docs/redaction.md.

Recall is strict: every letter and digit of what is marked must be replaced. A replacement is right where it touches
something that is marked to go. Notes that are withheld count as neither. `python -m tests.conformance.scrub.measure`
writes the tables into the document; with `-v` it also lists what was missed in the tuned files.
"""

import re
import sys
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from gateway.adapters.scrub.scrubber import ENTITIES, NAME, PresidioScrubber
from gateway.domain.errors import ScrubError
from tests.conformance.scrub.passages import EARLIER, HELD_OUT, LANGUAGES, TUNED, Passage, read

DOCUMENT = Path(__file__).resolve().parents[3] / "docs" / "redaction.md"
KINDS = (*ENTITIES, NAME)
SETS = {"tuned": (EARLIER, TUNED), "held out": (HELD_OUT,)}
Cell = tuple[str, str]


@dataclass
class Tally:
    """Counts by (kind, language), and the notes behind what is not as it should be."""

    marked: Counter[Cell] = field(default_factory=Counter)
    found: Counter[Cell] = field(default_factory=Counter)
    replaced: Counter[Cell] = field(default_factory=Counter)
    right: Counter[Cell] = field(default_factory=Counter)
    labelled: int = 0
    unmarked: Counter[str] = field(default_factory=Counter)
    taken: Counter[str] = field(default_factory=Counter)
    stays: Counter[str] = field(default_factory=Counter)
    stayed: Counter[str] = field(default_factory=Counter)
    notes: Counter[str] = field(default_factory=Counter)
    withheld: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list, repr=False)

    def add(self, scrubber: PresidioScrubber, passage: Passage) -> None:
        language = passage.language
        self.notes[language] += 1
        try:
            scrubber.scrub(passage.text, passage.names)
        except ScrubError as refusal:
            self.withheld[language] += 1
            self.wrong.append(f"{passage.id} withheld: {refusal}")
            return
        findings = scrubber.locate(passage.text, passage.names)
        covered = {index for each in findings for index in range(each.start, each.end)}
        for mark in passage.going:
            self.marked[mark.kind, language] += 1
            whole = all(index in covered for index in range(mark.start, mark.end) if passage.text[index].isalnum())
            self.found[mark.kind, language] += whole
            touching = [each for each in findings if each.start < mark.end and mark.start < each.end]
            self.labelled += any(each.entity == mark.kind for each in touching)
            if not whole:
                self.wrong.append(f"{passage.id} missed {mark.kind}: {passage.text[mark.start : mark.end]}")
        for each in findings:
            self.replaced[each.entity, language] += 1
            right = any(each.start < mark.end and mark.start < each.end for mark in passage.going)
            self.right[each.entity, language] += right
            if not right:
                self.wrong.append(f"{passage.id} in vain {each.entity}: {passage.text[each.start : each.end]}")
        marked = {index for mark in passage.going for index in range(mark.start, mark.end)}
        for index, character in enumerate(passage.text):
            if character.isalnum() and index not in marked:
                self.unmarked[language] += 1
                self.taken[language] += index in covered
        for each in findings:
            extra = "".join(
                passage.text[i] for i in range(each.start, each.end) if i not in marked and passage.text[i].isalnum()
            )
            if len(extra) > 4:
                self.wrong.append(f"{passage.id} took {extra} with {each.entity}")
        for mark in passage.staying:
            self.stays[language] += 1
            stayed = not any(index in covered for index in range(mark.start, mark.end))
            self.stayed[language] += stayed
            if not stayed:
                self.wrong.append(f"{passage.id} went: {passage.text[mark.start : mark.end]}")

    def recall(self, kinds: Iterable[str] = KINDS, languages: Iterable[str] = LANGUAGES) -> float:
        return self._share(self.found, self.marked, kinds, languages)

    def precision(self, kinds: Iterable[str] = KINDS, languages: Iterable[str] = LANGUAGES) -> float:
        return self._share(self.right, self.replaced, kinds, languages)

    @staticmethod
    def _share(part: Counter[Cell], whole: Counter[Cell], kinds: Iterable[str], languages: Iterable[str]) -> float:
        cells = [(kind, language) for kind in kinds for language in languages]
        total = sum(whole[cell] for cell in cells)
        return sum(part[cell] for cell in cells) / total if total else 1.0


def tally(files: Iterable[str]) -> Tally:
    scrubber, result = PresidioScrubber(), Tally()
    for name in files:
        for passage in read(name):
            result.add(scrubber, passage)
    return result


def table(measured: Tally) -> str:
    """Markdown: `found/marked, right/replaced` for every kind and language."""
    lines = ["| Kind | " + " | ".join((*LANGUAGES, "recall", "precision")) + " |", "|---|" + "---|" * 6]
    for kind in KINDS:
        cells = [_cell(measured, kind, language) for language in LANGUAGES]
        share = [f"{measured.recall([kind]):.2f}", f"{measured.precision([kind]):.2f}"]
        lines.append(f"| `[{kind}]` | " + " | ".join((*cells, *share)) + " |")
    recall = [f"{measured.recall(languages=[each]):.3f}" for each in LANGUAGES]
    precision = [f"{measured.precision(languages=[each]):.3f}" for each in LANGUAGES]
    both = [f"{one}, {other}" for one, other in zip(recall, precision, strict=True)]
    lines.append(
        "| all: recall, precision | "
        + " | ".join((*both, f"{measured.recall():.3f}", f"{measured.precision():.3f}"))
        + " |"
    )
    stayed = [f"{measured.stayed[each]}/{measured.stays[each]}" for each in LANGUAGES]
    lines.append("| must stay: stayed/marked | " + " | ".join((*stayed, "", "")) + " |")
    withheld = [f"{measured.withheld[each]}/{measured.notes[each]}" for each in LANGUAGES]
    lines.append("| notes: withheld/all | " + " | ".join((*withheld, "", "")) + " |")
    return "\n".join(lines)


def _cell(measured: Tally, kind: str, language: str) -> str:
    cell = (kind, language)
    if not measured.marked[cell] and not measured.replaced[cell]:
        return ""
    return f"{measured.found[cell]}/{measured.marked[cell]}, {measured.right[cell]}/{measured.replaced[cell]}"


def sentence(measured: Tally) -> str:
    """What over-redaction costs, in one sentence."""
    stays, taken = measured.stays.total() - measured.stayed.total(), measured.taken.total() / measured.unmarked.total()
    return (
        f"Of {measured.stays.total()} wages, hours, codes and references that must stay, {stays} went; of the letters "
        f"and digits that nothing marks, {taken:.1%}. The right placeholder stood on "
        f"{measured.labelled / measured.marked.total():.1%}. Withheld whole: {measured.withheld.total()} of "
        f"{measured.notes.total()} notes."
    )


def begin(name: str) -> str:
    return f"<!-- measured: {name} -->\n"


def both(measured: Tally) -> str:
    return table(measured) + "\n\n" + sentence(measured)


END = "\n<!-- end -->"


def write() -> None:
    text = DOCUMENT.read_text(encoding="utf-8")
    for name, files in SETS.items():
        pattern = re.compile(re.escape(begin(name)) + ".*?" + re.escape(END), re.DOTALL)
        replacement = begin(name) + both(tally(files)) + END
        text = pattern.sub(lambda _, replacement=replacement: replacement, text)  # type: ignore[misc]
    DOCUMENT.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    if "-v" in sys.argv:
        print("\n".join(tally(SETS["tuned"]).wrong))
    else:
        write()
