"""ESDC's published list of employers with positive LMIAs (open.canada.ca 90fed587-1364-4f33-a9ee-208181dc0b97).

Survives what the published quarters contain: padded cells, headers of older quarters, NOC 2011 (four digits) and NOC
2021 (five), occupations left empty, a stray stream `99`, sentences where a province should be, cells merged downwards.
A row whose place or employer cannot be told is named, never guessed: only cells merged in the published sheet are
carried down, and that is noted.
"""

import re
from collections.abc import Iterable, Iterator, Mapping

from sqlalchemy import Column, Index, Integer, MetaData, Table, Text

from gateway.adapters.sources.errors import LoadError
from gateway.adapters.sources.load.formats import Header, Row
from gateway.adapters.sources.load.places import province_code
from gateway.adapters.sources.load.report import Totals
from gateway.adapters.sources.load.text import CsvRecord
from gateway.domain.names import look_up_name

TABLE = Table(
    "open_lmia",
    MetaData(),
    Column("entry_id", Text, primary_key=True),
    Column("quarter", Text, nullable=False),
    Column("province", Text, nullable=False),
    Column("stream", Text),
    Column("employer_name", Text, nullable=False),
    Column("address", Text),
    Column("postal_code", Text),
    Column("noc", Text),
    Column("noc_version", Text),
    Column("occupation", Text),
    Column("incorporate_status", Text),
    Column("approved_lmias", Integer),
    Column("approved_positions", Integer),
    Column("employer_name_key", Text, nullable=False),
    Index("open_lmia_quarter", "quarter", "entry_id"),
    Index("open_lmia_province", "province", "entry_id"),
    Index("open_lmia_place", "province", "noc", "entry_id"),
    Index("open_lmia_noc", "noc", "entry_id"),
    Index("open_lmia_stream", "stream", "entry_id"),
    Index("open_lmia_employer", "employer_name_key"),
)

# Headers by what they mean; older quarters spell them differently.
HEADERS: Mapping[str, str] = {
    "province/territory": "province",
    "province / territory": "province",
    "province or territory": "province",
    "province": "province",
    "program stream": "stream",
    "stream": "stream",
    "employer": "employer",
    "employer name": "employer",
    "employers": "employer",
    "name of employer": "employer",
    "address": "address",
    "employer address": "address",
    "occupation": "occupation",
    "occupations": "occupation",
    "occupations under noc 2011": "occupation",
    "occupation under noc 2011": "occupation",
    "occupations under noc 2021": "occupation",
    "occupation under noc 2021": "occupation",
    "incorporate status": "status",
    "incorporation status": "status",
    "approved lmias": "lmias",
    "positive lmias": "lmias",
    "number of lmias": "lmias",
    "lmias approved": "lmias",
    "approved positions": "positions",
    "positions approved": "positions",
    "number of positions": "positions",
    "positions": "positions",
}
REQUIRED = frozenset({"province", "employer", "positions"})
STREAMS = ("Global Talent Stream", "High Wage", "Low Wage", "Permanent Resident Only", "Primary Agriculture")

_QUARTER = re.compile(r"(20\d\d)[ _-]?q([1-4])", re.IGNORECASE)
_NUMBER = re.compile(r"(\d{1,3}(?:,\d{3})+|\d{1,9})(?:\.0+)?", re.ASCII)
_NOC = re.compile(r"(\d{4,5})(?!\d)\s*[-–—:]?\s*(.*)", re.ASCII)
_POSTAL_CODE = re.compile(r"\b([ABCEGHJ-NPRSTVXY]\d[A-Z])[ -]?(\d[A-Z]\d)\b", re.ASCII | re.IGNORECASE)
_FOOTNOTE_MARK = re.compile(r"[\s*†]*\(?\d?\)?[*†]*$")


class LmiaList:
    """The format `lmia-list`; an edition is a quarter, written `2024Q1`."""

    name = "lmia-list"
    table = TABLE
    key = "entry_id"
    edition_column = "quarter"
    name_look_ups: Mapping[str, tuple[str, ...]] = {"employer-name": ("employer_name_key",)}

    def edition(self, file_name: str, given: str | None) -> str:
        found = _QUARTER.fullmatch(given) if given is not None else _QUARTER.search(file_name)
        if found is None:
            raise LoadError("the quarter is not in the file's name; give it, for example 2024Q1")
        return f"{found[1]}Q{found[2]}"

    def header(self, record: CsvRecord, edition: str) -> Header | None:
        found: dict[str, int] = {}
        for index, cell in enumerate(record.cells):
            meaning = HEADERS.get(cell.casefold()) or HEADERS.get(_FOOTNOTE_MARK.sub("", cell).casefold())
            if meaning is not None:
                found.setdefault(meaning, index)
        if not found.keys() >= REQUIRED:
            return None
        return Header(record.line, _Reader(found, len(record.cells), edition).read)


