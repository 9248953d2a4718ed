"""A record type, a unit, an agreement and a source that the product has never heard of: data files and nothing else.

The files are in `harbour/`; the steps are those of docs/agreements.md "Add a record type".
"""

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from gateway.client.errors import ProblemError
from gateway.client.question import Question
from tests.integration.commands import gateway
from tests.integration.operator import Operated, operate

HARBOUR = Path(__file__).parent / "harbour"
UNIT = "harbour-office-berths"
ROWS = [
    ("DP-001", "Port Invented", "Rosa Marina", 1234, "LIC-778-204", "Perrin Dubois-Inventé", "Anonymous Neighbour"),
    ("DP-002", "Port Invented", "Nord Star", 88, "LIC-778-911", "Ilse Madeup", None),
    ("DP-003", "Elsewhere", "Tern", None, "LIC-100-555", "Ilse Madeup", None),
]
COLUMNS = (
    "number TEXT PRIMARY KEY, harbour TEXT, boat TEXT, tonnage INTEGER, "
    "licence TEXT, skipper_name TEXT, complaint_by TEXT"
)


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> tuple[Operated, Path]:
    """The deployment (not running) and the partner's private key."""
    folder = tmp_path_factory.mktemp("harbour")
    shutil.copytree(HARBOUR, folder / "data")
    with closing(sqlite3.connect(folder / "data" / "docks.db")) as database, database:
        database.execute(f"CREATE TABLE dock_permit ({COLUMNS})")
        database.executemany("INSERT INTO dock_permit VALUES (?, ?, ?, ?, ?, ?, ?)", ROWS)
    operated = operate(
        folder / "gateway",
        {
            "extra_agreements_dir": folder / "data" / "more",
            "sources_file": folder / "data" / "sources.yaml",
            "rulebook": "files",
        },
    )
    return operated, operated.register(UNIT, "harbour")


def ask(value: str, *elements: str) -> Question:
    return Question(
        "esdc-harbour-docks", "berth-planning", "dock-permit", elements, scheme="dock-permit-number", value=value
    )


EVERYTHING = ("permit_number", "boat_name", "tonnage", "licence", "harbour", "skipper_name", "complaint_by")


def test_the_files_have_no_gaps_and_the_source_fits_them(place: tuple[Operated, Path]) -> None:
    data = place[0].folder.parent / "data"
    assert gateway("agreements", "check", "--extra", data / "more").code == 0
    checked = gateway("source", "check", data / "sources.yaml", "--extra", data / "more")
    assert (checked.code, checked.out.splitlines()[0]) == (0, "dock-permit: open")
    without = gateway("source", "check", data / "sources.yaml")
    assert without.code == 1
    assert "sources.yaml:3: record type 'dock-permit' is not in the catalogue" in without.err


def test_a_signed_request_for_the_new_record_type_is_answered_and_nothing_more(place: tuple[Operated, Path]) -> None:
    operated, key = place
    with operated.serving(), operated.client(key) as client:
        answer = client.disclose(ask("DP-001", *EVERYTHING))
        assert answer.records == [
            {"permit_number": "DP-001", "boat_name": "Rosa Marina", "tonnage": "1200..1300", "licence": "***-***-204"}
        ]
        assert answer.forms == {
            "permit_number": "plain",
            "boat_name": "plain",
            "tonnage": "generalize:band-100",
            "licence": "mask:3",
        }
        assert {item["element"]: item["reason"] for item in answer.withheld} == {
            "harbour": "element-not-in-clause",
            "skipper_name": "element-not-in-clause",
            "complaint_by": "element-third-party",
        }
        assert all(item["title"]["en"] and item["title"]["fr"] for item in answer.withheld)
        assert answer.decision["clauses"] == ["berth-planning-1"]
        assert answer.decision["authorities"] == {"discloser": ["DESDA-30", "PA-3-PI"], "recipient": ["PA-4", "PA-5"]}
        assert {item["code"] for item in answer.obligations} >= {"as-of-label", "purpose-only"}
        assert client.receipt(answer.entry_index, answer.records).proven

        listed = Question(
            "esdc-harbour-docks", "berth-planning", "dock-permit", ["boat_name"], filter={"harbour": "Port Invented"}
        )
        assert [record["boat_name"] for record in client.disclose(listed).records] == ["Rosa Marina", "Nord Star"]

        offered = client.agreements()["agreements"]
        assert [(item["id"], item["schedules"][0]["clauses"][0]["record_type"]) for item in offered] == [
            ("esdc-harbour-docks", "dock-permit")
        ]
        with pytest.raises(ProblemError) as absent:
            client.disclose(ask("DP-404", "boat_name"))
        assert absent.value.problem.code == "not-available"
        # The identifier's scheme is declared in the same folder: another spelling is found, another shape refused.
        assert client.disclose(ask(" dp-001", "boat_name")).records == [{"boat_name": "Rosa Marina"}]
        with pytest.raises(ProblemError) as malformed:
            client.disclose(ask("DP-1", "boat_name"))
        assert malformed.value.problem.code == "malformed-identifier"


def test_without_the_clause_the_same_request_is_denied(place: tuple[Operated, Path]) -> None:
    """The clause is severed from the agreement (it now is about another record type); all else stays."""
    operated, key = place
    file = operated.folder.parent / "data" / "more" / "isa" / "esdc-harbour-docks.yaml"
    text = file.read_text("utf-8")
    clause, end = text.index("        elements:\n"), text.index("        retention: {min_days")
    other = "{name: entry_id, form: {kind: plain}, necessity: {en: To plan, fr: Pour planifier}}"
    severed = f"{text[:clause]}        elements:\n          - {other}\n{text[end:]}"
    for old, new in (
        ("record_type: dock-permit", "record_type: open-lmia"),
        ("ESDC-DOCK-PERMITS", "ESDC-TFWP-EMPLOYERS"),
    ):
        assert old in severed
        severed = severed.replace(old, new)
    file.write_text(severed, "utf-8")
    try:
        with operated.serving(), operated.client(key) as client, pytest.raises(ProblemError) as denied:
            client.disclose(ask("DP-001", "boat_name"))
    finally:
        file.write_text(text, "utf-8")
    assert (denied.value.problem.code, denied.value.problem.status) == ("denied", 403)
    assert "no-clause" in {reason["code"] for reason in denied.value.problem.reasons}
