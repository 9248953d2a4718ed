"""The sign-in provider of a deployment, for its console and for its commands.

Raises ConfigurationError where the console's file does not fit. Does not: sign anybody in (`gateway.sign_in`).
"""

import time
from typing import Final

from gateway.deployment.console_file import read_console_file
from gateway.deployment.settings import Settings
from gateway.domain.party import Parties
from gateway.staff.proof import TokenProof

PROVIDER_SECONDS: Final = 5.0
"""How long the sign-in provider may take to answer."""


def command_proof(settings: Settings, parties: Parties) -> TokenProof | None:
    """Who a command was signed in by; None where the console's file declares no client for commands."""
    loaded = read_console_file(settings.console_file)
    declared = loaded.file.sign_in
    if declared is None or declared.command_client_id is None:
        return None
    from gateway.sign_in.command import command_provider
    from gateway.sign_in.proof import SignInProof

    units = frozenset(parties.units)
    provider = command_provider(declared, PROVIDER_SECONDS)
    return SignInProof(provider, declared, loaded.file.minutes, lambda: units, lambda: int(time.time()))
