"""A made-up record type and a small table of it, for the tests of sources."""

import json
import sqlite3
from collections.abc import Mapping
from pathlib import Path

from gateway.adapters.sources.registry import SourceRegistry, open_sources
from gateway.domain.element import Catalogue, Element, RecordType, Sensitivity

TYPES = {
    "permit_id": "reference",
    "holder": "person-name",
    "company": "string",
    "province": "province",
    "seats": "integer",
    "fee": "decimal",
    "open": "boolean",
    "issued": "date",
    "tags": "string-list",
    "secret": "text",
}


def record_type(identifiers: Mapping[str, str] | None = None) -> RecordType:
    return RecordType(
        id="dock-permit",
        label_en="Dock permit",
        label_fr="Permis de quai",
        custodian="esdc-pob",
        system="dock-system",
        program="docks",
        regime="desda",
        information_bank="DOCK-1",
        personal=True,
        subject="permit-id",
        identifiers=identifiers or {"permit-id": "permit_id", "employer-name": "company"},
        filters=("province", "seats", "open"),
        attributes={},
        elements={
            name: Element(name, kind, Sensitivity.OPERATIONAL, name, name, "desda") for name, kind in TYPES.items()
        },
    )


CATALOGUE = Catalogue({"dock-permit": record_type()})

ROWS = [
    (
        f"P-{number:03d}",
        f"Holder {number}",
        "Larkmere Farms" if number % 2 else "Brindlewick  FOODS Ltd.",
        "ON" if number % 3 else "QC",
        number,
        "12.50" if number % 2 else 7,
        number % 2,
        "2026-03-01",
        json.dumps(["a", "b"]),
        "not to be read",
    )
    for number in range(1, 31)
]


def write_database(path: Path, *, index: bool = True) -> None:
    database = sqlite3.connect(path)
    database.execute(
        "CREATE TABLE permits (permit_id TEXT PRIMARY KEY, holder TEXT, company TEXT, province TEXT, seats INTEGER,"
        " fee NUMERIC, is_open BOOLEAN, issued TEXT, tags TEXT, secret TEXT, company_key TEXT)"
    )
    database.executemany(
        "INSERT INTO permits VALUES (?,?,?,?,?,?,?,?,?,?,?)",
        [(*row, " ".join(row[2].casefold().split())) for row in ROWS],
    )
    if index:
        database.execute("CREATE INDEX by_company ON permits (company_key)")
    database.commit()
    database.close()


DECLARATION = """\
version: 1
sources:
  - record_type: dock-permit
    kind: sql
    database: sqlite:///docks.db
    table: permits
    key: permit_id
    columns: {open: is_open}
    look_ups: {employer-name: {columns: [company_key], normalise: name}}
"""


def open_docks(folder: Path, declaration: str = DECLARATION, secret: bytes = b"secret") -> SourceRegistry:
    if not (folder / "docks.db").exists():
        write_database(folder / "docks.db")
    (folder / "sources.yaml").write_text(declaration, encoding="utf-8")
    return open_sources(folder / "sources.yaml", CATALOGUE, secret)
