"""A policy editor at a terminal, beside the running gateway: tries an edited agreement on what was recorded."""

import asyncio
import json
import os
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from audit.entry import Entry
from gateway.adapters.log.recorded import passing
from gateway.adapters.packaged import packaged
from gateway.adapters.rulebook.load import Rulebook, load
from gateway.adapters.rulebook.situation_files import faults, read, situations_in
from gateway.bootstrap import simulating
from gateway.bootstrap.log import append_log, read_log
from gateway.bootstrap.rulebook import open_draft
from gateway.cli import simulation_run
from gateway.cli.main import app
from gateway.service.simulation.simulate import Candidate
from gateway.service.simulation.situation import Situation, try_all, try_out
from tests.integration.commands import Ran, gateway
from tests.live import Deployment, deploy
from tests.recorded import DAYS, FIRST, Judged, World, put_on_record
from tests.scenarios.situations import EXTRA_AGREEMENTS, all_situations
from tests.unit.policy.queries import rulebook

WHO = ("--unit", "esdc-pob", "--officer", "r.roy-inventee")
DRAWN = 60


class Editor:
    """A deployment with requests on record, and a draft of one: no wage, no case reference needed."""

    def __init__(self, deployment: Deployment) -> None:
        self.deployment = deployment
        self.folder = deployment.folder
        self.draft = self.folder / "draft.yaml"
        text = (packaged("agreements") / "isa" / "esdc-ircc-tfw.yaml").read_text("utf-8")
        kept = [line for line in text.splitlines() if "{name: wage_hourly, form" not in line]
        edited = "\n".join(kept).replace('version: "1"', 'version: "2"', 1)
        self.draft.write_text(edited.replace("case_reference: required", "case_reference: optional", 1) + "\n", "utf-8")
        self.env = self.folder / "simulate.env"
        environment = deployment.settings.to_environment()
        self.env.write_text("".join(f"{name}={value}\n" for name, value in environment.items()), "utf-8")

    def run(self, *arguments: str | Path) -> Ran:
        return gateway("--env", self.env, "agreements", *arguments)

    def simulate(self, *more: str | Path) -> Ran:
        return self.run("simulate", self.draft, *WHO, *more)

    def entries(self) -> list[Entry]:
        log = read_log(self.deployment.settings)
        try:
            found = [log.reader.entry(index) for index in range(log.reader.head()[0])]
            return [Entry.from_bytes(receipt.entry) for receipt in found if receipt is not None]
        finally:
            log.engine.dispose()

    def private(self, index: int) -> Any:
        log = read_log(self.deployment.settings)
        try:
            plaintext = log.archive.open_part(index, 0)
            assert plaintext is not None
            return json.loads(plaintext)["part"]
        finally:
            log.engine.dispose()


@pytest.fixture(scope="module")
def editor(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Editor]:
    deployment = deploy(tmp_path_factory.mktemp("e"), workers=50)
    asyncio.run(_fill(deployment, refreshes()))
    with deployment.start():
        yield Editor(deployment)


async def _fill(deployment: Deployment, judged: list[Judged]) -> None:
    log = read_log(deployment.settings)
    commit = append_log(deployment.settings, log)
    try:
        await put_on_record(commit, judged)
    finally:
        await commit.close()
        log.checkpoints.sign()
        log.engine.dispose()


def refreshes() -> list[Judged]:
    """Requests for a refresh of an LMIA, which is what the draft changes; others between them."""
    drawn = World(11)
    place = [version.id for version in rulebook().agreements].index("esdc-ircc-tfw")
    judged = [drawn.draw(place, 0, 0) if number % 2 else drawn.draw() for number in range(DRAWN)]
    return sorted(judged, key=lambda one: one.request.received_at)


def test_what_becomes_possible_comes_first_and_nothing_of_it_is_live(editor: Editor) -> None:
    ran = editor.simulate()
    assert ran.code == 0, ran.err
    assert ran.out.startswith("SIMULATION, not live\n")
    opens, closes = ran.out.index("becomes possible"), ran.out.index("no longer possible")
    assert opens < ran.out.index("Permitted, was refused") < closes < ran.out.index("Wage [wage_hourly]: withheld")
    assert "The record was not read then" in ran.out
    french = editor.simulate("--lang", "fr").out
    assert french.startswith("SIMULATION, sans effet\n")
    assert "Salaire [wage_hourly]\u00a0: retenu" in french


def test_it_is_on_record_before_and_after(editor: Editor) -> None:
    told = json.loads(editor.simulate("--json").out)
    begun, ended = told["on_record"]
    entries = editor.entries()
    assert [entries[index].reasons for index in (begun, ended)] == [("simulation-begun",), ("simulation-ended",)]
    assert (entries[begun].requester, entries[ended].refers_to) == ("esdc-pob", begun)
    assert b"r.roy" not in entries[begun].to_bytes() + entries[ended].to_bytes()
    assert editor.private(begun)["details"] == {"draft": told["draft"], "since": None, "until": None}
    assert editor.private(ended)["details"] == {
        "read": told["entries"]["read"],
        "total": told["entries"]["total"],
        "requests": told["requests"],
        "changed": told["changed"],
        "not_decided": 0,
    }
    assert told["live"] is False
    assert told["partial"] is False
    assert not [entry for entry in entries[begun:] if entry.kind != "staff-action"]


def test_a_group_opens(editor: Editor) -> None:
    groups = json.loads(editor.simulate("--json").out)["groups"]
    opened = editor.simulate("--open", "1").out
    assert "All its entries" in opened
    assert str(groups[0]["entries"][-1]) in opened
    assert groups[0]["kind"] == "now-permitted"
    assert groups[0]["requests"] == len(groups[0]["entries"]) == groups[0]["record_not_read"]
    refused = editor.simulate("--open", str(len(groups) + 1))
    assert refused.code == 2
    assert "there is no group" in refused.err


