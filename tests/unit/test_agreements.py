"""The folder of agreements: what is shipped is sound, every gap is named with file and line, data alone adds more."""

import asyncio
import json
import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from typer.testing import CliRunner

from gateway.adapters.packaged import packaged
from gateway.adapters.pdp.revision import PolicyFilesError, read_sources
from gateway.adapters.pdp.wasm import WasmEngine
from gateway.adapters.rulebook.load import AgreementFilesError, check, load
from gateway.cli.agreements import app
from gateway.domain.decision import Deny, Permit
from gateway.service.ports import DecisionQuery
from tests.unit.policy.queries import engine, rulebook

Edit = Callable[[str, str, str], list[str]]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(packaged("agreements"), tmp_path / "agreements"))


@pytest.fixture
def gaps_after(folder: Path) -> Edit:
    """Replace a text (which must occur) once in one file and give the gaps."""

    def edit(file: str, old: str, new: str) -> list[str]:
        path = folder / file
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), encoding="utf-8")
        return [str(gap) for gap in check(folder)]

    return edit


def test_what_is_shipped_has_no_gaps_and_loads_completely() -> None:
    assert check() == []
    assert [version.id for version in rulebook().agreements] == [
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
    assert set(rulebook().catalogue.record_types) == {
        "caseworker-contact",
        "common-assessment",
        "employer-compliance",
        "employment-action-plan",
        "employment-services-client",
        "entry-exit-history",
        "gcms-worker",
        "inspection",
        "irpa-enforcement-file",
        "lmia",
        "open-lmia",
        "open-work-permit-application",
        "protection-case",
        "social-assistance-member",
    }


def test_the_register_finds_by_id_and_by_unit() -> None:
    found = rulebook().register.find("london-icm")
    assert found is not None
    assert (found.effective, found.expiry) == (date(2024, 4, 1), date(2029, 4, 1))
    assert found.purposes == {"milestone-notice", "caseworker-contact"}
    assert rulebook().register.find("no-such") is None
    assert [version.id for version in rulebook().register.concerning("ircc-vulnerable-workers")] == [
        "esdc-ircc-tfw",
        "ircc-esdc-209-92",
    ]
    assert rulebook().register.concerning("rcmp-federal-policing") == []


def test_the_digest_is_of_the_content_alone(folder: Path) -> None:
    path = folder / "isa" / "london-icm.yaml"
    before = load(folder).register.find("london-icm")
    path.write_text("# a comment\n" + path.read_text(encoding="utf-8"), encoding="utf-8")
    same = load(folder).register.find("london-icm")
    path.write_text(path.read_text(encoding="utf-8").replace("max_days: 1095", "max_days: 1096", 1), encoding="utf-8")
    other = load(folder).register.find("london-icm")
    assert before is not None
    assert same is not None
    assert other is not None
    assert len(before.digest) == 43
    assert before.digest == same.digest != other.digest


def test_only_the_three_named_cbsa_units_are_investigative_bodies() -> None:
    listed = {unit for unit, found in rulebook().parties.units.items() if "investigative-body" in found.roles}
    assert {unit for unit in listed if unit.startswith("cbsa")} == {
        "cbsa-inland-enforcement",
        "cbsa-intelligence-targeting",
        "cbsa-criminal-investigations",
    }
    assert not {"esdc-isb", "esdc-pob", "ircc-work-permits"} & listed


@pytest.mark.parametrize(
    ("file", "old", "new", "message"),
    [
        ("isa/london-icm.yaml", "breach:", "breeches:", "lacks 'breach'"),
        ("isa/london-icm.yaml", "    fr: ", "    fr_: ", "lacks 'fr'"),
        ("isa/london-icm.yaml", "name: milestone,", "name: shoe_size,", "'shoe_size' is not in the catalogue"),
        ("isa/london-icm.yaml", "name: milestone_date,", "name: milestone,", "holds an item twice"),
        ("isa/london-icm.yaml", "[MF-32-c, MF-32-e]", "[MF-32-c, MF-99]", "authority 'MF-99' does not exist"),
        ("isa/london-icm.yaml", "[MF-32-c, MF-32-e]", "[DESDA-35]", "of a regime that governs no element"),
        ("isa/london-icm.yaml", "[MF-32-c, MF-32-e]", "[PA-4]", "'PA-4' is not an authority of the discloser"),
        ("isa/london-icm.yaml", "[MF-32-c, MF-32-e]", "[MF-32-h]", "has no rule that permits"),
        (
            "isa/london-icm.yaml",
            "[MF-27-28, MF-29]",
            "[OWA-71-73]",
            "no authority of the recipient under regime 'mfippa'",
        ),
        ("isa/london-icm.yaml", "no-automatic-sanction", "sing-a-song", "obligation 'sing-a-song' does not exist"),
        ("isa/london-icm.yaml", "min_days: 366", "min_days: 365", "'MF-30' requires 366 days"),
        ("isa/esdc-ircc-tfw.yaml", "min_days: 731", "min_days: 730", "'PR-4' requires 731 days"),
        ("isa/london-icm.yaml", "max_days: 1095", "max_days: 100", "disposal is due before the minimum"),
        ("isa/london-icm.yaml", "cardinality: [single]", "cardinality: [list]", "lacks 'max_page'"),
        (
            "isa/london-icm.yaml",
            "cardinality: [single]",
            "cardinality: [list]\n        max_page: 5",
            "needs personal_list",
        ),
        (
            "isa/london-icm.yaml",
            "attribute: shared_client",
            "attribute: mood",
            "attribute 'mood' is not of the record type",
        ),
        (
            "catalogue/lmia.yaml",
            "personal_if: employer_is_individual",
            "personal_if: mood",
            "attribute 'mood' is not of the record type",
        ),
        ("isa/london-icm.yaml", "purpose: milestone-notice", "purpose: tourism", "purpose 'tourism' does not exist"),
        (
            "isa/london-icm.yaml",
            "purpose: milestone-notice",
            "purpose: caseworker-contact",
            "two schedules for the purpose",
        ),
        ("isa/london-icm.yaml", "expiry: 2029-04-01", "expiry: 2024-04-01", "expires before it takes effect"),
        ("isa/london-icm.yaml", "expiry: 2029-04-01", "expiry: 2029-02-30", "not a date of the calendar"),
        ("isa/london-icm.yaml", "units: [london-ssm,", "units: [esdc-isb,", "'esdc-isb' is no unit of 'london'"),
        ("isa/london-icm.yaml", "id: milestone-notice-2", "id: milestone-notice-1", "exists twice"),
        (
            "isa/london-icm.yaml",
            "recipient: {units: [london-ssm]",
            "recipient: {units: [rcmp-federal-policing]",
            "is no party",
        ),
        (
            "isa/london-icm.yaml",
            "discloser: {unit: maple-bridge-employment",
            "discloser: {unit: london-ssm",
            "the custodian",
        ),
        ("isa/london-icm.yaml", "form: {kind: plain}", "form: {kind: mask}", "lacks 'keep'"),
        ("isa/london-icm.yaml", "form: {kind: plain}", "form: {kind: count}", "form 'count' does not fit"),
        (
            "isa/esdc-ircc-tfw.yaml",
            "name: reason_codes, form: {kind: plain}",
            "name: reason_codes, form: {kind: count}",
            "would count those too",
        ),
        ("isa/london-icm.yaml", "form: {kind: plain}", "form: {kind: rot13}", "must be one of plain"),
        (
            "parties.yaml",
            "protected-b, from: 2020-01-01",
            "protected-d, from: 2020-01-01",
            "must be one of",
        ),
        (
            "parties.yaml",
            "from: 2020-01-01, until: null",
            "from: 2020-02-30, until: null",
            "not a date of the calendar",
        ),
        ("parties.yaml", "from: 2020-01-01, until: null", "from: 2020-01-01, until: 2019-01-01", "ends before"),
        ("isa/london-icm.yaml", "name: caseworker_name,", "name: direct_line,", "about someone else"),
        ("isa/london-icm.yaml", "id: london-icm", "id: paris-icm", "the file is named 'london-icm'"),
        ("isa/esdc-ircc-tfw.yaml", "{decision: ADV-2024-003, date: 2024-03-01}", "null", "advisability decision"),
        (
            "isa/esdc-lantern-support.yaml",
            "{decision: ADV-2025-031, date: 2025-03-01}",
            "null",
            "DESDA-36.2 needs the minister's advisability decision",
        ),
        (
            "authorities/privacy-act.yaml",
            "effective: {from: null",
            "effective: {from: 2025-01-01",
            "for the whole term",
        ),
        (
            "authorities/customs.yaml",
            "    enforced: true\n    grounds: [public-interest]",
            "    enforced: false\n    grounds: [public-interest]",
            "has no rule and nothing that upholds it",
        ),
        ("regimes.yaml", "[customs, desda, irpa,", "[customs, desda,", "no place in the evaluation order"),
        ("authorities/government.yaml", "effect: obliges", "effect: permits", "upheld by a rule or demands nothing"),
        ("authorities/desda.yaml", "obligations: [caveat-desda-42]", "obligations: []", "names no obligation"),
        ("authorities/immigration.yaml", "effect: obliges", "effect: none", "no effect, so no rule"),
        (
            "authorities/desda.yaml",
            "reason: no-discloser-authority",
            "reason: because",
            "reason 'because' does not exist",
        ),
        ("catalogue/lmia.yaml", "bn15: employer_bn15", "bn15: employer_bn14", "element 'employer_bn14' does not exist"),
        ("catalogue/lmia.yaml", "custodian: esdc-pob", "custodian: esdc", "unit 'esdc' does not exist"),
        ("catalogue/lmia.yaml", "regime: desda", "regime: maritime", "regime 'maritime' does not exist"),
        ("catalogue/lmia.yaml", "type: lmia-number", "type: float", "must be one of string"),
        ("catalogue/protection-case.yaml", "subject: uci", "subject: null", "names the identifier scheme"),
        ("parties.yaml", "acts_for: [esdc-isb]", "acts_for: [rcmp-federal-policing]", "is no unit of 'esdc'"),
        ("parties.yaml", "{organization: london, from", "{organization: nowhere, from", "'nowhere' does not exist"),
        ("parties.yaml", "from: 2025-09-01, until: 2028-09-01", "from: 2025-09-01, until: 2025-09-01", "ends before"),
        ("parties.yaml", "kind: municipal", "kind: village", "must be one of federal"),
        (
            "isa/esdc-lantern-support.yaml",
            "organization: lantern-house, role",
            "organization: esdc, role",
            "one institution alone makes an arrangement",
        ),
        (
            "isa/esdc-lantern-support.yaml",
            "organization: lantern-house, role",
            "organization: esdc, role",
            "one institution alone is source and recipient",
        ),
        ("reasons.yaml", "shown_as: not-available", "shown_as: nothing", "reason 'nothing' does not exist"),
    ],
)
def test_every_gap_is_named_with_its_file_and_line(
    folder: Path, gaps_after: Edit, file: str, old: str, new: str, message: str
) -> None:
    line = (folder / file).read_text(encoding="utf-8").split(old, 1)[0].count("\n") + 1
    gaps = gaps_after(file, old, new)
    named = [gap for gap in gaps if message in gap]
    assert named, gaps
    where, number, _ = named[0].split(":", 2)
    assert where == file or where.startswith("isa/")
    if where == file and "lacks" not in message:
        assert abs(int(number) - line) <= 90


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("id: [", "is not YAML"),
        ("", "is empty"),
        ("id: a\nid: b\n", "comes twice"),
        ("a: &x {b: 1}\nc: *x\n", "anchors and aliases"),
        ("a: !!python/object/apply:os.system [ls]\n", "tags are not allowed"),
        ("a: " + "[" * 40 + "]" * 40, "nested too deeply"),
        ("1: a\n", "a key must be text"),
        ("a: \xff", "is not UTF-8"),
    ],
)
def test_hostile_and_broken_files_are_refused(folder: Path, content: str, message: str) -> None:
    encoding = "latin-1" if "\xff" in content else "utf-8"
    (folder / "isa" / "london-icm.yaml").write_bytes(content.encode(encoding))
    assert any(message in str(gap) and str(gap).startswith("isa/london-icm.yaml:") for gap in check(folder))


