"""The LMIA list: every quirk of published quarters, each row loaded or named with its line."""

from dataclasses import replace
from pathlib import Path

import pytest

from gateway.adapters.sources.errors import LoadError
from gateway.adapters.sources.load.formats import Row
from gateway.adapters.sources.load.lmia_list import LmiaList
from gateway.adapters.sources.load.loader import read_list
from gateway.adapters.sources.load.report import LoadReport, Totals
from gateway.adapters.sources.load.text import read_file

HEADER = (
    "Province/Territory,Program Stream,Employer,Address,Occupation,Incorporate Status,Approved LMIAs,"
    "Approved Positions\n"
)
ROW = 'Ontario,Low Wage,Larkmere Farms Ltd.,"London, ON N6A 1B2",85101-Harvesting labourers,Corporation,2,5\n'


def read(folder: Path, text: str | bytes, name: str = "list_2024q3.csv") -> tuple[LoadReport, list[Row]]:
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    form = LmiaList()
    report, rows = read_list(form, read_file(path), form.edition(name, None))
    report.check()
    return report, rows


def named(report: LoadReport) -> list[tuple[int, str]]:
    return [(entry.line, entry.reason) for entry in report.named]


def noted(report: LoadReport) -> list[tuple[int, str]]:
    return [(entry.line, entry.reason) for entry in report.notes]


def test_a_row_becomes_elements(tmp_path: Path) -> None:
    report, (row,) = read(tmp_path, HEADER + ROW)
    assert row.values == {
        "entry_id": "2024Q3-000002",
        "quarter": "2024Q3",
        "province": "ON",
        "stream": "Low Wage",
        "employer_name": "Larkmere Farms Ltd.",
        "employer_name_key": "larkmere farms ltd.",
        "address": "London, ON N6A 1B2",
        "postal_code": "N6A 1B2",
        "noc": "85101",
        "noc_version": "2021",
        "occupation": "Harvesting labourers",
        "incorporate_status": "Corporation",
        "approved_lmias": 2,
        "approved_positions": 5,
    }
    assert (report.totals, report.loaded, report.rejected) == (Totals(1, 2, 5), Totals(1, 2, 5), Totals())
    assert (report.encoding, report.noc_version, report.header_line) == ("utf-8", "2021", 1)
    assert report.named == report.notes == ()


@pytest.mark.parametrize(("encoding", "told"), [("utf-8", "utf-8"), ("utf-8-sig", "utf-8-sig"), ("cp1252", "cp1252")])
def test_the_encoding_is_found_and_told(tmp_path: Path, encoding: str, told: str) -> None:
    text = HEADER + ROW.replace("Larkmere", "Théodore’s – Érablière")
    report, (row,) = read(tmp_path, text.encode(encoding))
    assert report.encoding == told
    assert row.values is not None
    assert row.values["employer_name"] == "Théodore’s – Érablière Farms Ltd."


def test_bytes_in_no_known_encoding_stop_the_load_with_the_line(tmp_path: Path) -> None:
    with pytest.raises(LoadError, match=r"list_2024q3\.csv:2: neither UTF-8 nor Windows-1252"):
        read(tmp_path, HEADER.encode() + ROW.encode().replace(b"Larkmere", b"\x81\x8d\xff"))


def test_padding_and_non_breaking_spaces_are_not_values(tmp_path: Path) -> None:
    padded = ROW.replace("Ontario", "Ontario" + " " * 68).replace("Low Wage", "Low\u00a0Wage          ")
    _, (row,) = read(tmp_path, HEADER + padded)
    assert row.values is not None
    assert (row.values["province"], row.values["stream"]) == ("ON", "Low Wage")


def test_noc_versions_are_told_and_a_stranger_is_noted(tmp_path: Path) -> None:
    old = ROW.replace("85101-Harvesting", "8431-General farm")
    report, rows = read(tmp_path, HEADER + old + old + ROW)
    assert report.noc_version == "2011"
    assert [row.values["noc_version"] for row in rows if row.values] == ["2011", "2011", "2021"]
    assert noted(report) == [(4, "noc-version-differs")]


@pytest.mark.parametrize(
    ("cell", "noc", "title", "note"),
    [
        ("", None, None, "occupation-missing"),
        ("  ", None, None, "occupation-missing"),
        ("Cooks", None, "Cooks", "occupation-without-code"),
        ("632000-Cooks", None, "632000-Cooks", "occupation-without-code"),
        ("63200 – Cooks", "63200", "Cooks", None),
        ("63200", "63200", None, None),
    ],
)
def test_occupations_in_every_spelling(
    tmp_path: Path, cell: str, noc: str | None, title: str | None, note: str | None
) -> None:
    report, (row,) = read(tmp_path, HEADER + ROW.replace("85101-Harvesting labourers", cell))
    assert row.values is not None
    assert (row.values["noc"], row.values["occupation"]) == (noc, title)
    assert noted(report) == ([(2, note)] if note else [])


