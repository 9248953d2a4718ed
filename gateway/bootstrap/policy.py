"""The policy engine that the settings name, and the policies as they were."""

import shutil

from gateway.adapters.agreements import Rulebook
from gateway.adapters.db.documents import KeptDocuments
from gateway.adapters.log.assembly import OpenLog
from gateway.adapters.pdp.kept import KeptPolicies
from gateway.adapters.pdp.revision import read_sources
from gateway.adapters.pdp.server import OpaServerEngine
from gateway.adapters.pdp.wasm import WasmEngine
from gateway.bootstrap.log import derived
from gateway.settings import Settings


def policy_engine(settings: Settings, rulebook: Rulebook) -> WasmEngine | OpaServerEngine:
    """Raises ConfigurationError."""
    sources = read_sources()
    if settings.policy_engine == "embedded":
        return WasmEngine(sources, rulebook.policy_data)
    return OpaServerEngine(settings.policy_engine, sources, rulebook.policy_data)


def kept_policies(settings: Settings, log: OpenLog) -> KeptPolicies:
    """Policies by revision, as entries cite them."""
    seal_key = derived(settings, b"policy-build")
    return KeptPolicies(KeptDocuments(log.engine), read_sources(), seal_key, shutil.which("opa"))
