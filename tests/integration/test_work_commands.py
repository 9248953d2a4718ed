"""`gateway obligation`, `gateway breach`, `gateway account` as staff run them: beside a running gateway, and alone."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader
from typer.testing import CliRunner

from gateway.cli.main import app
from gateway.domain.errors import GatewayError
from tests.integration.commands import Ran
from tests.integration.operator import Operated, protection_cases

STAFF = ("--unit", "esdc-isb", "--officer", "officer-canary")


@dataclass(frozen=True, slots=True)
class Office:
    """A gateway that runs and disclosed one protection case to IRCC; `uci` is its worker, `alone` the work list as a
    command gave it before the gateway ran."""

    operated: Operated
    folder: Path
    uci: str
    alone: Ran

    def run(self, *arguments: str | Path, stdin: str = "") -> Ran:
        """A command in this process: starting one of its own for each takes longer than all they do."""
        told = CliRunner().invoke(
            app,
            ["--env", str(self.operated.env), *map(str, arguments)],
            input=stdin,
            env={"COLUMNS": "160", "NO_COLOR": "1"},
        )
        if told.exception is not None and not isinstance(told.exception, GatewayError | SystemExit):
            raise told.exception
        return Ran(told.exit_code, told.stdout, f"{told.stderr}{told.exception or ''}")

    def json(self, *arguments: str | Path, stdin: str = "") -> Any:
        done = self.run(*arguments, "--json", stdin=stdin)
        assert done.code == 0, done.err
        return json.loads(done.out)

    def duties(self, state: str) -> Any:
        return self.json("obligation", "list", "--state", state, "--limit", "1000")


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    folder = tmp_path_factory.mktemp("w")
    made = protection_cases(folder)
    alone = made.operated.run("obligation", "list", "--state", "all", "--json")
    with made.operated.serving():
        yield Office(made.operated, folder, made.ask(), alone)


def test_the_list_adds_up_beside_a_running_gateway_and_alone(office: Office) -> None:
    assert json.loads(office.alone.out) == {
        "counts": {"overdue": 0, "due": 0, "standing": 0, "done": 0},
        "obligations": [],
    }
    beside = office.duties("all")
    assert sum(beside["counts"].values()) == len(beside["obligations"]) > 3
    for duty in beside["obligations"]:
        assert {"en", "fr"} <= duty["title"].keys()
        assert duty["citations"]
        assert duty["unit"]["code"] in {"esdc-isb", "ircc-vulnerable-workers"}
        assert not [cited for cited in duty["citations"] if cited["code"].startswith(("MF-", "FIPPA-"))]
        assert (duty["addressee"] is None) is not duty["notice"]
        assert (duty["due"] is None) == (duty["state"] == "standing") == (duty["days_left"] is None)


def test_the_list_is_readable_in_both_languages(office: Office) -> None:
    english = office.run("obligation", "list", "--state", "all")
    french = office.run("obligation", "list", "--state", "all", "--lang", "fr")
    assert "Standing duties, without a date" in english.out
    assert "Obligations permanentes, sans échéance" in french.out
    assert "Show more with --limit" not in english.out
    assert "Overdue: 0; Due: " in english.out
    assert "En retard\u00a0: 0; À faire\u00a0: " in french.out
    few = office.run("obligation", "list", "--state", "all", "--limit", "1")
    assert "1 of " in few.out
    assert "Show more with --limit" in few.out
    nobody = office.run("obligation", "list", "--unit", "nobody")
    assert (nobody.code, "--unit: " in nobody.err) == (1, True)
    assert office.run("obligation", "list", "--state", "soon").code == 2
    assert office.run("obligation", "list", "--lang", "de").code == 2


def test_a_duty_is_done_once_and_only_by_its_institution(office: Office) -> None:
    duty = next(one for one in office.duties("all")["obligations"] if one["unit"]["code"] == "ircc-vulnerable-workers")
    place = (str(duty["entry_index"]), str(duty["position"]))
    strangers = office.run("obligation", "done", *place, *STAFF)
    assert (strangers.code, "another institution" in strangers.err) == (1, True)
    theirs = ("--unit", "ircc-work-permits", "--officer", "officer-canary")
    done = office.run("obligation", "done", *place, *theirs, "--note", "note-canary")
    assert done.code == 0, done.err
    again = office.run("obligation", "done", *place, *theirs)
    assert (again.code, "fulfilled already" in again.err) == (1, True)
    after = next(
        one for one in office.duties("done")["obligations"]
        if (str(one["entry_index"]), str(one["position"])) == place
    )  # fmt: skip
    assert after["done_at"] is not None
    index = done.out.split("entry ")[1].strip()
    assert "canary" not in office.run("log", "entry", index, "--json").out
    for wrong in (("9999", "0"), (place[0], "99")):
        assert office.run("obligation", "done", *wrong, *STAFF).code == 1
    assert "party" not in office.run("obligation", "done", *place, "--unit", "x y", "--officer", "o").out
    no_notice = office.run("obligation", "show", *place, *theirs)
    assert "demands no notice" in no_notice.out


def test_a_breach_is_on_record_with_drafts_that_are_read_and_written(office: Office, tmp_path: Path) -> None:
    what, measures = tmp_path / "what.txt", tmp_path / "measures.txt"
    what.write_text("A list went to the wrong unit; what-canary.", "utf-8")
    measures.write_text("The list was deleted.", "utf-8")
    made = office.json(
        "breach", "report", "--agreement", "esdc-ircc-tfw", "--determined", "2026-11-01T10:00:00Z", "--people", "7",
        "--what", what, "--measures", measures, "--kinds", "names", "--occurred", "2026-10-20", "--people-told", "no",
        "--for-people", what, *STAFF,
    )  # fmt: skip
    assert [duty["code"] for duty in made["duties"]][:2] == ["breach-report", "breach-report"]
    index = str(made["entry_index"])
    assert "canary" not in office.run("log", "entry", index).out
    shown = office.run("obligation", "show", index, "1", *STAFF)
    assert "To: Treasury Board of Canada Secretariat" in shown.out
    assert "Destinataire\u00a0: Secrétariat du Conseil du Trésor du Canada" in shown.out
    assert "what-canary" in shown.out
    assert shown.out.count("PROTECTED B / PROTÉGÉ B") == 2
    assert "Date of the breach: 2026-10-20" in shown.out
    assert "Discovered: not known yet" in shown.out
    position = next(str(duty["position"]) for duty in made["duties"] if duty["code"] == "breach-letter")
    letter = office.run("obligation", "show", index, position, *STAFF)
    assert "A breach of your personal information" in letter.out
    assert "PROTECTED" not in letter.out
    rows = {one["position"]: one for one in office.duties("all")["obligations"] if str(one["entry_index"]) == index}
    assert [(rows[at]["addressee"]["code"], rows[at]["citations"][0]["code"]) for at in (0, 1)] == [
        ("privacy-commissioner", "TBS-BREACH"),
        ("tbs", "TBS-BREACH"),
    ]
    assert "notice to: Treasury Board" in office.run("obligation", "list", "--state", "all", "--limit", "1000").out
    written = office.run("obligation", "show", index, "0", *STAFF, "--out", tmp_path / "notices")
    assert written.code == 0, written.err
    assert len(list((tmp_path / "notices").iterdir())) == 6
    sent = office.run("obligation", "done", index, "0", *STAFF)
    assert sent.code == 0, sent.err
    overdue = [one for one in office.duties("all")["obligations"] if str(one["entry_index"]) == index]
    assert next(one for one in overdue if one["position"] == 0)["state"] == "done"
    said = ("breach", "report", "--agreement", "esdc-ircc-tfw", "--people", "7", "--what", what,
            "--measures", measures, *STAFF)  # fmt: skip
    for option, value, code, message in (
        ("--determined", "yesterday", 1, "--determined: write the time"),
        ("--discovered", "yesterday", 1, "--discovered: write the day as YYYY-MM-DD"),
        ("--occurred", "2999-01-01", 1, "--occurred: this day is in the future"),
        ("--people-told", "perhaps", 2, "--people-told"),
    ):
        rest = () if option == "--determined" else ("--determined", "2026-11-01T10:00:00Z")
        wrong = office.run(*said, *rest, option, value)
        assert (wrong.code, message in wrong.err) == (code, True), wrong.err
    told = office.run(*said, "--determined", "2026-11-01T10:00:00Z")
    assert "by 2026-11-08 23:59 (Ottawa time)" in told.out


def test_a_new_consistent_use_is_drafted_for_the_commissioner(office: Office) -> None:
    use = ("obligation", "consistent-use", "--agreement", "esdc-ircc-tfw", "--purpose", "owp-v-interview-notes")
    made = office.run(*use, "--bank", "ESDC-TFWP-PROTECTION", *STAFF)
    assert made.code == 0, made.err
    assert "0 notify-consistent-use to privacy-commissioner, by " in made.out
    shown = office.run("obligation", "show", made.out.split("entry ")[1].split()[0], "0", *STAFF)
    assert "Information bank: ESDC-TFWP-PROTECTION" in shown.out
    assert "Avis d'un nouvel usage compatible" in shown.out
    wrong = office.run(*use, "--bank", "LONDON-OW-CLIENTS", *STAFF)
    assert (wrong.code, "bank: " in wrong.err) == (1, True)


def test_a_correction_finds_who_received_the_element(office: Office, tmp_path: Path) -> None:
    asked = ("correction", "--scheme", "uci", "--record-type", "protection-case", "--requested", "2026-11-20", *STAFF)
    made = office.run(*asked, "--element", "worker_uci", stdin=f"{office.uci}\n")
    assert made.code == 0, made.err
    assert "0 notify-correction to ircc-vulnerable-workers, by 2026-12-20 23:59 (Ottawa time)" in made.out
    index = made.out.split("entry ")[1].split()[0]
    assert office.uci not in office.run("log", "entry", index, "--json").out
    office.run("obligation", "show", index, "0", *STAFF, "--out", tmp_path / "notices")
    english = (tmp_path / "notices" / f"notify-correction-{index}-0.en.txt").read_text("utf-8")
    assert f"Person: uci {office.uci}" in english
    nobody = office.run(*asked, "--element", "channel", stdin="00-0000-0009\n")
    assert (nobody.code, "there is nobody to tell" in nobody.out) == (0, True)
    french = office.run(*asked, "--element", "worker_uci", "--lang", "fr", stdin=f"{office.uci}\n")
    assert "0 notify-correction, destinataire ircc-vulnerable-workers, d'ici le 2026-12-20" in french.out
    for changed, code, message in (
        (("--element", "no_such"), 1, "element: the record type does not have no_such"),
        (("--element", "case_open", "--kind", "perhaps"), 2, "--kind"),
        (("--element", "case_open", "--record-type", "lmia-no"), 1, "record-type: name one"),
        (("--element", "case_open", "--requested", "2999-01-01"), 1, "--requested: this day is in the future"),
    ):
        wrong = office.run(*asked, *changed, stdin=f"{office.uci}\n")
        assert (wrong.code, message in wrong.err) == (code, True), wrong.err


def test_a_hold_is_placed_listed_and_lifted_beside_a_running_gateway(office: Office) -> None:
    who = ("--scheme", "uci", *STAFF)
    assert "no hold is open" in office.run("hold", "list").out
    placed = office.run("hold", "place", "access-request", *who, stdin=f"{office.uci}\n")
    assert placed.code == 0, placed.err
    reference = placed.out.split(":")[0]
    (listed,) = office.json("hold", "list")["holds"]
    assert (listed["hold"], listed["reason"], listed["organization"]) == (reference, "access-request", "esdc")
    assert office.uci not in office.run("hold", "list").out
    index = placed.out.split("entry ")[1].split(".")[0]
    assert "canary" not in office.run("log", "entry", index, "--json").out
    other = office.run("hold", "lift", reference, *who, stdin="00-0000-0009\n")
    assert (other.code, "no open hold" in other.err) == (1, True)
    wrong = office.run("hold", "place", "Because I say so", *who, stdin=f"{office.uci}\n")
    assert (wrong.code, "reason: write a code" in wrong.err) == (1, True)
    lifted = office.run("hold", "lift", reference, *who, stdin=f"{office.uci}\n")
    assert lifted.code == 0, lifted.err
    assert "no hold is open" in office.run("hold", "list").out
    assert "aucune suspension" in office.run("hold", "list", "--lang", "fr").out


def test_a_person_is_looked_up_and_erased_beside_a_running_gateway(office: Office) -> None:
    who = ("--scheme", "uci", *STAFF)
    found = office.json("log", "person", *who, stdin=f"{office.uci}\n")
    assert "disclosure" in {one["kind"] for one in found}
    assert "worker_uci" in office.run("log", "person", *who, stdin=f"{office.uci}\n").out
    erase = ("log", "erase", *who, "--authority", "PA-6-3")
    early = office.run(*erase, "--regime", "federal", stdin=f"{office.uci}\n")
    assert (early.code, "within the federal minimum retention" in early.out) == (1, True)
    nobody = office.run(*erase, "--regime", "ontario", stdin="00-0000-0008\n")
    assert (nobody.code, "keeps nothing under this identifier" in nobody.out) == (1, True)
    placed = office.run("hold", "place", "litigation", *who, stdin=f"{office.uci}\n").out.split(":")[0]
    held = office.run(*erase, "--regime", "federal", stdin=f"{office.uci}\n")
    assert (held.code, "held (litigation)" in held.out) == (1, True)
    office.run("hold", "lift", placed, *who, stdin=f"{office.uci}\n")
    told = office.run(*erase, "--regime", "federal", "--authority", "x y", stdin=f"{office.uci}\n")
    assert (told.code, "write a code" in told.err) == (1, True), told.err
    assert office.run(*erase, "--regime", "lunar", stdin=f"{office.uci}\n").code == 2


def test_the_account_is_given_as_letters_and_json_and_is_itself_an_entry(office: Office, tmp_path: Path) -> None:
    who = ("--scheme", "uci", "--received", "2026-11-20", *STAFF)
    out = tmp_path / "account"
    given = office.run("account", *who, "--out", out, stdin=f"{office.uci}\n")
    assert given.code == 0, given.err
    assert sorted(path.name for path in out.iterdir()) == [
        "account.en.html", "account.en.pdf", "account.en.txt",
        "account.fr.html", "account.fr.pdf", "account.fr.txt", "account.json",
    ]  # fmt: skip
    machine = json.loads((out / "account.json").read_text("utf-8"))
    assert [line["recipient"]["code"] for line in machine["lines"]] == ["ircc-vulnerable-workers"]
    english = (out / "account.en.txt").read_text("utf-8")
    assert "Received by: Immigration, Refugees and Citizenship Canada, Vulnerable workers" in english
    assert "1." in PdfReader(out / "account.fr.pdf").pages[0].extract_text()
    made = office.run("log", "entry", str(machine["reference"]), "--json")
    assert json.loads(made.out)["reasons"] == ["account-for-person"]
    assert office.uci not in made.out + given.out + given.err
    printed = office.run("account", *who, stdin=f"{office.uci}\n")
    assert "Compte rendu des communications" in printed.out
    review = office.json("account", *who, "--review", stdin=f"{office.uci}\n")
    assert review["told"] == [machine["lines"][0]["entry_index"]]
    assert {one["kind"] for one in review["no_disclosure"]} >= {"staff-action"}
    table = office.run("account", *who, "--review", stdin=f"{office.uci}\n")
    assert "never give this to the person" in table.out
    assert "PROTECTED B / PROTÉGÉ B" in table.out
    assert "PROTECTED" not in english
    both = office.run("account", *who, "--review", "--out", tmp_path / "reviewed", stdin=f"{office.uci}\n")
    assert "never give this to the person" in both.out
    assert "written to" in both.out
    assert (tmp_path / "reviewed" / "account.fr.txt").exists()


def test_the_officer_holds_a_line_with_reasons_and_tells_none_that_is_not_held(office: Office, tmp_path: Path) -> None:
    who = ("--scheme", "uci", "--received", "2026-11-20", *STAFF)
    because = tmp_path / "because.txt"
    because.write_text("Telling it now would defeat the inspection; because-canary.", "utf-8")
    (told,) = office.json("account", *who, "--review", stdin=f"{office.uci}\n")["told"]
    decided = ("account", *who, "--hold", str(told))
    unreasoned = office.run(*decided, stdin=f"{office.uci}\n")
    assert (unreasoned.code, "because: " in unreasoned.err) == (1, True)
    held = office.json(*decided, "--because", because, "--review", stdin=f"{office.uci}\n")
    assert (held["told"], held["held_back"][0]["why"]["reason"]) == ([], "officer-decided")
    letter = office.run(*decided, "--because", because, stdin=f"{office.uci}\n")
    assert "This letter lists none." in letter.out
    wrong = office.run("account", *who, "--tell", str(told), "--because", because, stdin=f"{office.uci}\n")
    assert (wrong.code, f"entry {told} " in wrong.err) == (1, True)
    stored = b"".join(file.read_bytes() for file in office.operated.folder.glob("log.db*"))
    assert b"because-canary" not in stored


def test_an_account_that_cannot_be_made_is_none(office: Office) -> None:
    who = ("--scheme", "uci", *STAFF)
    malformed = office.run("account", *who, "--received", "2026-11-20", stdin="not-an-identifier-canary\n")
    assert (malformed.code, "canary" in malformed.err) == (1, False)
    for day, message in (("last week", "--received: write the day as YYYY-MM-DD"), ("2999-01-01", "in the future")):
        wrong = office.run("account", *who, "--received", day, stdin=f"{office.uci}\n")
        assert (wrong.code, "--received: " in wrong.err, message in wrong.err) == (1, True, True)
    shelter = office.run(
        "account", "--scheme", "uci", "--received", "2026-11-20", "--unit", "harbour-lane-shelter", "--officer", "o",
        stdin=f"{office.uci}\n",
    )  # fmt: skip
    assert (shelter.code, "not under the Privacy Act" in shelter.err) == (1, True)
    stranger = office.run(
        "account", "--scheme", "uci", "--received", "2026-11-20", "--unit", "nobody", "--officer", "o",
        stdin=f"{office.uci}\n",
    )  # fmt: skip
    assert (stranger.code, "parties.yaml" in stranger.err) == (1, True)
    unasked = office.run("account", *who, "--received", "2026-11-20", stdin="00-0000-0009\n")
    assert "This letter lists none." in unasked.out
