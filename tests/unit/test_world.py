"""The sample world: reproducible, consistent, of the declared types, nobody's, and with canaries where they belong."""

import asyncio
import csv
import json
import random
import re
import sqlite3
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from gateway.adapters.rulebook import load as agreements
from gateway.adapters.sources.registry import SourceRegistry, open_sources
from gateway.domain.element import Catalogue, Sensitivity
from gateway.domain.identifiers import canonical_bn15, canonical_sin, canonical_uci
from gateway.domain.names import look_up_name
from gateway.domain.target import ListQuery, SubjectIdentifier
from gateway.domain.value import fits
from gateway.sandbox.assistance import months_after
from gateway.sandbox.canaries import PATTERN
from gateway.sandbox.employers import new_employer
from gateway.sandbox.names import employer_name
from gateway.sandbox.numbers import Numbers
from gateway.sandbox.world import TODAY, Sample, build_world

pytestmark = pytest.mark.thorough

WORKERS = 1500


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return agreements.load().catalogue


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory, catalogue: Catalogue) -> Sample:
    return build_world(tmp_path_factory.mktemp("world"), catalogue, workers=WORKERS, seed=3)


@pytest.fixture(scope="module")
def registry(sample: Sample, catalogue: Catalogue) -> Iterator[SourceRegistry]:
    found = open_sources(sample.sources, catalogue, b"k")
    yield found
    found.close()


def finder(sample: Sample, registry: SourceRegistry, catalogue: Catalogue) -> Callable[[str], dict[str, Any]]:
    """Reads the record of a landmark through its source, as the gateway does."""

    def values(landmark: str) -> dict[str, Any]:
        place = sample.landmarks[landmark]
        source = registry.find(place["record_type"])
        assert source is not None
        elements = list(catalogue.record_types[place["record_type"]].elements)
        found = asyncio.run(source.fetch(SubjectIdentifier(place["scheme"], place["value"]), elements))
        return dict(found[0].values) if found else {}

    return values


def column(sample: Sample, query: str) -> list[Any]:
    with sqlite3.connect(sample.database) as database:
        rows = database.execute(query).fetchall()
    database.close()
    return [row[0] if len(row) == 1 else row for row in rows]


def test_the_same_seed_gives_the_same_bytes_and_another_does_not(tmp_path: Path, catalogue: Catalogue) -> None:
    for name, seed in (("a", 5), ("b", 5), ("c", 6)):
        build_world(tmp_path / name, catalogue, workers=60, seed=seed)
    files = sorted(path.name for path in (tmp_path / "a").iterdir())
    assert files == ["canaries.json", "landmarks.json", "open_lmia_2026q3.csv", "sources.yaml", "world.db"]
    for name in files:
        assert (tmp_path / "a" / name).read_bytes() == (tmp_path / "b" / name).read_bytes()
    assert (tmp_path / "a" / "world.db").read_bytes() != (tmp_path / "c" / "world.db").read_bytes()


def test_every_value_fits_its_declared_type(sample: Sample, registry: SourceRegistry, catalogue: Catalogue) -> None:
    for name, record_type in catalogue.record_types.items():
        source = registry.find(name)
        assert source is not None
        page = asyncio.run(source.page(ListQuery({}, 400, None), list(record_type.elements)))
        assert page.records
        for record in page.records:
            assert set(record.values) == set(record_type.elements)
            misfits = [
                e
                for e, value in record.values.items()
                if not fits(value, record_type.elements[e]) and (e, value) != ("province", "OUTSIDE")
            ]
            assert misfits == []


def test_every_situation_has_its_landmark(sample: Sample, registry: SourceRegistry, catalogue: Catalogue) -> None:
    assert json.loads((sample.folder / "landmarks.json").read_text()) == sample.landmarks

    values = finder(sample, registry, catalogue)
    assert values("lmia_confirmed")["decision"] == "Confirmed"
    assert values("lmia_suspended")["decision"] == "Suspended"
    assert values("employer_under_inspection")["case_open"] is True
    assert values("employer_not_inspected") == {}
    assert values("preliminary_finding")["finding_status"] == "preliminary"
    assert values("final_finding")["finding_status"] == "final"
    assert values("published_finding")["finding_status"] == "final"
    assert values("published_finding")["final_decision_date"] == values("final_finding")["final_decision_date"]
    case = values("protection_case")
    assert (case["case_open"], case["do_not_disclose_banner"], case["language"]) == (True, False, "en")
    assert (case["in_confidence"], case["placement_needed"]) == (False, True)
    assert values("protection_case_application")["case_id"] == values("protection_case_id")["case_id"]
    assert values("protection_case_french")["language"] == "fr"
    assert values("protection_case_protected")["do_not_disclose_banner"] is True
    assert values("protected_client")["do_not_disclose"] is True
    assert values("milestone_client")["milestone"] == "STARTED_WORK"
    assert values("unshared_client")["shared_client"] is False
    client, contact = values("shared_client"), values("shared_client_caseworker")
    assert client["shared_client"] is True
    assert client["sams_member_id"] == contact["sams_member_id"]
    assert contact["case_open"] is True


