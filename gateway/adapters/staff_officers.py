"""Reads the file that says which officer each user of the operating system is.

    officers:
      - user: rroy             # name or number of the user
        officer: r.roy
        unit: esdc-isb
        roles: [privacy-officer]

Invariants: a user stands in it once, by name or by number; every complaint starts with `file:line` and says which
member is wrong, never what stood there; the file is written by its owner alone, because whoever writes it says who is
who. Does not: know who calls.
"""

import json
import pwd
import stat
from collections.abc import Mapping
from importlib import resources
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

from gateway.adapters.json_schema import SchemaCheck
from gateway.adapters.rulebook.folder import DiskFolder
from gateway.adapters.rulebook.located import Gap, Located, read_other
from gateway.domain.actor import Actor, Identified, Role
from gateway.domain.errors import ConfigurationError
from gateway.domain.officer import OfficerError, written_officer

if TYPE_CHECKING:
    from jsonschema import ValidationError

_SCHEMA: Final = "staff-officers.schema.json"


def read_officers(file: Path, units: frozenset[str]) -> Mapping[int, Actor]:
    """The officer of each user, by the user's number. `units` are those of the register of parties.

    Raises ConfigurationError with all complaints, one a line."""
    _check_writers(file)
    document, gaps = read_other(DiskFolder(file.parent), file.name)
    found: dict[int, Actor] = {}
    if document is not None and not gaps:
        gaps = _faults(document) or _rows(document, units, found)
    if document is None or gaps:
        raise ConfigurationError("\n".join(str(gap) for gap in sorted(gaps)))
    return MappingProxyType(found)


def _check_writers(file: Path) -> None:
    try:
        found = file.stat()
    except OSError as error:
        raise ConfigurationError(
            f"the setting STAFF_OFFICERS names a file that cannot be read ({type(error).__name__})"
        ) from None
    if found.st_mode & (stat.S_IWGRP | stat.S_IWOTH):
        raise ConfigurationError(
            f"{file.name}: others than its owner can write this file, and so say who is who; run `chmod go-w` on it"
        )


def _faults(document: Located) -> list[Gap]:
    schema = json.loads(resources.files(__package__).joinpath(_SCHEMA).read_text(encoding="utf-8"))
    return [
        document.gap(tuple(error.absolute_path), _sentence(error))
        for error in SchemaCheck(schema).faults(document.value)
    ]


def _rows(document: Located, units: frozenset[str], found: dict[int, Actor]) -> list[Gap]:
    gaps: list[Gap] = []
    for index, row in enumerate(document.value["officers"]):
        where = ("officers", index)
        user = _number(row["user"])
        if user is None:
            gaps.append(document.gap((*where, "user"), "user: this machine has no user of this name"))
        elif user in found:
            gaps.append(document.gap((*where, "user"), "user: this user stands in the file already, by name or number"))
        if row["unit"] not in units:
            gaps.append(document.gap((*where, "unit"), "unit: write a code of agreements/parties.yaml"))
        try:
            officer = written_officer("officer", row["officer"])
        except OfficerError as error:
            gaps.append(document.gap((*where, "officer"), str(error)))
            continue
        if user is not None:
            roles = frozenset(Role(role) for role in row["roles"])
            found[user] = Actor(officer, row["unit"], roles, Identified.PEER_CREDENTIALS)
    return gaps


def _number(user: str | int) -> int | None:
    if isinstance(user, int):
        return user
    try:
        return pwd.getpwnam(user).pw_uid
    except (KeyError, ValueError):
        return int(user) if user.isascii() and user.isdecimal() else None


def _sentence(error: "ValidationError") -> str:
    """What the schema wants, without what the file says."""
    wanted: Any = error.validator_value
    instance: Any = error.instance
    last: Any = error.absolute_path[-1] if error.absolute_path else "the file"
    name = last if isinstance(last, str) else "this row"
    if error.validator == "required":
        missing = [member for member in wanted if member not in instance]
        return f"{name}: lacks {', '.join(missing)}"
    if error.validator == "additionalProperties":
        return f"{name}: has a member that is none; see docs/operations.md"
    if error.validator == "enum":
        return f"{name}: a role is one of {', '.join(wanted)}"
    if error.validator == "oneOf":
        return f"{name}: write the name or the number of a user"
    return f"{name}: must have {error.validator} {json.dumps(wanted)}"
