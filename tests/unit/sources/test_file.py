"""A file source: loaded at start, read like any table; adding a record type needs data files only."""

import asyncio
from pathlib import Path

import pytest

from gateway.adapters.sources.errors import SourceDeclarationError
from gateway.adapters.sources.registry import open_sources
from gateway.domain.record import SourceRecord
from gateway.domain.target import SubjectIdentifier
from tests.unit.sources import permits

CSV = "No.,Company,Seats,Fee,Open?,Tags\nP-1,Larkmere Farms,4,12.50,yes,a; b\nP-2,Wrenholt,x,,no,\nP-3,Wrenholt,,,no,\n"
DECLARATION = """\
sources:
  - record_type: dock-permit
    kind: file
    path: docks.csv
    format: csv
    key: permit_id
    columns: {permit_id: No., company: Company, seats: Seats, fee: Fee, open: "Open?", tags: Tags}
"""


def fetch(folder: Path, value: str) -> tuple[SourceRecord, ...]:
    registry = open_sources(folder / "sources.yaml", permits.CATALOGUE)
    source = registry.find("dock-permit")
    assert source is not None
    found = asyncio.run(source.fetch(SubjectIdentifier("permit-id", value), ["seats", "fee", "open", "tags"]))
    registry.close()
    return found


def test_a_mapped_file_is_a_source(tmp_path: Path) -> None:
    (tmp_path / "sources.yaml").write_text(DECLARATION)
    (tmp_path / "docks.csv").write_text(CSV)
    (record,) = fetch(tmp_path, "P-1")
    assert record.values == {"seats": 4, "fee": "12.50", "open": True, "tags": ["a", "b"]}
    assert fetch(tmp_path, "P-2") == ()


def test_a_file_is_loaded_again_only_when_it_changed(tmp_path: Path) -> None:
    (tmp_path / "sources.yaml").write_text(DECLARATION)
    (tmp_path / "docks.csv").write_text(CSV)
    fetch(tmp_path, "P-1")
    database = tmp_path / "docks.csv.sqlite"
    before = database.stat().st_mtime_ns
    fetch(tmp_path, "P-1")
    assert database.stat().st_mtime_ns == before
    (tmp_path / "docks.csv").write_text(CSV.replace("12.50", "13.00"))
    (record,) = fetch(tmp_path, "P-1")
    assert record.values["fee"] == "13.00"


def test_a_file_of_which_nothing_can_be_loaded_stops_the_start(tmp_path: Path) -> None:
    (tmp_path / "sources.yaml").write_text(DECLARATION)
    for text, said in (("No.,Company\n", "no line with the headers"), (CSV.splitlines()[0] + "\n", "none of its 0")):
        (tmp_path / "docks.csv").write_text(text)
        with pytest.raises(SourceDeclarationError, match=said):
            fetch(tmp_path, "P-1")
    (tmp_path / "docks.csv").unlink()
    with pytest.raises(SourceDeclarationError, match=r"sources\.yaml:2: source of dock-permit: docks\.csv: cannot be"):
        fetch(tmp_path, "P-1")
