"""Rulebooks and agreement versions as they were, read by the digests that a state record or an entry cites.

Invariant 8: a version is the document that has this digest, whatever version the deployment's files hold by now; a file
of a rulebook is given back byte for byte, comments included.
"""

import json
from collections.abc import Mapping, Sequence
from hashlib import sha256

from audit import canonical
from audit.encoding import from_base64url, to_base64url
from gateway.adapters.db.documents import AGREEMENT, RULEBOOK_FILE, DocumentAlteredError, KeptDocuments
from gateway.adapters.rulebook import build
from gateway.adapters.rulebook.files import Item
from gateway.adapters.rulebook.folder import DiskFolder, Folder, kept_folders, living_files
from gateway.adapters.rulebook.load import Rulebook, load_from
from gateway.adapters.rulebook.located import Located
from gateway.domain.agreement import AgreementVersion
from gateway.domain.rulebook import RulebookState


class KeptAgreements:
    """Raises LogUnavailableError, and DocumentAlteredError where a document is not what it was."""

    def __init__(self, documents: KeptDocuments) -> None:
        self._documents = documents

    def version(self, digest: str) -> AgreementVersion | None:
        """The version with this digest (base64url without padding), or None where it is not kept."""
        body = self._documents.read(AGREEMENT, from_base64url(digest))
        if body is None:
            return None
        document = json.loads(body)
        return build.agreement(Item(Located(AGREEMENT, document), (), document))


class KeptRulebooks:
    """`law` are the deployment's folders on disk: what does not live in the database is read there.

    Every method raises LogUnavailableError, and DocumentAlteredError where a document is not what it was or is gone."""

    def __init__(self, documents: KeptDocuments, law: Sequence[DiskFolder]) -> None:
        self._documents = documents
        self._law = list(law)

    def on_disk(self) -> dict[str, bytes]:
        """The living files of the folders. Raises OSError."""
        return living_files(self._law)

    def differing(self, state: RulebookState) -> list[str]:
        """The paths of the living files on disk that are not those of the state. Raises OSError."""
        disk = {path: to_base64url(sha256(body).digest()) for path, body in self.on_disk().items()}
        return sorted(path for path in disk.keys() | state.files.keys() if disk.get(path) != state.files.get(path))

    def keep_file(self, body: bytes) -> str:
        """Keep one file; its digest."""
        return to_base64url(self._documents.keep(RULEBOOK_FILE, body))

    def keep(self, files: Mapping[str, bytes]) -> dict[str, str]:
        """Keep every file; their digests by path."""
        return {path: self.keep_file(body) for path, body in sorted(files.items())}

    def file(self, digest: str) -> bytes:
        body = self._documents.read(RULEBOOK_FILE, from_base64url(digest))
        if body is None:
            raise DocumentAlteredError("a file of the rulebook is not kept any more; restore it from an export")
        return body

    def files(self, digests: Mapping[str, str]) -> dict[str, bytes]:
        return {path: self.file(digest) for path, digest in sorted(digests.items())}

    def folders(self, files: Mapping[str, bytes]) -> list[Folder]:
        """The folders that these living files make with the law on disk."""
        return kept_folders(files, self._law)

    def load(self, state: RulebookState) -> Rulebook:
        """The rulebook of a state, whole. Raises AgreementFilesError where the law on disk does not fit it."""
        return load_from(self.folders(self.files(state.files)), state.standing)

    def keep_agreements(self, rulebook: Rulebook) -> None:
        """Keep each agreement version under the digest that entries cite."""
        for agreement in rulebook.agreements:
            self._documents.keep(AGREEMENT, canonical.encode(dict(agreement.document)))
