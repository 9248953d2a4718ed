"""The topics of the console, in the order of its menu. A new screen is a folder and one line here."""

from typing import Final

from gateway.console.acts.view import ACTS
from gateway.console.agreements.view import AGREEMENTS
from gateway.console.breaches.view import BREACHES
from gateway.console.consents.view import CONSENTS
from gateway.console.corrections.view import CORRECTIONS
from gateway.console.delegations.view import DELEGATIONS
from gateway.console.drafts.view import DRAFTS
from gateway.console.duties.view import DUTIES
from gateway.console.entries.view import ENTRIES
from gateway.console.flags.view import FLAGS
from gateway.console.holds.view import HOLDS
from gateway.console.integrity.view import INTEGRITY
from gateway.console.keys.view import KEYS
from gateway.console.person.view import PERSON
from gateway.console.referrals.view import REFERRALS
from gateway.console.reports.view import REPORTS
from gateway.console.rulebook.view import RULEBOOK
from gateway.console.sample.view import SAMPLE
from gateway.console.today.view import TODAY
from gateway.console.topic import Topic

TOPICS: Final[tuple[Topic, ...]] = (
    TODAY,
    REFERRALS,
    DUTIES,
    BREACHES,
    PERSON,
    ENTRIES,
    AGREEMENTS,
    DRAFTS,
    CONSENTS,
    DELEGATIONS,
    HOLDS,
    CORRECTIONS,
    FLAGS,
    SAMPLE,
    REPORTS,
    INTEGRITY,
    ACTS,
    RULEBOOK,
    KEYS,
)
