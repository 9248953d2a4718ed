"""The door for staff: where the socket is, who may open it, and which officer each user of the machine is.

Raises ConfigurationError where a setting does not fit. Does not: listen, or know what an officer may do.
"""

import grp
import pwd
from dataclasses import dataclass
from pathlib import Path

from gateway.deployment.settings import Settings
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
    """Who makes staff calls, by the file that the settings name."""
    if settings.staff_officers is None:
        if settings.console_user is not None:
            raise ConfigurationError(
                "the setting CONSOLE_USER needs STAFF_OFFICERS too: without it, everybody is believed"
            )
        return Callers()
    from gateway.adapters.staff_officers import read_officers

    officers = read_officers(settings.staff_officers, frozenset(parties.units))
    console = None if settings.console_user is None else _user(settings.console_user)
    if console in officers:
        raise ConfigurationError(
            "the setting CONSOLE_USER names somebody who is an officer; the console is nobody itself"
        )
    return Callers(officers, console)


def staff_door(settings: Settings, parties: Parties) -> StaffDoor:
    """The door of a running gateway."""
    group = settings.staff_socket_group
    if group is not None and settings.staff_officers is None:
        raise ConfigurationError(
            "the setting STAFF_SOCKET_GROUP needs STAFF_OFFICERS too: without it, whoever is in the group could say "
            "that they are anybody"
        )
    return StaffDoor(staff_callers(settings, parties), settings.staff_socket, None if group is None else _group(group))


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
