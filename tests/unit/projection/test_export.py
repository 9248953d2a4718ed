"""An export has every row, in CSV and in Parquet, which DuckDB reads as it is."""

import csv
import tracemalloc
from pathlib import Path

import duckdb
import pytest

from gateway.adapters.projection.export import COLUMNS, ExportFileError, csv_lines, write_rows
from gateway.adapters.projection.reader import ProjectionReader
from gateway.service.projection.columns import Column
from gateway.service.projection.questions import Question
from tests.projected import LogOfEntries, entries, matches


@pytest.fixture(scope="module")
def read(tmp_path_factory: pytest.TempPathFactory) -> tuple[LogOfEntries, ProjectionReader]:
    log = LogOfEntries.on_sqlite(tmp_path_factory.mktemp("log"))
    log.append(list(entries(20, 800)))
    builder, place = log.builder()
    builder.advance(1_000)
    return log, ProjectionReader(place)


def test_duckdb_reads_the_parquet_file(read: tuple[LogOfEntries, ProjectionReader], tmp_path: Path) -> None:
    log, reader = read
    file = tmp_path / "rows.parquet"
    assert write_rows(reader.rows(Question(), 800), file, "parquet") == 800
    database = duckdb.connect()
    kinds = database.execute(f"SELECT kind, count(*), sum(records) FROM '{file}' GROUP BY kind").fetchall()
    assert {kind: (count, int(records)) for kind, count, records in kinds} == {
        kind: (
            sum(one.entry.kind == kind for one in log.facts()),
            sum(one.entry.records for one in log.facts() if one.entry.kind == kind),
        )
        for kind in {one.entry.kind for one in log.facts()}
    }
    why = database.execute(
        f"SELECT w.element, w.reason, count(*) FROM (SELECT unnest(withheld) w FROM '{file}') GROUP BY ALL"
    ).fetchall()
    pairs = [(part.element, part.reason) for one in log.facts() for part in one.entry.withheld]
    assert {(element, reason): count for element, reason, count in why} == {pair: pairs.count(pair) for pair in pairs}
    [(first, zone)] = database.execute(f"SELECT min(time), typeof(min(time)) FROM '{file}'").fetchall()
    assert zone == "TIMESTAMP WITH TIME ZONE"
    assert first.isoformat(timespec="milliseconds")[:10] == min(one.entry.time for one in log.facts())[:10]


def test_a_csv_file_has_the_same_rows(read: tuple[LogOfEntries, ProjectionReader], tmp_path: Path) -> None:
    log, reader = read
    question, file = Question({Column.KIND: ("denial",)}), tmp_path / "rows.csv"
    wanted = [one for one in log.facts() if matches(question, one)]
    assert write_rows(reader.rows(question, 800), file, "csv") == len(wanted) > 0
    with file.open(newline="", encoding="utf-8") as text:
        found = list(csv.DictReader(text))
    assert list(found[0]) == list(COLUMNS)
    for row, one in zip(found, wanted, strict=True):
        assert row["time"] == one.entry.time
        assert row["withheld"] == " ".join(f"{part.element}={part.reason}" for part in one.entry.withheld)
        assert row["recipient"] == (one.entry.recipient or "")
    assert "".join(csv_lines(reader.rows(question, 800))).encode() == file.read_bytes()


def test_an_export_replaces_no_file_and_leaves_no_part(
    read: tuple[LogOfEntries, ProjectionReader], tmp_path: Path
) -> None:
    file = tmp_path / "rows.csv"
    file.write_text("mine")
    with pytest.raises(ExportFileError):
        write_rows(read[1].rows(Question(), 800), file, "csv")
    with pytest.raises(ExportFileError):
        write_rows(read[1].rows(Question(), 800), tmp_path / "nowhere" / "rows.csv", "csv")
    with pytest.raises(ZeroDivisionError):
        write_rows((rows[: 1 // 0] for rows in read[1].rows(Question(), 800)), tmp_path / "half.csv", "csv")
    assert [path.name for path in tmp_path.iterdir()] == ["rows.csv"]
    assert file.read_text() == "mine"


def test_memory_does_not_grow_with_the_rows(
    read: tuple[LogOfEntries, ProjectionReader], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("gateway.adapters.projection.reader._ROWS_AT_ONCE", 50)
    peaks = []
    for number, until in enumerate((100, 100, 800)):
        tracemalloc.start()
        write_rows(read[1].rows(Question(), until), tmp_path / f"{number}.csv", "csv")
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert peaks[2] < 3 * peaks[1]
