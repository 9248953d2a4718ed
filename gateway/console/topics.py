"""The topics of the console, in the order of its menu. A new screen is a folder and one line here."""

from typing import Final

from gateway.console.agreements.view import AGREEMENTS
from gateway.console.drafts.view import DRAFTS
from gateway.console.entries.view import ENTRIES
from gateway.console.person.view import PERSON
from gateway.console.referrals.view import REFERRALS
from gateway.console.today.view import TODAY
from gateway.console.topic import Topic

TOPICS: Final[tuple[Topic, ...]] = (
    TODAY,
    REFERRALS,
    PERSON,
    ENTRIES,
    AGREEMENTS,
    DRAFTS,
)
