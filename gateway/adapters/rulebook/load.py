"""Agreements, parties, provisions and catalogue of a deployment, loaded from its folders and checked as a whole.

Invariant: a `Rulebook` has no errors. `load` raises with every one (file, line, reason) rather than start on rules
that do not fit together. A second folder adds record types, parties, purposes and agreements; it changes nothing that
is there.
Does not hold versions over time: the folders are those on disk, by which a deployment starts, or those that are kept
(`adapters.rulebook.kept`).
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from gateway.adapters.packaged import packaged
from gateway.adapters.rulebook import build
from gateway.adapters.rulebook.check_agreements import check_agreements
from gateway.adapters.rulebook.check_register import check_register
from gateway.adapters.rulebook.files import Files, gather, read_into
from gateway.adapters.rulebook.folder import EXTRA, DiskFolder, Folder
from gateway.adapters.rulebook.located import read
from gateway.domain.agreement import AgreementVersion
from gateway.domain.element import Catalogue
from gateway.domain.errors import ConfigurationError
from gateway.domain.ground import GroundRules
from gateway.domain.identifiers import DeclaredScheme
from gateway.domain.party import Parties
from gateway.domain.rulebook import AgreementStanding
from gateway.service.review.foreseen import SOON, foreseen
from gateway.service.rulebook.finding import Finding, Severity


class AgreementFilesError(ConfigurationError):
    """The files do not fit together. `findings` are all errors, in order of file and line."""

    code = "agreement-files"

    def __init__(self, findings: Sequence[Finding]) -> None:
        super().__init__("\n".join(str(finding) for finding in findings))
        self.findings = tuple(findings)


@dataclass(frozen=True, slots=True)
class Wording:
    """A code in words: title and what to do, by language. `shown_as` is the code a recipient is told instead, where the
    true one would reveal that a record exists."""

    code: str
    title: Mapping[str, str]
    what_to_do: Mapping[str, str]
    shown_as: str


class FileRegister:
    """The agreement register of a rulebook: one version per id, each with its standing."""

    def __init__(self, versions: Sequence[AgreementVersion]) -> None:
        self._by_id = {version.id: version for version in versions}

    def find(self, agreement: str) -> AgreementVersion | None:
        return self._by_id.get(agreement)

    def concerning(self, unit: str) -> Sequence[AgreementVersion]:
        return [version for _, version in sorted(self._by_id.items()) if unit in version.parties]


@dataclass(frozen=True, slots=True)
class Rulebook:
    """Everything the folders say. `policy_data` is the policy's data document, `authorities` (sections in both
    languages), `purposes` and `obligations` the files' own content by id; `schemes` how identifiers are spelt."""

    catalogue: Catalogue
    parties: Parties
    agreements: tuple[AgreementVersion, ...]
    register: FileRegister
    reasons: Mapping[str, Wording]
    authorities: Mapping[str, Mapping[str, Any]]
    purposes: Mapping[str, Mapping[str, Any]]
    obligations: Mapping[str, Mapping[str, Any]]
    schemes: Mapping[str, DeclaredScheme]
    grounds: Mapping[str, GroundRules]
    policy_data: Mapping[str, Any]


def load(directory: Path | None = None, extra: Sequence[Path] = ()) -> Rulebook:
    """Load the folder (default: the one the product came with) and what `extra` folders add.

    Raises AgreementFilesError.
    """
    return load_from(on_disk(directory, extra))


def load_from(folders: Sequence[Folder], standing: Callable[[str], AgreementStanding] | None = None) -> Rulebook:
    """Load what these folders hold; `standing` is what staff decided about an agreement. Raises AgreementFilesError."""
    files, errors = _read(folders)
    if errors:
        raise AgreementFilesError(errors)
    return _rulebook(files, standing)


