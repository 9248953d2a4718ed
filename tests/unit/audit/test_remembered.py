"""What is made of a value is given again for that very value, and for no other."""

from audit.remembered import Remembered


def test_it_is_made_once_for_each_object_and_never_for_an_equal_one() -> None:
    made: list[tuple[str, ...]] = []

    def joined(words: tuple[str, ...]) -> str:
        made.append(words)
        return " ".join(words)

    remembered = Remembered(joined)
    words = ["a", "b"]
    first, equal = tuple(words), tuple(words)
    assert remembered(first) == remembered(first) == remembered(equal) == "a b"
    assert len(made) == 2


def test_it_keeps_a_bounded_number_and_is_right_after_forgetting() -> None:
    values = [[number] for number in range(10)]
    remembered = Remembered[list[int], int](lambda value: value[0], capacity=3)
    assert [remembered(value) for value in (*values, *values)] == [*range(10), *range(10)]
