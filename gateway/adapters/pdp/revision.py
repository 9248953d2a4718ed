"""What a policy is: its Rego sources and its data, and the revision that names both.

Invariant 8: a revision is the digest of everything a decision depends on besides its input. The compiled module carries
the digest of the sources it was built from; one that does not match them is stale and is not run.
"""

import base64
import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from audit.canonical import encode
from gateway.adapters.packaged import packaged
from gateway.domain.errors import ConfigurationError

ENTRYPOINT: Final = "sharing/decision"
MODULE: Final = "sharing.wasm"
MANIFEST: Final = "sharing.wasm.json"


class PolicyFilesError(ConfigurationError):
    """The folder of policies is incomplete, or its compiled module is not of its sources."""

    code = "policy-files"


@dataclass(frozen=True, slots=True)
class PolicySources:
    """The Rego modules by path below the folder, without tests, and their digest."""

    folder: Path
    modules: Mapping[str, str]

    @property
    def digest(self) -> str:
        return _digest(dict(self.modules))

    def revision(self, data: Mapping[str, Any]) -> str:
        """SHA-256 of sources and data, base64url without padding (43 characters)."""
        return _digest({"sources": self.digest, "data": data})

    def module(self) -> bytes:
        """The compiled module.

        Raises PolicyFilesError where it is missing, altered or older than the sources.
        """
        try:
            module = (self.folder / MODULE).read_bytes()
            manifest = json.loads((self.folder / MANIFEST).read_text(encoding="utf-8"))
            built_from, content = manifest["sources"], manifest["sha256"]
        except (OSError, ValueError, KeyError, TypeError):
            raise PolicyFilesError(f"{MODULE} or {MANIFEST} is missing or unreadable; run make policy") from None
        if built_from != self.digest:
            raise PolicyFilesError(f"{MODULE} is older than the Rego sources; run make policy")
        if content != hashlib.sha256(module).hexdigest():
            raise PolicyFilesError(f"{MODULE} is not the file that {MANIFEST} describes; run make policy")
        return module


def read_sources(folder: Path | None = None) -> PolicySources:
    """The policy's sources from `folder` (default: those the product came with).

    Raises PolicyFilesError.
    """
    root = folder or packaged("policies")
    paths = sorted(path for path in root.rglob("*.rego") if not path.name.endswith("_test.rego"))
    if not paths:
        raise PolicyFilesError("the folder of policies holds no Rego")
    return PolicySources(root, {path.relative_to(root).as_posix(): path.read_text(encoding="utf-8") for path in paths})


def _digest(value: object) -> str:
    return base64.urlsafe_b64encode(hashlib.sha256(encode(value)).digest()).rstrip(b"=").decode("ascii")