def with_agreement(files: Mapping[str, bytes], draft: Path) -> dict[str, bytes]:
    """The living files with an agreement file, whatever its name, in the place of the one of its id. Raises
    AgreementFilesError where it is no file of one agreement."""
    folder = DiskFolder(draft.parent)
    located, findings = read(folder, draft.name)
    name = located.value.get("id") if located is not None and isinstance(located.value, dict) else None
    if findings or not isinstance(name, str):
        raise AgreementFilesError(
            findings or [Finding(draft.name, 1, "schema-lacks", facts=(("member", "the file"), ("names", "'id'")))]
        )
    own, more = f"isa/{name}.yaml", f"{EXTRA}isa/{name}.yaml"
    return {**files, more if more in files else own: folder.read(draft.name)}


def _rulebook(files: Files, standing: Callable[[str], AgreementStanding] | None = None) -> Rulebook:
    versions = tuple(build.agreement(item) for _, item in sorted(files.all("agreement").items()))
    if standing is not None:
        versions = tuple(replace(version, standing=standing(version.id)) for version in versions)
    return Rulebook(
        catalogue=build.catalogue(files),
        parties=build.parties(files),
        agreements=versions,
        register=FileRegister(versions),
        reasons={name: _wording(item.value) for name, item in files.all("reasons").items()},
        authorities={name: build.authority(item.value) for name, item in files.all("authority").items()},
        purposes=_content(files, "purposes"),
        obligations=_content(files, "obligations"),
        schemes=build.schemes(files),
        grounds={name: _ground(item.value) for name, item in files.all("grounds").items()},
        policy_data=build.policy_data(files),
    )


def check(directory: Path | None = None, extra: Sequence[Path] = (), today: date | None = None) -> list[Finding]:
    """What is wrong in the folders, errors first, by file and line; with `today` also what will be wrong later."""
    return check_folders(on_disk(directory, extra), today)


def check_folders(folders: Sequence[Folder], today: date | None = None) -> list[Finding]:
    """What is wrong in these folders. What is foreseen is told once there is no error."""
    files, findings = _read(folders)
    if findings or today is None:
        return findings
    rulebook = _rulebook(files)
    later = [
        replace(files.all("agreement")[one.agreement].finding(one.code, *one.path, **dict(one.facts)), day=one.day)
        for one in foreseen(rulebook.agreements, rulebook.authorities, rulebook.policy_data, today)
        if one.day <= today + SOON or one.contradicts
    ]
    return sorted(set(later), key=lambda one: one.order)


def on_disk(directory: Path | None = None, extra: Sequence[Path] = ()) -> list[DiskFolder]:
    """The folder (default: the one the product came with), and what `extra` folders add."""
    return [DiskFolder(path) for path in (directory or packaged("agreements"), *extra)]


def _read(folders: Sequence[Folder]) -> tuple[Files, list[Finding]]:
    files, findings = gather(folders)
    # References into a file that could not be read would all seem broken, so they come once every file reads well.
    if not findings:
        findings = [*check_register(files), *check_agreements(files)]
    return files, sorted(set(findings), key=lambda one: one.order)


def load_agreement(path: Path) -> AgreementVersion:
    """One agreement from a file of its own, held against the schema alone. Raises AgreementFilesError."""
    files = Files()
    findings = list(read_into(files, path.name, DiskFolder(path.parent), "agreement", None, "id"))
    findings = [one for one in findings if one.severity is Severity.ERROR and one.code != "file-name"]
    if findings:
        raise AgreementFilesError(findings)
    return build.agreement(next(iter(files.all("agreement").values())))


def _content(files: Files, kind: str) -> dict[str, Mapping[str, Any]]:
    return {name: item.value for name, item in files.all(kind).items()}


def _ground(value: Mapping[str, Any]) -> GroundRules:
    return GroundRules(
        ground=value["id"],
        title=value["title"],
        decide_within=timedelta(minutes=value["decide_within_minutes"]),
        escalate_after=timedelta(minutes=value["escalate_after_minutes"]),
        collect_within=timedelta(minutes=value["collect_within_minutes"]),
        notice_first=value["notice_first"],
        over_banner=value["over_banner"],
    )


def _wording(value: Mapping[str, Any]) -> Wording:
    return Wording(
        code=value["code"],
        title=value["title"],
        what_to_do=value["what_to_do"],
        shown_as=value.get("shown_as", value["code"]),
    )
