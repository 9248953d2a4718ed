"""The rulebook that decides, from the database or from the deployment's files, and agreements as they were."""

from collections.abc import Sequence
from pathlib import Path

from gateway.adapters.db.documents import KeptDocuments
from gateway.adapters.db.state_records import StateTable
from gateway.adapters.log.assembly import OpenLog
from gateway.adapters.rulebook import load as agreements
from gateway.adapters.rulebook.folder import DiskFolder
from gateway.adapters.rulebook.kept import KeptAgreements, KeptRulebooks
from gateway.adapters.rulebook.load import Rulebook
from gateway.deployment.settings import FROM_FILES, Settings
from gateway.domain.draft import DRAFT
from gateway.domain.rulebook import IN_FORCE, KIND, RulebookState
from gateway.service.rulebook.drafts import draft_of, with_draft
from gateway.service.rulebook.errors import DraftError
from gateway.service.rulebook.in_force import state_of


def folders(settings: Settings) -> Sequence[DiskFolder]:
    """The deployment's folders of agreements on disk."""
    extra = [settings.extra_agreements_dir] if settings.extra_agreements_dir is not None else []
    return agreements.on_disk(settings.agreements_dir, extra)


def kept_rulebooks(settings: Settings, log: OpenLog) -> KeptRulebooks:
    """Rulebooks by their digests."""
    return KeptRulebooks(KeptDocuments(log.engine), folders(settings))


def open_rulebook(settings: Settings, log: OpenLog | None = None) -> tuple[Rulebook, RulebookState | None]:
    """The rulebook, and the state on record that it is of; None where the files are the rulebook: in a deployment that
    says so, where nothing was imported yet, and without a log.

    Raises AgreementFilesError with every gap, LogUnavailableError."""
    state = None
    if log is not None:
        state = state_of(StateTable(log.engine, log.vault, log.proven).find_now(KIND, IN_FORCE))
    if log is None or state is None or not state.files or settings.rulebook == FROM_FILES:
        rulebook = agreements.load_from(folders(settings), None if state is None else state.standing)
        return rulebook, None
    return kept_rulebooks(settings, log).load(state), state


def open_draft(settings: Settings, log: OpenLog, draft: str) -> Rulebook:
    """A rulebook that is not in force: a whole folder; one agreement file, which takes the place of the agreement with
    its id in the rulebook in force (or joins those there); or a draft of this deployment, by its name.

    Raises DraftError, AgreementFilesError with every gap, LogUnavailableError."""
    path = Path(draft)
    if path.is_dir():
        extra = [settings.extra_agreements_dir] if settings.extra_agreements_dir is not None else []
        return agreements.load(path, extra)
    _rulebook, state = open_rulebook(settings, log)
    kept = kept_rulebooks(settings, log)
    if path.exists():
        files = agreements.with_agreement(kept.on_disk() if state is None else kept.files(state.files), path)
    else:
        record = StateTable(log.engine, log.vault, log.proven).find_now(DRAFT, draft)
        if record is None or state is None:
            raise DraftError("no-such-draft", variant="or-file")
        files = kept.files(with_draft(state, draft_of(record)))
    return agreements.load_from(kept.folders(files))


def kept_agreements(log: OpenLog) -> KeptAgreements:
    """Agreement versions by digest, as entries cite them."""
    return KeptAgreements(KeptDocuments(log.engine))
