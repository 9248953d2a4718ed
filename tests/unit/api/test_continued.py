"""A list, a referral and a repeated request across a change are judged by the rules of now, and the answer says so."""

import asyncio
import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from gateway.api.answers import DisclosureAnswer, OpenAgreement, Problem
from gateway.domain.applied_rules import AppliedRules
from gateway.domain.decision import Deny, Reason
from gateway.domain.element import Catalogue
from gateway.domain.redact import RedactionContext
from gateway.domain.rulebook import AgreementStanding, Stopped
from gateway.service.disclosure.answer import Disclosed
from gateway.service.disclosure.disclose import Disclose
from gateway.service.disclosure.redelivery import Redelivery
from gateway.service.partner.entitlements import Entitlements
from tests.partner_api import SimulatedGateway, question
from tests.simulator import (
    AGREEMENT,
    NOW,
    REVISION,
    WORKER_CASE,
    OneSource,
    Register,
    SimulatedEngine,
    World,
    grounds,
    permit,
    world,
)
from tests.unit.referral.desk import desk, rule
from tests.unit.referral.test_collecting import released

RECORDS = [{"uci": f"0000-000{number}", "status": "open", "region": "ON"} for number in range(5)]
SECOND = replace(AGREEMENT, version="2", digest="E" * 42 + "A")


def taken(world_: World, rule: Any = permit) -> None:
    """From now on the gateway judges by the second version."""
    engine = SimulatedEngine(rule)
    disclose = Disclose(
        catalogue=Catalogue({WORKER_CASE.id: WORKER_CASE}),
        agreements=Register({SECOND.id: SECOND}),
        engine=engine,
        sources=OneSource(world_.source),
        log=world_.log,
        redelivery=Redelivery(world_.log),
        purposes=frozenset({"protection"}),
        units=frozenset(SECOND.parties),
        redaction=lambda _recipient, _agreement, on: RedactionContext(on),
        alarm=lambda _record_type, _doubt: None,
        **grounds(world_.log),
    )
    world_.disclose.__dict__.update(disclose.__dict__)


def ask(made: SimulatedGateway, key: str, **changes: Any) -> Mapping[str, Any]:
    answer = asyncio.run(made.send(json.dumps(question(**changes)).encode(), idempotency_key=key))
    told: dict[str, Any] = answer.json()
    (DisclosureAnswer if answer.status_code == 200 else Problem).model_validate(told)
    return told


def page(cursor: str | None) -> Mapping[str, Any]:
    return {"subject": ..., "list": {"filter": {"region": "ON"}, "limit": 2, "cursor": cursor}}


def test_a_page_of_a_list_that_began_under_another_version_says_so() -> None:
    place = world(RECORDS)
    made = SimulatedGateway(place)
    first = ask(made, "k1", **page(None))
    assert first["decision"]["began_under"] is None
    same = ask(made, "k2", **page(first["next_cursor"]))
    assert same["decision"]["began_under"] is None
    taken(place)
    began = {
        "agreement": {"id": AGREEMENT.id, "version": "1", "digest": AGREEMENT.digest},
        "policy_revision": first["decision"]["policy_revision"],
    }
    for key, cursor in (("k3", first["next_cursor"]), ("k4", same["next_cursor"])):
        later = ask(made, key, **page(cursor))
        assert later["decision"]["agreement"]["version"] == "2", "judged by the version of now"
        assert later["decision"]["began_under"] == began
    assert ask(made, "k5", **page(None))["decision"]["began_under"] is None, "a list that begins now"


def test_a_page_that_is_refused_now_says_under_what_its_list_began() -> None:
    place = world(RECORDS)
    made = SimulatedGateway(place)
    first = ask(made, "k1", **page(None))
    taken(place, lambda query: Deny((Reason("agreement-suspended"),), permit(query).policy_revision))
    refused = ask(made, "k2", **page(first["next_cursor"]))
    assert (refused["code"], refused["began_under"]["agreement"]["version"]) == ("denied", "1")
    assert [reason["code"] for reason in refused["reasons"]] == ["agreement-suspended"]
    assert "began_under" not in ask(made, "k3", **page(None))


def test_a_request_that_is_repeated_under_another_version_says_so() -> None:
    place = world(RECORDS)
    made = SimulatedGateway(place)
    first = ask(made, "k1")
    taken(place)
    again = ask(made, "k1")
    assert again["entry_index"] == first["entry_index"]
    assert again["decision"]["agreement"]["version"] == "2"
    assert again["decision"]["began_under"]["agreement"]["version"] == "1"


