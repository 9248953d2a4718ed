"""Plays the story and tells it scene by scene. The last line on standard output is one JSON object.

Does not: name options (`gateway.cli.demo`), or know what the law calls for (`gateway.demo.story`).
"""

import json
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.progress import Progress

from gateway.cli.amendment_page import tell_amendment
from gateway.demo.console import leave_work
from gateway.demo.play import DemoError, Sandbox, Tally, Told, free_port, play, prepare, running, verify_log
from gateway.demo.story import story
from gateway.deployment.folder import SETTINGS_FILE


def tell_story(*, workers: int, port: int, lmia: Path | None, stop: bool) -> None:
    """`port` 0 is any free one. Raises DemoError where a scene did not go as the law calls for."""
    console = Console(highlight=False)
    port = port or free_port()
    with tempfile.TemporaryDirectory(prefix="isa-gateway-demo-") as scratch:
        folder = Path(scratch)
        console.print("[bold]A small invented world[/bold]")
        with Progress(console=Console(stderr=True), transient=True) as bar:
            task = bar.add_task("inventing workers", total=workers)
            settings, landmarks, keys = prepare(
                folder, port=port, workers=workers, lmia=lmia, console_port=free_port(),
                progress=lambda done, of: bar.update(task, completed=done, total=of),
            )  # fmt: skip
        tally = Tally()
        with running(settings, port) as pid:
            sandbox = Sandbox(settings, folder / "gateway", landmarks, keys, pid)
            console.print(f"The gateway serves {settings.origin} (SQLite, policy as WebAssembly)\n")
            told = [_tell(console, sandbox, number, tally) for number in range(len(story(landmarks)))]
            wrong = [item.scene.title for item in told if not item.expected]
            if wrong:
                raise DemoError("not as the law calls for: " + "; ".join(wrong))
            tell_amendment(console, sandbox, len(told) + 1, tally)
            console.print(f"[bold]The log[/bold]\n{verify_log(sandbox, folder / 'gateway' / SETTINGS_FILE)}\n")
            tally.log_verified = True
            print(tally.as_json(), flush=True)
            if not stop:
                _serve_on(console, sandbox)


def _tell(console: Console, sandbox: Sandbox, number: int, tally: Tally) -> Told:
    scene = story(sandbox.landmarks)[number]
    console.print(f"[bold]{number + 1}. {scene.title}[/bold]")
    asked = ", ".join(scene.question.elements)
    how = "a list of" if scene.question.filter is not None else "one"
    console.print(f"   request   {scene.party} asks for {how} {scene.question.record_type}: {asked}")
    told = play(sandbox, scene)
    tally.requests += 1
    if told.referral is not None:
        tally.refer += 1
        console.print(f"   referred  [yellow]a named person decides[/yellow] by {told.referral.decide_by}")
        for reason in told.referral.reasons:
            console.print(f"   because   {reason['title']['en']}{_cited(reason)}")
        if told.disclosure is not None:
            console.print(f"   released  by that person, on the record: {', '.join(told.disclosure.forms)}")
    if told.disclosure is not None:
        tally.permit += 1
        tally.withheld_elements += len(told.disclosure.withheld)
        _tell_disclosure(console, told)
    elif told.problem is not None:
        tally.deny += 1
        where = "" if told.problem.entry_index is None else f"; entry {told.problem.entry_index}"
        console.print(f"   decision  [red]{told.problem.title}[/red] ({told.problem.status}{where})")
        for reason in told.problem.reasons:
            console.print(f"   because   {reason['title']['en']}{_cited(reason)}")
    console.print()
    return told


def _tell_disclosure(console: Console, told: Told) -> None:
    answer = told.disclosure
    if answer is None:
        return
    cited = answer.decision["authorities"]
    sides = f"{', '.join(cited['discloser'])} → {', '.join(cited['recipient'])}"
    under = f" under {', '.join(answer.decision['clauses'])}" if answer.decision["clauses"] else ""
    console.print(f"   decision  [green]permit[/green]{under} ({sides})")
    for record in answer.records[:5]:
        shown = "; ".join(f"{name}: {_short(value)} \\[{answer.forms[name]}]" for name, value in record.items())
        console.print(f"   left      {shown}")
    for item in answer.withheld:
        console.print(f"   withheld  {item['element']}: {item['title']['en']}")
    duties = ", ".join(str(item["code"]) for item in answer.obligations)
    console.print(f"   proof     entry {answer.entry_index}, receipt verified; obligations: {duties or 'none'}")


def _cited(reason: Any) -> str:
    return f" \\[{', '.join(reason['citations'])}]" if reason["citations"] else ""


def _short(value: Any) -> str:
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    text = " ".join(text.split()).replace("[", "\\[")
    return text if len(text) <= 400 else text[:400] + "…"


def _serve_on(console: Console, sandbox: Sandbox) -> None:
    origin = sandbox.settings.origin
    err = Console(stderr=True)
    console_origin = leave_work(sandbox)
    err.print(f"Serving on {origin} — try {origin}/openapi.json, {origin}/log/checkpoint; Ctrl-C ends it.")
    err.print(f"The staff console, with the story above in it and an emergency that waits: {console_origin}")
    try:
        while True:
            time.sleep(3600)
    except KeyboardInterrupt:
        err.print("Stopped.")
        sys.exit(0)
