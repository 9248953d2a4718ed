"""Who acted, and what a key signed: on record before a private part is opened, bounded, and nobody else is named."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from audit.entry import Entry
from audit.vocabulary import parse_time
from gateway.domain.actor import Actor
from gateway.domain.errors import LogUnavailableError
from gateway.domain.private_record import PrivateRecord
from gateway.domain.submission import Submission
from gateway.domain.target import SubjectIdentifier
from gateway.service.log.staff_action import staff_submission
from gateway.service.oversight import acts, signed_by
from gateway.service.oversight.acts import StaffActs
from gateway.service.oversight.signed_by import SignedBy
from gateway.service.projection.columns import Column
from gateway.service.projection.questions import Question
from gateway.service.projection.rows import Counted, Groups, Page, Pattern, Row
from tests.simulator import NOW, SimulatedLog

AUDITOR = Actor.stated("opc-audit", "o.tremblay")
PERSON = SubjectIdentifier("uci", "0000-0007")


class Clock:
    def now(self) -> Any:
        return NOW


@dataclass
class Pages:
    """The `Projection` port over a simulated log: pages, newest first."""

    log: SimulatedLog

    async def page(self, question: Question, *, before: int | None = None, limit: int = 50) -> Page:
        rows = [_row(index, made) for index, made in enumerate(self.log.submissions)]
        kinds, units = question.where.get(Column.KIND), question.where.get(Column.REQUESTER)
        fit = [
            row
            for row in reversed(rows)
            if (before is None or row.entry_index < before)
            and (kinds is None or row.pattern.kind in kinds)
            and (units is None or row.pattern.requester in units)
        ]
        more = fit[limit - 1].entry_index if len(fit) > limit else None
        return Page(tuple(fit[:limit]), more, len(rows))

    async def count(self, question: Question) -> Counted:
        raise NotImplementedError

    async def group(self, question: Question, by: Sequence[Column], *, limit: int = 1) -> Groups:
        raise NotImplementedError


def _row(index: int, made: Submission) -> Row:
    entry = made.entry
    pattern = Pattern(kind=entry.kind, requester=entry.requester, reasons=entry.reasons)
    return Row(index, parse_time(entry.time), pattern, entry.records, entry.refers_to)


class Erased(SimulatedLog):
    """Private parts of some entries are gone, of others do not open."""

    def __init__(self) -> None:
        super().__init__()
        self.erased: set[int] = set()
        self.altered: set[int] = set()

    async def private_part(self, entry_index: int) -> bytes | None:
        if entry_index in self.altered:
            raise LogUnavailableError("does not open")
        return None if entry_index in self.erased else await super().private_part(entry_index)


def acted(log: SimulatedLog, officer: str, action: str, **more: Any) -> None:
    made = staff_submission(action=action, actor=Actor.stated("esdc-isb", officer), now=NOW, **more)
    asyncio.run(log.commit(made))


def requested(log: SimulatedLog, keyid: str | None, unit: str = "ircc-cpn") -> None:
    part: dict[str, Any] = {"outcome": "denied", "subject": {"scheme": "uci", "value": PERSON.value}}
    if keyid is not None:
        part["keyid"] = keyid
    entry = Entry(time="2026-11-22T12:00:00.000Z", kind="denial", requester=unit, effect="deny")
    private = PrivateRecord.fresh(part).seal((PERSON,))
    asyncio.run(log.commit(Submission(entry, (private,), (), None, None)))


def test_acts_of_one_officer_whatever_letters_they_are_asked_for_in() -> None:
    log = Erased()
    acted(log, "r.roy", "person-looked-up", subject=PERSON)
    acted(log, "p.singh", "hold-placed", kind="hold")
    acted(log, "r.roy", "notice-read", kind="notice")
    requested(log, "k")
    found = asyncio.run(
        StaffActs(Pages(log), log, log, Clock()).named(
            Question({Column.KIND: acts.ACT_KINDS}), " R.Roy", before=None, limit=10, actor=AUDITOR
        )
    )
    # The look-up itself is the newest act, and somebody else's.
    assert [(one.row.entry_index, one.officer) for one in found.acts] == [(2, "r.roy"), (0, "r.roy")]
    assert (found.read, found.before) == (4, None)
    assert log.submissions[-1].entry.reasons == ("acts-looked-up",)
    assert found.receipt.entry_index == 4
    details: Any = log.private()["details"]
    assert details["officer"] == " R.Roy"
    assert PERSON.value not in repr(found)
    assert "r.roy" not in repr(found)


def test_everybody_is_named_but_who_was_erased_or_does_not_open(monkeypatch: Any) -> None:
    log = Erased()
    for officer in ("a", "b", "c", "d"):
        acted(log, officer, "notice-read")
    log.erased, log.altered = {1}, {2}
    monkeypatch.setattr(acts, "_PAGE", 2)
    use = StaffActs(Pages(log), log, log, Clock())
    question = Question({Column.KIND: acts.ACT_KINDS})
    first = asyncio.run(use.named(question, None, before=None, limit=3, actor=AUDITOR))
    assert [one.officer for one in first.acts] == ["o.tremblay", "d", None]
    second = asyncio.run(use.named(question, None, before=first.before, limit=3, actor=AUDITOR))
    assert [(one.row.entry_index, one.officer) for one in second.acts] == [(1, None), (0, "a")]
    assert second.before is None


def test_looking_through_acts_is_bounded_and_says_where_it_stopped(monkeypatch: Any) -> None:
    log = Erased()
    for _ in range(6):
        acted(log, "a", "notice-read")
    monkeypatch.setattr(acts, "READ_AT_MOST", 3)
    use = StaffActs(Pages(log), log, log, Clock())
    found = asyncio.run(use.named(Question({}), "nobody", before=None, limit=50, actor=AUDITOR))
    assert (found.acts, found.read, found.before) == ((), 3, 4)


def test_nothing_is_opened_where_the_look_up_cannot_be_put_on_record() -> None:
    log = Erased()
    acted(log, "a", "notice-read")
    log.fail_next = True
    opened: list[int] = []

    async def private_part(entry_index: int) -> bytes | None:
        opened.append(entry_index)
        return None

    log.private_part = private_part  # type: ignore[method-assign]
    for work in (
        StaffActs(Pages(log), log, log, Clock()).named(Question({}), None, before=None, limit=1, actor=AUDITOR),
        SignedBy(Pages(log), log, log, Clock()).entries("k", Question({}), actor=AUDITOR),
    ):
        log.fail_next = True
        try:
            asyncio.run(work)
        except LogUnavailableError:
            continue
        raise AssertionError
    assert opened == []


def test_what_a_key_signed_what_another_signed_and_what_nobody_can_tell(monkeypatch: Any) -> None:
    log = Erased()
    requested(log, None)
    for keyid in ("stolen", "other", "stolen", "stolen"):
        requested(log, keyid)
    requested(log, "stolen", unit="cbsa-borders")
    log.erased = {3}
    use, question = SignedBy(Pages(log), log, log, Clock()), Question({Column.REQUESTER: ("ircc-cpn",)})
    found = asyncio.run(use.entries("stolen", question, actor=AUDITOR))
    assert [row.entry_index for row in found.signed] == [4, 1]
    assert [row.entry_index for row in found.unknown] == [3, 0]
    assert (found.others, found.left_off) == (1, False)
    assert log.submissions[-1].entry.reasons == ("key-use-looked-up",)
    assert PERSON.value not in repr(found)
    monkeypatch.setattr(signed_by, "READ_AT_MOST", 2)
    monkeypatch.setattr(signed_by, "_PAGE", 2)
    assert asyncio.run(use.entries("stolen", question, actor=AUDITOR)).left_off
