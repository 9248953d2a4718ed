"""The files themselves: their form, that none says nothing or the same as another, and that together they leave no
provision, ruling or point of law out."""

import copy
import json
from collections import Counter
from collections.abc import Mapping
from typing import Any

import pytest

from gateway.adapters.rulebook import load as agreements
from gateway.adapters.rulebook.situation_files import faults
from gateway.service.simulation.situation import Situation
from tests.scenarios.situations import all_situations, differences, facts
from tests.scenarios.table import PAGE, page

FEWEST = 134
RULINGS = {f"S{number:02}" for number in range(1, 15)}
POINTS = set(range(1, 19))
FINDINGS = set(range(1, 29))
REGISTER = agreements.load().authorities
ENFORCED = {name for name, row in REGISTER.items() if row["enforced"]}
DUTY_OR_BAN = {"forbids", "obliges", "defines"}


def named(name: str) -> Situation:
    (found,) = [one for one in all_situations() if one.name == name]
    return found


def works() -> dict[str, Situation]:
    """The situation in which each provision counts."""
    return {
        str(one.body["about"]["provision"]): one
        for one in all_situations()
        if "provision" in one.body["about"] and "near_miss_of" not in one.body
    }


def near_misses() -> list[Situation]:
    return [one for one in all_situations() if "near_miss_of" in one.body]


@pytest.mark.parametrize("situation", all_situations(), ids=lambda one: one.name)
def test_holds_against_the_schema(situation: Situation) -> None:
    assert faults(situation.body) == []


def _emptied(place: str, value: object) -> dict[str, Any]:
    body: dict[str, Any] = copy.deepcopy(dict(named("provisions/pa-4").body))
    *way, last = place.split(".")
    spot = body
    for member in way:
        spot = spot[member]
    spot[last] = value
    return body


@pytest.mark.parametrize(
    ("place", "value"),
    [
        ("expect", {}),
        ("expect", {"effect": "deny", "reasons": {}}),
        ("expect.elements", {}),
        ("expect.authorities", {"discloser": [], "recipient": []}),
        ("about", {}),
        ("title.fr", ""),
        ("expect.more", 1),
        ("ask.more", 1),
        ("when", "tomorrow"),
    ],
)
def test_a_file_that_expects_nothing_is_refused(place: str, value: object) -> None:
    assert faults(_emptied(place, value))


def test_none_says_the_same_as_another() -> None:
    told = Counter(json.dumps([sorted(facts(one.body)), one.body.get("then")], default=str) for one in all_situations())
    titles = Counter(one.body["title"][language] for one in all_situations() for language in ("en", "fr"))
    assert [story for story, count in told.items() if count > 1] == []
    assert [title for title, count in titles.items() if count > 1] == []


@pytest.mark.parametrize("situation", near_misses(), ids=lambda one: one.name)
def test_a_near_miss_differs_in_one_fact(situation: Situation) -> None:
    base = named(situation.body["near_miss_of"])
    different = differences(base, situation)
    grounds = {one.ask.get("ground", {}).get("kind") for one in (base, situation)}
    facts_that_differ = {
        place[:2] if len(grounds) > 1 and place[:2] == ("ask", "ground") else place for place in different
    }
    assert len(facts_that_differ) == 1, facts_that_differ
    assert situation.body["expect"] != base.body["expect"] or situation.body["then"] != base.body["then"]


def test_every_enforced_provision_counts_once_and_just_misses_once() -> None:
    assert set(works()) == ENFORCED
    assert {one.body["about"]["provision"] for one in near_misses()} == ENFORCED


def duties(body: Mapping[str, Any]) -> set[str]:
    """The codes of the duties that come with an answer to this situation, the later ones too."""
    told = [body["expect"], *(step["expect"] for step in body.get("then", ()) if step["does"] == "ask-again")]
    return {code for outcome in told for code in outcome.get("obligations", {})}


@pytest.mark.parametrize(
    "situation",
    [one for one in near_misses() if REGISTER[one.body["about"]["provision"]]["effect"] == "obliges"],
    ids=lambda one: one.name,
)
def test_a_duty_falls_away_where_it_just_misses(situation: Situation) -> None:
    of_provision = set(REGISTER[situation.body["about"]["provision"]]["obligations"])
    counting = duties(named(situation.body["near_miss_of"]).body) & of_provision
    assert counting - duties(situation.body)


@pytest.mark.parametrize("provision", sorted(works()))
def test_a_provision_that_permits_is_cited_where_it_counts(provision: str) -> None:
    row, body = REGISTER[provision], works()[provision].body
    cited = json.dumps([body["expect"], body.get("then", [])])
    if row["effect"] == "permits":
        assert f'"{provision}"' in cited
    elif row["effect"] == "obliges":
        assert duties(body) & set(row["obligations"])
    else:
        assert row["effect"] in DUTY_OR_BAN


def test_every_finding_of_the_second_reading_is_told() -> None:
    assert {one.body["about"].get("reading") for one in all_situations()} - {None} == FINDINGS


@pytest.mark.parametrize("finding", [1, 2, 3, 5, 6, 7, 8, 11, 13, 14, 15, 16, 18, 19, 20, 22, 23, 24, 25, 26, 28])
def test_a_finding_about_who_may_have_something_is_told_both_ways(finding: int) -> None:
    """One situation in which it goes, and one in which it is refused."""
    of_it = [one.body for one in all_situations() if one.body["about"].get("reading") == finding]
    outcomes = {
        step["expect"]["effect"]
        for body in of_it
        for step in (body, *body.get("then", ()))
        if "effect" in step.get("expect", {})
    }
    assert {"permit", "deny"} <= outcomes


def test_all_rulings_and_points_and_enough_of_everything() -> None:
    assert {ruling for one in all_situations() for ruling in one.about("rulings")} == RULINGS
    assert {point for one in all_situations() for point in one.about("points")} == POINTS
    assert len(all_situations()) >= FEWEST


def test_every_boundary_has_both_sides() -> None:
    sides: dict[str, set[str]] = {}
    for one in all_situations():
        if "boundary" in one.body["about"]:
            sides.setdefault(one.body["about"]["boundary"], set()).add(one.body["about"]["side"])
    assert {boundary for boundary, found in sides.items() if found != {"before", "after"}} == set()
    ends = {f"{one.id} {what} {day}" for one in agreements.load().agreements for what, day in _days(one.document)}
    assert ends <= set(sides)
    for name, row in REGISTER.items():
        if row["enforced"] and row["effect"] == "obliges" and _commences(row):
            assert any(boundary.startswith(f"{name} ") for boundary in sides), name


def _days(agreement: Any) -> list[tuple[str, str]]:
    return [("effective", str(agreement["term"]["effective"])), ("expiry", str(agreement["term"]["expiry"]))]


def _commences(row: Any) -> bool:
    return any(row["effective"][side] is not None for side in ("from", "until"))


def test_the_page_lists_them_all() -> None:
    assert PAGE.read_text("utf-8") == page(), "run python -m tests.scenarios.table"
