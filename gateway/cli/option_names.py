"""The name of the option in a message that names a member: a use case says `ends: ...`, the command `--until: ...`.

Does not: change any other word; a message that names no member stays as it is.
"""

from collections.abc import Mapping
from typing import Final

_SAME: Final = (
    *("agreement", "at", "bank", "because", "custodian", "determined", "discovered", "document", "entry", "hold"),
    *("occurred", "officer", "partner", "purpose", "recipient", "scheme", "state", "tell", "to", "unit"),
)
_OPTIONS: Final[Mapping[str, str]] = {
    **{name: f"--{name}" for name in _SAME},
    "begins": "--from",
    "ends": "--until",
    "period": "--until",
    "elements": "--element",
    "provisions": "--provision",
    "record type": "--record-type",
}
"""Members of the staff calls, as their messages name them."""


def with_options(message: str) -> str:
    """The message, its first word or words replaced where they are a member."""
    member, separator, rest = message.partition(": ")
    option = _OPTIONS.get(member)
    return message if not separator or option is None else f"{option}: {rest}"
