"""The documents of the rulebook for the use cases that draft and publish: kept by digest, read as a whole.

Invariant: what has faults is never given as a rulebook; the faults name file, line and reason. Does not: decide
anything about a draft.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Final

from gateway.adapters.rulebook.folder import EXTRA, KeptFolder, is_living
from gateway.adapters.rulebook.kept import KeptRulebooks
from gateway.adapters.rulebook.load import AgreementFilesError, Rulebook, load_from
from gateway.adapters.rulebook.located import read
from gateway.service.rulebook.documents import AgreementIn, Fault, ReadRulebook

_ALONE: Final = "parties.yaml"
"""Any name of a living file: one document is read alone."""


class KeptRulebookDocuments:
    """The `RulebookDocuments` port. `policy_revision` says what the policy's revision is with a rulebook's data."""

    def __init__(self, kept: KeptRulebooks, policy_revision: Callable[[Rulebook], str]) -> None:
        self._kept = kept
        self._policy_revision = policy_revision

    def keep(self, body: bytes) -> str:
        return self._kept.keep_file(body)

    def file(self, digest: str) -> bytes:
        return self._kept.file(digest)

    def taken_away(self, before: str, after: str) -> Sequence[str]:
        old, new = self._listed(before), self._listed(after)
        return sorted(old - new)

    def _listed(self, digest: str) -> frozenset[str]:
        """The ids of the lists of a document."""
        located, _findings = read(KeptFolder({_ALONE: self._kept.file(digest)}), _ALONE)
        content = located.value if located is not None and isinstance(located.value, dict) else {}
        lists = [rows for rows in content.values() if isinstance(rows, list)]
        ids = [row.get("id") for rows in lists for row in rows if isinstance(row, dict)]
        return frozenset(name for name in ids if isinstance(name, str))

    def strangers(self, paths: Sequence[str]) -> Sequence[str]:
        return [path for path in paths if not is_living(path.removeprefix(EXTRA))]

    def read(self, digests: Mapping[str, str]) -> ReadRulebook:
        try:
            rulebook = self.rulebook(digests)
        except AgreementFilesError as error:
            return ReadRulebook(
                tuple(Fault(one.file, one.line, one.message, one.what("fr")) for one in error.findings), {}, ""
            )
        self._kept.keep_agreements(rulebook)
        organizations = {str(name): str(unit.organization) for name, unit in rulebook.parties.units.items()}
        paths = {path.rsplit("/", 1)[-1].removesuffix(".yaml"): path for path in digests if "isa/" in path}
        types = {path.rsplit("/", 1)[-1].removesuffix(".yaml"): path for path in digests if "catalogue/" in path}
        custodians = {
            types[name]: organizations[one.custodian] for name, one in rulebook.catalogue.record_types.items()
        }
        agreements = {
            version.id: AgreementIn(
                version.id,
                version.version,
                version.digest,
                paths[version.id],
                frozenset(organizations[unit] for unit in version.parties),
            )
            for version in rulebook.agreements
        }
        return ReadRulebook((), agreements, self._policy_revision(rulebook), custodians)

    def rulebook(self, digests: Mapping[str, str]) -> Rulebook:
        """The whole rulebook that these documents are with the law on disk. Raises AgreementFilesError."""
        return load_from(self._kept.folders(self._kept.files(digests)))
