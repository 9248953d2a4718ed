"""Every command as a person runs it: what it prints, its exit code, and that nothing personal passes through arguments
or messages.
"""

import json
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import typer
from typer.testing import CliRunner

from audit.note_key import SignerKey
from gateway.cli.main import app, main
from gateway.deployment.folder import read_signing_key
from gateway.httpsig.keys import SigningKey
from gateway.httpsig.pem import write_private_pem
from tests.integration.commands import Ran, audit, gateway
from tests.integration.operator import Operated, operate

CANARY = "98-7654-canary"
CASE = ("--case-reference", "W000000001")


@dataclass(frozen=True, slots=True)
class Session:
    """An operator's and two partners' afternoon: a deployment, what was run while it served, and what it logged."""

    operated: Operated
    ran: dict[str, Ran]
    landmarks: dict[str, dict[str, str]]
    uci: str


def ask(operated: Operated, key: Path, agreement: str, purpose: str, record_type: str, *rest: str, stdin: str) -> Ran:
    pin = read_signing_key(operated.folder / "response-key.pem").public.keyid
    about = ("--agreement", agreement, "--purpose", purpose, "--record-type", record_type)
    trusted = ("--origin", operated.origin, "--pin", pin, "--log-vkey", operated.folder / "log.vkey")
    return gateway("request", *trusted, "--key", key, *about, *rest, stdin=stdin)


@pytest.fixture(scope="module")
def session(tmp_path_factory: pytest.TempPathFactory) -> Session:
    folder = tmp_path_factory.mktemp("cli")
    ran = {"sample": gateway("sample", "--out", folder / "world", "--workers", "60", "--seed", "3")}
    landmarks = json.loads((folder / "world" / "landmarks.json").read_text("utf-8"))
    landmarks = landmarks.get("landmarks", landmarks)
    settings: dict[str, str | Path] = {"sources_file": folder / "world" / "sources.yaml", "sandbox": "true"}
    operated = operate(folder / "gateway", settings, processes=True)
    permits = operated.register("ircc-work-permits", "permits")
    protection = operated.register("ircc-vulnerable-workers", "protection")

    def lmia(*rest: str, stdin: str) -> Ran:
        return ask(operated, permits, "esdc-ircc-tfw", "lmia-refresh", "lmia", *rest, stdin=stdin)

    number = landmarks["lmia_confirmed"]
    scheme = ("--scheme", number["scheme"])
    with operated.serving():
        elements = ("--element", "decision", "--element", "officer_assessment")
        ran["table"] = lmia(*elements, *scheme, *CASE, stdin=number["value"] + "\n")
        ran["json"] = lmia(*elements, *scheme, *CASE, "--json", stdin=number["value"] + "\n")
        ran["no-case"] = lmia(*elements, *scheme, stdin=number["value"] + "\n")
        ran["absent"] = lmia(*elements, *scheme, *CASE, stdin="7999999\n")
        ran["absent-fr"] = lmia(*elements, *scheme, *CASE, "--lang", "fr", stdin="7999999\n")
        ran["malformed"] = lmia(*elements, *scheme, *CASE, stdin=CANARY + "\n")
        ran["list"] = ask(
            operated, permits, "esdc-ircc-tfw", "open-lmia-list", "open-lmia", "--element", "province",
            "--filter", "province=ON", "--limit", "2", "--json", stdin="",
        )  # fmt: skip
        case = landmarks["protection_case"]
        ran["worker"] = ask(
            operated, protection, "esdc-ircc-tfw", "owp-v-interview-notes", "protection-case", "--element",
            "worker_uci", "--scheme", case["scheme"], *CASE, "--json", stdin=case["value"] + "\n",
        )  # fmt: skip
        ran["beside"] = operated.run("keys", "revoke", "unknown", "--by", "sam")
        alone = operated.folder / "alone.env"
        lines = operated.env.read_text("utf-8").splitlines()
        alone.write_text("\n".join(line for line in lines if "STAFF_SOCKET" not in line) + "\n", "utf-8")
        ran["second-writer"] = gateway("--env", alone, "keys", "revoke", "unknown", "--by", "sam")
        ran["keys"] = operated.run("keys", "list")
    uci = json.loads(ran["worker"].out)["records"][0]["worker_uci"]
    return Session(operated, ran, landmarks, uci)


