"""Every published list there is: all rows loaded or named, sums equal to a count that shares nothing with the product.

The count here knows the files' encodings, and reads lines and XML with plain regular expressions.
"""

import asyncio
import re
import sqlite3
import zipfile
from collections import Counter
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.engine import make_url

from gateway.adapters.rulebook import load as agreements
from gateway.adapters.sources.load.known import format_named
from gateway.adapters.sources.load.loader import load_file
from gateway.adapters.sources.load.report import LoadReport, Totals
from gateway.adapters.sources.registry import open_sources
from gateway.domain.target import SubjectIdentifier

ENCODINGS = {
    "lmia_positive_2017q1q2.csv": "cp1252",
    "lmia_positive_2017q4_cp850.csv": "cp850",
    "lmia_positive_2018q4.csv": "cp1252",
    "lmia_positive_2019q4.csv": "cp1252",
    "lmia_positive_2019q4_fr.csv": "cp1252",
    "lmia_positive_2022q2_requested_headers.csv": "utf-8",
    "lmia_positive_2023q1.csv": "utf-8",
    "lmia_positive_2023q1_fr.csv": "utf-8",
    "lmia_positive_2024q1.csv": "utf-8",
    "lmia_positive_2024q3.csv": "utf-8",
}
WORKBOOK = "lmia_positive_2024q1.xlsx"
FINDINGS = "as_published_2023-10.csv"
EDITIONS = {"lmia_positive_2017q1q2.csv": "2017Q1-Q2"}


@dataclass(frozen=True, slots=True)
class Loaded:
    """A list after loading: its report and the database it is in."""

    report: LoadReport
    database: Path

    def rows(self, query: str) -> list[Any]:
        connection = sqlite3.connect(self.database)
        found = connection.execute(query).fetchall()
        connection.close()
        return found


class Lists:
    """Loads each list once."""

    def __init__(self, data: Path, folder: Path) -> None:
        self.data = data
        self._folder = folder
        self._done: dict[str, Loaded] = {}

    def load(self, name: str) -> Loaded:
        if name not in self._done:
            part, form = ("compliance", "compliance-list") if name == FINDINGS else ("lmia", "lmia-list")
            database = self._folder / f"{name}.db"
            report = load_file(format_named(form), self.data / part / name, make_url(f"sqlite:///{database}"))
            self._done[name] = Loaded(report, database)
        return self._done[name]


