"""The calls that staff commands make, by name: JSON in, JSON out, so that a command works alike on the log itself and
through the socket of a running gateway.

A call takes the desk and who acts, and names what else it needs as keyword arguments of text, numbers, lists and
mappings. Errors are GatewayErrors with a stable code. Who may make which call: `gateway.staff.authorization`.
Does not: hold a call, each topic has a file of its own.
"""

from collections.abc import Awaitable, Callable, Mapping
from typing import Any, Final

from gateway.staff.account_calls import ACCOUNT_CALLS
from gateway.staff.agenda_calls import AGENDA_CALLS
from gateway.staff.agreement_calls import AGREEMENT_CALLS
from gateway.staff.breach_calls import BREACH_CALLS
from gateway.staff.breach_reading_calls import BREACH_READING_CALLS
from gateway.staff.code_names import CODE_NAME_CALLS
from gateway.staff.consent_calls import CONSENT_CALLS
from gateway.staff.correction_calls import CORRECTION_CALLS
from gateway.staff.delegation_calls import DELEGATION_CALLS
from gateway.staff.flag_calls import FLAG_CALLS
from gateway.staff.hold_calls import HOLD_CALLS
from gateway.staff.integrity_calls import INTEGRITY_CALLS
from gateway.staff.key_calls import KEY_CALLS
from gateway.staff.log_calls import LOG_CALLS
from gateway.staff.obligation_calls import OBLIGATION_CALLS
from gateway.staff.oversight_calls import OVERSIGHT_CALLS
from gateway.staff.person_calls import PERSON_CALLS
from gateway.staff.projection_calls import PROJECTION_CALLS
from gateway.staff.reading_calls import READING_CALLS
from gateway.staff.referral_calls import REFERRAL_CALLS
from gateway.staff.report_calls import REPORT_CALLS
from gateway.staff.rulebook_calls import RULEBOOK_CALLS
from gateway.staff.sample_calls import SAMPLE_CALLS
from gateway.staff.simulation_calls import SIMULATION_CALLS
from gateway.staff.workshop_calls import WORKSHOP_CALLS

Call = Callable[..., Awaitable[Any]]

CALLS: Final[Mapping[str, Call]] = {
    **REFERRAL_CALLS,
    **DELEGATION_CALLS,
    **CONSENT_CALLS,
    **HOLD_CALLS,
    **PERSON_CALLS,
    **OBLIGATION_CALLS,
    **AGENDA_CALLS,
    **BREACH_CALLS,
    **BREACH_READING_CALLS,
    **CORRECTION_CALLS,
    **ACCOUNT_CALLS,
    **KEY_CALLS,
    **LOG_CALLS,
    **RULEBOOK_CALLS,
    **AGREEMENT_CALLS,
    **PROJECTION_CALLS,
    **SIMULATION_CALLS,
    **READING_CALLS,
    **CODE_NAME_CALLS,
    **INTEGRITY_CALLS,
    **OVERSIGHT_CALLS,
    **WORKSHOP_CALLS,
    **FLAG_CALLS,
    **SAMPLE_CALLS,
    **REPORT_CALLS,
}
