"""The disclosure log and its keys, for the commands that work on them and for the running gateway.

`gateway.bootstrap` is the only composition root: settings become parts, parts become a gateway, and nothing is made at
import. A command imports the module of the parts that it needs, because some take seconds to import.
Does not: know agreements, policies, or what holds the tables beside the log against it. Every function raises
ConfigurationError for settings that do not fit.
"""

import hmac
from collections.abc import Callable
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from gateway.adapters.log.assembly import OpenLog, open_log
from gateway.adapters.log.standing import SignedCheckpoints
from gateway.adapters.log.vault import VaultKeys
from gateway.adapters.log.watch import tell
from gateway.deployment.folder import read_log_key, read_secret
from gateway.deployment.settings import Settings
from gateway.domain.officer import folded

if TYPE_CHECKING:
    from gateway.adapters.log.group_commit import GroupCommit
    from gateway.service.partner.partner_keys import PartnerKeys


class SystemClock:
    """The `Clock` port."""

    def now(self) -> datetime:
        return datetime.now(UTC)


def read_log(settings: Settings) -> OpenLog:
    """The disclosure log, open for reading. Raises ConfigurationError."""
    keys = VaultKeys(read_secret(settings.search_key), {1: read_secret(settings.key_encryption_key)})
    log = open_log(settings.database_url, keys, read_log_key(settings.log_key), settings.checkpoint_file)
    tell(log.proven)
    return log


def append_log(settings: Settings, log: OpenLog) -> "GroupCommit":
    """The same log, open for appending in this process.

    Raises ConfigurationError, and LogUnavailableError where the log was rolled back or rewritten.
    """
    from gateway.adapters.log.appending import open_commit

    return open_commit(settings.database_url, log, max_queued=settings.queue_size)


def partner_keys(
    settings: Settings, log: OpenLog, commit: "GroupCommit", on_change: Callable[[], None] = lambda: None
) -> "PartnerKeys":
    """The use cases of the key registry; `on_change` is told after each change."""
    from gateway.adapters.db.partner_keys import PartnerKeyTable
    from gateway.service.partner.partner_keys import PartnerKeys

    return PartnerKeys(PartnerKeyTable(log.engine, log.proven), commit, SystemClock(), staff_token(settings), on_change)


def signed_log(settings: Settings, log: OpenLog) -> SignedCheckpoints:
    """Entries against the last signed checkpoint."""
    return SignedCheckpoints(log.reader, log.table, read_log_key(settings.log_key).verifier)


def staff_token(settings: Settings) -> Callable[[str], str]:
    """What stands for an officer in rows: a keyed digest of the name as it is written."""
    secret = read_secret(settings.search_key)

    def token(officer: str) -> str:
        spelt = folded(officer).encode("utf-8", "surrogatepass")
        return hmac.digest(secret, b"isa-gateway/staff/v1\x00" + spelt, "sha256").hex()[:32]

    return token


def derived(settings: Settings, purpose: bytes) -> bytes:
    """A key of 32 bytes for one purpose, from a secret of the deployment."""
    return hmac.digest(read_secret(settings.search_key), b"isa-gateway/derived/v1\x00" + purpose, "sha256")
