"""Holding an answer and its log entry against what a situation expects.

The answer must say what is expected and nothing more: its members are counted, not only looked up. Does not: ask.
"""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from audit.canonical import JsonValue
from audit.entry import Entry

ANSWER: Final = {
    *("decision", "entry_index", "forms", "next_cursor", "obligations"),
    *("receipt", "record_type", "records", "withheld"),
}
DECISION: Final = {"agreement", "authorities", "began_under", "clauses", "effect", "policy_revision", "reasons"}
PROBLEM: Final = {
    "code",
    "detail",
    "details",
    "entry_index",
    "reasons",
    "status",
    "title",
    "titles",
    "type",
    "agreements",
}
WAITING: Final = {"decide_by", "entry_index", "reasons", "referral", "state", "waiting_for"}


def same(what: str, told: object, expected: object) -> None:
    """Fails, saying what differs."""
    assert told == expected, f"{what}: the gateway says {told!r}, the situation {expected!r}"


def judged(
    status: int, told: Mapping[str, Any], expected: Mapping[str, Any], record: Mapping[str, JsonValue] | None
) -> None:
    """An answer. `record` is the one asked about, as its source holds it; None for a list or an absent one."""
    if "problem" in expected:
        same("the problem", told.get("code"), expected["problem"])
        return
    effect = {200: "permit", 202: "refer", 403: "deny", 404: "deny"}.get(status, str(status))
    if effect != expected["effect"]:
        code = told.get("code", "")
        why = _reasons(told.get("reasons", told.get("decision", {}).get("reasons", [])))
        raise AssertionError(f"the gateway says {effect} {code} {why}, the situation {expected['effect']}")
    match effect:
        case "permit":
            _permitted(told, expected, record)
        case "deny":
            _denied(status, told, expected)
        case _:
            waiting(told, [])
            same("reasons", _reasons(told["reasons"]), expected["reasons"])


def waiting(told: Mapping[str, Any], for_what: Sequence[str]) -> None:
    """A 202: a person decides, or notices come first."""
    same("members of the answer", set(told), WAITING)
    same("notices that come first", told["waiting_for"], for_what)


def entered(entry: Entry, expected: Mapping[str, Any], asked: Mapping[str, Any]) -> None:
    """The entry says what was decided, and of the elements what left and what did not."""
    what = asked["what"]
    same("requester on record", entry.requester, asked["who"])
    stranger = {"party-unknown"} <= set(expected.get("reasons", {}))
    same("recipient on record", entry.recipient, asked["who"] if stranger else asked.get("for", asked["who"]))
    same("custodian on record", entry.custodian, asked["whom"])
    same("record type on record", entry.record_type, what["record_type"])
    same("purpose on record", entry.purpose, asked["purpose"])
    same("effect on record", entry.effect, expected["effect"])
    left, stayed = (
        {one.element: one.form for one in entry.disclosed},
        {one.element: one.reason for one in entry.withheld},
    )
    same("elements on record", set(left) | set(stayed), set(what["elements"]))
    duties = {one.code for one in entry.obligations}
    if expected["effect"] == "permit":
        same("clauses on record", sorted(entry.clauses), sorted(expected["clauses"]))
        same("discloser's authorities on record", sorted(entry.authorities.discloser), _cited(expected, "discloser"))
        same("recipient's authorities on record", sorted(entry.authorities.recipient), _cited(expected, "recipient"))
        same("elements that left, on record", left, expected["elements"])
        same("elements that stayed, on record", stayed, expected["withheld"])
        # What a person released settled some duties with the decision; those are on record there.
        settled = set(expected["obligations"]) - duties if expected.get("reason") == "released-by-person" else set()
        same("duties on record", duties | settled, set(expected["obligations"]))
    else:
        same("elements that left, on record", left, {})
        same("authorities on record", (entry.authorities.discloser, entry.authorities.recipient), ((), ()))
        same("reasons on record", set(entry.reasons), set(expected["reasons"]))
        same("duties on record", duties, set(expected.get("obligations", {})))
        assert set(stayed.values()) <= set(expected["reasons"]), "an element stayed for a reason that was not told"


def _permitted(told: Mapping[str, Any], expected: Mapping[str, Any], record: Mapping[str, JsonValue] | None) -> None:
    decision = told["decision"]
    same("members of the answer", set(told), ANSWER)
    same("members of the decision", set(decision), DECISION)
    assert decision["began_under"] is None, "rules changed while a situation was told"
    same("reason", [one["code"] for one in decision["reasons"]], [expected.get("reason", "permitted")])
    for side in ("discloser", "recipient"):
        same(f"authorities of the {side}", sorted(decision["authorities"][side]), _cited(expected, side))
    same("clauses", sorted(decision["clauses"]), sorted(expected["clauses"]))
    same("elements and forms", told["forms"], expected["elements"])
    same("what stays", {one["element"]: one["reason"] for one in told["withheld"]}, expected["withheld"])
    same("obligations", _duties(told["obligations"]), expected["obligations"])
    assert told["records"], "a permit with no record"
    for found in told["records"]:
        assert set(found) <= set(expected["elements"]), "a record with more than the elements that go"
    for name, value in expected.get("values", {}).items():
        same(f"value of {name}", told["records"][0][name], value)
    if record is not None:
        (found,) = told["records"]
        same("elements of the record", set(found), set(expected["elements"]))
        for name, form in expected["elements"].items():
            assert form != "plain" or found[name] == record[name], f"{name} is not as its source holds it"


def _denied(status: int, told: Mapping[str, Any], expected: Mapping[str, Any]) -> None:
    assert set(told) <= PROBLEM, f"a refusal says more than it may: {set(told) - PROBLEM}"
    same("reasons", _reasons(told["reasons"]), {code: sorted(cited) for code, cited in expected["reasons"].items()})
    if "would_apply" in expected:
        same("agreements that would apply", told.get("agreements", []), expected["would_apply"])
    hidden = "not-available" in expected["reasons"]
    same("status", (status, told["code"]), (404, "not-available") if hidden else (403, "denied"))


def _cited(expected: Mapping[str, Any], side: str) -> list[str]:
    return sorted(expected["authorities"][side])


def _reasons(reasons: Sequence[Mapping[str, Any]]) -> dict[str, list[str]]:
    return {one["code"]: sorted(one["citations"]) for one in reasons}


def _duties(obligations: Sequence[Mapping[str, Any]]) -> dict[str, str]:
    told = {one["code"]: _due(one["due_days"]) for one in obligations}
    same("duties, each once", len(obligations), len(told))
    return told


def _due(days: int | None) -> str:
    return "standing" if days is None else f"{days} days" if days else "at once"
