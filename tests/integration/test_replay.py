"""Decisions explained and recomputed years later: after new agreements, a new policy revision, and an intruder.

A live gateway plays the story under the shipped agreements, then a second one over the same log under a later version
of one agreement and with a new record type, which is another policy revision. Every entry of both is replayed.
"""

import asyncio
import json
import shutil
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from audit.encoding import from_base64url
from audit.entry import Entry
from gateway.adapters.db.documents import DocumentAlteredError
from gateway.adapters.packaged import packaged
from gateway.bootstrap.log import append_log, read_log, signed_log
from gateway.bootstrap.replay import replaying
from gateway.client.errors import ProblemError
from gateway.client.question import Question
from gateway.demo.play import Sandbox, play
from gateway.demo.story import story
from gateway.deployment.settings import Settings
from gateway.domain.actor import Actor
from gateway.domain.errors import LogUnavailableError
from gateway.service.disclosure.recompute import ReplayError
from gateway.service.disclosure.replay import ReplayReport
from tests.integration.commands import Ran, gateway
from tests.live import Deployment, LiveGateway, changed, deploy
from tests.policy_server import policy_server
from tests.postgres import PostgresServer

HARBOUR = Path(__file__).parent / "harbour" / "more"
STAFF: dict[str, Any] = {"actor": Actor.stated("esdc-isb", "r.roy-inventee")}


@dataclass(frozen=True, slots=True)
class Past:
    """A stopped gateway's log: entries below `changed_at` were made before the agreements and the policy changed."""

    deployment: Deployment
    changed_at: int
    size: int
    entries: Mapping[int, Entry]

    def decisions(self) -> Iterator[tuple[int, Entry]]:
        return ((index, entry) for index, entry in self.entries.items() if entry.effect and entry.purpose)

    def command(self, *arguments: str | Path) -> Ran:
        return gateway("--env", self.deployment.folder / "gateway" / "replay.env", *arguments)

    def first(self, **members: Any) -> int:
        return next(
            index
            for index, entry in self.entries.items()
            if all(getattr(entry, name) == value for name, value in members.items())
        )


def amended(folder: Path) -> Path:
    """The shipped agreements with version 2 of one of them: an LMIA refresh no longer gives the wage."""
    shutil.copytree(packaged("agreements"), folder)
    file = folder / "isa" / "esdc-ircc-tfw.yaml"
    text = file.read_text("utf-8")
    kept = [line for line in text.splitlines() if "{name: wage_hourly, form" not in line]
    assert len(kept) < len(text.splitlines())
    file.write_text("\n".join(kept).replace('version: "1"', 'version: "2"', 1) + "\n", "utf-8")
    return folder


def tell(live: LiveGateway, *, again: bool = False) -> None:
    """Told again, the repeated request meets its Idempotency-Key of the first time, and its answer is another."""
    sandbox = Sandbox(live.settings, live.folder / "gateway", live.landmarks, live.keys, live.pid)
    for scene in story(live.landmarks):
        assert play(sandbox, scene).expected is not (again and scene.trick == "repeat"), scene.title
    unknown = Question("esdc-ircc-tfw", "lmia-refresh", "lmia", ["no_such_element"], scheme="lmia", value="x")
    with live.client("ircc-work-permits") as client, pytest.raises(ProblemError):
        client.disclose(unknown)


def read_entries(settings: Settings) -> Mapping[int, Entry]:
    log = read_log(settings)
    try:
        size, _ = log.reader.head()
        found = ((index, log.reader.entry(index)) for index in range(size))
        return {index: Entry.from_bytes(receipt.entry) for index, receipt in found if receipt is not None}
    finally:
        log.engine.dispose()


@pytest.fixture(scope="module")
def past(tmp_path_factory: pytest.TempPathFactory) -> Past:
    folder = tmp_path_factory.mktemp("replay")
    deployment = deploy(folder, workers=200)
    with deployment.start() as live:
        tell(live)
    changed_at = len(read_entries(deployment.settings))
    later = changed(
        deployment, rulebook="files", agreements_dir=amended(folder / "amended"), extra_agreements_dir=HARBOUR
    )
    with later.start() as live:
        tell(live, again=True)
    environment = later.settings.to_environment()
    (folder / "gateway" / "replay.env").write_text("".join(f"{k}={v}\n" for k, v in environment.items()), "utf-8")
    entries = read_entries(later.settings)
    return Past(later, changed_at, len(entries), entries)


def replay(settings: Settings, *indexes: int) -> dict[int, ReplayReport]:
    async def run() -> dict[int, ReplayReport]:
        log = read_log(settings)
        commit = append_log(settings, log)
        try:
            use_case = replaying(settings, log, commit)
            return {index: await use_case(index, **STAFF) for index in indexes}
        finally:
            await commit.close()
            log.engine.dispose()

    return asyncio.run(run())


