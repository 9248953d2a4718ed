"""The records that situations speak of, in a SQLite database with one table for each record type.

Every situation has a record of its own under numbers of its own, so that none sees another's. What a situation does not
decide is filled with believable, invented values. Does not: know what is disclosed.
"""

import random
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from audit.canonical import JsonValue
from gateway.domain.element import Catalogue, RecordType
from gateway.sandbox.filling import Filler
from gateway.sandbox.numbers import Numbers
from gateway.sandbox.world import TABLES, TODAY
from gateway.sandbox.writing import TableWriter, open_new, write_sources
from gateway.service.simulation.situation import Situation

OPEN_LMIA = {"open-lmia": ("entry_id", ("employer_name",))}


@dataclass(frozen=True, slots=True)
class Record:
    """What a situation's record is found by, scheme by scheme, and its values; no values where it is absent."""

    numbers: Mapping[str, str] = field(repr=False)
    values: Mapping[str, JsonValue] | None = field(repr=False)


def write_records(
    folder: Path, catalogue: Catalogue, situations: Iterable[Situation]
) -> tuple[Path, dict[str, Record]]:
    """The sources file, and the record of each situation by its name."""
    database = open_new(folder / "records.db")
    tables = {name: _table(record_type) for name, record_type in catalogue.record_types.items()}
    writers = {name: TableWriter(database, catalogue.record_types[name], *table) for name, table in tables.items()}
    fillers = {name: Filler(record_type, TODAY) for name, record_type in catalogue.record_types.items()}
    numbers = Numbers(random.Random("scenarios"))
    records = {}
    for situation in situations:
        record_type = catalogue.record_types[situation.ask["what"]["record_type"]]
        found_by = {scheme: _number(scheme, numbers) for scheme in record_type.identifiers}
        values = None
        if situation.body["record"] != "absent":
            decided = _decided(record_type, situation.body["record"])
            decided |= {column: found_by[scheme] for scheme, column in record_type.identifiers.items()}
            seed = zlib.crc32(situation.name.encode())
            values = fillers[record_type.id].fill(random.Random(seed), decided)
            writers[record_type.id].add(values)
        records[situation.name] = Record(found_by, values)
    for writer in writers.values():
        writer.flush()
        writer.index()
    database.execute("COMMIT")
    database.close()
    _declare(folder, catalogue, tables)
    return folder / "sources.yaml", records


def _table(record_type: RecordType) -> tuple[str, tuple[str, ...]]:
    known = {**TABLES, **OPEN_LMIA}.get(record_type.id)
    return known or (next(iter(record_type.identifiers.values())), ())


def _decided(record_type: RecordType, said: Mapping[str, Any]) -> dict[str, JsonValue]:
    """What the situation says by attribute or element; nothing is protected or in confidence, and no
    employer an individual, unless it says so."""
    usual = {"do_not_disclose": False, "in_confidence": False, "employer_is_individual": False}
    attributes = {name: value for name, value in usual.items() if name in record_type.attributes} | dict(said)
    return {record_type.attributes.get(name, name): value for name, value in attributes.items()}


def _number(scheme: str, numbers: Numbers) -> str:
    match scheme:
        case "uci":
            return numbers.uci()
        case "lmia-system-file-number":
            return numbers.lmia()
        case "permit-number":
            return numbers.permit()
        case "application-number":
            return numbers.application()
        case "bn15":
            return f"{numbers.bn9()}RP0001"
        case "employer-name":
            return f"Invented Orchard {numbers.reference()}"
        case _:
            return numbers.reference()


def _declare(folder: Path, catalogue: Catalogue, tables: Mapping[str, tuple[str, tuple[str, ...]]]) -> None:
    declared = []
    for name, (key, names) in tables.items():
        look_ups = {"employer-name": {"columns": [f"{one}_key" for one in names], "normalise": "name"}} if names else {}
        declared.append((catalogue.record_types[name], key, look_ups))
    write_sources(folder / "sources.yaml", "records.db", declared)
