"""Half-open periods at their exact boundary: 23:59:59.999 UTC of the day before, and 00:00:00 UTC of the day.

The use case is the real one, over the real policy (WebAssembly), a rulebook loaded from files and a log in SQLite; only
the record and the clock are made up.
"""

import asyncio
import datetime
import json
from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from audit import canonical
from audit.vocabulary import digest_text
from gateway.adapters.packaged import packaged
from gateway.adapters.pdp.revision import read_sources
from gateway.adapters.pdp.wasm import WasmEngine
from gateway.adapters.rulebook import load as agreements
from gateway.adapters.rulebook.build import digest
from gateway.adapters.rulebook.load import Rulebook
from gateway.domain.agreement import AgreementVersion
from gateway.domain.due import OTTAWA
from gateway.domain.ground import Ground
from gateway.domain.redact import RedactionContext
from gateway.domain.request import DisclosureRequest
from gateway.domain.target import SubjectIdentifier
from gateway.service.disclosure.answer import Answer, Disclosed, Refused
from gateway.service.disclosure.disclose import Disclose
from gateway.service.disclosure.redelivery import Redelivery
from tests.simulator import OneSource, Register, SimulatedLog, SimulatedSource, grounds
from tests.unit.log.samples import new_database
from tests.unit.log.world import World, play

_sequence = count()
RECORD = {
    "system_file_number": "8000001",
    "decision": "Confirmed",
    "holder": "H-1",
    "holder_status": "worker",
    "case_id": "C-1",
    "worker_uci": "1111-1111",
    "interview_mode": "IN_PERSON",
    "case_open": True,
    "do_not_disclose_banner": False,
    "in_confidence": False,
}

TERMS = {
    "of-a-summer": "  time_zone: America/Toronto\n  effective: 2026-06-01\n  expiry: 2026-09-01\n"
    "  suspensions: [{from: 2026-07-01, until: 2026-07-15}]\n  termination: null\n",
    "terminated": "  time_zone: America/Toronto\n  effective: 2026-06-01\n  expiry: 2027-06-01\n"
    "  suspensions: []\n  termination: 2026-08-01\n",
    "on-hold": "  time_zone: America/Toronto\n  effective: 2026-06-01\n  expiry: 2027-06-01\n"
    "  suspensions: [{from: 2026-07-01, until: null}]\n  termination: null\n",
}
PURPOSE = (
    "purposes:\n  - {id: status-check, name: {en: Check a status, fr: Vérifier un statut}, programs: [tfwp], law: IRPA,"
    " kind: administer-law, administrative: true, consistent_uses: [IRCC-HOLDERS], notice: NOTICE-STATUS}\n"
)
RECORD_TYPE = """\
id: holder
name: {en: Permit holder, fr: Titulaire de permis}
custodian: ircc-work-permits
system: gcms
program: work-permits
regime: privacy-act
information_bank: {id: IRCC-HOLDERS, notice: IRCC-NOTICE-1}
personal: true
subject: entry-id
identifiers: {entry-id: holder}
filters: []
attributes: {}
elements:
  - {name: holder, label: {en: Holder, fr: Titulaire}, type: reference, sensitivity: ID, category: identity}
  - {name: holder_status, label: {en: Status, fr: Statut}, type: string, sensitivity: SP, category: status}
"""
SCHEDULE = """\
schedules:
  - id: status-check
    purpose: status-check
    title: {en: Status, fr: Statut}
    definitions: []
    made_under: [MADE]
    advisability: null
    representatives: [{unit: ircc-work-permits, role: {en: Officer, fr: Agent}}]
    data_subjects: {classes: [foreign-workers], limits: {en: None, fr: Aucune}}
    frequency_method: {mode: pull, channel: gateway, max_per_day: 5}
    pib: [IRCC-HOLDERS]
    clauses:
      - id: status-check-1
        record_type: holder
        discloser: {unit: ircc-work-permits, authorities: [MADE]}
        recipient: {units: [esdc-isb], authorities: [PA-4, PA-5]}
        cardinality: [single]
        case_reference: optional
        ground: [agreement]
        conditions: []
        elements:
          - {name: holder_status, form: {kind: plain}, necessity: {en: To know, fr: Pour savoir}}
        retention: {min_days: 731, max_days: 800}
        obligations: [as-of-label]
"""


