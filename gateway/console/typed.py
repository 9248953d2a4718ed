"""What somebody typed into a form: read from a bounded body, kept through a changed language, an ended session, a
refusal and a second sign-in.

Invariant: a body beyond the bounds is refused before it is read whole. Members that begin with an underscore are the
console's own and are not kept.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import parse_qsl

from starlette.requests import Request

MOST_BYTES: Final = 65_536
MOST_FIELDS: Final = 400
CSRF: Final = "_csrf"
SHOW: Final = "_show"
_KIND: Final = "application/x-www-form-urlencoded"


class BodyRefusedError(Exception):
    """A body is too long, of another kind, or not text. Says nothing of what it holds."""


@dataclass(frozen=True, slots=True)
class Typed:
    """Fields by name, in their order; `sent` says that a form was sent at all, so that an empty box was emptied."""

    fields: Mapping[str, Sequence[str]] = field(default_factory=dict, repr=False)
    sent: bool = False

    def get(self, name: str, default: str = "") -> str:
        found = self.fields.get(name)
        return found[-1] if found else default

    def all(self, name: str) -> list[str]:
        return list(self.fields.get(name, ()))

    def ticked(self, name: str, value: str = "yes", *, default: bool = False) -> bool:
        """Whether a box is to be shown ticked."""
        return value in self.fields.get(name, ()) if self.sent else default

    def pairs(self) -> Iterator[tuple[str, str]]:
        """What a form has to bring again, without the console's own members."""
        for name, values in self.fields.items():
            if not name.startswith("_"):
                yield from ((name, value) for value in values)


async def read_typed(request: Request, most: int = MOST_BYTES) -> Typed:
    """The form that a request brings. Raises BodyRefusedError."""
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    length = request.headers.get("content-length", "0")
    if kind != _KIND or not length.isdecimal() or int(length) > most:
        raise BodyRefusedError
    body = bytearray()
    async for part in request.stream():
        body += part
        if len(body) > most:
            raise BodyRefusedError
    try:
        pairs = parse_qsl(body.decode("ascii"), keep_blank_values=True, max_num_fields=MOST_FIELDS, errors="strict")
    except ValueError:
        raise BodyRefusedError from None
    fields: dict[str, list[str]] = {}
    for name, value in pairs:
        fields.setdefault(name, []).append(value.replace("\r\n", "\n"))
    return Typed(fields, sent=True)
