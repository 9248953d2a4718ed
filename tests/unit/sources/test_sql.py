"""SqlSource: what is read, in which form, and what cannot be asked."""

import asyncio
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from gateway.adapters.sources.registry import SourceRegistry
from gateway.adapters.sources.sql import SqlSource
from gateway.domain.errors import SourceQueryError
from gateway.domain.record import SourcePage, SourceRecord
from gateway.domain.target import ListQuery, SubjectIdentifier
from tests.unit.sources import permits


@pytest.fixture
def docks(tmp_path: Path) -> Iterator[SourceRegistry]:
    registry = permits.open_docks(tmp_path)
    yield registry
    registry.close()


def source(registry: SourceRegistry) -> SqlSource:
    found = registry.find("dock-permit")
    assert isinstance(found, SqlSource)
    return found


def fetch(registry: SourceRegistry, scheme: str, value: str, *elements: str) -> tuple[SourceRecord, ...]:
    return asyncio.run(source(registry).fetch(SubjectIdentifier(scheme, value), elements))


def page(registry: SourceRegistry, limit: int, cursor: str | None = None, **filters: str) -> SourcePage:
    return asyncio.run(source(registry).page(ListQuery(filters, limit, cursor), ["permit_id", "province"]))


def test_values_have_the_conventions_of_a_record(docks: SourceRegistry) -> None:
    (record,) = fetch(docks, "permit-id", "P-002", *permits.TYPES)
    assert record.reference == "P-002"
    assert record.values == {
        "permit_id": "P-002",
        "holder": "Holder 2",
        "company": "Brindlewick  FOODS Ltd.",
        "province": "ON",
        "seats": 2,
        "fee": "7",
        "open": False,
        "issued": "2026-03-01",
        "tags": ["a", "b"],
        "secret": "not to be read",
    }
    (record,) = fetch(docks, "permit-id", "P-001", "fee", "open")
    assert record.values == {"fee": "12.5", "open": True}


def test_only_the_columns_asked_for_are_read(docks: SourceRegistry) -> None:
    seen: list[str] = []
    found = source(docks)
    fetch(docks, "permit-id", "P-001", "holder")
    connection = found._reader._here.now[0]  # type: ignore[attr-defined]
    connection.set_trace_callback(seen.append)
    fetch(docks, "permit-id", "P-001", "holder")
    assert len(seen) == 1
    assert "holder" in seen[0]
    assert "secret" not in seen[0]
    assert "company" not in seen[0]


def test_no_such_record_is_an_empty_answer(docks: SourceRegistry) -> None:
    assert fetch(docks, "permit-id", "P-999", "holder") == ()


@pytest.mark.parametrize("value", ["' OR '1'='1", "P-001'; DROP TABLE permits; --", "%", "P-00_", '" OR 1=1', "\x00"])
def test_a_hostile_identifier_is_a_value_and_nothing_else(docks: SourceRegistry, value: str) -> None:
    assert fetch(docks, "permit-id", value, "holder") == ()
    assert fetch(docks, "employer-name", value, "holder") == ()
    assert page(docks, 10, province=value).records == ()
    assert asyncio.run(source(docks).count({})) == 30


def test_an_employer_is_found_however_its_name_is_spaced_and_cased(docks: SourceRegistry) -> None:
    assert len(fetch(docks, "employer-name", "  brindlewick foods LTD.", "permit_id")) == 15
    assert fetch(docks, "employer-name", "Brindlewick Foods", "permit_id") == ()


def test_a_fetch_gives_one_more_than_fifty_records_at_most(tmp_path: Path) -> None:
    permits.write_database(tmp_path / "docks.db")
    with sqlite3.connect(tmp_path / "docks.db") as database:
        database.executemany(
            "INSERT INTO permits (permit_id, company_key) VALUES (?, 'one')", [(f"X-{n}",) for n in range(80)]
        )
    database.close()
    registry = permits.open_docks(tmp_path)
    assert len(fetch(registry, "employer-name", "one", "permit_id")) == 51
    registry.close()


def test_pages_join_to_the_whole_list_without_gap_or_repeat(docks: SourceRegistry) -> None:
    seen: list[str] = []
    cursor, pages = None, 0
    while True:
        found = page(docks, 7, cursor, province="ON")
        seen += [record.reference for record in found.records]
        pages += 1
        if found.next_cursor is None:
            break
        cursor = found.next_cursor
    assert seen == [row[0] for row in permits.ROWS if row[3] == "ON"]
    assert pages == 3
    assert asyncio.run(source(docks).count({"province": "ON"})) == len(seen)


