"""The real public lists: loaded by the command, served by a live gateway, and asked for by IRCC with signed requests.

Every expectation is counted from the published files with `csv`, without any code of the product.
"""

import csv
import json
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from gateway.client.answers import Disclosure
from gateway.client.errors import ProblemError
from gateway.client.question import Question
from tests.integration.commands import gateway
from tests.live import LiveGateway, deploy

COMPLIANCE = "employers_noncompliant_2023-10.csv"
LISTED = ["entry_id", "quarter", "province", "employer_name", "noc", "noc_version", "approved_lmias"]
PUBLISHED = ["operating_name", "legal_name", "city", "province", "reason_codes", "final_decision_date", "penalty_cad"]

SOURCES = """\
version: 1
sources:
  - record_type: open-lmia
    kind: sql
    database: sqlite:///lists.db
    table: open_lmia
    key: entry_id
    look_ups:
      employer-name: {{columns: [employer_name_key], normalise: name}}
  - record_type: employer-compliance
    kind: file
    path: {compliance}
    format: compliance-list
"""


@dataclass(frozen=True, slots=True)
class Lists:
    """A live gateway over the real lists; `reports` are those of `gateway source load`, by file name."""

    live: LiveGateway
    reports: Mapping[str, Mapping[str, Any]]
    files: Path


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def lists(tmp_path_factory: pytest.TempPathFactory, shared_data: Path) -> Iterator[Lists]:
    folder = tmp_path_factory.mktemp("lists")
    reports = {}
    for form, name in (
        ("lmia-list", "lmia/lmia_positive_2024q1.csv"),
        ("lmia-list", "lmia/lmia_positive_2024q3.csv"),
        ("compliance-list", f"compliance/{COMPLIANCE}"),
    ):
        done = gateway(
            "source", "load", form, shared_data / name, "--database", "sqlite:///lists.db", "--json", folder=folder
        )
        assert (done.code, done.err) == (0, "")
        reports[Path(name).name] = json.loads(done.out)
    (folder / COMPLIANCE).write_bytes((shared_data / "compliance" / COMPLIANCE).read_bytes())
    (folder / "sources.yaml").write_text(SOURCES.format(compliance=COMPLIANCE), "utf-8")
    deployment = deploy(folder / "deployment", workers=60, sources_file=folder / "sources.yaml")
    with deployment.start() as live:
        yield Lists(live, reports, shared_data)


def open_lmias(**filters: str) -> Question:
    return Question(
        "esdc-ircc-tfw", "open-lmia-list", "open-lmia", [*LISTED, "approved_positions"], filter=filters, limit=200
    )


def compliance_of(name: str, scheme: str = "employer-name") -> Question:
    return Question("esdc-ircc-tfw", "compliance-findings", "employer-compliance", PUBLISHED, scheme=scheme, value=name)


def ask(lists: Lists, question: Question) -> Disclosure:
    with lists.live.client("ircc-work-permits") as client:
        return client.disclose(question)


@pytest.mark.parametrize("quarter", ["2024q1", "2024q3"])
def test_the_report_of_a_load_equals_the_file(lists: Lists, quarter: str) -> None:
    name = f"lmia_positive_{quarter}.csv"
    rows = rows_of(lists.files / "lmia" / name)
    totals = {
        "rows": len(rows),
        "lmias": sum(int(row["Approved LMIAs"]) for row in rows),
        "positions": sum(int(row["Approved Positions"]) for row in rows),
    }
    report = lists.reports[name]
    assert report["read"] == report["loaded"] == totals
    assert report["named"] == []


def test_the_compliance_list_loads_completely(lists: Lists) -> None:
    rows = rows_of(lists.files / "compliance" / COMPLIANCE)
    report = lists.reports[COMPLIANCE]
    assert report["read"]["rows"] == report["loaded"]["rows"] == len(rows) == 597
    assert report["named"] == []