class _Reader:
    """Reads the rows under one header. Remembers the cells above, for merged ones."""

    def __init__(self, places: Mapping[str, int], width: int, quarter: str) -> None:
        self._places = places
        self._width = width
        self._quarter = quarter
        self._above: dict[str, str] = {}

    def read(self, records: Iterable[CsvRecord]) -> Iterator[Row]:
        for record in records:
            yield self._row(record)

    def _row(self, record: CsvRecord) -> Row:
        if record.fault is not None:
            return Row(record.line, Totals(1), None, record.fault)
        if not any(record.cells):
            return Row(record.line, Totals(1), None, "blank")
        cells = {name: record.cells[place] if place < len(record.cells) else "" for name, place in self._places.items()}
        lmias, positions = _number(cells.get("lmias", "")), _number(cells["positions"])
        if cells["province"].casefold() in {"total", "totals", "grand total"}:
            return Row(record.line, Totals(1), None, "total-row")
        totals = Totals(1, lmias or 0, positions or 0)
        if any(record.cells[self._width :]):
            return Row(record.line, totals, None, "too-many-cells")
        notes = self._carry(cells)
        province = province_code(cells["province"])
        if province is None:
            sentence = lmias is None and positions is None
            if sentence:
                self._above = {}
            return Row(record.line, totals, None, "sentence" if sentence else "province-unknown")
        if positions is None or (lmias is None and "lmias" in cells):
            return Row(record.line, totals, None, "counts-unreadable")
        if not cells["employer"]:
            return Row(record.line, totals, None, "employer-missing")
        self._above = {name: cells.get(name, "") for name in ("province", "stream", "employer", "address", "status")}
        values = {
            "entry_id": f"{self._quarter}-{record.line:06d}",
            "quarter": self._quarter,
            "province": province,
            "employer_name": cells["employer"],
            "employer_name_key": look_up_name(cells["employer"]),
            "address": cells.get("address") or None,
            "postal_code": _postal_code(cells.get("address", "")),
            "incorporate_status": cells.get("status") or None,
            "approved_lmias": lmias,
            "approved_positions": positions,
        }
        values["stream"], stream_notes = _stream(cells.get("stream"))
        occupation, occupation_notes = _occupation(cells.get("occupation", ""))
        notes += (*stream_notes, *occupation_notes)
        if values["postal_code"] is None:
            notes += ("postal-code-missing",)
        return Row(record.line, totals, values | occupation, None, notes)

    def _carry(self, cells: dict[str, str]) -> tuple[str, ...]:
        """Fills what a merged cell left blank: always from the left, so an employer only where all before it is."""
        if cells["province"] or not self._above:
            return ()
        for name in ("province", "stream", "employer", "address", "status"):
            if cells.get(name):
                break
            if name in cells:
                cells[name] = self._above.get(name, "")
        return ("carried-down",)


def _number(cell: str) -> int | None:
    found = _NUMBER.fullmatch(cell)
    return int(found[1].replace(",", "")) if found else None


def _postal_code(address: str) -> str | None:
    found = _POSTAL_CODE.findall(address)
    return f"{found[-1][0]} {found[-1][1]}".upper() if found else None


def _stream(cell: str | None) -> tuple[str | None, tuple[str, ...]]:
    if cell is None:
        return None, ()
    if not cell:
        return None, ("stream-missing",)
    if cell.replace(".", "").isdecimal():
        return None, ("stream-stray",)
    plain = cell.replace("-", " ").casefold()
    for stream in STREAMS:
        if plain == stream.casefold():
            return stream, ()
    return cell, ("stream-unfamiliar",)


def _occupation(cell: str) -> tuple[dict[str, str | None], tuple[str, ...]]:
    if not cell:
        return {"noc": None, "noc_version": None, "occupation": None}, ("occupation-missing",)
    found = _NOC.fullmatch(cell)
    if found is None:
        return {"noc": None, "noc_version": None, "occupation": cell}, ("occupation-without-code",)
    version = "2011" if len(found[1]) == 4 else "2021"
    return {"noc": found[1], "noc_version": version, "occupation": found[2] or None}, ()