def _more(folder: Path) -> Path:
    """Agreements that differ from the shipped one in their term, and two of IRCC's, which rest on DCI 5.5."""
    shipped = (packaged("agreements") / "isa" / "esdc-ircc-tfw.yaml").read_text("utf-8")
    term = shipped[shipped.index("  effective:") : shipped.index("  text:", shipped.index("  effective:"))]
    (folder / "isa").mkdir(parents=True)
    (folder / "catalogue").mkdir()
    for name, text in TERMS.items():
        made = shipped.replace("id: esdc-ircc-tfw", f"id: {name}", 1).replace(term, text, 1)
        (folder / "isa" / f"{name}.yaml").write_text(made, "utf-8")
    (folder / "purposes.yaml").write_text(PURPOSE, "utf-8")
    (folder / "catalogue" / "holder.yaml").write_text(RECORD_TYPE, "utf-8")
    base = shipped[: shipped.index("schedules:")].replace("banks: [", "banks: [IRCC-HOLDERS, ", 1)
    base = base.replace("effective: 2024-04-01", "effective: 2026-03-26", 1)
    for name, provision in (("under-dci", "DCI-5.5"), ("under-privacy-act", "DCI-5.5, PA-8-2-b")):
        made = base.replace("id: esdc-ircc-tfw", f"id: {name}", 1) + SCHEDULE.replace("MADE", provision)
        (folder / "isa" / f"{name}.yaml").write_text(made, "utf-8")
    return folder


@pytest.fixture(scope="module")
def rulebook(tmp_path_factory: pytest.TempPathFactory) -> Rulebook:
    return agreements.load(extra=[_more(tmp_path_factory.mktemp("boundaries") / "more")])


def at(day: str, *, before: bool = False) -> datetime.datetime:
    """The first moment of a day in Ottawa and Toronto as UTC, or the last millisecond before it."""
    midnight = datetime.datetime.fromisoformat(day).replace(tzinfo=OTTAWA).astimezone(datetime.UTC)
    return midnight - datetime.timedelta(milliseconds=1) if before else midnight


def lmia(agreement: str, moment: datetime.datetime) -> DisclosureRequest:
    number = next(_sequence)
    return DisclosureRequest(
        requester="ircc-work-permits",
        recipient="ircc-work-permits",
        agreement=agreement,
        purpose="lmia-refresh",
        record_type="lmia",
        elements=("decision",),
        target=SubjectIdentifier("lmia-system-file-number", "8000001"),
        ground=Ground.AGREEMENT,
        case_reference="W000000001",
        acting_officer=None,
        received_at=moment,
        request_digest=number.to_bytes(32, "big"),
        keyid="key",
        nonce=f"nonce-{number}",
        idempotency_key=f"key-{number}",
    )


def holder(agreement: str, moment: datetime.datetime) -> DisclosureRequest:
    return replace(
        lmia(agreement, moment),
        requester="esdc-isb",
        recipient="esdc-isb",
        purpose="status-check",
        record_type="holder",
        elements=("holder_status",),
        target=SubjectIdentifier("entry-id", "H-1"),
    )


def notes(moment: datetime.datetime) -> DisclosureRequest:
    return replace(
        lmia("esdc-ircc-tfw", moment),
        requester="ircc-vulnerable-workers",
        recipient="ircc-vulnerable-workers",
        purpose="owp-v-interview-notes",
        record_type="protection-case",
        elements=("interview_mode",),
        target=SubjectIdentifier("case-id", "C-1"),
    )


@cache
def _engine(data: str) -> WasmEngine:
    return WasmEngine(read_sources(), json.loads(data))


