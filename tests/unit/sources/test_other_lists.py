"""The compliance list and mapped CSV files."""

import json
from pathlib import Path

import pytest

from gateway.adapters.sources.errors import LoadError
from gateway.adapters.sources.load.compliance_list import ComplianceList
from gateway.adapters.sources.load.csv_list import CsvList
from gateway.adapters.sources.load.formats import ListFormat, Row
from gateway.adapters.sources.load.known import format_named
from gateway.adapters.sources.load.loader import read_list
from gateway.adapters.sources.load.report import LoadReport
from gateway.adapters.sources.load.text import read_file

HEADER = "operating_name,legal_name,city,province,reason_codes,final_decision_date,penalty_cad,ban,status\n"
ROW = "Wren  Café,Wrenholt Foods Ltd.,London,ON,6 15,2024-02-03,3000,Two-year ban,Eligible\n"


def read(form: ListFormat, folder: Path, text: str, name: str = "list_2024-03.csv") -> tuple[LoadReport, list[Row]]:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    report, rows = read_list(form, read_file(path), form.edition(name, None))
    report.check()
    return report, rows


def test_a_finding_becomes_elements(tmp_path: Path) -> None:
    report, (row,) = read(ComplianceList(), tmp_path, HEADER + ROW)
    assert row.values == {
        "entry_id": "2024-03-00002",
        "operating_name": "Wren Café",
        "legal_name": "Wrenholt Foods Ltd.",
        "operating_name_key": "wren café",
        "legal_name_key": "wrenholt foods ltd.",
        "city": "London",
        "province": "ON",
        "reason_codes": '["6", "15"]',
        "final_decision_date": "2024-02-03",
        "penalty_cad": "3000",
        "ban": "Two-year ban",
        "eligibility_status": "Eligible",
        "finding_status": "final",
    }
    assert report.edition == "2024-03"


def test_empty_cells_are_nothing_and_not_empty_text(tmp_path: Path) -> None:
    _, (row,) = read(ComplianceList(), tmp_path, HEADER + "Wren Café,,,,,2024-2-3,,,\n")
    assert row.values is not None
    empty = ("legal_name", "legal_name_key", "city", "province", "penalty_cad", "ban", "eligibility_status")
    assert [row.values[name] for name in empty] == [None] * 7
    assert row.values["reason_codes"] == "[]"
    assert row.notes == ("date-padded", "reasons-missing")
    assert row.values["final_decision_date"] == "2024-02-03"


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ("Wren  Café,Wrenholt Foods Ltd.", ",", "employer-missing"),
        ("Eligible", "Eligible,extra", "too-many-cells"),
    ],
)
def test_a_finding_that_is_none_is_named(tmp_path: Path, old: str, new: str, reason: str) -> None:
    report, rows = read(ComplianceList(), tmp_path, HEADER + ROW + ROW.replace(old, new))
    assert [(entry.line, entry.reason) for entry in report.named] == [(3, reason)]
    assert len(rows) == 1


@pytest.mark.parametrize(
    ("old", "new", "element", "value", "note"),
    [
        ("2024-02-03", "soon", "final_decision_date", None, "date-unreadable"),
        ("2024-02-03", "", "final_decision_date", None, "date-missing"),
        ("2024-02-03", "03/02/2024", "final_decision_date", None, "date-unreadable"),
        ("3000", "a lot", "penalty_cad", None, "penalty-unreadable"),
        ("3000", "-5", "penalty_cad", None, "penalty-unreadable"),
        ("6 15", "six", "reason_codes", "[]", "reasons-unreadable"),
        ("6 15", "6 and six", "reason_codes", '["6"]', "reasons-unreadable"),
        ("6 15", "Footnote *", "reason_codes", "[]", "reasons-footnote"),
        ("ON", "Atlantis", "province", None, "province-unreadable"),
        ("Two-year ban", "banned a while", "ban", "banned a while", "ban-unfamiliar"),
    ],
)
def test_a_detail_that_cannot_be_read_is_noted_and_the_finding_loads(
    tmp_path: Path, old: str, new: str, element: str, value: str | None, note: str
) -> None:
    report, rows = read(ComplianceList(), tmp_path, HEADER + ROW + ROW.replace(old, new))
    assert report.named == ()
    assert [(entry.line, entry.reason) for entry in report.notes] == [(3, note)]
    assert rows[1].values is not None
    assert rows[1].values[element] == value
    assert rows[1].values["legal_name"] == "Wrenholt Foods Ltd."


PUBLISHED = "Business operating name,Business legal name,Address,Reason(s),Date of final decision,Penalty,Status\n"
PUBLISHED_FR = (
    "Nom commercial de l’entreprise;Dénomination sociale de l’entreprise;Adresse;Raison(s);Date de la décision finale;"
    "Pénalité;Statut\n"
)


