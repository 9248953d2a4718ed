"""The storm as a whole: processes, partners, changes, kills; then the checker, and what was found in figures."""

import asyncio
import contextlib
import random
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import yaml

from tests.live import Deployment
from tests.storm.changes import Changes
from tests.storm.checker import WITHIN, Found, Taking, check_log, check_taking
from tests.storm.gateways import Process, processes
from tests.storm.load import Load


@dataclass(slots=True)
class Storm:
    """What happened."""

    seconds: float
    changes: Changes
    load: Load
    kills: int
    found: Found
    taking: Taking
    wrong: list[str]
    troubles: Counter[str]

    def require_sound(self, *, timed: bool = True) -> None:
        """Raises AssertionError with everything that should not be; `timed`, what came late on this machine too."""
        late = self.taking.late if timed else []
        faults = [*self.found.wrong, *self.load.failures, *self.taking.never, *late, *self.wrong]
        assert not faults, "\n".join([f"{len(faults)} faults", *faults[:20]])

    def __str__(self) -> str:
        asked = sum(self.load.answers.values())
        return "\n".join(
            [
                f"changes     {self.changes.count} in {self.seconds:.0f} s: {_counted(self.changes.done)}; refused to "
                f"who was slower: {_counted(self.changes.refused)}; unknown (killed): {self.changes.unknown}",
                f"kill -9     {self.kills}",
                f"requests    {asked} ({asked / self.seconds:.0f}/s): {_counted(self.load.answers)}; "
                f"failed: {len(self.load.failures)}",
                f"pages       {self.load.began_under} said that they began under another version",
                f"log         {self.found.entries} entries; decisions under an agreement: "
                f"{_counted(self.found.decisions)}; not in force at their commit: {len(self.found.wrong)}",
                f"replicas    {len(self.taking.delays)} takings within {WITHIN:.0f} s: {self.taking}; "
                f"late: {len(self.taking.late)}",
                *(f"trouble     {count} times: {what}" for what, count in self.troubles.most_common(10)),
            ]
        )


async def storm(
    deployment: Deployment,
    *,
    count: int,
    changes: int,
    kills: int,
    clients: int = 3,
    seed: int = 1,
    told: Callable[[int], None] = lambda _count: None,
) -> Storm:
    """`count` processes on one log, `clients` partners for each, `changes` of the rulebook, `kills` at random."""
    chance = random.Random(seed)
    _patient(deployment.settings.sources_file)
    gateways = processes(deployment, count)
    try:
        for process in gateways:
            await process.start()
        load = Load(deployment, chance)
        made = Changes(gateways, chance, changes)
        asking = asyncio.create_task(load.run(gateways, clients))
        started = time.monotonic()
        due = [_Due((number + chance.uniform(0.2, 0.8)) * changes / kills) for number in range(kills)]

        def moved(count: int) -> None:
            for one in due:
                if count >= one.at:
                    one.now.set()
            told(count)

        killing = asyncio.create_task(_kill(gateways, chance, due))
        await made.run(moved)
        seconds = time.monotonic() - started
        await killing
        await asyncio.sleep(WITHIN + 1)
        load.stop = True
        await asking
    finally:
        for process in gateways:
            with contextlib.suppress(AssertionError):
                process.stop()
    found = check_log(deployment.settings.database_url, load.acknowledged)
    taking = check_taking(gateways, found.changes)
    wrong = [
        f"process {process.number} wrote a traceback"
        for process in gateways
        if "Traceback" in process.output.read_text("utf-8", "replace")
    ]
    troubles: Counter[str] = Counter()
    for process in gateways:
        for name in ("dependency-failed", "unexpected-failure"):
            for _, told_ in process.events(name):
                members = {
                    key: told_[key] for key in sorted(told_) if key not in ("timestamp", "trace", "log", "level")
                }
                troubles[str(members)] += 1
    return Storm(seconds, made, load, kills, found, taking, wrong, troubles)


def _patient(sources_file: Path) -> None:
    """Give the sources half a minute: a busy machine makes them slow, which is none of the rulebook's failures."""
    declared = yaml.safe_load(sources_file.read_text("utf-8"))
    for source in declared["sources"]:
        source["timeout_ms"] = 30_000
    sources_file.write_text(yaml.safe_dump(declared, allow_unicode=True), "utf-8")


@dataclass(slots=True)
class _Due:
    """A kill that is due when so many changes were made."""

    at: float
    now: asyncio.Event = field(default_factory=asyncio.Event)


async def _kill(gateways: list[Process], chance: random.Random, due: list[_Due]) -> None:
    """Kill a random process and start it again, each time that it is due."""
    for one in due:
        await one.now.wait()
        await asyncio.sleep(chance.uniform(0, 0.5))
        process = chance.choice(gateways)
        await asyncio.to_thread(process.kill)
        await asyncio.sleep(chance.uniform(0, 1))
        await process.start()


def _counted(counter: Counter[str]) -> str:
    return ", ".join(f"{name} {count}" for name, count in sorted(counter.items())) or "none"
