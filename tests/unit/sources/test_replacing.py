"""An older list, or one that loses much, replaces another only when asked to; the report names what went."""

import sqlite3
from pathlib import Path

import pytest
from sqlalchemy.engine import make_url
from typer.testing import CliRunner

from gateway.adapters.sources.errors import LoadError
from gateway.adapters.sources.load.compliance_list import ComplianceList
from gateway.adapters.sources.load.csv_list import CsvList
from gateway.adapters.sources.load.formats import ListFormat
from gateway.adapters.sources.load.lmia_list import LmiaList
from gateway.adapters.sources.load.loader import load_file
from gateway.adapters.sources.load.report import LoadReport
from gateway.cli.source import app
from tests.unit.sources.test_lmia_list import HEADER, ROW

FINDINGS = "operating_name,legal_name,city,province,reason_codes,final_decision_date,penalty_cad,ban,status\n"
FINDING = "Wren,Wrenholt Foods Ltd.,London,ON,6 15,2024-02-03,3000,Two-year ban,Eligible\n"


def load(folder: Path, form: ListFormat, name: str, text: str, **options: bool) -> LoadReport:
    (folder / name).write_text(text)
    return load_file(form, folder / name, make_url(f"sqlite:///{folder / 'lists.db'}"), **options)  # type: ignore[arg-type]


def editions(folder: Path) -> list[tuple[str, int]]:
    with sqlite3.connect(folder / "lists.db") as database:
        found = database.execute("SELECT quarter, count(*) FROM open_lmia GROUP BY 1 ORDER BY 1").fetchall()
        loads = database.execute("SELECT edition, row_count FROM source_load ORDER BY 1").fetchall()
    database.close()
    assert found == loads
    return found


def test_a_quarter_that_shrinks_by_more_than_a_tenth_needs_to_be_asked_for(tmp_path: Path) -> None:
    load(tmp_path, LmiaList(), "a_2024q3.csv", HEADER + ROW * 100)
    again = load(tmp_path, LmiaList(), "b_2024q3.csv", HEADER + ROW * 90)
    assert [(old.edition, old.rows) for old in again.replaces] == [("2024Q3", 100)]
    assert "Replaced 100 rows of 2024Q3 (SHA-256 " in again.as_text()
    assert "100 rangées de 2024Q3 (SHA-256 " in again.as_text("fr")
    with pytest.raises(LoadError, match=r"would replace 2024Q3: it has 80 rows, what stands has 90\..*--replace"):
        load(tmp_path, LmiaList(), "c_2024q3.csv", HEADER + ROW * 80)
    assert editions(tmp_path) == [("2024Q3", 90)]
    load(tmp_path, LmiaList(), "c_2024q3.csv", HEADER + ROW * 80, replace_standing=True)
    assert editions(tmp_path) == [("2024Q3", 80)]


def test_positions_count_as_rows_do(tmp_path: Path) -> None:
    load(tmp_path, LmiaList(), "a_2024q3.csv", HEADER + ROW * 10)
    with pytest.raises(LoadError, match="it has 10 positions, what stands has 50"):
        load(tmp_path, LmiaList(), "b_2024q3.csv", HEADER + ROW.replace(",2,5", ",2,1") * 10)


def test_editions_of_the_same_quarters_do_not_stand_beside_each_other(tmp_path: Path) -> None:
    load(tmp_path, LmiaList(), "a_2017q1q2.csv", HEADER + ROW * 4)
    load(tmp_path, LmiaList(), "a_2017q3.csv", HEADER + ROW * 2)
    assert editions(tmp_path) == [("2017Q1-Q2", 4), ("2017Q3", 2)]
    with pytest.raises(LoadError, match="2017Q1 would replace 2017Q1-Q2: 2017Q1-Q2 is another edition of the same"):
        load(tmp_path, LmiaList(), "a_2017q1.csv", HEADER + ROW * 4)
    report = load(tmp_path, LmiaList(), "a_2017q1.csv", HEADER + ROW * 4, replace_standing=True)
    assert [(old.edition, old.rows) for old in report.replaces] == [("2017Q1-Q2", 4)]
    assert editions(tmp_path) == [("2017Q1", 4), ("2017Q3", 2)]


@pytest.mark.parametrize(
    ("form", "names", "text"),
    [
        (ComplianceList(), ("list_2023-10.csv", "list_2023-09.csv"), FINDINGS + FINDING * 3),
        (CsvList("docks", "a", {"a": "A", "n": "N"}), ("docks_b.csv", "docks_a.csv"), "A,N\nx,1\ny,2\n"),
    ],
)
def test_an_older_whole_list_needs_to_be_asked_for(
    tmp_path: Path, form: ListFormat, names: tuple[str, str], text: str
) -> None:
    url = make_url(f"sqlite:///{tmp_path / 'lists.db'}")
    for name in names:
        (tmp_path / name).write_text(text)
    newer, older = ("2023-10", "2023-09")
    load_file(form, tmp_path / names[0], url, edition=newer)
    assert load_file(form, tmp_path / names[0], url, edition="2023-11").replaces[0].edition == newer
    with pytest.raises(LoadError, match=f"{older} would replace 2023-11: 2023-11 is newer"):
        load_file(form, tmp_path / names[1], url, edition=older)
    assert load_file(form, tmp_path / names[1], url, edition=older, replace_standing=True).replaces


def test_the_command_asks_and_replaces(tmp_path: Path) -> None:
    database = f"sqlite:///{tmp_path / 'lists.db'}"
    load(tmp_path, LmiaList(), "a_2024q3.csv", HEADER + ROW * 100)
    (tmp_path / "b_2024q3.csv").write_text(HEADER + ROW)
    command = ["load", "lmia-list", str(tmp_path / "b_2024q3.csv"), "--database", database]
    refused = CliRunner().invoke(app, command)
    assert isinstance(refused.exception, LoadError)
    done = CliRunner().invoke(app, [*command, "--replace", "--lang", "fr"])
    assert done.exit_code == 0
    assert "chargées" in done.stdout
    assert "100 rangées de 2024Q3" in done.stdout
