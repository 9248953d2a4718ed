"""What a list format is: a table, and a way to read rows from records.

A format reads; it does not open files or write (`loader` does). A new published list is a new module with a
`ListFormat` and one entry in `known`.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from sqlalchemy import Table

from gateway.adapters.sources.load.record import Record
from gateway.adapters.sources.load.report import Totals


@dataclass(frozen=True, slots=True)
class Row:
    """One record after reading: `values` for the table, or None with `reason`. `totals` are what it says of LMIAs
    and positions; `notes` are codes. `line` and `last` are its first and last physical line."""

    line: int
    totals: Totals
    values: Mapping[str, Any] | None
    reason: str | None = None
    notes: tuple[str, ...] = ()
    last: int = 0


@dataclass(frozen=True, slots=True)
class Reading:
    """What is known of a file before its headers: its name and edition, the lines above, and the headers that the
    person who loads it wants left out."""

    name: str
    edition: str
    titles: tuple[str, ...] = ()
    ignore: Collection[str] = ()


@dataclass(frozen=True, slots=True)
class Header:
    """Where the headers were found, and the reader of the rows after it.

    `columns` is how many cells the line has. `fits` tells cells that are a row by themselves. `counts` are the places
    of the numbers that are added up (LMIAs, positions). `cautions` are codes about the whole file; `read_as` is what
    each published header was understood as."""

    line: int
    read: Callable[[Iterable[Record]], Iterator[Row]]
    columns: int
    fits: Callable[[Sequence[str]], bool]
    counts: tuple[int | None, int] | None = None
    cautions: tuple[str, ...] = ()
    read_as: tuple[tuple[str, str | None], ...] = field(default=())


class ListFormat(Protocol):
    """`key` is the table's unique column; `name_look_ups` are identifier schemes looked up by employer's name, with
    the columns that hold its look-up form; `edition_column` tells rows of one edition, None where a file replaces
    everything; `weight_column` is added up to see how much of a list a new edition of it holds."""

    @property
    def name(self) -> str: ...
    @property
    def table(self) -> Table: ...
    @property
    def key(self) -> str: ...
    @property
    def name_look_ups(self) -> Mapping[str, tuple[str, ...]]: ...
    @property
    def edition_column(self) -> str | None: ...
    @property
    def weight_column(self) -> str | None: ...

    def edition(self, file_name: str, given: str | None) -> str:
        """Quarter or month of the file. Raises LoadError."""

    def supersedes(self, edition: str, standing: str) -> bool:
        """Whether rows of the edition `standing` cannot stay beside those of `edition`."""

    def older(self, edition: str, standing: str) -> bool:
        """Whether `edition` is known to be before `standing`."""

    def header(self, record: Record, reading: Reading) -> Header | None:
        """The header, where `record` is it. Raises LoadError where it is and cannot be read."""
