"""The staff call that says what the codes of the log are called, for whoever lists entries or offers filters.

Invariant: everything here comes from the deployment's files; nothing of it is about an entry or a person. Does not: say
which codes the log has (`projection.group` does).
"""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any, Final, Protocol

from gateway.domain.actor import Actor
from gateway.domain.agreement import AgreementVersion
from gateway.service.words.sentences import BOTH, GROUNDS, KINDS
from gateway.service.words.staff import ACTIONS
from gateway.staff.projection_desk import ProjectionDesk
from gateway.staff.reading_calls import ReadingDesk

Json = Any


class Desk(Protocol):
    """What this call needs of the staff's desk."""

    @property
    def reading(self) -> ReadingDesk: ...

    @property
    def projection(self) -> ProjectionDesk: ...


async def log_names(desk: Desk, actor: Actor) -> Json:
    """By column of the projection, what each code is called in both languages; elements by record type, and the title
    of the agreement for each clause in force."""
    words, agreements = desk.reading.words, desk.projection.coverage.agreements
    units = desk.reading.parties.units.values()
    types = words.catalogue.record_types
    return {
        "organization": {unit.organization: {"en": unit.institution_en, "fr": unit.institution_fr} for unit in units},
        "unit": {unit.id: {"en": unit.name_en, "fr": unit.name_fr} for unit in units},
        "purpose": {code: dict(title) for code, title in words.purposes.items()},
        "ground": _both(GROUNDS),
        "kind": _both(KINDS),
        "action": _both(ACTIONS),
        "record-type": {code: {"en": one.label_en, "fr": one.label_fr} for code, one in types.items()},
        "element": {
            code: {name: {"en": part.label_en, "fr": part.label_fr} for name, part in one.elements.items()}
            for code, one in types.items()
        },
        "agreement": {one.id: dict(one.document["title"]) for one in agreements},
        "clause": _clauses(agreements),
    }


CODE_NAME_CALLS: Final[Mapping[str, Callable[..., Awaitable[Json]]]] = {"log.names": log_names}


def _both(words: Mapping[Any, Mapping[str, str]]) -> Json:
    return {code: {lang: words[lang][code] for lang in BOTH} for code in words["en"]}


def _clauses(agreements: Sequence[AgreementVersion]) -> Json:
    return {
        clause["id"]: dict(one.document["title"])
        for one in agreements
        for schedule in one.document["schedules"]
        for clause in schedule["clauses"]
    }
