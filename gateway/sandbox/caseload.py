"""The clients of employment services in London, with all that is kept of each: caseworker, assessment, plan, member.

Invariant: the first clients have fixed parts to play and are landmarks; of one client every record tells the same.
"""

import random
from collections.abc import Mapping
from datetime import date

from gateway.sandbox.assistance import assessment_values, member_values, plan_values
from gateway.sandbox.clients import ClientParts, client_values, contact_values
from gateway.sandbox.numbers import Numbers
from gateway.sandbox.store import Store, Values

PARTS: Mapping[str, ClientParts] = {
    "shared_client": ClientParts(
        "MISSED_APPOINTMENT", shared=True, protected=False, moving=False, address_kind="own-home"
    ),
    "milestone_client": ClientParts(
        "STARTED_WORK", shared=True, protected=False, moving=False, address_kind="employer-housing"
    ),
    "protected_client": ClientParts(shared=True, protected=True, moving=True, address_kind="shelter"),
    "unshared_client": ClientParts("NEEDS_FUNDING", shared=False, protected=False),
    "moving_client": ClientParts(shared=True, protected=False, moving=True, address_kind="own-home"),
    "confidential_client": ClientParts(
        "CHECKPOINT_REACHED", shared=True, protected=False, moving=True, confidential=True
    ),
}
"""The parts of the first clients, by landmark."""


class Caseload:
    def __init__(self, store: Store, rng: random.Random, numbers: Numbers, today: date) -> None:
        self._store = store
        self._rng = rng
        self._numbers = numbers
        self._today = today

    def build(self, number: int) -> None:
        """Makes `number` clients, at least one for each part."""
        for name, parts in PARTS.items():
            self._client(parts, name)
        for _ in range(number - len(PARTS)):
            self._client(ClientParts(), None)

    def _client(self, parts: ClientParts, name: str | None) -> None:
        rng, numbers, today, shown = self._rng, self._numbers, self._today, name is not None
        client = client_values(rng, numbers, today, parts)
        self._store.add("employment-services-client", client, landmark=shown)
        self._store.add("common-assessment", assessment_values(rng, client, today, parts), landmark=shown)
        self._store.add("employment-action-plan", plan_values(rng, numbers, client, today, parts), landmark=shown)
        if client["shared_client"]:
            contact = contact_values(rng, client, parts)
            self._store.add("caseworker-contact", contact, landmark=shown)
            member = member_values(rng, numbers, client, contact, today, parts)
            self._store.add("social-assistance-member", member, landmark=shown)
        if name is not None:
            self._mark(name, client)

    def _mark(self, name: str, client: Values) -> None:
        mark, person = self._store.mark, client["cams_person_reference"]
        mark(name, "employment-services-client", "cams-person-reference", person)
        mark(f"{name}_assessment", "common-assessment", "cams-person-reference", person)
        mark(f"{name}_plan", "employment-action-plan", "cams-person-reference", person)
        if client["shared_client"]:
            mark(f"{name}_caseworker", "caseworker-contact", "client-reference", client["cams_case_reference"])
            mark(f"{name}_member", "social-assistance-member", "sams-member-id", client["sams_member_id"])
