"""Flags over a real projection, on SQLite and PostgreSQL: raised, signed off, back for newer entries alone; and the
sample and the figures of the same log against a count by hand."""

import asyncio
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from audit.entry import Entry
from audit.merkle import leaf_hash, subtree_root
from audit.vocabulary import format_time, parse_time
from gateway.adapters.log.reader import LogReader
from gateway.adapters.projection.following import ProjectionFollower
from gateway.adapters.projection.hours import HoursReader
from gateway.adapters.projection.reader import ProjectionReader
from gateway.domain.actor import Actor, Identified, Role
from gateway.domain.due import legal_day
from gateway.domain.element import Catalogue
from gateway.domain.errors import GatewayError, LogUnavailableError
from gateway.service.flags.flag import FlagKind
from gateway.service.flags.reviewing import FlagError, Flags
from gateway.service.flags.sampling import Sampling
from gateway.service.flags.seen import REQUESTS, Requests
from gateway.service.flags.thresholds import Thresholds
from gateway.service.projection.questions import Question
from gateway.service.report.figures import DECIDED, Table, tables_of
from tests.projected import ORGANIZATIONS, LogOfEntries, entries
from tests.simulator import SimulatedCases
from tests.unit.referral.desk import Desk, desk

pytestmark = pytest.mark.thorough

NOW = datetime(2026, 3, 20, 15, tzinfo=UTC)
OFFICER = Actor("r.roy", "esdc-isb", frozenset({Role.PRIVACY_OFFICER}), Identified.PEER_CREDENTIALS)


@dataclass
class Clock:
    at: datetime = NOW

    def now(self) -> datetime:
        return self.at


class NoTokens:
    async def since(self, first_index: int) -> Requests:
        return Requests((), first_index)


@dataclass
class World:
    log: LogOfEntries
    reader: ProjectionReader
    hours: HoursReader
    follower: ProjectionFollower
    advance: Callable[[], None]
    staff: Desk = field(default_factory=desk)
    clock: Clock = field(default_factory=Clock)

    def flags(self, limits: Thresholds | None = None) -> Flags:
        cases = SimulatedCases(self.staff.world.log)
        return Flags(
            self.hours, NoTokens(), cases, self.staff.world.log, self.staff.world.log, self.clock,
            ORGANIZATIONS, limits or Thresholds(),
        )  # fmt: skip

    def sampling(self, count: int = 10) -> Sampling:
        cases = SimulatedCases(self.staff.world.log)
        return Sampling(
            self.reader, self.follower, self.reader, LogReader(self.log.engine), cases, self.staff.world.log,
            self.staff.world.log, self.clock, count,
        )  # fmt: skip


