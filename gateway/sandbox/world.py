"""The sample world: a believable, entirely invented country of workers, employers, cases and clients, of any size.

    DIR/world.db            a table for each record type, and `worker`: the people behind the records
    DIR/sources.yaml        declares the tables to the gateway
    DIR/open_lmia_2026q3.csv  the open LMIAs as ESDC publishes them (invented employers)
    DIR/landmarks.json      the well-known record of each situation, for demonstrations and tests
    DIR/canaries.json       the tokens that must never leave, and where they are planted

Invariants: the same workers, seed and catalogue give the same bytes; no SIN, BN, telephone number or employer is a
real one's; what one record says of another is so. Proportions follow `marginals`.
"""

import random
import sqlite3
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from sqlalchemy.engine import URL

from gateway.adapters.sources.load.lmia_list import LmiaList
from gateway.adapters.sources.load.loader import load_file
from gateway.adapters.sources.load.places import NAMES
from gateway.domain.disclosure import JsonValue
from gateway.domain.element import Catalogue, RecordType
from gateway.sandbox.canaries import Canaries
from gateway.sandbox.cases import case_values
from gateway.sandbox.clients import ClientParts, client_values, contact_values
from gateway.sandbox.employers import (
    SITUATIONS,
    Employer,
    finding_values,
    inspection_values,
    lmia_values,
    new_employer,
)
from gateway.sandbox.filling import Filler
from gateway.sandbox.numbers import Numbers
from gateway.sandbox.workers import WORKER, Worker, new_worker, worker_values
from gateway.sandbox.writing import TableWriter, open_new, write_json, write_published_list, write_sources

TODAY = date(2026, 9, 30)
QUARTER = "2026q3"
FEWEST_WORKERS = 50
LISTED_CANARIES = 2000
CLIENTS_PER_WORKER = 0.2
CASES_PER_WORKER = 0.02

# Record types of the world: key column, and the elements looked up by an employer's name.
TABLES: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "worker": ("uci", ()),
    "lmia": ("system_file_number", ()),
    "employer-compliance": ("entry_id", ("operating_name", "legal_name")),
    "inspection": ("inspection_id", ("employer_name",)),
    "protection-case": ("case_id", ()),
    "employment-services-client": ("cams_person_reference", ()),
    "caseworker-contact": ("client_reference", ()),
}

Values = dict[str, JsonValue]
Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Sample:
    """A world on disk. `counts` is records by record type."""

    folder: Path
    database: Path
    sources: Path
    open_lmia_list: Path
    landmarks: Mapping[str, Mapping[str, str]]
    counts: Mapping[str, int]


@dataclass(slots=True)
class _Store:
    """Fills, plants and writes records; counts them."""

    rng: random.Random
    canaries: Canaries
    types: Mapping[str, RecordType]
    writers: Mapping[str, TableWriter]
    fillers: Mapping[str, Filler]
    counts: dict[str, int] = field(default_factory=dict)

    def add(self, record_type: str, values: Values, *, landmark: bool = False) -> Values:
        if record_type not in self.types:
            return values
        full = self.fillers[record_type].fill(self.rng, values)
        self.canaries.plant(self.types[record_type], full, always=landmark)
        self.writers[record_type].add(full)
        self.counts[record_type] = self.counts.get(record_type, 0) + 1
        return full


