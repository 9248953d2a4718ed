"""What `gateway agreements simulate` does: loads the draft, puts the act on record, reads, decides, shows.

Does not: name options (`gateway.cli.simulation`), or word what was found (`service.simulation.page`).
"""

import asyncio
import signal
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import typer

from gateway.adapters.rulebook.load import Rulebook
from gateway.bootstrap import simulating
from gateway.bootstrap.rulebook import open_draft, open_rulebook
from gateway.bootstrap.vocabulary import vocabulary
from gateway.cli.acting import Stated
from gateway.cli.log_reading import reading
from gateway.cli.screen import json_text, progress, wrapped
from gateway.cli.simulation_json import simulation_json
from gateway.cli.staff import call
from gateway.deployment.settings import Settings
from gateway.service.simulation.page import SimulationPage
from gateway.service.simulation.record import Ended
from gateway.service.simulation.recorded import Period, Scope
from gateway.service.simulation.simulate import Candidate, SimulationReport
from gateway.service.words.explain import Section
from gateway.service.words.sentences import Lang
from gateway.service.words.simulation import SIMULATION


@dataclass(frozen=True, slots=True)
class Asked:
    """What the command was asked. `draft` is its name or path, `show` one group to open."""

    draft: str
    period: Period
    situations: Path | None
    by: Stated
    show: int | None


def run_simulation(context: typer.Context, settings: Settings, asked: Asked, lang: Lang, *, as_json: bool) -> None:
    """Raises AgreementFilesError where the draft has gaps, and what a staff call raises."""
    with reading(settings) as log:
        (current, _state), draft = open_rulebook(settings, log), open_draft(settings, log, asked.draft)
    candidate, scope = simulating.candidate(draft, current), simulating.scope(current, draft, asked.period)
    if scope.agreements == frozenset():
        typer.echo(SIMULATION[lang]["no-difference"])
        return
    days = {"since": _day(asked.period.since), "until": _day(asked.period.until)}
    begun = call(context, "simulation.begin", asked.by, draft=candidate.digest, **days)["entry_index"]
    report = _run(settings, current, candidate, scope)
    ended = call(context, "simulation.end", asked.by, begun=begun, **asdict(Ended.of(report)))["entry_index"]
    tried = asyncio.run(simulating.try_situations(asked.situations, current, draft)) if asked.situations else None
    page = SimulationPage(report, scope.agreements, vocabulary(draft), lang)
    if as_json:
        typer.echo(json_text(simulation_json(report, scope.agreements, (begun, ended), tried, asked.show)))
    elif asked.show is not None:
        section = page.opened(asked.show)
        if section is None:
            told = SIMULATION[lang]["no-group"].format(asked.show, len(report.groups))
            raise typer.BadParameter(told, param_hint="--open")
        _print([section], lang)
    else:
        _print([*page.sections(), *(page.situations(tried) if tried else ())], lang)
        typer.echo("")
        typer.echo(wrapped(SIMULATION[lang]["record"].format(begun, ended), lang))


def write_situation(context: typer.Context, settings: Settings, entry: int, by: Stated) -> None:
    """Raises ReplayError, SituationError, and what a staff call raises."""
    import yaml

    call(context, "simulation.situation", by, entry=entry)
    with reading(settings) as log:
        body = asyncio.run(simulating.situation(settings, log, entry))
    typer.echo(yaml.safe_dump(body, sort_keys=False, allow_unicode=True, width=110), nl=False)


def _run(settings: Settings, current: Rulebook, candidate: Candidate, scope: Scope) -> SimulationReport:
    with reading(settings) as log, progress("simulating", "entries") as told:
        simulation = simulating.simulation(settings, log, current, candidate)

        async def run() -> None:
            stop, loop = asyncio.Event(), asyncio.get_running_loop()

            def interrupted() -> None:
                """The first time, what was found is shown; the second time, the command ends."""
                stop.set()
                loop.remove_signal_handler(signal.SIGINT)

            loop.add_signal_handler(signal.SIGINT, interrupted)
            running = simulation.run(scope)
            async for step in running:
                told(step.done, step.total)
                if stop.is_set():
                    await running.aclose()
                    break

        asyncio.run(run())
        return simulation.report()


def _print(sections: Iterable[Section], lang: Lang) -> None:
    for place, section in enumerate(sections):
        if place:
            typer.echo("")
        typer.echo(section.title)
        for line in section.lines:
            typer.echo(wrapped(f"{line.text}{f' [{line.code}]' if line.code else ''}", lang, indent=2))
            for below in line.below:
                typer.echo(wrapped(below, lang, indent=6))


def _day(day: Any) -> str | None:
    return None if day is None else day.isoformat()