def test_init_makes_secrets_that_only_their_owner_reads_and_never_twice(session: Session) -> None:
    folder = session.operated.folder
    secrets = [*folder.glob("*.pem"), *folder.glob("*.key"), folder / "log.skey", folder / "gateway.env"]
    assert len(secrets) >= 7
    assert {stat.S_IMODE(path.stat().st_mode) for path in secrets} == {0o600}
    before = {path: path.read_bytes() for path in secrets}
    again = gateway("init", folder, "--origin", "https://gateway.example")
    assert (again.code, again.out) == (1, "")
    assert "a deployment's keys are not made twice" in again.err
    key = gateway("keys", "generate", folder / "permits.pem")
    assert key.code == 1
    assert "permits.pem exists; it is not overwritten" in key.err
    assert {path: path.read_bytes() for path in secrets} == before


def test_sample_says_what_it_wrote(session: Session) -> None:
    done = session.ran["sample"]
    assert done.code == 0
    assert "60 gcms-worker" in done.out
    assert "landmarks.json" in done.out


def test_a_request_shows_what_left_what_was_withheld_and_what_follows(session: Session) -> None:
    done = session.ran["table"]
    assert (done.code, done.err) == (0, "")
    assert "Confirmed" in done.out
    assert "withheld: officer_assessment" in done.out
    assert "obligation: " in done.out
    assert "answer and receipt verified" in done.out
    answer = json.loads(session.ran["json"].out)
    assert answer["records"] == [{"decision": "Confirmed"}]
    assert [item["element"] for item in answer["withheld"]] == ["officer_assessment"]
    assert answer["decision"]["clauses"] == ["lmia-refresh-1"]
    assert answer["receipt"]["entry"]
    page = json.loads(session.ran["list"].out)
    assert page["records"] == [{"province": "ON"}] * 2
    assert page["next_cursor"]


def test_a_refusal_says_why_with_exit_code_one(session: Session) -> None:
    denied = session.ran["no-case"]
    assert (denied.code, denied.out) == (1, "")
    assert denied.err.splitlines()[0].endswith("(denied)")
    assert len(denied.err.splitlines()) >= 2
    assert session.ran["absent"].code == 1
    assert "(not-available)" in session.ran["absent"].err
    assert "refused: Il n'y a rien qui puisse être communiqué" in session.ran["absent-fr"].err
    assert session.ran["malformed"].code == 1
    assert "(malformed-identifier)" in session.ran["malformed"].err


def test_no_identifier_is_in_any_message_or_log_line(session: Session) -> None:
    values = [CANARY, session.uci, session.landmarks["protection_case"]["value"], "7999999"]
    said = [ran.out + ran.err for name, ran in session.ran.items() if name != "worker"]
    said.append((session.operated.folder / "gateway.log").read_text("utf-8"))
    assert len(said) > 8
    for text in said:
        assert not [value for value in values if value in text]


def test_no_option_takes_an_identifier() -> None:
    """An argument is in the process list and in the shell's history; an identifier comes from standard input."""
    assert len(commands()) >= 20
    for path, command in commands():
        for parameter in command.params:
            assert parameter.name not in {"value", "identifier", "uci", "sin", "subject"}, path


def test_a_second_writer_is_refused_while_the_gateway_serves(session: Session) -> None:
    done = session.ran["second-writer"]
    assert (done.code, done.out) == (1, "")
    assert done.err.startswith("gateway: another process writes to this SQLite database; stop it first")
    assert session.ran["beside"].err == "gateway: not done: no key with this thumbprint is registered\n"
    assert session.ran["keys"].code == 0
    assert session.ran["keys"].out.count("active") == 2


