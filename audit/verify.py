"""The offline verifier: recomputes a whole log from its export and says in plain words what is wrong.

Reads the layout of C2SP tlog-tiles (`audit.tiles`) and trusts only the keys it is given. Invariant: a report
without findings means that the checkpoint is signed by the log (and by the witnesses asked for), that every
entry it counts is there, well formed and in its place, every hash tile is the one these entries give, that
times do not run backwards, and that the log extends the checkpoint the auditor kept.
Does not: see entries beyond the checkpoint, views shown to others, or private parts (docs/disclosure-log.md).
Imports only the standard library, cryptography and this package.
"""

import datetime
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from audit import checkpoint as checkpoints
from audit.checkpoint import Checkpoint, SignedCheckpoint
from audit.encoding import to_base64
from audit.entry import Entry
from audit.errors import AuditError, EntryError, TileError, TileMissingError
from audit.merkle import Frontier, leaf_hash
from audit.note_key import VerifierKey
from audit.receipt import Receipt, open_receipt
from audit.report import Findings, Report
from audit.tiles import (
    CHECKPOINT_PATH,
    MAX_BUNDLE_SIZE,
    Tile,
    TileBuilder,
    read_entries,
    read_hashes,
    tiles_at,
)
from audit.vocabulary import format_time, parse_time

Read = Callable[[str], bytes]

TIME_TOLERANCE: Final = datetime.timedelta(seconds=60)


def directory(root: Path) -> Read:
    """Return a `read(path)` over an export in a directory. Files larger than a full bundle are refused."""

    def read(path: str) -> bytes:
        try:
            with (root / path).open("rb") as file:
                data = file.read(MAX_BUNDLE_SIZE + 1)
        except (FileNotFoundError, NotADirectoryError):
            raise TileMissingError(f"{path} is not in the export") from None
        except OSError:
            raise TileError(f"{path} cannot be read") from None
        if len(data) > MAX_BUNDLE_SIZE:
            raise TileError(f"{path} is larger than any tile or bundle")
        return data

    return read


def verify_log(
    source: Path | Read,
    log: VerifierKey,
    *,
    known: str | bytes | None = None,
    witnesses: Iterable[VerifierKey] = (),
    quorum: int = 0,
    tolerance: datetime.timedelta = TIME_TOLERANCE,
    progress: Callable[[int, int], None] | None = None,
) -> Report:
    """Verify an export from its entries up.

    `known` is an earlier checkpoint (note text) the auditor kept. `progress` is told entries done and all.
    Streams: memory does not grow with the log. Never raises for bad evidence, which is in the report.
    """
    read = directory(source) if isinstance(source, Path) else source
    findings = Findings()
    known_witnesses = tuple(witnesses)
    try:
        text = read(CHECKPOINT_PATH)
        signed = checkpoints.verify(text, log, witnesses=known_witnesses, quorum=quorum)
    except AuditError as error:
        findings.add(error.code, f"the checkpoint is not good: {error}")
        return findings.report()
    earlier = _earlier(known, log, signed.checkpoint, findings)
    walk = _Walk(read, signed, earlier, tolerance, findings)
    walk.entries(progress)
    head = signed.checkpoint
    if walk.complete:
        if walk.frontier.root() != head.root:
            findings.add("root-mismatch", "the entries do not give the root hash that the log signed")
        walk.compare_tiles(walk.builder.partial())
    return findings.report(
        origin=head.origin,
        size=head.size,
        root=to_base64(head.root),
        entries_read=walk.frontier.size,
        kinds=dict(sorted(walk.kinds.items())),
        first_time=walk.first_time,
        last_time=walk.last_time,
        cosigned_by=[one.key.name for one in signed.cosignatures],
        known_size=None if earlier is None else earlier.size,
    )


def _earlier(known: str | bytes | None, log: VerifierKey, head: Checkpoint, findings: Findings) -> Checkpoint | None:
    """Check the checkpoint the auditor kept, and return it if the walk can compare it."""
    if known is None:
        return None
    try:
        earlier = checkpoints.verify(known, log).checkpoint
    except AuditError as error:
        findings.add(error.code, f"the checkpoint you kept is not good: {error}")
        return None
    if earlier.size > head.size:
        sizes = f"{head.size} entries where the checkpoint you kept has {earlier.size}"
        findings.add("rolled-back", f"the log was rolled back: {sizes}")
        return None
    return earlier


