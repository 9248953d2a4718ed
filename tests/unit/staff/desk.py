"""The staff's desk of an institution over the simulated log, without the work list."""

from typing import Any, cast

from gateway.domain.element import Catalogue
from gateway.service.ground.consents import Consents, Known
from gateway.service.person.holds import Holds
from gateway.service.referral.listing import ReferralListing
from gateway.service.simulation.record import SimulationRecord
from gateway.staff.desk import StaffDesk
from tests.simulator import WORKER_CASE, SimulatedCases
from tests.unit.referral.desk import ORGANIZATIONS, Desk

KNOWN = Known(
    elements={WORKER_CASE.id: frozenset(WORKER_CASE.elements)},
    custodians={WORKER_CASE.id: "esdc"},
    organizations=ORGANIZATIONS,
    purposes=frozenset({"protection"}),
)


def staff_desk(made: Desk) -> StaffDesk:
    """`work` is left out; no call of a test here reaches it."""
    log = made.world.log
    return StaffDesk(
        consents=Consents(SimulatedCases(log), log, made.clock, KNOWN),
        holds=Holds(SimulatedCases(log), log, made.clock, ORGANIZATIONS),
        lookup=cast(Any, None),
        concerned=cast(Any, None),
        erasure=cast(Any, None),
        delegations=made.delegations,
        deciding=made.deciding,
        referrals=made.referrals,
        listing=ReferralListing(SimulatedCases(log)),
        referral_clock=made.ticking,
        simulations=SimulationRecord(log, made.clock),
        trials=cast(Any, None),
        work=cast(Any, None),
        keys=cast(Any, None),
        replay=cast(Any, None),
        adoption=cast(Any, None),
        rulebook=cast(Any, None),
        projection=cast(Any, None),
        oversight=cast(Any, None),
        looking_back=cast(Any, None),
        organizations=ORGANIZATIONS,
        reading=cast(Any, None),
        catalogue=Catalogue({WORKER_CASE.id: WORKER_CASE}),
        clock=made.clock,
        schemes={},
        sandbox=True,
    )
