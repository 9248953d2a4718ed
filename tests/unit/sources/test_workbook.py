"""Workbooks: read as the list that they are, and refused before they cost anything where they are hostile."""

import io
import zipfile
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

import pytest
from openpyxl import Workbook

from gateway.adapters.sources.errors import LoadError
from gateway.adapters.sources.load.compliance_list import ComplianceList
from gateway.adapters.sources.load.formats import ListFormat
from gateway.adapters.sources.load.lmia_list import LmiaList
from gateway.adapters.sources.load.loader import read_list
from gateway.adapters.sources.load.report import LoadReport, Totals
from gateway.adapters.sources.load.text import read_file

HEADERS = ["Province/Territory", "Program Stream", "Employer", "Address", "Occupation", "Approved LMIAs",
           "Approved Positions"]  # fmt: skip
ROW: list[object] = ["Ontario", "Low Wage", "Larkmere Farms", "London, ON N6A 1B2", "85101-Harvesting", 2, 5]


def book(*rows: list[object], extra: Callable[[Workbook], None] | None = None) -> bytes:
    made = Workbook()
    sheet = made.active
    assert sheet is not None
    for row in rows:
        sheet.append(row)
    if extra is not None:
        extra(made)
    written = io.BytesIO()
    made.save(written)
    return written.getvalue()


def load(
    folder: Path, raw: bytes, name: str = "lmia_positive_2024q3.xlsx", form: ListFormat | None = None
) -> tuple[LoadReport, list[dict[str, object]]]:
    (folder / name).write_bytes(raw)
    form = form or LmiaList()
    report, rows = read_list(form, read_file(folder / name), form.edition(name, None))
    report.check()
    return report, [dict(row.values or {}) for row in rows]


def part(raw: bytes, name: str, change: Callable[[bytes], bytes]) -> bytes:
    """The workbook with one of its parts changed."""
    written = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(raw)) as source, zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as target:
        for entry in source.infolist():
            content = source.read(entry)
            target.writestr(entry.filename, change(content) if entry.filename == name else content)
    return written.getvalue()


def test_a_workbook_is_read_as_the_list_that_it_is(tmp_path: Path) -> None:
    report, rows = load(tmp_path, book(["A title"], [], [*HEADERS], ROW, [*ROW[:5], 1.0, "1,204"]))
    assert report.loaded == report.counted == Totals(2, 3, 1209)
    assert (report.encoding, report.sheet, report.header_line) == ("xlsx", "Sheet", 3)
    assert rows[0]["entry_id"] == "2024Q3-000004"
    assert [(entry.line, entry.reason) for entry in report.named] == [(1, "before-header"), (2, "blank")]


def test_dates_and_amounts_of_a_workbook(tmp_path: Path) -> None:
    headers: list[object] = ["Business operating name", "Business legal name", "Address", "Reason(s)",
                             "Date of final decision", "Penalty", "Status"]  # fmt: skip
    rows: list[list[object]] = [
        ["a", "b", "1 Invented Road\nSurrey, British Columbia", 6, datetime(2023, 9, 26), 1250.5, "Eligible"],  # noqa: DTZ001
        ["c", "d", "1 Invented Road\nOntario", "6, 9", date(2023, 9, 27), "$129,000 and a 1-year ban", None],
    ]
    report, found = load(tmp_path, book(headers, *rows), "list_2023-10.xlsx", ComplianceList())
    assert report.named == ()
    assert [(row["final_decision_date"], row["penalty_cad"], row["ban"], row["city"]) for row in found] == [
        ("2023-09-26", "1250.5", None, "Surrey"),
        ("2023-09-27", "129000", "1-year ban", None),
    ]


def test_merged_cells_are_carried_down_and_formulas_and_errors_named(tmp_path: Path) -> None:
    def merge(made: Workbook) -> None:
        sheet = made.active
        assert sheet is not None
        sheet.merge_cells("A2:A3")

    report, rows = load(
        tmp_path,
        book([*HEADERS], ROW, [None, None, "Wrenholt Ltd.", "x", "63200-Cooks", 1, 1], [*ROW[:5], 2, "=SUM(G2:G3)"],
             [*ROW[:5], 2, "#REF!"], extra=merge),
    )  # fmt: skip
    assert [row["province"] for row in rows] == ["ON", "ON"]
    assert [(entry.line, entry.reason) for entry in report.named] == [(4, "formula"), (5, "cell-error")]


