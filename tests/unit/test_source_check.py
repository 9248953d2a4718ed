"""A source that gives something else than it was asked for: nothing leaves, the entry says why in private, and to the
caller it is a record that is not there."""

import asyncio
import threading
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import pytest

from gateway.domain.decision import Decision
from gateway.domain.element import Form, FormKind
from gateway.domain.record import SourcePage, SourceRecord
from gateway.domain.redact import RedactionContext
from gateway.domain.target import ListQuery, SubjectIdentifier
from gateway.service.disclosure import source_check
from gateway.service.disclosure.answer import Answer, Disclosed, Refused
from gateway.service.ports import DecisionQuery, Scrubbed, Source
from tests.simulator import OneSource, World, permit, world
from tests.unit.test_disclose import RECORD, protecting

PERSON = SubjectIdentifier("uci", "0000-0001")
LIST = ListQuery({"region": "ON"}, 3, None)
GOOD: dict[str, Any] = {**RECORD}


def given(
    reference: str = "0", found_by: object = "0000-0001", unfit: Sequence[str] = (), **values: object
) -> SourceRecord:
    held: dict[str, Any] = {**GOOD, **values}
    return SourceRecord(
        reference,
        {name: value for name, value in held.items() if name not in unfit},
        frozenset(unfit),
        (found_by,),  # type: ignore[arg-type]
    )


@dataclass
class LyingSource:
    """Answers every question with the same records."""

    records: tuple[SourceRecord, ...]
    alarms: list[tuple[str, str]] = field(default_factory=list)

    async def fetch(self, subject: SubjectIdentifier, elements: Sequence[str]) -> tuple[SourceRecord, ...]:
        return self.records

    async def page(self, query: ListQuery, elements: Sequence[str]) -> SourcePage:
        return SourcePage(self.records, None)

    async def count(self, filters: object) -> int:
        return len(self.records)


def lied_to(*records: SourceRecord, rule: object = protecting) -> World:
    place = world([], rule)  # type: ignore[arg-type]
    lying: Source = LyingSource(records)
    place.disclose._gather._sources = OneSource(lying)  # type: ignore[arg-type]
    return place


def ask(place: World, **changes: object) -> Answer:
    return asyncio.run(place.disclose(place.request(**changes)))


DOUBTS = [
    ("another person", (given(found_by="0000-0002", uci="0000-0002"),), source_check.OTHER_RECORD),
    ("no identifier", (given(found_by=None),), source_check.OTHER_RECORD),
    ("an identifier of another kind", (given(found_by=True),), source_check.OTHER_RECORD),
    ("nearly the identifier", (given(found_by="0000-00011"),), source_check.OTHER_RECORD),
    ("one right, one wrong", (given(), given("1", "0000-0003", uci="0000-0003")), source_check.OTHER_RECORD),
    ("two people under one number", (given(), given("1", uci="0000-0003")), source_check.SEVERAL_SUBJECTS),
    ("nobody", (given(uci=None),), source_check.UNREADABLE_SUBJECT),
    ("somebody unreadable", (given(uci="???"),), source_check.UNREADABLE_SUBJECT),
    ("a subject that does not fit", (given(unfit=["uci"]),), source_check.UNREADABLE_SUBJECT),
    ("a cut at fifty", tuple(given(str(n)) for n in range(51)), source_check.TOO_MANY),
    ("one record twice", (given(), given()), source_check.REPEATED),
    (
        "another custodian",
        (SourceRecord("0", GOOD, found_by=("0000-0001",), provenance={"custodian": "cbsa"}),),
        source_check.OTHER_PROVENANCE,
    ),
    (
        "another program",
        (SourceRecord("0", GOOD, found_by=("0000-0001",), provenance={"program": "customs"}),),
        source_check.OTHER_PROVENANCE,
    ),
    (
        "no custodian",
        (SourceRecord("0", GOOD, found_by=("0000-0001",), provenance={"custodian": None}),),
        source_check.OTHER_PROVENANCE,
    ),
]


@pytest.mark.parametrize(("records", "doubt"), [case[1:] for case in DOUBTS], ids=[case[0] for case in DOUBTS])
@pytest.mark.parametrize("form", [FormKind.PLAIN, FormKind.EXISTS])
def test_what_was_not_asked_for_is_not_there(records: tuple[SourceRecord, ...], doubt: str, form: FormKind) -> None:
    def rule(query: DecisionQuery) -> Decision:
        return permit(query, {"status": Form(form)})

    place, nothing = lied_to(*records, rule=rule), lied_to(rule=lambda query: permit(query))
    answer, absent = ask(place, elements=("status",)), ask(nothing, elements=("status",))
    assert isinstance(answer, Refused)
    assert isinstance(absent, Refused)
    assert answer.decision == absent.decision
    private = place.log.private()
    assert (private["outcome"], private["reasons"], private["records"]) == ("not-believed", [doubt], [])
    assert place.source.alarms == [("worker-case", doubt)]


