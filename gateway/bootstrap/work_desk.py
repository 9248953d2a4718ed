"""Puts the part of the staff's desk that is work together: obligations, corrections, breaches, accounts.

Does not: read settings, open a database, or start anything.
"""

from gateway.adapters.db.documents import KeptDocuments
from gateway.adapters.db.state_records import StateTable
from gateway.adapters.db.work_list import WorkTable
from gateway.adapters.letters.account import AccountLetters
from gateway.adapters.letters.drafting import Letters
from gateway.adapters.log.assembly import OpenLog
from gateway.adapters.log.group_commit import GroupCommit
from gateway.adapters.rulebook.kept import KeptAgreements
from gateway.adapters.rulebook.load import Rulebook
from gateway.service.log.completeness import Completeness
from gateway.service.obligation.agenda import DutyAgenda
from gateway.service.obligation.breach import BreachReport
from gateway.service.obligation.breach_list import Breaches
from gateway.service.obligation.consistent_use import ConsistentUses
from gateway.service.obligation.work_list import WorkList
from gateway.service.person.accounting import Accounting
from gateway.service.person.correction import Corrections
from gateway.service.ports import Clock
from gateway.service.referral.register import ReferralRegister
from gateway.service.words.explain import Vocabulary
from gateway.staff.work_desk import WorkDesk


def work_desk(
    rulebook: Rulebook,
    log: OpenLog,
    commit: GroupCommit,
    *,
    clock: Clock,
    words: Vocabulary,
    completeness: Completeness,
) -> WorkDesk:
    """The use cases over the parts of a running gateway or of one command."""
    drafting = Letters(words)
    kept = KeptAgreements(KeptDocuments(log.engine))
    store = WorkTable(log.engine)
    work_list = WorkList(
        store=store, archive=log.archive, log=commit, drafting=drafting, parties=rulebook.parties, clock=clock
    )
    return WorkDesk(
        work_list=work_list,
        agenda=DutyAgenda(store, work_list, clock),
        consistent_uses=ConsistentUses(
            parties=rulebook.parties,
            catalogue=rulebook.catalogue,
            agreements=rulebook.register,
            drafting=drafting,
            log=commit,
            clock=clock,
        ),
        corrections=Corrections(
            log.archive,
            commit,
            clock,
            completeness=completeness,
            drafting=drafting,
            parties=rulebook.parties,
            catalogue=rulebook.catalogue,
        ),
        breach=BreachReport(
            parties=rulebook.parties,
            agreements=rulebook.register,
            provisions=rulebook.authorities,
            drafting=drafting,
            archive=kept,
            entries=log.archive,
            log=commit,
            clock=clock,
        ),
        breaches=Breaches(store, work_list, log.archive, commit, clock),
        accounting=Accounting(
            log.archive,
            commit,
            clock,
            completeness=completeness,
            referrals=ReferralRegister(StateTable(log.engine, log.vault, log.proven)),
            parties=rulebook.parties,
            catalogue=rulebook.catalogue,
            kinds={name: purpose["kind"] for name, purpose in rulebook.purposes.items()},
        ),
        letters=AccountLetters(words, kept.version),
        words=words,
        duties=rulebook.obligations,
        provisions=rulebook.authorities,
        parties=rulebook.parties,
        clock=clock,
    )
