"""What a check of the rulebook finds: every code can be raised, has words in both languages, and echoes no text.

One edit of the shipped files for each code. A code without an edit here fails, and so does a check in the code that
raises a code without words: no check is lost unseen.
"""

import re
import shutil
import string
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from gateway.adapters.packaged import packaged
from gateway.adapters.rulebook import files as reading
from gateway.adapters.rulebook.check_register import check_register
from gateway.adapters.rulebook.folder import DiskFolder, Folder
from gateway.adapters.rulebook.load import check, check_folders, on_disk
from gateway.adapters.rulebook.located import MAX_BYTES, read
from gateway.service.rulebook.finding import Finding, Severity
from gateway.service.rulebook.finding_words import KINDS_OF_THINGS, NOTES, WARNINGS, WORDS
from gateway.service.words.sentences import BOTH
from tests.docs.generated import REPOSITORY

TODAY = date(2026, 11, 27)


@dataclass(frozen=True)
class Edit:
    """In a file, `old` becomes `new`; without `old`, `new` is the whole file."""

    file: str
    old: str | None
    new: str


EDITS = {
    "accreditation-ends": Edit(
        "parties.yaml",
        "accredited: {category: protected-b, from: 2020-01-01, until: null}",
        "accredited: {category: protected-b, from: 2020-01-01, until: 2028-01-01}",
    ),
    "advisable-late": Edit("isa/esdc-ircc-tfw.yaml", "date: 2024-03-01}", "date: 2025-03-01}"),
    "alone-no-agreement": Edit(
        "isa/esdc-lantern-support.yaml", "organization: lantern-house, role", "organization: esdc, role"
    ),
    "alone-not-both": Edit(
        "isa/esdc-lantern-support.yaml", "organization: lantern-house, role", "organization: esdc, role"
    ),
    "anchor": Edit("isa/london-icm.yaml", None, "a: &x {b: 1}\nc: *x\n"),
    "attribute-unknown": Edit("isa/london-icm.yaml", "attribute: shared_client", "attribute: mood"),
    "authority-ends": Edit("isa/london-icm.yaml", "made_under: [OWA-71-73]", "made_under: [OWA-71-73, MF-34-35]"),
    "bank-not-of-agreement": Edit(
        "isa/esdc-ircc-tfw.yaml", "    pib: [ESDC-TFWP-EMPLOYERS]", "    pib: [ESDC-OTHER-BANK]"
    ),
    "bank-not-of-schedule": Edit(
        "isa/esdc-ircc-tfw.yaml", "    pib: [ESDC-TFWP-EMPLOYERS]", "    pib: [ESDC-TFWP-INTEGRITY]"
    ),
    "collects-under-nothing": Edit(
        "parties.yaml", "    regimes: [contract]\n    accredited", "    regimes: [none]\n    accredited"
    ),
    "contact-no-party": Edit("isa/london-icm.yaml", "units: [london-ssm,", "units: [esdc-isb,"),
    "contract-ends": Edit("parties.yaml", "until: 2028-09-01}]", "until: 2028-01-01}]"),
    "count-of-protected": Edit(
        "isa/esdc-ircc-tfw.yaml", "name: reason_codes, form: {kind: plain}", "name: reason_codes, form: {kind: count}"
    ),
    "custodian-other": Edit(
        "isa/london-icm.yaml", "discloser: {unit: maple-bridge-employment", "discloser: {unit: london-ssm"
    ),
    "day-invalid": Edit("isa/london-icm.yaml", "expiry: 2029-04-01", "expiry: 2029-02-30"),
    "disposal-early": Edit("isa/london-icm.yaml", "max_days: 1095", "max_days: 100"),
    "effect-none": Edit("authorities/immigration.yaml", "effect: obliges", "effect: none"),
    "element-twice": Edit(
        "isa/london-icm.yaml", "{name: milestone_date, form: {kind: plain}", "{name: milestone, form: {kind: exists}"
    ),
    "element-unknown": Edit("isa/london-icm.yaml", "name: milestone,", "name: shoe_size,"),
    "exists-already": Edit("parties.yaml", "  - id: ircc\n", "  - id: esdc\n"),
    "file-empty": Edit("isa/london-icm.yaml", None, ""),
    "file-name": Edit("isa/london-icm.yaml", "id: london-icm", "id: paris-icm"),
    "forbids-silently": Edit(
        "authorities/desda.yaml", "    reason: no-discloser-authority\n    parameters", "    parameters"
    ),
    "form-misfit": Edit("isa/london-icm.yaml", "form: {kind: plain}", "form: {kind: count}"),
    "governs-nothing": Edit("isa/london-icm.yaml", "[MF-32-c, MF-32-e]", "[DESDA-35]"),
    "granted-already": Edit("isa/ircc-esdc-209-92.yaml", "{name: family_name, form", "{name: uci, form"),
    "kept-too-short": Edit("isa/london-icm.yaml", "min_days: 366", "min_days: 365"),
    "key-not-text": Edit("isa/london-icm.yaml", None, "1: a\n"),
    "key-twice": Edit("isa/london-icm.yaml", None, "id: a\nid: b\n"),
    "law-begins": Edit("isa/london-icm.yaml", "", ""),
    "lifts-nothing": Edit("authorities/desda.yaml", "exceptions: [DESDA-33,", "exceptions: [DESDA-32, DESDA-33,"),
    "neither-unit-nor-institution": Edit(
        "catalogue/common-assessment.yaml", "recipients: [london,", "recipients: [nowhere,"
    ),
    "no-decision-rests": Edit("isa/london-icm.yaml", "[MF-32-c, MF-32-e]", "[MF-32-h]"),
    "not-accredited": Edit(
        "parties.yaml", "    accredited: {category: protected-b, from: 2020-01-01, until: null}\n", ""
    ),
    "not-advisable": Edit("isa/london-icm.yaml", "[MF-32-c, MF-32-e]", "[DESDA-35]"),
    "not-signed": Edit(
        "isa/london-icm.yaml", "  - {organization: london, office", "  - {organization: toronto, office"
    ),
    "not-whole-term": Edit("authorities/privacy-act.yaml", "effective: {from: null", "effective: {from: 2025-01-01"),
    "not-yaml": Edit("isa/london-icm.yaml", None, "id: ["),
    "obliges-nothing": Edit("authorities/desda.yaml", "obligations: [caveat-desda-42]", "obligations: []"),
    "pattern-invalid": Edit("identifier_schemes.yaml", '"^[0-9]{7}$"', '"^[0-9{7}$"'),
    "period-empty": Edit("parties.yaml", "from: 2020-01-01, until: null", "from: 2020-01-01, until: 2019-01-01"),
    "personal-list-unsaid": Edit(
        "isa/london-icm.yaml", "cardinality: [single]", "cardinality: [list]\n        max_page: 5"
    ),
    "points-elsewhere": Edit(
        "isa/esdc-ircc-tfw.yaml", "[DESDA-30, DESDA-35, PA-3-PI, PA-8-2-b]", "[DESDA-30, PA-3-PI, PA-8-2-b]"
    ),
    "purpose-twice": Edit("isa/london-icm.yaml", "purpose: milestone-notice", "purpose: caseworker-contact"),
    "regime-unopened": Edit("isa/london-icm.yaml", "[MF-32-c, MF-32-e]", "[DESDA-35]"),
    "regime-unplaced": Edit("regimes.yaml", "[customs, desda, irpa,", "[customs, desda,"),
    "review-due": Edit("isa/london-icm.yaml", "review: 2026-10-01", "review: 2026-12-15"),
    "review-passed": Edit("isa/london-icm.yaml", "", ""),
    "role-ends": Edit(
        "parties.yaml",
        'schedule_ii_item: "9.3", from: 2022-06-20, until: null',
        'schedule_ii_item: "9.3", from: 2022-06-20, until: 2028-01-01',
    ),
    "schema-choice": Edit("isa/london-icm.yaml", "form: {kind: plain}", "form: {kind: rot13}"),
    "schema-form": Edit("isa/london-icm.yaml", 'version: "1"', 'version: "one"'),
    "schema-lacks": Edit("isa/london-icm.yaml", "breach:", "breeches:"),
    "schema-rule": Edit("isa/london-icm.yaml", "max_days: 1095", "max_days: 99999999"),
    "schema-twice": Edit("isa/london-icm.yaml", "name: milestone_date,", "name: milestone,"),
    "schema-unknown": Edit("isa/london-icm.yaml", "breach:", "breeches:"),
    "subject-missing": Edit("catalogue/protection-case.yaml", "subject: uci", "subject: null"),
    "subject-needless": Edit("catalogue/lmia.yaml", "subject: null", "subject: bn15"),
    "suspended-open": Edit("isa/london-icm.yaml", "suspensions: []", "suspensions: [{from: 2026-01-01, until: null}]"),
    "suspension-begins": Edit(
        "isa/london-icm.yaml", "suspensions: []", "suspensions: [{from: 2026-12-05, until: 2027-06-01}]"
    ),
    "suspension-empty": Edit(
        "isa/london-icm.yaml", "suspensions: []", "suspensions: [{from: 2026-01-01, until: 2025-01-01}]"
    ),
    "suspension-ends": Edit(
        "isa/london-icm.yaml", "suspensions: []", "suspensions: [{from: 2026-01-01, until: 2026-12-20}]"
    ),
    "tag": Edit("isa/london-icm.yaml", None, "a: !!python/object/apply:os.system [ls]\n"),
    "term-begins": Edit("isa/london-icm.yaml", "effective: 2024-04-01", "effective: 2026-12-20"),
    "term-empty": Edit("isa/london-icm.yaml", "expiry: 2029-04-01", "expiry: 2024-04-01"),
    "term-ended": Edit("isa/london-icm.yaml", "expiry: 2029-04-01", "expiry: 2026-04-01"),
    "term-ends": Edit("isa/london-icm.yaml", "expiry: 2029-04-01", "expiry: 2027-01-15"),
    "third-party-unsaid": Edit("isa/london-icm.yaml", "name: caseworker_name,", "name: direct_line,"),
    "too-deep": Edit(
        "isa/london-icm.yaml",
        None,
        "a: [[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]",
    ),
    "twice": Edit("isa/london-icm.yaml", "id: milestone-notice-2", "id: milestone-notice-1"),
    "unit-elsewhere": Edit("isa/london-icm.yaml", "units: [london-ssm,", "units: [esdc-isb,"),
    "unit-no-party": Edit("isa/london-icm.yaml", "units: [london-ssm,", "units: [esdc-isb,"),
    "unknown": Edit("isa/london-icm.yaml", "[MF-32-c, MF-32-e]", "[MF-32-c, MF-99]"),
    "upheld-needlessly": Edit("authorities/government.yaml", "effect: obliges", "effect: permits"),
    "without-rule": Edit(
        "authorities/customs.yaml",
        "    enforced: true\n    grounds: [public-interest]",
        "    enforced: false\n    grounds: [public-interest]",
    ),
    "wrong-side": Edit("isa/london-icm.yaml", "[MF-32-c, MF-32-e]", "[PA-4]"),
}

