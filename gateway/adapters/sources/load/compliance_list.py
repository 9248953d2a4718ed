"""The public list of employers found non-compliant (IRPR 209.997), in the columns it is published in or cleaned ones.

Only final decisions are published, so every row's `finding_status` is `final`. A file is the whole list: loading one
replaces all rows. A detail that cannot be read never costs the finding: what can be read of amount, ban, city,
province, date and reasons is loaded, and the rest is noted per element. Two look-up columns hold operating and legal
name in look-up form, because a partner may know either.
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence

from sqlalchemy import Column, Index, MetaData, Table, Text

from gateway.adapters.sources.load.address import Place, place_of
from gateway.adapters.sources.load.compliance_words import HEADERS, status_of
from gateway.adapters.sources.load.dates import date_of
from gateway.adapters.sources.load.editions import month_edition
from gateway.adapters.sources.load.formats import Header, Reading, Row
from gateway.adapters.sources.load.headings import headings
from gateway.adapters.sources.load.penalty import Penalty, ban_of, penalty_of
from gateway.adapters.sources.load.places import province_code
from gateway.adapters.sources.load.reasons import reasons_of
from gateway.adapters.sources.load.record import Record
from gateway.adapters.sources.load.report import Totals
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

Notes = tuple[str, ...]


class ComplianceList:
    """The format `compliance-list`; an edition is a month, written `2023-10`."""

    name = "compliance-list"
    table = TABLE
    key = "entry_id"
    edition_column = None
    weight_column = None
    name_look_ups: Mapping[str, tuple[str, ...]] = {
        "employer-name": ("operating_name_key", "legal_name_key"),
    }

    def edition(self, file_name: str, given: str | None) -> str:
        return month_edition(file_name, given)

    def supersedes(self, edition: str, standing: str) -> bool:
        return True

    def older(self, edition: str, standing: str) -> bool:
        return edition < standing

    def header(self, record: Record, reading: Reading) -> Header | None:
        found = headings(record.line, record.cells, HEADERS, reading.ignore, name=reading.name)
        if found is None:
            return None
        decided = found.places["final_decision_date"]

        def fits(cells: Sequence[str]) -> bool:
            return len(cells) == found.columns and date_of(" ".join(cells[decided].split()))[1] in (None, "impossible")

        def read(records: Iterable[Record]) -> Iterator[Row]:
            return (_row(following, found.places, found.width, reading.edition) for following in records)

        return Header(record.line, read, found.columns, fits, None, (), found.read_as)


def _row(record: Record, places: Mapping[str, int], width: int, edition: str) -> Row:
    cells = {name: record.cells[place] if place < len(record.cells) else "" for name, place in places.items()}
    reason = record.fault or _not_a_row(record, width, cells)
    if reason is not None:
        return Row(record.line, Totals(1), None, reason, last=record.last)
    decided, date_notes = _date(cells["final_decision_date"])
    codes, code_notes = _codes(cells["reason_codes"])
    penalty, penalty_notes = _penalty(cells)
    place, place_notes = _place(cells, record.tall.get(places.get("address", -1), ()))
    values = {
        "entry_id": f"{edition}-{record.line:05d}",
        "operating_name": cells["operating_name"] or None,
        "legal_name": cells["legal_name"] or None,
        "operating_name_key": look_up_name(cells["operating_name"]) or None,
        "legal_name_key": look_up_name(cells["legal_name"]) or None,
        "city": place.city,
        "province": place.province,
        "reason_codes": json.dumps(codes),
        "final_decision_date": decided,
        "penalty_cad": penalty.amount,
        "ban": penalty.ban,
        "eligibility_status": status_of(cells.get("eligibility_status", "")),
        "finding_status": "final",
    }
    notes = (*record.notes, *date_notes, *code_notes, *penalty_notes, *place_notes)
    return Row(record.line, Totals(1), values, None, notes, record.last)


def _not_a_row(record: Record, width: int, cells: Mapping[str, str]) -> str | None:
    filled = sum(1 for cell in record.cells if cell)
    if not filled:
        return "blank"
    if any(record.cells[width:]):
        return "too-many-cells"
    if filled == 1 and record.cells[0]:
        return "sentence"
    return None if cells["operating_name"] or cells["legal_name"] else "employer-missing"


def _date(cell: str) -> tuple[str | None, Notes]:
    decided, trouble = date_of(cell)
    if trouble is not None:
        return None, (f"date-{trouble}",)
    return decided, () if decided == cell else ("date-padded",)


def _codes(cell: str) -> tuple[tuple[str, ...], Notes]:
    reasons = reasons_of(cell)
    notes: Notes = ("reasons-range",) if reasons.ranged else ()
    if not reasons.understood:
        notes += ("reasons-unreadable",)
    elif not reasons.codes:
        notes += ("reasons-footnote" if reasons.footnote else "reasons-missing",)
    return reasons.codes, notes


def _penalty(cells: Mapping[str, str]) -> tuple[Penalty, Notes]:
    """Amount and ban, from one cell or from one of its own for the ban."""
    penalty = penalty_of(cells.get("penalty_cad", ""))
    notes: Notes = () if penalty.understood else ("penalty-unreadable",)
    if cells.get("ban"):
        ban, understood = ban_of(cells["ban"])
        notes += () if understood else ("ban-unfamiliar",)
        penalty = Penalty(penalty.amount, ban or penalty.ban, penalty.understood)
    return penalty, notes


def _place(cells: Mapping[str, str], tall: tuple[str, ...]) -> tuple[Place, Notes]:
    """City and province, from cells of their own or from the address."""
    written = place_of(tall or (cells.get("address", ""),)) if cells.get("address") else Place(None, None)
    city = cells.get("city") or written.city
    province = province_code(cells.get("province", "")) or written.province
    notes: Notes = ()
    if city is None and cells.get("address"):
        notes += ("city-unreadable",)
    if province is None and (cells.get("province") or cells.get("address")):
        notes += ("province-unreadable",)
    return Place(city, province), notes
