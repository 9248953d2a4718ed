"""Writes the log to a directory in the layout of C2SP tlog-tiles, for `python -m audit verify` and for publication.

Invariant: the checkpoint is written last, so that a directory with a checkpoint has everything it covers; full tiles
never change, so an export that was broken off goes on where it stopped, and a later one adds only what is new.
Memory does not grow with the log. Does not: contain private parts; who may see entries may see an export.
"""

from collections.abc import Callable, Iterator
from itertools import chain
from pathlib import Path

from audit import checkpoint
from audit.note_key import VerifierKey
from audit.tiles import CHECKPOINT_PATH, Tile, hash_tiles, tiles_at
from gateway.adapters.log.checkpoints import write_whole
from gateway.adapters.log.reader import LogReader


def export_log(
    reader: LogReader,
    note: str,
    log_key: VerifierKey,
    folder: Path,
    *,
    progress: Callable[[int, int], None] = lambda _done, _all: None,
) -> int:
    """Export the tree that the signed checkpoint `note` covers; returns how many files were written.

    Raises:
        AuditError: the note is not a checkpoint of this log.
        LogUnavailableError: the log cannot be read. OSError: the folder cannot be written.
    """
    size = checkpoint.verify(note, log_key).checkpoint.size
    total = sum(1 for _ in _tiles(size))
    written = 0
    for done, tile in enumerate(_tiles(size), start=1):
        path = folder / tile.path()
        if not path.is_file():
            path.parent.mkdir(parents=True, exist_ok=True)
            draft = path.with_name(f".{path.name}.new")
            draft.write_bytes(reader.tile(tile))
            draft.replace(path)
            written += 1
        progress(done, total)
    folder.mkdir(parents=True, exist_ok=True)
    write_whole(folder / CHECKPOINT_PATH, note.encode())
    return written


def _tiles(size: int) -> Iterator[Tile]:
    return chain(tiles_at(None, size), hash_tiles(size))
