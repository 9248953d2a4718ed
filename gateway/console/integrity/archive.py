"""The log as one file to take away: a tar of what C2SP tlog-tiles lays out, the log's public key, the verifier's
source, and how to use them, in both languages.

Invariants: it is sent as it is read, so that its size is no matter; the checkpoint comes last, so that a transfer that
broke off verifies as nothing. Does not: verify, or put on record that it was taken (the staff call did).
"""

import tarfile
from base64 import b64decode
from collections.abc import AsyncIterator, Mapping
from datetime import datetime
from itertools import chain
from pathlib import Path
from typing import Any, Final

import audit
from audit.tiles import CHECKPOINT_PATH, hash_tiles, tiles_at
from gateway.console.visit import Visit

_BLOCK: Final = 512
_END: Final = bytes(2 * _BLOCK)
COMMANDS: Final = (
    "tar -xf {name}.tar",
    "cd {name}",
    "python -m pip install cryptography",
    "python -m audit verify log --key @log.vkey",
)
"""What somebody types who took the file away."""
_EN: Final = """\
The disclosure log up to {size} entries, to be verified without the gateway.

  log/       entries and hash tiles (C2SP tlog-tiles), and the checkpoint that the log signed
  log.vkey   the log's public key; compare it with the one that the operator publishes elsewhere
  audit/     the program that verifies; it needs Python 3.11 and the package cryptography, and imports nothing of the
             gateway. Whoever does not trust this copy takes it from its own source, or writes another: the layout and
             the signatures are public standards.

  {commands}

It has to print:

  size: {size}
  root: {root}
"""
_FR: Final = """\
Le journal des communications, jusqu'à {size} inscriptions, pour le vérifier sans la passerelle.

  log/       les inscriptions et les tuiles d'empreintes (C2SP tlog-tiles), et le point de contrôle signé
  log.vkey   la clé publique du journal; comparez-la à celle que l'exploitant publie ailleurs
  audit/     le programme qui vérifie; il lui faut Python 3.11 et le paquet cryptography, et il n'importe rien de la
             passerelle. Qui ne se fie pas à cette copie la prend à sa source, ou en écrit un autre : la disposition et
             les signatures sont des normes publiques.

  {commands}

Il doit afficher :

  size: {size}
  root: {root}
"""


def archive_name(head: Mapping[str, Any]) -> str:
    """The folder in the file, and the file's name without its ending."""
    return f"log-{head['size']}"


def commands(head: Mapping[str, Any]) -> list[str]:
    return [line.format(name=archive_name(head)) for line in COMMANDS]


async def archive(visit: Visit, head: Mapping[str, Any]) -> AsyncIterator[bytes]:
    """The parts of the file, for a checkpoint whose export is on record."""
    folder, size = archive_name(head), int(head["size"])
    made = int(datetime.fromisoformat(head["signed_at"]).timestamp())
    told = {"size": size, "root": head["root"], "commands": "\n  ".join(commands(head))}
    yield _file(f"{folder}/HOW-TO-VERIFY.txt", _EN.format(**told).encode(), made)
    yield _file(f"{folder}/COMMENT-VERIFIER.txt", _FR.format(**told).encode(), made)
    yield _file(f"{folder}/log.vkey", f"{head['key']}\n".encode(), made)
    for source in sorted(Path(str(audit.__file__)).parent.glob("*.py")):
        yield _file(f"{folder}/audit/{source.name}", source.read_bytes(), made)
    for tile in chain(tiles_at(None, size), hash_tiles(size)):
        content = await visit.call("log.tile", path=tile.path())
        yield _file(f"{folder}/log/{tile.path()}", b64decode(content["tile"]), made)
    yield _file(f"{folder}/log/{CHECKPOINT_PATH}", head["note"].encode(), made)
    yield _END


def _file(name: str, content: bytes, made: int) -> bytes:
    """A member of a tar, whole."""
    member = tarfile.TarInfo(name)
    member.size, member.mtime, member.mode = len(content), made, 0o644
    return member.tobuf(tarfile.USTAR_FORMAT) + content + bytes(-len(content) % _BLOCK)
