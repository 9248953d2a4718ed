"""Agreements, parties, authorities and catalogue, from the deployment's files."""

from gateway.adapters import agreements
from gateway.adapters.agreements import Rulebook
from gateway.settings import Settings


def open_rulebook(settings: Settings) -> Rulebook:
    """Agreements, parties, authorities and catalogue. Raises AgreementFilesError with every gap."""
    extra = [settings.extra_agreements_dir] if settings.extra_agreements_dir is not None else []
    return agreements.load(settings.agreements_dir, extra)