def test_employers_outside_of_canada_are_a_group_of_their_own(tmp_path: Path) -> None:
    name = "Employers carrying on business in Canada with Head Office outside of Canada"
    _, (row,) = read(tmp_path, HEADER + ROW.replace("Ontario", name).replace("London, ON N6A 1B2", "Oslo, 0150"))
    assert row.values is not None
    assert (row.values["province"], row.values["postal_code"]) == ("OUTSIDE", None)


def test_a_stray_stream_is_loaded_without_one_and_noted(tmp_path: Path) -> None:
    text = HEADER + ROW.replace("Low Wage", "99") + ROW.replace("Low Wage", "") + ROW.replace("Low Wage", "Caregiver")
    report, rows = read(tmp_path, text + ROW.replace("Low Wage", "LOW-WAGE"))
    assert [row.values["stream"] for row in rows if row.values] == [None, None, "Caregiver", "Low Wage"]
    assert noted(report) == [(2, "stream-stray"), (3, "stream-missing"), (4, "stream-unfamiliar")]


def test_footnotes_totals_and_blanks_are_named_and_not_counted(tmp_path: Path) -> None:
    text = (
        "Employers who were issued a positive LMIA,,,,,,,\n\n"
        + HEADER
        + ROW
        + '"Note: positive LMIAs, excluding those withdrawn, are\nlisted by quarter.",,,,,,,\n'
        + ",,,,,,,\n\n"
        + "Total,,,,,,2,5\n"
        + ROW
    )
    report, rows = read(tmp_path, text)
    assert named(report) == [
        (1, "before-header"),
        (2, "blank"),
        (5, "sentence"),
        (7, "blank"),
        (8, "blank"),
        (9, "total-row"),
    ]
    assert [row.line for row in rows] == [4, 10]
    assert (report.loaded, report.totals) == (Totals(2, 4, 10), Totals(6, 4, 10))


def test_line_numbers_count_physical_lines_across_quoted_newlines(tmp_path: Path) -> None:
    tall = ROW.replace("Larkmere Farms", '"Larkmere\r\nFarms').replace("Ltd.", 'Ltd."')
    report, rows = read(tmp_path, HEADER + tall + ROW.replace("Ontario", "Ontaria") + ROW)
    assert named(report) == [(4, "province-unknown")]
    assert [row.line for row in rows] == [2, 5]
    assert rows[0].values is not None
    assert rows[0].values["employer_name"] == "Larkmere Farms Ltd."


def test_an_exotic_line_separator_in_a_cell_is_not_a_line(tmp_path: Path) -> None:
    report, rows = read(tmp_path, HEADER + ROW.replace("Larkmere ", "Lark\u2028mere\x0b") + "x,1,2\n" + ROW)
    assert [row.line for row in rows] == [2, 4]
    assert named(report) == [(3, "sentence")]


def test_an_open_quote_costs_one_named_line(tmp_path: Path) -> None:
    broken = ROW.replace("Larkmere", '"Larkmere')
    report, rows = read(tmp_path, HEADER + ROW + broken + ROW * 30)
    assert named(report) == [(3, "unbalanced-quote")]
    assert len(rows) == 31
    report, rows = read(tmp_path, HEADER + ROW.replace("Larkmere", 'Lark"me"re') + '"a"b,c\n')
    assert named(report) == [(3, "not-csv")]


@pytest.mark.parametrize(
    ("old", "new", "reason", "rejected"),
    [
        ("Ontario", "Atlantis", "province-unknown", Totals(1, 2, 5)),
        ("Larkmere Farms Ltd.", "", "employer-missing", Totals(1, 2, 5)),
        (",2,5", ",2,<5", "counts-unreadable", Totals(1, 2, 0)),
        (",2,5", ",,5", "counts-unreadable", Totals(1, 0, 5)),
        (",2,5", ",-2,5", "counts-unreadable", Totals(1, 0, 5)),
        (",2,5", ",2,5,9", "too-many-cells", Totals(1, 2, 5)),
        ("Larkmere", "L" * 5000, "cell-too-long", Totals(1, 0, 0)),
    ],
)
def test_a_row_that_cannot_be_loaded_is_named_and_its_numbers_stay_in_the_totals(
    tmp_path: Path, old: str, new: str, reason: str, rejected: Totals
) -> None:
    report, rows = read(tmp_path, HEADER + ROW + ROW.replace(old, new))
    assert named(report) == [(3, reason)]
    assert len(rows) == 1
    assert report.rejected == rejected
    assert report.totals == Totals(1, 2, 5) + rejected