def test_days_in_ottawa_are_included(editor: Editor) -> None:
    every = json.loads(editor.simulate("--json").out)["requests"]
    days = ("--since", FIRST.isoformat(), "--until", (FIRST + timedelta(days=DAYS // 2)).isoformat())
    half = json.loads(editor.simulate("--json", *days).out)
    assert 0 < half["requests"] < every
    assert (half["since"], half["until"]) == (days[1], days[3])
    assert editor.simulate("--since", "2026-05-02", "--until", "2026-05-01").code == 2


def test_a_draft_that_says_the_same_or_is_broken_begins_nothing(editor: Editor) -> None:
    before = len(editor.entries())
    same = editor.run("simulate", packaged("agreements") / "isa" / "esdc-ircc-tfw.yaml", *WHO)
    assert (same.code, same.out.startswith("The draft says what")) == (0, True)
    broken = editor.folder / "broken.yaml"
    broken.write_text(editor.draft.read_text("utf-8").replace("DESDA-35", "DESDA-3500", 1), "utf-8")
    refused = editor.run("simulate", broken, *WHO)
    assert refused.code == 1
    assert "isa/esdc-ircc-tfw.yaml:" in refused.err
    stranger = editor.run("simulate", editor.draft, "--unit", "nobody", "--officer", "r.roy")
    assert (stranger.code, "--unit:" in stranger.err) == (1, True)
    assert len(editor.entries()) == before


def test_a_situation_of_a_recorded_request_is_tried_and_names_nobody(editor: Editor) -> None:
    groups = json.loads(editor.simulate("--json").out)["groups"]
    folder = editor.folder / "situations"
    folder.mkdir(exist_ok=True)
    for group in groups[:3]:
        index = group["entries"][0]
        ran = editor.run("situation", str(index), *WHO)
        assert ran.code == 0, ran.err
        assert faults(read(ran.out)) == []
        private = editor.private(index)
        assert private["subject"]["value"] not in ran.out
        assert str(private["case_reference"]) not in ran.out
        (folder / f"entry-{index}.yaml").write_text(ran.out, "utf-8")
    (folder / "broken.yaml").write_text("title: {en: no situation, fr: aucun cas}\n", "utf-8")
    told = json.loads(editor.simulate("--json", "--situations", folder).out)["situations"]
    assert told["tried"] == len(list(folder.glob("entry-*.yaml"))) == len(told["otherwise"])
    assert list(told["broken"]) == ["broken"]
    assert editor.entries()[-3].reasons == ("situation-written",)
    page = editor.simulate("--situations", folder).out
    assert "0 come out as they say" in page
    situations, _broken = situations_in(folder)
    kept = asyncio.run(try_all(situations, {}, simulating.candidate(load()), None, load().catalogue))
    assert kept.otherwise == ()


@pytest.mark.parametrize("situation", [one for one in all_situations() if one.decides_alone], ids=lambda one: one.name)
def test_a_situation_decided_alone_comes_out_as_a_whole_gateway_tells_it(situation: Situation) -> None:
    """The same files, told to a gateway over HTTP, are held in tests/scenarios."""
    tried = asyncio.run(try_out(situation, shipped(), None, with_more().catalogue))
    assert tried is not None
    assert tried.changes == ()


@cache
def with_more() -> Rulebook:
    return load(None, [EXTRA_AGREEMENTS])


@cache
def shipped() -> Candidate:
    return simulating.candidate(with_more())


def test_one_file_takes_the_place_of_its_agreement(editor: Editor) -> None:
    log = read_log(editor.deployment.settings)
    try:
        draft = open_draft(editor.deployment.settings, log, str(editor.draft))
        whole = open_draft(editor.deployment.settings, log, str(packaged("agreements")))
    finally:
        log.engine.dispose()
    changed = simulating.concerned(load(), draft)
    assert changed == frozenset({"esdc-ircc-tfw"})
    version = draft.register.find("esdc-ircc-tfw")
    assert version is not None
    assert version.version == "2"
    assert simulating.concerned(load(), whole) == frozenset()


def test_a_draft_of_the_deployment_says_what_its_file_says(editor: Editor) -> None:
    file = editor.folder / "isa" / "esdc-ircc-tfw.yaml"
    file.parent.mkdir(exist_ok=True)
    file.write_bytes(editor.draft.read_bytes())
    opened = editor.run("draft", file, *WHO, "--json")
    assert opened.code == 0, opened.err
    told = [json.loads(editor.run("simulate", one, *WHO, "--json").out) for one in (named(opened.out), editor.draft)]
    assert told[0]["groups"] == told[1]["groups"]
    assert told[0]["draft"] == told[1]["draft"]
    unknown = editor.run("simulate", "d-none", *WHO)
    assert (unknown.code, "no such file or draft" in unknown.err) == (1, True)


def named(opened: str) -> str:
    name: str = json.loads(opened)["draft"]
    return name


def test_an_interruption_shows_what_was_found_until_then(
    editor: Editor, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Ctrl-C with the first part read."""
    monkeypatch.setattr(passing, "_STEP", 20)

    @contextmanager
    def interrupting(*_titles: str) -> Iterator[Callable[[int, int], None]]:
        yield lambda done, _total: os.kill(os.getpid(), signal.SIGINT) if done == 20 else None

    monkeypatch.setattr(simulation_run, "progress", interrupting)
    with pytest.raises(SystemExit) as ended:
        app(["--env", str(editor.env), "agreements", "simulate", str(editor.draft), *WHO])
    assert ended.value.code == 0
    assert "PARTIAL: you stopped after" in " ".join(capsys.readouterr().out.split())
