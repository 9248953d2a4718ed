"""A sample of the mutation check in the ordinary tests, and that it would notice a condition that nothing tests."""

from pathlib import Path

import pytest

from gateway.adapters.packaged import packaged
from tests.policy_mutation import Fate, Policy, survivors

RULE = """package a

allow if {
	input.ground == "consent"
	input.date >= "2026-01-01"
}
"""
TEST = """package a_test

import data.a

test_allowed if a.allow with input as {"ground": "consent", "date": "2026-01-01"}

test_other_ground if not a.allow with input as {"ground": "audit", "date": "2026-01-01"}
"""


@pytest.mark.thorough
@pytest.mark.parametrize("rule", ["pa_8_2_m", "desda_40", "cust_107_5"])
def test_no_condition_of_a_sampled_rule_survives(rule: str, opa_binary: str) -> None:
    left, counts = survivors(Policy(opa_binary, packaged("policies")), rule)
    assert left == []
    assert counts[Fate.KILLED] > 1


def test_a_condition_that_no_test_notices_is_found(opa_binary: str, tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "a.rego").write_text(RULE, encoding="utf-8")
    (tmp_path / "a" / "a_test.rego").write_text(TEST, encoding="utf-8")
    left, counts = survivors(Policy(opa_binary, tmp_path), None)
    assert [condition.text for condition in left] == [b'input.date >= "2026-01-01"']
    assert counts == {Fate.KILLED: 1, Fate.SURVIVED: 1, Fate.NOT_COMPILED: 0}