def test_words_that_yaml_would_turn_into_booleans_stay_words(folder: Path) -> None:
    path = folder / "catalogue" / "lmia.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace('["EN", "FR", "EN+FR", "NONE"]', "[on, off, no, yes]", 1))
    element = load(folder).catalogue.record_types["lmia"].elements["verbal_language"]
    assert element.options == ("on", "off", "no", "yes")


def test_a_broken_folder_stops_the_start_with_file_line_and_reason(folder: Path) -> None:
    (folder / "purposes.yaml").unlink()
    with pytest.raises(AgreementFilesError, match=r"purposes.yaml:1: the file does not exist"):
        load(folder)


def more(folder: Path) -> Path:
    """A second folder: a made-up record type, its purpose, and an agreement to share it."""
    for name in ("catalogue", "isa"):
        (folder / name).mkdir(parents=True)
    (folder / "purposes.yaml").write_text(
        "purposes:\n  - {id: bee-watch, name: {en: Watch bees, fr: Observer les abeilles}, programs: [work-permits],"
        " law: IRPA, kind: administer-law, administrative: true, consistent_uses: [BEES], notice: BEE-NOTICE}\n"
    )
    (folder / "catalogue" / "beehive.yaml").write_text(
        "id: beehive\nname: {en: Beehive, fr: Ruche}\ncustodian: esdc-pob\nsystem: hives\nprogram: tfwp\n"
        "regime: desda\n"
        "information_bank: {id: BEES, notice: BEE-NOTICE}\npersonal: false\nsubject: null\n"
        "identifiers: {entry-id: hive}\nfilters: [hive]\nattributes: {}\nelements:\n"
        "  - {name: hive, label: {en: Hive, fr: Ruche}, type: reference, sensitivity: OP}\n"
        "  - {name: honey, label: {en: Honey, fr: Miel}, type: integer, sensitivity: BC}\n"
    )
    text = (packaged("agreements") / "isa" / "esdc-ircc-tfw.yaml").read_text(encoding="utf-8")
    head = text[: text.index("schedules:")].replace("id: esdc-ircc-tfw", "id: bees", 1)
    head = head.replace("banks: [ESDC-TFWP-EMPLOYERS", "banks: [BEES, ESDC-TFWP-EMPLOYERS", 1)
    need = "necessity: {en: To count, fr: Pour compter}"
    (folder / "isa" / "bees.yaml").write_text(
        head + "schedules:\n  - id: bee-watch\n    purpose: bee-watch\n    title: {en: Bees, fr: Abeilles}\n"
        "    definitions: []\n"
        "    made_under: [PA-8-2-b]\n    advisability: null\n"
        "    representatives: [{unit: esdc-pob, role: {en: Keeper, fr: Apiculteur}}]\n"
        "    data_subjects: {classes: [bees], limits: {en: None, fr: Aucune}}\n"
        "    frequency_method: {mode: pull, channel: gateway, max_per_day: 5}\n    pib: [BEES]\n    clauses:\n"
        "      - id: bee-watch-1\n        record_type: beehive\n"
        "        discloser: {unit: esdc-pob, authorities: [DESDA-30, PA-3-PI]}\n"
        "        recipient: {units: [ircc-work-permits], authorities: [PA-4]}\n        cardinality: [single]\n"
        "        case_reference: optional\n        ground: [agreement]\n        conditions: []\n        elements:\n"
        f"          - {{name: honey, form: {{kind: generalize, to: band-100}}, {need}}}\n"
        "        retention: {min_days: 731, max_days: 800}\n        obligations: [as-of-label]\n",
        encoding="utf-8",
    )
    return folder