def test_a_cursor_of_before_and_one_that_says_nonsense_are_cursors_all_the_same() -> None:
    place = world(RECORDS)
    made = SimulatedGateway(place)
    for number, cursor in enumerate(("2", "2~isa-1:1:" + "x" * 43 + ":" + "y" * 43)):
        answer = ask(made, f"k{number}", **page(cursor))
        assert len(answer["records"]) == 2
    for number, cursor in enumerate(("2~", "2~isa-1:1:x:y", "~", "x~isa-1:1:" + "x" * 43 + ":" + "y" * 43)):
        assert ask(made, f"n{number}", **page(cursor))["code"] == "malformed-list"


def test_a_mark_is_taken_off_whatever_the_source_wrote() -> None:
    rules = AppliedRules.of(AGREEMENT, "R" * 43)
    for cursor in ("a", "~", "a~b", "isa-1:1~", rules.marked("a")):
        assert AppliedRules.unmarked(rules.marked(cursor)) == (cursor, rules)
    for cursor in ("a", "~", "a~b", ""):
        assert AppliedRules.unmarked(cursor) == (cursor, None)


def test_what_is_named_by_no_rulebook_of_now_is_refused_with_its_name() -> None:
    """A running list, consent or referral whose record type went: judged by the rulebook of now, as anything else."""
    place = world(RECORDS)
    made = SimulatedGateway(place)
    first = ask(made, "k1", **page(None))
    place.disclose._catalogue = Catalogue({})
    judged = len(place.engine.queries)
    assert ask(made, "k2", **page(first["next_cursor"]))["code"] == "unknown-record-type"
    assert len(place.engine.queries) == judged, "nothing was judged or read"


def test_a_referral_that_began_under_other_rules_says_so() -> None:
    """Collected under the same rules it says nothing; under those of a later policy, by which it was referred."""
    for revision, began in ((REVISION, None), ("Q" * 42 + "A", AppliedRules(None, REVISION))):
        made = desk()
        number = released(made, "status")
        made.world.engine.rule = lambda query, revision=revision: replace(rule(query), policy_revision=revision)  # type: ignore[misc]
        answer = asyncio.run(made.collecting.collect(number, made.call()))
        assert isinstance(answer, Disclosed)
        assert answer.began_under == began


def test_the_list_of_agreements_says_what_is_stopped_since_when_and_why() -> None:
    reason = {"en": "Under review.", "fr": "À l'examen."}
    stopped = {AGREEMENT.id: Stopped(AgreementStanding.SUSPENDED, "2026-11-20T12:00:00.000Z", reason)}
    document = {**AGREEMENT.document, "title": {"en": "Title", "fr": "Titre"}}
    document["schedules"] = [{**AGREEMENT.document["schedules"][0], "title": document["title"], "clauses": [
        {**AGREEMENT.document["schedules"][0]["clauses"][0], "id": "c1", "case_reference": "required", "elements": []}
    ]}]  # fmt: skip
    in_force = replace(AGREEMENT, document=document)
    suspended = replace(in_force, standing=AgreementStanding.SUSPENDED)

    def listed(version: Any, which: Mapping[str, Stopped]) -> tuple[object, ...]:
        catalogue = Catalogue({WORKER_CASE.id: WORKER_CASE})
        (row,) = Entitlements(Register({version.id: version}), catalogue, which).of("ircc-cpn", NOW)
        OpenAgreement.model_validate(row)
        return row["standing"], row["since"], row["reason"]

    assert listed(in_force, {}) == ("in-force", None, None)
    assert listed(suspended, stopped) == ("suspended", "2026-11-20T12:00:00.000Z", reason)
    for term, standing, since in (
        ({"suspensions": [{"from": "2026-11-01", "until": None}], "termination": None}, "suspended", "2026-11-01"),
        ({"suspensions": [{"from": "2026-11-01", "until": "2026-11-22"}], "termination": None}, "in-force", None),
        ({"suspensions": [], "termination": "2026-11-22"}, "terminated", "2026-11-22"),
    ):
        assert listed(replace(in_force, document={**document, "term": term}), {}) == (standing, since, None)
    later = replace(in_force, effective=NOW.date().replace(year=2027))
    assert listed(later, {})[0] == "not-yet-in-force"
    assert listed(replace(in_force, expiry=NOW.date()), {})[0] == "expired"
