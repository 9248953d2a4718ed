"""Sums the search tokens and the filed parts as the tables have them, and finds which differ where the sums do.

Does not: open a private part; whether its tokens are those it was sealed with shows `reconcile.entries`.
"""

from collections.abc import Callable, Sequence
from typing import Any, Final

from sqlalchemy import Engine, text
from sqlalchemy.exc import SQLAlchemyError

from gateway.adapters.log.reconcile.sums import Sums
from gateway.adapters.log.vault import split_tokens
from gateway.domain.errors import LogUnavailableError
from gateway.service.log.completeness import TOLD_AT_MOST, Finding

SLICES: Final = 16
"""Search tokens are read in this many slices, by their first four bits."""
_TOKENS: Final = text(
    "SELECT token, entry_index, part FROM search_token WHERE token >= :low AND token < :high AND entry_index < :until"
)
_FILED: Final = text(
    "SELECT entry_index, part, tokens FROM private_part WHERE entry_index >= :first AND entry_index < :until"
)
_LACKING: Final = text(
    "SELECT 1 FROM private_part p WHERE p.entry_index = :index AND p.part = :part AND NOT EXISTS (SELECT 1 FROM "
    "search_token s WHERE s.token = :token AND s.entry_index = :index AND s.part = :part)"
)
_LEADING: Final = text(
    "SELECT p.tokens FROM search_token s LEFT JOIN private_part p ON p.entry_index = s.entry_index AND p.part = s.part "
    "WHERE s.token = :token AND s.entry_index = :index AND s.part = :part"
)
_FETCH: Final = 1_000
_CHUNK: Final = 20_000
_LOOKED_AT: Final = 1_000
"""So many differences are looked at once more, one by one; where there are more, it was no erasure meanwhile."""

_Filed = tuple[bytes, int, int]
"""Token, entry index, part."""
_BEYOND: Final = b"\xff" * 64


class Filing:
    """`key` is the state key. Every method raises LogUnavailableError."""

    def __init__(self, engine: Engine, key: bytes) -> None:
        self._engine = engine
        self._key = key

    def tokens(self, number: int, until: int) -> tuple[int, int, int, int]:
        """The sums of one slice of the search tokens that lead to entries before `until`."""
        sums = Sums(self._key)
        self._each(_TOKENS, lambda row: sums.add_token(bytes(row[0]), row[1], row[2]), **_slice(number), until=until)
        return sums.values()

    def parts(self, first: int, until: int) -> tuple[int, int, int, int]:
        """The sums of parts of entries [first, until) and of the tokens that have to be there for them."""
        sums = Sums(self._key)
        for start in range(first, until, _CHUNK):
            end = min(start + _CHUNK, until)
            self._each(_FILED, lambda row: sums.add_filed(row[0], row[1], bytes(row[2])), first=start, until=end)
        return sums.values()

    def differing(self, until: int) -> list[Finding]:
        """Which search tokens of entries before `until` lack, and which lead nowhere; reads a slice at a time."""
        missing, surplus = list[_Filed](), list[_Filed]()
        for number in range(SLICES):
            there: set[_Filed] = set()

            def remember(row: Any, there: set[_Filed] = there) -> None:
                there.add((bytes(row[0]), row[1], row[2]))

            def compare(row: Any, there: set[_Filed] = there, number: int = number) -> None:
                for token in split_tokens(bytes(row[2])):
                    if token[0] >> 4 == number:
                        filed = (token, row[0], row[1])
                        if filed in there:
                            there.discard(filed)
                        else:
                            missing.append(filed)

            self._each(_TOKENS, remember, **_slice(number), until=until)
            self._each(_FILED, compare, first=0, until=until)
            surplus += there
        found = (
            _finding("token-missing", [one for one in missing if len(missing) > _LOOKED_AT or self._lacks(one)]),
            _finding(
                "token-surplus", [one for one in surplus if len(surplus) > _LOOKED_AT or self._leads_nowhere(one)]
            ),
        )
        return [one for one in found if one.count]

    def _lacks(self, filed: _Filed) -> bool:
        """Whether the part is there and this token of it is not, in one look: somebody may have been erased since."""
        return bool(self._look(_LACKING, filed))

    def _leads_nowhere(self, filed: _Filed) -> bool:
        rows = self._look(_LEADING, filed)
        return bool(rows) and filed[0] not in split_tokens(bytes(rows[0][0] or b""))

    def _look(self, statement: Any, filed: _Filed) -> Sequence[Any]:
        try:
            with self._engine.connect() as connection:
                values = {"token": filed[0], "index": filed[1], "part": filed[2]}
                return connection.execute(statement, values).all()
        except SQLAlchemyError as error:
            raise LogUnavailableError(f"search tokens cannot be read ({type(error).__name__})") from None

    def _each(self, statement: Any, take: Callable[[Any], None], **values: Any) -> None:
        try:
            with self._engine.connect().execution_options(yield_per=_FETCH) as connection:
                for row in connection.execute(statement, values):
                    take(row)
        except SQLAlchemyError as error:
            raise LogUnavailableError(f"search tokens cannot be read ({type(error).__name__})") from None


def _slice(number: int) -> dict[str, bytes]:
    low = bytes([number << 4]) if number else b""
    return {"low": low, "high": bytes([(number + 1) << 4]) if number + 1 < SLICES else _BEYOND}


def _finding(kind: str, filed: Sequence[_Filed]) -> Finding:
    return Finding(kind, len(filed), tuple(sorted({index for _token, index, _part in filed})[:TOLD_AT_MOST]))