class World:
    """Generates records in one pass: employers with their LMIAs and workers, then clients."""

    def __init__(self, store: _Store, rng: random.Random, workers: int, progress: Progress) -> None:
        self._store = store
        self._rng = rng
        self._numbers = Numbers(rng)
        self._workers = workers
        self._progress = progress
        self._made = 0
        self._cases_due = 0.0
        self._landmarks: dict[str, dict[str, str]] = {}
        self.open_lmias: list[tuple[str, ...]] = []

    def landmarks(self) -> Mapping[str, Mapping[str, str]]:
        """By situation: record type, identifier scheme and value."""
        return self._landmarks

    def build(self) -> None:
        number = 0
        while self._made < self._workers or number < len(SITUATIONS):
            self._employer(new_employer(self._rng, self._numbers, number))
            number += 1
        self._clients(max(20, int(self._workers * CLIENTS_PER_WORKER)))
        self._progress(self._workers, self._workers)

    def _employer(self, employer: Employer) -> None:
        lmias: list[str] = []
        left = employer.positions
        shown = employer.number < len(SITUATIONS)
        while left > 0:
            size = min(left, self._rng.choice((1, 2, 4, 8, 12)) if not shown else left)
            left -= size
            lmias.append(self._lmia(employer, size, first=shown and not lmias))
        if employer.situation != "clear":
            self._inspection(employer, lmias)
        if shown and employer.number == 4:
            self._mark("employer_not_inspected", "inspection", "bn15", employer.bn15)

    def _lmia(self, employer: Employer, size: int, *, first: bool) -> str:
        rng = self._rng
        decision = "Suspended" if employer.situation == "under-inspection" else "Confirmed"
        if not first and decision == "Confirmed":
            decision = rng.choices(("Confirmed", "Refused", "Revoked"), (92, 6, 2))[0]
        values = lmia_values(rng, self._numbers, employer, size, decision, TODAY)
        lmia = str(values["system_file_number"])
        filled = 0
        if decision in {"Confirmed", "Suspended"}:
            filled = max(1, round(size * rng.uniform(0.6, 1.0))) if size > 1 or rng.random() < 0.8 else 0
            filled = min(filled, max(0, self._workers - self._made))
            values["positions_remaining"] = size - filled
        self._store.add("lmia", values, landmark=first)
        for index in range(filled):
            self._worker(employer, values, shown=first and index == 0)
        if decision == "Confirmed":
            place = employer.place
            self.open_lmias.append(
                (
                    NAMES[place.province],
                    employer.stream,
                    employer.name,
                    f"{place.city}, {place.province} {place.postal_code}",
                    f"{values['noc_2021']}-{values['noc_title']}",
                    employer.status,
                    "1",
                    str(size),
                )
            )
        if first and employer.number in (0, 1):
            name = "lmia_confirmed" if employer.number == 0 else "lmia_suspended"
            self._mark(name, "lmia", "lmia-system-file-number", lmia)
        return lmia

    def _worker(self, employer: Employer, job: Values, *, shown: bool) -> None:
        worker = new_worker(self._rng, self._numbers, employer.place, TODAY)
        self._made += 1
        if self._made % 500 == 0:
            self._progress(self._made, self._workers)
        # Two in a hundred have a case; the employers under inspection have more than their share.
        self._cases_due += CASES_PER_WORKER * (5 if employer.situation == "under-inspection" else 1)
        story = shown and employer.number in (1, 2, 3)
        vulnerable = story or self._cases_due >= 1
        if vulnerable and not story:
            self._cases_due -= 1
        self._store.add(
            "worker", worker_values(self._rng, self._numbers, worker, job, vulnerable, TODAY), landmark=story
        )
        if vulnerable:
            self._case(employer, worker, job, shown=story)

    def _case(self, employer: Employer, worker: Worker, job: Values, *, shown: bool) -> None:
        french = employer.number == 2 if shown else employer.place.province in {"QC", "NB"}
        values = case_values(
            self._rng,
            self._numbers,
            worker,
            employer,
            str(job["system_file_number"]),
            TODAY,
            language="fr" if french else "en",
            shown=shown,
            canary=self._store.canaries.token(),
        )
        if shown and employer.number == 3:
            values["do_not_disclose_banner"] = True
        self._store.add("protection-case", values, landmark=shown)
        if shown:
            name = {1: "protection_case", 2: "protection_case_french", 3: "protection_case_protected"}[employer.number]
            self._mark(name, "protection-case", "uci", worker.uci)
            self._mark(
                f"{name}_application", "protection-case", "application-number", str(values["owp_v_application_no"])
            )
            self._mark(f"{name}_id", "protection-case", "case-id", str(values["case_id"]))

    def _inspection(self, employer: Employer, lmias: list[str]) -> None:
        shown = employer.number < len(SITUATIONS)
        values = inspection_values(self._rng, self._numbers, employer, lmias, TODAY)
        self._store.add("inspection", values, landmark=shown)
        name = {
            "under-inspection": "employer_under_inspection",
            "preliminary": "preliminary_finding",
            "final": "final_finding",
            "warning": "warning_finding",
        }[employer.situation]
        if shown:
            self._mark(name, "inspection", "bn15", employer.bn15)
            self._mark(f"{name}_inspection", "inspection", "inspection-id", str(values["inspection_id"]))
        if employer.situation == "final":
            number = self._store.counts.get("employer-compliance", 0) + 1
            finding = finding_values(self._rng, employer, values, number)
            self._store.add("employer-compliance", finding, landmark=shown)
            if shown:
                self._mark("published_finding", "employer-compliance", "employer-name", employer.name)

    def _clients(self, number: int) -> None:
        parts = [
            ClientParts(milestone="MISSED_APPOINTMENT", shared=True, protected=False),
            ClientParts(milestone="STARTED_WORK", shared=True, protected=False),
            ClientParts(shared=True, protected=True),
            ClientParts(milestone="NEEDS_FUNDING", shared=False, protected=False),
        ]
        names = ("shared_client", "milestone_client", "protected_client", "unshared_client")
        for index in range(number):
            plan = parts[index] if index < len(parts) else ClientParts()
            client = client_values(self._rng, self._numbers, TODAY, plan)
            shown = index < len(parts)
            self._store.add("employment-services-client", client, landmark=shown)
            if client["shared_client"]:
                self._store.add("caseworker-contact", contact_values(self._rng, client, plan), landmark=shown)
            if shown:
                self._mark(
                    names[index],
                    "employment-services-client",
                    "cams-person-reference",
                    str(client["cams_person_reference"]),
                )
                if client["shared_client"]:
                    self._mark(
                        f"{names[index]}_caseworker",
                        "caseworker-contact",
                        "client-reference",
                        str(client["cams_case_reference"]),
                    )

    def _mark(self, name: str, record_type: str, scheme: str, value: str) -> None:
        self._landmarks[name] = {"record_type": record_type, "scheme": scheme, "value": value}


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
    types = {"worker": WORKER} | {name: found for name in TABLES if (found := catalogue.find(name)) is not None}
    part = folder / "world.db.part"
    database = open_new(part)
    try:
        writers = {name: TableWriter(database, types[name], *TABLES[name]) for name in types}
        fillers = {name: Filler(types[name], TODAY) for name in types}
        store = _Store(rng, canaries, types, writers, fillers)
        world = World(store, rng, workers, progress or (lambda done, of: None))
        world.build()
        _finish(database, writers)
    finally:
        database.close()
    listed = folder / f"open_lmia_{QUARTER}.csv"
    write_published_list(listed, _in_published_order(world.open_lmias))
    report = load_file(LmiaList(), listed, URL.create("sqlite", database=str(part)))
    part.replace(folder / "world.db")
    store.counts["open-lmia"] = report.loaded.rows
    _declare(folder, catalogue, types)
    write_json(folder / "landmarks.json", world.landmarks())
    write_json(folder / "canaries.json", canaries.as_json())
    return Sample(folder, folder / "world.db", folder / "sources.yaml", listed, world.landmarks(), store.counts)


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
        if name in types and catalogue.find(name) is not None:
            look_ups = {"employer-name": {"columns": [f"{n}_key" for n in names], "normalise": "name"}} if names else {}
            tables.append((types[name], key, look_ups))
    listed = catalogue.find("open-lmia")
    if listed is not None:
        tables.append((listed, "entry_id", {"employer-name": {"columns": ["employer_name_key"], "normalise": "name"}}))
    write_sources(folder / "sources.yaml", "world.db", tables)
