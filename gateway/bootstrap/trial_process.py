"""The process that tries a draft on the requests on record: `python -m gateway.bootstrap.trial_process DRAFT FROM TO`.

Why a process: reading and deciding takes every core for minutes. It reads its settings from the environment, says the
digest of what it would try and waits until that is on record (`go` on standard input), says how far it is, a JSON line
each, and at the end what it found, in both languages. SIGINT ends it with what was found until then. It ends with the
gateway that began it. Does not: put anything on record (the gateway does).
"""

import asyncio
import json
import os
import signal
import sys
from dataclasses import asdict
from datetime import date
from typing import Any

from gateway.bootstrap import simulating
from gateway.bootstrap.log import read_log
from gateway.bootstrap.rulebook import open_draft, open_rulebook
from gateway.bootstrap.vocabulary import vocabulary
from gateway.deployment.settings import Settings
from gateway.domain.errors import GatewayError
from gateway.service.simulation.page import SimulationPage
from gateway.service.simulation.record import Ended
from gateway.service.simulation.recorded import Period
from gateway.service.simulation.simulate import SimulationReport
from gateway.service.words.explain import Section
from gateway.service.words.sentences import BOTH

MOST_GROUPS = 100


def say(told: dict[str, Any]) -> None:
    print(json.dumps(told), flush=True)


def main(draft: str, first: str, last: str) -> None:
    os.nice(10)
    settings = Settings.from_environment()
    period = Period(date.fromisoformat(first) if first else None, date.fromisoformat(last) if last else None)
    log = read_log(settings)
    try:
        (current, _state), drafted = open_rulebook(settings, log), open_draft(settings, log, draft)
        candidate, scope = simulating.candidate(drafted, current), simulating.scope(current, drafted, period)
        if scope.agreements == frozenset():
            say({"same": True})
            return
        say({"rulebook": candidate.digest})
        if sys.stdin.readline().strip() != "go":
            return
        simulation = simulating.simulation(settings, log, current, candidate)
        asyncio.run(_run(simulation, scope))
        report = simulation.report()
    finally:
        log.engine.dispose()
    words = vocabulary(drafted)
    say(
        {
            "counts": asdict(Ended.of(report)),
            "pages": {lang: _page(report, scope.agreements, words, lang) for lang in BOTH},
        }
    )


async def _run(simulation: Any, scope: Any) -> None:
    stop = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGINT, stop.set)
    running = simulation.run(scope)
    async for step in running:
        say({"done": step.done, "total": step.total})
        if stop.is_set():
            await running.aclose()
            break


def _page(report: SimulationReport, agreements: Any, words: Any, lang: Any) -> dict[str, Any]:
    page = SimulationPage(report, agreements, words, lang)
    groups = [
        {"said": page.group(number, group).text, "below": list(page.group(number, group).below), "number": number,
         "entries": list(group.entries[:50]), "count": group.count}
        for number, group in enumerate(report.groups[:MOST_GROUPS], 1)
    ]  # fmt: skip
    return {"sections": [_section(one) for one in page.sections()], "groups": groups}


def _section(section: Section) -> dict[str, Any]:
    lines = [{"said": one.text, "code": one.code, "below": list(one.below)} for one in section.lines]
    return {"key": section.key, "title": section.title, "lines": lines}


if __name__ == "__main__":
    try:
        main(*sys.argv[1:4])
    except BrokenPipeError:
        os._exit(1)
    except GatewayError as error:
        say({"failed": error.code})
        raise SystemExit(1) from None
