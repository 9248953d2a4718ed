"""Invariant 6 where code fails: an exception full of a person's values leaves as a signed 500 or 503 that says nothing.

Through the whole API with simulated parts that fail at their worst: the message of the exception is the record itself.
"""

import asyncio
import json
from collections.abc import Callable
from typing import NoReturn

import httpx
import pytest

from gateway.domain.decision import Permit
from gateway.domain.errors import LogUnavailableError, PolicyEngineError, SourceError
from gateway.observability import logs
from gateway.service.ports import DecisionQuery
from tests.partner_api import SimulatedGateway, question
from tests.simulator import World, permit, world

RECORD = {
    "uci": "0000-0001",
    "name": "cnry-name00000001",
    "notes": "cnry-notes0000001",
    "region": "ON",
    "status": "cnry-status000001",
    "do_not_disclose": False,
}
CASE = "cnry-case00000001"
VALUES = ("cnry-", "0000-0001", "00000001")


def raising(error: Exception) -> Callable[..., NoReturn]:
    def fail(*_arguments: object, **_named: object) -> NoReturn:
        raise error from ValueError(str(RECORD))

    return fail


def fail_at(place: str, error: Exception, made: World, monkeypatch: pytest.MonkeyPatch) -> None:
    fail = raising(error)
    match place:
        case "engine":
            made.engine.rule = fail
        case "second decision":

            def rule(query: DecisionQuery) -> Permit:
                return permit(query) if query.record_attributes is None else fail()

            made.engine.rule = rule
        case "source":
            monkeypatch.setattr(made.source, "fetch", fail)
        case "redaction":
            monkeypatch.setattr("gateway.service.disclosure.minimise.redact", fail)
        case "evidence":
            monkeypatch.setattr("gateway.service.disclosure.disclose.evidence_of", fail)
        case "log":
            monkeypatch.setattr(made.log, "commit", fail)
        case "rendering":
            monkeypatch.setattr("gateway.api.partner.disclosed", fail)


def ask(made: World) -> httpx.Response:
    """One signed request; `send` verifies the signature of the answer."""
    gateway = SimulatedGateway(made)
    body = json.dumps(question(case_reference=CASE, elements=["status"])).encode()
    return asyncio.run(gateway.send(body))


PLACES = ("engine", "second decision", "source", "redaction", "evidence", "log", "rendering")
TEXT = f"could not handle {RECORD} in case {CASE}"


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("error", [RuntimeError(TEXT), KeyError("cnry-key000000001"), UnicodeError(TEXT)])
def test_a_crash_says_nothing(
    place: str, error: Exception, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    made = world([RECORD])
    fail_at(place, error, made, monkeypatch)
    logs.configure()
    answer = ask(made)
    assert (answer.status_code, answer.json()["code"]) == (500, "internal-error")
    told = "".join(capsys.readouterr())
    assert f'"exception": "{type(error).__name__}"' in told
    assert not any(value in answer.text + str(answer.headers) + told for value in VALUES)


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("kind", [SourceError, LogUnavailableError, PolicyEngineError])
def test_a_dependency_that_says_too_much_is_not_repeated(
    place: str, kind: type[Exception], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    made = world([RECORD])
    fail_at(place, kind(TEXT), made, monkeypatch)
    logs.configure()
    answer = ask(made)
    assert (answer.status_code, answer.json()["code"]) == (503, "unavailable")
    told = "".join(capsys.readouterr())
    assert "dependency-failed" in told
    assert not any(value in answer.text + str(answer.headers) + told for value in VALUES)


def test_without_a_failure_the_same_request_is_answered() -> None:
    answer = ask(world([RECORD]))
    assert answer.status_code == 200
    assert answer.json()["records"] == [{"status": RECORD["status"]}]
