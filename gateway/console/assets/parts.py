"""The built front-end parts: under which address each is, and its bytes.

Invariant: where nothing is built the pages are whole all the same, with the console's own style alone. Does not: build
(`gateway.console.assets.build`).
"""

import json
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Final

HERE: Final = Path(__file__).resolve().parent
PREFIX: Final = "/parts/"
_KINDS: Final = {"css": "text/css", "js": "text/javascript", "woff2": "font/woff2"}
NOT_BUILT: Final = (
    "the console's front-end parts are not built, so its pages are plain; "
    "run `python -m gateway.console.assets.build` (it needs npm)"
)


@dataclass(frozen=True, slots=True)
class Part:
    """One file; `packed` is it in gzip, or None where that makes it no smaller."""

    kind: str
    content: bytes = field(repr=False)
    packed: bytes | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class Parts:
    """`addresses` by plain name, `files` by stored name."""

    addresses: dict[str, str]
    files: dict[str, Part]
    built: bool

    def address(self, name: str) -> str | None:
        """Where a page finds a part, or None where it is not built."""
        return self.addresses.get(name)


def load_parts(built: Path = HERE / "built") -> Parts:
    """What is built; else the console's own style and script, as they are."""
    manifest = built / "manifest.json"
    if manifest.is_file():
        names: dict[str, str] = json.loads(manifest.read_text("utf-8"))
        files = {stored: _part(built / stored) for stored in names.values()}
        return Parts({name: PREFIX + stored for name, stored in names.items()}, files, built=True)
    own = {}
    for name in ("console.css", "console.js"):
        stem, _, suffix = name.rpartition(".")
        own[name] = f"{stem}.{sha256((HERE / name).read_bytes()).hexdigest()[:12]}.{suffix}"
    files = {stored: _part(HERE / name) for name, stored in own.items()}
    return Parts({name: PREFIX + stored for name, stored in own.items()}, files, built=False)


def _part(path: Path) -> Part:
    packed = path.with_name(f"{path.name}.gz")
    kind = _KINDS[path.suffix.removeprefix(".")]
    return Part(kind, path.read_bytes(), packed.read_bytes() if packed.is_file() else None)
