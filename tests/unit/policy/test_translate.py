"""The policy's output is believed only as far as it fits the contract and the request."""

import copy
import json
from dataclasses import replace
from datetime import date
from typing import Any

import jsonschema
import pytest

from gateway.adapters.packaged import packaged
from gateway.adapters.pdp.document import InputWriter
from gateway.adapters.pdp.translate import PolicyOutputError, translate
from gateway.domain.decision import Deny, Indeterminate, Permit, Refer
from gateway.domain.ground import EvidenceFacts
from tests.unit.policy.queries import engine, lmia, on_ground

QUERY = lmia("decision", "suspension_reason")


def output() -> dict[str, Any]:
    found: dict[str, Any] = engine().evaluate(InputWriter().write(QUERY))
    return copy.deepcopy(found)


def changed(path: str, value: object) -> dict[str, Any]:
    document = output()
    *parents, last = path.split("/")
    target: Any = document
    for part in parents:
        target = target[int(part)] if isinstance(target, list) else target[part]
    target[last] = value
    return document


def test_a_sound_permit_is_a_permit() -> None:
    assert isinstance(translate(output(), QUERY, "r"), Permit)


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("clauses", []),
        ("clauses", ["other-clause"]),
        ("authorities/discloser", []),
        ("authorities/recipient", []),
        ("obligations", []),
        ("elements", {}),
        ("withheld", []),
        ("withheld", [{"element": "decision", "reason": "element-unknown"}]),
        ("elements/worker_sin", {"form": {"kind": "plain", "keep": None, "to": None}, "clause": "lmia-refresh-1"}),
        ("reasons", [{"code": "policy-not-evaluated", "citations": []}]),
    ],
)
def test_a_permit_that_lacks_a_part_or_grants_more_than_asked_is_no_permit(path: str, value: object) -> None:
    assert isinstance(translate(changed(path, value), QUERY, "r"), Indeterminate)


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("effect", "allow"),
        ("effect", None),
        ("extra", 1),
        ("clauses", "lmia-refresh-1"),
        ("clauses", [1]),
        ("clauses", [""]),
        ("authorities", []),
        ("authorities/other", []),
        ("elements", []),
        ("elements/decision/form", "plain"),
        ("elements/decision/form", {"kind": "rot13", "keep": None, "to": None}),
        ("elements/decision/form", {"kind": "plain", "keep": 3, "to": None}),
        ("elements/decision/form", {"kind": "mask", "keep": None, "to": None}),
        ("elements/decision/form", {"kind": "mask", "keep": True, "to": None}),
        ("elements/decision/form", {"kind": "generalize", "keep": None, "to": None}),
        ("elements/decision/form", {"kind": ["plain"], "keep": None, "to": None}),
        ("obligations/0/due_days", -1),
        ("obligations/0/due_days", "soon"),
        ("reasons/0/citations", None),
        ("withheld/0/reason", 7),
        ("withheld/0/element", None),
    ],
)
def test_an_output_of_another_shape_is_an_error(path: str, value: object) -> None:
    with pytest.raises(PolicyOutputError):
        translate(changed(path, value), QUERY, "r")


@pytest.mark.parametrize("document", [None, [], "deny", {}, {"effect": "permit"}])
def test_no_document_is_an_error(document: object) -> None:
    with pytest.raises(PolicyOutputError):
        translate(document, QUERY, "r")


def test_an_error_names_the_member_and_never_its_content() -> None:
    with pytest.raises(PolicyOutputError) as caught:
        translate(changed("effect", "canary-value"), QUERY, "r")
    assert "effect" in str(caught.value)
    assert "canary" not in str(caught.value)


def test_denials_and_referrals_need_reasons() -> None:
    reasons = [{"code": "no-clause", "citations": []}]
    for effect, kind in (("deny", Deny), ("refer", Refer)):
        assert isinstance(translate(changed("effect", effect) | {"reasons": reasons}, QUERY, "r"), kind)
        assert isinstance(translate(changed("effect", effect) | {"reasons": []}, QUERY, "r"), Indeterminate)


def test_a_permit_without_agreement_is_no_permit() -> None:
    assert isinstance(translate(output(), lmia("decision", "suspension_reason", agreement=None), "r"), Indeterminate)


def test_the_input_is_json_of_the_schema_and_names_one_schedule() -> None:
    document = json.loads(InputWriter().write(QUERY))
    assert document["agreement"]["schedule"]["purpose"] == "lmia-refresh"
    assert document["record"] is None
    assert "necessity" not in json.dumps(document)


