"""Who makes a staff call, by the token that their command was signed in with.

Invariants: a token counts as long as the provider lets it, for the client of commands alone, and at most as long after
the proof as a session of the console lasts; an act that binds needs a proof of the last minutes, as in the console.
Does not: sign anybody in (`gateway.sign_in.device`), or know a role (`gateway.sign_in.charges`).
"""

from collections.abc import Callable
from dataclasses import dataclass

from gateway.deployment.console_file import Provider as Declared
from gateway.deployment.console_file import SessionTimes
from gateway.domain.actor import Actor
from gateway.sign_in.charges import actor_of
from gateway.sign_in.oidc import LEEWAY_SECONDS, Provider, ProviderDownError, TokenRefusedError
from gateway.staff.proof import ProofError, Proven

_MINUTE = 60


@dataclass(frozen=True, slots=True)
class SignInProof:
    """A `gateway.staff.proof.TokenProof` over a provider. `units` gives those of the register, `now` Unix seconds."""

    provider: Provider
    declared: Declared
    times: SessionTimes
    units: Callable[[], frozenset[str]]
    now: Callable[[], int]

    async def who(self, token: str) -> Proven:
        """Raises ProofError."""
        try:
            claims = await self.provider.verified(token)
        except ProviderDownError:
            raise ProofError("sign-in-away") from None
        except TokenRefusedError:
            raise ProofError("sign-in-over") from None
        proven = claims.get("auth_time", 0)
        age = self.now() - proven if isinstance(proven, int) else None
        if age is None or age > self.times.whole * _MINUTE + LEEWAY_SECONDS:
            raise ProofError("sign-in-over")
        actor: Actor | None = actor_of(claims, self.declared, self.units())
        if actor is None:
            raise ProofError("sign-in-nobody")
        return Proven(actor, fresh=age <= self.times.fresh * _MINUTE + LEEWAY_SECONDS)

    async def close(self) -> None:
        """Close the connections to the provider."""
        await self.provider.close()
