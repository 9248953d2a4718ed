"""What the log bears out: the last seal of every row that grants something, folded from the entries (invariant 13).

    proven.catch_up()                    read the entries that came since, and check that they are those of the tree
    proven.holds(row)                    whether the log's last word about this row is this very content
    proven.borne_out(read, as_row)       rows that `read` gives, each with whether it holds

Invariants: every entry between the snapshot and the head is hashed, and the root that results is the head's, so that
no entry was left out, exchanged or emptied; of several seals of a row the highest revision counts, whatever its place,
so that an old seal in a new entry brings nothing back. A snapshot (size, frontier, seals) is authenticated under the
state key and believed only where the tree of today extends its frontier: an old one costs a longer way and nothing
else. Does not: say what a row grants, or change one.
"""

import hmac
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final, TypeVar

from sqlalchemy import Engine, text
from sqlalchemy.exc import SQLAlchemyError

from audit.encoding import from_base64url
from audit.entry import Entry, StateSeal
from audit.errors import AuditError, CanonicalError, TreeError
from audit.merkle import EMPTY_ROOT, Frontier, leaf_hash
from gateway.adapters.log.rows import Head
from gateway.adapters.log.state import StateRow, adopted_seal_of, erased_seal, seal_of, tag_of
from gateway.domain.errors import LogUnavailableError

_HEAD: Final = text("SELECT size, root FROM log_head WHERE id = 1")
_BODIES: Final = text(
    "SELECT body FROM entry WHERE entry_index >= :first AND entry_index < :until ORDER BY entry_index"
)
_SNAPSHOT: Final = text("SELECT body FROM state_snapshot WHERE id = 1")
_KEEP: Final = text(
    "INSERT INTO state_snapshot (id, body) VALUES (1, :body) ON CONFLICT (id) DO UPDATE SET body = excluded.body"
)
_MARK: Final = b'"state":[{'
"""In canonical JSON a quotation mark within a string is escaped, so that this is the member and nothing else."""
ADOPTED: Final = "state-adopted"
"""The action of an entry that puts on record a row from before there were seals (`gateway.adapters.log.adopting`)."""
_CHUNK: Final = 1_000
_SNAPSHOT_EVERY: Final = 50_000
_MAC: Final = b"isa-gateway/state-snapshot/v1\x00"
_ROW: Final = 32 + 8 + 32 + 8 + 8 + 1
_READS: Final = 20
_TOLD_AT_MOST: Final = 10_000

Row = TypeVar("Row")


class LogAlteredError(LogUnavailableError):
    """The entries are not those under the head of the tree; nothing that needs their proof counts."""

    code = "log-altered"


@dataclass(frozen=True, slots=True)
class LastWord:
    """What the log said last about a row: revision and seal, the entry that said so, and the first that named it.

    Of a row that was adopted and not changed since, the entries are in the seal, and `adopted` says so."""

    revision: int
    seal: bytes
    entry_index: int
    opened_index: int
    adopted: bool = False


