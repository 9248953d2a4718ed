"""Tables beside the log that somebody emptied, from one end to the other: told at start, named by the command, and no
account that would be missing something."""

import json
import shutil
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest

from gateway.service.log.completeness import FAULTS
from tests.integration.operator import Operated, protection_cases

STAFF = ("--unit", "esdc-isb", "--officer", "r.roy-inventee")


@dataclass(frozen=True, slots=True)
class Played:
    """A gateway that disclosed one protection case; `uci` is its worker."""

    operated: Operated
    uci: str

    def write(self, *statements: str) -> None:
        with closing(sqlite3.connect(self.operated.folder / "log.db")) as database:
            for statement in statements:
                assert database.execute(statement).rowcount > 0, statement
            database.commit()


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> tuple[Played, Path]:
    """A deployment that was played and stopped, and a copy of its folder."""
    made = protection_cases(tmp_path_factory.mktemp("played"))
    with made.operated.serving():
        uci = made.ask()
    copy = tmp_path_factory.mktemp("copy") / "folder"
    shutil.copytree(made.operated.folder, copy)
    return Played(made.operated, uci), copy


@pytest.fixture
def played(kept: tuple[Played, Path]) -> Played:
    """As it was stopped, whatever the test before did to it."""
    before, copy = kept
    shutil.rmtree(before.operated.folder)
    shutil.copytree(copy, before.operated.folder)
    return before


def account(operated: Operated, uci: str) -> tuple[int, str]:
    asked = ("--scheme", "uci", "--received", "2026-11-01", *STAFF, "--json")
    done = operated.run("account", *asked, stdin=uci + "\n")
    return done.code, done.out + done.err


@pytest.mark.parametrize(
    "statement",
    ["DELETE FROM search_token", "DELETE FROM private_part", "DELETE FROM partner_key"],
)
def test_an_account_is_given_only_where_the_tables_are_whole(played: Played, statement: str) -> None:
    operated = played.operated
    with operated.serving():
        first = operated.run("log", "reconcile", "--json")
        assert first.code == 0, first.out
        assert json.loads(first.out)["cannot_tell"] == []
        code, told = account(operated, played.uci)
        assert code == 0, told
        assert "worker_uci" in told
        played.write(statement)
        code, told = account(operated, played.uci)
        assert code == 1
        assert "would not be complete" in told
        assert "gateway log reconcile" in told
        assert "worker_uci" not in told
    assert operated.run("log", "verify").code == 0, "the entries are all there"
    named = operated.run("log", "reconcile")
    assert named.code == 1
    assert "NOT RECONCILED" in named.out
    assert any(kind in named.out for kind in FAULTS)
    assert account(operated, played.uci)[0] == 1, "nor without a running gateway"


def test_a_gateway_that_starts_over_emptied_tables_says_so_and_goes_on_disclosing(played: Played) -> None:
    operated = played.operated
    played.write("DELETE FROM private_part", "DELETE FROM search_token")
    with operated.serving():
        lines = httpx.get(f"{operated.origin}/metrics").text.splitlines()
        assert httpx.get(f"{operated.origin}/health/ready").status_code == 200
        for _again in range(100):
            if any(line.startswith('gateway_tables_not_whole_total{kind="part-missing"}') for line in lines):
                break
            lines = httpx.get(f"{operated.origin}/metrics").text.splitlines()
        else:
            pytest.fail("no metric says that private parts are missing")
    told = (operated.folder / "gateway.log").read_text("utf-8")
    assert '"event": "tables-not-whole"' in told
    assert '"code": "part-missing"' in told


def test_the_command_says_what_it_did_and_opens_only_what_is_new_when_quick(played: Played) -> None:
    operated = played.operated
    whole = operated.run("log", "reconcile")
    assert whole.code == 0, whole.out
    assert whole.out.startswith("reconciled: ")
    quick = operated.run("log", "reconcile", "--quick")
    assert quick.code == 0, quick.out
    assert "were opened by an earlier run" in quick.out
