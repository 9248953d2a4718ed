"""A private record is opened as it was sealed, bound to the commitment of its entry, and shows itself to nobody."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audit import canonical
from audit.encoding import to_base64url
from audit.errors import CanonicalError
from gateway.domain.private_record import BEFORE_DAY, BEFORE_JUDGED, NOW, PrivateRecord, said_of
from gateway.domain.target import SubjectIdentifier

_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**52), 2**52) | st.text(st.characters(exclude_categories=["Cs"])),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.from_regex(r"[a-z_]{1,8}", fullmatch=True), inner),
    max_leaves=12,
)
_BODIES = st.dictionaries(st.from_regex(r"[a-z_]{1,8}", fullmatch=True), _VALUES, max_size=6)
WORKER = SubjectIdentifier("uci", "0000-0001")


@given(_BODIES)
def test_what_was_sealed_is_opened_and_is_what_the_entry_commits_to(body: Any) -> None:
    part = PrivateRecord.fresh(body).seal((WORKER,))
    opened = PrivateRecord.opened(part.plaintext)
    assert opened.body == body
    assert opened.is_committed_by(to_base64url(part.commitment))
    assert part.plaintext == canonical.encode({"part": body, "salt": to_base64url(opened.salt)})
    assert part.subjects == (WORKER,)


@given(_BODIES, _BODIES)
def test_another_body_or_salt_is_not_what_the_entry_commits_to(body: Any, other: Any) -> None:
    record = PrivateRecord.fresh(body)
    commitment = to_base64url(record.seal(()).commitment)
    assert PrivateRecord(other, record.salt).is_committed_by(commitment) == (body == other)
    assert not PrivateRecord.fresh(body).is_committed_by(commitment)


def test_a_float_is_not_sealed() -> None:
    with pytest.raises(CanonicalError):
        PrivateRecord.fresh({"details": {"share": 0.5}}).seal(())  # type: ignore[dict-item]


@pytest.mark.parametrize(
    ("members", "version"),
    [(("outcome",), BEFORE_JUDGED), (("outcome", "judged"), BEFORE_DAY), (("judged", "day"), NOW)],
)
def test_the_version_is_told_by_the_members(members: tuple[str, ...], version: int) -> None:
    assert PrivateRecord.fresh(dict.fromkeys(members, "x")).version == version


@pytest.mark.parametrize("text", [b"", b"[]", b"{}", b'{"part":{}}', b'{"salt":"AA"}', b"\xff"])
def test_what_was_never_sealed_is_not_opened(text: bytes) -> None:
    with pytest.raises(ValueError):
        PrivateRecord.opened(text)


def test_a_record_shows_nothing_of_itself() -> None:
    record = PrivateRecord.fresh({"subject": said_of(WORKER), "details": {"note": "cnry-7"}})
    assert "0000-0001" not in repr(record)
    assert "cnry-7" not in repr(record)
    assert record.subject == WORKER
    assert record.details == {"note": "cnry-7"}
    assert PrivateRecord.fresh({"subject": None}).subject is None
    assert not PrivateRecord.fresh({}).openings
