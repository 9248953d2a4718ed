"""What a refused staff command says: which option, what is wrong by its code, what to do; never what stood there."""

import asyncio
import re
from typing import Any

import pytest

from gateway.cli.option_names import with_options
from gateway.domain.actor import Actor
from gateway.domain.errors import GatewayError
from gateway.domain.identifiers import SCHEMES, SHAPES, DeclaredScheme, IdentifierError, normalise
from gateway.staff.calls import CALLS
from tests.unit.referral.desk import COTE, ROY, Desk, desk
from tests.unit.staff.desk import staff_desk

SECRET = "Jean <Tremblay>\x1b[31m 046454286"
ORDER: dict[str, Any] = {
    "to": ROY, "at": "esdc-isb", "provisions": ["DESDA-37", "PA-8-2-m"], "unit": "esdc-isb", "officer": "d.head",
    "begins": "2026-11-22T00:00:00Z", "ends": "2027-11-22T00:00:00Z",
}  # fmt: skip
CONSENT: dict[str, Any] = {
    "scheme": "uci", "value": "0000-0001", "record_type": "worker-case", "elements": ["status"],
    "recipient": "ircc-cpn", "purpose": "protection", "begins": "2026-11-01", "ends": "2027-02-01",
    "document": "47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU", "unit": "esdc-isb", "officer": ROY,
}  # fmt: skip
ISB: dict[str, Any] = {"unit": "esdc-isb", "officer": ROY}


def acting(arguments: dict[str, Any]) -> Actor:
    """Who the options of a command name; taken out of the arguments."""
    return Actor.stated(arguments.pop("unit"), arguments.pop("officer"))


def done(made: Desk, call: str, **arguments: Any) -> None:
    async def run() -> None:
        await CALLS[call](staff_desk(made), acting(arguments), **arguments)

    asyncio.run(run())


def said(made: Desk, call: str, **arguments: Any) -> str:
    """The message of a refused call, as the command shows it."""

    async def run() -> str:
        with pytest.raises(GatewayError) as told:
            await CALLS[call](staff_desk(made), acting(arguments), **arguments)
        return with_options(str(told.value))

    message = asyncio.run(run())
    assert SECRET not in message
    assert "\x1b" not in message
    return message


def referred(made: Desk, *, ordered: bool = True) -> str:
    async def go() -> str:
        if ordered:
            await made.order()
        return (await made.refer()).id

    return asyncio.run(go())


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"begins": "2026-11-24T00:00:00"}, "--from: add the zone, for example 2026-11-24T00:00:00-05:00"),
        ({"begins": SECRET}, "--from: write the time with its zone, for example 2026-11-24T00:00:00-05:00"),
        ({"ends": "2026-11-24"}, "--until: add the zone, for example 2026-11-24T00:00:00-05:00"),
        ({"provisions": ["DESDA-37", "PA-4"]}, "--provision: PA-4 is no provision that a person decides under; "),
        ({"provisions": [SECRET]}, "--provision: ? is no provision that a person decides under; "),
        ({"provisions": []}, "--provision: name at least one that a person decides under; "),
    ],
)
def test_an_order_that_is_not_given_says_which_option_is_wrong(wrong: dict[str, Any], message: str) -> None:
    assert said(desk(), "delegation.give", **(ORDER | wrong)).startswith(message)


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"elements": ["status", "statu"]}, "--element: statu is not an element of the record type worker-case"),
        ({"elements": [SECRET]}, "--element: ? is not an element of the record type worker-case"),
        ({"begins": "tomorrow"}, "--from: write the day as YYYY-MM-DD, for example 2026-11-24"),
        ({"scheme": SECRET}, "--scheme: there is none of this name; write one of application-number, bn15, "),
        ({"value": SECRET}, "the value is not a UCI (0000-0000 or 00-0000-0000)"),
    ],
)
def test_a_consent_that_is_not_filed_says_which_option_is_wrong(wrong: dict[str, Any], message: str) -> None:
    assert said(desk(), "consent.register", **(CONSENT | wrong)).startswith(message)


@pytest.mark.parametrize(
    ("elements", "message"),
    [
        (
            {"status": "maks:3"},
            "--element: the form of 'status' is not one of plain, scrub, exists, pseudonym, count, ",
        ),
        ({"status": SECRET}, "--element: the form of 'status' is not one of plain, "),
        ({SECRET: "maks:3"}, "--element: the form of something that is no element is not one of plain, "),
        ({"statu": None}, "--element: statu was not asked for; leave it out"),
        ({SECRET: None}, "--element: ? was not asked for; leave it out"),
    ],
)
def test_a_release_names_the_element_that_is_wrong(elements: dict[str, str | None], message: str) -> None:
    made = desk()
    release: dict[str, Any] = {"referral": referred(made), "provisions": [], "because": "b", **ISB}
    assert said(made, "referral.release", elements=elements, **release).startswith(message)


def test_without_an_order_it_says_what_is_missing_and_how_to_get_one() -> None:
    made = desk()
    number = referred(made, ordered=False)
    told = said(made, "referral.refuse", referral=number, because="b", **ISB)
    weighed = " ".join(f"--provision {name}" for name in asyncio.run(made.found(number)).weigh)
    assert "under DESDA-37, PA-8-2-m;" in told
    assert f"gateway delegation give --to OFFICER --at esdc-isb {weighed} --from TIME --until TIME" in told
    assert ROY not in told


def test_with_a_part_of_the_provisions_only_the_others_are_missing() -> None:
    made = desk()
    number = referred(made, ordered=False)
    done(made, "delegation.give", **(ORDER | {"provisions": ["PA-8-2-m"]}))
    told = said(made, "referral.refuse", referral=number, because="b", **ISB)
    assert "under DESDA-37;" in told
    assert "--provision DESDA-37 --provision PA-8-2-m" in told, "one order has to have all of them"
    done(made, "delegation.give", **(ORDER | {"provisions": ["DESDA-37"]}))
    assert "under all these provisions together;" in said(made, "referral.refuse", referral=number, because="b", **ISB)


def test_what_is_decided_says_so_in_words() -> None:
    made = desk()
    number = referred(made)
    refuse: dict[str, Any] = {"referral": number, "because": "b", **ISB}
    done(made, "referral.take", referral=number, **ISB)
    assert said(made, "referral.take", referral=number, **ISB).startswith("an officer took it up already")
    done(made, "referral.refuse", **refuse)
    assert said(made, "referral.refuse", **refuse) == "it was refused already; nothing to do"
    done(made, "referral.review", **(refuse | {"officer": COTE}), upheld=True)
    assert said(made, "referral.refuse", **refuse) == "it was decided and reviewed already; nothing to do"


def test_every_scheme_says_what_its_values_look_like() -> None:
    assert set(SHAPES) == set(SCHEMES)
    declared = {"harbour-card": DeclaredScheme(re.compile("[0-9]{5}"), "digits")}
    with pytest.raises(IdentifierError, match="of the form that the scheme harbour-card has") as told:
        normalise("harbour-card", "X", declared=declared)
    assert told.value.scheme == "harbour-card"
    with pytest.raises(IdentifierError, match=r"write one of .*, harbour-card, "):
        normalise("harbor-card", "12345", declared=declared)
