"""The policy engine that the settings name, and the policies as they were."""

import shutil
from typing import Protocol

from gateway.adapters.db.documents import KeptDocuments
from gateway.adapters.log.assembly import OpenLog
from gateway.adapters.pdp.kept import KeptPolicies
from gateway.adapters.pdp.revision import read_sources
from gateway.adapters.rulebook.load import Rulebook
from gateway.bootstrap.log import derived
from gateway.deployment.settings import Settings
from gateway.service.ports import PolicyEngine


class RunningEngine(PolicyEngine, Protocol):
    """A policy engine from start to end: `start` before the first decision, `close` after the last."""

    async def start(self) -> None:
        """Raises PolicyEngineError."""

    async def ready(self) -> None:
        """Raises PolicyEngineError where it would not decide."""

    async def close(self) -> None: ...


def policy_engine(settings: Settings, rulebook: Rulebook) -> RunningEngine:
    """The engine that the settings name; the other kind's library is not imported. Raises ConfigurationError."""
    sources = read_sources()
    if settings.policy_engine == "embedded":
        from gateway.adapters.pdp.wasm import WasmEngine

        return WasmEngine(sources, rulebook.policy_data)
    from gateway.adapters.pdp.server import OpaServerEngine

    return OpaServerEngine(settings.policy_engine, sources, rulebook.policy_data)


def kept_policies(settings: Settings, log: OpenLog) -> KeptPolicies:
    """Policies by revision, as entries cite them."""
    seal_key = derived(settings, b"policy-build")
    return KeptPolicies(KeptDocuments(log.engine), read_sources(), seal_key, shutil.which("opa"))
