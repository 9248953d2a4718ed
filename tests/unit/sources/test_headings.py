"""Every header is understood, ignored by name, or told; and a file without them is told what it is."""

import zipfile
from pathlib import Path

import pytest

from gateway.adapters.sources.errors import LoadError
from gateway.adapters.sources.load.compliance_list import ComplianceList
from gateway.adapters.sources.load.csv_list import CsvList
from gateway.adapters.sources.load.formats import ListFormat
from gateway.adapters.sources.load.lmia_list import LmiaList
from gateway.adapters.sources.load.loader import read_list
from gateway.adapters.sources.load.report import LoadReport, Totals
from gateway.adapters.sources.load.text import read_file
from tests.unit.sources.test_lmia_list import HEADER, ROW

FINDINGS = "Business operating name,Business legal name,Address,Reason(s),Date of final decision,Penalty,Status\n"
ROWS_FR = (
    'Québec;Haut salaire;Larkmere inc.;"Granby, QC  J2G 1A1";63200-Cuisiniers;Inconnu;1;1 204\n'
    "Île-du-Prince-Édouard;Volet des talents mondiaux;Wrenholt inc.;Charlottetown, PE C1A 1A1;21231-Ingénieurs;"
    "Entreprise à propriétaire unique;2;3\n"
)
HEADER_FR = (
    "Province/Territoire;Volet du programme;Employeur;Adresse;Profession;Incorporer le statut;EIMT approuvées;"
    "Postes approuvés\n"
)


def load(
    folder: Path,
    text: str | bytes,
    name: str = "lmia_positive_2024q3.csv",
    form: ListFormat | None = None,
    ignore: tuple[str, ...] = (),
) -> tuple[LoadReport, list[dict[str, object]]]:
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    form = form or LmiaList()
    report, rows = read_list(form, read_file(path), form.edition(name, None), ignore_headers=ignore)
    report.check()
    return report, [dict(row.values or {}) for row in rows]


def refused(folder: Path, text: str | bytes, name: str = "lmia_positive_2024q3.csv") -> str:
    with pytest.raises(LoadError) as failed:
        load(folder, text, name)
    assert "Larkmere" not in str(failed.value)
    return str(failed.value)


def test_a_header_that_is_not_understood_is_named_with_what_is_near(tmp_path: Path) -> None:
    said = refused(tmp_path, HEADER.replace("Occupation", "Ocupaton under NOC 2011") + ROW)
    assert "lmia_positive_2024q3.csv:1: headers: 'Ocupaton under NOC 2011' is not understood" in said
    assert "which is occupation" in said
    said = refused(tmp_path, HEADER.replace("Address", "Shoe size") + ROW)
    assert "'Shoe size' is not understood" in said
    assert "near to" not in said


def test_a_header_that_was_published_misspelt_is_read(tmp_path: Path) -> None:
    report, (row,) = load(tmp_path, HEADER.replace("Occupation", "Occupaitons under NOC 2011") + ROW)
    assert row["noc"] == "85101"
    assert ("Occupaitons under NOC 2011", "occupation") in report.headers


def test_a_header_is_left_out_where_that_is_said_and_told_in_the_report(tmp_path: Path) -> None:
    text = HEADER.replace("Address", "Shoe size") + ROW
    report, (row,) = load(tmp_path, text, ignore=("shoe  SIZE",))
    assert row["address"] is None
    assert ("Shoe size", None) in report.headers
    assert "Columns left out: Shoe size." in report.as_text()
    assert "Colonnes laissées de côté : Shoe size." in report.as_text("fr")


def test_a_missing_or_doubled_column_is_named(tmp_path: Path) -> None:
    assert "no column for positions" in refused(tmp_path, HEADER.replace(",Approved Positions", "") + ROW)
    assert "no column for employer" in refused(tmp_path, HEADER.replace("Employer,", "") + ROW)
    assert "two columns for address" in refused(tmp_path, HEADER.replace("Occupation", "Address") + ROW)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252", "cp850"])
