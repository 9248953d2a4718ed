"""Whether a form was sent from the console's own page: its origin, and the token of the session.

Invariants: a request that comes from elsewhere does nothing and shows nothing; a token is compared in constant time.
"""

import hmac

from starlette.requests import Request

from gateway.console.session.sessions import Session
from gateway.console.typed import CSRF, Typed


def is_from_here(request: Request, origin: str) -> bool:
    """A browser names the origin of every POST; one that names none says by Sec-Fetch-Site where it comes from."""
    named = request.headers.get("origin")
    if named is not None:
        return named == origin
    return request.headers.get("sec-fetch-site") == "same-origin"


def has_token(session: Session, typed: Typed) -> bool:
    """Whether the form brings the token of this session."""
    return hmac.compare_digest(session.csrf.encode(), typed.get(CSRF).encode("utf-8", "replace"))
