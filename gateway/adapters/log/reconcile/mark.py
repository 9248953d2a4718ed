"""How far the tables were held against the entries, kept so that the next time need not open every part again.

Invariant: a mark is believed only under the deployment's key; what it says of older rows is their sums, which are
recomputed from the rows of today whenever it is used. An old mark that somebody puts
back, or a mark that is deleted, costs a longer way and nothing else. Does not: outlive an erasure, whose rows went.
"""

import hmac
from dataclasses import dataclass
from typing import Final

from sqlalchemy import Engine, text
from sqlalchemy.exc import SQLAlchemyError

from gateway.domain.errors import LogUnavailableError

_ROW: Final = 2
"""Its row in `state_snapshot`."""
_READ: Final = text("SELECT body FROM state_snapshot WHERE id = :id")
_KEEP: Final = text(
    "INSERT INTO state_snapshot (id, body) VALUES (:id, :body) ON CONFLICT (id) DO UPDATE SET body = excluded.body"
)
_MAC: Final = b"isa-gateway/reconciled/v1\x00"
_COUNT, _SUM = 8, 32
_SIZES: Final = (_COUNT, _COUNT, _SUM, _COUNT, _SUM)


@dataclass(frozen=True, slots=True)
class Mark:
    """The tables were whole for the first `size` entries. `sums` see `sums.Sums.values`."""

    size: int
    sums: tuple[int, int, int, int]


def read_mark(engine: Engine, key: bytes) -> Mark | None:
    """The mark, or None where there is none that counts. Raises LogUnavailableError."""
    try:
        with engine.connect() as connection:
            body = connection.execute(_READ, {"id": _ROW}).scalar_one_or_none()
    except SQLAlchemyError as error:
        raise LogUnavailableError(f"the mark of the last check cannot be read ({type(error).__name__})") from None
    body = b"" if body is None else bytes(body)
    mac, content = body[:32], body[32:]
    if len(content) != sum(_SIZES) or not hmac.compare_digest(mac, hmac.digest(key, _MAC + content, "sha256")):
        return None
    numbers, at = [], 0
    for size in _SIZES:
        numbers.append(int.from_bytes(content[at : at + size], "big"))
        at += size
    return Mark(numbers[0], (numbers[1], numbers[2], numbers[3], numbers[4]))


def keep_mark(engine: Engine, key: bytes, mark: Mark) -> None:
    """Keep it. Raises LogUnavailableError."""
    numbers = (mark.size, *mark.sums)
    content = b"".join(number.to_bytes(size, "big") for number, size in zip(numbers, _SIZES, strict=True))
    try:
        with engine.begin() as connection:
            body = hmac.digest(key, _MAC + content, "sha256") + content
            connection.execute(_KEEP, {"id": _ROW, "body": body})
    except SQLAlchemyError as error:
        raise LogUnavailableError(f"the mark of the check cannot be kept ({type(error).__name__})") from None
