"""A step of the staff on work that is not taken, and the reading of what a command's options say.

Invariant: the message names the option that is wrong, never its value. Does not: know any step.
"""

from datetime import date, datetime

from gateway.domain.due import OTTAWA
from gateway.domain.errors import GatewayError
from gateway.domain.party import Parties, Unit


class WorkRefusedError(GatewayError):
    """A step on a duty, a breach or an account is not taken; `code` says why, the message what to do."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


def known_unit(parties: Parties, unit: str) -> Unit:
    """The unit that acts, or whose duties are asked for. Raises WorkRefusedError."""
    known = parties.find(unit)
    if known is None:
        raise WorkRefusedError("party-unknown", "--unit: write a code of agreements/parties.yaml, such as esdc-isb")
    return known


def moment(text: str, option: str) -> datetime:
    """A time with its zone. Raises WorkRefusedError."""
    try:
        read = datetime.fromisoformat(text)
    except ValueError:
        read = None
    if read is None or read.tzinfo is None:
        raise WorkRefusedError(
            "argument-malformed", f"{option}: write the time as YYYY-MM-DDThh:mm:ss with its zone, Z for UTC"
        )
    return read


def past_day(text: str, option: str, now: datetime) -> date:
    """A day that has come in Ottawa. Raises WorkRefusedError."""
    try:
        read = date.fromisoformat(text)
    except ValueError:
        raise WorkRefusedError("argument-malformed", f"{option}: write the day as YYYY-MM-DD") from None
    if read > now.astimezone(OTTAWA).date():
        raise WorkRefusedError("day-in-future", f"{option}: this day is in the future")
    return read