def test_a_made_up_record_type_with_its_agreement_needs_only_data(tmp_path: Path) -> None:
    wider = load(extra=[more(tmp_path / "more")])
    asked = DecisionQuery(
        requester="ircc-work-permits",
        recipient="ircc-work-permits",
        custodian="esdc-pob",
        agreement=wider.register.find("bees"),
        record_type="beehive",
        purpose="bee-watch",
        elements=("hive", "honey"),
        cardinality="single",
        ground="agreement",
        on=date(2026, 5, 1),
        case_reference=False,
        record_attributes=None,
    )
    decision = asyncio.run(WasmEngine(read_sources(), wider.policy_data).decide(asked))
    assert isinstance(decision, Permit)
    assert {name: grant.form.code for name, grant in decision.grants.items()} == {"honey": "generalize:band-100"}
    assert isinstance(asyncio.run(engine().decide(asked)), Deny)
    other = replace(asked, requester="rcmp-federal-policing", recipient="rcmp-federal-policing")
    assert isinstance(asyncio.run(WasmEngine(read_sources(), wider.policy_data).decide(other)), Deny)


def test_a_second_folder_cannot_change_what_is_there(tmp_path: Path) -> None:
    extra = more(tmp_path / "more")
    shutil.copy(packaged("agreements") / "reasons.yaml", extra / "reasons.yaml")
    assert any("exists already" in str(gap) for gap in check(extra=[extra]))
    assert check(extra=[tmp_path / "nowhere"])


