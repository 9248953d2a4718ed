"""The door for staff: where the socket is, who may open it, and which officer each user of the machine is.

Raises ConfigurationError where a setting does not fit. Does not: listen, or know what an officer may do.
"""

import grp
import pwd
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from gateway.bootstrap.sign_in import command_proof
from gateway.deployment.settings import Settings
from gateway.domain.actor import Actor
from gateway.domain.errors import ConfigurationError
from gateway.domain.party import Parties
from gateway.staff.identity import Callers


@dataclass(frozen=True, slots=True)
class StaffDoor:
    """`socket` is None where no command reaches this process; `group` is the number of one that may open it too."""

    callers: Callers
    socket: Path | None = None
    group: int | None = None


def staff_callers(settings: Settings, parties: Parties) -> Callers:
    """Who makes staff calls, by the files that the settings name."""
    sign_in, officers = command_proof(settings, parties), _officers(settings, parties)
    if settings.console_user is not None and Callers(officers, None, sign_in, settings.sandbox).believes_anybody:
        raise ConfigurationError(
            "the setting CONSOLE_USER needs STAFF_OFFICERS too, or commands that sign in: without, everybody is "
            "believed"
        )
    console = None if settings.console_user is None else _user(settings.console_user)
    if officers is not None and console in officers:
        raise ConfigurationError(
            "the setting CONSOLE_USER names somebody who is an officer; the console is nobody itself"
        )
    return Callers(officers, console, sign_in, sandbox=settings.sandbox)


def _officers(settings: Settings, parties: Parties) -> Mapping[int, Actor] | None:
    if settings.staff_officers is None:
        return None
    from gateway.adapters.staff_officers import read_officers

    return read_officers(settings.staff_officers, frozenset(parties.units))


def staff_door(settings: Settings, parties: Parties) -> StaffDoor:
    """The door of a running gateway."""
    group, callers = settings.staff_socket_group, staff_callers(settings, parties)
    if group is not None and callers.believes_anybody:
        raise ConfigurationError(
            "the setting STAFF_SOCKET_GROUP needs STAFF_OFFICERS too, or commands that sign in: without, whoever is in "
            "the group could say that they are anybody"
        )
    return StaffDoor(callers, settings.staff_socket, None if group is None else _group(group))


def _user(name: str) -> int:
    if name.isascii() and name.isdecimal():
        return int(name)
    try:
        return pwd.getpwnam(name).pw_uid
    except KeyError:
        raise ConfigurationError("the setting CONSOLE_USER names no user of this machine") from None


def _group(name: str) -> int:
    if name.isascii() and name.isdecimal():
        return int(name)
    try:
        return grp.getgrnam(name).gr_gid
    except KeyError:
        raise ConfigurationError("the setting STAFF_SOCKET_GROUP names no group of this machine") from None
