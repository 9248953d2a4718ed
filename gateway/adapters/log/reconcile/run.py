"""Holds every table beside the log against its entries: `gateway log reconcile`, before an account, and at start.

    reconciled = reconcile.whole(workers, progress)      every part is opened
    reconciled = reconcile.since_mark()                  parts since the last time are opened, the others are summed
    reconciled = reconcile.sample(500)                   entries picked at random

Invariant: a private part that is not there is lawful only where the entry of an erasure lists it (`log.erasing`); what
an erasure lists is not there. Erasures that happen meanwhile make neither a fault nor hide one: the entries that came
meanwhile are read before anything is said. A mark is kept only where nothing was at fault.
Does not: check hash tiles (`gateway log verify` does), or nonces and Idempotency-Keys, which expire. Does not
repair anything.
"""

import random
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final

from sqlalchemy import Engine, text
from sqlalchemy.exc import SQLAlchemyError

from audit import checkpoint
from audit.errors import AuditError
from audit.merkle import EMPTY_ROOT, Frontier
from audit.note_key import VerifierKey
from gateway.adapters.log.checkpoints import CheckpointTable
from gateway.adapters.log.proven import LogAlteredError
from gateway.adapters.log.reader import LogReader
from gateway.adapters.log.reconcile.entries import Place, RangeFound, RangeReader
from gateway.adapters.log.reconcile.filing import SLICES, Filing
from gateway.adapters.log.reconcile.mark import Mark, keep_mark, read_mark
from gateway.adapters.log.reconcile.pool import Here, Range, Workers
from gateway.adapters.log.reconcile.state import StateCheck
from gateway.adapters.log.reconcile.sums import Sums
from gateway.adapters.log.vault import Vault, split_tokens
from gateway.domain.errors import LogUnavailableError
from gateway.service.log.completeness import CANNOT_TELL, GAP_FROM_BEFORE, TOLD_AT_MOST, Finding, Reconciled

Progress = Callable[[int, int], None]
_STEP: Final = 10_000
_TOKEN: Final = text("SELECT 1 FROM search_token WHERE token = :token AND entry_index = :index AND part = :part")
_FILED: Final = text("SELECT part, tokens FROM private_part WHERE entry_index = :index")
_MARKED: Final = {
    "sqlite": text("SELECT entry_index FROM entry WHERE entry_index >= :first AND instr(body, :mark) > 0"),
    "postgresql": text(
        "SELECT entry_index FROM entry WHERE entry_index >= :first AND position(CAST(:mark AS bytea) IN body) > 0"
    ),
}
_ERASURE: Final = b'"kind":"erasure"'
"""In canonical JSON a quotation mark within a string is escaped, so that this is the member and nothing else."""


