"""ESDC's published list of employers with positive LMIAs (open.canada.ca 90fed587-1364-4f33-a9ee-208181dc0b97).

Survives what the published quarters contain in either language: padded cells, headers of older quarters, NOC 2011 (four
digits) and NOC 2021 (five), occupations left empty, a stray stream `99`, sentences where a province should be, cells
merged downwards, provinces as headings of sections. A row whose place or employer cannot be told is named, never
guessed: only cells merged in the published sheet are carried down, and that is noted. A list of refusals is never
loaded; the headers of requests are believed to be approvals only where name or title say that the list is positive.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from sqlalchemy import Column, Index, Integer, MetaData, Table, Text

from gateway.adapters.sources.errors import LoadError
from gateway.adapters.sources.load.editions import quarter_edition, quarters_of, quarters_of_titles
from gateway.adapters.sources.load.formats import Header, Reading, Row
from gateway.adapters.sources.load.headings import Headings, headings, plain_header
from gateway.adapters.sources.load.lmia_words import HEADERS, STATUSES, STREAMS, TOTALS, UNFAMILIAR_STREAMS
from gateway.adapters.sources.load.numerals import Locale, integer
from gateway.adapters.sources.load.places import plain_name, province_code
from gateway.adapters.sources.load.record import Record
from gateway.adapters.sources.load.report import Totals
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

_NOC = re.compile(r"(\d{4,5})(?!\d)\s*[-–—:]?\s*(.*)", re.ASCII)
_POSTAL_CODE = re.compile(r"\b([ABCEGHJ-NPRSTVXY]\d[A-Z])[ -]?(\d[A-Z]\d)\b", re.ASCII | re.IGNORECASE)
_LARGEST_COUNT = 1_000_000
_POSITIVE = re.compile(r"positi(?:ve|f)|favorable|approv|approuv")
_NEGATIVE = re.compile(r"negati(?:ve|f)|defavorable|unfavo|refus|denied|rejet")
_NEGATIVE_LIST = re.compile(
    r"negative (?:labour market|lmia)|refused lmia|eimt (?:negative|defavorable|refusee)|avis defavorable"
)


class LmiaList:
    """The format `lmia-list`; an edition is a quarter, written `2024Q1`, or quarters in a row, `2017Q1-Q2`."""

    name = "lmia-list"
    table = TABLE
    key = "entry_id"
    edition_column = "quarter"
    weight_column = "approved_positions"
    name_look_ups: Mapping[str, tuple[str, ...]] = {"employer-name": ("employer_name_key",)}

    def edition(self, file_name: str, given: str | None) -> str:
        return quarter_edition(file_name, given)

    def supersedes(self, edition: str, standing: str) -> bool:
        return edition == standing or bool(quarters_of(edition) & quarters_of(standing))

    def older(self, edition: str, standing: str) -> bool:
        return False

    def header(self, record: Record, reading: Reading) -> Header | None:
        found = headings(record.line, record.cells, HEADERS, reading.ignore, name=reading.name)
        if found is None:
            return None
        places, cautions = _approvals(dict(found.places), reading, record.line)
        titled = quarters_of_titles(reading.titles)
        if titled is not None and titled != reading.edition:
            cautions += ("edition-differs",)
        locale: Locale = "fr" if found.french else "en"
        lmias = places.get("lmias")

        def fits(cells: Sequence[str]) -> bool:
            numbers = [
                cells[place] for place in (lmias, places["positions"]) if place is not None and place < len(cells)
            ]
            return len(cells) == found.columns and all(integer(_trimmed(cell), locale) is not None for cell in numbers)

        return Header(
            record.line,
            _Reader(places, found, reading, locale).read,
            found.columns,
            fits,
            (lmias, places["positions"]),
            cautions,
            found.read_as,
        )


def _approvals(places: dict[str, int], reading: Reading, line: int) -> tuple[dict[str, int], tuple[str, ...]]:
    """The places with `positions`, where the file is a list of approvals. Raises LoadError where it is not."""
    said = [plain_header(reading.name), *(plain_header(title) for title in reading.titles)]
    positive, negative = (any(words.search(text) for text in said) for words in (_POSITIVE, _NEGATIVE))
    if places.keys() & {"lmias_refused", "positions_refused"} or (negative and not positive):
        raise LoadError(
            f"{reading.name}:{line}: a list of negative decisions, not of approved LMIAs; nothing was changed"
        )
    requested = places.keys() & {"lmias_requested", "positions_requested"}
    if not requested or "positions" in places:
        if "positions" not in places:
            raise LoadError(f"{reading.name}:{line}: headers: no column for positions; nothing was changed")
        return places, ()
    if not positive or negative:
        raise LoadError(
            f"{reading.name}:{line}: the headers are those of requests, which the list of negative decisions has;"
            " neither the file's name nor a line above says that it is the positive list; nothing was changed"
        )
    for name in ("lmias", "positions"):
        if f"{name}_requested" in places:
            places.setdefault(name, places[f"{name}_requested"])
    if "positions" not in places:
        raise LoadError(f"{reading.name}:{line}: headers: no column for positions; nothing was changed")
    return places, ("headers-of-requests",)


class _Reader:
    """Reads the rows under one header. Remembers the cells above, for merged ones, and the section's province."""

    def __init__(self, places: Mapping[str, int], found: Headings, reading: Reading, locale: Locale) -> None:
        self._places = {name: place for name, place in places.items() if not name.endswith("_requested")}
        self._found = found
        self._reading = reading
        self._quarter = reading.edition
        self._locale = locale
        self._headed = frozenset(place for place in range(found.width))
        self._above: dict[str, str] = {}
        self._section: str | None = None

    def read(self, records: Iterable[Record]) -> Iterator[Row]:
        for record in records:
            yield self._row(record)

    def _row(self, record: Record) -> Row:
        if record.fault is not None:
            return Row(record.line, Totals(1), None, record.fault, last=record.last)
        if not any(record.cells):
            return Row(record.line, Totals(1), None, "blank", last=record.last)
        cells = {name: record.cells[place] if place < len(record.cells) else "" for name, place in self._places.items()}
        if any(plain_name(cells.get(name, "")) in TOTALS for name in ("province", "employer", "stream")):
            return Row(record.line, Totals(1), None, "total-row", last=record.last)
        lmias, positions = (self._number(cells.get(name, ""), record.typed) for name in ("lmias", "positions"))
        totals = Totals(1, lmias or 0, positions or 0)
        reason, notes = self._place(record, cells, lmias is None and positions is None)
        reason = reason or self._unusable(cells, lmias, positions)
        if reason is not None:
            return Row(record.line, totals, None, reason, last=record.last)
        self._above = {name: cells.get(name, "") for name in ("province", "stream", "employer", "address", "status")}
        values, more = self._values(record, cells, lmias, positions)
        return Row(record.line, totals, values, None, (*record.notes, *notes, *more), record.last)

    def _place(self, record: Record, cells: dict[str, str], uncounted: bool) -> tuple[str | None, tuple[str, ...]]:
        """Why the row is none, or notes on where its province comes from, which is put into `cells`."""
        if any(cell for place, cell in enumerate(record.cells) if place >= self._found.width):
            return "too-many-cells", ()
        filled = [cell for cell in record.cells if cell]
        if "province" not in self._places:
            if len(filled) == 1 and province_code(filled[0]) is not None:
                self._section, self._above = filled[0], {}
                return "section", ()
            cells["province"] = self._section or ""
        notes = self._carry(cells)
        if province_code(cells["province"]) is None:
            if uncounted:
                self._refuse_negative(filled)
                self._above = {}
            return ("sentence" if uncounted else "province-unknown"), ()
        return None, notes

    def _refuse_negative(self, sentence: list[str]) -> None:
        text = plain_header(" ".join(sentence))
        if _NEGATIVE_LIST.search(text) and not _POSITIVE.search(text):
            raise LoadError(
                f"{self._reading.name}: its notes say that it lists negative decisions; nothing was changed"
            )

    def _unusable(self, cells: Mapping[str, str], lmias: int | None, positions: int | None) -> str | None:
        if positions is None or (lmias is None and "lmias" in cells):
            return "counts-unreadable"
        return None if cells["employer"] else "employer-missing"

    def _number(self, cell: str, typed: bool) -> int | None:
        number = integer(cell, self._locale, typed=typed)
        return number if number is not None and 0 <= number <= _LARGEST_COUNT else None

    def _values(
        self, record: Record, cells: Mapping[str, str], lmias: int | None, positions: int | None
    ) -> tuple[dict[str, str | int | None], tuple[str, ...]]:
        stream, stream_notes = _stream(cells.get("stream"))
        occupation, occupation_notes = _occupation(cells.get("occupation", ""))
        postal_code = _postal_code(cells.get("address", ""))
        values: dict[str, str | int | None] = {
            "entry_id": f"{self._quarter}-{record.line:06d}",
            "quarter": self._quarter,
            "province": province_code(cells["province"]),
            "stream": stream,
            "employer_name": cells["employer"],
            "employer_name_key": look_up_name(cells["employer"]),
            "address": cells.get("address") or None,
            "postal_code": postal_code,
            "incorporate_status": _status(cells.get("status", "")),
            "approved_lmias": lmias,
            "approved_positions": positions,
        }
        unplaced = () if postal_code is not None else ("postal-code-missing",)
        return values | occupation, (*stream_notes, *occupation_notes, *unplaced)

    def _carry(self, cells: dict[str, str]) -> tuple[str, ...]:
        """Fills what a merged cell left blank: always from the left, so an employer only where all before it is."""
        merged = not cells["province"] if "province" in self._places else self._merged_in_section(cells)
        if not merged or not self._above:
            return ()
        for name in ("province", "stream", "employer", "address", "status"):
            if cells.get(name) and not (name == "province" and "province" not in self._places):
                break
            if name in cells:
                cells[name] = self._above.get(name, "")
        return ("carried-down",)

    def _merged_in_section(self, cells: Mapping[str, str]) -> bool:
        first = next((name for name in ("stream", "employer") if name in self._places), "employer")
        return not cells[first]


