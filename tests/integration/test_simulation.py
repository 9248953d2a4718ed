"""A simulation says what replaying every entry one by one would say; on both databases, in processes and a thread."""

import asyncio
import copy
import dataclasses
import json
import random
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from audit.encoding import from_base64url
from audit.entry import Entry
from audit.note_key import SignerKey
from audit.vocabulary import parse_time
from gateway.adapters.log.appending import open_commit
from gateway.adapters.log.assembly import OpenLog, open_log
from gateway.adapters.log.recorded.passing import RecordedHere, RecordedProcesses
from gateway.adapters.log.recorded.reading import RecordedReader, entries_of
from gateway.adapters.log.vault import PrivatePartError, VaultKeys
from gateway.adapters.pdp.revision import read_sources
from gateway.adapters.pdp.wasm import WasmEngine
from gateway.adapters.rulebook.build import digest
from gateway.adapters.rulebook.load import Rulebook
from gateway.bootstrap import simulating
from gateway.domain.agreement import AgreementVersion
from gateway.domain.due import legal_day
from gateway.service.disclosure.recompute import DECISIONS, ErasedError, asked_of, opened
from gateway.service.simulation.change import ChangeKind, changes, recorded_of, stated
from gateway.service.simulation.recorded import ALTERED, ERASED, Period, RecordedRequests, Scope
from gateway.service.simulation.simulate import (
    Candidate,
    GroupKey,
    Simulation,
    SimulationReport,
    redecide,
)
from gateway.service.simulation.usage import Usage
from tests.postgres import PostgresServer
from tests.recorded import DAYS, FIRST, World, put_on_record
from tests.unit.policy.queries import rulebook

REQUESTS = 260
REPEATED = 3
ERASED_ENTRIES = (3, 50, 51)
ALTERED_ENTRY = 77


@dataclass(frozen=True, slots=True)
class Recorded:
    """A log with random requests on record; some of them lost their private part."""

    url: str
    log: OpenLog


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def world(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Recorded]:
    if request.param == "sqlite":
        url = f"sqlite:///{tmp_path_factory.mktemp('w') / 'log.db'}"
    else:
        server: PostgresServer = request.getfixturevalue("postgres_server")
        url = server.create_database()
    log = open_log(url, VaultKeys(bytes(32), {1: b"\x01" * 32}), SignerKey.generate("test.example/log"))
    drawn = World(20261127)
    judged = [drawn.draw() for _ in range(REQUESTS)]
    # The same requests come again on the same day: that is what a simulation groups.
    again = [
        dataclasses.replace(
            one,
            request=dataclasses.replace(
                one.request, nonce=f"again-{number}", idempotency_key=f"again-{number}", acting_officer=f"o.{number}"
            ),
        )
        for number, one in enumerate(judged * REPEATED)
    ]
    asyncio.run(_fill(url, log, sorted([*judged, *again], key=lambda one: one.request.received_at)))
    with log.engine.begin() as connection:
        for index in ERASED_ENTRIES:
            connection.execute(text("DELETE FROM private_part WHERE entry_index = :index"), {"index": index})
        stored = connection.execute(
            text("SELECT ciphertext FROM private_part WHERE entry_index = :index AND part = 0"),
            {"index": ALTERED_ENTRY - 1},
        ).scalar_one()
        connection.execute(
            text("UPDATE private_part SET ciphertext = :stored WHERE entry_index = :index AND part = 0"),
            {"stored": bytes(stored), "index": ALTERED_ENTRY},
        )
    yield Recorded(url, log)
    log.engine.dispose()


async def _fill(url: str, log: OpenLog, judged: list[Any]) -> None:
    commit = open_commit(url, log)
    try:
        await put_on_record(commit, judged)
    finally:
        await commit.close()


