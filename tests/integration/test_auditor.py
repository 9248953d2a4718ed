"""What an auditor, a partner and a thief get from a gateway on PostgreSQL, over HTTP only.

The log is downloaded as an outsider would (checkpoint and hash tiles openly, entries with the auditor's signature) and
verified by `audit`, which knows nothing of the gateway.
"""

import json
import re
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from audit.errors import TileMissingError
from audit.note_key import VerifierKey
from audit.tiles import CHECKPOINT_PATH
from audit.verify import verify_log
from gateway.client.answers import Disclosure
from gateway.client.auth import GatewayAuth
from gateway.client.errors import ProblemError
from gateway.client.question import Question
from gateway.deployment.folder import read_signing_key
from gateway.httpsig.keys import SigningKey
from tests.integration.commands import Ran, gateway
from tests.live import LiveGateway, deploy
from tests.postgres import PostgresServer

REVOCATION_SECONDS = 30
ENTRIES = "tile/entries/"


@pytest.fixture(scope="module")
def live(tmp_path_factory: pytest.TempPathFactory, postgres_server: PostgresServer) -> Iterator[LiveGateway]:
    folder = tmp_path_factory.mktemp("auditor")
    deployment = deploy(folder, workers=60, database_url=postgres_server.create_database())
    environment = deployment.settings.to_environment()
    (folder / "gateway" / "live.env").write_text("".join(f"{k}={v}\n" for k, v in environment.items()), "utf-8")
    with deployment.start() as running:
        yield running


def command(live: LiveGateway, *arguments: str | Path) -> Ran:
    """A command of the operator's, in a process of its own beside the running gateway."""
    return gateway("--env", live.folder / "gateway" / "live.env", *arguments)


def words_of(entries: list[object]) -> set[str]:
    """Whole words only: three letters in a row turn up in any base64 one day."""
    return set(re.findall(r"[\w+/=-]+", json.dumps(entries)))


def vkey(live: LiveGateway) -> str:
    return (live.folder / "gateway" / "log.vkey").read_text("utf-8").strip()


def signed(live: LiveGateway, key: SigningKey) -> httpx.Client:
    """A bare HTTP client that signs; answers that the gateway did not sign for it raise."""
    pins = [read_signing_key(live.settings.response_key).public.keyid]
    return httpx.Client(base_url=live.settings.origin, auth=GatewayAuth(live.settings.origin, key, pins=pins))


def ask(live: LiveGateway, party: str = "ircc-work-permits") -> Disclosure:
    about = live.landmarks["lmia_confirmed"]
    question = Question(
        "esdc-ircc-tfw",
        "lmia-refresh",
        "lmia",
        ["decision"],
        scheme=about["scheme"],
        value=about["value"],
        case_reference="W000000001",
    )
    with live.client(party) as client:
        return client.disclose(question)


def covered(live: LiveGateway, index: int) -> str:
    """The first checkpoint that counts the entry; the gateway signs about once a second."""
    deadline = time.monotonic() + 15
    while True:
        note = httpx.get(f"{live.settings.origin}/log/{CHECKPOINT_PATH}").text
        if int(note.splitlines()[1]) > index:
            return note
        assert time.monotonic() < deadline, "no checkpoint covers the entry"
        time.sleep(0.2)


def test_anybody_may_read_checkpoint_and_hash_tiles_and_they_tell_nothing(live: LiveGateway) -> None:
    note = covered(live, ask(live).entry_index)
    size = int(note.splitlines()[1])
    tile = httpx.get(f"{live.settings.origin}/log/tile/0/000.p/{size}")
    assert tile.status_code == 200
    assert len(tile.content) == 32 * size
    assert b"ircc" not in tile.content
    assert "ircc" not in note


def test_entries_are_for_auditors_and_everybody_else_sees_nothing_there(live: LiveGateway) -> None:
    size = int(covered(live, ask(live).entry_index).splitlines()[1])
    there, nowhere = f"/v1/log/{ENTRIES}000.p/{size}", f"/v1/log/{ENTRIES}x009/000.p/7"
    with signed(live, live.keys["opc-audit"]) as auditor:
        assert b'"kind":"disclosure"' in auditor.get(there).content
        absent = auditor.get(nowhere)
    with signed(live, live.keys["ircc-work-permits"]) as partner:
        answers = [partner.get(there), partner.get(nowhere)]
    assert [(answer.status_code, answer.content) for answer in (*answers, absent)] == [(404, absent.content)] * 3
    for path in (
        f"/log/{ENTRIES}000.p/{size}",
        f"/log/tile/../{ENTRIES}000.p/{size}",
        f"/log/tile/%65ntries/000.p/{size}",
    ):
        assert b"disclosure" not in httpx.get(f"{live.settings.origin}{path}").content
    unsigned = httpx.get(f"{live.settings.origin}{there}")
    assert (unsigned.status_code, unsigned.json()["code"]) == (401, "unauthorized")


