"""The bytes of a published file: their bounds, what kind of file they are, and their text.

Reads at most `LARGEST_FILE` bytes of a regular file and refuses what is not a list by saying what it is. A line break
is a line feed, a carriage return, both, or the `CR CR LF` that writing Windows text twice leaves (whole quarters have
it); line numbers count those breaks.
"""

import hashlib
import re
import stat
from dataclasses import dataclass
from pathlib import Path

from gateway.adapters.sources.errors import LoadError
from gateway.adapters.sources.load.encoding import decode
from gateway.adapters.sources.load.record import Sheet

LARGEST_FILE = 64 * 1024 * 1024
MOST_LINES = 1_000_000

_BREAK = re.compile(r"\r{0,2}\n|\r")
_OTHER_KINDS: tuple[tuple[bytes, str], ...] = (
    (b"\xd0\xcf\x11\xe0", "a workbook of Excel 97 to 2003 (.xls); save it as .xlsx or CSV"),
    (b"%PDF", "a PDF; load the list's CSV or .xlsx"),
    (b"\x1f\x8b", "compressed (gzip); unpack it first"),
    (b"<!doctype html", "a web page, not the list that it links to; download the CSV or .xlsx"),
    (b"<html", "a web page, not the list that it links to; download the CSV or .xlsx"),
    (b"<table", "a web page, not the list that it links to; download the CSV or .xlsx"),
    (b"<?xml", "XML; load the list's CSV or .xlsx"),
    (b"{", "JSON; load the list's CSV or .xlsx"),
)


@dataclass(frozen=True, slots=True)
class PublishedFile:
    """A file as text with `\\n` at every line's end, or as the sheets of a workbook. `digest` is the SHA-256 (hex) of
    its bytes."""

    name: str
    digest: str
    encoding: str
    text: str
    sheets: tuple[Sheet, ...] = ()


def read_file(path: Path) -> PublishedFile:
    """Raises LoadError where the file cannot be read, is too large, is no list or is in no known encoding."""
    raw = _bytes(path)
    digest = hashlib.sha256(raw).hexdigest()
    if raw.startswith(b"PK\x03\x04"):
        # Few lists are workbooks, and the library that reads them is dear to import.
        from gateway.adapters.sources.load.workbook import read_sheets

        return PublishedFile(path.name, digest, "xlsx", "", read_sheets(path.name, raw))
    start = raw[:64].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    for magic, kind in _OTHER_KINDS:
        if raw.startswith(magic) or start.startswith(magic):
            raise LoadError(f"{path.name}: {kind}")
    encoding, decoded = decode(path.name, raw)
    text = _BREAK.sub("\n", decoded) if "\r" in decoded else decoded
    if text.count("\n") > MOST_LINES:
        raise LoadError(f"{path.name}: more than {MOST_LINES:,} lines")
    return PublishedFile(path.name, digest, encoding, text.removeprefix("\ufeff"))


def _bytes(path: Path) -> bytes:
    try:
        found = path.stat()
        if not stat.S_ISREG(found.st_mode):
            raise LoadError(f"{path.name}: cannot be read (not a file)")
        with path.open("rb") as file:
            raw = file.read(min(found.st_size, LARGEST_FILE) + 1)
    except OSError as error:
        raise LoadError(f"{path.name}: cannot be read ({type(error).__name__})") from None
    if len(raw) > LARGEST_FILE:
        raise LoadError(f"{path.name}: larger than {LARGEST_FILE // 1024 // 1024} MiB")
    return raw
