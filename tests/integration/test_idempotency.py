"""The Idempotency-Key over HTTP, on both databases: an answer that was lost can be had again, and nothing leaves twice.

No answer is stored. A repeated request reads the record again and gets the first receipt only where every value is
still what was disclosed then.
"""

import asyncio
import sqlite3
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace

import pytest

from gateway.client.answers import Disclosure
from gateway.client.calls import AsyncGateway
from gateway.client.errors import Problem, ProblemError
from gateway.client.question import Question
from gateway.deployment.folder import read_signing_key
from tests.integration.entries import entries_of
from tests.live import LiveGateway, deploy
from tests.postgres import PostgresServer

PARTY = "ircc-work-permits"
AT_ONCE = 20


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def live(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[LiveGateway]:
    changes: dict[str, object] = {}
    if request.param == "postgresql":
        server: PostgresServer = request.getfixturevalue("postgres_server")
        changes["database_url"] = server.create_database()
    with deploy(tmp_path_factory.mktemp("idempotency"), workers=60, **changes).start() as running:  # type: ignore[arg-type]
        yield running


def lmia(live: LiveGateway, name: str = "lmia_confirmed", *elements: str) -> Question:
    about = live.landmarks[name]
    return Question(
        "esdc-ircc-tfw",
        "lmia-refresh",
        "lmia",
        elements or ("decision", "positions_remaining"),
        scheme=about["scheme"],
        value=about["value"],
        case_reference="W000000001",
    )


def ask(live: LiveGateway, question: Question, key: str, party: str = PARTY) -> Disclosure:
    with live.client(party) as client:
        return client.disclose(question, idempotency_key=key)


def refused(live: LiveGateway, question: Question, key: str) -> Problem:
    with pytest.raises(ProblemError) as caught:
        ask(live, question, key)
    return caught.value.problem


def since(live: LiveGateway, index: int) -> list[tuple[str, int | None]]:
    """Kind of every entry after `index`, and the entry it refers to."""
    return [(entry["kind"], entry["refers_to"]) for entry in entries_of(live.settings) if entry["entry_index"] > index]


def test_the_same_key_and_body_give_the_same_receipt(live: LiveGateway) -> None:
    first = ask(live, lmia(live), "lost-answer")
    again = ask(live, lmia(live), "lost-answer")
    assert (again.entry_index, again.records) == (first.entry_index, first.records)
    assert again.receipt.members == first.receipt.members
    assert since(live, first.entry_index) == [("redelivery", first.entry_index)]


def test_the_same_key_with_another_body_is_a_conflict_and_discloses_nothing(live: LiveGateway) -> None:
    first = ask(live, lmia(live), "other-body")
    for other in (lmia(live, "lmia_suspended"), lmia(live, "lmia_confirmed", "decision")):
        problem = refused(live, other, "other-body")
        assert (problem.status, problem.code, problem.element) == (409, "idempotency-key-reused", "idempotency-key")
    assert [kind for kind, _ in since(live, first.entry_index)] == ["denial", "denial"]


def test_the_same_key_after_the_record_changed_is_a_conflict(live: LiveGateway) -> None:
    question = lmia(live, "lmia_suspended")
    first = ask(live, question, "record-changed")
    with closing(sqlite3.connect(live.folder / "world" / "world.db")) as world, world:
        changed = world.execute(
            "UPDATE lmia SET positions_remaining = positions_remaining + 1 WHERE system_file_number = ?",
            (question.value,),
        )
        assert changed.rowcount == 1
    problem = refused(live, question, "record-changed")
    assert (problem.status, problem.code) == (409, "record-changed")
    assert since(live, first.entry_index) == [("denial", first.entry_index)]
    anew = ask(live, question, "asked-anew")
    assert anew.records[0]["positions_remaining"] == first.records[0]["positions_remaining"] + 1


def test_a_key_belongs_to_the_party_that_used_it(live: LiveGateway) -> None:
    ours = ask(live, lmia(live), "a-common-key")
    theirs = replace(lmia(live), purpose="open-lmia-list", record_type="open-lmia", elements=("province",))
    theirs = replace(theirs, scheme=None, value=None, filter={"province": "ON"}, case_reference=None, limit=1)
    answer = ask(live, theirs, "a-common-key", party="ircc-vulnerable-workers")
    assert answer.entry_index > ours.entry_index
    assert answer.records == [{"province": "ON"}]


def test_twenty_at_once_with_one_key_disclose_once(live: LiveGateway) -> None:
    before = max(entry["entry_index"] for entry in entries_of(live.settings))
    question = lmia(live)

    async def all_at_once() -> list[Disclosure | BaseException]:
        pins = [read_signing_key(live.settings.response_key).public.keyid]
        vkey = (live.folder / "gateway" / "log.vkey").read_text("utf-8").strip()
        async with AsyncGateway(live.settings.origin, live.keys[PARTY], pins=pins, log_vkey=vkey, timeout=30) as client:
            calls = (client.disclose(question, idempotency_key="all-at-once") for _ in range(AT_ONCE))
            return await asyncio.gather(*calls, return_exceptions=True)

    answers = asyncio.run(all_at_once())
    disclosures = [answer for answer in answers if isinstance(answer, Disclosure)]
    problems = [answer.problem for answer in answers if isinstance(answer, ProblemError)]
    assert len(disclosures) + len(problems) == AT_ONCE
    assert {problem.status for problem in problems} <= {409}
    assert len({answer.entry_index for answer in disclosures}) == 1
    assert all(answer.receipt.members == disclosures[0].receipt.members for answer in disclosures)

    kinds = Counter(kind for kind, _ in since(live, before))
    assert kinds["disclosure"] == 1
    assert kinds["redelivery"] == len(disclosures) - 1
    assert kinds.total() == AT_ONCE
