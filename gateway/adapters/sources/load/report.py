"""What became of every row of a file: loaded, or named with its line and a reason.

Invariant: read = loaded + named, and the loaded rows equal a count that does not use the reader (`tally`);
`LoadReport.check` refuses a report for which this is not so. Holds line numbers, codes, headers and sums, no value of a
row: a sole proprietor's name is personal information. Reads in English and in French.
"""

from dataclasses import dataclass, field
from typing import Any

from gateway.adapters.sources.errors import LoadError
from gateway.adapters.sources.load.report_words import CAUTIONS, LANGUAGES, REASONS, REASONS_FR, SENTENCES


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
class Replaced:
    """An edition that was replaced: its rows and the SHA-256 of its file, where that is known."""

    edition: str
    rows: int
    digest: str


@dataclass(frozen=True, slots=True)
class LoadReport:
    """The outcome of one load. `counted` is the independent count of the loaded rows, `headers` what each published
    header was read as; `unchanged` says that the same file was loaded before and nothing was done."""

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
    counted: Totals | None = None
    headers: tuple[tuple[str, str | None], ...] = field(default=())
    cautions: tuple[str, ...] = field(default=())
    replaces: tuple[Replaced, ...] = field(default=())
    sheet: str | None = None

    def check(self) -> None:
        """Raises LoadError where a row or a sum was lost: then nothing may be written."""
        if self.loaded + self.rejected != self.totals or len(self.named) < self.rejected.rows:
            raise LoadError(f"{self.file}: rows or totals were lost while reading; nothing was loaded")
        if self.counted is not None and self.counted != self.loaded:
            raise LoadError(f"{self.file}: an independent count differs from what was read; nothing was loaded")

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
            "counted": _sums(self.counted) if self.counted is not None else None,
            "sheet": self.sheet,
            "headers": [{"published": published, "read_as": meaning} for published, meaning in self.headers],
            "cautions": [
                {"code": code, "text": CAUTIONS[code][0], "text_fr": CAUTIONS[code][1]} for code in self.cautions
            ],
            "replaced_rows": self.replaced,
            "replaced": [{"edition": old.edition, "rows": old.rows, "sha256": old.digest} for old in self.replaces],
            "unchanged": self.unchanged,
            "named": [_named(entry) for entry in self.named],
            "notes": [_named(entry) for entry in self.notes],
        }

    def as_text(self, lang: str = "en") -> str:
        """For people: sums, then the lines by reason, at most twenty of each note."""
        words = _Words(lang)
        noc = "" if not self.noc_version else f", {'CNP' if lang == 'fr' else 'NOC'} {self.noc_version}"
        where = words.say("headers-on", line=self.header_line) + (f" ({self.sheet})" if self.sheet else "")
        lines = [
            f"{self.file}: {self.form} {self.edition}, {self.encoding}{noc}, {where}",
            *(words.sums(title, totals) for title, totals in self._parts()),
        ]
        left_out = [published for published, meaning in self.headers if meaning is None]
        if left_out:
            lines.append(words.say("columns-ignored", names=", ".join(left_out)))
        lines += [words.say("caution") + CAUTIONS[code][LANGUAGES.index(lang)] for code in self.cautions]
        if self.unchanged:
            lines.append(words.say("unchanged"))
        elif self.replaced:
            lines += [words.replaced(old) for old in self.replaces]
        for title, entries, most in (("not-loaded", self.named, None), ("notes", self.notes, 20)):
            if entries:
                lines.append(f"{words.say(title)}{' ' if lang == 'fr' else ''}:")
                lines += words.by_reason(entries, most)
        return "\n".join(lines)

    def _parts(self) -> tuple[tuple[str, Totals], ...]:
        return (("read", self.totals), ("loaded", self.loaded), ("named", self.rejected))


class _Words:
    """The sentences of a report in one language."""

    def __init__(self, lang: str) -> None:
        self._place = LANGUAGES.index(lang)
        self._reasons = (REASONS, REASONS_FR)[self._place]

    def say(self, sentence: str, **facts: object) -> str:
        return SENTENCES[sentence][self._place].format(**facts)

    def number(self, number: int) -> str:
        grouped = f"{number:,}"
        return grouped if self._place == 0 else grouped.replace(",", "\u00a0")

    def sums(self, title: str, totals: Totals) -> str:
        rows, lmias, positions = (self.number(each) for each in (totals.rows, totals.lmias, totals.positions))
        return self.say("sums", title=self.say(title), rows=rows, lmias=lmias, positions=positions)

    def replaced(self, old: Replaced) -> str:
        digest = self.say("digest", start=old.digest[:12]) if old.digest else ""
        return self.say("replaced", rows=self.number(old.rows), edition=old.edition, digest=digest)

    def by_reason(self, entries: tuple[Named, ...], most: int | None) -> list[str]:
        where: dict[str, list[int]] = {}
        for entry in entries:
            where.setdefault(entry.reason, []).append(entry.line)
        lines = []
        for reason, found in sorted(where.items(), key=lambda each: -len(each[1])):
            shown = ", ".join(str(line) for line in found[:most])
            rest = self.say("more", number=self.number(len(found) - most)) if most and len(found) > most else ""
            colon = " :" if self._place else ":"
            words = self._reasons[reason]
            lines.append(f"  {self.number(len(found))} × {words} [{reason}]{colon} {self.say('line')} {shown}{rest}")
        return lines


def _named(entry: Named) -> dict[str, Any]:
    return {
        "line": entry.line,
        "reason": entry.reason,
        "text": REASONS[entry.reason],
        "text_fr": REASONS_FR[entry.reason],
    }


def _sums(totals: Totals) -> dict[str, int]:
    return {"rows": totals.rows, "lmias": totals.lmias, "positions": totals.positions}
