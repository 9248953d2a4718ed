"""Coverage says how each clause and element was used, and what nobody used."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime

import pytest

from audit.entry import AgreementRef
from gateway.adapters.rulebook import load as agreements
from gateway.service.projection.questions import Question
from gateway.service.projection.rows import Pattern, PatternSum, Standing
from gateway.service.review.coverage import AgreementNotInForceError, AgreementUse, Coverage, Narrowing
from tests.projected import digest

RULEBOOK = agreements.load()
NOW = datetime(2026, 11, 27, 15, tzinfo=UTC)
REFRESH = {
    "requester": "ircc-work-permits",
    "recipient": "ircc-work-permits",
    "custodian": "esdc-pob",
    "agreement": AgreementRef("esdc-ircc-tfw", "1", digest(1)),
    "purpose": "lmia-refresh",
    "record_type": "lmia",
    "ground": "agreement",
}


def found(entries: int, at: datetime = NOW, **members: object) -> PatternSum:
    return PatternSum(Pattern(**{**REFRESH, **members}), entries, entries, 0, 1, at)  # type: ignore[arg-type]


GIVEN = found(
    70, datetime(2026, 11, 1, tzinfo=UTC), kind="disclosure", effect="permit", clauses=("lmia-refresh-1",),
    disclosed=(("decision", "plain"), ("wage_hourly", "plain")), withheld=(("job_title", "unfit-value"),),
)  # fmt: skip
DENIED = found(
    5, kind="denial", effect="deny", reasons=("no-case-reference",),
    withheld=(("decision", "no-case-reference"), ("sin", "no-case-reference")),
)  # fmt: skip
REFERRED = found(2, kind="referral", effect="refer", withheld=(("decision", "for-a-person"),))
BY_STAFF = found(9, kind="staff-action", reasons=("decision-replayed",))
OTHER = found(3, kind="denial", effect="deny", purpose="none-of-these", withheld=(("decision", "no-clause"),))


@dataclass
class Read:
    """The projection of these patterns."""

    sums: Sequence[PatternSum]
    oldest: datetime = datetime(2026, 1, 1, tzinfo=UTC)
    asked: list[Question] = field(default_factory=list)

    async def patterns(self, question: Question) -> Sequence[PatternSum]:
        self.asked.append(question)
        return self.sums

    async def standing(self) -> Standing:
        return Standing(9, 9, 0, self.oldest, NOW, 0.0, 1, 5)

    async def rebuild(self) -> Standing:
        raise AssertionError

    async def advance(self, most: int) -> Standing:
        raise AssertionError(most)

    def now(self) -> datetime:
        return NOW


def coverage(read: Read, **days: date) -> AgreementUse:
    (use,) = asyncio.run(Coverage(RULEBOOK.agreements, read, read, read).of("esdc-ircc-tfw", **days))
    return use


def test_clauses_and_elements_are_counted_with_who_and_when() -> None:
    use = coverage(Read([GIVEN, DENIED, REFERRED, BY_STAFF, OTHER]))
    assert (use.use.asked, use.use.permitted, use.use.withheld, use.use.referred) == (80, 70, 8, 2)
    clause = next(one for one in use.clauses if one.clause == "lmia-refresh-1")
    assert (clause.use.asked, clause.use.permitted, clause.use.withheld, clause.use.referred) == (77, 70, 5, 2)
    assert clause.use.by == {"ircc-work-permits": 77}
    assert clause.use.last == NOW
    decision, wage, title = (clause.elements[name] for name in ("decision", "wage_hourly", "job_title"))
    assert (decision.asked, decision.permitted, decision.withheld, decision.referred) == (77, 70, 5, 2)
    assert decision.reasons == {"no-case-reference": 5}
    assert (wage.asked, wage.permitted, wage.last) == (70, 70, datetime(2026, 11, 1, tzinfo=UTC))
    assert (title.asked, title.permitted, title.withheld) == (70, 0, 70)
    assert list(use.outside) == ["sin"]


def test_what_nobody_used_is_suggested_and_what_is_used_is_not() -> None:
    use = coverage(Read([GIVEN, DENIED]))
    told = {(one.what, one.clause, one.element, one.unit) for one in use.suggestions}
    assert (Narrowing.ALWAYS_WITHHELD, "lmia-refresh-1", "job_title", None) in told
    assert (Narrowing.ELEMENT_UNUSED, "lmia-refresh-1", "duties", None) in told
    assert (Narrowing.RECIPIENT_UNUSED, "lmia-refresh-1", None, "ircc-vulnerable-workers") in told
    assert (Narrowing.CLAUSE_UNUSED, "open-lmia-list-1", None, None) in told
    assert (Narrowing.NOT_IN_AGREEMENT, None, "sin", None) in told
    assert not any(element in ("decision", "wage_hourly") for _, _, element, _ in told)
    assert not any(clause == "open-lmia-list-1" and element for _, clause, element, _ in told)


def test_nothing_is_called_unused_before_it_was_watched_for_long_enough() -> None:
    use = coverage(Read([GIVEN], oldest=datetime(2026, 10, 1, tzinfo=UTC)))
    assert use.early
    assert {one.what for one in use.suggestions} == {Narrowing.ALWAYS_WITHHELD}
    assert coverage(Read([GIVEN]), first=date(2026, 11, 1)).days == 27


def test_days_are_asked_of_the_projection_and_an_unknown_agreement_is_refused() -> None:
    read = Read([])
    coverage(read, first=date(2026, 1, 1), last=date(2026, 3, 31))
    assert (read.asked[0].first, read.asked[0].last) == (date(2026, 1, 1), date(2026, 3, 31))
    every = asyncio.run(Coverage(RULEBOOK.agreements, read, read, read).of())
    assert len(every) == len([one for one in RULEBOOK.agreements if one.in_force(date(2026, 11, 27))])
    with pytest.raises(AgreementNotInForceError):
        asyncio.run(Coverage(RULEBOOK.agreements, read, read, read).of("no-such"))
