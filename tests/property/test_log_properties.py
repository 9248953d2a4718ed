"""Properties of the log over generated trees, entries and values."""

import datetime
from hashlib import sha256
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from audit import canonical
from audit.commitment import commit_element
from audit.entry import AgreementRef, Authorities, Disclosed, Entry, Obligation, Withheld
from audit.errors import AuditError, ProofError
from audit.merkle import (
    Frontier,
    consistency_proof,
    inclusion_proof,
    leaf_hash,
    node_hash,
    verify_consistency,
    verify_inclusion,
)
from audit.tiles import TileBuilder, TileReader
from audit.vocabulary import digest_text, format_time

LEAVES = [leaf_hash(number.to_bytes(4, "big")) for number in range(1200)]


def naive_root(leaves: list[bytes]) -> bytes:
    """RFC 6962, 2.1, as written."""
    if not leaves:
        return sha256(b"").digest()
    if len(leaves) == 1:
        return leaves[0]
    k = 1
    while k * 2 < len(leaves):
        k *= 2
    return node_hash(naive_root(leaves[:k]), naive_root(leaves[k:]))


def published(leaves: list[bytes]) -> TileReader:
    builder = TileBuilder()
    files = {tile.path(): data for leaf in leaves for tile, data in builder.append(leaf)}
    files |= {tile.path(): data for tile, data in builder.partial()}
    return TileReader(files.__getitem__, len(leaves))


READER = published(LEAVES)
ROOTS: dict[int, bytes] = {0: Frontier().root()}
_frontier = Frontier()
for _leaf in LEAVES:
    _frontier.append(_leaf)
    ROOTS[_frontier.size] = _frontier.root()

sizes = st.integers(min_value=1, max_value=len(LEAVES))


@given(st.integers(min_value=0, max_value=len(LEAVES)))
@settings(max_examples=60, deadline=None)
def test_the_edge_gives_the_root_of_the_definition(size: int) -> None:
    assert ROOTS[size] == naive_root(LEAVES[:size])


@given(st.lists(st.binary(max_size=8), max_size=70), st.integers(min_value=0, max_value=70))
@settings(max_examples=60, deadline=None)
def test_storing_the_edge_midway_changes_nothing(entries: list[bytes], stop: int) -> None:
    leaves = [leaf_hash(entry) for entry in entries]
    frontier = Frontier()
    for number, leaf in enumerate(leaves):
        if number == stop:
            frontier = Frontier.from_bytes(frontier.to_bytes())
        frontier.append(leaf)
    assert frontier.root() == naive_root(leaves)


@given(st.data())
@settings(max_examples=150, deadline=None)
def test_an_inclusion_proof_holds_for_its_leaf_and_place_only(data: st.DataObject) -> None:
    size = data.draw(sizes)
    index = data.draw(st.integers(min_value=0, max_value=size - 1))
    proof = inclusion_proof(READER, index, size)
    verify_inclusion(index, size, LEAVES[index], proof, ROOTS[size])
    other = data.draw(st.integers(min_value=0, max_value=size - 1))
    if other != index:
        for place, leaf in ((index, LEAVES[other]), (other, LEAVES[index])):
            try:
                verify_inclusion(place, size, leaf, proof, ROOTS[size])
            except ProofError:
                continue
            raise AssertionError((place, size))


@given(st.data())
@settings(max_examples=150, deadline=None)
def test_consistency_holds_between_prefixes_and_for_no_other_root(data: st.DataObject) -> None:
    new = data.draw(sizes)
    old = data.draw(st.integers(min_value=1, max_value=new))
    proof = consistency_proof(READER, old, new)
    verify_consistency(old, new, ROOTS[old], ROOTS[new], proof)
    place = data.draw(st.integers(min_value=0, max_value=old - 1))
    forged = naive_root([*LEAVES[:place], leaf_hash(b"forged"), *LEAVES[place + 1 : old]])
    try:
        verify_consistency(old, new, forged, ROOTS[new], proof)
    except ProofError:
        return
    raise AssertionError((old, new, place))


