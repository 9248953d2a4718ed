"""Invented numbers that have the form of real ones and cannot be anyone's.

SINs begin with 00 to 04 and BNs with 05 to 09: neither was ever issued with a leading 0. Telephone numbers are in the
555-0100 to 555-0199 range kept for fiction. Health cards begin with 0, passports with ZZ. Numbers of one kind never
repeat in a world: the n-th is a permutation of n, not a draw.
"""

import random
from dataclasses import dataclass


def luhn_digit(digits: str) -> str:
    """The check digit to append (ISO/IEC 7812-1)."""
    total = 0
    for position, digit in enumerate(reversed(digits)):
        value = int(digit) * (2 if position % 2 == 0 else 1)
        total += value - 9 if value > 9 else value
    return str(-total % 10)


@dataclass(slots=True)
class _Permuted:
    """Counts 0, 1, 2, ... and gives each number below `size` once, in an order that looks random."""

    size: int
    step: int
    offset: int
    next: int = 0

    def take(self) -> int:
        if self.next >= self.size:
            raise OverflowError("a world of this size needs more numbers than there are")
        value = (self.next * self.step + self.offset) % self.size
        self.next += 1
        return value


class Numbers:
    """Every kind of number of one world. The steps are primes, so that they share no factor with the sizes."""

    def __init__(self, rng: random.Random) -> None:
        def permuted(size: int, step: int) -> _Permuted:
            return _Permuted(size, step, rng.randrange(size))

        self._sin = permuted(5_000_000, 2_654_431)
        self._bn = permuted(5_000_000, 1_903_421)
        self._uci = permuted(100_000_000, 61_803_399)
        self._lmia = permuted(2_000_000, 1_245_601)
        self._permit = permuted(100_000_000, 38_196_601)
        self._application = permuted(100_000_000, 27_182_819)
        self._health = permuted(100_000_000, 57_721_567)
        self._passport = permuted(1_000_000, 618_031)
        self._reference = permuted(10_000_000, 3_141_593)

    def sin(self) -> str:
        body = f"0{self._sin.take() + 1:07d}"
        return body + luhn_digit(body)

    def bn9(self) -> str:
        body = f"0{self._bn.take() + 5_000_000:07d}"
        return body + luhn_digit(body)

    def uci(self) -> str:
        number = f"{self._uci.take():08d}"
        return f"11-{number[:4]}-{number[4:]}"

    def lmia(self) -> str:
        return f"{self._lmia.take() + 8_000_000:07d}"

    def permit(self) -> str:
        return f"U3{self._permit.take():08d}"

    def application(self) -> str:
        return f"W3{self._application.take():08d}"

    def health_card(self) -> str:
        body = f"0{self._health.take():08d}"
        return body + luhn_digit(body)

    def passport(self) -> str:
        return f"ZZ{self._passport.take():06d}"

    def reference(self) -> str:
        """Eight digits, for case, client and tip references."""
        return f"{self._reference.take() + 40_000_000:08d}"