def test_the_revision_changes_with_rules_and_data_and_a_stale_module_is_not_run(tmp_path: Path) -> None:
    shutil.copytree(packaged("policies"), tmp_path / "policies")
    sources = read_sources(tmp_path / "policies")
    data = rulebook().policy_data
    assert sources.revision(data) == engine().revision
    assert sources.revision({**data, "parties": {}}) != engine().revision
    rule = tmp_path / "policies" / "party" / "party.rego"
    rule.write_text(rule.read_text(encoding="utf-8") + "\n# changed\n", encoding="utf-8")
    changed = read_sources(tmp_path / "policies")
    assert changed.revision(data) != engine().revision
    with pytest.raises(PolicyFilesError, match="older than the Rego sources"):
        WasmEngine(changed, data)
    module = tmp_path / "policies" / "sharing.wasm"
    module.write_bytes(module.read_bytes()[:-1] + b"x")
    with pytest.raises(PolicyFilesError, match="is not the file"):
        WasmEngine(sources, data)
    (tmp_path / "policies" / "sharing.wasm.json").write_text(json.dumps([]))
    with pytest.raises(PolicyFilesError, match="missing or unreadable"):
        sources.module()
    with pytest.raises(PolicyFilesError, match="no Rego"):
        read_sources(tmp_path / "nowhere")