OTHERWISE = {
    *("file-missing", "file-too-large", "file-unreadable", "folder-missing", "grounds-half", "not-utf8"),
    "version-not-raised",
}
"""Raised by the tests below; the last by those of drafts."""


@cache
def _parsed(path: str, content: bytes) -> Any:
    class Held:
        def read(self, _path: str) -> bytes:
            return content

    return read(Held(), path)  # type: ignore[arg-type]


@pytest.fixture(autouse=True)
def parsed_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """The shipped files are read from disk each time and parsed once."""

    def quick(folder: Folder, path: str) -> Any:
        try:
            content = folder.read(path)
        except OSError:
            return read(folder, path)
        return _parsed(path, content)

    monkeypatch.setattr(reading, "read", quick)


@dataclass(frozen=True)
class Edited:
    """The shipped folder with some files changed."""

    disk: DiskFolder
    changed: dict[str, bytes]
    name: str = "edited"

    def is_there(self) -> bool:
        return True

    def matching(self, pattern: str) -> list[str]:
        return self.disk.matching(pattern)

    def read(self, path: str) -> bytes:
        return self.changed[path] if path in self.changed else self.disk.read(path)


def after(file: str, content: bytes) -> list[Finding]:
    return check_folders([Edited(on_disk()[0], {file: content})], TODAY)