def _trimmed(cell: str) -> str:
    return " ".join(cell.split())


def _postal_code(address: str) -> str | None:
    found = _POSTAL_CODE.findall(address)
    return f"{found[-1][0]} {found[-1][1]}".upper() if found else None


def _status(cell: str) -> str | None:
    return STATUSES.get(plain_header(cell), cell) or None


def _stream(cell: str | None) -> tuple[str | None, tuple[str, ...]]:
    if cell is None:
        return None, ()
    if not cell:
        return None, ("stream-missing",)
    if cell.replace(".", "").isdecimal():
        return None, ("stream-stray",)
    stream = STREAMS.get(plain_header(cell))
    if stream is None or stream in UNFAMILIAR_STREAMS:
        return stream or cell, ("stream-unfamiliar",)
    return stream, ()


def _occupation(cell: str) -> tuple[dict[str, str | None], tuple[str, ...]]:
    if not cell:
        return {"noc": None, "noc_version": None, "occupation": None}, ("occupation-missing",)
    found = _NOC.fullmatch(cell)
    if found is None:
        return {"noc": None, "noc_version": None, "occupation": cell}, ("occupation-without-code",)
    version = "2011" if len(found[1]) == 4 else "2021"
    return {"noc": found[1], "noc_version": version, "occupation": found[2] or None}, ()