def test_the_sheet_with_the_headers_is_taken_and_two_are_asked_about(tmp_path: Path) -> None:
    def second(made: Workbook, rows: list[list[object]]) -> None:
        sheet = made.create_sheet("Other")
        for row in rows:
            sheet.append(row)

    report, _ = load(tmp_path, book(["Read me"], extra=lambda made: second(made, [[*HEADERS], ROW])))
    assert (report.sheet, report.loaded) == ("Other", Totals(1, 2, 5))
    with pytest.raises(LoadError, match="2 sheets have the headers"):
        load(tmp_path, book([*HEADERS], ROW, extra=lambda made: second(made, [[*HEADERS], ROW])))
    with pytest.raises(LoadError, match="no line with the headers"):
        load(tmp_path, book(["Read me"]))


SHEET = "xl/worksheets/sheet1.xml"
PLAIN = book([*HEADERS], ROW)


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        (part(PLAIN, SHEET, lambda xml: b"<!DOCTYPE x [<!ENTITY a 'b'>]>" + xml), "declares a document type or entity"),
        (part(PLAIN, "xl/workbook.xml", lambda xml: b"<!doctype x>" + xml), "declares a document type or entity"),
        (part(PLAIN, SHEET, lambda xml: xml.decode().encode("utf-16")), "is not UTF-8"),
        (part(PLAIN, SHEET, lambda xml: b"<?xml version='1.0' encoding='utf-7'?>" + xml), "is not UTF-8"),
        (part(PLAIN, SHEET, lambda xml: xml.replace(b'r="C2"', b'r="XFD2"')), "more than 1,000 columns"),
        (part(PLAIN, SHEET, lambda xml: xml.replace(b'<row r="2"', b'<row r="9999999"')), "more than 1,000,000 rows"),
        (part(PLAIN, SHEET, lambda xml: xml.replace(b"</row>", b"<c/>" * 2000 + b"</row>", 1)), "1,000 columns"),
        (part(PLAIN, SHEET, lambda xml: xml + b" " * 210_000_000), "unpacks to more than"),
        (part(PLAIN, SHEET, lambda xml: xml[:-20]), "cannot be read"),
        (
            part(PLAIN, SHEET, lambda xml: xml.replace(b'inlineStr"><is><t>Ontario</t></is>', b's"><v>99</v>')),
            "cannot be read",
        ),
        (PLAIN[: len(PLAIN) // 2], "cannot be unpacked"),
        (b"PK\x03\x04" + b"\x00" * 100, "cannot be unpacked"),
    ],
)
def test_a_hostile_or_broken_workbook_is_refused_before_it_is_read(tmp_path: Path, raw: bytes, said: str) -> None:
    with pytest.raises(LoadError, match=said):
        load(tmp_path, raw)


def test_a_size_that_a_sheet_only_states_costs_nothing(tmp_path: Path) -> None:
    stated = part(PLAIN, SHEET, lambda xml: xml.replace(b'<dimension ref="A1:G2"', b'<dimension ref="A1:XFD1048576"'))
    assert b"XFD1048576" in zipfile.ZipFile(io.BytesIO(stated)).read(SHEET)
    report, _ = load(tmp_path, stated)
    assert report.totals == Totals(1, 2, 5)


def test_links_to_other_files_are_not_followed(tmp_path: Path) -> None:
    linked = part(
        PLAIN,
        "xl/_rels/workbook.xml.rels",
        lambda xml: xml.replace(
            b"</Relationships>",
            b'<Relationship Id="rId99" TargetMode="External" Target="file:///etc/hostname" Type="http://schemas.openxml'
            b'formats.org/officeDocument/2006/relationships/externalLink"/></Relationships>',
        ),
    )
    report, _ = load(tmp_path, linked)
    assert report.loaded == Totals(1, 2, 5)