PAGE = Path(__file__).resolve().parent.parent.parent / "docs" / "authorities.md"
STALE = "docs/authorities.md is stale: run `gateway agreements authorities --out docs/authorities.md`"


def test_the_page_of_authorities_is_what_the_register_says(tmp_path: Path) -> None:
    run = CliRunner()
    printed = run.invoke(app, ["authorities"])
    assert printed.exit_code == 0
    assert printed.stdout == PAGE.read_text(encoding="utf-8"), STALE
    assert run.invoke(app, ["authorities", "--out", str(tmp_path / "page.md")]).exit_code == 0
    assert (tmp_path / "page.md").read_text(encoding="utf-8") == printed.stdout


def test_the_page_has_one_line_for_each_provision_in_both_languages(folder: Path) -> None:
    path = folder / "authorities" / "security.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("National security", "Piped | words", 1), encoding="utf-8")
    printed = CliRunner().invoke(app, ["authorities", "--dir", str(folder)]).stdout
    rows = [line for line in printed.splitlines() if line.startswith("| **")]
    assert len(rows) == len(rulebook().authorities)
    assert all(line.replace("\\|", "").count("|") == 11 for line in rows)
    for name, provision in rulebook().authorities.items():
        [row] = [line for line in rows if line.startswith(f"| **{name}**")]
        assert provision["summary"]["en"] in row
        assert provision["summary"]["fr"] in row
        assert ("`policies/authority/" in row) == provision["enforced"]
    assert "Piped &#124; words" in printed
    assert "from 2026-03-26" in next(line for line in rows if "**DCI-5.4**" in line)
    assert "until 2027-01-01" in next(line for line in rows if "**MF-34-35**" in line)


def test_the_command_checks_lists_and_shows(folder: Path) -> None:
    run = CliRunner()
    sound = run.invoke(app, ["check"])
    assert sound.exit_code == 0
    assert "No errors" in sound.stdout
    assert "london-icm" in run.invoke(app, ["list"]).stdout
    shown = run.invoke(app, ["show", "esdc-ircc-tfw"])
    assert "Ministerial" not in shown.stdout
    assert "Interview notes (interview_notes, scrub)" in shown.stdout
    assert "Notes d'entrevue" in run.invoke(app, ["show", "esdc-ircc-tfw", "--lang", "fr"]).stdout
    assert run.invoke(app, ["show", "no-such"]).exit_code == 1
    assert run.invoke(app, ["show", "london-icm", "--lang", "de"]).exit_code == 2
    path = folder / "isa" / "london-icm.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("breach:", "breeches:", 1), encoding="utf-8")
    broken = run.invoke(app, ["check", str(folder)])
    assert broken.exit_code == 1
    assert "lacks 'breach'" in broken.stdout
    assert run.invoke(app, ["list", "--dir", str(folder)]).exit_code == 1