def test_a_finding_in_the_columns_that_are_published(tmp_path: Path) -> None:
    text = (
        PUBLISHED
        + 'Wren Café,Wrenholt Foods Ltd.,"12 Invented Road\nUnit 4\nSt. John\'s, Newfoundland and Labrador",'
        + '6 and 9,2022-12-6,"$129,000 and a 1-year ban","Ineligible until March\u00a04, 2025"\n'
    )
    _, (row,) = read(ComplianceList(), tmp_path, text)
    assert row.values is not None
    assert (row.values["city"], row.values["province"]) == ("St. John's", "NL")
    assert (row.values["penalty_cad"], row.values["ban"]) == ("129000", "1-year ban")
    assert (row.values["reason_codes"], row.values["final_decision_date"]) == ('["6", "9"]', "2022-12-06")
    assert row.values["eligibility_status"] == "Ineligible until March 4, 2025"
    assert row.notes == ("date-padded",)


def test_the_french_edition_tells_the_same(tmp_path: Path) -> None:
    english = PUBLISHED + (
        'Wren,Wrenholt,"12 Invented Road\nQuébec, Quebec","6, 9","September 26, 2023","$129,000 and a 1-year ban",'
        "Ineligible - unpaid monetary penalty\n"
        'Wren,Wrenholt,"12 Invented Road\nMoncton, New Brunswick",6,2023-09-26,Permanent ban,"Ineligible until '
        'September 26, 2024"\n'
    )
    french = PUBLISHED_FR + (
        'Wren;Wrenholt;"12, chemin Inventé\nQuébec (Québec)";6 et 9;26 septembre 2023;'
        "129\u202f000 $ et une interdiction de 1 an;Inadmissible – sanction pécuniaire impayée\n"
        'Wren;Wrenholt;"12, chemin Inventé\nMoncton, N.-B.";6;2023-09-26;Interdiction permanente;'
        "Inadmissible jusqu’au 26 septembre 2024\n"
    )
    _, told = read(ComplianceList(), tmp_path, english)
    report, dit = read(ComplianceList(), tmp_path, french, "liste_2024-03.csv")
    assert report.named == ()
    for one, other in zip(told, dit, strict=True):
        assert one.values is not None
        assert other.values is not None
        assert {k: v for k, v in one.values.items() if k not in ("entry_id", "ban")} == {
            k: v for k, v in other.values.items() if k not in ("entry_id", "ban")
        }
    assert [str(row.values["ban"]).casefold() for row in (*told, *dit) if row.values] == [
        "1-year ban",
        "permanent ban",
    ] * 2


def test_a_day_that_never_was_leaves_the_finding_findable(tmp_path: Path) -> None:
    report, (row,) = read(ComplianceList(), tmp_path, HEADER + ROW.replace("2024-02-03", "2019-02-29"))
    assert row.values is not None
    assert row.values["final_decision_date"] is None
    assert [(entry.line, entry.reason) for entry in report.notes] == [(2, "date-impossible")]


def test_amounts_in_every_spelling(tmp_path: Path) -> None:
    text = HEADER + "".join(ROW.replace("3000", cell) for cell in ('"$12,500"', "750.50", '"1,000.00"'))
    _, rows = read(ComplianceList(), tmp_path, text)
    assert [row.values["penalty_cad"] for row in rows if row.values] == ["12500", "750.50", "1000.00"]


def test_a_mapped_csv_is_read_by_type(tmp_path: Path) -> None:
    form = CsvList(
        "dock_permit",
        "permit_id",
        {"permit_id": "No.", "seats": "Seats", "open": "Open?", "tags": "Tags"},
        types={"seats": "integer", "open": "boolean", "tags": "string-list"},
        indexed=("seats",),
    )
    text = (
        "Permits,,,,\nNo.,Seats,Comment,Open?,Tags\nP-1,4,x,Yes,a; b\nP-2,,,no,\nP-1,5,,no,\n,1,,no,\nP-3,four,,no,\n"
        "P-4,1,,maybe,\n"
    )
    report, rows = read(form, tmp_path, text, "permits.csv")
    assert [dict(row.values) for row in rows if row.values] == [
        {"permit_id": "P-1", "seats": 4, "open": True, "tags": json.dumps(["a", "b"])},
        {"permit_id": "P-2", "seats": None, "open": False, "tags": None},
    ]
    assert [(entry.line, entry.reason) for entry in report.named] == [
        (1, "before-header"),
        (5, "key-twice"),
        (6, "key-missing"),
        (7, "value-unreadable"),
        (8, "value-unreadable"),
    ]


def test_a_mapping_that_could_be_sql_is_refused() -> None:
    for table, key, columns in (
        ("t; DROP TABLE x", "a", {"a": "A"}),
        ("t", "a b", {"a b": "A"}),
        ("t", "b", {"a": "A"}),
    ):
        with pytest.raises(LoadError):
            CsvList(table, key, columns)
    with pytest.raises(LoadError, match="known are compliance-list, lmia-list and csv"):
        format_named("xml")