def test_the_french_edition_with_semicolons_in_any_encoding(tmp_path: Path, encoding: str) -> None:
    report, rows = load(tmp_path, (HEADER_FR + ROWS_FR).encode(encoding), "eimt_favorables_2024t3.csv")
    assert report.loaded == report.counted == Totals(2, 3, 1207)
    assert [(row["province"], row["stream"], row["incorporate_status"]) for row in rows] == [
        ("QC", "High Wage", "Unknown"),
        ("PE", "Global Talent Stream", "Sole Proprietorship"),
    ]
    assert rows[0]["postal_code"] == "J2G 1A1"


@pytest.mark.parametrize("space", [" ", "\u00a0", "\u202f"])
def test_french_numbers_are_grouped_by_any_space(tmp_path: Path, space: str) -> None:
    report, _ = load(tmp_path, HEADER_FR + ROWS_FR.replace("1 204", f"1{space}204"))
    assert report.loaded == Totals(2, 3, 1207)
    report, _ = load(tmp_path, HEADER_FR + ROWS_FR.replace("1 204", "1,204"))
    assert [entry.reason for entry in report.named] == ["counts-unreadable"]


@pytest.mark.parametrize(("delimiter", "first"), [("\t", ""), ("|", ""), (";", "sep=;\n"), (";", "")])
def test_other_delimiters(tmp_path: Path, delimiter: str, first: str) -> None:
    plain = ROW.replace('"London, ON N6A 1B2"', "London N6A 1B2")
    report, _ = load(tmp_path, first + (HEADER + plain).replace(",", delimiter))
    assert report.loaded == Totals(1, 2, 5)


def test_provinces_as_headings_of_sections(tmp_path: Path) -> None:
    text = (
        "Employer,Address,Positions Approved\nOntario,,\nLarkmere Farms Ltd.,London ON N6A 1B2,5\nWrenholt Ltd.,x,2\n"
        ",Windsor ON N9A 1A1,3\nQuébec,,\nTansybrook inc.,y,4\n"
    )
    report, rows = load(tmp_path, text)
    assert [(row["province"], row["employer_name"]) for row in rows] == [
        ("ON", "Larkmere Farms Ltd."),
        ("ON", "Wrenholt Ltd."),
        ("ON", "Wrenholt Ltd."),
        ("QC", "Tansybrook inc."),
    ]
    assert [(entry.line, entry.reason) for entry in report.named] == [(2, "section"), (6, "section")]


REQUESTED = HEADER.replace("Approved", "Requested")


def test_headers_of_requests_are_approvals_only_where_the_file_says_so(tmp_path: Path) -> None:
    report, _ = load(tmp_path, REQUESTED + ROW, "lmia_positive_2022q2.csv")
    assert (report.loaded, report.cautions) == (Totals(1, 2, 5), ("headers-of-requests",))
    assert "Caution: The headers are those of requests" in report.as_text()
    assert "Attention : Les en-têtes" in report.as_text("fr")
    load(tmp_path, "Employers issued a positive LMIA\n" + REQUESTED + ROW, "list_2022q2.csv")
    assert "the headers are those of requests" in refused(tmp_path, REQUESTED + ROW, "list_2022q2.csv")


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("lmia_negative_2022q2.csv", HEADER + ROW),
        ("eimt_négatives_2022t2.csv", HEADER_FR + ROWS_FR),
        ("list_2022q2.csv", HEADER.replace("Approved", "Negative") + ROW),
        ("list_2022q2.csv", "Employers who were issued a negative LMIA,,,,,,,\n" + HEADER + ROW),
        ("list_2022q2.csv", HEADER + ROW + "Notes: employers who received a negative LMIA.,,,,,,,\n"),
        ("liste_2022t2.csv", HEADER_FR.replace("approuvé", "refusé") + ROWS_FR),
    ],
)
def test_a_list_of_refusals_is_never_loaded(tmp_path: Path, name: str, text: str) -> None:
    assert "negative decisions" in refused(tmp_path, text, name)


