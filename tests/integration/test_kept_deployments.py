"""What is on file stays readable: a deployment that an earlier release wrote is opened, verified, replayed and used."""

import json
import tarfile
from pathlib import Path

import pytest

from tests.integration.commands import Ran, gateway

KEPT = Path(__file__).parents[1] / "kept"
ACTOR = ("--unit", "esdc-isb", "--officer", "r.roy")
LAST = 46


@pytest.fixture(params=sorted(path.name for path in KEPT.glob("*.tar.xz")))
def folder(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    with tarfile.open(KEPT / request.param) as archive:
        archive.extractall(tmp_path, filter="data")
    settings = tmp_path / "gateway" / "gateway.env"
    settings.write_text(settings.read_text("utf-8").replace("/deployment", str(tmp_path)), "utf-8")
    (tmp_path / "world" / "sources.yaml").write_text("sources: []\n", "utf-8")
    return tmp_path


def command(folder: Path, *arguments: str, stdin: str = "") -> Ran:
    return gateway("--env", folder / "gateway" / "gateway.env", *arguments, stdin=stdin)


def test_a_log_of_an_earlier_release_is_verified_replayed_and_gives_account(folder: Path) -> None:
    assert command(folder, "log", "verify").code == 0
    adopted = command(folder, "log", "adopt", "--yes", *ACTOR)
    assert adopted.code == 0, adopted.err
    whole = command(folder, "log", "reconcile")
    assert not [word for word in ("missing", "altered", "unproven") if word in whole.out]

    entries = [json.loads(command(folder, "log", "entry", str(index), "--json").out) for index in range(LAST)]
    decided = [index for index, entry in enumerate(entries) if entry["effect"] and entry["purpose"]]
    assert len(decided) > 20
    for index in (decided[0], decided[len(decided) // 2], decided[-1]):
        replayed = command(folder, "replay", str(index), *ACTOR)
        assert (replayed.code, replayed.out.splitlines()[0]) == (0, f"entry {index}: equal"), replayed.err
        assert command(folder, "explain", str(index), "--lang", "fr").code == 0

    worker = json.loads((folder / "world" / "landmarks.json").read_text("utf-8"))["worker_plain"]
    found = command(folder, "log", "person", "--scheme", worker["scheme"], *ACTOR, stdin=worker["value"] + "\n")
    assert found.code == 0, found.err
    assert command(folder, "log", "verify").code == 0
