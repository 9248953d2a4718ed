"""The agenda: what needs somebody, by date, with who would do it; and good news where there is nothing."""

import json
import shutil
from datetime import date
from pathlib import Path

import pytest
from typer.testing import CliRunner

from gateway.adapters.packaged import packaged
from gateway.adapters.rulebook.load import load
from gateway.cli.agreements import app
from gateway.service.review.agenda import AgendaItem, agenda
from tests.unit.policy.queries import rulebook

pytestmark = pytest.mark.thorough

TODAY = date(2026, 11, 27)


def due(days: int, today: date = TODAY) -> list[AgendaItem]:
    found = rulebook()
    return agenda(found.agreements, found.authorities, found.policy_data, found.parties, today, days)


def test_it_is_by_date_and_has_what_is_overdue() -> None:
    items = due(60)
    assert [item.day for item in items] == sorted(item.day for item in items)
    assert {item.finding.code for item in items} == {"review-passed", "law-begins"}
    assert all(item.day <= date(2027, 1, 26) for item in items)
    assert len(due(3660)) > len(items)


def test_who_would_do_it_is_the_office_of_a_contact() -> None:
    item = next(item for item in due(0) if item.agreement == "esdc-ircc-tfw")
    assert [who.unit for who in item.who] == ["esdc-isb", "ircc-work-permits"]
    assert item.who[0].called("en").startswith("Director, integrity (Employment and Social Development Canada")
    assert item.who[0].called("fr").startswith("Directeur, intégrité (Emploi et Développement social Canada")


def test_a_term_that_another_agreement_follows_is_no_news() -> None:
    ends = {item.agreement for item in due(3660) if item.finding.code == "term-ends"}
    assert ends == {version.id for version in rulebook().agreements}


@pytest.fixture
def quiet(tmp_path: Path) -> Path:
    """One agreement that needs nobody for a long time."""
    folder = Path(shutil.copytree(packaged("agreements"), tmp_path / "agreements"))
    for path in (folder / "isa").iterdir():
        if path.name != "esdc-ircc-tfw.yaml":
            path.unlink()
    path = folder / "isa" / "esdc-ircc-tfw.yaml"
    text = path.read_text(encoding="utf-8").replace("review: 2026-10-01", "review: 2098-10-01")
    path.write_text(text.replace("expiry: 2029-04-01", "expiry: 2099-04-01"), encoding="utf-8")
    load(folder)
    return folder


def test_nothing_to_do_is_said(quiet: Path) -> None:
    run = CliRunner()
    told = run.invoke(app, ["agenda", "--dir", str(quiet)])
    assert told.exit_code == 0
    assert "Nothing needs anybody in the next 90 days." in told.stdout
    french = run.invoke(app, ["agenda", "--dir", str(quiet), "--days", "30", "--lang", "fr"])
    assert "Rien ne demande personne dans les 30 prochains jours." in french.stdout
    told = json.loads(run.invoke(app, ["agenda", "--dir", str(quiet), "--json"]).stdout)
    assert told == {"items": [], "scheduled": []}


def test_check_has_errors_first_and_the_agenda_in_words(quiet: Path) -> None:
    run = CliRunner()
    assert "No errors" in run.invoke(app, ["check", str(quiet)]).stdout
    path = quiet / "isa" / "esdc-ircc-tfw.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("min_days: 731", "min_days: 3", 1), encoding="utf-8")
    told = run.invoke(app, ["check", str(quiet), "--lang", "fr"])
    assert told.exit_code == 1
    assert "erreur" in told.stdout
    assert "exige 731 jours" in told.stdout
    assert "schedules[0].clauses[0].retention.min_days" in told.stdout
    found = json.loads(run.invoke(app, ["check", str(quiet), "--json"]).stdout)
    assert found["counts"] == {"error": 1, "warning": 0, "note": 0}
    assert found["findings"][0]["code"] == "kept-too-short"


def test_diff_has_an_exit_status_that_a_script_can_read(quiet: Path, tmp_path: Path) -> None:
    run = CliRunner()
    shipped = packaged("agreements") / "isa" / "esdc-lantern-support.yaml"
    narrower = tmp_path / "narrower.yaml"
    narrower.write_text(shipped.read_text(encoding="utf-8").replace("expiry: 2028", "expiry: 2027"), encoding="utf-8")
    less = run.invoke(app, ["diff", "esdc-lantern-support", str(narrower), "--lang", "fr"])
    assert less.exit_code == 0
    assert "Devient possible et ne l'était pas\n  Rien." in less.stdout
    more = run.invoke(app, ["diff", str(narrower), "esdc-lantern-support", "--json"])
    assert more.exit_code == 1
    assert json.loads(more.stdout)["wider"]
    assert run.invoke(app, ["diff", "esdc-lantern-support", "no-such"]).exit_code == 2
    narrower.write_text("id: [", encoding="utf-8")
    assert run.invoke(app, ["diff", "esdc-lantern-support", str(narrower)]).exit_code == 2
