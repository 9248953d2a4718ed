"""What a string in a log entry may look like: closed patterns, so that no personal value finds a place there.

Invariant 6 (no personal value in an entry) rests on this: every string of an entry is a code, an identifier
of an organization, agreement, clause or provision, an element name, a date, a time or a digest. White
space, accents, "@", quotes and runs of six digits are refused, so names, addresses, e-mail addresses, SINs,
UCIs, telephone and file numbers do not fit. Does not: know which codes exist; that is the gateway's
vocabulary.
"""

import datetime
import re
from functools import lru_cache
from typing import Final

from audit.encoding import to_base64url
from audit.errors import EntryError

MAX_CODE_LENGTH: Final = 120

_NAME: Final = re.compile(r"[a-z][a-z0-9]*(?:[._-][a-z0-9]+)*", re.ASCII)
_IDENTIFIER: Final = re.compile(r"[A-Za-z][A-Za-z0-9]*(?:[._:/#-][A-Za-z0-9]+)*", re.ASCII)
_DIGIT_RUN: Final = re.compile(r"[0-9]{6}", re.ASCII)
_PERSON_NUMBER: Final = re.compile(
    r"(?<![0-9])"
    r"(?:[0-9]{3}[._-][0-9]{3}[._-][0-9]{3,4}|(?!(?:19|20)[0-9]{2}-)(?:[0-9]{2}-)?[0-9]{4}-[0-9]{4})"
    r"(?![0-9])"
)
_FORM: Final = re.compile(r"[a-z]+(?::(?:[0-9]{1,4}|[a-z]+(?:-[a-z0-9]+)*))?", re.ASCII)
_VERSION: Final = re.compile(r"[0-9]{1,4}(?:\.[0-9]{1,4}){0,2}", re.ASCII)
_DIGEST: Final = re.compile(r"[A-Za-z0-9_-]{42}[AEIMQUYcgkosw048]", re.ASCII)
_DATE: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)
_TIME: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\.[0-9]{3}Z", re.ASCII)


# The vocabulary is small and repeats in every entry, so a verdict is remembered; digests are not cached.
@lru_cache(maxsize=8192)
def is_name(text: str) -> bool:
    """Tell whether this is a lower-case code or element name, such as `file_number` or `no-agreement`."""
    return len(text) <= MAX_CODE_LENGTH and bool(_NAME.fullmatch(text)) and not _has_number(text)


@lru_cache(maxsize=8192)
def is_identifier(text: str) -> bool:
    """Tell whether this identifies a unit, agreement, clause or provision, such as `PA-8-2-f`, `isa/x#c1`."""
    return len(text) <= MAX_CODE_LENGTH and bool(_IDENTIFIER.fullmatch(text)) and not _has_number(text)


@lru_cache(maxsize=1024)
def is_form(text: str) -> bool:
    """Tell whether this is a form of disclosure with its parameter: `plain`, `mask:3`, `generalize:band-100`."""
    return len(text) <= MAX_CODE_LENGTH and bool(_FORM.fullmatch(text)) and not _has_number(text)


@lru_cache(maxsize=1024)
def is_version(text: str) -> bool:
    """Tell whether this is an agreement version: one to three dotted numbers."""
    return bool(_VERSION.fullmatch(text))


def is_digest(text: str) -> bool:
    """Tell whether this is 32 bytes in base64url without padding (43 characters)."""
    return bool(_DIGEST.fullmatch(text))


@lru_cache(maxsize=1024)
def is_date(text: str) -> bool:
    """Tell whether this is a calendar date, YYYY-MM-DD."""
    if not _DATE.fullmatch(text):
        return False
    try:
        datetime.date.fromisoformat(text)
    except ValueError:
        return False
    return True


def is_time(text: str) -> bool:
    """Tell whether this is UTC time as RFC 3339 with milliseconds, YYYY-MM-DDThh:mm:ss.mmmZ."""
    if not _TIME.fullmatch(text):
        return False
    try:
        datetime.datetime.fromisoformat(text)
    except ValueError:
        return False
    return True


def format_time(moment: datetime.datetime) -> str:
    """Return an aware time as the entry's text form, UTC, cut to milliseconds. Raises EntryError if naive."""
    if moment.tzinfo is None:
        raise EntryError("the time of an entry needs a time zone")
    return moment.astimezone(datetime.UTC).isoformat(timespec="milliseconds").removesuffix("+00:00") + "Z"


def parse_time(text: str) -> datetime.datetime:
    """Return the aware UTC time of an entry's text form. Raises EntryError."""
    if not is_time(text):
        raise EntryError("a time is not UTC in RFC 3339 with milliseconds")
    return datetime.datetime.fromisoformat(text)


def digest_text(digest: bytes) -> str:
    """Return a 32-byte digest or commitment as the 43 characters an entry carries. Raises EntryError."""
    if len(digest) != 32:
        raise EntryError("a digest is 32 bytes long")
    return to_base64url(digest)


def _has_number(text: str) -> bool:
    """Tell whether the text holds what could be a person's or a file's number."""
    return bool(_DIGIT_RUN.search(text) or _PERSON_NUMBER.search(text))
