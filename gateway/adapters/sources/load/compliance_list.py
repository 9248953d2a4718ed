"""The public list of employers found non-compliant (IRPR 209.997), as CSV.

Only final decisions are published, so every row's `finding_status` is `final`. A file is the whole list: loading one
replaces all rows. A finding whose date is a day that never was (the real list has a 29 February 2019) is loaded
without its date, so that it can still be found, and noted. Two look-up columns hold operating and legal name in
look-up form, because a partner may know either.
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal

from sqlalchemy import Column, Index, MetaData, Table, Text

from gateway.adapters.sources.errors import LoadError
from gateway.adapters.sources.load.formats import Header, Row
from gateway.adapters.sources.load.places import province_code
from gateway.adapters.sources.load.report import Totals
from gateway.adapters.sources.load.text import CsvRecord
from gateway.domain.names import look_up_name

TABLE = Table(
    "employer_compliance",
    MetaData(),
    Column("entry_id", Text, primary_key=True),
    Column("operating_name", Text),
    Column("legal_name", Text),
    Column("city", Text),
    Column("province", Text),
    Column("reason_codes", Text, nullable=False),
    Column("final_decision_date", Text),
    Column("penalty_cad", Text),
    Column("ban", Text),
    Column("eligibility_status", Text),
    Column("finding_status", Text, nullable=False),
    Column("operating_name_key", Text),
    Column("legal_name_key", Text),
    Index("employer_compliance_operating", "operating_name_key"),
    Index("employer_compliance_legal", "legal_name_key"),
    Index("employer_compliance_place", "province", "entry_id"),
)

HEADERS: Mapping[str, str] = {
    "operating_name": "operating_name",
    "business operating name": "operating_name",
    "legal_name": "legal_name",
    "business legal name": "legal_name",
    "city": "city",
    "province": "province",
    "reason_codes": "reason_codes",
    "reason(s)": "reason_codes",
    "reasons": "reason_codes",
    "final_decision_date": "final_decision_date",
    "date of final decision": "final_decision_date",
    "penalty_cad": "penalty_cad",
    "penalty": "penalty_cad",
    "ban": "ban",
    "status": "eligibility_status",
    "eligibility_status": "eligibility_status",
}
REQUIRED = frozenset({"operating_name", "legal_name", "reason_codes", "final_decision_date"})

_MONTH = re.compile(r"(20\d\d)[ _-]?(0[1-9]|1[0-2])")
_DATE = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})", re.ASCII)
_AMOUNT = re.compile(r"\$?\s*(\d{1,3}(?:,\d{3})+|\d{1,9})(\.\d{1,2})?", re.ASCII)
_CODE = re.compile(r"\d{1,2}", re.ASCII)


class ComplianceList:
    """The format `compliance-list`; an edition is a month, written `2023-10`."""

    name = "compliance-list"
    table = TABLE
    key = "entry_id"
    edition_column = None
    name_look_ups: Mapping[str, tuple[str, ...]] = {
        "employer-name": ("operating_name_key", "legal_name_key"),
    }

    def edition(self, file_name: str, given: str | None) -> str:
        found = _MONTH.fullmatch(given) if given is not None else _MONTH.search(file_name)
        if found is None:
            raise LoadError("the month is not in the file's name; give it, for example 2023-10")
        return f"{found[1]}-{found[2]}"

    def header(self, record: CsvRecord, edition: str) -> Header | None:
        places = {
            HEADERS[cell.casefold()]: index for index, cell in enumerate(record.cells) if cell.casefold() in HEADERS
        }
        if not places.keys() >= REQUIRED:
            return None
        width = len(record.cells)

        def read(records: Iterable[CsvRecord]) -> Iterator[Row]:
            return (_row(following, places, width, edition) for following in records)

        return Header(record.line, read)


def _row(record: CsvRecord, places: Mapping[str, int], width: int, edition: str) -> Row:
    cells = {name: record.cells[place] if place < len(record.cells) else "" for name, place in places.items()}
    reason = record.fault or _not_a_row(record, width) or _unusable(cells)
    if reason is not None:
        return Row(record.line, Totals(1), None, reason)
    written = _DATE.fullmatch(cells["final_decision_date"])
    decided = _date(int(written[1]), int(written[2]), int(written[3])) if written else None
    notes: tuple[str, ...] = ()
    if decided is None:
        notes = ("date-impossible",)
    elif decided != cells["final_decision_date"]:
        notes = ("date-padded",)
    values = {
        "entry_id": f"{edition}-{record.line:05d}",
        "operating_name": cells["operating_name"] or None,
        "legal_name": cells["legal_name"] or None,
        "operating_name_key": look_up_name(cells["operating_name"]) or None,
        "legal_name_key": look_up_name(cells["legal_name"]) or None,
        "city": cells.get("city") or None,
        "province": province_code(cells.get("province", "")),
        "reason_codes": json.dumps(_codes(cells)),
        "final_decision_date": decided,
        "penalty_cad": _amount(cells.get("penalty_cad", "")),
        "ban": cells.get("ban") or None,
        "eligibility_status": cells.get("eligibility_status") or None,
        "finding_status": "final",
    }
    return Row(record.line, Totals(1), values, None, notes)


def _not_a_row(record: CsvRecord, width: int) -> str | None:
    filled = sum(1 for cell in record.cells if cell)
    if not filled:
        return "blank"
    if any(record.cells[width:]):
        return "too-many-cells"
    return "sentence" if filled == 1 and record.cells[0] else None


def _unusable(cells: Mapping[str, str]) -> str | None:
    if not (cells["operating_name"] or cells["legal_name"]):
        return "employer-missing"
    if not all(_CODE.fullmatch(code) for code in _codes(cells)):
        return "codes-unreadable"
    if _DATE.fullmatch(cells["final_decision_date"]) is None:
        return "date-unreadable"
    if cells.get("penalty_cad") and _amount(cells["penalty_cad"]) is None:
        return "penalty-unreadable"
    if cells.get("province") and province_code(cells["province"]) is None:
        return "province-unknown"
    return None


def _codes(cells: Mapping[str, str]) -> list[str]:
    return cells["reason_codes"].replace(",", " ").replace(";", " ").split()


def _date(year: int, month: int, day: int) -> str | None:
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None


def _amount(cell: str) -> str | None:
    """A decimal string of dollars, or None for what is not an amount."""
    found = _AMOUNT.fullmatch(cell)
    return format(Decimal(found[1].replace(",", "") + (found[2] or "")), "f") if found else None