def test_the_log_is_verified_exported_and_read(session: Session, tmp_path: Path) -> None:
    operated = session.operated
    verified = operated.run("log", "verify")
    assert verified.code == 0, verified.err
    assert verified.out.startswith("verified: ")
    kept = operated.run("log", "checkpoint")
    (tmp_path / "kept.txt").write_text(kept.out, "utf-8")
    assert operated.run("log", "verify", "--known", tmp_path / "kept.txt").code == 0
    exported = operated.run("log", "export", tmp_path / "export")
    assert exported.code == 0, exported.err
    vkey = (operated.folder / "log.vkey").read_text("utf-8").strip()
    assert audit("verify", tmp_path / "export", "--key", vkey).code == 0
    index = json.loads(session.ran["json"].out)["entry_index"]
    entry = json.loads(operated.run("log", "entry", str(index), "--json").out)
    assert (entry["entry_index"], entry["kind"], entry["record_type"]) == (index, "disclosure", "lmia")
    assert "lmia-refresh-1" in operated.run("log", "entry", str(index)).out


def test_an_altered_log_is_not_verified(session: Session, tmp_path: Path) -> None:
    export = tmp_path / "export"
    assert session.operated.run("log", "export", export).code == 0
    bundle = next((export / "tile" / "entries").rglob("*/*"))
    bundle.write_bytes(bundle.read_bytes().replace(b"ircc-work-permits", b"ircc-work-hermits", 1))
    done = audit("verify", export, "--key", (session.operated.folder / "log.vkey").read_text("utf-8").strip())
    assert done.code == 1
    assert "root" in done.out + done.err


def test_who_saw_this_person_is_answered_from_standard_input_and_put_on_record(session: Session) -> None:
    look = ("log", "person", "--scheme", "uci", "--unit", "esdc-isb", "--officer", "r.roy", "--json")
    before: list[dict[str, Any]] = json.loads(session.operated.run(*look, stdin=session.uci + "\n").out)
    disclosure = json.loads(session.ran["worker"].out)["entry_index"]
    assert [found["entry_index"] for found in before] == [disclosure]
    assert before[0]["recipient"] == "ircc-vulnerable-workers"
    again = session.operated.run(*look, stdin=session.uci + "\n")
    assert [found["kind"] for found in json.loads(again.out)] == ["disclosure", "staff-action"]
    assert session.uci not in again.out + again.err
    nobody = session.operated.run(*look, stdin="00-0000-9999\n")
    assert (nobody.code, json.loads(nobody.out)) == (0, [])
    malformed = session.operated.run(*look, stdin=CANARY + "\n")
    assert (malformed.code, malformed.out) == (1, "")
    assert malformed.err == "gateway: the value is not a UCI (0000-0000 or 00-0000-0000)\n"


def test_agreements_are_checked_listed_and_shown(tmp_path: Path) -> None:
    checked = gateway("agreements", "check")
    assert checked.code == 0
    assert "No errors" in checked.out
    listed = gateway("agreements", "list")
    assert [line.split()[0] for line in listed.out.splitlines() if line.endswith("]")] == [
        "cbsa-ircc-irpa",
        "esdc-cbsa-irpa",
        "esdc-ircc-tfw",
        "esdc-lantern-support",
        "esdc-on-labour-findings",
        "ircc-cbsa-irpa",
        "ircc-esdc-209-92",
        "ircc-on-dci",
        "london-icm",
        "london-toronto-ow",
        "on-london-ies",
    ]
    assert "Read from the files that came with this release" in listed.out
    french = gateway("agreements", "show", "london-icm", "--lang", "fr")
    assert "Pouvoir de communiquer" in french.out
    (tmp_path / "catalogue").mkdir()
    (tmp_path / "catalogue" / "boat.yaml").write_text("id: boat\nname: Boat\n", "utf-8")
    broken = gateway("agreements", "check", "--extra", tmp_path)
    assert broken.code == 1
    assert broken.out.splitlines()[0] == "catalogue/boat.yaml"


def commands() -> list[tuple[tuple[str, ...], Any]]:
    """Every command with its path."""

    def walk(path: tuple[str, ...], command: Any) -> Iterator[tuple[tuple[str, ...], Any]]:
        children: dict[str, Any] = getattr(command, "commands", {})
        for name, child in sorted(children.items()):
            yield from walk((*path, name), child)
        if not children:
            yield path, command

    return list(walk((), typer.main.get_command(app)))


@pytest.mark.parametrize("path", [path for path, _ in commands()], ids=" ".join)
def test_the_help_of_every_command_has_an_example(path: tuple[str, ...]) -> None:
    shown = CliRunner().invoke(app, [*path, "--help"], env={"COLUMNS": "120"})
    assert shown.exit_code == 0
    assert "Example" in shown.output
    assert " ".join(("gateway", *path)) in " ".join(shown.output.split()) or "--env" in shown.output


