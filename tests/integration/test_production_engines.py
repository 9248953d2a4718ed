"""The whole story, played on PostgreSQL with an OPA server and on SQLite with the embedded policy: the same answers and
the same entries, scene by scene.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from gateway.demo.play import Sandbox, Told, play
from gateway.demo.story import story
from gateway.deployment.settings import Settings
from tests.integration.commands import audit, gateway
from tests.integration.entries import entries_of
from tests.live import LiveGateway, deploy
from tests.policy_server import policy_server
from tests.postgres import PostgresServer

FRESH = frozenset({"time", "private"})
"""Members of an entry that are about this one run: its moment and its salts."""


@dataclass(frozen=True, slots=True)
class Played:
    """What became of every scene, and the log that was left."""

    settings: Settings
    told: list[Told]
    entries: list[dict[str, Any]]
    output: str


def tell(live: LiveGateway) -> list[Told]:
    sandbox = Sandbox(live.settings, live.folder / "gateway", live.landmarks, live.keys, live.pid)
    return [play(sandbox, scene) for scene in story(live.landmarks)]


def play_on(folder: Path, **changes: object) -> Played:
    deployment = deploy(folder, **changes)  # type: ignore[arg-type]
    with deployment.start() as live:
        told = tell(live)
        output = live.output()
    return Played(deployment.settings, told, entries_of(deployment.settings), output)


@pytest.fixture(scope="module")
def embedded(tmp_path_factory: pytest.TempPathFactory) -> Played:
    return play_on(tmp_path_factory.mktemp("embedded"))


@pytest.fixture(scope="module")
def production(
    tmp_path_factory: pytest.TempPathFactory, postgres_server: PostgresServer, opa_binary: str
) -> Iterator[Played]:
    with policy_server(opa_binary) as url:
        yield play_on(
            tmp_path_factory.mktemp("production"), database_url=postgres_server.create_database(), policy_engine=url
        )


def comparable(entry: dict[str, Any]) -> dict[str, Any]:
    """The entry without what differs between any two runs: commitments hide values behind fresh salts."""
    kept = {name: value for name, value in entry.items() if name not in FRESH}
    kept["disclosed"] = [{**part, "commitment": None} for part in entry["disclosed"]]
    kept["obligations"] = sorted(item["code"] for item in entry["obligations"])
    # Seals are made with each deployment's own key.
    kept["state"] = [seal["revision"] for seal in entry.get("state", ())]
    return kept


def test_every_scene_ends_as_the_law_calls_for_on_both(embedded: Played, production: Played) -> None:
    for played in (embedded, production):
        assert [told.scene.title for told in played.told if not told.expected] == []
        assert len(played.told) >= 15


def test_the_answers_are_the_same(embedded: Played, production: Played) -> None:
    for ours, theirs in zip(embedded.told, production.told, strict=True):
        assert (ours.disclosure is None) == (theirs.disclosure is None)
        if ours.disclosure is not None and theirs.disclosure is not None:
            assert theirs.disclosure.records == ours.disclosure.records
            assert theirs.disclosure.withheld == ours.disclosure.withheld
            assert theirs.disclosure.forms == ours.disclosure.forms
            assert theirs.disclosure.decision == ours.disclosure.decision
            assert theirs.disclosure.obligations == ours.disclosure.obligations
        if ours.problem is not None and theirs.problem is not None:
            assert (theirs.problem.code, theirs.problem.status) == (ours.problem.code, ours.problem.status)
            assert theirs.problem.reasons == ours.problem.reasons


def test_the_entries_are_the_same(embedded: Played, production: Played) -> None:
    assert [comparable(entry) for entry in production.entries] == [comparable(entry) for entry in embedded.entries]
    kinds = {entry["kind"] for entry in embedded.entries}
    assert {"disclosure", "denial", "redelivery"} <= kinds
    assert {entry["policy_revision"] for entry in embedded.entries} == {
        entry["policy_revision"] for entry in production.entries
    }


def test_both_logs_verify_without_the_gateway(embedded: Played, production: Played, tmp_path: Path) -> None:
    for name, played in (("embedded", embedded), ("production", production)):
        folder = played.settings.response_key.parent
        environment = tmp_path / f"{name}.env"
        environment.write_text(
            "".join(f"{key}={value}\n" for key, value in played.settings.to_environment().items()), "utf-8"
        )
        assert gateway("--env", environment, "log", "export", tmp_path / name).code == 0
        verified = audit("verify", tmp_path / name, "--key", (folder / "log.vkey").read_text("utf-8").strip())
        assert verified.code == 0, verified.out


def test_no_process_had_anything_to_complain_of(embedded: Played, production: Played) -> None:
    for played in (embedded, production):
        assert '"level": "error"' not in played.output
