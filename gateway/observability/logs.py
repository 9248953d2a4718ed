"""Diagnostic and security logs: event names from one list, keys from one list, never a value of a request or record.

Invariant 6: an event carries only the keys of `ALLOWED_KEYS`; anything else is dropped and counted, so a careless call
cannot put a person in a log line. Exceptions are logged by type, never by message or trace with locals. Times are UTC.
Invariant 3: a line that cannot be written (full disk, closed pipe) is lost; the answer it was about is not.
Most commands log nothing, so what writes the lines is imported with the first of them.
"""

import contextlib
import io
import logging
import os
import sys
from collections.abc import MutableMapping
from enum import StrEnum
from typing import Any, TextIO, cast


class Event(StrEnum):
    """Every event name there is."""

    STARTED = "started"
    STOPPED = "stopped"
    SIGNATURE_REFUSED = "signature-refused"
    RATE_LIMITED = "rate-limited"
    DEPENDENCY_FAILED = "dependency-failed"
    UNEXPECTED_FAILURE = "unexpected-failure"
    CHECKPOINT_REFUSED = "checkpoint-refused"
    SOURCE_NOT_BELIEVED = "source-not-believed"
    CONNECTIONS_FULL = "connections-full"
    SERVER_SAID = "server-said"
    UNPROVEN_STATE = "unproven-state"
    PROJECTION_STOPPED = "projection-stopped"
    TABLES_NOT_WHOLE = "tables-not-whole"
    RULEBOOK_TAKEN = "rulebook-taken"
    RULEBOOK_NOT_TAKEN = "rulebook-not-taken"
    RULEBOOK_FILES_IGNORED = "rulebook-files-ignored"
    STAFF_NOT_IDENTIFIED = "staff-not-identified"
    STAFF_REFUSED = "staff-refused"
    FORM_REFUSED = "form-refused"
    SIGNED_IN = "signed-in"
    SIGN_IN_REFUSED = "sign-in-refused"
    SIGNED_OUT = "signed-out"


ALLOWED_KEYS = frozenset(
    {
        "event",
        "level",
        "log",
        "timestamp",
        "code",
        "detail",
        "effect",
        "entry_index",
        "exception",
        "keyid",
        "method",
        "milliseconds",
        "origin",
        "part",
        "party",
        "policy_revision",
        "problem",
        "record_type",
        "route",
        "size",
        "status",
        "trace",
        "dropped_keys",
    }
)


def _keep_allowed(_logger: Any, _method: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    dropped = [key for key in event if key not in ALLOWED_KEYS]
    for key in dropped:
        del event[key]
    if dropped:
        event["dropped_keys"] = len(dropped)
    return event


class _Lines(io.TextIOBase):
    """Standard error, as it is when a line is written; a line that it does not take is dropped."""

    def write(self, text: str, /) -> int:
        with contextlib.suppress(OSError, ValueError):
            sys.stderr.write(text)
        return len(text)

    def flush(self) -> None:
        with contextlib.suppress(OSError, ValueError):
            sys.stderr.flush()


class _Libraries(logging.Handler):
    """What the server and the libraries say, as lines like all others.

    The server's own sentences are told; of everything else only who spoke and the type of an exception, because a
    library may quote what it was given."""

    def emit(self, record: logging.LogRecord) -> None:
        error = record.msg if isinstance(record.msg, BaseException) else record.exc_info and record.exc_info[1]
        told = {"part": record.name}
        if error:
            told["exception"] = type(error).__name__
        if isinstance(record.msg, OSError) and record.msg.errno:
            told["detail"] = os.strerror(record.msg.errno)
        elif record.name.startswith("uvicorn") and not error:
            told["detail"] = record.getMessage().strip()
        diagnostic_log().log(max(record.levelno, logging.INFO), Event.SERVER_SAID, **told)


def configure(*, level: str = "INFO", json_lines: bool = True) -> None:
    """Write one line per event to standard error. Called once, by the command that starts the process."""
    import structlog

    logging.basicConfig(handlers=[_Libraries()], level=logging.WARNING, force=True)
    renderer: Any = structlog.processors.JSONRenderer() if json_lines else structlog.dev.ConsoleRenderer(colors=False)
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            _keep_allowed,
            renderer,
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.getLevelNamesMapping()[level]),
        logger_factory=structlog.PrintLoggerFactory(file=cast(TextIO, _Lines())),
        cache_logger_on_first_use=False,
    )


def security_log() -> Any:
    """Where refused signatures go: who knocked, never what was said."""
    import structlog

    return structlog.get_logger(log="security")


def diagnostic_log() -> Any:
    """Where the process says how it fares."""
    import structlog

    return structlog.get_logger(log="diagnostic")
