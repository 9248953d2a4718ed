"""Recorded requests as cases: entry and private part become JSON of codes, which is compared as bytes.

Invariant: nothing of the private part gets into a case but what the policy was asked (`recompute.Asked`): no subject,
no case reference, no officer, no record, no filter, and no name of a recipient that no register knows.
Does not: decrypt, or decide what a change is.
"""

from collections.abc import Mapping, Set
from datetime import date
from typing import Any, Final
from zoneinfo import ZoneInfo

import orjson

from audit.vocabulary import parse_time
from gateway.domain.due import OTTAWA, legal_day
from gateway.domain.ground import Determination, EvidenceFacts
from gateway.domain.rulebook import AgreementStanding
from gateway.service.disclosure.recompute import Asked, judged_of
from gateway.service.simulation.change import Recorded, duty_text, recorded
from gateway.service.simulation.recorded import Case

UNKNOWN: Final = "?"
"""Stands for every recipient that is no unit; no unit has such an id."""

Bytes = tuple[bytes, bytes]
"""What was asked, and what was decided."""


class CaseWriter:
    """`zones` and `units` as in `recorded.Scope`."""

    def __init__(self, zones: Mapping[str, str], units: Set[str]) -> None:
        self._zones = {name: zone for name, zone in zones.items() if zone != OTTAWA.key}
        self._units = units

    def write(self, entry: Mapping[str, Any], part: Mapping[str, Any]) -> Bytes:
        """The case of an entry that decides, and of its private part. Raises KeyError, TypeError, ValueError."""
        agreement = entry["agreement"] and entry["agreement"]["id"]
        recipient = part.get("recipient")
        if recipient is None:
            recipient = entry["recipient"] or ""
        elif recipient not in self._units:
            recipient = UNKNOWN
        day = part.get("day")
        asked = (
            *(entry["requester"], recipient, entry["custodian"], agreement, entry["record_type"], entry["purpose"]),
            *(part["elements"], entry["cardinality"], entry["ground"], day or entry["time"][:10]),
            self._day_of_term(agreement, entry["time"], day),
            *(part["case_reference"] is not None, part["outcome"], part["judged"]),
            *(part.get("evidence"), part.get("determination"), part.get("settled", ())),
            part.get("standing", AgreementStanding.IN_FORCE.value),
        )
        authorities = entry["authorities"]
        decided = (
            *(entry["effect"], entry["reasons"]),
            [(one["element"], one["form"]) for one in entry["disclosed"]],
            [(one["element"], one["reason"]) for one in entry["withheld"]],
            (*entry["clauses"], *authorities["discloser"], *authorities["recipient"]),
            _duties(entry, day),
        )
        return orjson.dumps(asked), orjson.dumps(decided)

    def _day_of_term(self, agreement: str | None, time: str, day: str | None) -> str | None:
        """The day in the zone of the term, None where that is the day of the law."""
        zone = None if agreement is None or day is None else self._zones.get(agreement)
        return None if zone is None else parse_time(time).astimezone(ZoneInfo(zone)).date().isoformat()


class CaseReader:
    """Makes each case once."""

    def __init__(self) -> None:
        self._cases: dict[Bytes, Case] = {}
        self._asked: dict[bytes, Asked] = {}
        self._decided: dict[bytes, Recorded] = {}

    def read(self, written: Bytes) -> Case:
        case = self._cases.get(written)
        if case is None:
            asked, decided = written
            if asked not in self._asked:
                self._asked[asked] = _asked(orjson.loads(asked))
            if decided not in self._decided:
                self._decided[decided] = _decided(orjson.loads(decided))
            name = asked + decided
            case = self._cases[written] = Case(name, asked, self._asked[asked], self._decided[decided])
        return case


def _duties(entry: Mapping[str, Any], day: str | None) -> list[str]:
    if not entry["obligations"]:
        return []
    began = date.fromisoformat(day) if day else legal_day(parse_time(entry["time"]))
    return [
        duty_text(one["code"], None if one["due"] is None else (date.fromisoformat(one["due"]) - began).days)
        for one in entry["obligations"]
    ]


def _asked(said: list[Any]) -> Asked:
    requester, recipient, custodian, agreement, record_type, purpose, elements, cardinality, ground, *rest = said
    on, agreement_on, case_reference, outcome, judged, facts, determination, settled, standing = rest
    return Asked(
        requester=requester,
        recipient=recipient,
        custodian=custodian or "",
        agreement=agreement,
        record_type=record_type or "",
        purpose=purpose,
        elements=tuple(elements),
        cardinality=cardinality or "",
        ground=ground or "",
        on=date.fromisoformat(on),
        agreement_on=None if agreement_on is None else date.fromisoformat(agreement_on),
        case_reference=case_reference,
        outcome=outcome,
        judged=judged_of(judged),
        facts=EvidenceFacts.from_json(facts) if facts else None,
        determination=Determination.from_json(determination) if determination else None,
        settled=tuple(settled),
        standing=AgreementStanding(standing),
    )


def _decided(said: list[Any]) -> Recorded:
    effect, reasons, forms, withheld, basis, duties = said
    return recorded(
        effect=effect,
        reasons=reasons,
        forms=((name, form) for name, form in forms),
        withheld=((name, reason) for name, reason in withheld),
        basis=basis,
        duties=duties,
    )
