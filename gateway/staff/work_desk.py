"""The part of the staff's desk that is work: obligations, corrections, breaches, and the account of disclosures.

Invariant: everything a command shows about a duty has words in both languages. Does not: read settings or open
anything; the composition root gives the parts.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from gateway.domain.party import Parties
from gateway.service.obligation.agenda import DutyAgenda
from gateway.service.obligation.breach import BreachReport
from gateway.service.obligation.breach_list import Breaches
from gateway.service.obligation.consistent_use import ConsistentUses
from gateway.service.obligation.work_list import WorkList
from gateway.service.person.accounting import AccountDrafting, Accounting
from gateway.service.person.correction import Corrections
from gateway.service.ports import Clock
from gateway.service.words.explain import Vocabulary


@dataclass(frozen=True, slots=True)
class WorkDesk:
    """The use cases, and what they are called; `duties` are the rows of the deployment's obligations file by code,
    `provisions` those of its register."""

    work_list: WorkList
    agenda: DutyAgenda
    consistent_uses: ConsistentUses
    corrections: Corrections
    breach: BreachReport
    breaches: Breaches
    accounting: Accounting
    letters: AccountDrafting
    words: Vocabulary
    duties: Mapping[str, Mapping[str, Any]]
    provisions: Mapping[str, Mapping[str, Any]]
    parties: Parties
    clock: Clock
