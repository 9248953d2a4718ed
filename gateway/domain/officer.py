"""How an officer is written: one spelling for one person, so that nobody is two people by a capital or a blank.

Invariants: `folded` is the only text a token of an officer is made from; what staff write themselves also has to fit a
closed pattern, in which no other alphabet and no invisible character passes for a letter. Does not: know who an officer
is, or that they are who they say.
"""

import re
import unicodedata
from typing import Final

from gateway.domain.errors import GatewayError

_WRITTEN: Final = re.compile(r"[a-z0-9._@-]{1,64}", re.ASCII)


class OfficerError(GatewayError):
    """An officer is not written as one. Names the member, never what stood there."""

    code = "officer-malformed"


def folded(text: str) -> str:
    """The same text for every way to write it: compatibility forms, case, invisible characters and blanks around."""
    plain = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())
    return "".join(sign for sign in plain if unicodedata.category(sign) != "Cf").strip()


def written_officer(member: str, value: object) -> str:
    """The officer that a member of a staff call names, in the one spelling. Raises OfficerError.

    An invisible character is refused here and not taken away: nobody types one."""
    plain = unicodedata.normalize("NFKC", value).strip().casefold() if isinstance(value, str) else ""
    if not _WRITTEN.fullmatch(plain):
        raise OfficerError(
            f"{member}: write an officer in 1 to 64 letters a to z, digits, '.', '-', '_' or '@', for example r.roy"
        )
    return plain