def test_every_decision_comes_out_the_same_under_its_own_revision_and_agreement(past: Past) -> None:
    decisions = dict(past.decisions())
    reports = replay(past.deployment.settings, *decisions)
    assert {index: report.differences for index, report in reports.items() if not report.equal} == {}
    assert {entry.effect for entry in decisions.values()} == {"permit", "deny", "refer"}
    assert {entry.kind for entry in decisions.values()} >= {"disclosure", "denial", "redelivery"}
    assert {entry.cardinality for entry in decisions.values()} == {"single", "list"}
    before = {report.policy_revision for index, report in reports.items() if index < past.changed_at}
    after = {report.policy_revision for index, report in reports.items() if index >= past.changed_at}
    assert len(before) == len(after) == 1
    assert before != after
    versions = {(report.agreement, index >= past.changed_at) for index, report in reports.items()}
    assert {("esdc-ircc-tfw 1", False), ("esdc-ircc-tfw 2", True)} <= versions
    assert all(report.standing is not None for report in reports.values())


def test_the_change_was_one(past: Past) -> None:
    """The same scene before and after: what version 1 granted, version 2 withholds."""
    wages = [
        ("wage_hourly" in {item.element for item in entry.disclosed}, entry.agreement.version)
        for entry in past.entries.values()
        if entry.purpose == "lmia-refresh" and entry.kind == "disclosure" and entry.agreement is not None
    ]
    assert (True, "1") in wages
    assert (False, "2") in wages
    assert (True, "2") not in wages


def test_a_replay_is_on_record_before_the_private_part_is_opened(past: Past) -> None:
    index = past.first(effect="permit")
    report = replay(past.deployment.settings, index)[index]
    noted = read_entries(past.deployment.settings)[report.receipt.entry_index]
    assert (noted.kind, noted.reasons, noted.refers_to) == ("staff-action", ("decision-replayed",), index)
    assert noted.requester == "esdc-isb"
    assert b"r.roy" not in report.receipt.entry


def test_the_command_says_equal_and_what_cannot_be_recomputed(past: Past) -> None:
    staff = ("--unit", "esdc-isb", "--officer", "r.roy")
    permit = past.first(effect="permit")
    equal = past.command("replay", str(permit), *staff)
    assert (equal.code, equal.err) == (0, "")
    assert equal.out.startswith(f"entry {permit}: equal\n")
    told = json.loads(past.command("replay", str(permit), *staff, "--json").out)
    assert (told["equal"], told["differences"]) == (True, [])
    key_change = past.command("replay", str(past.first(kind="key-change")), *staff)
    assert key_change.code == 1
    assert key_change.err == "gateway: the entry is not a decision; there is nothing to recompute\n"
    malformed = past.command("replay", str(past.first(effect="deny", purpose=None)), *staff)
    assert malformed.code == 1
    assert "refused before the policy was asked" in malformed.err
    absent = past.command("replay", "99999", *staff)
    assert (absent.code, absent.err) == (1, "gateway: the log has no entry 99999\n")


def test_on_sqlite_a_decision_is_replayed_and_explained_beside_a_running_gateway(past: Past) -> None:
    permit = str(past.first(effect="permit"))
    with past.deployment.start():
        for _again in range(2):
            done = past.command("replay", permit, "--unit", "esdc-isb", "--officer", "r.roy")
            assert (done.code, done.out.splitlines()[0]) == (0, f"entry {permit}: equal"), done.err
        assert past.command("explain", permit).code == 0


def copied(past: Past, folder: Path) -> tuple[Settings, Path]:
    """The same log where an intruder may write to the database, but has none of the keys."""
    database = folder / "log.db"
    with (
        closing(sqlite3.connect(past.deployment.folder / "gateway" / "log.db")) as source,
        closing(sqlite3.connect(database)) as target,
    ):
        source.backup(target)
    settings = changed(past.deployment, database_url=f"sqlite:///{database}", checkpoint_file=None).settings
    return settings, database


def intrude(database: Path, statement: str, *values: object) -> None:
    with closing(sqlite3.connect(database)) as connection, connection:
        assert connection.execute(statement, values).rowcount > 0


@pytest.mark.parametrize("kind", ["agreement", "policy"])
def test_a_kept_document_that_was_altered_is_refused(past: Past, tmp_path: Path, kind: str) -> None:
    settings, database = copied(past, tmp_path)
    intrude(database, "UPDATE kept_document SET body = CAST(body || ' ' AS BLOB) WHERE kind = ?", kind)
    with pytest.raises(DocumentAlteredError):
        replay(settings, past.first(effect="permit"))


def test_what_is_not_kept_any_more_is_said(past: Past, tmp_path: Path) -> None:
    index = past.first(effect="permit")
    revision = past.entries[index].policy_revision
    assert revision is not None
    settings, database = copied(past, tmp_path)
    intrude(database, "DELETE FROM kept_document WHERE kind = 'policy' AND digest = ?", from_base64url(revision))
    with pytest.raises(ReplayError, match="policy revision of this entry is not kept"):
        replay(settings, index)
    intrude(database, "DELETE FROM kept_document WHERE kind = 'agreement'")
    with pytest.raises(ReplayError, match="agreement version of this entry is not kept"):
        replay(settings, index)


