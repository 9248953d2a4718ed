"""Requests over time by what became of them, drawn as SVG, and the figures it is drawn of.

Invariants: the drawing has a title and a description, its colours are attributes, so that the page's policy lets them
be; it never stands without its figures. A period without a request is a place without a bar. Does not: count.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from math import ceil
from typing import Final

from babel.dates import format_date
from markupsafe import Markup

from gateway.console.wording import LOCALES, Wording

OUTCOMES: Final = ("disclosure", "redelivery", "referral", "denial")
COLOURS: Final[Mapping[str, str]] = {
    "disclosure": "#1f497a",
    "redelivery": "#8fb3dd",
    "referral": "#c28b0a",
    "denial": "#b3192e",
}
MOST_PERIODS: Final = 62
_DAYS: Final = 45
_WEEKS: Final = 400
_WIDTH, _HEIGHT, _LEFT, _BOTTOM, _TOP = 640, 190, 48, 28, 12
_STEPS: Final = (1, 2, 3, 4, 6, 8)
_LABELS: Final = 6


@dataclass(frozen=True, slots=True)
class Chart:
    """`rows` are periods, the oldest first, with their counts in the order of OUTCOMES."""

    period: str
    rows: Sequence[tuple[date, tuple[int, ...]]]

    @property
    def shown(self) -> list[str]:
        """The outcomes that occur."""
        return [name for at, name in enumerate(OUTCOMES) if any(counts[at] for _day, counts in self.rows)]

    def name(self, day: date, words: Wording) -> str:
        """A period as readers call it."""
        pattern = {"month": "MMMM y"}.get(self.period, "d MMM y")
        return str(format_date(day, pattern, locale=LOCALES[words.lang]))


def period_for(first: date, last: date) -> str:
    """How long a bar is, so that there are not too many."""
    days = (last - first).days
    return "day" if days <= _DAYS else "week" if days <= _WEEKS else "month"


def chart_of(period: str, groups: Iterable[Mapping[str, object]]) -> Chart | None:
    """Of groups by period and kind, the last periods; None where there is nothing to draw."""
    counts: dict[date, dict[str, int]] = {}
    for group in groups:
        values, entries = group["values"], group["entries"]
        if isinstance(values, list) and isinstance(entries, int) and values[0] and values[1] in OUTCOMES:
            day = date.fromisoformat(values[0] if len(values[0]) > len("2026-01") else f"{values[0]}-01")
            counts.setdefault(day, {})[values[1]] = entries
    if not counts:
        return None
    days, day = [max(counts)], max(counts)
    while len(days) < MOST_PERIODS and (day := _before(day, period)) >= min(counts):
        days.append(day)
    rows = [(day, tuple(counts.get(day, {}).get(name, 0) for name in OUTCOMES)) for day in reversed(days)]
    return Chart(period, rows)


def drawn(chart: Chart, words: Wording) -> Markup:
    """The picture."""
    top = _ceiling(max(sum(counts) for _day, counts in chart.rows))
    place = (_WIDTH - _LEFT) / len(chart.rows)
    wide = min(place * 0.8, 40)
    tall = _HEIGHT - _BOTTOM - _TOP
    parts = [_grid(top, tall, words)]
    every = ceil(len(chart.rows) / _LABELS)
    for at, (day, counts) in enumerate(chart.rows):
        x, y = _LEFT + place * at + (place - wide) / 2, float(_TOP + tall)
        for name, count in zip(OUTCOMES, counts, strict=True):
            if count:
                high = tall * count / top
                y -= high
                parts.append(_rect(x, y, wide, high, COLOURS[name]))
        if at % every == 0:
            parts.append(_text(x + wide / 2, _HEIGHT - 8, _short(day, chart.period, words), "middle"))
    return Markup(
        '<svg class="chart" role="img" aria-labelledby="chart-title chart-what" viewBox="0 0 {} {}" '
        'xmlns="http://www.w3.org/2000/svg"><title id="chart-title">{}</title><desc id="chart-what">{}</desc>{}</svg>'
    ).format(_WIDTH, _HEIGHT, words("chart"), _described(chart, words), Markup("").join(parts))


def _described(chart: Chart, words: Wording) -> Markup:
    sums = [sum(counts[at] for _day, counts in chart.rows) for at in range(len(OUTCOMES))]
    said = [
        words("pair", words(f"kind-{name}"), words.number(total))
        for name, total in zip(OUTCOMES, sums, strict=True)
        if total
    ]
    first, last = (chart.name(chart.rows[at][0], words) for at in (0, -1))
    return words("chart-what", first, last, "; ".join(said))


def _grid(top: int, tall: float, words: Wording) -> Markup:
    lines = []
    for part in (0, 1, 2) if top > 1 and top % 2 == 0 else (0, 2):
        y = _TOP + tall - tall * part / 2
        lines.append(
            Markup('<line x1="{}" x2="{}" y1="{:.1f}" y2="{:.1f}" stroke="#d9d9d9"/>').format(_LEFT, _WIDTH, y, y)
        )
        lines.append(_text(_LEFT - 8, y + 5, words.number(top * part // 2), "end"))
    return Markup("").join(lines)


def _rect(x: float, y: float, wide: float, high: float, colour: str) -> Markup:
    return Markup('<rect x="{:.1f}" y="{:.1f}" width="{:.1f}" height="{:.1f}" fill="{}"/>').format(
        x, y, wide, high, colour
    )


def _text(x: float, y: float, said: str, anchor: str) -> Markup:
    return Markup('<text x="{:.1f}" y="{:.1f}" text-anchor="{}" font-size="12" fill="#595959">{}</text>').format(
        x, y, anchor, said
    )


def _short(day: date, period: str, words: Wording) -> str:
    return str(format_date(day, "MMM y" if period == "month" else "d MMM", locale=LOCALES[words.lang]))


def _before(day: date, period: str) -> date:
    if period == "month":
        return (day.replace(day=1) - timedelta(days=1)).replace(day=1)
    return day - timedelta(days=7 if period == "week" else 1)


def _ceiling(most: int) -> int:
    """The next round number."""
    size = 1
    while True:
        for step in _STEPS:
            if step * size >= most:
                return step * size
        size *= 10
