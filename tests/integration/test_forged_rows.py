"""A row written past the gateway, from one end to the other: its signatures get 401, and operators are told."""

import json
import sqlite3
from pathlib import Path

import httpx
import pytest

from gateway.client.errors import UnauthorizedError
from tests.integration.commands import here
from tests.integration.operator import Operated, operate


@pytest.fixture
def operated(tmp_path: Path) -> Operated:
    here("sample", "--out", tmp_path / "world", "--workers", "50", "--seed", "3")
    return operate(tmp_path / "g", {"sources_file": tmp_path / "world" / "sources.yaml", "sandbox": "true"})


def counted(operated: Operated) -> str:
    lines = httpx.get(f"{operated.origin}/metrics").text.splitlines()
    return next((line for line in lines if line.startswith('gateway_unproven_rows_total{kind="partner-key"}')), "")


def test_a_key_that_was_inserted_into_the_table_signs_for_nobody(operated: Operated) -> None:
    honest = operated.register("ircc-work-permits", "honest")
    forged, thumbprint = operated.key("forged")
    jwk = json.loads(forged.with_suffix(".jwk").read_text("utf-8"))
    with sqlite3.connect(operated.folder / "log.db") as database:
        database.execute(
            "INSERT INTO partner_key (keyid, unit, jwk, alg, status, valid_from, valid_until, proposed_by, approved_by)"
            " VALUES (?, 'ircc-work-permits', ?, 'ecdsa-p256-sha256', 'active', 0, NULL, 'a', 'b')",
            (thumbprint, json.dumps({name: jwk[name] for name in ("kty", "crv", "x", "y")}, sort_keys=True)),
        )
    with operated.serving():
        with operated.client(honest) as client:
            client.agreements()
        with operated.client(forged) as client, pytest.raises(UnauthorizedError):
            client.agreements()
        assert counted(operated).endswith(" 1.0")
    told = (operated.folder / "gateway.log").read_text("utf-8")
    assert '"part": "partner-key"' in told
    assert thumbprint not in told.split("unproven-state")[1].splitlines()[0]
    listed = operated.run("keys", "list")
    assert "not on record" in " ".join(listed.out.split())
    assert operated.run("keys", "approve", thumbprint, "--by", "sam").code == 1
    assert operated.run("keys", "revoke", thumbprint, "--by", "sam").code == 0
    assert "not on record" not in " ".join(operated.run("keys", "list").out.split())
    assert operated.run("log", "verify").code == 0


def test_a_key_that_was_revoked_does_not_come_back_with_its_row(operated: Operated) -> None:
    key = operated.register("ircc-work-permits", "once")
    with sqlite3.connect(operated.folder / "log.db") as database:
        database.row_factory = sqlite3.Row
        (row,) = database.execute("SELECT * FROM partner_key").fetchall()
    assert operated.run("keys", "revoke", row["keyid"], "--by", "sam").code == 0
    with sqlite3.connect(operated.folder / "log.db") as database:
        columns_of = tuple(dict(row))
        columns = ", ".join(f"{name} = ?" for name in columns_of)
        database.execute(f"UPDATE partner_key SET {columns}", tuple(row))
    with operated.serving(), operated.client(key) as client, pytest.raises(UnauthorizedError):
        client.agreements()
