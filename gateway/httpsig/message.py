"""The parts of an HTTP message that a signature can cover, as raw as the wire had them.

Invariant: a field that this profile signs or relies on occurs once and is printable ASCII, or the message is
refused; so signer, verifier and application cannot read three different values. `@target-uri` is put together
from the configured origin and the undecoded path and query (RFC 9421 section 2.2.2), never from a decoded URL
and never from the Host field. No parsing of bodies here.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import chain
from typing import Final
from urllib.parse import urlsplit

from audit.quick import quick
from gateway.httpsig.errors import Reason, SignatureError
from gateway.httpsig.profile import DEFAULT_LIMITS, SINGLE_FIELDS, Limits

Headers = Sequence[tuple[bytes, bytes]]
"""Header field lines in wire order, names in lower case as ASGI gives them."""

_JOINED: Final = frozenset({"signature", "signature-input"})
READ_FIELDS: Final = SINGLE_FIELDS | _JOINED
_WANTED: Final = {name.encode(): name for name in READ_FIELDS}
_PATH: Final = re.compile(rb"/[!-~]*")
_QUERY: Final = re.compile(rb"[!-~]*")
_METHOD: Final = re.compile(r"[A-Z]{1,16}")
_DEFAULT_PORTS: Final = {"http": 80, "https": 443}


@quick
@dataclass(frozen=True, slots=True)
class RequestMessage:
    """A request as received or as about to be sent. `target_uri` comes from `target_uri()`."""

    method: str
    target_uri: str = field(repr=False)
    headers: Headers = field(repr=False)
    body: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class ResponseMessage:
    """A response as received: status code, header lines, body bytes before any content decoding."""

    status: int
    headers: Headers = field(repr=False)
    body: bytes = field(repr=False)


def normal_origin(origin: str) -> str:
    """`scheme://host[:port]` in lower case, without a default port and without anything after it.

    Raises:
        ValueError: the text is not an http or https origin.
    """
    parts = urlsplit(origin)
    port = parts.port
    if parts.scheme not in _DEFAULT_PORTS or not parts.hostname or not origin.isascii():
        raise ValueError("an origin is http or https, a host and perhaps a port")
    if parts.path not in ("", "/") or parts.query or parts.fragment or parts.username is not None:
        raise ValueError("an origin has no path, query, fragment or user")
    host = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname
    return f"{parts.scheme}://{host}" + ("" if port in (None, _DEFAULT_PORTS[parts.scheme]) else f":{port}")


# Nearly every request is for one of a few paths.
@lru_cache(maxsize=64)
def target_uri(origin: str, raw_path: bytes, query: bytes = b"") -> str:
    """The value of `@target-uri`: normalized origin, raw path, raw query.

    An empty query and no query are the same to ASGI, so neither side signs a lone `?`.

    Raises:
        SignatureError: bad-target, when the path is not in origin form or holds anything but visible ASCII.
    """
    if not _PATH.fullmatch(raw_path) or not _QUERY.fullmatch(query) or b"#" in raw_path or b"#" in query:
        raise SignatureError(Reason.BAD_TARGET, "@target-uri")
    path = raw_path.decode("ascii")
    return f"{origin}{path}?{query.decode('ascii')}" if query else origin + path


def clean_method(method: str) -> bool:
    """Whether the method is one that a signature base can hold: upper-case letters only."""
    return _METHOD.fullmatch(method) is not None


def field_value(line: bytes, name: str) -> str:
    """One field line as RFC 9421 section 2.1 wants it: no white space around, printable ASCII.

    Raises:
        SignatureError: bad-header, when it is empty or holds control characters, line folds or other bytes.
    """
    if not line.isascii():
        raise SignatureError(Reason.BAD_HEADER, name)
    text = line.decode("ascii").strip(" \t")
    if not text or not text.isprintable():
        raise SignatureError(Reason.BAD_HEADER, name)
    return text


def read_fields(headers: Iterable[tuple[bytes, bytes]]) -> dict[str, str]:
    """The fields this profile knows, by name; every other field is left alone.

    Raises:
        SignatureError: ambiguous-header for a repeated single field, bad-header for an unprintable one.
    """
    fields: dict[str, str] = {}
    for raw_name, line in headers:
        if raw_name not in _WANTED:
            continue
        name = _WANTED[raw_name]
        value = field_value(line, name)
        if name in fields:
            if name not in _JOINED:
                raise SignatureError(Reason.AMBIGUOUS_HEADER, name)
            value = f"{fields[name]}, {value}"
        fields[name] = value
    return fields


def check_size(headers: Headers, body: bytes, limits: Limits = DEFAULT_LIMITS) -> None:
    """Raises SignatureError too-large for a message beyond the caps; looks at lengths only."""
    if len(headers) > limits.headers:
        raise SignatureError(Reason.TOO_LARGE, "headers")
    if sum(map(len, chain.from_iterable(headers))) > limits.header_bytes:
        raise SignatureError(Reason.TOO_LARGE, "headers")
    if len(body) > limits.body:
        raise SignatureError(Reason.TOO_LARGE, "body")