def test_of_one_worker_every_record_tells_the_same(
    sample: Sample, registry: SourceRegistry, catalogue: Catalogue
) -> None:
    values = finder(sample, registry, catalogue)
    for story, protected, approved in (("", False, False), ("_french", False, True), ("_protected", True, False)):
        case, worker = values(f"protection_case{story}"), values(f"worker{story}")
        application, crossing = values(f"open_permit_application{story}"), values(f"entry_exit{story}")
        file = values(f"irpa_file{'_in_confidence' if story == '_french' else story}")
        ucis = {case["worker_uci"], *(record["uci"] for record in (worker, application, crossing, file))}
        assert len(ucis) == 1
        assert case["do_not_disclose_banner"] is protected
        assert {r["do_not_disclose"] for r in (worker, application, crossing, file)} == {protected}
        assert application["application_number"] == case["owp_v_application_no"]
        assert application["abuse_types"][:-1] == case["allegation_types"][:-1]
        assert (application["special_program_code"], application["noc"]) == ("VWOWP", "99999")
        assert application["case_open"] is not approved
        assert (application["permit_number_issued"] == worker["work_permit_number"]) is approved
        assert (application["current_permit_number"] == worker["work_permit_number"]) is not approved
        codes = (worker["case_type"], worker["special_program_code"], worker["lmia_exemption_code"])
        assert codes == (("20", "VWOWP", "A72") if approved else ("56", None, None))
        assert crossing["last_entry_date"] == file["last_entry_date"] < worker["employment_start_date"]
        assert file["in_confidence"] is (story == "_french")
    plain = values("worker_plain")
    assert (plain["work_permit_type"], plain["do_not_disclose"]) == ("EMPLOYER_SPECIFIC", False)
    assert plain["lmia_system_file_number"] == values("lmia_confirmed")["system_file_number"]
    assert values("entry_exit_plain")["in_canada"] is True


def test_a_banner_on_a_case_is_on_every_record_of_that_worker(sample: Sample) -> None:
    for table in ("gcms_worker", "entry_exit_history", "open_work_permit_application", "irpa_enforcement_file"):
        differing = column(
            sample,
            f"SELECT count(*) FROM {table} JOIN protection_case ON worker_uci = uci"
            " WHERE do_not_disclose <> do_not_disclose_banner",
        )
        assert differing == [0]
    numbers = "SELECT owp_v_application_no FROM protection_case ORDER BY 1"
    assert column(sample, numbers) == column(
        sample, "SELECT application_number FROM open_work_permit_application ORDER BY 1"
    )


def test_the_note_for_an_inspection_holds_what_a_scrubber_must_find(sample: Sample) -> None:
    rows = column(
        sample,
        "SELECT family_name, uci, phone, interpreter_contract_ref, inspection_note_for_esdc"
        " FROM open_work_permit_application",
    )
    assert len(rows) > 20
    for family, uci, phone, interpreter, note in rows:
        assert {family.split(" ")[0], uci, phone, interpreter.split(" ")[1]} <= set(re.findall(r"[\w'-]+", note))
    assert {"Interpreter" in row[4] for row in rows} == {True, False}


def test_of_one_client_every_record_tells_the_same(
    sample: Sample, registry: SourceRegistry, catalogue: Catalogue
) -> None:
    values = finder(sample, registry, catalogue)
    client, member = values("shared_client"), values("shared_client_member")
    contact, plan = values("shared_client_caseworker"), values("shared_client_plan")
    assessment = values("shared_client_assessment")
    assert {r["cams_person_reference"] for r in (client, member, contact, plan, assessment)} == {
        client["cams_person_reference"]
    }
    assert member["sams_member_id"] == plan["sams_member_id"] == client["sams_member_id"]
    assert (member["caseworker_name"], member["office"]) == (contact["caseworker_name"], contact["office"])
    assert member["milestone_received"] == client["milestone"] == "MISSED_APPOINTMENT"
    assert (member["address_kind"], member["moving_to"]) == ("own-home", "none")
    assert values("milestone_client_member")["address_kind"] == "employer-housing"
    assert values("milestone_client_plan")["work_start_date"] == values("milestone_client")["milestone_date"]
    assert values("moving_client_member")["moving_to"] == "toronto"
    for record in ("_member", "_plan", "_assessment"):
        assert values(f"protected_client{record}")["do_not_disclose"] is True
        assert values(f"confidential_client{record}")["in_confidence"] is True
        assert values(f"moving_client{record}")["in_confidence"] is False
    assert "unshared_client_member" not in sample.landmarks
    assert values("unshared_client_assessment")["shared_client"] is False


