"""The opaque cursor of a list: where the next page starts, bound to the list it came from.

    base64url( MAC[16] | canonical JSON of the last key )

Invariant: a cursor is only good for the record type and filter it was made for; any other string is refused as a
`SourceQueryError` naming `cursor`. With an empty secret the MAC is only a check on form: a forged cursor then still
can do no more than start a list the caller may page through at another place. It hides nothing: a key is an entry
number of a list of business information, never a person's identifier.
"""

import base64
import binascii
import hashlib
import hmac
import json
from collections.abc import Mapping

from gateway.domain.errors import SourceQueryError

MAC_LENGTH = 16
LONGEST = 512


def encode(secret: bytes, record_type: str, filters: Mapping[str, str], key: str | int) -> str:
    """The cursor after `key`: unpadded base64url, at most 512 characters for keys of up to 300 bytes."""
    body = json.dumps(key, ensure_ascii=False).encode()
    return base64.urlsafe_b64encode(_mac(secret, record_type, filters, body) + body).rstrip(b"=").decode()


def decode(secret: bytes, record_type: str, filters: Mapping[str, str], cursor: str) -> str | int:
    """The key after which to go on.

    Raises SourceQueryError("cursor") for anything `encode` did not make for this list."""
    if len(cursor) > LONGEST:
        raise SourceQueryError("cursor")
    try:
        raw = base64.b64decode(cursor + "=" * (-len(cursor) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError) as error:
        raise SourceQueryError("cursor") from error
    mac, body = raw[:MAC_LENGTH], raw[MAC_LENGTH:]
    if not hmac.compare_digest(mac, _mac(secret, record_type, filters, body)):
        raise SourceQueryError("cursor")
    try:
        key = json.loads(body)
    except ValueError as error:
        raise SourceQueryError("cursor") from error
    if isinstance(key, bool) or not isinstance(key, str | int):
        raise SourceQueryError("cursor")
    return key


def _mac(secret: bytes, record_type: str, filters: Mapping[str, str], body: bytes) -> bytes:
    scope = json.dumps(["isa-gateway/cursor/v1", record_type, sorted(filters.items())], ensure_ascii=False).encode()
    return hmac.new(secret, scope + b"\x00" + body, hashlib.sha256).digest()[:MAC_LENGTH]
