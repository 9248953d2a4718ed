"""The header fields of every answer: what a page may load, who may frame it, that nobody keeps it.

Invariants: a page loads from its own origin only, scripts and inline styles by a nonce made for this one answer; a page
is never stored. The addresses that a form may lead to are this origin and the sign-in provider's (signing out).
"""

from collections.abc import Sequence


def page_headers(nonce: str, *, https: bool, form_targets: Sequence[str] = ()) -> dict[str, str]:
    """For a page."""
    policy = {
        "default-src": "'none'",
        "script-src": f"'nonce-{nonce}'",
        "style-src": f"'self' 'nonce-{nonce}'",
        "img-src": "'self' data:",
        "font-src": "'self'",
        "connect-src": "'self'",
        "form-action": " ".join(("'self'", *form_targets)),
        "base-uri": "'none'",
        "frame-ancestors": "'none'",
    }
    return {
        "content-security-policy": "; ".join(f"{name} {value}" for name, value in policy.items()),
        "cache-control": "no-store",
        **_everywhere(https=https),
    }


def part_headers(*, https: bool) -> dict[str, str]:
    """For a style, script or font, whose name changes with its content."""
    return {"cache-control": "public, max-age=31536000, immutable", **_everywhere(https=https)}


def _everywhere(*, https: bool) -> dict[str, str]:
    fields = {
        "x-content-type-options": "nosniff",
        "referrer-policy": "same-origin",
        "cross-origin-opener-policy": "same-origin",
        "cross-origin-resource-policy": "same-origin",
        "permissions-policy": "camera=(), geolocation=(), microphone=()",
        "x-frame-options": "DENY",
    }
    return fields | ({"strict-transport-security": "max-age=63072000"} if https else {})
