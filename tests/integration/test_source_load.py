"""The real public lists load completely, on SQLite and PostgreSQL, and answer what a partner asks."""

import asyncio
import csv
import json
import sqlite3
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.engine import make_url
from typer.testing import CliRunner

from gateway.adapters.rulebook import load as agreements
from gateway.adapters.sources.load.known import format_named
from gateway.adapters.sources.load.loader import load_file
from gateway.adapters.sources.load.report import LoadReport, Totals
from gateway.adapters.sources.registry import open_sources
from gateway.cli.sample import app as sample_app
from gateway.cli.source import app
from gateway.domain.target import ListQuery, SubjectIdentifier
from gateway.service.ports import Source

QUARTERS = {
    "2024q1": (Totals(25_579, 29_517, 68_148), "2011", 6),
    "2024q3": (Totals(20_590, 24_173, 49_121), "2021", 0),
}
COMPLIANCE = "employers_noncompliant_2023-10.csv"

SOURCES = """\
sources:
  - {record_type: open-lmia, kind: sql, database: "URL", table: open_lmia, key: entry_id,
     look_ups: {employer-name: {columns: [employer_name_key], normalise: name}}}
  - {record_type: employer-compliance, kind: sql, database: "URL", table: employer_compliance, key: entry_id,
     look_ups: {employer-name: {columns: [operating_name_key, legal_name_key], normalise: name}}}
"""


def load(shared_data: Path, quarter: str, url: str) -> LoadReport:
    return load_file(format_named("lmia-list"), shared_data / "lmia" / f"lmia_positive_{quarter}.csv", make_url(url))


def sums(url: str, where: str = "true") -> tuple[int, ...]:
    engine = create_engine(url)
    with engine.connect() as connection:
        row = connection.execute(
            text(f"SELECT count(*), sum(approved_lmias), sum(approved_positions) FROM open_lmia WHERE {where}")
        ).one()
    engine.dispose()
    return tuple(int(value or 0) for value in row)


@pytest.mark.parametrize("quarter", QUARTERS)
def test_a_real_quarter_loads_completely(tmp_path: Path, shared_data: Path, quarter: str) -> None:
    expected, version, without_occupation = QUARTERS[quarter]
    with (shared_data / "lmia" / f"lmia_positive_{quarter}.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    counted = Totals(
        len(rows), sum(int(row["Approved LMIAs"]) for row in rows), sum(int(row["Approved Positions"]) for row in rows)
    )
    assert counted == expected
    url = f"sqlite:///{tmp_path / 'lists.db'}"
    report = load(shared_data, quarter, url)
    assert (report.totals, report.loaded, report.rejected) == (expected, expected, Totals())
    assert (report.encoding, report.noc_version, report.named) == ("utf-8", version, ())
    missing = [note.line for note in report.notes if note.reason == "occupation-missing"]
    assert missing == [line for line, row in enumerate(rows, 2) if not row["Occupation"].strip()]
    assert len(missing) == without_occupation
    assert sums(url) == (expected.rows, expected.lmias, expected.positions)
    assert sums(url, "noc IS NULL")[0] == without_occupation


def test_two_quarters_stay_apart_and_loading_one_again_replaces_it_alone(tmp_path: Path, shared_data: Path) -> None:
    url = f"sqlite:///{tmp_path / 'lists.db'}"
    for quarter in QUARTERS:
        assert load(shared_data, quarter, url).replaced == 0
    again = load(shared_data, "2024q1", url)
    assert again.replaced == 25_579
    for quarter, (expected, _, _) in QUARTERS.items():
        assert sums(url, f"quarter = '{quarter.upper()}'") == (expected.rows, expected.lmias, expected.positions)


def test_the_real_compliance_list_loads_completely(tmp_path: Path, shared_data: Path) -> None:
    path = shared_data / "compliance" / COMPLIANCE
    report = load_file(format_named("compliance-list"), path, make_url(f"sqlite:///{tmp_path / 'lists.db'}"))
    assert (report.totals.rows, report.loaded.rows, report.named) == (597, 597, ())
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    with sqlite3.connect(tmp_path / "lists.db") as database:
        found = database.execute(
            "SELECT operating_name, legal_name, city, province, penalty_cad, ban FROM employer_compliance ORDER BY 1, 2"
        ).fetchall()
    database.close()
    names = ("operating_name", "legal_name", "city", "province", "penalty_cad", "ban")
    assert sorted(map(str, found)) == sorted(
        str(tuple(" ".join(row[name].split()) or None for name in names)) for row in rows
    )


