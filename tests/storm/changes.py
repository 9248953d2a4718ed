"""Random changes of the rulebook through the staff socket of a random process: publications, suspensions, resumptions.

Who acts is one of several officers, so that four eyes are kept; what is refused because somebody or something else was
faster is counted, not an error. Does not: judge what became of it (`tests.storm.checker`).
"""

import asyncio
import random
import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from gateway.adapters.packaged import packaged
from gateway.staff.asking import NotListeningError, OutcomeUnknownError, StaffCallError, ask
from tests.storm.gateways import Process

AGREEMENTS: Final = ("esdc-ircc-tfw", "london-icm", "esdc-on-labour-findings")
TOGGLED: Final = {
    "esdc-ircc-tfw": "          - {name: wage_hourly, ",
    "london-icm": "          - {name: caseworker_title, ",
    "esdc-on-labour-findings": "          - {name: final_decision_date, ",
}
"""A line of each agreement that a publication takes away or puts back."""
LAWFUL: Final = frozenset(
    {"rulebook-changed", "draft-outdated", "stopped-already", "not-suspended", "second-person", "draft-changed",
     "wrong-state", "not-approved"}
)  # fmt: skip
"""What a racing officer may be told; nothing was done then."""
UNITS: Final = {"esdc-ircc-tfw": "esdc-isb", "london-icm": "london-ssm", "esdc-on-labour-findings": "esdc-isb"}
"""Of an institution that the agreement concerns; nobody else approves, publishes or stops it."""


@dataclass(slots=True)
class Changes:
    """Makes changes until `wanted` were done. `done` counts them by kind, `refused` what was refused by code."""

    processes: Sequence[Process]
    chance: random.Random
    wanted: int
    done: Counter[str] = field(default_factory=Counter)
    refused: Counter[str] = field(default_factory=Counter)
    unknown: int = 0
    _version: int = 1

    @property
    def count(self) -> int:
        return sum(self.done.values())

    async def run(self, told: Callable[[int], None] = lambda _count: None) -> None:
        """One change after the other, and every fifth time two at once; `told` how many there are after each."""
        while self.count < self.wanted:
            at_once = 2 if self.chance.random() < 0.2 else 1
            await asyncio.gather(*(self._one(self.chance.choice(self.processes)) for _ in range(at_once)))
            told(self.count)

    async def _one(self, process: Process) -> None:
        agreement = self.chance.choice(AGREEMENTS)
        try:
            standing = (await self._standings(process))[agreement]
            if standing == "suspended":
                await self._resume(process, agreement)
            elif self.chance.random() < 0.35:
                reasons = {"reason_en": "Tried in a test.", "reason_fr": "Essayé dans un test."}
                await self._call(
                    process, "agreement.suspend", "a.approver", UNITS[agreement], agreement=agreement, **reasons
                )
                self.done["suspended"] += 1
            else:
                await self._publish(process, agreement)
        except StaffCallError as error:
            if error.code not in LAWFUL and error.code != "log-unavailable":
                raise
            self.refused[error.code] += 1
        except (NotListeningError, OutcomeUnknownError):
            self.unknown += 1
            await asyncio.sleep(0.3)

    async def _resume(self, process: Process, agreement: str) -> None:
        if self.chance.random() < 0.5:
            # Suspended for a while, so that requests meet it.
            await asyncio.sleep(self.chance.uniform(0, 0.5))
        for officer in ("a.approver", "b.approver"):
            try:
                made = await self._call(process, "agreement.resume", officer, UNITS[agreement], agreement=agreement)
            except StaffCallError as error:
                if error.code != "second-person":
                    raise
                continue
            if made["done"]:
                self.done["resumed"] += 1
                return

    async def _publish(self, process: Process, agreement: str) -> None:
        path = f"isa/{agreement}.yaml"
        files: Mapping[str, str] = (await self._call(process, "rulebook.files", "e.editor"))["files"]
        self._version += 1
        text = re.sub(r'^version: "[^"]*"', f'version: "{self._version}"', files[path], count=1, flags=re.M)
        drafted = await self._call(
            process, "draft.open", "e.editor", files={path: _toggled(agreement, text, self.chance)}
        )
        await self._call(process, "draft.submit", "e.editor", draft=drafted["draft"], revision=drafted["revision"])
        named, unit = {"draft": drafted["draft"], "digest": drafted["digest"]}, UNITS[agreement]
        await self._call(process, "draft.approve", "a.approver", unit, **named)
        await self._call(process, "draft.publish", "p.publisher", unit, **named)
        self.done["published"] += 1

    async def _standings(self, process: Process) -> dict[str, str]:
        found = await self._call(process, "agreement.list", "e.editor")
        return {row["agreement"]: row["standing"] for row in found["agreements"]}

    async def _call(
        self, process: Process, call: str, officer: str, unit: str = "esdc-isb", /, **arguments: Any
    ) -> Any:
        return await ask(process.socket, call, arguments, {"unit": unit, "officer": officer})


def _toggled(agreement: str, text: str, chance: random.Random) -> str:
    """The shipped text under the version of `text`, with or without one element, by chance."""
    shipped = (packaged("agreements") / "isa" / f"{agreement}.yaml").read_text("utf-8")
    version = re.search(r'^version: "[^"]*"', text, flags=re.M)
    assert version is not None
    made = re.sub(r'^version: "[^"]*"', version.group(), shipped, count=1, flags=re.M)
    line = next(line for line in shipped.splitlines(keepends=True) if line.startswith(TOGGLED[agreement]))
    return made.replace(line, "", 1) if chance.random() < 0.5 else made
