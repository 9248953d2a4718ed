"""The staff calls that read the log by its projection: what they answer, who may make them, what is on record."""

import asyncio
import dataclasses
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from gateway.adapters.projection.following import ProjectionFollower
from gateway.adapters.projection.reader import ProjectionReader
from gateway.adapters.rulebook import load as agreements
from gateway.domain.actor import Actor, Identified, Role
from gateway.service.projection.exporting import ACTION, Exporting
from gateway.service.review.coverage import Coverage
from gateway.staff.answering import perform
from gateway.staff.desk import StaffDesk
from gateway.staff.projection_desk import ProjectionDesk
from tests.projected import LogOfEntries, entries
from tests.unit.referral.desk import Desk, desk
from tests.unit.staff.desk import staff_desk

pytestmark = pytest.mark.thorough

AUDITOR = Actor("r.roy", "esdc-isb", frozenset({Role.AUDITOR}), Identified.PEER_CREDENTIALS)
ADMIN = Actor("a.root", "esdc-isb", frozenset({Role.ADMINISTRATOR}), Identified.PEER_CREDENTIALS)


@pytest.fixture
def made(tmp_path: Path) -> Iterator[tuple[StaffDesk, Desk, LogOfEntries]]:
    log, simulated = LogOfEntries.on_sqlite(tmp_path), desk()
    log.append(list(entries(30, 300)))
    builder, place = log.builder()
    builder.advance(1_000)
    reader, follower = ProjectionReader(place), ProjectionFollower(builder)
    parts = ProjectionDesk(
        reader,
        follower,
        Exporting(reader, simulated.world.log, simulated.clock),
        Coverage(agreements.load().agreements, reader, follower, simulated.clock),
        following=False,
    )
    yield dataclasses.replace(staff_desk(simulated), projection=parts), simulated, log
    place.dispose()
    log.engine.dispose()


def asked(staff: StaffDesk, call: str, actor: Actor = AUDITOR, **arguments: Any) -> Any:
    """The answer, as it goes through the socket."""
    return json.loads(json.dumps(asyncio.run(perform(staff, call, arguments, actor))))


def test_answers_say_how_far_they_hold(made: tuple[StaffDesk, Desk, LogOfEntries]) -> None:
    staff, _, log = made
    status = asked(staff, "projection.status")["result"]
    assert (status["up_to"], status["size"], status["behind"], status["following"]) == (300, 300, 0, False)
    count = asked(staff, "projection.count", where={"kind": ["denial"]})["result"]
    assert count["entries"] == sum(one.entry.kind == "denial" for one in log.facts())
    assert (count["up_to"], count["lag_seconds"]) == (300, 0)
    groups = asked(staff, "projection.group", columns=["kind"], limit=3)["result"]
    assert (len(groups["groups"]), groups["left_off"], groups["up_to"]) == (3, True, 300)
    page = asked(staff, "projection.page", limit=10)["result"]
    assert [row["entry_index"] for row in page["rows"]] == list(range(299, 289, -1))
    assert asked(staff, "projection.page", before=page["before"], limit=1)["result"]["rows"][0]["entry_index"] == 289
    log.append(list(entries(31, 5)))
    late = asked(staff, "projection.count")["result"]
    assert late["up_to"] == 300
    assert late["lag_seconds"] > 0


def test_an_export_is_on_record_with_what_was_asked(made: tuple[StaffDesk, Desk, LogOfEntries]) -> None:
    staff, simulated, _ = made
    told = asked(staff, "projection.export", form="parquet", where={"kind": ["denial"]}, first="2025-11-01")["result"]
    submission = simulated.world.log.submissions[-1]
    assert submission.entry.reasons == (ACTION,)
    assert submission.entry.requester == "esdc-isb"
    part = json.loads(submission.private[0].plaintext)["part"]
    assert part["details"] == {
        "question": {"where": {"kind": ["denial"]}, "first": "2025-11-01"},
        "rows": told["rows"],
        "up_to": 300,
        "format": "parquet",
    }
    assert told["question"] == part["details"]["question"]


@pytest.mark.parametrize(
    ("call", "arguments", "message"),
    [
        ("projection.count", {"where": {"kindness": ["x"]}}, "a column is one of"),
        ("projection.count", {"where": {"kind": ["Jean Tremblay"]}}, "where.kind: write codes"),
        ("projection.count", {"where": {"day": ["2026-01-01"]}}, "where.day: ask for days with first and last"),
        ("projection.count", {"first": "yesterday"}, "first: write the day"),
        ("projection.count", {"first": "2026-02-01", "last": "2026-01-01"}, "last: is before first"),
        ("projection.count", {"institution": "l'Emploi"}, "institution: write a code"),
        ("projection.group", {"columns": []}, "columns: name one or two"),
        ("projection.group", {"columns": ["day", "week"]}, "columns: name one of day, week, month"),
        ("projection.group", {"columns": ["form", "withheld"]}, "columns: disclosed and form do not go with"),
        ("projection.export", {"form": "docx"}, "format: one of csv, parquet"),
        ("agreements.coverage", {"since": "soon"}, "since: write the day"),
        ("agreements.coverage", {"agreement": "none-such"}, "there is no agreement of this id in force"),
    ],
)
def test_a_question_that_is_none_is_refused_in_plain_words(
    made: tuple[StaffDesk, Desk, LogOfEntries], call: str, arguments: dict[str, Any], message: str
) -> None:
    error = asked(made[0], call, **arguments)["error"]
    assert error["message"].startswith(message)
    assert "Tremblay" not in error["message"]


def test_begin_anew_is_for_the_administrator_and_pages_are_not(made: tuple[StaffDesk, Desk, LogOfEntries]) -> None:
    staff = made[0]
    assert asked(staff, "projection.rebuild")["error"]["code"] == "not-authorized"
    assert asked(staff, "projection.page", ADMIN)["error"]["code"] == "not-authorized"
    assert asked(staff, "projection.export", ADMIN, form="csv")["error"]["code"] == "not-authorized"
    begun = asked(staff, "projection.rebuild", ADMIN)["result"]
    assert (begun["up_to"], begun["behind"], begun["generation"]) == (0, 300, 2)
