"""What one party may ask for: the clauses of agreements that name it as recipient, in words a program can follow.

Use case of `GET /v1/agreements`, and of the hint in a refusal which agreement would have covered the request. A help to
integrators, not a decision: whether a request is permitted is decided each time. Does not read any record.
"""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from gateway.domain.agreement import AgreementVersion
from gateway.domain.element import Catalogue, RecordType
from gateway.domain.errors import InvariantError
from gateway.domain.request import DisclosureRequest
from gateway.domain.rulebook import Stopped
from gateway.service.ports import AgreementRegister


class Entitlements:
    """`stopped` are the agreements that staff suspended or terminated."""

    def __init__(
        self, agreements: AgreementRegister, catalogue: Catalogue, stopped: Mapping[str, Stopped] | None = None
    ) -> None:
        self._agreements = agreements
        self._catalogue = catalogue
        self._stopped = stopped or {}

    def of(self, unit: str, now: datetime) -> list[dict[str, Any]]:
        """One object per agreement concerning the unit, with its standing at `now` (aware), its schedules and the
        clauses open to it."""
        found = []
        for version in self._agreements.concerning(unit):
            schedules = list(self._schedules(version, unit))
            if schedules:
                found.append(
                    {
                        "id": version.id,
                        "version": version.version,
                        "digest": version.digest,
                        "title": version.document["title"],
                        "effective": version.effective.isoformat(),
                        "expiry": version.expiry.isoformat(),
                        **self._standing(version, now),
                        "schedules": schedules,
                    }
                )
        return found

    def _standing(self, version: AgreementVersion, now: datetime) -> dict[str, Any]:
        standing, since = version.standing_on(version.day(now))
        stopped = self._stopped.get(version.id)
        return {
            "standing": standing,
            "since": since if stopped is None else stopped.since,
            "reason": None if stopped is None else dict(stopped.reason),
        }

    def _schedules(self, version: AgreementVersion, unit: str) -> Iterator[dict[str, Any]]:
        for schedule in version.document["schedules"]:
            clauses = [
                self._clause(clause)
                for clause in schedule["clauses"]
                if unit in clause["recipient"]["units"] and self._catalogue.find(clause["record_type"])
            ]
            if clauses:
                yield {
                    "id": schedule["id"],
                    "purpose": schedule["purpose"],
                    "title": schedule["title"],
                    "clauses": clauses,
                }

    def _clause(self, clause: Mapping[str, Any]) -> dict[str, Any]:
        record_type = self._catalogue.find(clause["record_type"])
        if record_type is None:
            raise InvariantError("a clause names a record type that the catalogue does not have")
        return {
            "id": clause["id"],
            "record_type": record_type.id,
            "label": {"en": record_type.label_en, "fr": record_type.label_fr},
            "cardinality": list(clause["cardinality"]),
            "case_reference": clause["case_reference"],
            "identifier_schemes": sorted(record_type.identifiers),
            "filters": list(record_type.filters),
            "elements": [self._element(record_type, element) for element in clause["elements"]],
        }

    def _element(self, record_type: RecordType, granted: Mapping[str, Any]) -> dict[str, Any]:
        element = record_type.elements[granted["name"]]
        return {
            "name": element.name,
            "type": element.type,
            "form": granted["form"],
            "label": {"en": element.label_en, "fr": element.label_fr},
        }


def covering(agreements: AgreementRegister, request: DisclosureRequest, record_type: RecordType) -> tuple[str, ...]:
    """Ids of the requester's agreements in force, besides the one it named, with a clause for this record type,
    purpose, recipient and cardinality; sorted."""
    return tuple(
        sorted(
            version.id
            for version in agreements.concerning(request.requester)
            if version.id != request.agreement
            and request.recipient in version.parties
            and version.in_force(version.day(request.received_at))
            and _covers(version, request, record_type)
        )
    )


def _covers(version: AgreementVersion, request: DisclosureRequest, record_type: RecordType) -> bool:
    return any(
        clause["record_type"] == record_type.id
        and clause["discloser"]["unit"] == record_type.custodian
        and request.recipient in clause["recipient"]["units"]
        and request.cardinality.value in clause["cardinality"]
        for schedule in version.schedules_for(request.purpose)
        for clause in schedule["clauses"]
    )