@pytest.mark.parametrize(
    ("quarter", "province", "code", "noc", "version"),
    [("2024Q1", "Ontario", "ON", "8431", "2011"), ("2024Q3", "Ontario", "ON", "62020", "2021")],
)
def test_ircc_pages_through_the_open_lmias_of_a_province_and_an_occupation(
    lists: Lists, quarter: str, province: str, code: str, noc: str, version: str
) -> None:
    rows = [
        row
        for row in rows_of(lists.files / "lmia" / f"lmia_positive_{quarter.lower()}.csv")
        if row["Province/Territory"].strip() == province and row["Occupation"].split("-")[0].strip() == noc
    ]
    expected = Counter(
        (" ".join(row["Employer"].split()), int(row["Approved LMIAs"]), int(row["Approved Positions"])) for row in rows
    )
    with lists.live.client("ircc-work-permits") as client:
        pages = list(client.pages(open_lmias(province=code, noc=noc)))
        records = [record for page in pages for record in page.records]
        found = Counter(
            (record["employer_name"], record["approved_lmias"], record["approved_positions"]) for record in records
        )
        assert found == expected
        assert sum(record["approved_positions"] for record in records) == sum(
            int(row["Approved Positions"]) for row in rows
        )
        facts = {(record["province"], record["noc"], record["noc_version"], record["quarter"]) for record in records}
        assert facts == {(code, noc, version, quarter)}
        assert len({record["entry_id"] for record in records}) == len(records)
        assert [len(page.records) for page in pages[:-1]] == [200] * (len(pages) - 1)
        assert len(pages) == -(-len(rows) // 200) > 1
        # Every page is a disclosure of its own, provable by itself.
        assert len({page.entry_index for page in pages}) == len(pages)
        assert client.receipt(pages[-1].entry_index, pages[-1].records).proven


def test_a_cursor_is_good_for_its_own_list_only(lists: Lists) -> None:
    first = ask(lists, open_lmias(province="ON", noc="62020"))
    assert first.next_cursor is not None
    question = open_lmias(province="BC", noc="62020")
    moved = Question(**{**{name: getattr(question, name) for name in question.__slots__}, "cursor": first.next_cursor})
    with pytest.raises(ProblemError) as refused:
        ask(lists, moved)
    assert (refused.value.problem.code, refused.value.problem.element) == ("malformed-list", "list.cursor")


def folded(name: str) -> str:
    return " ".join(name.split()).casefold()


def test_an_employers_published_record_is_found_by_legal_and_operating_name_however_it_is_spelt(lists: Lists) -> None:
    rows = rows_of(lists.files / "compliance" / COMPLIANCE)
    differing = [row for row in rows if folded(row["operating_name"]) != folded(row["legal_name"])][:4]
    assert len(differing) == 4
    for row in differing:
        for name in (row["legal_name"], row["operating_name"]):
            expected = [
                other
                for other in rows
                if folded(name) in (folded(other["legal_name"]), folded(other["operating_name"]))
            ]
            for spelling in (name, name.upper(), f"  {name.lower().replace(' ', '   ')} "):
                answer = ask(lists, compliance_of(spelling))
                assert [
                    (record["legal_name"], record["operating_name"], record["penalty_cad"], record["reason_codes"])
                    for record in answer.records
                ] == [
                    (
                        " ".join(other["legal_name"].split()),
                        " ".join(other["operating_name"].split()),
                        other["penalty_cad"],
                        other["reason_codes"].split(),
                    )
                    for other in expected
                ]


def test_every_row_of_an_employer_with_several_findings_is_answered(lists: Lists) -> None:
    rows = rows_of(lists.files / "compliance" / COMPLIANCE)
    counted = Counter(name for row in rows for name in {folded(row["legal_name"]), folded(row["operating_name"])})
    name, count = counted.most_common(1)[0]
    assert count > 1
    answer = ask(lists, compliance_of(name))
    assert sorted((record["city"], record["final_decision_date"]) for record in answer.records) == sorted(
        (row["city"].strip(), row["final_decision_date"])
        for row in rows
        if name in (folded(row["legal_name"]), folded(row["operating_name"]))
    )


def test_an_employer_that_is_not_on_the_list_is_not_available(lists: Lists) -> None:
    with pytest.raises(ProblemError) as refused:
        ask(lists, compliance_of("Quillwren Invented Orchards Ltd."))
    assert refused.value.problem.code == "not-available"
    assert refused.value.problem.status == 404


def test_the_rows_that_left_are_in_no_log_line(lists: Lists) -> None:
    employer = rows_of(lists.files / "compliance" / COMPLIANCE)[0]["legal_name"]
    assert ask(lists, compliance_of(employer)).records
    assert employer not in lists.live.output()
