"""Corrections: putting on record that a person's record was corrected, or a notation made, so that whoever received it
is told.

Invariant: the person is named in a form; who is told, and under which Act, is said by the use case. Does not: correct a
record, or send a notice.
"""

from collections.abc import Mapping
from typing import Any, Final

from starlette.responses import Response

from gateway.console.authorization import own
from gateway.console.corrections.words import WORDS
from gateway.console.layout.refused import problem_of
from gateway.console.person.schemes import scheme_options
from gateway.console.topic import Topic, act, show
from gateway.console.visit import Problem, Visit
from gateway.domain.actor import Role
from gateway.domain.due import OTTAWA
from gateway.service.words.addressees import ADDRESSEES
from gateway.service.words.staff import HELD
from gateway.staff.asking import StaffCallError

_FIELDS: Final[Mapping[str, str]] = {
    "malformed-identifier": "value",
    "record-type": "record_type",
    "element": "elements",
    "requested": "requested",
    "kind": "kind-correction",
    "scheme": "value",
}
KINDS: Final = ("correction", "notation")


async def corrections(visit: Visit) -> Response:
    """Which records; then what was corrected, for whom."""
    kinds = [one for one in await visit.call("record-type.list") if visit.is_own(one["custodian"])]
    chosen = visit.typed.get("record_type") if visit.typed.sent else visit.asked("type")
    return visit.page(
        "corrections.html",
        kinds=sorted(((one["record_type"], one["title"][visit.lang]) for one in kinds), key=lambda one: one[1]),
        kind=next((one for one in kinds if one["record_type"] == chosen), None),
        schemes=scheme_options(visit),
        made=KINDS,
        today=visit.room.now().astimezone(OTTAWA).date().isoformat(),
    )


async def record(visit: Visit) -> Response:
    """On record, with a notice drafted to each who received it."""
    typed = visit.typed
    if typed.get("kind") not in KINDS:
        return await corrections(visit.with_problems(Problem(str(visit.words("kind-missing")), "kind-correction")))
    named = [(typed.get(f"scheme{nth}"), typed.get(f"value{nth}").strip()) for nth in ("", "_2")]
    try:
        told = await visit.call(
            "correction.record",
            identifiers=[{"scheme": scheme, "value": value} for scheme, value in named if value],
            kind=typed.get("kind"),
            record_type=typed.get("record_type"),
            elements=typed.all("elements"),
            requested=typed.get("requested").strip(),
        )
    except StaffCallError as error:
        return await corrections(visit.with_problems(problem_of(error, visit, _FIELDS)))
    duties = [{**one, "to": _named(visit, one["addressee"]), "why": _held(visit, one)} for one in told["duties"]]
    return visit.page("recorded.html", told=told, duties=duties, key=typed.get("kind"))


def _named(visit: Visit, code: str) -> str:
    return ADDRESSEES[code][visit.lang] if code in ADDRESSEES else visit.unit_name(code)


def _held(visit: Visit, one: Mapping[str, Any]) -> str | None:
    return HELD[visit.lang].get(one["held"], one["held"]) if one["held"] else None


_OFFICER: Final = own(Role.PRIVACY_OFFICER)
CORRECTIONS: Final = Topic(
    "corrections",
    WORDS,
    (
        show("/corrections", corrections, _OFFICER),
        act("/corrections/record", record, _OFFICER, shows=corrections),
    ),
    menu="/corrections",
    group="registers",
)
