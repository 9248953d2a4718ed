"""What staff are told at once: a line of the security log and a counter, never a value."""

from gateway.observability.logs import Event, security_log
from gateway.observability.metrics import Telemetry
from gateway.service.disclosure.source_check import SourceAlarm


def source_alarm(telemetry: Telemetry) -> SourceAlarm:
    """Tells that a source gave something else than it was asked for."""

    def alarm(record_type: str, doubt: str) -> None:
        telemetry.source_doubted(record_type, doubt)
        security_log().error(Event.SOURCE_NOT_BELIEVED, record_type=record_type, code=doubt)

    return alarm