def test_a_page_that_is_exactly_full_is_the_last(docks: SourceRegistry) -> None:
    assert page(docks, 30).next_cursor is None
    assert page(docks, 29).next_cursor is not None


def test_filters_take_the_type_of_their_element(docks: SourceRegistry) -> None:
    assert [r.reference for r in page(docks, 9, seats="4").records] == ["P-004"]
    assert len(page(docks, 30, open="true").records) == 15
    for name, value in (("seats", "4.0"), ("seats", "٤"), ("seats", "-1"), ("open", "1"), ("seats", "9" * 30)):
        with pytest.raises(SourceQueryError) as refused:
            page(docks, 9, **{name: value})
        assert refused.value.part == f"filter.{name}"
        assert value not in str(refused.value)


def test_what_cannot_be_asked_names_the_part(docks: SourceRegistry) -> None:
    with pytest.raises(SourceQueryError, match="scheme"):
        fetch(docks, "sin", "1", "holder")
    with pytest.raises(SourceQueryError, match=r"filter\.holder"):
        page(docks, 9, holder="x")
    with pytest.raises(SourceQueryError, match="filter is not usable"):
        page(docks, 9, **{"x'; --": "x"})
    for limit in (0, -1, 1001):
        with pytest.raises(SourceQueryError, match="limit"):
            page(docks, limit)
    with pytest.raises(SourceQueryError, match="cursor"):
        page(docks, 9, "AAAA")
    cursor = page(docks, 9, province="ON").next_cursor
    with pytest.raises(SourceQueryError, match="cursor"):
        page(docks, 9, cursor, province="QC")


def test_an_element_that_the_table_lacks_is_left_out(tmp_path: Path) -> None:
    permits.write_database(tmp_path / "docks.db")
    with sqlite3.connect(tmp_path / "docks.db") as database:
        database.execute("ALTER TABLE permits DROP COLUMN tags")
    database.close()
    registry = permits.open_docks(tmp_path)
    (record,) = fetch(registry, "permit-id", "P-001", "holder", "tags")
    assert dict(record.values) == {"holder": "Holder 1"}
    registry.close()


@pytest.mark.parametrize(
    ("column", "value", "element"),
    [
        ("seats", "many", "seats"),
        ("fee", "a lot", "fee"),
        ("is_open", 7, "open"),
        ("tags", "a,b", "tags"),
        ("issued", 20260301, "issued"),
        ("holder", 1.5, "holder"),
        ("tags", "[1]", "tags"),
    ],
)
def test_a_value_of_another_type_is_no_value_and_no_error(
    tmp_path: Path, column: str, value: object, element: str
) -> None:
    permits.write_database(tmp_path / "docks.db")
    with sqlite3.connect(tmp_path / "docks.db") as database:
        database.execute("CREATE TABLE loose AS SELECT * FROM permits")
        database.execute("DROP TABLE permits")
        database.execute(
            "CREATE TABLE permits (permit_id PRIMARY KEY, holder, company, province, seats, fee, is_open, issued,"
            " tags, secret, company_key)"
        )
        database.execute("INSERT INTO permits SELECT * FROM loose")
        database.execute(f"UPDATE permits SET {column} = ?", (value,))
    database.close()
    registry = permits.open_docks(tmp_path)
    [found] = fetch(registry, "permit-id", "P-001", element, "province")
    assert found.unfit == {element}
    assert element not in found.values
    assert found.values["province"] is not None
    registry.close()


def test_the_connection_cannot_write(docks: SourceRegistry, tmp_path: Path) -> None:
    fetch(docks, "permit-id", "P-001", "holder")
    connection = source(docks)._reader._here.now[0]  # type: ignore[attr-defined]
    assert connection.execute("PRAGMA query_only").fetchone() == (1,)
    with pytest.raises(sqlite3.OperationalError):
        connection.execute("DELETE FROM permits")
    connection.execute("PRAGMA query_only = OFF")
    with pytest.raises(sqlite3.OperationalError, match="readonly"):
        connection.execute("DELETE FROM permits")
