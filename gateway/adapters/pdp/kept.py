"""Policies as they were: kept at every start, and opened again under the revision that an entry names.

Invariant 8: three documents make a revision, each named by its own SHA-256, so that none can be exchanged for another.

    policy          {"data": ..., "sources": digest of policy-sources}     its digest is the revision
    policy-sources  {path: Rego}
    policy-module   the compiled module

That a module was compiled from these sources is nothing a digest says. A `policy-build` says it, sealed by HMAC-SHA256
under a key of the deployment: who can write to the database alone cannot have other rules run under an old name.
Without a sealed module the sources are compiled by `opa`, or the policy is not run. Does not: decide anything.
"""

import hmac
import json
import re
import subprocess
import tarfile
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from audit import canonical
from audit.encoding import from_base64url, to_base64url
from gateway.adapters.db.documents import POLICY, POLICY_BUILD, POLICY_MODULE, POLICY_SOURCES, KeptDocuments
from gateway.adapters.pdp.revision import ENTRYPOINT, PolicyFilesError, PolicySources
from gateway.domain.errors import GatewayError

if TYPE_CHECKING:
    from gateway.adapters.pdp.wasm import WasmEngine

_SEAL: Final = b"isa-gateway/policy-build/v1\x00"
_PATH: Final = re.compile(r"(?:[a-z0-9_]+/)*[a-z0-9_]+\.rego")
_COMPILE_SECONDS: Final = 120
_MOST_OPEN: Final = 4
"""Engines that stay open for the next replay: a running gateway would otherwise gather one for each revision."""


class PolicyNotRunnableError(GatewayError):
    """A kept policy has no module that this deployment sealed, and none could be compiled."""

    code = "policy-not-runnable"


@dataclass(frozen=True, slots=True)
class KeptPolicy:
    """A kept policy ready to run; the `CompiledPolicy` of `WasmEngine`."""

    name: str
    compiled: bytes = field(repr=False)

    def revision(self, _data: Mapping[str, Any]) -> str:
        return self.name

    def module(self) -> bytes:
        return self.compiled


class KeptPolicies:
    """`installed` are the sources this installation came with, `seal_key` is 32 bytes, `opa` the path of the tool or
    None where there is none.

    Every method raises LogUnavailableError, and DocumentAlteredError where a document is not what it was."""

    def __init__(
        self, documents: KeptDocuments, installed: PolicySources, seal_key: bytes, opa: str | None = None
    ) -> None:
        self._documents = documents
        self._installed = installed
        self._seal_key = seal_key
        self._opa = opa
        self._engines: dict[str, WasmEngine] = {}

    def keep(self, data: Mapping[str, Any]) -> str:
        """Keep the installed policy with `data`, and its compiled module where it is fresh; returns the revision."""
        sources = self._installed
        rego = self._documents.keep(POLICY_SOURCES, canonical.encode(dict(sources.modules)))
        policy = {"sources": to_base64url(rego), "data": dict(data)}
        revision = to_base64url(self._documents.keep(POLICY, canonical.encode(policy)))
        try:
            module = sources.module()
        except PolicyFilesError:
            return revision  # a policy server needs no module; a replay compiles the sources
        compiled = self._documents.keep(POLICY_MODULE, module)
        build = {"sources": to_base64url(rego), "module": to_base64url(compiled), "seal": self._seal(rego, compiled)}
        self._documents.keep(POLICY_BUILD, canonical.encode(build))
        return revision

    def engine(self, revision: str) -> "WasmEngine | None":
        """An engine for exactly this revision, or None where it is not kept.

        Raises PolicyNotRunnableError, PolicyFilesError.
        """
        from gateway.adapters.pdp.wasm import WasmEngine

        engine = self._engines.get(revision)
        if engine is None:
            kept = self._documents.read(POLICY, from_base64url(revision))
            if kept is None:
                return None
            policy = json.loads(kept)
            engine = WasmEngine(KeptPolicy(revision, self._module(policy["sources"])), policy["data"])
            while len(self._engines) >= _MOST_OPEN:
                self._engines.pop(next(iter(self._engines)), None)
            self._engines[revision] = engine
        return engine

    def _module(self, sources: str) -> bytes:
        if sources == self._installed.digest:
            return self._installed.module()
        rego = from_base64url(sources)
        return self._sealed_module(rego) or self._compile(rego)

    def _sealed_module(self, rego: bytes) -> bytes | None:
        for body in self._documents.all(POLICY_BUILD):
            build = json.loads(body)
            compiled = from_base64url(build["module"])
            if build["sources"] == to_base64url(rego) and hmac.compare_digest(
                build["seal"], self._seal(rego, compiled)
            ):
                return self._documents.read(POLICY_MODULE, compiled)
        return None

    def _compile(self, rego: bytes) -> bytes:
        kept = self._documents.read(POLICY_SOURCES, rego)
        if kept is None:
            raise PolicyNotRunnableError("the Rego of this policy revision is not kept; restore it from an export")
        if self._opa is None:
            raise PolicyNotRunnableError(
                "this policy revision has to be compiled: install Open Policy Agent (opa) and put it on the path"
            )
        return compile_module(self._opa, json.loads(kept))

    def _seal(self, rego: bytes, compiled: bytes) -> str:
        return hmac.digest(self._seal_key, _SEAL + rego + compiled, "sha256").hex()


def compile_module(opa: str, modules: Mapping[str, str]) -> bytes:
    """The module that `opa build` makes of Rego sources by path. Raises PolicyNotRunnableError."""
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made) / "policies"
        for path, text in modules.items():
            if not _PATH.fullmatch(path):
                raise PolicyNotRunnableError("a kept policy names a file that is no Rego file of its folder")
            file = folder / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, encoding="utf-8")
        bundle = Path(made) / "bundle.tar.gz"
        command = [opa, "build", "-t", "wasm", "-e", ENTRYPOINT, "-o", str(bundle), "."]
        try:
            subprocess.run(command, cwd=folder, capture_output=True, check=True, timeout=_COMPILE_SECONDS)
            with tarfile.open(bundle) as archive:
                member = archive.extractfile("/policy.wasm")
                if member is not None:
                    return member.read()
        except (OSError, subprocess.SubprocessError, tarfile.TarError, KeyError) as error:
            raise PolicyNotRunnableError(f"opa could not compile the kept policy ({type(error).__name__})") from None
    raise PolicyNotRunnableError("opa compiled the kept policy to nothing")
