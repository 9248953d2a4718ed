"""The same request under the same salts gives the same bytes, whatever way they are put together.

The digests were taken before what a decision fixes was written once and joined (ADR 26), and anew when the private part
came to say which key signed (ADR 27): entry, private parts and answer. Who changes them changes what is on record, and
says so in an ADR.
"""

import asyncio
from dataclasses import replace
from hashlib import sha256
from typing import Any

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from audit import canonical
from gateway.api.rendering import disclosed
from gateway.domain.decision import Decision, Deny, Obligation, Permit, Reason
from gateway.domain.element import Form, FormKind
from gateway.domain.target import ListQuery, SubjectIdentifier
from gateway.service.disclosure import submission
from gateway.service.disclosure.answer import Disclosed
from gateway.service.ports import DecisionQuery
from tests.simulator import REVISION, permit, world

RECORDS: list[dict[str, Any]] = [
    {"uci": "0000-0001", "name": "Ana Zoë", "status": 'open "é" \\ / \u20ac', "region": "ON", "do_not_disclose": False},
    {"uci": "0000-0002", "name": "B", "status": None, "notes": "cnry", "region": "ON", "do_not_disclose": False},
    {"uci": "0000-0003", "name": "C", "status": "shut", "notes": "n", "region": "ON", "do_not_disclose": True},
]
FORMS = {"status": Form(FormKind.PLAIN), "name": Form(FormKind.MASK, keep=2), "region": Form(FormKind.PLAIN)}
DUTIES = (
    Obligation("dispose", "disclosure", 730, ("DESDA-35", "isa-1/A")),
    Obligation("caveat", "disclosure", None, ("PA-8-2-f",)),
    Obligation("tell", "receipt", 0),
)
ASKED: dict[str, dict[str, Any]] = {
    "a record": {"elements": ("status", "name")},
    "a withheld element": {"elements": ("status", "notes", "name", "region"), "acting_officer": 'officer "7" é'},
    "no case reference": {"elements": ("region",), "case_reference": None},
    "a page": {"elements": ("status", "name", "notes"), "target": ListQuery({"region": "ON"}, 10, None)},
    "a protected record": {"target": SubjectIdentifier("uci", "0000-0003")},
    "an absent record": {"target": SubjectIdentifier("uci", "0000-0009")},
    "an unknown purpose": {"purpose": "Nobody knows"},
}
BEFORE = {
    "a record": "9b4a175f73b93b9743b25222ba069281e8415e54a81c7413d2fee7d15899fe6d",
    "a withheld element": "ec204bd00452acbd9ad84795d2c0088c69b53dad8b76d8ea3eeef19026bce4d9",
    "no case reference": "da102ed55451ba250bb6b8a98c43c86f82431f902909c70989938b059b2461b7",
    "a page": "95168dd3a4bd9410eea8eff87816e2b82d1964b6cc88fbcbd9428c0a4ca7f6c8",
    "a protected record": "39eed797a48ef62ee3d95efc0ea67f9fcc60c142928d27e3825c9b6b0e1267cf",
    "an absent record": "79dee1903c719d6c691ebe7be9797eda0e8313a772947a2a96c0420797e230d6",
    "an unknown purpose": "af3330d5cbfaa7009949cda247ba1296b272cae28c55101c932ff07958bedb53",
}


def rule(query: DecisionQuery) -> Decision:
    if query.record_attributes is not None and dict(query.record_attributes)["do_not_disclose"]:
        return Deny((Reason("record-protected", ("DESDA-37",)),), REVISION)
    reasons = (Reason("clause-matched", ("isa-1/A",)), Reason("clause-matched"), Reason("case-open", ("PA-4", "DCI-5")))
    return replace(permit(query, FORMS), obligations=DUTIES, reasons=reasons)


def titles(code: str) -> dict[str, str]:
    return {"en": f"{code} in words", "fr": f"{code} en toutes lettres, « é »"}


def digest(name: str, monkeypatch: pytest.MonkeyPatch) -> str:
    def salts(count: int) -> list[bytes]:
        return [sha256(bytes([number])).digest() for number in range(count)]

    monkeypatch.setattr(submission, "fresh_salts", salts)
    place = world(RECORDS, rule)
    found = sha256()
    for _again in range(2):
        answer = asyncio.run(place.disclose(place.request(**ASKED[name])))
        made = place.log.submissions[-1]
        for part in (made.entry.to_bytes(), *(part.plaintext + part.commitment for part in made.private)):
            found.update(part)
        if isinstance(answer, Disclosed):
            body = disclosed(answer, titles)
            del body["decision"]["began_under"]  # a member that came since
            found.update(orjson.dumps(body))
    return found.hexdigest()


@pytest.mark.parametrize("name", ASKED)
def test_the_bytes_are_those_of_before(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    assert digest(name, monkeypatch) == BEFORE[name]


def test_what_is_remembered_of_one_decision_is_not_given_for_another(monkeypatch: pytest.MonkeyPatch) -> None:
    """The same permit for both requests, then one that differs in what is written of it."""
    kept: list[Permit] = []

    def same(query: DecisionQuery) -> Decision:
        if not kept:
            kept.append(permit(query))
        return kept[0]

    place = world(RECORDS, same)
    first = asyncio.run(place.disclose(place.request(elements=("status",))))
    kept[0] = replace(kept[0], clauses=("c2",), obligations=DUTIES, discloser_authorities=("DESDA-37",))
    second = asyncio.run(place.disclose(place.request(elements=("status",))))
    assert isinstance(first, Disclosed)
    assert isinstance(second, Disclosed)
    entries = [made.entry for made in place.log.submissions]
    assert [entry.clauses for entry in entries] == [("c1",), ("c2",)]
    assert [len(entry.obligations) for entry in entries] == [0, 3]
    assert [entry.authorities.discloser for entry in entries] == [("DESDA-35",), ("DESDA-37",)]
    for answer in (first, second):
        body = orjson.loads(orjson.dumps(disclosed(answer, titles)))
        assert body["decision"]["clauses"] == list(answer.permit.clauses)
        assert len(body["obligations"]) == len(answer.permit.obligations)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text('az_-09"\\', max_size=5), inner, max_size=4),
    max_leaves=12,
)


@given(st.dictionaries(st.text("abcz_-09", max_size=6), JSON, max_size=5))
def test_a_private_part_is_written_in_the_canonical_form(body: dict[str, object]) -> None:
    assert submission._canonical(body) == canonical.encode(body)  # type: ignore[arg-type]