def ask(
    folder: Path,
    rulebook: Rulebook,
    request: DisclosureRequest,
    *,
    data: Mapping[str, Any] | None = None,
    version: AgreementVersion | None = None,
) -> tuple[Answer, dict[str, Any], SimulatedSource]:
    """The answer, the entry it left in the log, and the source as it was asked. `data` is another policy data document,
    `version` stands in for the agreement."""
    source = SimulatedSource(rulebook.catalogue.record_types[request.record_type], [RECORD])
    versions = {item.id: item for item in rulebook.agreements}
    if version is not None:
        versions[version.id] = version
    given: list[tuple[Answer, dict[str, Any]]] = []

    async def scenario(world: World) -> None:
        disclose = Disclose(
            catalogue=rulebook.catalogue,
            agreements=Register(versions),
            engine=_engine(json.dumps(rulebook.policy_data if data is None else data)),
            sources=OneSource(source),
            log=world.log,
            redelivery=Redelivery(world.archive),
            purposes=frozenset(rulebook.purposes),
            units=frozenset(rulebook.parties.units),
            redaction=lambda _recipient, _agreement, on: RedactionContext(on),
            alarm=lambda _record_type, _doubt: None,
            **grounds(SimulatedLog()),
        )
        answer = await disclose(request)
        assert isinstance(answer, Disclosed | Refused)
        kept = world.reader.entry(answer.receipt.entry_index)
        assert kept is not None
        assert kept.entry == answer.receipt.entry
        given.append((answer, canonical.parse(kept.entry)))

    folder.mkdir(exist_ok=True)
    play(new_database(folder), scenario)
    return (*given[0], source)


BOUNDARIES = [
    ("of-a-summer", "2026-06-01", "agreement-not-in-force", None),
    ("of-a-summer", "2026-07-01", None, "agreement-suspended"),
    ("of-a-summer", "2026-07-15", "agreement-suspended", None),
    ("of-a-summer", "2026-09-01", None, "agreement-expired"),
    ("terminated", "2026-08-01", None, "agreement-terminated"),
    ("on-hold", "2026-07-01", None, "agreement-suspended"),
]


@pytest.mark.parametrize(("agreement", "day", "before", "after"), BOUNDARIES)
def test_an_agreement_changes_its_state_at_midnight_in_its_zone(
    tmp_path: Path, rulebook: Rulebook, agreement: str, day: str, before: str | None, after: str | None
) -> None:
    version = rulebook.register.find(agreement)
    assert version is not None
    for moment, reason in ((at(day, before=True), before), (at(day), after)):
        answer, entry, source = ask(tmp_path / str(moment.hour), rulebook, lmia(agreement, moment))
        assert entry["time"] == moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")
        assert entry["agreement"] == {"id": agreement, "version": "1", "digest": version.digest}
        if reason is None:
            assert isinstance(answer, Disclosed)
            assert answer.records == ({"decision": "Confirmed"},)
            assert (entry["kind"], entry["effect"]) == ("disclosure", "permit")
        else:
            assert isinstance(answer, Refused)
            assert reason in {item.code for item in answer.decision.reasons}
            assert reason in entry["reasons"]
            assert (entry["kind"], entry["effect"], entry["disclosed"]) == ("denial", "deny", [])
            assert source.read == [], "a record was read for a request that the agreement does not cover"


def test_a_term_gives_the_same_decision_in_the_middle_of_every_state(tmp_path: Path, rulebook: Rulebook) -> None:
    noon = datetime.timedelta(hours=12)
    for day, permitted in (("2026-06-15", True), ("2026-07-08", False), ("2026-07-16", True), ("2026-12-24", False)):
        answer, _, _ = ask(tmp_path / day, rulebook, lmia("of-a-summer", at(day) + noon))
        assert isinstance(answer, Disclosed) is permitted


def earlier(rulebook: Rulebook, agreement: str) -> AgreementVersion:
    """The agreement with a term that began before the provision did; the files check refuses such a file."""
    version = rulebook.register.find(agreement)
    assert version is not None
    document = {**version.document, "term": {**version.document["term"], "effective": "2026-01-01"}}
    return replace(version, effective=datetime.date(2026, 1, 1), document=document, digest=digest(document))