def found_by(edit: Edit) -> list[Finding]:
    if edit.old is None:
        return after(edit.file, edit.new.encode("utf-8"))
    text = (packaged("agreements") / edit.file).read_text(encoding="utf-8")
    assert edit.old in text
    return after(edit.file, text.replace(edit.old, edit.new, 1).encode("utf-8"))


@pytest.mark.parametrize("code", EDITS)
def test_each_code_is_raised_by_an_edit_and_told_in_both_languages(code: str) -> None:
    raised = [finding for finding in found_by(EDITS[code]) if finding.code == code]
    assert raised
    for finding in raised:
        assert finding.line >= 1
        for lang in BOTH:
            told = finding.what(lang), finding.to_do(lang)
            assert all(0 < len(text) < 400 for text in told)
            assert code == "schema-form" or not any("{" in text for text in told)
        assert finding.what("en") != finding.what("fr")
        assert (finding.day is not None) == (code in WARNINGS | NOTES)


def test_files_that_cannot_be_read(tmp_path: Path) -> None:
    assert [one.code for one in check(tmp_path / "nowhere")] == ["folder-missing"]
    folder = Path(shutil.copytree(packaged("agreements"), tmp_path / "agreements"))
    (folder / "purposes.yaml").unlink()
    assert {one.code for one in check(folder)} == {"file-missing"}
    (folder / "purposes.yaml").mkdir()
    assert {one.code for one in check(folder)} == {"file-unreadable"}
    assert {one.code for one in after("isa/london-icm.yaml", b"a: \xff")} == {"not-utf8"}
    assert {one.code for one in after("isa/london-icm.yaml", b"a" * (MAX_BYTES + 1))} == {"file-too-large"}