@dataclass(slots=True)
class _Gathered:
    """What ranges showed, put together."""

    key: bytes
    leaves: dict[int, bytes] = field(default_factory=dict)
    sums: Sums = field(init=False)
    duties: int = 0
    missing: set[Place] = field(default_factory=set)
    erasures: dict[int, Sequence[Place] | None] = field(default_factory=dict)
    agreements: set[str] = field(default_factory=set)
    policies: set[str] = field(default_factory=set)
    faults: dict[str, tuple[int, tuple[int, ...]]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.sums = Sums(self.key)

    def take(self, found: RangeFound) -> None:
        self.leaves[found.first] = found.leaves
        self.sums.include(found.sums)
        self.duties += found.duties
        self.missing.update(found.missing)
        self.erasures.update(found.erasures)
        self.agreements |= found.agreements
        self.policies |= found.policies
        for kind, (count, entries) in found.faults.items():
            self.add(kind, count, entries)

    def add(self, kind: str, count: int, entries: Iterable[int] = ()) -> None:
        if count:
            before, told = self.faults.get(kind, (0, ()))
            self.faults[kind] = (before + count, tuple(sorted({*told, *entries})[:TOLD_AT_MOST]))

    def findings(self) -> list[Finding]:
        return [Finding(kind, count, entries) for kind, (count, entries) in self.faults.items()]


class Reconcile:
    """Reads only, but for the mark. Every method blocks and raises LogUnavailableError."""

    def __init__(
        self, engine: Engine, vault: Vault, state: StateCheck, table: CheckpointTable, log_key: VerifierKey
    ) -> None:
        self._engine = engine
        self._vault = vault
        self._key = vault.state_key
        self._state = state
        self._table = table
        self._log_key = log_key
        self._reader = LogReader(engine)

    def whole(
        self,
        workers: Workers | None = None,
        progress: Progress = lambda _done, _total: None,
        *,
        documents: bool = True,
    ) -> Reconciled:
        """Everything, from the first entry; kept documents, which no account needs, only where asked for. `progress` is
        told entries (and, towards the end, slices of the search tokens as their share of entries) done and their
        number."""
        size, root = self._reader.head()
        work = workers or Here(self._engine, self._vault)
        gathered, tokens = self._gather(work, _ranges(0, size), size, progress)
        self._check_tree(gathered, size, root)
        erased = self._explain(gathered, size)
        self._check_filing(gathered, tokens, size)
        if documents:
            self._check_documents(gathered)
        return self._report(gathered, size, 0, erased, mark=True)

    def since_mark(self) -> Reconciled:
        """Only what came since the last time is opened; the rest has to have the same sums. Without a mark that counts,
        or where somebody was erased since, everything."""
        size, _root = self._reader.head()
        mark = read_mark(self._engine, self._key)
        if mark is None or mark.size > size:
            return self.whole(documents=False)
        gathered, tokens = self._gather(Here(self._engine, self._vault), _ranges(mark.size, size), size, None)
        if gathered.erasures:
            return self.whole(documents=False)
        filing = Filing(self._engine, self._key)
        before = filing.parts(0, mark.size)
        if before != mark.sums:
            return self.whole(documents=False)
        gathered.sums.include(before)
        erased = self._explain(gathered, size)
        self._check_filing(gathered, tokens, size)
        return self._report(gathered, size, mark.size, erased, mark=True)

    def rows(self) -> Reconciled:
        """Only the rows of state: keys, cases, fulfilled duties."""
        size, _root = self._reader.head()
        return self._report(_Gathered(self._key), size, size, 0, mark=False)

    def sample(self, count: int, pick: random.Random | None = None) -> Reconciled:
        """About `count` entries in runs of 25, with the search tokens of their parts, and the rows of state."""
        size, _root = self._reader.head()
        chosen = (pick or random.SystemRandom()).sample(range(0, size, 25), min(count // 25, (size + 24) // 25))
        reader, gathered = RangeReader(self._engine, self._vault), _Gathered(self._key)
        for first in sorted(chosen):
            gathered.take(reader.check(first, min(first + 25, size)))
            self._check_tokens(gathered, first, min(first + 25, size))
        if gathered.missing:
            for index in self._erasures(min(gathered.missing)[0]):
                gathered.erasures.update(reader.check(index, index + 1).erasures)
            listed = {place for places in gathered.erasures.values() for place in places or ()}
            gathered.missing |= listed  # of what an erasure lists, only what was looked at is known to be gone
        erased = self._explain(gathered, size)
        return self._report(gathered, size, size, erased, mark=False)

    def _gather(
        self, workers: Workers, ranges: Sequence[Range], size: int, progress: Progress | None
    ) -> tuple[_Gathered, Sums]:
        """What the ranges show, and the sums of all search tokens before `size`."""
        gathered, tokens = _Gathered(self._key), Sums(self._key)
        share = max(size // (4 * SLICES), 1)
        total, done = sum(until - first for first, until in ranges) + SLICES * share, 0
        for found in workers.run(ranges, range(SLICES), size):
            if isinstance(found, RangeFound):
                gathered.take(found)
                done += found.until - found.first
            else:
                tokens.include(found)
                done += share
            if progress is not None:
                progress(done, total)
        return gathered, tokens

    def _check_tree(self, gathered: _Gathered, size: int, root: bytes) -> None:
        """The entries against the head and the last signed checkpoint."""
        note, signed = self._table.last(), None
        try:
            signed = None if note is None else checkpoint.verify(note, self._log_key).checkpoint
        except AuditError:
            gathered.add("checkpoint-differs", 1)
        if note is None and size:
            gathered.add("checkpoint-missing", 1)
        frontier, at_signed = Frontier(), EMPTY_ROOT
        for first in sorted(gathered.leaves):
            leaves = gathered.leaves[first]
            for at in range(0, len(leaves), 32):
                frontier.append(leaves[at : at + 32])
                if signed is not None and frontier.size == signed.size:
                    at_signed = frontier.root()
        if frontier.root() != root:
            gathered.add("head-differs", 1)
        if signed is not None and signed.size > size:
            if signed.size > self._reader.head()[0]:
                gathered.add("log-shorter", 1)
        elif signed is not None and signed.root != at_signed:
            gathered.add("checkpoint-differs", 1)

    def _erasures(self, first: int) -> Sequence[int]:
        """Entries from `first` on that may be erasures."""
        try:
            with self._engine.connect() as connection:
                statement = _MARKED[self._engine.dialect.name]
                return [int(row[0]) for row in connection.execute(statement, {"first": first, "mark": _ERASURE})]
        except SQLAlchemyError as error:
            raise LogUnavailableError(f"the disclosure log cannot be read ({type(error).__name__})") from None

    def _explain(self, gathered: _Gathered, size: int) -> int:
        """Gaps that erasures list are lawful; returns how many. Says what is there although it went."""
        later = RangeReader(self._engine, self._vault)
        meanwhile: set[Place] = set()
        while (now := self._reader.head()[0]) > size:
            for first, until in _ranges(size, now):
                for places in later.check(first, until).erasures.values():
                    meanwhile.update(places or ())
            size = now
        listed = {place for places in gathered.erasures.values() for place in places or ()}
        silent = max((index for index, places in gathered.erasures.items() if places is None), default=-1)
        gaps = gathered.missing - listed - meanwhile
        before = {place for place in gaps if place[0] < silent}
        _tell(gathered, GAP_FROM_BEFORE, before)
        _tell(gathered, "part-missing", gaps - before)
        _tell(gathered, "part-put-back", listed - gathered.missing - meanwhile)
        return len(gathered.missing & (listed | meanwhile))

    def _check_filing(self, gathered: _Gathered, tokens: Sums, size: int) -> None:
        """The search tokens there are against those that the parts are filed under."""
        if tokens.values()[2:] != gathered.sums.values()[2:]:
            for finding in Filing(self._engine, self._key).differing(size):
                gathered.add(finding.kind, finding.count, finding.entries)

    def _check_tokens(self, gathered: _Gathered, first: int, until: int) -> None:
        try:
            with self._engine.connect() as connection:
                for index in range(first, until):
                    for part, tokens in connection.execute(_FILED, {"index": index}).all():
                        for token in split_tokens(bytes(tokens)):
                            values = {"token": token, "index": index, "part": part}
                            if connection.execute(_TOKEN, values).first() is None:
                                gathered.add("token-missing", 1, [index])
        except SQLAlchemyError as error:
            raise LogUnavailableError(f"search tokens cannot be read ({type(error).__name__})") from None

    def _check_documents(self, gathered: _Gathered) -> None:
        for finding in self._state.documents(gathered.agreements, gathered.policies):
            gathered.add(finding.kind, finding.count)

    def _report(self, gathered: _Gathered, size: int, since: int, erased: int, *, mark: bool) -> Reconciled:
        rows, state = 0, list[Finding]()
        try:
            rows, found_state = self._state.check()
            state = list(found_state)
        except LogAlteredError:
            gathered.add("head-differs", 0 if "head-differs" in gathered.faults else 1)
        found = (*gathered.findings(), *state)
        faults = tuple(one for one in found if one.kind not in CANNOT_TELL)
        doubts = tuple(one for one in found if one.kind in CANNOT_TELL)
        parts, _parts_sum, tokens, _tokens_sum = gathered.sums.values()
        if mark and not faults:
            keep_mark(self._engine, self._key, Mark(size, gathered.sums.values()))
        return Reconciled(size, since, parts, tokens, gathered.duties, rows, erased, faults, doubts)


def _tell(gathered: _Gathered, kind: str, places: set[Place]) -> None:
    gathered.add(kind, len(places), sorted({index for index, _part in places})[:TOLD_AT_MOST])


def _ranges(first: int, until: int) -> list[Range]:
    return [(start, min(start + _STEP, until)) for start in range(first, until, _STEP)]