@pytest.mark.parametrize("agreement", ["under-dci", "under-privacy-act"])
def test_a_provision_counts_from_its_first_second(tmp_path: Path, rulebook: Rulebook, agreement: str) -> None:
    """DCI Act 5.5 exists since 2026-03-26. Privacy Act 8(2)(b) only points to it, and cannot open what 5.5 did not."""
    version = earlier(rulebook, agreement)
    for moment in (at("2026-01-01"), at("2026-03-26", before=True)):
        answer, entry, source = ask(tmp_path / str(moment.month), rulebook, holder(agreement, moment), version=version)
        assert isinstance(answer, Refused)
        assert "no-discloser-authority" in entry["reasons"]
        assert source.read == []
    answer, entry, _ = ask(tmp_path / "on", rulebook, holder(agreement, at("2026-03-26")), version=version)
    assert isinstance(answer, Disclosed)
    assert entry["authorities"]["discloser"] == version.schedules_for("status-check")[0]["made_under"]


def test_a_file_that_rests_on_privacy_act_8_2_b_names_the_provision_that_enables_it(tmp_path: Path) -> None:
    folder = _more(tmp_path / "more")
    file = folder / "isa" / "under-privacy-act.yaml"
    bare = file.read_text("utf-8").replace("authorities: [DCI-5.5, PA-8-2-b]", "authorities: [PA-8-2-b]", 1)
    file.write_text(bare, "utf-8")
    [gap] = agreements.check(extra=[folder])
    assert "'PA-8-2-b' opens only what a provision of another Act does; cite that one too" in str(gap)


def test_a_file_that_rests_on_a_provision_before_it_exists_is_refused(tmp_path: Path) -> None:
    folder = _more(tmp_path / "more")
    file = folder / "isa" / "under-dci.yaml"
    file.write_text(file.read_text("utf-8").replace("effective: 2026-03-26", "effective: 2026-03-25", 1), "utf-8")
    (gap,) = agreements.check(extra=[folder])
    assert "'DCI-5.5' is not in force for the whole term" in str(gap)


@pytest.mark.parametrize("provision", ["DESDA-35", "PA-8-2-b"])
def test_a_repealed_discloser_authority_ends_at_midnight_utc(
    tmp_path: Path, rulebook: Rulebook, provision: str
) -> None:
    """Interview notes rest on both; without one of them nothing is left of the ground."""
    data = _repealed(rulebook, provision)
    answer, entry, _ = ask(tmp_path / "before", rulebook, notes(at("2026-10-01", before=True)), data=data)
    assert isinstance(answer, Disclosed)
    assert provision in entry["authorities"]["discloser"]
    answer, entry, source = ask(tmp_path / "after", rulebook, notes(at("2026-10-01")), data=data)
    assert isinstance(answer, Refused)
    assert "no-discloser-authority" in entry["reasons"]
    assert source.read == []


def test_a_repealed_recipient_authority_ends_at_midnight_utc(tmp_path: Path, rulebook: Rulebook) -> None:
    data = _repealed(rulebook, "PA-4")
    answer, _, _ = ask(tmp_path / "before", rulebook, lmia("esdc-ircc-tfw", at("2026-10-01", before=True)), data=data)
    assert isinstance(answer, Disclosed)
    answer, entry, _ = ask(tmp_path / "after", rulebook, lmia("esdc-ircc-tfw", at("2026-10-01")), data=data)
    assert isinstance(answer, Refused)
    assert "no-recipient-authority" in entry["reasons"]


def test_another_register_is_another_revision(rulebook: Rulebook) -> None:
    revisions = {_engine(json.dumps(item)).revision for item in (rulebook.policy_data, _repealed(rulebook, "PA-4"))}
    assert len(revisions) == 2
    assert digest_text(bytes(32)) not in revisions


def _repealed(rulebook: Rulebook, provision: str) -> dict[str, Any]:
    data: dict[str, Any] = json.loads(json.dumps(rulebook.policy_data))
    data["register"]["authorities"][provision]["effective"]["until"] = "2026-10-01"
    return data


def test_moments_are_as_they_are_called() -> None:
    assert at("2026-06-01", before=True).isoformat() == "2026-06-01T03:59:59.999000+00:00"
    assert at("2026-06-01").isoformat() == "2026-06-01T04:00:00+00:00"
    assert asyncio.iscoroutinefunction(Disclose.__call__)
