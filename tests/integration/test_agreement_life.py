"""The commands of docs/agreement-life.md, one after the other, as three people run them beside a running gateway."""

import json
import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from typer.testing import CliRunner

from gateway.adapters.packaged import packaged
from gateway.cli.main import app
from gateway.deployment.folder import SETTINGS_FILE
from gateway.domain.errors import GatewayError
from tests.integration.commands import Ran
from tests.live import Deployment, deploy

TFW = "esdc-ircc-tfw"


def run(
    deployment: Deployment, officer: str, *arguments: str | Path, unit: str = "esdc-isb", columns: int = 160
) -> Ran:
    return plain(deployment, *arguments, "--unit", unit, "--officer", officer, columns=columns)


def plain(deployment: Deployment, *arguments: str | Path, columns: int = 160) -> Ran:
    """A command that says not who runs it."""
    env = deployment.folder / "gateway" / SETTINGS_FILE
    given = ["--env", str(env), "agreements", *map(str, arguments)]
    told = CliRunner().invoke(app, given, env={"COLUMNS": str(columns), "NO_COLOR": "1"})
    if told.exception is not None and not isinstance(told.exception, GatewayError | SystemExit):
        raise told.exception
    return Ran(told.exit_code, told.stdout, f"{told.stderr}{told.exception or ''}")


@pytest.fixture(scope="module")
def living(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Deployment]:
    deployment = deploy(tmp_path_factory.mktemp("life"), workers=50)
    with deployment.start():
        yield deployment


def test_from_a_first_look_to_looking_back(living: Deployment, tmp_path: Path) -> None:
    def done(officer: str, *arguments: str | Path) -> str:
        ran = run(living, officer, *arguments)
        assert ran.code == 0, ran.err
        return ran.out

    today = tmp_path / "today"
    assert TFW in done("e.editor", "state")
    assert "documents written" in done("e.editor", "export", today)
    file = today / "isa" / f"{TFW}.yaml"
    text = file.read_text("utf-8")
    narrowed = "".join(line for line in text.splitlines(keepends=True) if "{name: wage_hourly," not in line)
    file.write_text(narrowed.replace('version: "1"', 'version: "2"', 1), "utf-8")

    opened = done("e.editor", "draft", file)
    (draft,) = set(re.findall(r"d-[0-9a-f]{12}", opened))
    assert draft in done("e.editor", "draft")
    shown = done("e.editor", "draft", "--show", draft)
    assert "-          - {name: wage_hourly," in shown
    digest = json.loads(done("e.editor", "draft", "--show", draft, "--json"))["digest"]
    assert f"gateway agreements approve {draft} --digest {digest[:12]}" in done("e.editor", "submit", draft)

    own = run(living, "e.editor", "approve", draft, "--digest", digest[:12])
    assert (own.code, "ask somebody else" in own.err) == (1, True)
    early = run(living, "p.publisher", "publish", draft, "--digest", digest[:12])
    assert (early.code, "is in review" in early.err) == (1, True)
    early = run(living, "p.publisher", "publish", draft, "--digest", digest[:12], "--lang", "fr")
    assert "ce projet est à l'examen; il n'est donc pas publié" in early.err
    done("a.approver", "approve", draft, "--digest", digest[:12], "--office", "Director, Privacy")
    assert "on record as entry" in done("p.publisher", "publish", draft, "--digest", digest[:12])
    assert "published" in done("e.editor", "draft", "--all")
    assert "2" in done("e.editor", "state")

    done("h.head", "suspend", TFW, "--reason-en", "A list went astray", "--reason-fr", "Une liste s'est égarée")
    told = done("e.editor", "state", "--lang", "fr").replace("\u00a0", " ")
    assert "suspendu : Une liste s'est égarée" in told
    first = json.loads(done("h.head", "resume", TFW, "--json"))
    again = run(living, "h.head", "resume", TFW)
    assert (first["done"], again.code, "another person" in again.err) == (False, 1, True)
    done("a.approver", "resume", TFW)
    assert run(living, "p.publisher", "publish", draft, "--digest", digest[:8]).code == 1, "one length everywhere"
    told = json.loads(done("e.editor", "history", TFW, "--json"))
    assert [one["office"] for one in told["steps"][0]["approvals"]] == ["Director, Privacy"]
    entries = [step["entry_index"] for step in told["steps"]]
    assert entries == sorted(set(entries)), "each step has the entry that made it"
    assert all(isinstance(entry, int) for entry in entries)
    looked = done("e.editor", "history", TFW)
    assert "approved by Director, Privacy (esdc)" in looked
    assert f"draft {draft}" in looked
    assert all(f"  {entry}  " in looked for entry in entries)
    assert [step["action"] for step in told["steps"]] == ["published", "suspended", "in-force"]
    assert "Une liste s'est égarée" in done("e.editor", "history", TFW, "--lang", "fr")

    same = done("e.editor", "import", today)
    assert "nothing to draft" in same, "what is in force is what was written"
    again_exported = tmp_path / "again"
    done("e.editor", "export", again_exported)
    assert (again_exported / "isa" / f"{TFW}.yaml").read_bytes() == file.read_bytes()


