"""Consents on file: finding a person's, putting one on file, ending one.

Invariants: consents are found by a look-up that is on record first, and lie under a reference that only the officer who
looked has; the signed paper stays with the officer, only its fingerprint is sent. Does not: say what a consent opens
(the policy does).
"""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any, Final

from starlette.responses import Response

from gateway.console.authorization import own
from gateway.console.consents.words import WORDS
from gateway.console.layout.refused import problem_of
from gateway.console.person.kept import keep
from gateway.console.person.schemes import SCHEMES, scheme_options
from gateway.console.topic import Topic, act, show
from gateway.console.visit import NotHereError, Problem, Visit
from gateway.domain.actor import Role
from gateway.domain.due import OTTAWA
from gateway.staff.asking import StaffCallError

_FIELDS: Final[Mapping[str, str]] = {
    "malformed-identifier": "value",
    "record-type": "record_type",
    "elements": "elements",
    "recipient": "recipient",
    "purpose": "purpose",
    "period": "ends",
    "begins": "begins",
    "ends": "ends",
    "document": "document",
}
_USUAL: Final = timedelta(days=90)


async def find(visit: Visit) -> Response:
    """Whose."""
    return visit.page("find.html", schemes=scheme_options(visit))


async def look_up(visit: Visit) -> Response:
    """On record first; then to what was found."""
    subject = {"scheme": visit.typed.get("scheme"), "value": visit.typed.get("value").strip()}
    try:
        found = await visit.call("consent.find", **subject)
    except StaffCallError as error:
        return await find(visit.with_problems(problem_of(error, visit, _FIELDS)))
    return visit.go(f"/consents/of/{await keep(visit, 'consents', {'subject': subject, 'consents': found})}")


async def consents(visit: Visit) -> Response:
    """A person's consents as they stood at the look-up, the latest first."""
    kept = await _kept(visit)
    return visit.page(
        "consents.html",
        subject=kept["subject"],
        known=SCHEMES,
        rows=[_row(visit, one, await _names(visit)) for one in reversed(kept["consents"])],
        reference=visit.part("reference"),
    )


async def withdraw(visit: Visit) -> Response:
    """A consent ends at once."""
    kept = await _kept(visit)
    try:
        told = await visit.call("consent.withdraw", consent=visit.typed.get("consent"), **kept["subject"])
    except StaffCallError as error:
        return await consents(visit.with_problems(problem_of(error, visit, {})))
    return visit.page("done.html", told=told, key="withdrawn")


async def new_consent(visit: Visit) -> Response:
    """Which records, then what, for whom, why and how long."""
    kinds = [one for one in await visit.call("record-type.list") if visit.is_own(one["custodian"])]
    chosen = visit.typed.get("record_type") if visit.typed.sent else visit.asked("type")
    kind = next((one for one in kinds if one["record_type"] == chosen), None)
    names = await _names(visit)
    today = visit.room.now().astimezone(OTTAWA).date()
    return visit.page(
        "new.html",
        kinds=sorted(((one["record_type"], one["title"][visit.lang]) for one in kinds), key=lambda one: one[1]),
        kind=kind,
        schemes=scheme_options(visit),
        recipients=_chosen(visit, {code: title[visit.lang] for code, title in names["unit"].items()
                                   if code in visit.room.units.known and not visit.is_own(code)}),
        purposes=_chosen(visit, {code: title[visit.lang] for code, title in names["purpose"].items()}),
        today=today.isoformat(),
        usual=(today + _USUAL).isoformat(),
    )  # fmt: skip


async def register(visit: Visit) -> Response:
    """A consent is on file."""
    typed = visit.typed
    last = _day(typed.get("ends"))
    if last is None:
        return await new_consent(visit.with_problems(Problem(str(visit.words("day-missing")), "ends")))
    if _day(typed.get("begins")) is None:
        return await new_consent(visit.with_problems(Problem(str(visit.words("day-missing")), "begins")))
    try:
        told = await visit.call(
            "consent.register",
            scheme=typed.get("scheme"),
            value=typed.get("value").strip(),
            record_type=typed.get("record_type"),
            elements=typed.all("elements"),
            recipient=typed.get("recipient"),
            purpose=typed.get("purpose"),
            begins=typed.get("begins").strip(),
            ends=(last + timedelta(days=1)).isoformat(),
            document=typed.get("document").strip(),
        )
    except StaffCallError as error:
        return await new_consent(visit.with_problems(problem_of(error, visit, _FIELDS)))
    return visit.page("done.html", told=told, key="filed")


def _row(visit: Visit, one: Mapping[str, Any], names: Mapping[str, Any]) -> Mapping[str, Any]:
    """A consent in words; its last day is the one before it ends."""
    lang, elements = visit.lang, names["element"].get(one["record_type"], {})

    def called(column: str, code: str) -> str:
        return str(names[column][code][lang]) if code in names[column] else code

    return {
        **one,
        "record_words": called("record-type", one["record_type"]),
        "element_words": [elements[code][lang] if code in elements else code for code in one["elements"]],
        "recipient_words": called("unit", one["recipient"]),
        "purpose_words": called("purpose", one["purpose"]),
        "last": date.fromisoformat(one["ends"]) - timedelta(days=1),
    }


async def _names(visit: Visit) -> Mapping[str, Any]:
    found: Mapping[str, Any] = await visit.call("log.names")
    return found


def _chosen(visit: Visit, titles: Mapping[str, str]) -> Sequence[tuple[str, str]]:
    return [("", str(visit.words("choose"))), *sorted(titles.items(), key=lambda one: one[1])]


def _day(text: str) -> date | None:
    try:
        found = date.fromisoformat(text.strip())
    except ValueError:
        return None
    return found if 2000 <= found.year <= 2100 else None


async def _kept(visit: Visit) -> dict[str, Any]:
    """Raises NotHereError."""
    body = await visit.room.references.open(visit.part("reference"), visit.room.sessions.now())
    if body is None or body.get("officer") != visit.actor.officer or body.get("kind") != "consents":
        raise NotHereError
    return body


async def _mine(visit: Visit) -> str | None:
    """The actor's own unit where the reference is theirs."""
    body = await visit.room.references.open(visit.part("reference"), visit.room.sessions.now())
    return visit.actor.unit if body is not None and body.get("officer") == visit.actor.officer else None


_OFFICER: Final = own(Role.PRIVACY_OFFICER)
_OF: Final = "/consents/of/{reference}"
CONSENTS: Final = Topic(
    "consents",
    WORDS,
    (
        show("/consents", find, _OFFICER),
        act("/consents/find", look_up, _OFFICER, shows=find),
        show("/consents/new", new_consent, _OFFICER),
        act("/consents/register", register, _OFFICER, shows=new_consent),
        show(_OF, consents, _OFFICER, _mine),
        act(f"{_OF}/withdraw", withdraw, _OFFICER, shows=consents, owner=_mine),
    ),
    menu="/consents",
    group="registers",
)
