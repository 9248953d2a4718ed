"""A consent is filed and withdrawn by the institution of the records; its number tells a stranger nothing."""

import asyncio
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from gateway.domain.actor import Actor
from gateway.domain.evidence_form import EvidenceForm
from gateway.domain.ground import EvidenceFacts, Ground
from gateway.domain.request import DisclosureRequest
from gateway.domain.target import SubjectIdentifier
from gateway.service.ground.consents import ConsentError, Consents, Known
from gateway.service.ground.evidence_facts import EvidenceReader
from tests.simulator import SimulatedCases, SimulatedLog, world
from tests.unit.referral.desk import ORGANIZATIONS, SetClock

WHO = SubjectIdentifier("uci", "0000-0001")
PAPER = "47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU"
STAFF: dict[str, Any] = {"actor": Actor.stated("esdc-isb", "r.roy")}
GIVEN: dict[str, Any] = {
    "record_type": "worker-case",
    "elements": ("status",),
    "recipient": "ircc-cpn",
    "purpose": "protection",
    "valid_from": date(2026, 11, 1),
    "valid_until": date(2027, 2, 1),
    "document": PAPER,
    **STAFF,
}


def consents() -> tuple[Consents, SimulatedLog]:
    log = SimulatedLog()
    known = Known(
        elements={"worker-case": frozenset({"status", "notes"})},
        custodians={"worker-case": "esdc"},
        organizations=ORGANIZATIONS,
        purposes=frozenset({"protection"}),
    )
    return Consents(SimulatedCases(log), log, SetClock(), known), log


@pytest.mark.parametrize(
    ("wrong", "member"),
    [
        ({"actor": Actor.stated("ircc-cpn", "r.roy")}, "unit: a consent is filed"),
        ({"actor": Actor.stated("a unit that is none", "r.roy")}, "unit: not a unit"),
        ({"actor": Actor.stated("esdc-nowhere", "r.roy")}, "unit: not a unit"),
        ({"document": ""}, "document"),
        ({"document": f"{PAPER}A"}, "document"),
        ({"document": PAPER[:-1] + "="}, "document"),
    ],
)
def test_only_the_institution_of_the_records_files_a_consent_on_paper(wrong: dict[str, Any], member: str) -> None:
    made, log = consents()
    with pytest.raises(ConsentError, match=f"^{member}"):
        asyncio.run(made.register(WHO, **(GIVEN | wrong)))
    assert not log.submissions


@pytest.mark.parametrize("unit", ["ircc-cpn", "a unit that is none"])
def test_only_the_institution_of_the_records_withdraws_a_consent(unit: str) -> None:
    made, log = consents()

    async def scenario() -> None:
        reference, _ = await made.register(WHO, **GIVEN)
        with pytest.raises(ConsentError, match=r"^unit: "):
            await made.withdraw(reference, WHO, actor=Actor.stated(unit, "o"))
        assert len(log.submissions) == 1
        await made.withdraw(reference, WHO, actor=Actor.stated("esdc-legal", "o"))
        assert [case.state for case in log.cases.values()] == ["withdrawn"]

    asyncio.run(scenario())


def test_a_recipient_that_the_consent_does_not_name_learns_as_much_as_of_a_number_that_is_none() -> None:
    made, log = consents()
    reader = EvidenceReader(SimulatedCases(log), ORGANIZATIONS, {})

    def asked(reference: str, recipient: str = "esdc-legal") -> DisclosureRequest:
        form = EvidenceForm(Ground.CONSENT, reference=reference)
        return replace(world([]).request(ground=Ground.CONSENT, form=form), recipient=recipient)

    async def scenario() -> None:
        reference, _ = await made.register(WHO, **GIVEN)
        for stranger in (asked(reference), asked(f"c-{'0' * 24}")):
            assert await reader.facts(stranger, "esdc-isb") == EvidenceFacts()
            assert await reader.rests_on(stranger) == ()
        named = await reader.facts(asked(reference, "ircc-cpn"), "esdc-isb")
        assert named is not None
        assert (named.subject, named.recipient) == (True, "ircc-cpn")
        assert len(await reader.rests_on(asked(reference, "ircc-cpn"))) == 1

    asyncio.run(scenario())