def test_a_draft_that_does_not_fit_is_told_with_its_place(living: Deployment, tmp_path: Path) -> None:
    (tmp_path / "isa").mkdir()
    run(living, "e.editor", "export", tmp_path / "today")
    file = tmp_path / "isa" / "london-icm.yaml"
    text = (tmp_path / "today" / "isa" / "london-icm.yaml").read_text("utf-8")
    file.write_text(text.replace("record_type: caseworker-contact", "record_type: of-nobody"), "utf-8")
    opened = json.loads(run(living, "e.editor", "draft", file, "--json").out)
    refused = run(living, "e.editor", "submit", opened["draft"])
    assert refused.code == 1
    assert re.search(r"isa/london-icm\.yaml:\d+: .*of-nobody", refused.err)
    en_francais = run(living, "e.editor", "submit", opened["draft"], "--lang", "fr")
    assert "les documents ne s'accordent pas" in en_francais.err
    assert re.search(r"isa/london-icm\.yaml:\d+ : .*of-nobody", en_francais.err)
    shown = run(living, "e.editor", "draft", "--show", opened["draft"], "--lang", "fr").out
    assert "Les documents ne s'accordent pas :" in shown
    assert "do not" not in shown
    withdrawn = run(living, "e.editor", "draft", "--withdraw", opened["draft"])
    assert withdrawn.code == 0
    later = run(living, "p.publisher", "schedule", opened["draft"], "--digest", opened["digest"], "--at", "soon")
    assert later.code == 1


def test_what_is_shown_and_listed_is_what_is_in_force(living: Deployment, tmp_path: Path) -> None:
    """And not the folder of files, which says something else once a draft was published."""

    def done(*arguments: str | Path) -> str:
        ran = plain(living, *arguments)
        assert ran.code == 0, ran.err
        return ran.out.replace("\u00a0", " ")

    run(living, "e.editor", "export", tmp_path / "today")
    file = tmp_path / "today" / "isa" / "esdc-cbsa-irpa.yaml"
    text = file.read_text("utf-8")
    version = re.search(r'^version: "(\d+)"', text, re.MULTILINE)
    assert version
    raised = str(int(version[1]) + 1)
    file.write_text(text.replace(version[0], f'version: "{raised}"', 1), "utf-8")
    draft = json.loads(run(living, "e.editor", "draft", file, "--json").out)["draft"]
    for name in (draft, f"{draft}/esdc-cbsa-irpa"):
        told = done("show", name)
        assert told.startswith(f"Read from draft {draft} at its revision ")
        assert f"version {raised}, digest" in told
    before = done("show", "esdc-cbsa-irpa")
    assert before.startswith("Read from the rulebook in force, revision ")
    assert f"version {version[1]}, digest" in before
    digest = json.loads(run(living, "e.editor", "submit", draft, "--json").out)["digest"]
    run(living, "a.approver", "approve", draft, "--digest", digest)
    assert run(living, "p.publisher", "publish", draft, "--digest", digest).code == 0

    assert f"version {raised}, digest" in done("show", "esdc-cbsa-irpa")
    assert done("show", "esdc-cbsa-irpa", "--lang", "fr").startswith("Lu dans le recueil en vigueur, révision ")
    listed = json.loads(done("list", "--json"))
    assert listed["read"]["of"] == "in-force"
    (found,) = [row for row in listed["agreements"] if row["agreement"] == "esdc-cbsa-irpa"]
    assert found["version"] == raised
    assert "esdc-cbsa-irpa  " in done("list")
    assert "Read from the rulebook in force" in plain(living, "list").out
    kept = json.loads(done("show", "esdc-cbsa-irpa", "--json"))["agreements"][0]["digest"]
    assert kept == found["digest"]
    assert "known are" in plain(living, "show", "esdc-cbsa-irpa-of-nobody", "--dir", packaged("agreements")).err
    files = done("show", "esdc-cbsa-irpa", "--dir", packaged("agreements"))
    assert files.startswith("Read from the files in ")