def test_a_title_that_names_another_quarter_is_a_caution(tmp_path: Path) -> None:
    report, _ = load(tmp_path, '"Positive LMIAs, April to June 2024"\n' + HEADER + ROW)
    assert report.cautions == ("edition-differs",)
    report, _ = load(tmp_path, '"Positive LMIAs, July to September 2024"\n' + HEADER + ROW)
    assert report.cautions == ()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (b"", "the file is empty"),
        (b"\n\n \n", "the file is empty"),
        (ROW.encode() * 40, r"it begins with a row; put the line with the headers above it"),
        (FINDINGS.encode() + b"a,b,c,6,2020-01-01,$5,Eligible\n", "it has those of compliance-list"),
        (b"a sentence\n" * 30 + HEADER.encode() + ROW.encode(), "they are on line 31"),
        (HEADER.replace(",", "^").encode() + b"a^b\n", "every line is one cell"),
        (b"one,two\nthree,four\n", "neither known headers nor rows"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1" + b"\x00" * 600, r"Excel 97 to 2003 \(.xls\); save it as .xlsx"),
        (b"%PDF-1.7\n", "a PDF"),
        (b"\x1f\x8b\x08", "gzip"),
        (b"<!DOCTYPE html><html>", "a web page"),
        (b'{"a": 1}', "JSON"),
    ],
)
def test_each_situation_without_headers_is_told_apart(tmp_path: Path, text: bytes, said: str) -> None:
    with pytest.raises(LoadError, match=said) as failed:
        load(tmp_path, text)
    assert "Larkmere" not in str(failed.value)


def test_an_archive_that_is_no_workbook_is_told(tmp_path: Path) -> None:
    path = tmp_path / "lmia_positive_2024q3.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("list.csv", HEADER + ROW)
    with pytest.raises(LoadError, match=r"not an \.xlsx workbook; unpack it"):
        read_file(path)


def test_headers_may_hold_line_breaks(tmp_path: Path) -> None:
    text = HEADER.replace("Province/Territory", '"Province/\nTerritory"').replace("Approved LMIAs", '"Approved\nLMIAs"')
    report, _ = load(tmp_path, text + ROW.replace("Larkmere Farms Ltd.", '  "Larkmere, Ltd." '))
    assert report.loaded == report.counted == Totals(1, 2, 5)


@pytest.mark.parametrize(
    "header",
    [
        "Province/Territoire,Volet,Employeur,Adresse,Profession sous CNP 2011,Postes Approuvés",
        "PROVINCE / TERRITOIRE,Volet du programme,Nom de l’employeur,Adresse,Professions (CNP 2021),Nombre de postes",
        "Province/Territory (1),Stream,Employer Name,Employer Address,Occupation (NOC),Number of Positions Approved",
        "Province/Territory*,Program,Employer,City/Postal Code,NOC 2021,Positions",
    ],
)
def test_headers_of_other_years(tmp_path: Path, header: str) -> None:
    report, (row,) = load(tmp_path, f"{header}\nManitoba,Low wage,Larkmere,Brandon MB R7A 1A1,8431-Growers,7\n")
    assert (row["province"], row["stream"], row["noc"], row["approved_positions"]) == ("MB", "Low Wage", "8431", 7)
    assert report.notes == ()


def test_a_mapped_file_names_the_columns_outside_of_the_mapping(tmp_path: Path) -> None:
    form = CsvList("docks", "a", {"a": "A", "n": "N"}, types={"n": "decimal"}, locale="fr")
    report, rows = load(tmp_path, "A;Other;N\nx;y;1 234,56\nz;y;1.5\n", "docks.csv", form)
    assert rows == [{"a": "x", "n": "1234.56"}]
    assert report.headers == (("A", "a"), ("Other", None), ("N", "n"))
    assert [(entry.line, entry.reason) for entry in report.named] == [(3, "value-unreadable")]
    with pytest.raises(LoadError, match="no line with the headers of the format csv: here is no 'N'"):
        load(tmp_path, "A,M\nx,1\n", "docks.csv", form)
    with pytest.raises(LoadError, match="two columns 'N'"):
        load(tmp_path, "A,N,N\nx,1,2\n", "docks.csv", form)


def test_a_compliance_header_that_is_not_understood_is_named(tmp_path: Path) -> None:
    text = FINDINGS.replace("Penalty", "Penatly") + "a,b,c,6,2020-01-01,$5,Eligible\n"
    with pytest.raises(LoadError, match=r"'Penatly' is not understood \(near to 'penalty'"):
        load(tmp_path, text, "list_2023-10.csv", ComplianceList())