class ProvenState:
    """Safe for several threads. Every method raises LogUnavailableError."""

    def __init__(self, engine: Engine, key: bytes) -> None:
        self._engine = engine
        self._key = key
        self.alarm: Callable[[str], None] = lambda _kind: None
        """Told the kind of a row that the log does not bear out, once in this process for each content."""
        self._told: set[StateRow | None] = set()
        self._lock = threading.Lock()
        self._words: dict[bytes, LastWord] = {}
        # Size, root and frontier bytes: a commit hands them over as they are, and only reading needs the frontier.
        self._edge = (0, EMPTY_ROOT, Frontier().to_bytes())
        self._first: int | None = None
        self._loaded = self._unconfirmed = False
        self._kept_at = 0

    @property
    def size(self) -> int:
        """Entries read so far."""
        return self._edge[0]

    def catch_up(self) -> None:
        """Read what was committed since. Raises LogAlteredError; then what was known before stays."""
        with self._lock:
            if not self._loaded:
                self._load()
                self._loaded = True
            try:
                self._follow()
            except LogAlteredError:
                if not self._unconfirmed:
                    raise
                # A snapshot of another history is no evidence against this one: read it from the beginning, once.
                self._start(Frontier(), {})
                self._kept_at, self._first, self._unconfirmed = 0, None, False
                self._follow()
            self._unconfirmed = False

    def word(self, kind: str, row_id: str) -> LastWord | None:
        """The log's last word about a row, as far as was read."""
        return self._words.get(tag_of(self._key, kind, row_id))

    def not_among(self, names: Iterable[tuple[str, str]]) -> Sequence[tuple[bytes, LastWord]]:
        """What the log said last of rows other than these (kind and id), unless it said that they were erased: tag and
        word, as far as was read."""
        there = {tag_of(self._key, kind, row_id) for kind, row_id in names}
        return [
            (tag, word)
            for tag, word in tuple(self._words.items())
            if tag not in there and not hmac.compare_digest(word.seal, erased_seal(self._key, tag, word.revision))
        ]

    @property
    def first_sealed(self) -> int:
        """The first entry that seals a row as it was changed; without any, how many entries there are. As far as was
        read."""
        return self._edge[0] if self._first is None else self._first

    def holds(self, row: StateRow) -> bool:
        """Whether the log's last word about this row is this content."""
        try:
            word, seal = self.word(row.kind, row.id), seal_of(self._key, row)
        except (CanonicalError, TypeError, AttributeError):
            return False  # a row of other types than ours, or text that is none
        if word is None or word.revision != row.revision:
            return False
        if word.adopted:
            return hmac.compare_digest(word.seal, adopted_seal_of(self._key, row))
        in_place = row.place in (None, (word.opened_index, word.entry_index))
        return in_place and hmac.compare_digest(word.seal, seal)

    def borne_out(
        self,
        read: Callable[[], Sequence[Row]],
        as_row: Callable[[Row], StateRow | None],
        grants: Callable[[Row], bool] = lambda _row: True,
    ) -> list[tuple[Row, bool]]:
        """What `read` gives, and of each row whether it holds. A row may change between its reading and that of the
        log: what does not hold is read again, and is found wanting only where it stayed as it was. What is found
        wanting is told to `alarm`, except rows that grant nothing anyway."""
        rows = read()
        for _again in range(_READS):
            self.catch_up()
            checked = [(row, (made := as_row(row)) is not None and self.holds(made)) for row in rows]
            wanting = [row for row, holds in checked if not holds and grants(row)]
            if not wanting:
                return checked
            fresh = read()
            if all(row in fresh for row in wanting):
                break
            rows = fresh
        for row in wanting:
            self._tell(as_row(row))
        return checked

    def _tell(self, row: StateRow | None) -> None:
        if row in self._told:
            return
        if len(self._told) >= _TOLD_AT_MOST:
            self._told.clear()
        self._told.add(row)
        self.alarm("unreadable" if row is None else row.kind)

    def keep(self) -> None:
        """Keep a snapshot, where enough was read since the last, so that the next start need not read it again."""
        with self._lock:
            size = self._edge[0]
            if size - self._kept_at < _SNAPSHOT_EVERY:
                return
            body = self._snapshot()
            try:
                with self._engine.begin() as connection:
                    connection.execute(_KEEP, {"body": body})
            except SQLAlchemyError as error:
                raise LogUnavailableError(f"the state's snapshot cannot be kept ({type(error).__name__})") from None
            self._kept_at = size

    def committed(self, before: tuple[int, bytes], after: Head, rows: Sequence[tuple[int, StateSeal]]) -> None:
        """Go on with what this process has just made durable, which it need not read again: size and root before, the
        head after, and the seals by entry. Without effect where others wrote in between, or a reader is at it."""
        if not self._lock.acquire(blocking=False):
            return
        try:
            if before == self._edge[:2]:
                self._edge = (after.size, after.root, after.frontier)
                fresh: dict[bytes, LastWord] = {}
                for index, row in rows:
                    self._fold(index, row, fresh)
                self._words.update(fresh)
        finally:
            self._lock.release()

    def _start(self, frontier: Frontier, words: dict[bytes, LastWord]) -> None:
        self._words = words
        self._edge = (frontier.size, frontier.root(), frontier.to_bytes())

    def _follow(self) -> None:
        size, root = self._one(_HEAD)
        frontier, fresh = Frontier.from_bytes(self._edge[2]), dict[bytes, LastWord]()
        if size < frontier.size:
            raise LogAlteredError("the log has fewer entries than this process read of it")
        for index, body in self._bodies(frontier.size, size):
            frontier.append(leaf_hash(body))
            if _MARK in body:
                entry = _entry(body)
                opened = entry.refers_to if entry.reasons == (ADOPTED,) else None
                for row in entry.state:
                    self._fold(index, row, fresh, adopted=entry.reasons == (ADOPTED,), opened=opened)
        if frontier.size != size or frontier.root() != bytes(root):
            raise LogAlteredError("the entries of the log are not those under its head; run `gateway log verify`")
        self._words.update(fresh)
        self._edge = (size, bytes(root), frontier.to_bytes())

    def _fold(
        self,
        index: int,
        row: StateSeal,
        fresh: dict[bytes, LastWord],
        *,
        adopted: bool = False,
        opened: int | None = None,
    ) -> None:
        tag = from_base64url(row.tag)
        before = fresh.get(tag) or self._words.get(tag)
        if before is None or row.revision > before.revision:
            first = before.opened_index if before else index if opened is None else opened
            fresh[tag] = LastWord(row.revision, from_base64url(row.seal), index, first, adopted)
        if self._first is None and not adopted:
            self._first = index

    def _bodies(self, first: int, until: int) -> Iterator[tuple[int, bytes]]:
        for start in range(first, until, _CHUNK):
            end = min(start + _CHUNK, until)
            for offset, row in enumerate(self._all(_BODIES, first=start, until=end)):
                yield start + offset, bytes(row[0])

    def _snapshot(self) -> bytes:
        frontier = self._edge[2]
        rows = b"".join(
            tag
            + word.revision.to_bytes(8, "big")
            + word.seal
            + word.entry_index.to_bytes(8, "big")
            + word.opened_index.to_bytes(8, "big")
            + bytes([word.adopted])
            for tag, word in self._words.items()
        )
        since = -1 if self._first is None else self._first
        content = since.to_bytes(8, "big", signed=True) + len(frontier).to_bytes(4, "big") + frontier + rows
        return hmac.digest(self._key, _MAC + content, "sha256") + content

    def _load(self) -> None:
        found = self._all(_SNAPSHOT)
        if not found:
            return
        body = bytes(found[0][0])
        mac, content = body[:32], body[32:]
        if not hmac.compare_digest(mac, hmac.digest(self._key, _MAC + content, "sha256")):
            return
        since, content = int.from_bytes(content[:8], "big", signed=True), content[8:]
        length = int.from_bytes(content[:4], "big")
        try:
            frontier = Frontier.from_bytes(content[4 : 4 + length])
        except TreeError:
            return
        words: dict[bytes, LastWord] = {}
        for at in range(4 + length, len(content), _ROW):
            row = content[at : at + _ROW]
            numbers = (row[32:40], row[72:80], row[80:88])
            revision, entry_index, opened_index = (int.from_bytes(number, "big") for number in numbers)
            words[row[:32]] = LastWord(revision, row[40:72], entry_index, opened_index, row[88] == 1)
        self._start(frontier, words)
        self._kept_at, self._unconfirmed = frontier.size, True
        self._first = None if since < 0 else since

    def _one(self, statement: Any) -> Any:
        return self._all(statement)[0]

    def _all(self, statement: Any, **values: int) -> Sequence[Any]:
        try:
            with self._engine.connect() as connection:
                return connection.execute(statement, values).all()
        except SQLAlchemyError as error:
            raise LogUnavailableError(f"the disclosure log cannot be read ({type(error).__name__})") from None


def _entry(body: bytes) -> Entry:
    try:
        return Entry.from_bytes(body)
    except AuditError:
        raise LogAlteredError("an entry of the log is malformed; run `gateway log verify`") from None