def test_checkpoints_are_due_after_one_three_six_and_twelve_months(sample: Sample) -> None:
    dues = ", ".join(f"checkpoint_{n}m_due, checkpoint_{n}m_outcome" for n in (1, 3, 6, 12))
    rows = column(
        sample,
        f"SELECT milestone_checkpoint, work_start_date, {dues} FROM employment_action_plan"
        " JOIN employment_services_client USING (cams_person_reference) WHERE work_start_date IS NOT NULL",
    )
    told = Counter(row[0] for row in rows)
    assert set(told) == {"none", "1m", "3m", "6m", "12m"}
    for told_of, began, *checkpoints in rows:
        start = date.fromisoformat(began)
        reached = []
        for months, (due, outcome) in zip(
            (1, 3, 6, 12), zip(checkpoints[::2], checkpoints[1::2], strict=True), strict=True
        ):
            day = date.fromisoformat(due)
            assert (day.year - start.year) * 12 + day.month - start.month == months
            assert day.day == start.day or (day + timedelta(days=1)).day == 1
            assert (outcome is not None) == (day <= TODAY)
            reached += [f"{months}m"] if day <= TODAY else []
        assert (reached[-1:] or ["none"]) == [told_of]
    assert months_after(date(2026, 1, 31), 1) == date(2026, 2, 28)
    assert months_after(date(2026, 8, 31), 6) == date(2027, 2, 28)


def test_interview_notes_hold_what_a_scrubber_must_find(sample: Sample) -> None:
    rows = column(
        sample,
        "SELECT worker_name, worker_sin, worker_uci, reporter_name, language, interview_notes FROM protection_case",
    )
    assert {row[4] for row in rows} == {"en", "fr"}
    for name, sin, uci, _, language, notes in rows:
        given, _canary, family = name.split(" ")
        assert given in notes
        assert family in notes
        digits = re.sub(r"[ .-]", "", notes)
        assert sin in digits
        assert uci.replace("-", "") in digits
        assert re.search(PATTERN, notes)
        assert ("permis de travail" in notes) == (language == "fr")
    whole = [row for row in rows if row[3].split(" ")[0] in row[5]]
    assert len(whole) > len(rows) / 3
    assert len(notes) > 600


def test_numbers_are_valid_and_nobodys(sample: Sample) -> None:
    sins = column(sample, "SELECT sin FROM gcms_worker") + column(sample, "SELECT sin FROM employment_services_client")
    assert len(set(sins)) == len(sins)
    assert all(sin[0] == "0" and canonical_sin(sin) == sin for sin in sins)
    assert all(bn[0] == "0" and canonical_bn15(bn) == bn for bn in column(sample, "SELECT employer_bn15 FROM lmia"))
    ucis = column(sample, "SELECT uci FROM gcms_worker")
    assert len(set(ucis)) == WORKERS
    assert all(canonical_uci(uci) == uci for uci in ucis)
    phones = column(
        sample,
        "SELECT phone_primary FROM gcms_worker UNION SELECT employer_contact_phone FROM lmia"
        " UNION SELECT reporter_phone FROM protection_case UNION SELECT phone FROM"
        " employment_services_client UNION SELECT caseworker_phone FROM caseworker_contact",
    )
    assert all(re.fullmatch(r"\d{3}-555-01\d\d", phone) for phone in phones)


def test_records_agree_with_one_another(sample: Sample) -> None:
    on_lmia = Counter(column(sample, "SELECT lmia_system_file_number FROM gcms_worker"))
    for number, decision, approved, remaining, bn in column(
        sample, "SELECT system_file_number, decision, positions_approved, positions_remaining, employer_bn15 FROM lmia"
    ):
        assert remaining == approved - on_lmia[number] >= 0
        assert decision in {"Confirmed", "Suspended"} or (approved, on_lmia[number]) == (0, 0)
        assert bn.endswith("RP0001")
    suspended = set(column(sample, "SELECT employer_bn15 FROM lmia WHERE decision = 'Suspended'"))
    assert suspended <= set(column(sample, "SELECT employer_bn15 FROM inspection WHERE case_open = 1"))
    published = set(column(sample, "SELECT legal_name FROM employer_compliance"))
    assert published == set(column(sample, "SELECT employer_name FROM inspection WHERE finding_status = 'final'"))
    known = set(column(sample, "SELECT uci FROM gcms_worker"))
    assert set(column(sample, "SELECT worker_uci FROM protection_case")) <= known
    assert sample.counts["gcms-worker"] == WORKERS