def test_numbers_with_separators_are_numbers(tmp_path: Path) -> None:
    report, _ = read(tmp_path, HEADER + ROW.replace(",2,5", ',"1,204",5.0'))
    assert report.loaded == Totals(1, 1204, 5)


def test_merged_cells_are_carried_down_and_noted(tmp_path: Path) -> None:
    text = (
        HEADER
        + ROW
        + ',,Tansybrook Foods Inc.,"Leamington, ON N8H 1A1",63200-Cooks,Unknown,1,1\n'
        + ",,,,65201-Food counter attendants,,1,3\n"
        + ',High Wage,Wrenholt Transport Ltd.,"Simcoe, ON N3Y 1A1",73300-Transport truck drivers,Unknown,1,1\n'
    )
    report, rows = read(tmp_path, text)
    assert [(r.values["province"], r.values["stream"], r.values["employer_name"]) for r in rows if r.values] == [
        ("ON", "Low Wage", "Larkmere Farms Ltd."),
        ("ON", "Low Wage", "Tansybrook Foods Inc."),
        ("ON", "Low Wage", "Tansybrook Foods Inc."),
        ("ON", "High Wage", "Wrenholt Transport Ltd."),
    ]
    assert noted(report) == [(3, "carried-down"), (4, "carried-down"), (5, "carried-down")]
    assert report.named == ()


def test_an_employer_is_not_carried_past_a_stream_of_its_own(tmp_path: Path) -> None:
    report, _ = read(tmp_path, HEADER + ROW + ",High Wage,,,63200-Cooks,Unknown,1,1\n")
    assert named(report) == [(3, "employer-missing")]


def test_two_open_quotes_far_apart_do_not_swallow_what_is_between(tmp_path: Path) -> None:
    broken = ROW.replace("Larkmere", '"Larkmere')
    report, rows = read(tmp_path, HEADER + broken + ROW * 25 + broken)
    assert named(report) == [(2, "unbalanced-quote"), (28, "unbalanced-quote")]
    assert len(rows) == 25


def test_a_report_that_lost_a_row_or_a_position_is_refused(tmp_path: Path) -> None:
    report, _ = read(tmp_path, HEADER + ROW + ROW.replace("Ontario", "Atlantis"))
    for wrong in (
        replace(report, loaded=Totals(1, 2, 4)),
        replace(report, rejected=Totals()),
        replace(report, named=()),
    ):
        with pytest.raises(LoadError, match="nothing was loaded"):
            wrong.check()


def test_an_employer_is_not_carried_into_a_row_with_a_place_of_its_own(tmp_path: Path) -> None:
    orphan = 'Quebec,Low Wage,,"Granby, QC J2G 1A1",63200-Cooks,Unknown,1,1\n'
    report, _ = read(tmp_path, HEADER + ROW + orphan)
    assert named(report) == [(3, "employer-missing")]
    report, _ = read(tmp_path, HEADER + ",,Nobody Ltd.,x,63200-Cooks,Unknown,1,1\n" + ROW)
    assert named(report) == [(2, "province-unknown")]


def test_headers_of_older_quarters(tmp_path: Path) -> None:
    text = (
        "Positive LMIA Employers List,,,,\nProvince/Territory (1),Employer,Address,Occupations under NOC 2011,"
        'Positions Approved\nManitoba,Vesperholt Growers Inc.,"Brandon, MB R7A1A1",8431 - General farm workers,7\n'
    )
    report, (row,) = read(tmp_path, text, "tfwp_2017_Q3_employer_positive.csv")
    assert row.values is not None
    assert row.values["quarter"] == "2017Q3"
    assert (row.values["approved_lmias"], row.values["approved_positions"], row.values["noc"]) == (None, 7, "8431")
    assert row.values["postal_code"] == "R7A 1A1"
    assert report.header_line == 2
    assert report.loaded == Totals(1, 0, 7)


def test_a_file_without_headers_or_quarter_is_refused(tmp_path: Path) -> None:
    with pytest.raises(LoadError, match="no line with the headers"):
        read(tmp_path, ROW * 40)
    with pytest.raises(LoadError, match="no line with the headers"):
        read(tmp_path, "")
    with pytest.raises(LoadError, match="quarter is not in the file's name"):
        read(tmp_path, HEADER + ROW, "list.csv")
    assert LmiaList().edition("list.csv", "2024Q1") == "2024Q1"
    with pytest.raises(LoadError):
        LmiaList().edition("list_2024q1.csv", "first quarter")


def test_the_report_names_lines_and_codes_and_no_value(tmp_path: Path) -> None:
    report, _ = read(tmp_path, HEADER + ROW + ROW.replace("Ontario", "Atlantis"))
    for text in (report.as_text(), str(report.as_json())):
        assert "line" in text
        assert "province-unknown" in text
        assert "Larkmere" not in text
        assert "Atlantis" not in text
