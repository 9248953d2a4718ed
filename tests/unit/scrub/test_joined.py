"""Names inside handles and written together."""

import pytest

from gateway.adapters.scrub.scrubber import MAX_CHARACTERS, PresidioScrubber
from tests.growth import LINEAR, growth

SCRUBBER = PresidioScrubber()
ATTEMPTS = 3
"""A busy machine blurs a ratio; what is not linear is not so in any attempt."""


def left(text: str, *names: str) -> str:
    return SCRUBBER.scrub(text, names).text


@pytest.mark.parametrize(
    "handle",
    [
        "perez_j", "perez-m", "maria.perez", "mperez92", "PerezMaria", "mariaperez", "perezmaria", "perez.maria",
        "p_maria",
        "MPerez", "perezm", "marperez", "xx_perez_xx", "soymaria", "elperez", "itsmariaperez", "maria93", "Maria93xo",
        "thereal.mperez", "LaMariaCanada", "maria_perez_mx",
    ],
)  # fmt: skip
def test_handles_of_a_name(handle: str) -> None:
    assert left(f"posts by {handle} again", "María Pérez") == "posts by [NAME] again"


def test_initials_before_and_behind_a_name() -> None:
    assert (
        left("jchernandez with hernandezjc and jch_lopez", "Juan Carlos Hernández López")
        == "[NAME] with [NAME] and [NAME]"
    )


def test_short_parts_count_as_a_part_of_a_handle() -> None:
    assert left("ana_92 and banana_92 and lana.del", "Ana Ruiz") == "[NAME] and banana_92 and lana.del"


@pytest.mark.parametrize("word", ["marian", "mariachi", "perezoso", "experezas", "a Marianas trench", "Perezville"])
def test_words_that_begin_like_a_name_stay(word: str) -> None:
    assert left(f"the {word} here", "María Pérez") == f"the {word} here"


def test_a_sentence_that_follows_without_a_blank_is_no_handle() -> None:
    assert left("he left.Maria stayed", "Maria Perez") == "he left.[NAME] stayed"


@pytest.mark.thorough
@pytest.mark.parametrize("unit", ["maria_", "mariaperez", "perez.", "a_", "Ma", "maria perez "])
def test_the_cost_grows_with_the_length(unit: str) -> None:
    def work(text: str) -> object:
        return SCRUBBER.scrub(text, ["Maria Perez", "Juan Carlos Hernandez Lopez"])

    def text(size: int) -> str:
        return (unit * size)[:size]

    assert any(growth(work, text, MAX_CHARACTERS // 2, rounds=2) < LINEAR for _ in range(ATTEMPTS))
