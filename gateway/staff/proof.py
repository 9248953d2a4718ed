"""A command that was signed in brings a token; who that is, a `TokenProof` says.

Invariant: where the deployment signs commands in, nobody is believed who only says who they are, unless the operating
system says it too. Does not: know a provider (`gateway.sign_in`).
"""

from dataclasses import dataclass
from typing import Protocol

from gateway.domain.actor import Actor
from gateway.domain.errors import GatewayError
from gateway.service.words.acting import IDENTITY


@dataclass(frozen=True, slots=True)
class Proven:
    """Who it is, and whether they proved it within the last minutes, as an act that binds needs."""

    actor: Actor
    fresh: bool


class ProofError(GatewayError):
    """A token proves nobody, or nobody brought one; `code` says why."""

    def __init__(self, code: str) -> None:
        super().__init__(IDENTITY["en"][code])
        self.code = code


class TokenProof(Protocol):
    """Turns a token into who brings it."""

    async def who(self, token: str) -> Proven:
        """Raises ProofError."""

    async def close(self) -> None:
        """Give back what it holds open."""