async def all_pages(source: Source, wanted: dict[str, str]) -> list[tuple[str, int]]:
    seen: list[tuple[str, int]] = []
    cursor = None
    while True:
        page = await source.page(ListQuery(wanted, 50, cursor), ["employer_name", "approved_positions"])
        seen += [(r.reference, int(str(r.values["approved_positions"]))) for r in page.records]
        if page.next_cursor is None:
            assert await source.count(wanted) == len(seen)
            return seen
        cursor = page.next_cursor


def test_a_partner_pages_through_a_province_and_occupation_and_checks_an_employer(
    tmp_path: Path, shared_data: Path, postgres_url: str
) -> None:
    for number, url in enumerate((f"sqlite:///{tmp_path / 'lists.db'}", postgres_url)):
        load(shared_data, "2024q3", url)
        load_file(format_named("compliance-list"), shared_data / "compliance" / COMPLIANCE, make_url(url))
        declared = tmp_path / f"{number}.yaml"
        declared.write_text(SOURCES.replace("URL", url))
        registry = open_sources(declared, agreements.load().catalogue, b"k")
        listed, findings = registry.find("open-lmia"), registry.find("employer-compliance")
        assert listed is not None
        assert findings is not None
        seen = asyncio.run(all_pages(listed, {"province": "ON", "noc": "85101"}))
        with (shared_data / "lmia" / "lmia_positive_2024q3.csv").open(encoding="utf-8", newline="") as file:
            expected = [
                (f"2024Q3-{line:06d}", int(row["Approved Positions"]))
                for line, row in enumerate(csv.DictReader(file), 2)
                if row["Province/Territory"].strip() == "Ontario" and row["Occupation"].startswith("85101")
            ]
        assert seen == expected
        assert len(seen) > 100
        for spelling in ("2110120 ontario inc.", "CARGO  COUNTY GROUP"):
            (finding,) = asyncio.run(
                findings.fetch(
                    SubjectIdentifier("employer-name", spelling),
                    ["penalty_cad", "reason_codes", "finding_status", "ban"],
                )
            )
            assert finding.values == {
                "penalty_cad": "6000",
                "reason_codes": ["9"],
                "finding_status": "final",
                "ban": None,
            }
        registry.close()


def test_the_command_reports_as_text_and_json(tmp_path: Path, shared_data: Path) -> None:
    file = str(shared_data / "lmia" / "lmia_positive_2024q3.csv")
    url = f"sqlite:///{tmp_path / 'lists.db'}"
    done = CliRunner().invoke(app, ["load", "lmia-list", file, "--database", url])
    assert done.exit_code == 0
    assert "read        20,590 rows    24,173 LMIAs    49,121 positions" in done.stdout
    done = CliRunner().invoke(app, ["load", "lmia-list", file, "--database", url, "--json"])
    report = json.loads(done.stdout)
    assert report["read"] == report["loaded"] == {"rows": 20_590, "lmias": 24_173, "positions": 49_121}
    assert (report["replaced_rows"], report["named"], report["edition"]) == (20_590, [], "2024Q3")


def test_a_mapped_csv_and_a_world_by_command(tmp_path: Path) -> None:
    (tmp_path / "docks.csv").write_text("No.,Seats\nP-1,4\nP-2,x\n")
    (tmp_path / "docks.yaml").write_text(
        "table: docks\nkey: permit_id\ncolumns: {permit_id: No., seats: Seats}\ntypes: {seats: integer}\n"
    )
    url = f"sqlite:///{tmp_path / 'docks.db'}"
    done = CliRunner().invoke(
        app, ["load", "csv", str(tmp_path / "docks.csv"), "--mapping", str(tmp_path / "docks.yaml"), "--database", url]
    )
    assert done.exit_code == 0
    assert "1 × a value does not have the type of its element [value-unreadable]: line 3" in done.stdout
    done = CliRunner().invoke(sample_app, ["--out", str(tmp_path / "world"), "--workers", "60", "--seed", "2"])
    assert done.exit_code == 0
    assert "60 gcms-worker" in done.stdout
    done = CliRunner().invoke(app, ["check", str(tmp_path / "world" / "sources.yaml")])
    assert done.exit_code == 0
    assert "protection-case: open" in done.stdout
