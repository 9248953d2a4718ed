"""Agreements, parties, authorities and catalogue, from the deployment's files, and agreements as they were."""

from gateway.adapters.db.documents import KeptDocuments
from gateway.adapters.log.assembly import OpenLog
from gateway.adapters.rulebook import load as agreements
from gateway.adapters.rulebook.kept import KeptAgreements
from gateway.adapters.rulebook.load import Rulebook
from gateway.deployment.settings import Settings


def open_rulebook(settings: Settings) -> Rulebook:
    """Agreements, parties, authorities and catalogue. Raises AgreementFilesError with every gap."""
    extra = [settings.extra_agreements_dir] if settings.extra_agreements_dir is not None else []
    return agreements.load(settings.agreements_dir, extra)


def kept_agreements(log: OpenLog) -> KeptAgreements:
    """Agreement versions by digest, as entries cite them."""
    return KeptAgreements(KeptDocuments(log.engine))
