"""The commands on the projection, beside a running gateway and without one."""

import json
import time
from pathlib import Path
from typing import Any

import duckdb
import pytest

from tests.fault.partner import question_about
from tests.integration.commands import Ran, gateway
from tests.live import LiveGateway, deploy

ME = ("--unit", "esdc-isb", "--officer", "r.roy")


class Commands:
    """Commands with the settings of one deployment."""

    def __init__(self, env: Path) -> None:
        self._env = env

    def ran(self, *arguments: str | Path) -> Ran:
        return gateway("--env", self._env, *arguments)

    def told(self, *arguments: str | Path) -> str:
        ran = self.ran(*arguments)
        assert ran.code == 0, ran.err
        return ran.out

    def json(self, *arguments: str | Path) -> Any:
        return json.loads(self.told(*arguments, "--json"))


def asks(live: LiveGateway, times: int) -> None:
    party, question = question_about(live, "lmia")
    with live.client(party) as client:
        for _ in range(times):
            client.disclose(question)


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What commands said while a gateway ran and afterwards."""
    folder = tmp_path_factory.mktemp("projection")
    deployment = deploy(folder, staff_socket=folder / "staff.sock")
    env = folder / "tried.env"
    env.write_text("".join(f"{name}={value}\n" for name, value in deployment.settings.to_environment().items()))
    commands, said = Commands(env), dict[str, Any]()
    with deployment.start() as live:
        asks(live, 7)
        deadline = time.monotonic() + 60
        while commands.json("log", "projection", "status")["behind"] and time.monotonic() < deadline:
            time.sleep(0.2)
        said["status"] = commands.json("log", "projection", "status")
        said["count"] = commands.told("log", "projection", "count", "--by", "kind", "--lang", "fr")
        said["page"] = commands.told("log", "projection", "page", "--where", "kind=disclosure", "--limit", "2")
        said["export"] = commands.told("log", "projection", "export", folder / "rows.parquet", *ME)
        said["again"] = commands.ran("log", "projection", "export", folder / "rows.parquet", *ME)
        said["coverage"] = commands.told("agreements", "coverage", "esdc-ircc-tfw", "--lang", "fr")
        said["rebuilt"] = commands.json("log", "projection", "rebuild")
    rows = folder / "rows.parquet"
    said["kinds"] = dict(duckdb.execute(f"SELECT kind, count(*) FROM '{rows}' GROUP BY kind").fetchall())
    said["alone"] = commands.json("log", "projection", "rebuild")
    said["counted"] = commands.json("log", "projection", "count", "--where", "reason=log-rows-exported")
    said["files"] = sorted(path.name for path in (folder / "gateway").glob("log*.db"))
    return said


def test_the_running_gateway_keeps_it_up(told: dict[str, Any]) -> None:
    assert (told["status"]["behind"], told["status"]["following"], told["status"]["unreadable"]) == (0, True, 0)
    assert told["files"] == ["log.db", "log.projection.db"]


def test_counts_and_pages_are_told_in_the_language_asked_for(told: dict[str, Any]) -> None:
    assert "disclosure" in told["count"]
    assert "inscriptions" in told["count"]
    assert "Seul le" in told["count"]
    assert "next page: --before" in told["page"]
    assert told["page"].count("esdc-pob") == 2


def test_an_export_is_written_once_and_on_record(told: dict[str, Any]) -> None:
    assert told["kinds"]["disclosure"] == 7
    assert "on record as entry" in told["export"]
    assert told["again"].code == 1
    assert "already" in told["again"].err
    assert told["counted"]["entries"] == 1


def test_coverage_tells_use_by_clause_and_element(told: dict[str, Any]) -> None:
    assert "clause lmia-refresh-1" in told["coverage"]
    assert "demandée par ircc-work-permits (7)" in told["coverage"]
    assert "Il est trop tôt" in told["coverage"]
    unused = told["coverage"].replace("\u00a0", " ")
    assert "jamais demandés : " in unused, "what nobody asked for is named, also while it is early"
    assert "clause open-lmia-list-1" in unused
    assert "dernière jamais" in unused


def test_it_is_begun_anew_beside_a_gateway_and_without_one(told: dict[str, Any]) -> None:
    assert (told["rebuilt"]["behind"], told["rebuilt"]["following"]) == (0, True)
    assert (told["alone"]["behind"], told["alone"]["following"]) == (0, False)
    assert told["alone"]["generation"] == told["rebuilt"]["generation"] + 1
