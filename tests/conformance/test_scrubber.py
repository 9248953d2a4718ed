"""How much the scrubber finds in invented interview notes, English and French, and how much it takes in vain.

Recall of an identifier is strict: every letter and digit of it must be replaced. Precision counts replaced passages
that touch nothing marked. The figures are printed (`pytest -s`) and quoted in docs/redaction.md.
"""

import pathlib
import re
from collections import Counter
from dataclasses import dataclass, field

import pytest
import yaml

from gateway.adapters.scrub.scrubber import PLACEHOLDERS, PresidioScrubber

MARK = re.compile(r"\{([A-Z]+):([^}]*)\}")


@dataclass(frozen=True)
class Passage:
    id: str
    names: tuple[str, ...]
    text: str
    marked: tuple[tuple[str, int, int], ...] = field(repr=False)


def parse(raw: dict[str, object]) -> Passage:
    marked_text, text, marked = str(raw["text"]), "", []
    position = 0
    for match in MARK.finditer(marked_text):
        text += marked_text[position : match.start()]
        entity, value = match[1], match[2]
        marked.append((entity, len(text), len(text) + len(value)))
        text += value
        position = match.end()
    text += marked_text[position:]
    names = raw["names"]
    assert isinstance(names, list)
    return Passage(str(raw["id"]), tuple(names), text, tuple(marked))


def passages() -> list[Passage]:
    path = pathlib.Path(__file__).with_name("scrub_passages.yaml")
    return [parse(raw) for raw in yaml.safe_load(path.read_text(encoding="utf-8"))["passages"]]


@dataclass
class Tally:
    expected: Counter[str] = field(default_factory=Counter)
    caught: Counter[str] = field(default_factory=Counter)
    right_label: int = 0
    replaced: int = 0
    in_vain: list[str] = field(default_factory=list)
    missed: list[str] = field(default_factory=list)

    def recall(self, *, names: bool) -> float:
        kinds = [kind for kind in self.expected if (kind == "NAME") is names]
        return sum(self.caught[kind] for kind in kinds) / sum(self.expected[kind] for kind in kinds)

    @property
    def precision(self) -> float:
        return 1 - len(self.in_vain) / self.replaced


@pytest.fixture(scope="module")
def scrubber() -> PresidioScrubber:
    return PresidioScrubber()


@pytest.fixture(scope="module")
def tally(scrubber: PresidioScrubber) -> Tally:
    result = Tally()
    for passage in passages():
        findings = scrubber.locate(passage.text, passage.names)
        covered = {index for each in findings for index in range(each.start, each.end)}
        for entity, start, end in passage.marked:
            result.expected[entity] += 1
            if all(index in covered for index in range(start, end) if passage.text[index].isalnum()):
                result.caught[entity] += 1
            else:
                result.missed.append(f"{passage.id} {entity}")
            result.right_label += any(
                each.entity == entity and each.start < end and start < each.end for each in findings
            )
        result.replaced += len(findings)
        result.in_vain.extend(
            f"{passage.id} {each.entity}"
            for each in findings
            if not any(each.start < end and start < each.end for _, start, end in passage.marked)
        )
    return result


def test_the_set_is_large_bilingual_and_has_hard_negatives() -> None:
    found = passages()
    assert len(found) >= 100
    assert len({passage.id for passage in found}) == len(found)
    assert abs(sum(p.id.startswith("fr") for p in found) / len(found) - 0.5) < 0.05
    assert sum(not passage.marked for passage in found) >= 12
    assert {f"[{entity}]" for passage in found for entity, _, _ in passage.marked} == PLACEHOLDERS


def test_recall_and_precision(tally: Tally) -> None:
    identifiers, names = tally.recall(names=False), tally.recall(names=True)
    total = sum(tally.expected.values())
    figures = (
        f"{total - tally.expected['NAME']} identifiers, recall {identifiers:.3f}; "
        f"{tally.expected['NAME']} names, recall {names:.3f}; "
        f"{tally.replaced} replaced, precision {tally.precision:.3f}"
    )
    print(f"\nscrubber: {figures}; right placeholder {tally.right_label / total:.3f}")
    assert identifiers >= 0.98, tally.missed
    assert names == 1.0, tally.missed
    assert tally.precision >= 0.95, tally.in_vain
    assert tally.right_label / total >= 0.95
    document = (pathlib.Path(__file__).resolve().parents[2] / "docs" / "redaction.md").read_text(encoding="utf-8")
    assert figures in document


@pytest.mark.parametrize("passage", passages(), ids=lambda passage: passage.id)
def test_scrubbing_twice_changes_nothing(scrubber: PresidioScrubber, passage: Passage) -> None:
    once = scrubber.scrub(passage.text, passage.names).text
    assert scrubber.scrub(once, passage.names).text == once
