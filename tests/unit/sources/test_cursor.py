"""A cursor is good for the list it was made for, and nothing else is a cursor."""

import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gateway.adapters.sources.cursor import decode, encode
from gateway.domain.errors import SourceQueryError

FILTER = {"province": "ON"}


@given(st.one_of(st.integers(-(2**60), 2**60), st.text(max_size=60)))
def test_a_cursor_gives_back_its_key(key: str | int) -> None:
    assert decode(b"s", "lmia", FILTER, encode(b"s", "lmia", FILTER, key)) == key


@pytest.mark.parametrize(
    ("secret", "record_type", "filters"),
    [(b"t", "lmia", FILTER), (b"s", "inspection", FILTER), (b"s", "lmia", {"province": "QC"}), (b"s", "lmia", {})],
)
def test_a_cursor_of_another_list_is_refused(secret: bytes, record_type: str, filters: dict[str, str]) -> None:
    cursor = encode(b"s", "lmia", FILTER, "k")
    with pytest.raises(SourceQueryError) as refused:
        decode(secret, record_type, filters, cursor)
    assert refused.value.part == "cursor"


@given(st.text(max_size=600))
def test_rubbish_is_refused_naming_the_cursor_only(text: str) -> None:
    with pytest.raises(SourceQueryError) as refused:
        decode(b"s", "lmia", FILTER, text)
    assert str(refused.value) == "the source cannot be asked this: cursor is not usable"


def test_every_single_changed_byte_is_refused() -> None:
    cursor = encode(b"s", "lmia", FILTER, "P-007")
    raw = bytearray(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
    for position in range(len(raw)):
        raw[position] ^= 1
        changed = base64.urlsafe_b64encode(raw).rstrip(b"=").decode()
        with pytest.raises(SourceQueryError):
            decode(b"s", "lmia", FILTER, changed)
        raw[position] ^= 1
