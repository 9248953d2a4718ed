"""Agreement versions as they were, read by the digest that an entry cites.

Invariant 8: a version is the document that has this digest, whatever version the deployment's files hold by now.
"""

import json

from audit.encoding import from_base64url
from gateway.adapters.db.documents import AGREEMENT, KeptDocuments
from gateway.adapters.rulebook import build
from gateway.adapters.rulebook.files import Item
from gateway.adapters.rulebook.located import Located
from gateway.domain.agreement import AgreementVersion


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
