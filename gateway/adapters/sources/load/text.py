"""From the bytes of a published file to CSV records with the line each of them starts on.

Published lists come as UTF-8, UTF-8 with a byte order mark and Windows-1252, sometimes with an unbalanced quote. A
record is the shortest run of physical lines in which quotes are balanced, at most `LONGEST_RECORD` lines: so one stray
quote costs one named line, not the rest of the file. Line numbers are those a text editor shows.
"""

import csv
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from gateway.adapters.sources.errors import LoadError

LARGEST_FILE = 256 * 1024 * 1024
LONGEST_RECORD = 20
LONGEST_CELL = 4000


@dataclass(frozen=True, slots=True)
class PublishedFile:
    """A file as text. `digest` is the SHA-256 (hex) of its bytes; `lines` keep their ends."""

    name: str
    digest: str
    encoding: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CsvRecord:
    """One record: the physical line it starts on (from 1) and its cells. `fault` says why it could not be read."""

    line: int
    cells: tuple[str, ...]
    fault: str | None = None


def read_file(path: Path) -> PublishedFile:
    """Raises LoadError where the file cannot be read, is too large or is in no known encoding."""
    try:
        if path.stat().st_size > LARGEST_FILE:
            raise LoadError(f"{path.name}: larger than {LARGEST_FILE // 1024 // 1024} MiB")
        raw = path.read_bytes()
    except OSError as error:
        raise LoadError(f"{path.name}: cannot be read ({type(error).__name__})") from None
    encoding, text = _decode(path.name, raw)
    lines = text.splitlines(keepends=True) if not _exotic_breaks(text) else _lines(text)
    return PublishedFile(path.name, hashlib.sha256(raw).hexdigest(), encoding, tuple(lines))


def records(file: PublishedFile) -> Iterator[CsvRecord]:
    """Every record of the file, in order; one that is not CSV has a `fault` and no cells."""
    lines = file.lines
    index = 0
    while index < len(lines):
        taken = 1
        quotes = lines[index].count('"')
        while quotes % 2 and taken < LONGEST_RECORD and index + taken < len(lines):
            quotes += lines[index + taken].count('"')
            taken += 1
        if quotes % 2:
            yield CsvRecord(index + 1, (), "unbalanced-quote")
            index += 1
            continue
        yield _record(index + 1, lines[index : index + taken])
        index += taken


def _record(line: int, lines: tuple[str, ...]) -> CsvRecord:
    try:
        parsed = list(csv.reader(lines, strict=True))
    except csv.Error:
        return CsvRecord(line, (), "not-csv")
    if len(parsed) > 1:
        return CsvRecord(line, (), "not-csv")
    cells = tuple(" ".join(cell.replace("\x00", "").split()) for cell in parsed[0]) if parsed else ()
    if any(len(cell) > LONGEST_CELL for cell in cells):
        return CsvRecord(line, (), "cell-too-long")
    return CsvRecord(line, cells)


def _decode(name: str, raw: bytes) -> tuple[str, str]:
    if raw.startswith(b"\xef\xbb\xbf"):
        candidates = ["utf-8-sig"]
    else:
        candidates = ["utf-8", "cp1252"]
    for encoding in candidates:
        try:
            return encoding, raw.decode(encoding)
        except UnicodeDecodeError as error:
            line = raw.count(b"\n", 0, error.start) + 1
    raise LoadError(f"{name}:{line}: neither UTF-8 nor Windows-1252")


def _exotic_breaks(text: str) -> bool:
    return any(mark in text for mark in "\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029")


def _lines(text: str) -> list[str]:
    """Splits at line feeds, carriage returns and both together only, as editors and csv do."""
    marked = text.replace("\r\n", "\n").replace("\r", "\n")
    parts = marked.split("\n")
    return [part + "\n" for part in parts[:-1]] + ([parts[-1]] if parts[-1] else [])