LOAD = ("source", "load")
INTO = ("--database", "sqlite:///x.db")
ASK = (
    *("request", "--agreement", "a", "--purpose", "p", "--record-type", "r", "--element", "e"),
    *("--pin", "x", "--key", "partner.pem", "--log-vkey", "log.vkey"),
)
NOBODY = ("--origin", "http://127.0.0.1:9")
WRONG = {
    "no settings": (("keys", "list"), 1, "gateway: the settings are not complete: ISA_GATEWAY_ORIGIN is not set"),
    "no file of settings": (("--env", "no.env", "serve"), 1, "no.env cannot be read; `gateway init` makes one"),
    "no such agreement": (("agreements", "show", "isa-9"), 1, "There is no such agreement; known are: cbsa-ircc-irpa"),
    "no such file": ((*LOAD, "lmia-list", "nowhere.csv", *INTO), 1, "nowhere.csv"),
    "no such format": ((*LOAD, "xml", "a.csv", *INTO), 1, "lmia-list"),
    "no database URL": ((*LOAD, "lmia-list", "a.csv", "--database", "???"), 1, "is not a SQLAlchemy URL"),
    "no sources": (("source", "check", "nowhere.yaml"), 1, "nowhere.yaml"),
    "no command": (("keys", "steal"), 2, "No such command"),
    "no option": (("sample", "--size", "3"), 2, "No such option"),
    "too small": (("sample", "--out", "w", "--workers", "1"), 2, "--workers"),
    "no partner key": (
        (*ASK, *NOBODY, "--key", "no.pem"),
        1,
        "no.pem cannot be read as a P-256 or Ed25519 private key",
    ),
    "no log key": ((*ASK, *NOBODY, "--log-vkey", "no.vkey"), 1, "no.vkey cannot be read as a signed-note verifier key"),
    "no gateway there": ((*ASK, *NOBODY), 1, "no trustworthy answer: "),
    "no origin": ((*ASK, "--origin", "gateway.example"), 2, "--origin"),
    "no filter": ((*ASK, *NOBODY, "--filter", "province"), 2, "element=value"),
}


@pytest.mark.parametrize("case", WRONG)
def test_what_goes_wrong_is_said_in_a_sentence(
    case: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """In this process, to be quick; `python -m gateway` calls the same `main`."""
    arguments, code, message = WRONG[case]
    (tmp_path / "partner.pem").write_bytes(write_private_pem(SigningKey.generate()))
    (tmp_path / "log.vkey").write_text(f"{SignerKey.generate('log.example').verifier}\n", "utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("sys.argv", ["gateway", *arguments])
    with pytest.raises(SystemExit) as ended:
        main()
    said = capsys.readouterr()
    assert (ended.value.code, said.out) == (code, "")
    assert message in said.err
    assert "Traceback" not in said.err


def test_an_error_is_a_sentence_and_an_exit_code_of_the_process_too(tmp_path: Path) -> None:
    done = gateway("keys", "list", folder=tmp_path)
    assert (done.code, done.out) == (1, "")
    assert done.err.startswith("gateway: the settings are not complete: ")
    assert len(done.err.splitlines()) == 1


def test_key_changes_that_make_no_sense_are_refused(session: Session) -> None:
    operated = session.operated
    file, thumbprint = operated.key("stranger")
    jwk = file.with_suffix(".jwk")
    for arguments, message in (
        (("propose", "--unit", "ircc-nobody", "--jwk", jwk, "--by", "alex"), "the unit is not in parties.yaml"),
        (("propose", "--unit", "ircc-work-permits", "--jwk", file, "--by", "alex"), "cannot be read as a public"),
        (("approve", thumbprint, "--by", "sam"), "no key with this thumbprint is registered"),
        (("revoke", thumbprint, "--by", "sam"), "no key with this thumbprint is registered"),
    ):
        done = operated.run("keys", *arguments)
        assert (done.code, done.out) == (1, "")
        assert message in done.err
        assert "Traceback" not in done.err
