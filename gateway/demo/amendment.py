"""The life of an agreement, in the demonstration: an amendment that narrows it, and a suspension that stops a list.

Everything is done as staff do it, through the staff socket beside the running gateway: one person drafts, another
approves, a third publishes while a partner asks without a pause; a fourth suspends. Invariant: each step has to end as
the rules of four eyes and of the commit call for, or DemoError is raised. Does not: print
(`gateway.cli.amendment_page`).
"""

import asyncio
import threading
from collections import Counter
from dataclasses import dataclass, field, replace
from typing import Any, Final

import httpx

from gateway.client.answers import Disclosure
from gateway.client.errors import ClientError, Problem, RefusedError
from gateway.client.question import Question
from gateway.demo.play import DemoError, Sandbox, client_of
from gateway.demo.story import lmia_refresh, open_lmias
from gateway.staff.asking import StaffCallError, ask

AGREEMENT: Final = "esdc-ircc-tfw"
NARROWED: Final = "wage_hourly"
REASON: Final = {
    "en": "A list went to the wrong unit; under review.",
    "fr": "Une liste est parvenue à la mauvaise unité; examen en cours.",
}
_PARTY: Final = "ircc-work-permits"
_UNIT: Final = "esdc-isb"
_PATH: Final = f"isa/{AGREEMENT}.yaml"
_ENOUGH: Final = 3
"""Answers that the partner has to get before and after a step."""


@dataclass(frozen=True, slots=True)
class Amended:
    """`refused` is what its author was told who would approve it; `versions` how many answers named each version while
    the partner asked without a pause; `after` the answer under the new one."""

    draft: str
    digest: str
    refused: str
    entry_index: int
    versions: Counter[str]
    after: Disclosure = field(repr=False)


@dataclass(frozen=True, slots=True)
class Halted:
    """`page` is the first of a list, `problem` what its next page got after the suspension; `listed` is what
    `GET /v1/agreements` says then; `resumed_index` the entry by which two people took the agreement up again."""

    page: Disclosure = field(repr=False)
    entry_index: int
    problem: Problem
    listed: dict[str, Any]
    resumed_index: int


def amend(sandbox: Sandbox) -> Amended:
    """Take an element out of the agreement while a partner asks for it. Raises DemoError."""
    asking = _Asking(sandbox, lmia_refresh(sandbox.landmarks))
    with asking:
        asking.wait(_ENOUGH)
        text = _staff(sandbox, "rulebook.files", "editor")["files"][_PATH]
        draft = _staff(sandbox, "draft.open", "editor", files={_PATH: _narrowed(text)})
        _staff(sandbox, "draft.submit", "editor", draft=draft["draft"], revision=draft["revision"])
        named = {"draft": draft["draft"], "digest": draft["digest"]}
        try:
            _staff(sandbox, "draft.approve", "editor", **named)
        except StaffCallError as refused:
            told = str(refused)
        else:
            raise DemoError("who wrote a draft could approve it")
        _staff(sandbox, "draft.approve", "approver", **named, office="Director, Privacy")
        published = _staff(sandbox, "draft.publish", "publisher", **named)
        asking.wait(_ENOUGH)
    with client_of(sandbox, sandbox.keys[_PARTY]) as client:
        after = client.disclose(lmia_refresh(sandbox.landmarks))
    if NARROWED in after.forms or after.decision["agreement"]["version"] != "2":
        raise DemoError("an element left that the agreement in force does not grant")
    return Amended(draft["draft"], draft["digest"], told, published["entry_index"], asking.versions, after)


def halt(sandbox: Sandbox) -> Halted:
    """Suspend the agreement between two pages of a list, and take it up again. Raises DemoError."""
    pages = open_lmias()
    with client_of(sandbox, sandbox.keys[_PARTY]) as client:
        page = client.disclose(pages)
        reasons = {"reason_en": REASON["en"], "reason_fr": REASON["fr"]}
        suspended = _staff(sandbox, "agreement.suspend", "head", agreement=AGREEMENT, **reasons)
        following = replace(pages, cursor=page.next_cursor)
        try:
            client.disclose(following)
        except RefusedError as refused:
            problem = refused.problem
        else:
            raise DemoError("a page left under an agreement that was suspended")
        (listed,) = [one for one in client.agreements()["agreements"] if one["id"] == AGREEMENT]
    _staff(sandbox, "agreement.resume", "head", agreement=AGREEMENT)
    resumed = _staff(sandbox, "agreement.resume", "approver", agreement=AGREEMENT)
    if not resumed["done"] or listed["standing"] != "suspended":
        raise DemoError("a suspended agreement was not taken up again by two people")
    return Halted(page, suspended["entry_index"], problem, dict(listed), resumed["entry_index"])


def _narrowed(text: str) -> str:
    lines = [line for line in text.splitlines(keepends=True) if f"{{name: {NARROWED}," not in line]
    return "".join(lines).replace('\nversion: "1"\n', '\nversion: "2"\n', 1)


def _staff(sandbox: Sandbox, call: str, officer: str, **arguments: Any) -> Any:
    socket = sandbox.settings.staff_socket
    if socket is None:
        raise DemoError("the demonstration works over the staff socket, and none is set")
    return asyncio.run(ask(socket, call, arguments, {"unit": _UNIT, "officer": f"sandbox-{officer}"}))


class _Asking:
    """A partner that asks the same question without a pause, in a thread, while in the context. `versions` counts the
    answers by the version of the agreement; a request that is not answered fails the demonstration."""

    def __init__(self, sandbox: Sandbox, question: Question) -> None:
        self._sandbox = sandbox
        self._question = question
        self._stop = threading.Event()
        self._answered = threading.Semaphore(0)
        self._failure: str | None = None
        self._thread = threading.Thread(target=self._run, daemon=True)
        self.versions: Counter[str] = Counter()

    def __enter__(self) -> "_Asking":
        self._thread.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self._stop.set()
        self._thread.join()
        if self._failure is not None:
            raise DemoError(f"a request failed while the rulebook changed: {self._failure}")

    def wait(self, answers: int) -> None:
        """Until that many more answers came, or none comes any more."""
        while self._answered.acquire(blocking=False):
            pass
        for _ in range(answers):
            if not self._answered.acquire(timeout=30):
                return

    def _run(self) -> None:
        try:
            with client_of(self._sandbox, self._sandbox.keys[_PARTY]) as client:
                while not self._stop.is_set():
                    answer = client.disclose(self._question)
                    self.versions[answer.decision["agreement"]["version"]] += 1
                    self._answered.release()
        except (ClientError, httpx.HTTPError) as error:
            self._failure = type(error).__name__
