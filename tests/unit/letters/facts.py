"""Facts for notices and breaches about invented people, and the drafting of the shipped deployment."""

from dataclasses import replace
from datetime import UTC, datetime
from functools import cache
from typing import Any

from gateway.adapters import agreements
from gateway.adapters.agreements import Rulebook
from gateway.adapters.letters.drafting import Letters
from gateway.domain.request import SubjectIdentifier
from gateway.service.breach import BreachFacts
from gateway.service.explain import Vocabulary
from gateway.service.notices import NoticeFacts
from gateway.staff.vocabulary import vocabulary

DECIDED = datetime(2026, 11, 24, 3, 30, tzinfo=UTC)
WHO = SubjectIdentifier("uci", "00-0000-0017")


@cache
def rulebook() -> Rulebook:
    return agreements.load()


@cache
def words() -> Vocabulary:
    return vocabulary(rulebook())


@cache
def letters() -> Letters:
    return Letters(words())


def notice_facts(**changes: Any) -> NoticeFacts:
    facts = NoticeFacts(
        custodian="esdc-isb",
        recipient="ircc-work-permits",
        provisions=("PA-8-2-m", "DESDA-37"),
        elements=("case_open", "channel"),
        record_type="protection-case",
        purpose="protect-life-or-safety",
        ground="emergency",
        decided_at=DECIDED,
        because="The worker is in danger tonight.",
        subject=WHO,
        address=("12 Birch Street", "Harbourville ON"),
        address_kind="own-home",
        before_release=False,
        reference="r-17",
        partner="on-mlitsd-employment-ontario",
    )
    return replace(facts, **changes)


def breach_facts(**changes: Any) -> BreachFacts:
    agreement = rulebook().register.find("esdc-ircc-tfw")
    assert agreement is not None
    facts = BreachFacts(
        unit="esdc-isb",
        determined_at=DECIDED,
        agreements=(agreement,),
        entries=(4, 5),
        people=12,
        what="A letter went to the wrong office.",
        measures="The letter was returned unopened.",
        addressee="privacy-commissioner",
        provision="TBS-BREACH",
    )
    return replace(facts, **changes)