def changed_agreement(version: AgreementVersion, pick: random.Random) -> AgreementVersion:
    """The agreement with parties of clauses, elements, forms, conditions, duties and terms changed."""
    document = copy.deepcopy(dict(version.document))
    catalogue = rulebook().catalogue
    for schedule in document["schedules"]:
        for clause in schedule["clauses"]:
            known = sorted(catalogue.record_types[clause["record_type"]].elements)
            if pick.random() < 0.4:
                clause["recipient"]["units"] = pick.choice([list(version.parties), ["esdc-isb"]])
            if pick.random() < 0.4:
                clause["case_reference"] = pick.choice(["optional", "required"])
                clause["conditions"] = []
            if pick.random() < 0.3:
                clause["elements"] = clause["elements"][1:] or clause["elements"]
            if pick.random() < 0.4:
                there = {one["name"] for one in clause["elements"]}
                clause["elements"] += [{"name": name, "form": {"kind": "plain"}} for name in known if name not in there]
            if pick.random() < 0.4:
                for one in clause["elements"]:
                    one["form"] = pick.choice([{"kind": "plain"}, {"kind": "mask", "keep": 3}, one["form"]])
            if pick.random() < 0.3:
                clause["retention"]["max_days"] += 100
    if pick.random() < 0.3:
        document["term"]["effective"] = (FIRST + timedelta(days=DAYS // 2)).isoformat()
    return dataclasses.replace(
        version,
        document=document,
        digest=digest(document),
        effective=date.fromisoformat(document["term"]["effective"]),
        time_zone=pick.choice([version.time_zone, "America/Vancouver"]),
    )


def drafted(seed: int, data: Mapping[str, Any] | None = None) -> Rulebook:
    """A draft that changes some agreements and takes one away; `data` is another register."""
    pick = random.Random(seed)
    versions = list(rulebook().agreements)
    pick.shuffle(versions)
    _gone, *left = versions
    made = [changed_agreement(one, pick) if place < 6 else one for place, one in enumerate(left)]
    return dataclasses.replace(
        rulebook(), agreements=tuple(made), policy_data=rulebook().policy_data if data is None else data
    )


def other_register() -> Mapping[str, Any]:
    """A register in which a provision that many requests rest on is not in force any more."""
    data: dict[str, Any] = json.loads(json.dumps(rulebook().policy_data))
    data["register"]["authorities"]["DESDA-35"]["effective"]["until"] = "2026-07-01"
    return data


@dataclass(slots=True)
class Counted:
    count: int = 0
    unread: int = 0
    already: int = 0
    entries: list[int] = field(default_factory=list)
    recipients: set[str] = field(default_factory=set)


@dataclass(slots=True)
class BruteForce:
    """Every entry read, opened and decided by itself, with engines that remember nothing."""

    requests: int = 0
    changed: int = 0
    moved: int = 0
    not_decided: Counter[str] = field(default_factory=Counter)
    groups: dict[GroupKey, Counted] = field(default_factory=dict)
    usage: Usage = field(default_factory=Usage)


async def brute_force(log: OpenLog, draft: Rulebook, scope: Scope) -> BruteForce:
    found = BruteForce()
    versions = {version.id: version for version in draft.agreements}
    new, now = plain(draft), plain(rulebook())
    for index in range(log.reader.head()[0]):
        receipt = await log.archive.entry(index)
        assert receipt is not None
        entry = Entry.from_bytes(receipt.entry)
        if entry.kind not in DECISIONS or entry.purpose is None or not in_scope(entry, scope):
            continue
        try:
            part = opened(entry, await log.archive.private_part(index))
        except ErasedError:
            found.not_decided[ERASED] += 1
            continue
        except PrivatePartError:
            found.not_decided[ALTERED] += 1
            continue
        asked = asked_of(entry, part, versions.get(entry.agreement.id) if entry.agreement else None)
        redecided = await redecide(new, asked)
        told = changes(recorded_of(entry), stated(redecided.decision, asked))
        before = changes(recorded_of(entry), stated((await redecide(now, asked)).decision, asked))
        found.requests += 1
        found.changed += bool(told)
        found.moved += redecided.moved
        found.usage.add(asked, redecided.decision, 1)
        for change in told:
            key = GroupKey(asked.agreement, asked.purpose, asked.record_type, change)
            group = found.groups.setdefault(key, Counted())
            group.count += 1
            group.unread += redecided.unread
            group.already += change in before
            group.entries.append(index)
            group.recipients.add(asked.recipient)
    return found


def plain(book: Rulebook) -> Candidate:
    engine = WasmEngine(read_sources(), book.policy_data)
    begun = {version.id: version.effective for version in rulebook().agreements}
    return Candidate({version.id: version for version in book.agreements}, engine, "", None, begun)


def in_scope(entry: Entry, scope: Scope) -> bool:
    day = legal_day(parse_time(entry.time))
    since, until = scope.period.since, scope.period.until
    if (since and day < since) or (until and day > until):
        return False
    return scope.agreements is None or (entry.agreement is not None and entry.agreement.id in scope.agreements)


async def simulate(recorded: RecordedRequests, draft: Rulebook, scope: Scope) -> SimulationReport:
    simulation = Simulation(recorded, simulating.candidate(draft, rulebook()), simulating.candidate(rulebook()))
    async for _progress in simulation.run(scope):
        pass
    return simulation.report()


def same(report: SimulationReport, expected: BruteForce, draft: Rulebook, scope: Scope) -> None:
    assert report.not_decided == dict(expected.not_decided)
    assert (report.requests, report.changed, report.moved) == (expected.requests, expected.changed, expected.moved)
    assert {group.key: group.count for group in report.groups} == {
        key: group.count for key, group in expected.groups.items()
    }
    for group in report.groups:
        other = expected.groups[group.key]
        assert (group.unread, group.already) == (other.unread, other.already)
        assert list(group.entries) == other.entries[: len(group.entries)]
        assert len(group.entries) == min(other.count, 200)
        assert set(group.recipients) == other.recipients
    agreements = {version.id: version for version in draft.agreements}
    assert report.usage == expected.usage.found(agreements, scope.agreements)
    assert not report.partial


@pytest.mark.parametrize("seed", [1, 2])
def test_equals_brute_force(world: Recorded, seed: int) -> None:
    draft = drafted(seed)
    scope = simulating.scope(rulebook(), draft, Period())
    assert scope.agreements is not None
    processes = RecordedProcesses(world.url, world.log.engine, world.log.vault, 2)
    report = asyncio.run(simulate(processes, draft, scope))
    same(report, asyncio.run(brute_force(world.log, draft, scope)), draft, scope)
    assert 0 < report.changed < report.requests
    assert report.inputs <= REQUESTS < report.requests
    kinds = {group.key.change.kind for group in report.groups}
    assert {ChangeKind.NOW_PERMITTED, ChangeKind.ELEMENT_GIVEN, ChangeKind.NOW_REFUSED} <= kinds
    assert {ChangeKind.ELEMENT_WITHHELD, ChangeKind.FORM_NARROWER, ChangeKind.OTHER_DUTIES} <= kinds


def test_equals_brute_force_under_another_register_in_a_thread(world: Recorded) -> None:
    """All agreements are concerned; some days only."""
    draft = drafted(3, other_register())
    scope = simulating.scope(rulebook(), draft, Period(FIRST + timedelta(days=30), FIRST + timedelta(days=150)))
    assert scope.agreements is None
    report = asyncio.run(simulate(RecordedHere(world.log.engine, world.log.vault), draft, scope))
    same(report, asyncio.run(brute_force(world.log, draft, scope)), draft, scope)
    assert 0 < report.requests < REQUESTS * (REPEATED + 1)


def test_the_rulebook_in_force_changes_nothing(world: Recorded) -> None:
    """What was decided comes out the same again, in every member that is compared."""
    scope = Scope(Period(), None, {one.id: one.time_zone for one in rulebook().agreements}, frozenset())
    report = asyncio.run(simulate(RecordedHere(world.log.engine, world.log.vault), rulebook(), scope))
    assert report.requests == REQUESTS * (REPEATED + 1) - len(ERASED_ENTRIES) - 1
    assert (report.changed, report.groups, report.moved) == (0, (), 0)


def test_what_was_read_until_somebody_stopped_is_told_as_a_part(world: Recorded) -> None:
    draft = drafted(1)

    async def stopped() -> SimulationReport:
        simulation = Simulation(RecordedHere(world.log.engine, world.log.vault), simulating.candidate(draft))
        running = simulation.run(simulating.scope(rulebook(), draft, Period()))
        progress = await anext(running)
        await running.aclose()
        assert progress.done < progress.total
        return simulation.report()

    report = asyncio.run(stopped())
    assert report.partial
    assert 0 < report.requests < report.total


def test_what_leaves_the_pass_names_nobody(world: Recorded) -> None:
    """Subjects, case references, officers and record references stay inside."""
    reader = RecordedReader(world.log.engine, world.log.vault, Scope(Period(), None, {}, frozenset()))
    size = world.log.reader.head()[0]
    left = b"".join(b"".join(written) for written in reader.count(0, size).cases)
    named = set[str]()
    for index in range(size):
        try:
            plaintext = world.log.archive.open_part(index, 0)
        except PrivatePartError:  # the one that was altered
            continue
        if plaintext is not None:
            part = json.loads(plaintext)["part"]
            named |= {str(part["case_reference"]), str(part["acting_officer"]), *part["records"]} - {"None"}
            named |= {part["subject"]["value"]} if part["subject"] else set()
    assert len(named) > 100
    told = json.loads(b"[" + left.replace(b"][", b"],[") + b"]")
    assert named & set(_texts(told)) == set()


def _texts(node: Any) -> Iterator[str]:
    if isinstance(node, str):
        yield node
    elif isinstance(node, Mapping):
        for name, value in node.items():
            yield name
            yield from _texts(value)
    elif isinstance(node, list):
        for value in node:
            yield from _texts(value)


def test_a_period_is_found_without_reading_the_log(tmp_path: Path) -> None:
    """Entries in the order of time; the range holds every entry of the days asked for, and few others."""
    url = f"sqlite:///{tmp_path / 'log.db'}"
    log = open_log(url, VaultKeys(bytes(32), {1: b"\x01" * 32}), SignerKey.generate("test.example/log"))
    drawn = World(5)
    judged = sorted((drawn.draw() for _ in range(60)), key=lambda one: one.request.received_at)
    asyncio.run(_fill(url, log, judged))
    since, until = FIRST + timedelta(days=60), FIRST + timedelta(days=120)
    first, end = entries_of(log.engine, Period(since, until))
    within = [index for index, one in enumerate(judged) if since <= legal_day(one.request.received_at) <= until]
    assert first <= within[0] <= within[-1] < end
    assert end - first <= len(within) + 6
    assert entries_of(log.engine, Period()) == (0, 60)
    assert entries_of(log.engine, Period(until + timedelta(days=900), None)) == (60, 60)
    log.engine.dispose()


def test_a_digest_names_the_draft() -> None:
    one, other = simulating.candidate(drafted(1)).digest, simulating.candidate(drafted(2)).digest
    assert one != other
    assert one == simulating.candidate(drafted(1)).digest
    assert len(from_base64url(one)) == 32
