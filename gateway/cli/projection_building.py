"""The work of `gateway log projection` that takes long: building it, watching it being built, writing it to a file.

Invariant: stopping any of it leaves nothing half done; what was read of the log stays read. Does not: put an export on
record (the staff's desk does, before).
"""

import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Final, cast

from gateway.adapters.projection.export import ExportFileError, write_rows
from gateway.bootstrap.projection import OpenProjection, open_projection
from gateway.bootstrap.rulebook import open_rulebook
from gateway.bootstrap.staff_desk import institutions
from gateway.cli.log_reading import reading
from gateway.cli.screen import progress
from gateway.deployment.settings import Settings
from gateway.service.projection.exporting import Format
from gateway.service.projection.questions import Question

_STEP: Final = 5_000
_LOOK_SECONDS: Final = 0.5


def build(settings: Settings) -> Mapping[str, Any]:
    """Read the log to its end, here; how far it is."""
    with reading(settings) as log:
        rulebook, _state = open_rulebook(settings, log)
        organizations = institutions(rulebook)
        projection = open_projection(settings, log, lambda: organizations)
        try:
            return _build(projection)
        finally:
            projection.close()


def _build(projection: OpenProjection) -> Mapping[str, Any]:
    with progress("reading the log", "entries") as told:
        while True:
            read = projection.builder.advance(_STEP)
            standing = projection.builder.standing()
            told(standing.up_to, standing.size)
            if standing.whole:
                return {**standing.as_json(), "following": False}
            if not read:
                time.sleep(_LOOK_SECONDS)  # another process is at it


def watch(status: Callable[[], Mapping[str, Any]]) -> Mapping[str, Any]:
    """Look on while the running gateway reads the log; how far it is at the end."""
    with progress("the gateway reads the log", "entries") as told:
        while True:
            found = status()
            told(found["up_to"], found["size"])
            if not found["behind"]:
                return found
            time.sleep(_LOOK_SECONDS)


def must_be_new(file: Path) -> None:
    """Before anything is on record. Raises ExportFileError."""
    if file.exists():
        raise ExportFileError("there is a file of this name already; choose another one")


def export(settings: Settings, made: Mapping[str, Any], file: Path, form: str) -> int:
    """Write what was put on record; how many rows."""
    question = Question.from_json(made["question"])
    with reading(settings) as log:
        projection = open_projection(settings, log, dict)
        try:
            with progress("writing", "rows") as told:
                rows = projection.reader.rows(question, made["up_to"])
                return write_rows(rows, file, cast(Format, form), lambda done: told(done, made["rows"]))
        finally:
            projection.close()