class _Walk:
    """One pass over the entries, with everything that is recomputed on the way."""

    def __init__(
        self,
        read: Read,
        signed: SignedCheckpoint,
        earlier: Checkpoint | None,
        tolerance: datetime.timedelta,
        findings: Findings,
    ) -> None:
        self.frontier = Frontier()
        self.builder = TileBuilder()
        self.kinds: Counter[str] = Counter()
        self.first_time: str | None = None
        self.last_time: str | None = None
        self.complete = False
        self._read = read
        self._size = signed.checkpoint.size
        self._earlier = earlier
        self._tolerance = tolerance
        self._findings = findings
        seen = [one.timestamp for one in signed.cosignatures if one.timestamp is not None]
        self._not_after = _latest_time(min(seen), tolerance) if seen else None

    def entries(self, progress: Callable[[int, int], None] | None) -> None:
        """Read every bundle in order; stops at the first that is missing or malformed."""
        for bundle in tiles_at(None, self._size):
            try:
                entries = read_entries(self._read, bundle)
            except TileError as error:
                self._findings.add(error.code, f"the entries stop here: {error}", self.frontier.size)
                return
            for data in entries:
                self._entry(data)
            if progress is not None:
                progress(self.frontier.size, self._size)
        self.complete = True

    def compare_tiles(self, computed: Sequence[tuple[Tile, bytes]]) -> None:
        """Compare recomputed hash tiles with the published ones."""
        for tile, expected in computed:
            try:
                published = b"".join(read_hashes(self._read, tile))
            except TileError as error:
                self._findings.add(error.code, f"a hash tile is not good: {error}")
                continue
            if published != expected:
                self._findings.add("tile-mismatch", f"{tile.path()} is not what the entries give")

    def _entry(self, data: bytes) -> None:
        leaf = leaf_hash(data)
        index = self.frontier.append(leaf)
        self.compare_tiles(self.builder.append(leaf))
        self._compare_earlier()
        try:
            entry = Entry.from_bytes(data)
        except EntryError as error:
            self._findings.add(error.code, str(error), index)
            return
        self.kinds[entry.kind] += 1
        if entry.refers_to is not None and entry.refers_to >= index:
            self._findings.add("refers-forward", "refers_to is not an earlier entry", index)
        self._time(entry.time, index)

    def _time(self, time: str, index: int) -> None:
        # The text form has one width and one zone, so it sorts as time does.
        if self._not_after is not None and time > self._not_after:
            self._findings.add("time-in-future", "time is later than a witness saw this entry", index)
        if self.first_time is None or self.last_time is None:
            self.first_time = self.last_time = time
        elif time >= self.last_time:
            self.last_time = time
        elif parse_time(self.last_time) - parse_time(time) > self._tolerance:
            self._findings.add("time-backwards", "time is earlier than that of an entry before it", index)

    def _compare_earlier(self) -> None:
        earlier = self._earlier
        if earlier is not None and self.frontier.size == earlier.size and self.frontier.root() != earlier.root:
            message = f"history was changed: the first {earlier.size} entries are not those you knew"
            self._findings.add("history-changed", message)


def _latest_time(timestamp: int, tolerance: datetime.timedelta) -> str | None:
    try:
        return format_time(datetime.datetime.fromtimestamp(timestamp, datetime.UTC) + tolerance)
    except (OverflowError, ValueError, OSError):
        return None


def verify_receipt(
    receipt: Receipt | Mapping[str, Any],
    records: Sequence[Mapping[str, Any]] | None,
    log: VerifierKey,
    *,
    allow_pending: bool = False,
    witnesses: Iterable[VerifierKey] = (),
    quorum: int = 0,
) -> Report:
    """Verify a receipt and report it as `verify_log` does (see `audit.receipt.open_receipt`).

    A receipt whose proof is pending is a finding unless `allow_pending`.
    """
    findings = Findings()
    try:
        opened = open_receipt(receipt, records, log, witnesses=witnesses, quorum=quorum)
    except AuditError as error:
        findings.add(error.code, str(error))
        return findings.report()
    entry, signed = opened.entry, opened.checkpoint
    if signed is None and not allow_pending:
        findings.add("proof-pending", "the log has not signed a checkpoint that includes the entry yet")
    return findings.report(
        entry_index=opened.entry_index,
        kind=entry.kind,
        time=entry.time,
        effect=entry.effect,
        records=entry.records,
        elements=[part.element for part in entry.disclosed],
        values_checked=records is not None,
        proven=opened.proven,
        origin=None if signed is None else signed.checkpoint.origin,
        size=None if signed is None else signed.checkpoint.size,
        cosigned_by=[] if signed is None else [one.key.name for one in signed.cosignatures],
    )