def test_the_open_list_is_the_world_as_published(sample: Sample) -> None:
    with sample.open_lmia_list.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    (sums,) = column(sample, "SELECT count(*), sum(approved_lmias), sum(approved_positions) FROM open_lmia")
    assert sums == (
        len(rows),
        sum(int(row["Approved LMIAs"]) for row in rows),
        sum(int(row["Approved Positions"]) for row in rows),
    )
    (confirmed,) = column(sample, "SELECT count(*), sum(positions_approved) FROM lmia WHERE decision = 'Confirmed'")
    assert sums[1:] == confirmed


def test_shares_are_those_of_the_program() -> None:
    rng = random.Random(11)
    numbers = Numbers(rng)
    employers = [new_employer(rng, numbers, number) for number in range(20_000)]
    provinces = Counter(employer.place.province for employer in employers)
    streams = Counter(employer.stream for employer in employers)
    for counted, expected in (
        (provinces, {"QC": 0.30, "ON": 0.29, "BC": 0.20, "AB": 0.11}),
        (streams, {"Primary Agriculture": 0.41, "Low Wage": 0.34, "High Wage": 0.23}),
    ):
        for name, share in expected.items():
            assert counted[name] / len(employers) == pytest.approx(share, abs=0.02)
    sizes = sorted(employer.positions for employer in employers)
    quantiles = [sizes[len(sizes) * percent // 100] for percent in (50, 90, 99)]
    assert quantiles[0] == 1
    assert quantiles[1] == pytest.approx(6, abs=1)
    assert quantiles[2] == pytest.approx(48, abs=8)
    assert sum(sizes[-200:]) / sum(sizes) == pytest.approx(0.27, abs=0.05)


def test_no_employer_of_the_world_is_a_real_one(sample: Sample, shared_data: Path) -> None:
    real: set[str] = set()
    for name in ("lmia_positive_2024q1.csv", "lmia_positive_2024q3.csv"):
        with (shared_data / "lmia" / name).open(encoding="utf-8", newline="") as file:
            real |= {look_up_name(row["Employer"]) for row in csv.DictReader(file)}
    with (shared_data / "compliance" / "employers_noncompliant_2023-10.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            real |= {look_up_name(row["operating_name"]), look_up_name(row["legal_name"])}
    assert len(real) > 20_000
    invented = {look_up_name(name) for name in column(sample, "SELECT DISTINCT employer_legal_name FROM lmia")}
    assert invented & real == set()


def test_no_employers_name_of_a_large_world_is_real_or_repeats(shared_data: Path) -> None:
    streams = ("Primary Agriculture", "Low Wage", "High Wage", "Global Talent Stream", "Permanent Resident Only")
    for province in ("ON", "QC"):
        for stream in streams:
            assert len({employer_name(n, stream, province) for n in range(30_000)}) == 30_000
    text = "\n".join(
        look_up_name(path.read_text("utf-8", "ignore")) for path in (shared_data / "lmia").glob("lmia_positive_*.csv")
    )
    real = set(re.findall(r"[a-zà-ÿ]+", text))
    roots = {employer_name(n, "Low Wage", "ON").split(" ")[0].casefold() for n in range(1200)}
    assert len(roots) == 1200
    assert len(roots & real) < 40


def test_canaries_are_where_they_are_said_to_be(sample: Sample, catalogue: Catalogue) -> None:
    listing = json.loads((sample.folder / "canaries.json").read_text())
    assert listing["complete"] is True
    by_place: dict[tuple[str, str], set[str]] = {}
    for entry in listing["canaries"]:
        by_place.setdefault((entry["record_type"], entry["element"]), set()).add(entry["canary"])
    planted = {Sensitivity.IDENTIFIER, Sensitivity.SPECIAL, Sensitivity.FREE_TEXT, Sensitivity.THIRD_PARTY}
    roomy = {"text", "string", "address", "person-name", "email", "staff-id", "string-list"}
    for name, record_type in catalogue.record_types.items():
        for element in record_type.elements.values():
            if element.sensitivity not in planted or element.type not in roomy or element.options:
                continue
            table = name.replace("-", "_")
            values = [v for v in column(sample, f'SELECT "{element.name}" FROM {table}') if v is not None]
            tokens = {match[0] for value in values for match in re.finditer(PATTERN, value)}
            assert len(tokens) == len(values)
            assert tokens == by_place.get((name, element.name), set())
    assert set(column(sample, "SELECT worker_uci FROM protection_case")) == by_place["protection-case", "worker_uci"]
    assert not re.search(PATTERN, sample.open_lmia_list.read_text())


def test_a_world_of_nobody_is_refused(tmp_path: Path, catalogue: Catalogue) -> None:
    with pytest.raises(ValueError, match="at least 50"):
        build_world(tmp_path, catalogue, workers=10, seed=1)
