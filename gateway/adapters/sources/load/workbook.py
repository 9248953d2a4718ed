"""The sheets of an .xlsx workbook as records, read by openpyxl within bounds that are checked before it reads.

A workbook is a foreign archive. Refused before it is parsed: more than `_LARGEST_UNPACKED` bytes unpacked (counted
while unpacking, whatever the archive says), encryption, more than `_MOST_PARTS` parts, a document type or entity in any
part, another encoding than UTF-8, columns beyond `MOST_CELLS`, rows beyond `_MOST_ROWS`. Links to other files are not
followed, macros not run. A row with a formula or an error in it has no published value there and is named.
"""

import io
import re
import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from itertools import islice
from typing import Any
from xml.etree.ElementTree import ParseError, fromstring

from openpyxl import load_workbook
from openpyxl.utils.escape import unescape

from gateway.adapters.sources.errors import LoadError
from gateway.adapters.sources.load.record import MOST_CELLS, Record, Sheet, record_of

_LARGEST_UNPACKED = 192 * 1024 * 1024
_MOST_PARTS = 500
_MOST_ROWS = 1_000_000
_CHUNK = 1 << 20
_FOREIGN = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_ENCODING = re.compile(rb"<\?xml[^>]*encoding\s*=\s*[\"']([A-Za-z0-9._-]+)")
_ROW_TAG = re.compile(rb"<(?:\w+:)?row[\s/>]")
_CELL_TAG = re.compile(rb"<(?:\w+:)?c[\s/>]")
_REFERENCE = re.compile(rb"\sr\s*=\s*[\"']\$?([A-Za-z]{1,8})\$?\d+[\"']")
_ROW_NUMBER = re.compile(rb"<(?:\w+:)?row\b[^>]*\sr\s*=\s*[\"'](\d+)[\"']")
_BROKEN = (
    KeyError, ValueError, TypeError, AttributeError, IndexError, OverflowError, EOFError,
    RuntimeError, OSError, zipfile.BadZipFile, ParseError,
)  # fmt: skip
_FORMULA, _ERROR = "f", "e"


def read_sheets(name: str, raw: bytes) -> tuple[Sheet, ...]:
    """Raises LoadError where the archive is no workbook or passes a bound."""
    try:
        parts = _parts(name, raw)
    except (zipfile.BadZipFile, OSError, EOFError, RuntimeError, ValueError):
        raise LoadError(f"{name}: a ZIP archive that cannot be unpacked") from None
    if "xl/workbook.xml" not in parts:
        raise LoadError(f"{name}: a ZIP archive, not an .xlsx workbook; unpack it, or save the workbook as .xlsx")
    _within_bounds(name, parts)
    try:
        book = load_workbook(io.BytesIO(raw), read_only=True, data_only=False, keep_links=False)
        paths = _paths(parts)
        strings = parts.get("xl/sharedStrings.xml", b"").decode("utf-8", "replace")
        sheets = tuple(
            Sheet(
                sheet.title,
                _read(sheet),
                parts.get(paths.get(sheet.title, ""), b"").decode("utf-8", "replace"),
                strings,
            )
            for sheet in book.worksheets
        )
        book.close()
    except _BROKEN as error:
        raise LoadError(f"{name}: a workbook that cannot be read ({type(error).__name__})") from None
    return sheets


def _parts(name: str, raw: bytes) -> dict[str, bytes]:
    """The XML parts, unpacked within the bound."""
    parts: dict[str, bytes] = {}
    left = _LARGEST_UNPACKED
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        entries = archive.infolist()
        if len(entries) > _MOST_PARTS:
            raise LoadError(f"{name}: a workbook of more than {_MOST_PARTS} parts")
        for entry in entries:
            if entry.flag_bits & 0x1:
                raise LoadError(f"{name}: an encrypted workbook; save it without a password")
            taken = bytearray()
            with archive.open(entry) as part:
                while piece := part.read(_CHUNK):
                    taken += piece
                    left -= len(piece)
                    if left < 0:
                        raise LoadError(f"{name}: unpacks to more than {_LARGEST_UNPACKED // _CHUNK} MiB")
            if entry.filename.endswith((".xml", ".rels")):
                parts[entry.filename] = bytes(taken)
    return parts


def _within_bounds(name: str, parts: dict[str, bytes]) -> None:
    for part, content in parts.items():
        declared = _ENCODING.search(content, 0, 200)
        utf_8 = declared is None or declared[1].lower() in (b"utf-8", b"us-ascii", b"ascii")
        if not utf_8 or content.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\x00" in content[:200]:
            raise LoadError(f"{name}: a part of the workbook is not UTF-8")
        if _FOREIGN.search(content):
            raise LoadError(f"{name}: a part of the workbook declares a document type or entity, which none may")
        if part.startswith("xl/worksheets/"):
            _sheet_within_bounds(name, content)


def _sheet_within_bounds(name: str, content: bytes) -> None:
    if any(_column(found[1]) > MOST_CELLS for found in _REFERENCE.finditer(content)):
        raise LoadError(f"{name}: a sheet with more than {MOST_CELLS:,} columns")
    starts = [found.start() for found in _ROW_TAG.finditer(content)]
    largest = max((int(found[1][:12]) for found in _ROW_NUMBER.finditer(content)), default=0)
    if len(starts) > _MOST_ROWS or largest > _MOST_ROWS:
        raise LoadError(f"{name}: a sheet with more than {_MOST_ROWS:,} rows")
    for start, end in zip([0, *starts], [*starts, len(content)], strict=True):
        if next(islice(_CELL_TAG.finditer(content, start, end), MOST_CELLS, None), None) is not None:
            raise LoadError(f"{name}: a sheet with more than {MOST_CELLS:,} columns")


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - 64
    return number


def _paths(parts: dict[str, bytes]) -> dict[str, str]:
    """Sheet title to part name, by the workbook's own relations."""
    targets = {
        str(relation.get("Id")): str(relation.get("Target"))
        for relation in fromstring(parts.get("xl/_rels/workbook.xml.rels", b"<r/>"))  # noqa: S314
    }
    found: dict[str, str] = {}
    for node in fromstring(parts["xl/workbook.xml"]).iter():  # noqa: S314
        if node.tag.rpartition("}")[2] == "sheet":
            reference = next((value for key, value in node.attrib.items() if key.rpartition("}")[2] == "id"), "")
            target = targets.get(reference, "")
            found[str(node.get("name"))] = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
    return found


def _read(sheet: Any) -> tuple[Record, ...]:
    # The size that a sheet states is not believed: rows would be padded to it.
    sheet.reset_dimensions()
    return tuple(_records(sheet))


def _records(sheet: Any) -> Iterator[Record]:
    for line, row in enumerate(sheet.iter_rows(), 1):
        kinds = {cell.data_type for cell in row if cell.value is not None}
        if _FORMULA in kinds or _ERROR in kinds:
            yield Record(line, line, (), "formula" if _FORMULA in kinds else "cell-error")
            continue
        cells = [_written(cell.value) for cell in row]
        while cells and not cells[-1]:
            cells.pop()
        yield record_of(line, line, cells, typed=True)


def _written(value: object) -> str:
    """A cell's value as a published CSV would write it, without grouping."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 2**53 else repr(value)
    if isinstance(value, datetime) and value.time() == time(0):
        return value.date().isoformat()
    if isinstance(value, (datetime, date, time)):
        return value.isoformat()
    if isinstance(value, timedelta):
        return str(value)
    return str(unescape(value)).replace("\r\n", "\n").replace("\r", "\n") if isinstance(value, str) else str(value)
