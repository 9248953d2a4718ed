"""The sample world: a believable, entirely invented country of workers, employers, cases and clients, of any size.

    DIR/world.db            a table for each record type
    DIR/sources.yaml        declares the tables to the gateway
    DIR/open_lmia_2026q3.csv  the open LMIAs as ESDC publishes them (invented employers)
    DIR/landmarks.json      the well-known record of each situation, for demonstrations and tests
    DIR/canaries.json       the tokens that must never leave, and where they are planted

Invariants: the same workers, seed and catalogue give the same bytes; no SIN, BN, telephone number or employer is a
real one's; what one record says of another is so. Proportions follow `marginals`.
"""

import random
import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from sqlalchemy.engine import URL

from gateway.adapters.sources.load.lmia_list import LmiaList
from gateway.adapters.sources.load.loader import load_file
from gateway.adapters.sources.load.places import NAMES
from gateway.domain.element import Catalogue, RecordType
from gateway.sandbox.canaries import Canaries
from gateway.sandbox.caseload import Caseload
from gateway.sandbox.filling import Filler
from gateway.sandbox.marginals import FEWEST_WORKERS
from gateway.sandbox.numbers import Numbers
from gateway.sandbox.store import Landmarks, Store
from gateway.sandbox.workplaces import Progress, Workplaces
from gateway.sandbox.writing import TableWriter, open_new, write_json, write_published_list, write_sources

TODAY = date(2026, 9, 30)
QUARTER = "2026q3"
LISTED_CANARIES = 2000
CLIENTS_PER_WORKER = 0.2
FEWEST_CLIENTS = 20

# Record types of the world: key column, and the elements looked up by an employer's name.
TABLES: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "gcms-worker": ("uci", ()),
    "open-work-permit-application": ("application_number", ()),
    "irpa-enforcement-file": ("file_number", ()),
    "entry-exit-history": ("uci", ()),
    "lmia": ("system_file_number", ()),
    "employer-compliance": ("entry_id", ("operating_name", "legal_name")),
    "inspection": ("inspection_id", ("employer_name",)),
    "protection-case": ("case_id", ()),
    "employment-services-client": ("cams_person_reference", ()),
    "caseworker-contact": ("client_reference", ()),
    "common-assessment": ("cams_person_reference", ()),
    "employment-action-plan": ("cams_person_reference", ()),
    "social-assistance-member": ("sams_member_id", ()),
}


@dataclass(frozen=True, slots=True)
class Sample:
    """A world on disk. `counts` is records by record type."""

    folder: Path
    database: Path
    sources: Path
    open_lmia_list: Path
    landmarks: Landmarks
    counts: Mapping[str, int]


def build_world(
    folder: Path, catalogue: Catalogue, *, workers: int, seed: int, progress: Progress | None = None
) -> Sample:
    """Writes a world with `workers` workers (at least 50) to `folder`; `progress` is told workers made and in all.

    Files of an earlier world there are replaced. Raises ValueError for fewer workers, OSError from writing."""
    if workers < FEWEST_WORKERS:
        raise ValueError(f"a world has at least {FEWEST_WORKERS} workers")
    folder.mkdir(parents=True, exist_ok=True)
    rng = random.Random(f"isa-gateway/world/{seed}")  # noqa: S311 (reproducible, not secret)
    canaries = Canaries(random.Random(f"isa-gateway/canaries/{seed}"), LISTED_CANARIES)  # noqa: S311
    types = {name: found for name in TABLES if (found := catalogue.find(name)) is not None}
    told = progress or (lambda done, of: None)
    part = folder / "world.db.part"
    database = open_new(part)
    try:
        writers = {name: TableWriter(database, types[name], *TABLES[name]) for name in types}
        fillers = {name: Filler(types[name], TODAY) for name in types}
        store = Store(rng, canaries, types, writers, fillers)
        numbers = Numbers(rng)
        places = Workplaces(store, rng, numbers, TODAY, workers, told)
        places.build()
        Caseload(store, rng, numbers, TODAY).build(max(FEWEST_CLIENTS, int(workers * CLIENTS_PER_WORKER)))
        told(workers, workers)
        _finish(database, writers)
    finally:
        database.close()
    listed = folder / f"open_lmia_{QUARTER}.csv"
    write_published_list(listed, _in_published_order(places.open_lmias))
    report = load_file(LmiaList(), listed, URL.create("sqlite", database=str(part)))
    part.replace(folder / "world.db")
    store.counts["open-lmia"] = report.loaded.rows
    _declare(folder, catalogue, types)
    write_json(folder / "landmarks.json", store.landmarks)
    write_json(folder / "canaries.json", canaries.as_json())
    return Sample(folder, folder / "world.db", folder / "sources.yaml", listed, store.landmarks, store.counts)


def _finish(database: sqlite3.Connection, writers: Mapping[str, TableWriter]) -> None:
    for writer in writers.values():
        writer.flush()
        writer.index()
    database.execute("COMMIT")
    database.execute("ANALYZE")


def _in_published_order(rows: list[tuple[str, ...]]) -> list[tuple[str, ...]]:
    """By province, stream and employer, with the padding of the published files; LMIAs for the same are one row."""
    merged: dict[tuple[str, ...], list[int]] = {}
    for row in rows:
        sums = merged.setdefault(row[:6], [0, 0])
        sums[0] += int(row[6])
        sums[1] += int(row[7])
    order = {name: index for index, name in enumerate(NAMES.values())}
    ordered = sorted(merged.items(), key=lambda item: (order[item[0][0]], item[0]))
    return [
        (f"{key[0]:<75}", f"{key[1]:<20}", *key[2:], str(lmias), str(positions)) for key, (lmias, positions) in ordered
    ]


def _declare(folder: Path, catalogue: Catalogue, types: Mapping[str, RecordType]) -> None:
    tables = []
    for name, (key, names) in TABLES.items():
        if name in types:
            look_ups = {"employer-name": {"columns": [f"{n}_key" for n in names], "normalise": "name"}} if names else {}
            tables.append((types[name], key, look_ups))
    listed = catalogue.find("open-lmia")
    if listed is not None:
        tables.append((listed, "entry_id", {"employer-name": {"columns": ["employer_name_key"], "normalise": "name"}}))
    write_sources(folder / "sources.yaml", "world.db", tables)