def test_grounds_without_who_decides_are_found_past_the_schema() -> None:
    files, _ = reading.gather(on_disk())
    provision = next(item for item in files.all("authority").values() if "decided_by" in item.value)
    kept = provision.value.pop("decided_by")
    try:
        assert [one.code for one in check_register(files)] == ["grounds-half"]
    finally:
        provision.value["decided_by"] = kept


def test_no_check_is_lost_and_none_is_without_words() -> None:
    folder = REPOSITORY / "gateway" / "adapters" / "rulebook"
    text = "".join(path.read_text(encoding="utf-8") for path in folder.glob("*.py"))
    for name in ("foreseen.py", "reviewing.py"):
        text += (REPOSITORY / "gateway" / "service" / "review" / name).read_text(encoding="utf-8")
    raised = {code for code in WORDS if f'"{code}"' in text}
    assert raised == set(WORDS) == set(EDITS) | OTHERWISE
    assert len(re.findall(r"(?:\.finding|_found)\(\s*\"", text)) >= 68, "a check was taken out"


def test_both_languages_fill_the_same_facts() -> None:
    assert KINDS_OF_THINGS["en"].keys() == KINDS_OF_THINGS["fr"].keys()
    assert set(WORDS) >= WARNINGS | NOTES
    for words in WORDS.values():
        english, french = _facts(words.en), _facts(words.fr)
        assert english - {"side"} == french - {"side"}
        assert _facts(words.do_en) == _facts(words.do_fr) == set()
        assert words.do_en.endswith(".")
        assert words.do_fr.endswith(".")


def _facts(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def test_a_text_of_a_file_is_not_repeated() -> None:
    secret = "MARGUERITE-EXAMPLE-" * 30
    text = (packaged("agreements") / "isa" / "london-icm.yaml").read_text(encoding="utf-8")
    for old in ('version: "1"', "id: london-icm", "max_days: 1095", "time_zone: America/Toronto"):
        assert old in text
        changed = text.replace(old, f'{old.split(":")[0]}: "{secret}"', 1)
        told = [finding.what("en") for finding in after("isa/london-icm.yaml", changed.encode("utf-8"))]
        assert told
        assert all("MARGUERITE" not in text for text in told)


def test_errors_come_first_and_what_is_shipped_has_none() -> None:
    findings = check(today=TODAY)
    assert findings
    assert all(finding.severity is not Severity.ERROR for finding in findings)
    assert [finding.order for finding in findings] == sorted(finding.order for finding in findings)
    assert {finding.member for finding in findings if finding.code == "review-passed"} == {"governance.review"}
