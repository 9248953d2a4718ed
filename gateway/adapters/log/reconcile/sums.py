"""Sums over sets of rows: equal sums mean equal sets, in whatever order and by whomever they were read.

The sum, modulo 2^256, of a keyed digest of each row (BLAKE2b, RFC 7693). Who does not have the key cannot make rows
that leave a sum as it was. Does not: say which row differs.
"""

from hashlib import blake2b
from struct import Struct
from typing import Final

from gateway.adapters.log.vault import split_tokens

_PLACE: Final = Struct(">QI").pack
_MODULUS: Final = 1 << 256
_PART: Final = b"part"
_TOKEN: Final = b"token"


class Sums:
    """Sums of filed parts and of search tokens, and how many there are. `key` is 32 bytes."""

    __slots__ = ("_key", "parts", "parts_sum", "tokens", "tokens_sum")

    def __init__(self, key: bytes) -> None:
        self._key = key
        self.parts = self.tokens = self.parts_sum = self.tokens_sum = 0

    def add_part(self, entry_index: int, part: int, tokens: bytes) -> None:
        """A private part, filed under these tokens (16 bytes each)."""
        self.parts += 1
        self.parts_sum += self._digest(_PART, entry_index, part, tokens)

    def add_token(self, token: bytes, entry_index: int, part: int) -> None:
        """A search token, or one that a part is filed under."""
        self.tokens += 1
        self.tokens_sum += self._digest(_TOKEN, entry_index, part, token)

    def add_filed(self, entry_index: int, part: int, tokens: bytes) -> None:
        """A private part and the tokens that have to be there for it."""
        self.add_part(entry_index, part, tokens)
        for token in split_tokens(tokens):
            self.add_token(token, entry_index, part)

    def values(self) -> tuple[int, int, int, int]:
        """Number and sum of parts, number and sum of tokens."""
        return self.parts, self.parts_sum % _MODULUS, self.tokens, self.tokens_sum % _MODULUS

    def include(self, values: tuple[int, int, int, int]) -> None:
        """Add what another process or an earlier run summed."""
        self.parts += values[0]
        self.parts_sum += values[1]
        self.tokens += values[2]
        self.tokens_sum += values[3]

    def _digest(self, what: bytes, entry_index: int, part: int, rest: bytes) -> int:
        row = _PLACE(entry_index, part) + rest
        return int.from_bytes(blake2b(row, digest_size=32, key=self._key, person=what).digest(), "big")
