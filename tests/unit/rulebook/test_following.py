"""A process takes a new rulebook whole or not at all, goes on meanwhile, and stays with the old one under an alarm."""

import asyncio
import json
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, cast

import pytest

from gateway.api.rules import PartnerRules, judged
from gateway.bootstrap.following import EVERY_SECOND, FollowedRulebook, OnRecord, Taken
from gateway.domain.errors import ConfigurationError, GatewayError, LogUnavailableError, PolicyEngineError
from gateway.domain.rulebook import RulebookState
from gateway.observability.logs import configure
from gateway.service.disclosure.disclose import OvertakenError
from tests.unit.rulebook.office import EDITOR, REASON, Office, narrowed, play

TFW = "esdc-ircc-tfw"


@dataclass
class Part:
    """An engine or a registry of sources; `fails` is what it raises when it is to start."""

    name: str
    revision: str = "R" * 43
    fails: Exception | None = None
    closed: bool = False

    async def start(self) -> None:
        if self.fails is not None:
            raise self.fails

    async def close(self) -> None:
        self.closed = True


@dataclass
class Sources:
    closed: bool = False

    def close(self) -> None:
        self.closed = True


def taken(state: RulebookState, engine: Part | None = None) -> Taken:
    whatever: Any = object()
    return Taken(
        state, whatever, cast(Any, engine or Part("first")), whatever, cast(Any, Sources()), whatever, whatever
    )


@dataclass
class Making:
    """Makes what follows; `fails` instead, as often as it says."""

    engine: Callable[[], Part] = lambda: Part("next")
    fails: list[Exception] = field(default_factory=list)
    made: int = 0

    def __call__(self, before: Taken, state: RulebookState) -> Taken:
        self.made += 1
        if self.fails:
            raise self.fails.pop()
        return taken(state, self.engine())


async def following(office: Office, making: Making) -> FollowedRulebook:
    return FollowedRulebook(OnRecord(office.records, office.desk.in_force), taken(await office.state()), making)


def test_a_change_is_taken_once_and_whole(tmp_path: Path) -> None:
    async def scenario(office: Office) -> None:
        making = Making()
        followed = await following(office, making)
        await followed.refresh()
        assert making.made == 0, "nothing changed"
        first = followed.taken
        await office.published(narrowed())
        await asyncio.gather(*(followed.refresh() for _ in range(5)))
        assert (making.made, followed.taken.state.revision) == (1, 2)
        engine = cast(Any, first.engine)
        assert not engine.closed, "requests that began with it end with it"
        await followed.close()
        assert engine.closed
        assert cast(Any, first.sources).closed
        assert cast(Any, followed.taken.engine).closed

    play(tmp_path, scenario)


@pytest.mark.parametrize(
    "failure",
    [
        PolicyEngineError("the module does not load"),
        ConfigurationError("a source has no record type"),
        LogUnavailableError("documents cannot be read"),
        OSError(28, "no space"),
        KeyError("a fault of the gateway's own"),
        ValueError("a fault of the gateway's own"),
    ],
)
def test_what_cannot_be_taken_is_an_alarm_and_the_process_stays_with_the_one_before(
    failure: Exception, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    configure()

    async def scenario(office: Office) -> None:
        making = Making(fails=[failure])
        followed = await following(office, making)
        await office.desk.stopping.suspend(EDITOR, TFW, REASON)
        await followed.refresh()
        assert followed.taken.state.revision == 1
        await followed.refresh()
        assert followed.taken.state.revision == 2, "it is tried again"

    play(tmp_path, scenario)
    told = [json.loads(line) for line in capfd.readouterr().err.splitlines() if line.startswith("{")]
    (alarm,) = [one for one in told if one["event"] == "rulebook-not-taken"]
    assert (alarm["level"], alarm["exception"], alarm["entry_index"]) == ("error", type(failure).__name__, 1)
    assert "fault" not in json.dumps(alarm), "by its type, never by its message"


def test_an_engine_that_does_not_start_with_it_keeps_the_one_before(tmp_path: Path) -> None:
    """It loads in one engine and not in the other: whoever cannot, stays, and the log refuses its permits."""

    async def scenario(office: Office) -> None:
        broken = Part("broken", fails=PolicyEngineError("does not take the data"))
        followed = await following(office, Making(engine=lambda: broken))
        other = await following(office, Making())
        before = followed.taken.engine
        await office.published(narrowed())
        await asyncio.gather(followed.refresh(), other.refresh())
        assert (followed.taken.engine, followed.taken.state.revision) == (before, 1)
        assert other.taken.state.revision == 2
        assert broken.closed, "what was opened for it is closed again"

    play(tmp_path, scenario)


def test_a_process_without_its_database_goes_on_and_follows_when_it_is_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("gateway.bootstrap.following.EVERY_SECOND", 0.01)
    assert EVERY_SECOND == 1.0

    async def scenario(office: Office) -> None:
        class Away(OnRecord):
            async def revision(self) -> int:
                if down.is_set():
                    raise LogUnavailableError("cases cannot be read")
                return await super().revision()

        down = asyncio.Event()
        failures: list[GatewayError] = []
        enough, again = asyncio.Event(), asyncio.Event()
        loop = asyncio.get_running_loop()

        def failed(error: GatewayError) -> None:
            failures.append(error)
            if len(failures) == 3:
                enough.set()

        def make(before: Taken, state: RulebookState) -> Taken:
            loop.call_soon_threadsafe(again.set)
            return taken(state)

        followed = FollowedRulebook(Away(office.records, office.desk.in_force), taken(await office.state()), make)
        running = asyncio.create_task(followed.run(failed))
        down.set()
        await office.desk.stopping.suspend(EDITOR, TFW, REASON)
        await enough.wait()
        assert followed.taken.state.revision == 1
        assert not running.done()
        down.clear()
        await again.wait()
        await followed.refresh()
        assert followed.taken.state.revision == 2
        running.cancel()

    play(tmp_path, scenario)


def test_a_request_that_was_overtaken_is_judged_by_what_is_in_force_now() -> None:
    @dataclass
    class Rules:
        taken: int = 0
        upto: int = 1

        @property
        def now(self) -> PartnerRules:
            return cast(PartnerRules, self.taken)

        async def refresh(self) -> None:
            self.taken += 1

    async def act(rules: Any, *, upto: int) -> int:
        if rules < upto:
            raise OvertakenError
        return cast(int, rules)

    for upto, ends in ((0, True), (1, True), (9, True), (10, False)):
        judging = judged(Rules(), lambda rules, upto=upto: act(rules, upto=upto))  # type: ignore[misc]
        if ends:
            assert asyncio.run(judging) == upto
        else:
            with pytest.raises(OvertakenError):
                asyncio.run(judging)


def test_a_start_takes_nothing_back_that_was_published_while_it_read(tmp_path: Path) -> None:
    """Another process publishes between the reading of this one and its first entry."""

    async def scenario(office: Office) -> None:
        read = await office.state()
        await office.published(narrowed())
        now = await office.state()
        assert await office.desk.in_force.put_on_record(read, living=True) == now
        assert (await office.state()) == now
        # Its policy may be of a new release all the same, and files mode takes what the files say.
        newer = replace(now, policy_revision="N" * 42 + "A")
        assert (await office.desk.in_force.put_on_record(newer, living=True)).policy_revision == "N" * 42 + "A"
        assert (await office.desk.in_force.put_on_record(read)).files == read.files

    play(tmp_path, scenario)
