"""Commitments bind, hide and keep their domains apart."""

import hashlib
import hmac

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audit import canonical, commitment
from audit.errors import CanonicalError, CommitmentError

SALT = bytes(range(32))
VALUES = st.one_of(st.text(), st.text(st.characters()), st.integers(), st.booleans(), st.none(), st.floats())


def test_the_formula_is_the_documented_one() -> None:
    message = b'isa-gateway/commitment/v1\x00element\x00{"element":"noc","values":["11100",null]}'
    expected = hmac.new(SALT, message, hashlib.sha256).digest()
    assert commitment.commit_element(SALT, "noc", ["11100", None]) == expected
    assert commitment.commit(SALT, "element", {"element": "noc", "values": ["11100", None]}) == expected


@given(st.binary(min_size=32, max_size=32), st.lists(st.one_of(VALUES, st.lists(VALUES)), max_size=4), st.text())
def test_an_element_is_committed_to_as_the_canonical_form_says(salt: bytes, values: list[object], name: str) -> None:
    try:
        encoded = canonical.encode({"element": name, "values": values})
    except CanonicalError:
        with pytest.raises(CanonicalError):
            commitment.commit_element(salt, name, values)
        return
    expected = hmac.digest(salt, b"isa-gateway/commitment/v1\x00element\x00" + encoded, "sha256")
    assert commitment.commit_element(salt, name, values) == expected
    assert commitment.commit_encoded(salt, "element", encoded) == expected


def test_the_committed_value_opens_and_no_other_does() -> None:
    made = commitment.commit_private(SALT, {"case_reference": "C-1"})
    commitment.verify(made, SALT, "private", {"case_reference": "C-1"})
    for salt, label, value in (
        (SALT, "private", {"case_reference": "C-2"}),
        (SALT, "element", {"case_reference": "C-1"}),
        (bytes(32), "private", {"case_reference": "C-1"}),
    ):
        with pytest.raises(CommitmentError):
            commitment.verify(made, salt, label, value)


def test_values_that_print_alike_are_told_apart() -> None:
    values: list[object] = ["1", 1, True, None, "", [], {}, ["1"], "null", "true"]
    made = {commitment.commit_element(SALT, "x", [value]) for value in values}
    assert len(made) == len(values)
    assert commitment.commit_element(SALT, "x", ["a", "b"]) != commitment.commit_element(SALT, "x", ["ab"])
    assert commitment.commit_element(SALT, "x", [None]) != commitment.commit_element(SALT, "x", [])


def test_a_yes_or_no_cannot_be_guessed_from_its_commitment() -> None:
    first, second = commitment.fresh_salts(2)
    assert commitment.commit_element(first, "under_inspection", [True]) != commitment.commit_element(
        second, "under_inspection", [True]
    )


def test_salts_are_fresh_and_of_full_length() -> None:
    salts = [*commitment.fresh_salts(100), commitment.fresh_salt()]
    assert len(set(salts)) == 101
    assert {len(salt) for salt in salts} == {32}
    assert commitment.fresh_salts(0) == []


@pytest.mark.parametrize("salt", [b"", b"x" * 31, b"x" * 33])
def test_short_salts_are_refused(salt: bytes) -> None:
    with pytest.raises(CommitmentError):
        commitment.commit(salt, "element", 1)


@pytest.mark.parametrize("label", ["", "Element", "a b", "a\x00b", "x" * 33])
def test_labels_cannot_run_into_the_value(label: str) -> None:
    with pytest.raises(CommitmentError):
        commitment.commit(SALT, label, 1)


def test_floats_have_no_commitment() -> None:
    with pytest.raises(CanonicalError):
        commitment.commit_element(SALT, "wage", [25.5])
    assert commitment.commit_element(SALT, "wage", ["25.50"])