forms = st.sampled_from(["plain", "mask:3", "generalize:year", "generalize:band-100", "pseudonym", "exists"])
names = st.from_regex(r"[a-z]{1,12}(_[a-z]{1,8})?", fullmatch=True)
identifiers = st.from_regex(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,4}){0,3}", fullmatch=True)
digests = st.binary(min_size=32, max_size=32).map(digest_text)
times = st.datetimes(min_value=datetime.datetime(2000, 1, 1), max_value=datetime.datetime(2099, 1, 1)).map(  # noqa: DTZ001
    lambda moment: format_time(moment.replace(tzinfo=datetime.UTC))
)


@st.composite
def entries(draw: st.DrawFn) -> Entry:
    elements = draw(st.lists(names, unique=True, max_size=8))
    cut = draw(st.integers(min_value=0, max_value=len(elements)))
    common: dict[str, Any] = {
        "time": draw(times),
        "requester": draw(identifiers),
        "recipient": draw(identifiers),
        "custodian": draw(identifiers),
        "record_type": draw(names),
        "purpose": draw(names),
        "reasons": tuple(draw(st.lists(names, unique=True, max_size=3))),
        "withheld": tuple(Withheld(name, draw(names)) for name in elements[cut:]),
        "request_digest": draw(digests),
        "policy_revision": draw(digests),
        "private": tuple(draw(st.lists(digests, unique=True, max_size=2))),
        "refers_to": draw(st.none() | st.integers(min_value=0, max_value=2**53 - 1)),
    }
    if draw(st.booleans()):
        return Entry(kind="denial", effect="deny", **common)
    return Entry(
        kind="disclosure",
        effect="permit",
        ground="agreement",
        agreement=AgreementRef(draw(identifiers), draw(st.sampled_from(["1", "2.10", "3.0.1"])), draw(digests)),
        clauses=tuple(draw(st.lists(identifiers, unique=True, min_size=1, max_size=3))),
        authorities=Authorities((draw(identifiers),), (draw(identifiers),)),
        disclosed=tuple(Disclosed(name, draw(forms), draw(digests)) for name in elements[:cut]),
        obligations=(Obligation(draw(names), draw(st.none() | st.dates().map(str))),),
        records=draw(st.integers(min_value=0, max_value=500)),
        **common,
    )


@given(entries())
@settings(max_examples=100, deadline=None)
def test_an_entry_goes_round(entry: Entry) -> None:
    data = entry.to_bytes()
    assert Entry.from_bytes(data) == entry
    assert canonical.encode(canonical.decode(data)) == data


@given(entries(), st.data())
@settings(max_examples=100, deadline=None)
def test_changed_bytes_are_refused_or_are_another_entry(entry: Entry, data: st.DataObject) -> None:
    content = entry.to_bytes()
    at = data.draw(st.integers(min_value=0, max_value=len(content) - 1))
    changed = bytearray(content)
    changed[at] ^= data.draw(st.integers(min_value=1, max_value=255))
    try:
        other = Entry.from_bytes(bytes(changed))
    except AuditError:
        return
    assert other != entry
    assert other.to_bytes() == bytes(changed)


plain = st.recursive(
    st.none() | st.booleans() | st.integers(min_value=-(2**53) + 1, max_value=2**53 - 1) | st.text(max_size=12),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=6), inner, max_size=4),
    max_leaves=12,
)


@given(plain)
@settings(max_examples=200, deadline=None)
def test_canonical_json_goes_round(value: object) -> None:
    data = canonical.encode(value)
    assert canonical.decode(data) == value
    assert canonical.encode(canonical.decode(data)) == data


@given(plain, plain, st.binary(min_size=32, max_size=32))
@settings(max_examples=200, deadline=None)
def test_commitments_bind(left: object, right: object, salt: bytes) -> None:
    same = commit_element(salt, "element", [left]) == commit_element(salt, "element", [right])
    assert same == (canonical.encode(left) == canonical.encode(right))


@given(st.binary(max_size=300))
@settings(max_examples=200, deadline=None)
def test_rubbish_is_refused_in_the_packages_own_errors(data: bytes) -> None:
    try:
        Entry.from_bytes(data)
    except AuditError:
        return
    raise AssertionError("an entry out of nothing")