def test_a_draft_that_changes_no_agreement_says_how_to_show_one(living: Deployment, tmp_path: Path) -> None:
    run(living, "e.editor", "export", tmp_path / "today")
    file = tmp_path / "today" / "purposes.yaml"
    file.write_text(file.read_text("utf-8") + "# looked at\n", "utf-8")
    draft = json.loads(run(living, "e.editor", "draft", file, "--json").out)["draft"]
    told = plain(living, "show", draft, "--lang", "fr")
    assert (told.code, f"{draft} ne modifie aucun accord" in told.err) == (1, True)
    assert plain(living, "show", f"{draft}/london-icm").code == 0
    assert plain(living, "show", "of-nobody").code == 1


def test_all_of_an_agreement_that_is_not_there_yet_is_new(living: Deployment, tmp_path: Path) -> None:
    run(living, "e.editor", "export", tmp_path / "today")
    text = (tmp_path / "today" / "isa" / "london-icm.yaml").read_text("utf-8")
    file = tmp_path / "today" / "isa" / "london-second.yaml"
    file.write_text(text.replace("id: london-icm", "id: london-second", 1), "utf-8")
    draft = json.loads(run(living, "e.editor", "draft", file, "--json").out)["draft"]
    for names in ((f"{draft}/london-second",), ("london-second", f"{draft}/london-second")):
        told = plain(living, "diff", *names)
        assert told.code == 1, "something becomes possible"
        assert "Before: nothing; this agreement is new" in told.out
        assert "New purpose." in told.out
    found = json.loads(plain(living, "diff", f"{draft}/london-second", "--json").out)
    assert (found["old"], found["wider"]) == (None, True)
    assert {one["kind"] for one in found["differences"]} == {"new"}
    assert plain(living, "diff", file).out.splitlines()[1:2] == ["  Before: nothing; this agreement is new"]
    assert "Avant : rien" in plain(living, "diff", file, "--lang", "fr").out.replace("\u00a0", " ")
    assert plain(living, "diff", f"{draft}/london-icm").code == 0, "what the draft leaves alone is as it was"
    assert plain(living, "diff", "of-nobody", "london-icm").code == 2


def changed(living: Deployment, folder: Path, name: str, old: str, new: str) -> str:
    """A draft of one agreement with one thing in another way."""
    run(living, "e.editor", "export", folder)
    file = folder / "isa" / f"{name}.yaml"
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), "utf-8")
    return str(json.loads(run(living, "e.editor", "draft", file, "--json").out)["draft"])


def test_a_check_of_a_draft_is_about_the_draft(living: Deployment, tmp_path: Path) -> None:
    """What it would be refused for is among it, and what others have is left out."""
    draft = changed(living, tmp_path / "today", "esdc-lantern-support", "necessity: {en: ", "necessity: {en: And so ")
    told = plain(living, "check", draft)
    assert told.code == 1
    assert "version: version 1 is in force already with another text" in " ".join(told.out.split())
    assert "isa/london-icm.yaml" not in told.out
    assert "Left out, about documents that the draft leaves alone: " in told.out
    whole = plain(living, "check", draft, "--all")
    assert "Left out" not in whole.out
    assert "isa/esdc-ircc-tfw.yaml" in whole.out
    french = plain(living, "check", draft, "--lang", "fr").out.replace("\u00a0", " ")
    assert "la version 1 est déjà en vigueur avec un autre texte" in " ".join(french.split())