@pytest.fixture(scope="session")
def lists(shared_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Lists:
    return Lists(shared_data, tmp_path_factory.mktemp("published"))


def counted(path: Path, encoding: str) -> Totals:
    """Lines that end in numbers: one is positions, two are LMIAs and positions."""
    lines = re.split(r"[\r\n]+", path.read_bytes().decode(encoding))
    pairs = "LMIAs" in lines[0] or "EIMT" in lines[0]
    ending = re.compile(r',"?(\d+)"?,"?(\d+)"?$' if pairs else r',"?()(\d+)"?$')
    found = [match for line in lines[1:] if (match := ending.search(line)) is not None]
    return Totals(len(found), sum(int(match[1] or 0) for match in found), sum(int(match[2]) for match in found))


@pytest.mark.parametrize("name", ENCODINGS)
def test_a_list_loads_to_the_last_row_and_position(lists: Lists, name: str) -> None:
    report = lists.load(name).report
    path = lists.data / "lmia" / name
    assert report.loaded == counted(path, ENCODINGS[name])
    assert report.encoding == ENCODINGS[name]
    assert {entry.reason for entry in report.named} <= {"sentence"}
    quarter = name[len("lmia_positive_") :][:6].upper()
    assert report.edition == EDITIONS.get(name, quarter)
    ((rows, lmias, positions),) = lists.load(name).rows(
        "SELECT count(*), coalesce(sum(approved_lmias), 0), sum(approved_positions) FROM open_lmia"
    )
    assert Totals(rows, lmias, positions) == report.loaded


def test_every_list_that_there_is_is_tried(lists: Lists) -> None:
    there = {path.name for path in (lists.data / "lmia").iterdir() if path.suffix in (".csv", ".xlsx")}
    assert there == {*ENCODINGS, WORKBOOK}


@pytest.mark.parametrize("quarter", ["2019q4", "2023q1"])
def test_the_french_edition_gives_the_same_rows_as_the_english(lists: Lists, quarter: str) -> None:
    values = (
        "SELECT province, stream, employer_name, postal_code, noc, incorporate_status, approved_lmias,"
        " approved_positions FROM open_lmia"
    )
    english, french = (lists.load(f"lmia_positive_{quarter}{lang}.csv") for lang in ("", "_fr"))
    assert english.report.loaded == french.report.loaded
    # The editions sort their rows by words of their own language.
    one, other = Counter(english.rows(values)), Counter(french.rows(values))
    assert (one - other, other - one) == (Counter(), Counter())


def test_accents_of_an_old_encoding_are_letters(lists: Lists) -> None:
    loaded = lists.load("lmia_positive_2017q4_cp850.csv")
    text = "".join(f"{name}{address}" for name, address in loaded.rows("SELECT employer_name, address FROM open_lmia"))
    assert Counter(text)["é"] > 400
    assert not set(text) & set("‚ŠƒÚÞÛ¼")


def test_a_workbook_loads_to_the_last_position(lists: Lists) -> None:
    report = lists.load(WORKBOOK).report
    with zipfile.ZipFile(lists.data / "lmia" / WORKBOOK) as archive:
        markup = archive.read("xl/worksheets/sheet1.xml").decode()
    lmias, positions = (
        [int(value) for value in re.findall(rf'<c r="{column}\d+"(?: s="\d+")?><v>(\d+)</v>', markup)]
        for column in "GH"
    )
    assert report.loaded == Totals(len(positions), sum(lmias), sum(positions))
    assert {entry.reason for entry in report.named} == {"before-header", "sentence"}
    assert report.cautions == ("edition-differs",)


def test_headers_of_requests_are_loaded_with_a_caution(lists: Lists) -> None:
    assert lists.load("lmia_positive_2022q2_requested_headers.csv").report.cautions == ("headers-of-requests",)


def test_a_misspelt_header_costs_no_column(lists: Lists) -> None:
    assert lists.load("lmia_positive_2018q4.csv").rows("SELECT count(*) FROM open_lmia WHERE noc IS NULL") == [(0,)]


def test_the_fault_list_as_published_loads_with_every_ban_and_amount(lists: Lists) -> None:
    loaded = lists.load(FINDINGS)
    text = (lists.data / "compliance" / FINDINGS).read_text("utf-8-sig")
    dates = len(re.findall(r',"?\d{4}-\d{1,2}-\d{1,2}"?,', text))
    bans = len(re.findall(r"\bban\b", text))
    dollars = [Decimal(amount.replace(",", "")) for amount in re.findall(r"\$([\d,]+(?:\.\d\d)?)", text)]
    assert (dates, bans, len(dollars)) == (766, 87, 709)
    assert (loaded.report.totals.rows, loaded.report.loaded.rows, loaded.report.named) == (766, 766, ())
    rows = loaded.rows("SELECT ban, penalty_cad FROM employer_compliance")
    assert sum(1 for ban, _ in rows if ban is not None) == bans
    assert all("ban" in ban for ban, _ in rows if ban)
    amounts = [Decimal(amount) for _, amount in rows if amount is not None]
    assert (len(amounts), sum(amounts)) == (len(dollars), sum(dollars))
    cities = len(re.findall(r'^(?!\d)[^",\n]+, [A-Z][A-Za-z ]+",', text, re.MULTILINE))
    told = loaded.rows("SELECT count(city), count(province) FROM employer_compliance")[0]
    assert told[0] >= cities - 2
    assert told[1] >= told[0]
    assert {note.reason for note in loaded.report.notes} <= {
        "city-unreadable",
        "province-unreadable",
        "reasons-footnote",
        "date-padded",
        "date-impossible",
    }


def test_an_employer_with_a_ban_is_found_by_name(lists: Lists, tmp_path: Path) -> None:
    loaded = lists.load(FINDINGS)
    (tmp_path / "sources.yaml").write_text(
        "sources:\n  - {record_type: employer-compliance, kind: sql, table: employer_compliance, key: entry_id,\n"
        f'     database: "sqlite:///{loaded.database}",\n'
        "     look_ups: {employer-name: {columns: [operating_name_key, legal_name_key], normalise: name}}}\n"
    )
    registry = open_sources(tmp_path / "sources.yaml", agreements.load().catalogue, b"k")
    source = registry.find("employer-compliance")
    assert source is not None
    banned = loaded.rows("SELECT legal_name, ban FROM employer_compliance WHERE ban IS NOT NULL")
    for name, ban in banned:
        found = asyncio.run(source.fetch(SubjectIdentifier("employer-name", name), ["ban", "finding_status"]))
        assert (ban, "final") in [(record.values["ban"], record.values["finding_status"]) for record in found]
    registry.close()