def test_a_log_downloaded_over_http_verifies_and_a_changed_byte_is_found(live: LiveGateway) -> None:
    note = covered(live, ask(live).entry_index).encode()
    downloaded: dict[str, bytes] = {CHECKPOINT_PATH: note}
    with signed(live, live.keys["opc-audit"]) as auditor, httpx.Client(base_url=live.settings.origin) as anybody:

        def read(path: str) -> bytes:
            if path not in downloaded:
                answer = auditor.get(f"/v1/log/{path}") if path.startswith(ENTRIES) else anybody.get(f"/log/{path}")
                if answer.status_code != 200:
                    raise TileMissingError(f"{path} is not there")
                downloaded[path] = answer.content
            return downloaded[path]

        report = verify_log(read, VerifierKey.parse(vkey(live)))
        assert report.ok, report.findings
        assert report.facts["size"] == report.facts["entries_read"] == int(note.splitlines()[1])
        assert any(path.startswith(ENTRIES) for path in downloaded)
        assert any(path.startswith("tile/0/") for path in downloaded)
        bundle = next(path for path in downloaded if path.startswith(ENTRIES))
        downloaded[bundle] = downloaded[bundle].replace(b'"effect":"permit"', b'"effect":"refuse"', 1)
        assert not verify_log(read, VerifierKey.parse(vkey(live))).ok


def test_a_receipt_is_proven_for_its_party_and_does_not_exist_for_another(live: LiveGateway) -> None:
    answer = ask(live)
    covered(live, answer.entry_index)
    with live.client("ircc-work-permits") as client:
        receipt = client.receipt(answer.entry_index, answer.records)
        assert receipt.proven
        with pytest.raises(ProblemError) as beyond:
            client.receipt(10**9)
    with live.client("ircc-vulnerable-workers") as other, pytest.raises(ProblemError) as foreign:
        other.receipt(answer.entry_index)
    assert foreign.value.problem == beyond.value.problem
    assert (foreign.value.problem.status, foreign.value.problem.code) == (404, "not-found")


def new_key(live: LiveGateway, unit: str, name: str) -> tuple[SigningKey, str]:
    """A key of the unit, proposed by alex; not approved yet."""
    file = live.folder / f"{name}.pem"
    made = gateway("keys", "generate", file)
    assert made.code == 0, made.err
    proposed = command(live, "keys", "propose", "--unit", unit, "--jwk", file.with_suffix(".jwk"), "--by", "alex")
    assert proposed.code == 0, proposed.err
    key = read_signing_key(file)
    return key, key.public.keyid


def accepted(live: LiveGateway, key: SigningKey) -> bool:
    with signed(live, key) as client:
        answer = client.get("/v1/agreements")
    assert answer.status_code in (200, 401), answer.text
    return answer.status_code == 200


def wait_until(live: LiveGateway, key: SigningKey, *, works: bool) -> float:
    """Seconds until the running gateway followed the registry."""
    started = time.monotonic()
    while accepted(live, key) is not works:
        assert time.monotonic() - started < REVOCATION_SECONDS, "the gateway did not follow within 30 seconds"
        time.sleep(0.25)
    return time.monotonic() - started


def test_a_key_needs_a_second_person_and_a_revoked_one_stops_within_thirty_seconds(live: LiveGateway) -> None:
    unit = "ircc-vulnerable-workers"
    key, keyid = new_key(live, unit, "second")
    alone = command(live, "keys", "approve", keyid, "--by", "alex")
    assert (alone.code, alone.out) == (1, "")
    assert alone.err == "gateway: not done: a key is approved by another person than the one who proposed it\n"
    assert not accepted(live, key)
    assert command(live, "keys", "approve", keyid, "--by", "sam").code == 0
    wait_until(live, key, works=True)

    third, third_id = new_key(live, unit, "third")
    refused = command(live, "keys", "approve", third_id, "--by", "sam")
    assert (refused.code, refused.err) == (1, "gateway: not done: the unit has two active keys; revoke one first\n")

    # A thief has the second key; staff revoke it from another process.
    assert command(live, "keys", "revoke", keyid, "--by", "sam").code == 0
    assert wait_until(live, key, works=False) < REVOCATION_SECONDS
    again = command(live, "keys", "approve", keyid, "--by", "kim")
    assert (again.code, again.err) == (1, "gateway: not done: this key is not waiting for approval\n")
    assert not accepted(live, third)
    assert accepted(live, live.keys[unit]), "the unit's first key goes on"

    listed = command(live, "keys", "list").out
    assert listed.count(unit) == 3
    assert "revoked" in listed
    staff_actions = [json.loads(command(live, "log", "entry", str(index), "--json").out) for index in (0, 1)]
    assert {entry["kind"] for entry in staff_actions} == {"key-change"}
    assert not words_of(staff_actions) & {"alex", "sam", "kim"}