def test_what_goes_into_force_by_itself_is_on_the_agenda(living: Deployment, tmp_path: Path) -> None:
    draft = changed(living, tmp_path / "today", "ircc-esdc-209-92", 'version: "1"', 'version: "2"')
    digest = json.loads(run(living, "e.editor", "submit", draft, "--json").out)["digest"]
    run(living, "a.approver", "approve", draft, "--digest", digest)
    at = (datetime.now(UTC) + timedelta(days=30)).isoformat(timespec="seconds")
    scheduled = run(living, "p.publisher", "schedule", draft, "--digest", digest, "--at", at)
    assert scheduled.code == 0, scheduled.err
    minute = at[:16].replace("T", " ")
    assert f"{minute} (UTC) Draft {draft} goes into force" in plain(living, "agenda").out
    french = plain(living, "agenda", "--lang", "fr").out.replace("\u00a0", " ")
    assert f"{minute} (UTC) Le projet {draft} entre en vigueur" in french
    assert draft not in plain(living, "agenda", "--days", "7").out
    assert f"scheduled for {minute} (UTC)" in run(living, "e.editor", "draft", "--show", draft).out
    assert f"scheduled for {minute} (UTC)" in run(living, "e.editor", "draft").out
    run(living, "e.editor", "draft", "--withdraw", draft)


def test_no_list_is_broken_at_80_columns(living: Deployment) -> None:
    """Every cell is whole on its line."""
    for command in ("state", "draft", "history"):
        arguments = (command, TFW) if command == "history" else (command,)
        lines = run(living, "e.editor", *arguments, columns=80).out.splitlines()
        assert not [line for line in lines if set("│┃┡") & set(line)]
    rows = run(living, "e.editor", "state", columns=80).out.splitlines()
    (row,) = [line for line in rows if line.startswith("esdc-on-labour-findings ")]
    assert row.endswith("in force")
    assert len(row) <= 80


def test_sources_are_held_against_what_is_in_force(living: Deployment, tmp_path: Path) -> None:
    """A record type that was published and has no source yet is named."""
    run(living, "e.editor", "export", tmp_path / "today")
    kept = tmp_path / "today" / "catalogue"
    text = (kept / "caseworker-contact.yaml").read_text("utf-8")
    (kept / "team-contact.yaml").write_text(text.replace("id: caseworker-contact", "id: team-contact", 1), "utf-8")
    at = "london-ontario-works"
    made = run(living, "e.editor", "draft", kept / "team-contact.yaml", "--json", unit=at)
    assert made.code == 0, made.err
    draft = json.loads(made.out)["draft"]
    digest = json.loads(run(living, "e.editor", "submit", draft, "--json", unit=at).out)["digest"]
    run(living, "a.approver", "approve", draft, "--digest", digest, unit=at)
    published = run(living, "p.publisher", "publish", draft, "--digest", digest, unit=at)
    assert published.code == 0, published.err
    env = living.folder / "gateway" / SETTINGS_FILE
    sources = living.settings.sources_file
    told = CliRunner().invoke(app, ["--env", str(env), "source", "check", str(sources)], env={"COLUMNS": "160"})
    assert told.exit_code == 0, told.stderr
    assert "lmia: open" in told.stdout
    assert "team-contact: no source holds it, and no agreement names it" in told.stdout
    assert "Read from the rulebook in force" in told.stderr
    files = CliRunner().invoke(app, ["source", "check", str(sources), "--lang", "fr"], env={"COLUMNS": "160"})
    assert "team-contact" not in files.stdout
    assert "Lu dans les fichiers livrés" in files.stderr
