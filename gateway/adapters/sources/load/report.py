"""What became of every row of a file: loaded, or named with its line and a reason.

Invariant: read = loaded + named, and the totals of the loaded and of the named rows add up to the totals of the file;
`LoadReport.check` refuses a report for which this is not so. Holds line numbers, codes and sums, no value of a row: a
sole proprietor's name is personal information.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from gateway.adapters.sources.errors import LoadError

REASONS: Mapping[str, str] = {
    "blank": "nothing on the line",
    "before-header": "stands before the line with the headers",
    "sentence": "a sentence, not a row (footnote or title)",
    "total-row": "a total of the publisher's, not a row",
    "unbalanced-quote": "a quotation mark is opened and not closed",
    "not-csv": "quotation marks in the wrong place",
    "cell-too-long": "a cell longer than 4,000 characters",
    "too-many-cells": "more cells than there are headers",
    "province-unknown": "the province or territory is not one",
    "employer-missing": "no employer",
    "counts-unreadable": "the number of LMIAs or positions is not a number",
    "date-unreadable": "the decision date is not a date",
    "penalty-unreadable": "the penalty is not an amount of dollars",
    "codes-unreadable": "the reason codes are not numbers",
    "key-missing": "the key is empty",
    "key-twice": "the key occurred on an earlier line",
    "value-unreadable": "a value does not have the type of its element",
    "occupation-missing": "loaded without an occupation (NOC is empty)",
    "occupation-without-code": "loaded with a title, without a NOC code",
    "noc-version-differs": "loaded; its NOC code is of another version than the file's",
    "stream-stray": "loaded without a stream: the stream is a number",
    "stream-missing": "loaded without a stream",
    "stream-unfamiliar": "loaded with a stream not seen before",
    "carried-down": "loaded with the cells above it (merged cells)",
    "postal-code-missing": "loaded without a postal code: none in the address",
    "date-impossible": "loaded without its decision date: there was no such day",
    "date-padded": "loaded; the day or month of the date had one digit",
}


@dataclass(frozen=True, slots=True)
class Totals:
    """Rows, and the LMIAs and positions on them (0 where a list has no such columns)."""

    rows: int = 0
    lmias: int = 0
    positions: int = 0

    def __add__(self, other: "Totals") -> "Totals":
        return Totals(self.rows + other.rows, self.lmias + other.lmias, self.positions + other.positions)


@dataclass(frozen=True, slots=True)
class Named:
    """A line and the code of a reason (`REASONS`)."""

    line: int
    reason: str


@dataclass(frozen=True, slots=True)
class LoadReport:
    """The outcome of one load. `unchanged` says that the same file was loaded before and nothing was done."""

    file: str
    form: str
    edition: str
    digest: str
    encoding: str
    noc_version: str | None
    header_line: int
    totals: Totals
    loaded: Totals
    rejected: Totals
    named: tuple[Named, ...]
    notes: tuple[Named, ...]
    replaced: int = 0
    unchanged: bool = False
    headers: tuple[str, ...] = field(default=())

    def check(self) -> None:
        """Raises LoadError where a row or a sum was lost: then nothing may be written."""
        if self.loaded + self.rejected != self.totals or len(self.named) < self.rejected.rows:
            raise LoadError(f"{self.file}: rows or totals were lost while reading; nothing was loaded")

    def as_json(self) -> dict[str, Any]:
        """For `--json`; every line that was named or noted is in it."""
        return {
            "file": self.file,
            "format": self.form,
            "edition": self.edition,
            "sha256": self.digest,
            "encoding": self.encoding,
            "noc_version": self.noc_version,
            "header_line": self.header_line,
            "read": _sums(self.totals),
            "loaded": _sums(self.loaded),
            "rejected": _sums(self.rejected),
            "replaced_rows": self.replaced,
            "unchanged": self.unchanged,
            "named": [{"line": n.line, "reason": n.reason, "text": REASONS[n.reason]} for n in self.named],
            "notes": [{"line": n.line, "reason": n.reason, "text": REASONS[n.reason]} for n in self.notes],
        }

    def as_text(self) -> str:
        """For people: sums, then the lines by reason, at most twenty of each note."""
        lines = [
            f"{self.file}: {self.form} {self.edition}, {self.encoding}"
            + (f", NOC {self.noc_version}" if self.noc_version else "")
            + f", headers on line {self.header_line}",
            _row("read", self.totals),
            _row("loaded", self.loaded),
            _row("named", self.rejected),
        ]
        if self.unchanged:
            lines.append("This file was loaded before; nothing was changed.")
        elif self.replaced:
            lines.append(f"Replaced {self.replaced:,} rows of {self.edition}.")
        for title, entries, most in (("Not loaded", self.named, None), ("Notes", self.notes, 20)):
            if entries:
                lines.append(f"{title}:")
                lines += _by_reason(entries, most)
        return "\n".join(lines)


def _sums(totals: Totals) -> dict[str, int]:
    return {"rows": totals.rows, "lmias": totals.lmias, "positions": totals.positions}


def _row(title: str, totals: Totals) -> str:
    return f"  {title:<8}{totals.rows:>10,} rows{totals.lmias:>10,} LMIAs{totals.positions:>10,} positions"


def _by_reason(entries: tuple[Named, ...], most: int | None) -> list[str]:
    lines = []
    for reason, number in Counter(entry.reason for entry in entries).most_common():
        where = [entry.line for entry in entries if entry.reason == reason]
        shown = ", ".join(str(line) for line in where[:most])
        rest = f" and {number - most:,} more" if most is not None and number > most else ""
        lines.append(f"  {number:,} × {REASONS[reason]} [{reason}]: line {shown}{rest}")
    return lines
