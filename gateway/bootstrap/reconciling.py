"""What holds the tables beside the log against its entries, for commands, before an account and at start.

Apart from the log itself, because most commands that open the log need none of it.
"""

from gateway.adapters.db.partner_keys import PartnerKeyTable
from gateway.adapters.db.state_records import StateTable
from gateway.adapters.log.adopting import Adopting
from gateway.adapters.log.assembly import OpenLog
from gateway.adapters.log.reconcile.account import BeforeAccount
from gateway.adapters.log.reconcile.pool import Processes
from gateway.adapters.log.reconcile.run import Reconcile
from gateway.adapters.log.reconcile.state import StateCheck
from gateway.bootstrap.log import signed_log, staff_token
from gateway.deployment.folder import read_log_key
from gateway.deployment.settings import Settings


def adopting(settings: Settings, log: OpenLog) -> Adopting:
    """The use case that puts rows from before there were seals on record."""
    tables = (PartnerKeyTable(log.engine, log.proven), StateTable(log.engine, log.vault, log.proven))
    return Adopting(log.engine, log.archive, log.proven, tables, log.vault.state_key, staff_token(settings))


def reconcile(log: OpenLog, settings: Settings) -> Reconcile:
    """Holds the tables beside the log against its entries."""
    tables = (PartnerKeyTable(log.engine, log.proven), StateTable(log.engine, log.vault, log.proven))
    state = StateCheck(log.engine, log.proven, tables, log.vault.state_key)
    return Reconcile(log.engine, log.vault, state, log.table, read_log_key(settings.log_key).verifier)


def reconcile_processes(log: OpenLog, settings: Settings) -> Processes:
    """The same in a process for each core, for a command."""
    return Processes(settings.database_url, log.vault)


def before_account(log: OpenLog, settings: Settings) -> BeforeAccount:
    """Holds them before an account is given."""
    return BeforeAccount(reconcile(log, settings), log.archive, signed_log(settings, log))