def test_an_element_asked_by_an_empty_name_is_withheld_like_any_unknown_one() -> None:
    query = lmia("decision", "")
    decision = translate(engine().evaluate(InputWriter().write(query)), query, "r")
    assert isinstance(decision, Permit)
    assert [(item.element, item.reason) for item in decision.withheld] == [("", "element-unknown")]


GROUND = on_ground(
    *("emergency", "gcms-worker", "rcmp-federal-policing", "protect-life-or-safety", "family_name", "sin"),
    released=(["PA-8-2-m"], ["family_name"]),
)


def on_that_ground(path: str = "effect", value: object = "permit") -> dict[str, Any]:
    document: dict[str, Any] = copy.deepcopy(engine().evaluate(InputWriter().write(GROUND)))
    *parents, last = path.split("/")
    target: Any = document
    for part in parents:
        target = target[part]
    target[last] = value
    return document


def test_a_sound_permit_on_a_ground_is_a_permit() -> None:
    decision = translate(on_that_ground(), GROUND, "r")
    assert isinstance(decision, Permit)
    assert decision.grants["family_name"].clause is None


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("clauses", ["lmia-refresh-1"]),
        ("elements/family_name/clause", "lmia-refresh-1"),
        ("elements/family_name/form", {"kind": "exists", "keep": None, "to": None}),
        ("elements/sin", {"form": {"kind": "plain", "keep": None, "to": None}, "clause": None}),
        ("authorities/discloser", []),
        ("obligations", []),
        ("withheld", []),
    ],
)
def test_a_permit_on_a_ground_that_goes_beyond_it_is_no_permit(path: str, value: object) -> None:
    """Also where the withheld elements fit: what the person did not release is not released."""
    document = on_that_ground(path, value)
    if path == "elements/sin":
        document["withheld"] = []
    assert isinstance(translate(document, GROUND, "r"), Indeterminate)


def test_a_permit_on_a_ground_without_evidence_is_no_permit() -> None:
    assert isinstance(translate(on_that_ground(), replace(GROUND, evidence=None), "r"), Indeterminate)


def test_a_permit_under_an_agreement_rests_on_no_determination_and_always_on_a_clause() -> None:
    assert isinstance(translate(output(), replace(QUERY, determination=GROUND.determination), "r"), Indeterminate)
    assert isinstance(translate(changed("elements/decision/clause", None), QUERY, "r"), Indeterminate)


def test_refusals_and_referrals_keep_their_obligations() -> None:
    kept = [{"code": "keep-request-and-record", "on": "esdc-isb", "due_days": 730, "citations": ["PA-8-4"]}]
    reasons = [{"code": "no-clause", "citations": []}]
    for effect in ("deny", "refer"):
        document = changed("effect", effect) | {"reasons": reasons, "obligations": kept}
        decision = translate(document, QUERY, "r")
        assert isinstance(decision, Deny | Refer)
        assert [duty.code for duty in decision.obligations] == ["keep-request-and-record"]


def test_the_input_says_what_the_evidence_shows_and_what_was_released() -> None:
    dated = replace(GROUND.evidence or EvidenceFacts(), valid_from=date(2026, 1, 1), valid_until=date(2027, 1, 1))
    document = json.loads(InputWriter().write(replace(GROUND, evidence=dated)))
    assert document["evidence"] == {
        "subject": True,
        "custodian": True,
        "recipient": "rcmp-federal-policing",
        "purpose": "protect-life-or-safety",
        "elements": ["family_name", "sin"],
        "from": "2026-01-01",
        "until": "2027-01-01",
        "revoked": False,
        "document": False,
        "stated": ["compelling-circumstances"],
        "aim": "life",
        "issuer": None,
    }
    assert document["determination"] == {
        "authorities": ["PA-8-2-m"],
        "elements": [{"name": "family_name", "form": {"kind": "plain", "keep": None, "to": None}}],
        "despite_banner": False,
        "source_agreed": False,
    }
    plain = json.loads(InputWriter().write(QUERY))
    assert plain["evidence"] is None
    assert plain["determination"] is None


def test_the_input_has_exactly_the_members_of_its_schema() -> None:
    schema = json.loads((packaged("policies") / "schema" / "input.json").read_text(encoding="utf-8"))
    jsonschema.validate(json.loads(InputWriter().write(GROUND)), schema)
    jsonschema.validate(json.loads(InputWriter().write(QUERY)), schema)