def test_an_erased_private_part_cannot_be_replayed_but_the_entry_is_explained(past: Past, tmp_path: Path) -> None:
    index = past.first(effect="permit")
    settings, database = copied(past, tmp_path)
    intrude(database, "DELETE FROM private_part WHERE entry_index = ?", index)
    with pytest.raises(ReplayError, match="was erased"):
        replay(settings, index)


def test_an_entry_that_was_altered_is_neither_explained_nor_replayed(past: Past, tmp_path: Path) -> None:
    index = past.first(effect="deny")
    settings, database = copied(past, tmp_path)
    altered = "CAST(replace(CAST(body AS TEXT), '\"deny\"', '\"refer\"') AS BLOB)"
    intrude(database, f"UPDATE entry SET body = {altered} WHERE entry_index = ?", index)
    environment = settings.to_environment()
    (tmp_path / "altered.env").write_text("".join(f"{k}={v}\n" for k, v in environment.items()), "utf-8")
    explained = gateway("--env", tmp_path / "altered.env", "explain", str(index))
    assert (explained.code, explained.out) == (1, "")
    assert "the entry is not what the log signed" in explained.err
    with pytest.raises(LogUnavailableError, match="not what the log signed"):
        replay(settings, index)


def test_an_entry_that_was_altered_before_it_was_signed_is_refused_where_it_is_no_entry(
    past: Past, tmp_path: Path
) -> None:
    index = past.first(effect="deny")
    settings, database = copied(past, tmp_path)
    intrude(database, "DELETE FROM checkpoint WHERE size > ?", -1)
    intrude(database, "UPDATE entry SET body = x'7b7d' WHERE entry_index = ?", index)
    log = read_log(settings)
    receipt = log.reader.entry(index)
    assert receipt is not None
    with pytest.raises(LogUnavailableError, match="not what the log signed"):
        signed_log(settings, log).standing(receipt)
    log.engine.dispose()


def test_the_unit_of_a_replay_is_a_code(past: Past) -> None:
    refused = past.command("replay", "0", "--unit", "Jean Inventé", "--officer", "x")
    assert (refused.code, refused.err.split(":")[1]) == (1, " --unit")
    assert "Jean" not in refused.err


def test_an_explanation_cites_clause_provisions_forms_and_reasons_in_both_languages(past: Past) -> None:
    index = str(past.first(effect="permit", purpose="owp-v-interview-notes"))
    english, french = past.command("explain", index), past.command("explain", index, "--lang", "fr")
    assert (english.code, french.code) == (0, 0)
    for said in ("DESDA-35", "without identifiers and names", "Authority to collect", "is in the tree of"):
        assert said in english.out
    for said in ("DESDA-35", "sans identificateurs ni noms", "Pouvoir de recueillir", "figure dans l'arbre de"):
        assert said in french.out
    document = json.loads(past.command("explain", index, "--lang", "fr", "--json").out)
    assert (document["entry_index"], document["lang"]) == (int(index), "fr")
    assert [section["key"] for section in document["sections"]][:3] == ["what", "asked", "agreement"]


def test_an_explanation_names_nobody_and_tells_absent_and_protected_alike(past: Past) -> None:
    protected = past.first(effect="deny", purpose="owp-v-interview-notes", reasons=("not-available",))
    told = past.command("explain", str(protected)).out
    values = [about["value"] for about in past.deployment.landmarks.values()]
    assert not any(value in told for value in values)
    assert "protected" not in told.lower()
    assert "do-not-disclose" not in told.lower()


def test_on_postgresql_with_a_policy_server_a_replay_runs_beside_the_gateway(
    tmp_path: Path, postgres_server: PostgresServer, opa_binary: str
) -> None:
    """Another engine decided, another database keeps; the decision is the same."""
    with policy_server(opa_binary) as url:
        deployment = deploy(tmp_path, workers=60, database_url=postgres_server.create_database(), policy_engine=url)
        environment = deployment.settings.to_environment()
        (tmp_path / "beside.env").write_text("".join(f"{k}={v}\n" for k, v in environment.items()), "utf-8")
        about = deployment.landmarks["lmia_confirmed"]
        question = Question(
            "esdc-ircc-tfw",
            "lmia-refresh",
            "lmia",
            ["wage_hourly", "decision", "esdc_comments"],
            scheme=about["scheme"],
            value=about["value"],
            case_reference="W000000001",
        )
        with deployment.start() as live:
            with live.client("ircc-work-permits") as client:
                index = str(client.disclose(question).entry_index)
            staff = ("--unit", "esdc-isb", "--officer", "r.roy")
            beside = gateway("--env", tmp_path / "beside.env", "replay", index, *staff)
    assert (beside.code, beside.err) == (0, "")
    assert beside.out.startswith(f"entry {index}: equal\n")
