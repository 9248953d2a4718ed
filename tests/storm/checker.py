"""Reads the log after the storm, knowing nothing of what the gateways thought: was each decision made in force?

The publications and suspensions are folded in the order of the log; every decision under an agreement has to name the
version that the fold has at its place, none is a disclosure while the agreement is suspended, and none says that it is
suspended where it is not. Then each process has to have taken every rulebook within five seconds of its entry.
"""

import statistics
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from sqlalchemy import text

from audit.entry import Entry
from audit.vocabulary import parse_time
from gateway.adapters.db.engine import open_engine
from gateway.adapters.rulebook import load as agreements
from tests.storm.gateways import Process

WITHIN = 5.0
_STOPS = {"agreement-suspended", "agreement-terminated"}


@dataclass(slots=True)
class Found:
    """What the log says. `changes` are index and time (Unix) of every entry that put another rulebook in force."""

    entries: int = 0
    decisions: Counter[str] = field(default_factory=Counter)
    changes: list[tuple[int, float]] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)


def entries(database_url: str) -> Iterator[Entry]:
    engine = open_engine(database_url)
    try:
        with engine.connect() as connection:
            rows = connection.execute(text("SELECT entry_index, body FROM entry ORDER BY entry_index")).all()
    finally:
        engine.dispose()
    assert [row[0] for row in rows] == list(range(len(rows))), "an index is missing or twice"
    return (Entry.from_bytes(bytes(body)) for _, body in rows)


def check_log(database_url: str, acknowledged: Mapping[int, bytes]) -> Found:
    """Fold the log."""
    found = Found()
    in_force = {version.id: version.digest for version in agreements.load().agreements}
    stopped: set[str] = set()
    for index, entry in enumerate(entries(database_url)):
        found.entries += 1
        if index in acknowledged and acknowledged[index] != entry.to_bytes():
            found.wrong.append(f"{index}: not the entry that was acknowledged")
        action = entry.reasons[0] if entry.reasons else ""
        if entry.kind in ("publication", "suspension"):
            found.changes.append((index, parse_time(entry.time).timestamp()))
            if entry.agreement is None:
                continue
            if action == "rulebook-published":
                in_force[entry.agreement.id] = entry.agreement.digest
            elif action in _STOPS:
                stopped.add(entry.agreement.id)
            elif action == "agreement-resumed":
                stopped.discard(entry.agreement.id)
            else:
                found.wrong.append(f"{index}: {action} is no step of an agreement")
        elif entry.effect is not None and entry.agreement is not None:
            _decision(found, index, entry, in_force, stopped)
    missing = [index for index in acknowledged if index >= found.entries]
    found.wrong += [f"{index}: acknowledged, and not in the log" for index in missing]
    return found


def _decision(found: Found, index: int, entry: Entry, in_force: Mapping[str, str], stopped: set[str]) -> None:
    assert entry.agreement is not None
    agreement = entry.agreement
    found.decisions[f"{entry.effect}"] += 1
    if in_force.get(agreement.id) != agreement.digest:
        found.wrong.append(f"{index}: {entry.effect} under a version of {agreement.id} that was not in force")
    if entry.effect == "permit" and agreement.id in stopped:
        found.wrong.append(f"{index}: disclosed under {agreement.id}, which was suspended")
    if ("agreement-suspended" in entry.reasons) != (agreement.id in stopped):
        found.wrong.append(f"{index}: {entry.effect} of {agreement.id} says otherwise whether it was suspended")


@dataclass(slots=True)
class Taking:
    """How long after its entry a process that was alive took a rulebook, in seconds; `never` what was not taken."""

    delays: list[float] = field(default_factory=list)
    late: list[str] = field(default_factory=list)
    never: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        if not self.delays:
            return "none"
        ordered = sorted(self.delays)
        high = ordered[int(len(ordered) * 0.99)]
        return f"median {statistics.median(ordered):.2f} s, 99th {high:.2f} s, longest {ordered[-1]:.2f} s"


def check_taking(processes: Sequence[Process], changes: Sequence[tuple[int, float]]) -> Taking:
    """Every process that lived through the five seconds after a change took that rulebook, or a later one, in them.

    `changes` is in the order of the log. A process that starts has the rulebook before it is ready."""
    taking = Taking()
    for process in processes:
        taken = [(at, int(str(told["entry_index"]))) for at, told in process.events("rulebook-taken")]
        for index, at in changes:
            if not any(life[0] <= at and at + WITHIN < life[1] for life in process.alive):
                continue
            first = min((moment for moment, known in taken if known >= index), default=float("inf"))
            taking.delays.append(max(0.0, first - at))
            if first == float("inf"):
                taking.never.append(f"process {process.number} never took entry {index}")
            elif first > at + WITHIN:
                taking.late.append(f"process {process.number} took entry {index} {first - at:.1f} s after it")
        if list(process.events("rulebook-not-taken")):
            taking.never.append(f"process {process.number} could not take a rulebook")
    return taking
