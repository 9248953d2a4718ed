"""What the sandbox's console opens on after the story: an emergency that waits, and an officer who may decide.

Does not: serve the console (the gateway's process does), or know its people's names (`PEOPLE` does).
"""

import asyncio
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

from gateway.console.session.people import PEOPLE
from gateway.demo.play import DemoError, Sandbox, play
from gateway.demo.story import story
from gateway.domain.actor import Role
from gateway.staff.asking import ask

GIVER: Final = "d.levesque"
DAYS: Final = 30


def leave_work(sandbox: Sandbox) -> str:
    """The address of the console, where a fresh emergency waits for a decision. Raises DemoError."""
    settings = sandbox.settings
    if settings.console_origin is None or settings.staff_socket is None:
        raise DemoError("the demonstration has no console")
    scene = next(one for one in story(sandbox.landmarks) if one.released)
    if not play(sandbox, replace(scene, released=(), expects="refer")).expected:
        raise DemoError("an emergency was not referred to a person")
    asyncio.run(_delegate(settings.staff_socket))
    return settings.console_origin


async def _delegate(path: Path) -> None:
    """An order for whoever may decide in the sandbox, under all that waits to be weighed."""
    now = datetime.now(UTC)
    waiting = await ask(path, "referral.list", {"only_open": True})
    for person in PEOPLE:
        if Role.DELEGATED_HEAD not in person.roles or person.officer == GIVER:
            continue
        for weigh in {tuple(one["weigh"]) for one in waiting}:
            order = {
                "to": person.officer,
                "at": person.unit,
                "provisions": list(weigh),
                "begins": now.isoformat(),
                "ends": (now + timedelta(days=DAYS)).isoformat(),
            }
            await ask(path, "delegation.give", order, {"unit": person.unit, "officer": GIVER})