@pytest.fixture(params=["sqlite", "postgresql"])
def world(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[World]:
    url = f"sqlite:///{tmp_path / 'log.db'}"
    if request.param == "postgresql":
        url = request.getfixturevalue("postgres_server").create_database()
    log = LogOfEntries(url)
    builder, place = log.builder()

    def advance() -> None:
        while builder.advance(500):
            pass

    yield World(log, ProjectionReader(place), HoursReader(place), ProjectionFollower(builder), advance)
    place.dispose()
    log.engine.dispose()


def denied(count: int, at: datetime) -> list[Entry]:
    """Refused requests of a partner to esdc-isb."""
    made: list[Entry] = []
    for one in entries(3, 4_000):
        if one.kind == "denial" and len(made) < count:
            moment = at + timedelta(seconds=len(made))
            made.append(replace(one, requester="ircc-permits", custodian="esdc-isb", time=format_time(moment)))
    return made


def test_a_flag_is_signed_off_and_comes_back_for_newer_entries_alone(world: World) -> None:
    world.log.append(denied(12, NOW - timedelta(hours=2)))
    world.advance()
    flags = world.flags()

    async def run() -> None:
        raised = await flags.raised("esdc")
        assert [(one.kind, one.partner, one.first_index, one.last_index) for one in raised.flags] == [
            (FlagKind.REFUSALS, "ircc-permits", 0, 11)
        ]
        flag = raised.flags[0]
        # The partner asked, so it is a flag for its own officers too, under another name; nobody else's.
        assert [one.id != flag.id for one in (await flags.raised("ircc")).flags] == [True]
        assert (await flags.raised("cbsa")).flags == ()
        for wrong in ({"outcome": "x"}, {"words": "  "}, {"words": "x" * 2_001}, {"flag": "f-none"}):
            asked: dict[str, str] = {"flag": flag.id, "outcome": "explained", "words": "An announced batch"} | wrong
            with pytest.raises(FlagError):
                await flags.sign_off(
                    "esdc", asked["flag"], outcome=asked["outcome"], words=asked["words"], actor=OFFICER
                )
        with pytest.raises(FlagError):
            await flags.sign_off("cbsa", flag.id, outcome="explained", words="x", actor=OFFICER)
        await flags.sign_off("esdc", flag.id, outcome="explained", words="An announced batch", actor=OFFICER)
        assert (await flags.raised("esdc")).flags == ()
        (signed,) = await flags.signed("esdc")
        assert (signed.outcome, signed.flag["flag"], signed.flag["figures"]["count"]) == ("explained", flag.id, 12)
        assert await flags.words_of(signed) == {"officer": "r.roy", "words": "An announced batch"}
        with pytest.raises(FlagError):
            await flags.sign_off("esdc", flag.id, outcome="explained", words="Again", actor=OFFICER)
        world.log.append(denied(1, NOW - timedelta(hours=1)))
        world.advance()
        # What was seen is read anew after five minutes, and nobody waits for it.
        world.clock.at += timedelta(minutes=6)
        assert (await flags.raised("esdc")).flags == ()
        assert flags._looking is not None
        await flags._looking
        (back,) = (await flags.raised("esdc")).flags
        assert (back.id, back.last_index) == (flag.id, 12)
        await flags.sign_off("esdc", flag.id, outcome="raised", words="Told them", actor=OFFICER)
        assert (await flags.raised("esdc")).flags == ()
        assert [one.outcome for one in await flags.signed("esdc")] == ["raised"]

    asyncio.run(run())


def test_a_sign_off_that_is_not_durable_does_not_count(world: World) -> None:
    world.log.append(denied(12, NOW - timedelta(hours=2)))
    world.advance()
    flags = world.flags()

    class Failing:
        async def commit(self, _submission: object) -> object:
            return object()

    async def run() -> None:
        flag = (await flags.raised("esdc")).flags[0]
        flags._log = Failing()  # type: ignore[assignment]
        with pytest.raises(LogUnavailableError):
            await flags.sign_off("esdc", flag.id, outcome="explained", words="x", actor=OFFICER)
        assert len((await flags.raised("esdc")).flags) == 1

    asyncio.run(run())


def test_hours_are_those_of_the_raw_log(world: World) -> None:
    made = list(entries(17, 900))
    world.log.append(made)
    world.advance()
    first = legal_day(parse_time(made[450].time))
    found = asyncio.run(world.hours.since(first))
    by_hand: Counter[tuple[str, str, datetime]] = Counter()
    for one in made:
        at = parse_time(one.time)
        if legal_day(at) >= first:
            by_hand[one.kind, one.requester, at.replace(minute=0, second=0, microsecond=0)] += 1
    told: Counter[tuple[str, str, datetime]] = Counter()
    for row in found.rows:
        told[row.pattern.kind, row.pattern.requester, row.begins] += row.entries
        assert found.first_index <= row.first_index <= row.last_index < found.up_to == 900
    assert told == by_hand


def a_month(world: World) -> tuple[str, list[int], int]:
    """A month that is over, the requests in it that esdc had a part in, and the size of the log at its end."""
    made = list(entries(23, 900))
    world.log.append(made)
    _keep_tiles(world.log)
    world.advance()
    world.clock.at = max(parse_time(one.time) for one in made)
    month = f"{(legal_day(world.clock.at).replace(day=1) - timedelta(days=1)):%Y-%m}"
    inside = [at for at, one in enumerate(made) if f"{legal_day(parse_time(one.time)):%Y-%m}" == month]
    mine = {unit for unit, organization in ORGANIZATIONS.items() if organization == "esdc"}
    asked = [
        at for at in inside
        if made[at].kind in REQUESTS and mine & {made[at].requester, made[at].recipient, made[at].custodian}
    ]  # fmt: skip
    return month, asked, inside[-1] + 1


def _keep_tiles(log: LogOfEntries) -> None:
    """The full tiles of the lowest level, which the log itself keeps as it appends."""
    hashes = [leaf_hash(one.to_bytes()) for one in log.kept if one is not None]
    rows = [
        {"i": at // 256, "r": subtree_root(hashes[at : at + 256]), "h": b"".join(hashes[at : at + 256])}
        for at in range(0, len(hashes) - 255, 256)
    ]
    statement = "INSERT INTO hash_tile (level, tile_index, root, hashes) VALUES (0, :i, :r, :h)"
    with log.engine.begin() as connection:
        connection.execute(text(statement), rows)


def test_anybody_who_has_the_log_draws_the_same_sample(world: World) -> None:
    month, asked, size = a_month(world)

    async def run() -> None:
        sample = await world.sampling().of("esdc", month)
        assert (sample.of, sample.size, sample.overdue) == (len(asked), size, False)
        # By hand, from the recipe in docs/flags.md and the bytes of the log alone.
        root = _root([one.to_bytes() for one in world.log.kept[:size] if one is not None])
        assert sample.root == root.hex()
        seed = sha256(b"isa-gateway/monthly-sample/v1\0" + root + b"esdc\0" + month.encode()).digest()
        ranked = sorted(asked, key=lambda index: sha256(seed + index.to_bytes(8, "big")).digest())
        assert [one.entry_index for one in sample.entries] == sorted(ranked[:10])
        assert await world.sampling().of("esdc", month) == sample
        other = await world.sampling().of("cbsa", month)
        assert [one.entry_index for one in other.entries] != [one.entry_index for one in sample.entries]
        with pytest.raises(FlagError):
            await world.sampling().of("esdc", f"{world.clock.at:%Y-%m}")

    asyncio.run(run())


def test_each_entry_of_the_sample_is_reviewed_once_and_on_record(world: World) -> None:
    month, asked, _size = a_month(world)
    sampling = world.sampling(count=2)

    async def run() -> None:
        sample = await sampling.of("esdc", month)
        one, two = sample.entries
        outside = next(index for index in asked if index not in (one.entry_index, two.entry_index))
        for entry, outcome, words in (
            (outside, "in-order", "x"), (one.entry_index, "x", "x"), (one.entry_index, "in-order", " ")
        ):  # fmt: skip
            with pytest.raises(FlagError):
                await sampling.review("esdc", month, entry, outcome=outcome, words=words, actor=OFFICER)
        await sampling.review("esdc", month, one.entry_index, outcome="question", words="Looked", actor=OFFICER)
        with pytest.raises(FlagError):
            await sampling.review("esdc", month, one.entry_index, outcome="in-order", words="Again", actor=OFFICER)
        sample = await sampling.of("esdc", month)
        assert [found.outcome for found in sample.entries] == ["question", None]
        assert await sampling.words_of(sample.entries[0]) == {"officer": "r.roy", "words": "Looked"}
        assert await sampling.words_of(sample.entries[1]) is None
        world.clock.at = datetime.combine(sample.due, datetime.min.time(), UTC) + timedelta(days=2)
        late = await sampling.of("esdc", month)
        assert (late.overdue, late.waiting) == (True, 1)
        await sampling.review("esdc", month, two.entry_index, outcome="in-order", words="Looked", actor=OFFICER)
        done = await sampling.of("esdc", month)
        assert (done.overdue, done.waiting) == (False, 0)

    asyncio.run(run())


def test_a_month_that_is_not_read_to_its_end_is_not_drawn(world: World) -> None:
    month, _asked, _size = a_month(world)
    more = [replace(one, time=format_time(world.clock.at)) for one in entries(5, 3)]
    world.log.append(more)

    async def run() -> None:
        # A month that is wholly read is drawn though the projection is behind by newer entries.
        assert (await world.sampling().of("esdc", month)).entries
        fresh = world.sampling()
        fresh._follower = _Behind(world.follower)  # type: ignore[assignment]
        with pytest.raises(GatewayError, match="whole month"):
            await fresh.of("esdc", month)

    asyncio.run(run())


class _Behind:
    """A follower that has not got beyond the middle of the first month."""

    def __init__(self, follower: ProjectionFollower) -> None:
        self._follower = follower

    async def standing(self) -> Any:
        standing = await self._follower.standing()
        assert standing.oldest is not None
        return replace(standing, newest=standing.oldest, up_to=standing.size - 1)


def _root(bodies: Sequence[bytes]) -> bytes:
    """RFC 6962, 2.1, by its definition."""
    if len(bodies) == 1:
        return sha256(b"\0" + bodies[0]).digest()
    cut = 1 << ((len(bodies) - 1).bit_length() - 1)
    return sha256(b"\1" + _root(bodies[:cut]) + _root(bodies[cut:])).digest()


def test_the_figures_are_those_of_a_count_by_hand(world: World) -> None:
    made = list(entries(29, 900))
    world.log.append(made)
    world.advance()
    first, last = date(2025, 11, 3), date(2026, 2, 10)
    sums = asyncio.run(world.reader.patterns(Question(first=first, last=last, institution="esdc")))
    tables = {table.key: table for table in tables_of(sums, "esdc", ORGANIZATIONS, Catalogue({}))}
    inside = [one for one in made if first <= legal_day(parse_time(one.time)) <= last]
    kept = [one for one in inside if ORGANIZATIONS.get(one.custodian or "") == "esdc"]
    acted = [one for one in inside if ORGANIZATIONS.get(one.requester) == "esdc"]
    left = [one for one in kept if one.kind == "disclosure"]
    assert _counts(tables["received"]) == _only(Counter(one.kind for one in kept), REQUESTS)
    assert _counts(tables["asked"]) == _only(Counter(one.kind for one in acted), REQUESTS)
    assert _counts(tables["by-ground"]) == Counter(one.ground for one in left)
    assert _counts(tables["by-purpose"]) == Counter(one.purpose for one in left)
    units = [one.recipient or one.requester for one in left]
    assert _counts(tables["by-recipient"]) == Counter(ORGANIZATIONS.get(unit, unit) for unit in units)
    assert _counts(tables["by-sensitivity"]) == {"unknown": len(left)}
    assert _counts(tables["acts"]) == _only(Counter(r for one in acted for r in one.reasons), {"notice-sent"})
    assert _counts(tables["decided"]) == _only(Counter(r for one in acted for r in one.reasons), DECIDED)
    assert len(left) > 50


def _counts(table: Table) -> dict[str, int]:
    return {code: counts[0] for code, counts in table.rows if counts[0]}


def _only(counts: Counter[Any], codes: Any) -> dict[str, int]:
    return {code: count for code, count in counts.items() if code in codes}
