"""Facts for notices and breaches about invented people, and the drafting of the shipped deployment."""

from dataclasses import replace
from datetime import UTC, date, datetime
from functools import cache
from typing import Any

from gateway.adapters.letters.drafting import Letters
from gateway.adapters.rulebook import load as agreements
from gateway.adapters.rulebook.load import Rulebook
from gateway.bootstrap.vocabulary import vocabulary
from gateway.domain.target import SubjectIdentifier
from gateway.service.obligation.breach_facts import BreachAccount, BreachFacts
from gateway.service.obligation.consistent_use import ConsistentUse
from gateway.service.obligation.notices import NoticeFacts
from gateway.service.person.correction import CorrectionFacts, Received
from gateway.service.words.explain import Vocabulary

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
        referral="r-17",
        partner="on-mlitsd-employment-ontario",
        law="privacy-act",
    )
    return replace(facts, **changes)


def facts_for(code: str, **changes: Any) -> NoticeFacts:
    """Facts on which the notice `code` is demanded."""
    ontario = {"custodian": "london-ontario-works", "record_type": "social-assistance-member", "elements": ("phone",)}
    if code == "mail-notice":
        changes = {**ontario, "provisions": ("MF-32-h",), **changes}
    if code == "record-of-disclosure-municipal":
        changes = {**ontario, "provisions": ("MF-32-c",), "ground": "agreement", **changes}
    return notice_facts(**changes)


def breach_facts(**changes: Any) -> BreachFacts:
    agreement = rulebook().register.find("esdc-ircc-tfw")
    assert agreement is not None
    facts = BreachFacts(
        unit="esdc-isb",
        determined_at=DECIDED,
        agreements=(agreement,),
        entries=(4, 5),
        said=breach_said(),
        law="privacy-act",
        addressee="privacy-commissioner",
        provision="TBS-BREACH",
    )
    return replace(facts, **changes)


def breach_said(**changes: Any) -> BreachAccount:
    """What an officer says of a breach, with nothing left out."""
    said = BreachAccount(
        people=12,
        what="A letter went to the wrong office.",
        measures="The letter was returned unopened.",
        occurred=date(2026, 11, 20),
        discovered=date(2026, 11, 22),
        kinds="names and addresses",
        kinds_fr="noms et adresses",
        harm="low: the letter was not opened",
        people_told="later",
        contact="the privacy coordinator",
        for_people="A letter about you went to the wrong office and came back unopened.",
        for_people_fr="Une lettre à votre sujet a été envoyée au mauvais bureau et en est revenue non ouverte.",
    )
    return replace(said, **changes)


def consistent_use(**changes: Any) -> ConsistentUse:
    agreement = rulebook().register.find("esdc-ircc-tfw")
    assert agreement is not None
    use = ConsistentUse(
        unit="esdc-isb",
        bank="ESDC-TFWP-PROTECTION",
        agreement=agreement,
        purpose="owp-v-interview-notes",
        recipients=("ircc-work-permits",),
        elements={"protection-case": ("case_open", "channel")},
        noted_at=DECIDED,
    )
    return replace(use, **changes)


def correction_facts(**changes: Any) -> CorrectionFacts:
    facts = CorrectionFacts(
        kind="correction",
        custodian="esdc-isb",
        law="privacy-act",
        provision="PA-12-2-c",
        recipient="ircc-work-permits",
        record_type="protection-case",
        requested_on=date(2026, 11, 20),
        subjects=(WHO,),
        received=(Received(7, DECIDED, ("case_open", "channel")),),
        amends=True,
    )
    return replace(facts, **changes)
