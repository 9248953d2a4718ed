"""The person page: who received this person's data, when and why; the account as a letter; erasure.

Invariants: a look-up is a form, put on record before anything is shown; what it found lies under a reference that only
the officer who looked has, so that no address names a person; what the law keeps back is shown to the officer, marked,
and is in no letter. Does not: judge what may be told or erased (`gateway.service.person`).
"""

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, Final

from starlette.responses import Response

from gateway.console.authorization import own
from gateway.console.layout.errors import error_words
from gateway.console.person.kept import keep, keep_person
from gateway.console.person.schemes import scheme_options
from gateway.console.person.words import WORDS
from gateway.console.topic import Topic, act, show
from gateway.console.visit import NotHereError, Problem, Visit
from gateway.domain.actor import Role
from gateway.domain.due import OTTAWA
from gateway.service.words.sentences import BOTH, Lang
from gateway.staff.asking import StaffCallError

SHOWN: Final = 100
_SIDES: Final = ("requester", "recipient", "custodian")
_LETTERS: Final[Mapping[str, tuple[Lang, str]]] = {
    f"account-{lang}.{kind}": (lang, kind) for lang in BOTH for kind in ("pdf", "txt")
}
_FIELDS: Final = {"malformed-identifier": "value", "day-in-future": "received", "reasons-missing": "because"}


async def find(visit: Visit) -> Response:
    """Whom."""
    return visit.page("find.html", schemes=scheme_options(visit))


async def look_up(visit: Visit) -> Response:
    """On record first; then to what was found."""
    typed = visit.typed
    subject = {"scheme": typed.get("scheme"), "value": typed.get("value").strip()}
    try:
        found = await visit.call("person.look-up", **subject)
    except StaffCallError as error:
        return await find(visit.with_problems(_problem(error, visit)))
    reference = await keep_person(visit, subject, [one["entry_index"] for one in found])
    return visit.go(f"/person/{reference}")


async def person(visit: Visit) -> Response:
    """The time line, the newest first."""
    kept = await _kept(visit, "person")
    newest = sorted(kept["entries"], reverse=True)
    lines = await visit.call("entry.lines", entries=newest[:SHOWN])
    mine = [one for one in lines if any(visit.is_own(one[side]) for side in _SIDES)]
    looked = [one for one in mine if one["reasons"] == ["person-looked-up"]]
    events = [one for one in mine if one not in looked]
    return visit.page(
        "person.html",
        subject=kept["subject"],
        scheme=str(visit.words(f"scheme-{kept['subject']['scheme']}")),
        events=events,
        disclosures=sum(1 for one in events if one["disclosed"]),
        looked=len(looked),
        left=max(0, len(newest) - SHOWN),
        today=datetime.now(UTC).astimezone(OTTAWA).date().isoformat(),
        reference=visit.part("reference"),
    )


async def give_account(visit: Visit) -> Response:
    """The account, as it would leave."""
    kept, typed = await _kept(visit, "person"), visit.typed
    chosen = {"tell": _numbers(typed.all("tell")), "hold": _numbers(typed.all("hold"))}
    because = typed.get("because").strip()
    try:
        told = await visit.call(
            "account.give",
            identifiers=[kept["subject"]],
            received=typed.get("received").strip(),
            because=because,
            **chosen,
        )
    except StaffCallError as error:
        return await person(visit.with_problems(_problem(error, visit)))
    body = {
        **{name: told[name] for name in ("reference", "letters", "machine")},
        "for_officer": told["officer"],
        "person": visit.part("reference"),
    }
    return visit.go(f"/account/{await keep(visit, 'account', body)}")


async def account(visit: Visit) -> Response:
    """The letters, and apart from them what is for the officer alone."""
    kept = await _kept(visit, "account")
    officer = kept["for_officer"]
    indexes = [*officer["told"], *(one["entry_index"] for one in officer["held_back"])]
    lines = {one["entry_index"]: one for one in await visit.call("entry.lines", entries=indexes[:SHOWN])}
    return visit.page(
        "account.html",
        kept=kept,
        officer=officer,
        lines=lines,
        letters={lang: visit.room.letters.text(kept["letters"][lang], lang, protected=False).decode() for lang in BOTH},
        reference=visit.part("reference"),
    )


async def letter(visit: Visit) -> Response:
    """A letter to take away."""
    kept, name = await _kept(visit, "account"), visit.part("file")
    if name == "account.json":
        body = json.dumps(kept["machine"], ensure_ascii=False, indent=2).encode() + b"\n"
        return visit.send(body, "application/json", name)
    if name not in _LETTERS:
        raise NotHereError
    lang, kind = _LETTERS[name]
    marked = kept["letters"][lang]
    if kind == "txt":
        return visit.send(visit.room.letters.text(marked, lang, protected=False), "text/plain; charset=utf-8", name)
    return visit.send(visit.room.letters.pdf(marked, lang, protected=False), "application/pdf", name)


async def erase(visit: Visit) -> Response:
    """What became of it, or what stands in its way."""
    kept, typed = await _kept(visit, "person"), visit.typed
    if typed.get("sure") != "yes":
        return await person(visit.with_problems(Problem(str(visit.words("erase-tick")), "sure-yes")))
    try:
        told = await visit.call(
            "person.erase",
            **kept["subject"],
            authority=typed.get("authority").strip(),
            regime=typed.get("regime"),
        )
    except StaffCallError as error:
        return await person(visit.with_problems(_problem(error, visit)))
    return visit.page("erased.html", told=told, reference=visit.part("reference"))


async def _mine(visit: Visit) -> str | None:
    """The actor's own unit where the reference is theirs."""
    body = await visit.room.references.open(visit.part("reference"), visit.room.sessions.now())
    return visit.actor.unit if body is not None and body.get("officer") == visit.actor.officer else None


async def _kept(visit: Visit, kind: str) -> dict[str, Any]:
    """Raises NotHereError."""
    body = await visit.room.references.open(visit.part("reference"), visit.room.sessions.now())
    if body is None or body.get("officer") != visit.actor.officer or body.get("kind") != kind:
        raise NotHereError
    return body


def _numbers(values: list[str]) -> list[int]:
    return [int(value) for value in values if value.isascii() and value.isdecimal()]


def _problem(error: StaffCallError, visit: Visit) -> Problem:
    return Problem(error_words(error.code, str(error), visit.lang, error.facts), _FIELDS.get(error.code))


_ONE: Final = "/person/{reference}"
_OFFICER: Final = own(Role.PRIVACY_OFFICER)
PERSON: Final = Topic(
    "person",
    WORDS,
    (
        show("/person", find, _OFFICER),
        act("/person/find", look_up, _OFFICER, shows=find),
        show(_ONE, person, _OFFICER, _mine),
        act(f"{_ONE}/account", give_account, _OFFICER, shows=person, owner=_mine),
        act(f"{_ONE}/erase", erase, own(Role.PRIVACY_OFFICER, step_up=True), shows=person, owner=_mine),
        show("/account/{reference}", account, _OFFICER, _mine),
        show("/account/{reference}/{file}", letter, _OFFICER, _mine),
    ),
    menu="/person",
)