@pytest.mark.parametrize(
    ("records", "doubt"),
    [
        ((given(region="QC"),), source_check.OTHER_FILTER),
        ((given(), given("1", uci="0000-0003", region=None)), source_check.OTHER_FILTER),
        ((given(unfit=["region"]),), source_check.OTHER_FILTER),
        ((given(uci=None),), source_check.UNREADABLE_SUBJECT),
        ((given(), given()), source_check.REPEATED),
        (tuple(given(str(n)) for n in range(4)), source_check.TOO_MANY),
    ],
)
def test_a_page_that_is_not_the_one_asked_for_does_not_leave(records: tuple[SourceRecord, ...], doubt: str) -> None:
    place = lied_to(*records)
    assert isinstance(ask(place, target=LIST, case_reference=None), Refused)
    assert (place.log.private()["outcome"], place.log.private()["reasons"]) == ("not-believed", [doubt])
    assert place.source.alarms == [("worker-case", doubt)]


@pytest.mark.parametrize("spelled", ["0000-0001", "00000001", " 0000-0001 "])
def test_another_spelling_is_the_same_record(spelled: str) -> None:
    place = lied_to(given(found_by=spelled, uci=spelled))
    assert isinstance(ask(place), Disclosed)
    assert place.source.alarms == []


@pytest.mark.parametrize("protected", [True, False])
@pytest.mark.parametrize("unfit", ["status", "notes", "name", "region"])
def test_a_value_that_does_not_fit_tells_nothing_of_a_protected_record(unfit: str, protected: bool) -> None:
    place = lied_to(given(unfit=[unfit], do_not_disclose=protected))
    answer = ask(place, elements=("status", "region"))
    if not protected:
        assert isinstance(answer, Disclosed)
        assert set(answer.records[0]) == {"status", "region"} - {unfit}
        return
    absent = ask(lied_to(), elements=("status", "region"))
    assert isinstance(answer, Refused)
    assert isinstance(absent, Refused)
    assert answer.decision == absent.decision


@pytest.mark.parametrize("attribute", [given(unfit=["do_not_disclose"]), given(do_not_disclose="no")])
def test_an_attribute_that_cannot_be_read_protects(attribute: SourceRecord) -> None:
    place = lied_to(attribute)
    assert isinstance(ask(place), Refused)
    assert (place.log.private()["outcome"], place.log.private()["reasons"]) == (
        "protected",
        [source_check.UNFIT_ATTRIBUTE],
    )
    assert place.source.alarms == [("worker-case", source_check.UNFIT_ATTRIBUTE)]
    page = lied_to(attribute, given("1", uci="0000-0003"))
    answer = ask(page, target=LIST, case_reference=None)
    assert isinstance(answer, Disclosed)
    assert len(answer.records) == 1


def test_a_text_is_not_scrubbed_without_a_name_that_cannot_be_read() -> None:
    def rule(query: DecisionQuery) -> Decision:
        return permit(query, {"notes": Form(FormKind.SCRUB), "status": Form(FormKind.PLAIN)})

    answer = ask(lied_to(given(unfit=["name"]), rule=rule), elements=("notes", "status"))
    assert isinstance(answer, Disclosed)
    assert [(item.element, item.reason) for item in answer.permit.withheld] == [("notes", "scrub-failed")]


def test_a_long_note_is_scrubbed_off_the_event_loop() -> None:
    """While a thread scrubs, the loop serves others."""
    ran: list[str] = []

    class Slow:
        def scrub(self, text: str, names: Sequence[str]) -> Scrubbed:
            ran.append(threading.current_thread().name)
            return Scrubbed("clean", {})

    def rule(query: DecisionQuery) -> Decision:
        return permit(query, {"notes": Form(FormKind.SCRUB), "status": Form(FormKind.PLAIN)})

    for size, on_the_loop in ((100, True), (5_000, False)):
        place = lied_to(given(notes="n" * size), rule=rule)
        place.disclose._gather._redaction = lambda _recipient, _agreement, on: RedactionContext(on, scrubber=Slow())
        assert isinstance(ask(place, elements=("notes", "status")), Disclosed)
        assert (ran.pop() == threading.main_thread().name) is on_the_loop


def test_what_one_record_of_a_page_lacks_is_said_of_that_record() -> None:
    """An element that another record has is not silently missing."""
    place = lied_to(given(), given("1", uci="0000-0003", unfit=["status"]), given("2", uci="0000-0004"))
    answer = ask(place, target=LIST, elements=("status", "region"), case_reference=None)
    assert isinstance(answer, Disclosed)
    assert [set(record) for record in answer.records] == [{"status", "region"}, {"region"}, {"status", "region"}]
    assert answer.permit.withheld == ()
    assert [(item.element, item.reason, item.positions) for item in answer.partly] == [
        ("status", "value-does-not-fit", (1,))
    ]
