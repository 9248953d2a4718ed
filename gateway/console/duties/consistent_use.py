"""A form for a new consistent use, which the Privacy Commissioner is told of (Privacy Act 9(4)).

Does not: judge whether a use is consistent; people do.
"""

from starlette.responses import Response

from gateway.console.layout.refused import problem_of
from gateway.console.visit import Problem, Visit
from gateway.staff.asking import StaffCallError


async def consistent_use(visit: Visit) -> Response:
    """Which agreement, which purpose, which information bank."""
    names, kinds = await visit.call("log.names"), await visit.call("record-type.list")
    banks = {one["information_bank"] for one in kinds if visit.is_own(one["custodian"]) and one["information_bank"]}
    return visit.page(
        "consistent_use.html",
        agreements=_options(visit, {code: title[visit.lang] for code, title in names["agreement"].items()}),
        purposes=_options(visit, {code: title[visit.lang] for code, title in names["purpose"].items()}),
        banks=_options(visit, {code: code for code in banks}),
    )


async def note_use(visit: Visit) -> Response:
    """On record, with the duty to tell the Commissioner."""
    chosen = {name: visit.typed.get(name) for name in ("agreement", "purpose", "bank")}
    missing = [Problem(str(visit.words("choose-one")), name) for name, value in chosen.items() if not value]
    if missing:
        return await consistent_use(visit.with_problems(*missing))
    try:
        told = await visit.call("obligation.consistent-use", **chosen)
    except StaffCallError as error:
        return await consistent_use(visit.with_problems(problem_of(error, visit, {})))
    return visit.go(f"/duties/{told['entry_index']}/{told['duties'][0]['position']}")


def _options(visit: Visit, titles: dict[str, str]) -> list[tuple[str, str]]:
    return [("", str(visit.words("choose"))), *sorted(titles.items(), key=lambda one: one[1])]
