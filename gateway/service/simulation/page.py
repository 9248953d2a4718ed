"""A simulation's report in plain words, as sections that a command or a screen shows.

What becomes possible comes first. Invariant: every page begins with the words that nothing of it is live. Made of codes
and titles from the files; names no person. Does not: number anything otherwise than the report, so that a group opens
by its number.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Final

from gateway.service.simulation.change import OPENS, Change, ChangeKind
from gateway.service.simulation.recorded import NOT_DECIDED
from gateway.service.simulation.simulate import Group, SimulationReport
from gateway.service.simulation.situation import SituationsTried, Tried
from gateway.service.simulation.usage import AlwaysWithheld, NeverPermitted, UnusedElement
from gateway.service.words.explain import Line, Section, Titles, Vocabulary
from gateway.service.words.sentences import SENTENCES, Lang
from gateway.service.words.simulation import SIMULATION

SHOWN: Final = 12
"""So many lines of a section are shown; the rest is counted."""
_ENTRIES: Final = 5
_CLOSES: Final = frozenset(
    {
        ChangeKind.NOW_REFUSED,
        ChangeKind.REFERRED_INSTEAD,
        ChangeKind.ELEMENT_WITHHELD,
        ChangeKind.FORM_NARROWER,
        ChangeKind.REFUSED_INSTEAD,
    }
)
_REASONED_THEN: Final = frozenset({ChangeKind.NOW_PERMITTED, ChangeKind.NOW_REFERRED, ChangeKind.ELEMENT_GIVEN})
_PERMITTED: Final = frozenset({"permitted", "permitted-on-ground", "released-by-person"})
_DIFFERENCES: Final = frozenset({ChangeKind.OTHER_BASIS, ChangeKind.OTHER_DUTIES})


@dataclass(frozen=True, slots=True)
class SimulationPage:
    """Words a report. `agreements` are those concerned, None for all."""

    report: SimulationReport
    agreements: frozenset[str] | None
    words: Vocabulary
    lang: Lang

    def sections(self) -> Iterator[Section]:
        """The page; sections that would be empty are left out."""
        yield Section("simulation", self._say("title"), tuple(self._head()))
        numbered = list(enumerate(self.report.groups, 1))
        for key, kinds in (("opens", OPENS), ("closes", _CLOSES), ("otherwise", set(ChangeKind) - OPENS - _CLOSES)):
            lines = tuple(self.group(number, one) for number, one in numbered if one.key.change.kind in kinds)
            yield from self._section(key, lines)
        usage = self.report.usage
        yield from self._section(
            "unused",
            (
                *(Line(self._say("unused-clause", f"{one.agreement}/{one.clause}")) for one in usage.clauses),
                *self._unused(usage.elements),
            ),
        )
        yield from self._section("never", tuple(map(self._never, usage.never_permitted)))
        yield from self._section("withheld", tuple(map(self._withheld, usage.always_withheld)))

    def situations(self, tried: SituationsTried) -> Iterator[Section]:
        """Which situations come out otherwise than they say."""
        whole = self.number(tried.tried), self.number(tried.tried - len(tried.otherwise))
        lines = [Line(self._say("situations-run", *whole))]
        if tried.skipped:
            lines.append(Line(self._say("situations-skipped", self.number(tried.skipped))))
        lines += (Line(self._say("situation-broken", name, fault)) for name, fault in tried.broken.items())
        lines += map(self._tried, tried.otherwise)
        yield Section("situations", self._say("situations"), tuple(lines))

    def _tried(self, tried: Tried) -> Line:
        situation = tried.situation
        record_type = situation.ask["what"]["record_type"]
        below = list[str]()
        for change in tried.changes:
            what = self._what(record_type, change)
            below += (what, *(f"  {why}" for why in self._why(change)))
        below += [self._say("situation-already")] if tried.already else []
        return Line(
            self._say("situation-differs", situation.name, situation.body["title"][self.lang]), None, tuple(below)
        )

    def opened(self, number: int) -> Section | None:
        """One group with all its entries that are named, or None where there is none of this number."""
        if not 1 <= number <= len(self.report.groups):
            return None
        group = self.report.groups[number - 1]
        whole = len(group.entries) == group.count
        told = () if whole else (self.number(len(group.entries)), self.number(group.count))
        entries = Line(
            self._say("opened" if whole else "opened-first", *told), None, (", ".join(map(str, group.entries)),)
        )
        return Section("group", self._say("title"), (Line(self._say("not-live")), self.group(number, group), entries))

    def group(self, number: int, group: Group) -> Line:
        """What changes, where, for whom and why."""
        key = group.key
        where = self._say(
            "where",
            key.agreement or self._say("no-agreement"),
            self._title(self.words.purposes, key.purpose),
            self._record_type(key.record_type),
        )
        below = [where, self._say("asked-by", self._titles(self.words.units, group.recipients))]
        below += self._why(key.change)
        if key.change.kind is ChangeKind.NOW_PERMITTED and group.elements:
            below.append(self._say("given", ", ".join(self._label(key.record_type, one) for one in group.elements)))
        below += self._how_many("unread", group.unread, group.count)
        below += self._how_many("already", group.already, group.count)
        listed = ", ".join(map(str, group.entries[:_ENTRIES]))
        below.append(self._say("entries", listed if group.count <= _ENTRIES else self._say("more", listed)))
        heading = self._count(
            "group", group.count, number, self.number(group.count), self._what(key.record_type, key.change)
        )
        return Line(heading, None, tuple(below))

    def number(self, value: int) -> str:
        """As people of the language write it."""
        return f"{value:,}" if self.lang == "en" else f"{value:,}".replace(",", "\u00a0")

    def _head(self) -> Iterator[Line]:
        report, period = self.report, self.report.period
        yield Line(self._say("not-live"))
        if report.partial:
            yield Line(self._say("partial", self.number(report.read), self.number(report.total)))
        yield Line(self._say("draft", report.draft))
        if self.agreements is None:
            yield Line(self._say("everything"))
        else:
            yield Line(self._say("agreements", ", ".join(sorted(self.agreements))))
        first = period.since.isoformat() if period.since else self._say("from-start")
        last = period.until.isoformat() if period.until else self._say("to-end")
        yield Line(self._say("period", first, last))
        if not report.requests:
            yield Line(self._say("none"))
        else:
            told = (self.number(report.changed), self.number(report.requests), self._share())
            yield Line(self._count("result", report.changed, *told))
            yield Line(self._count("inputs", report.inputs, self.number(report.inputs)))
        for reason in NOT_DECIDED:
            if report.not_decided.get(reason):
                yield Line(self._say(reason, self.number(report.not_decided[reason])))
        if report.moved:
            yield Line(self._say("moved", self.number(report.moved)))

    def _share(self) -> str:
        share = 100 * self.report.changed / self.report.requests
        text = "0" if not share else "<1" if share < 1 else f"{share:.0f}"
        return f"{text}%" if self.lang == "en" else f"{text}\u00a0%"

    def _what(self, record_type: str, change: Change) -> str:
        label = self._label(record_type, change.element) if change.element else ""
        if change.kind is ChangeKind.OTHER_REASON:
            permitted = change.element is None and not set(change.after).isdisjoint(_PERMITTED)
            suffix = "-element" if change.element else "-permit" if permitted else ""
            return self._say(f"other-reason{suffix}", label)
        if change.kind is ChangeKind.ELEMENT_GIVEN:
            return self._say(change.kind, label, self._form(change.after[0]))
        forms = [self._form(one) for one in (*change.before, *change.after)] if change.element else ["", ""]
        return self._say(change.kind, label, *forms)

    def _why(self, change: Change) -> Iterator[str]:
        if change.kind is ChangeKind.OTHER_REASON:
            yield self._say("reason-was", self._reasons(change.before))
            yield self._say("reason-is", self._reasons(change.after))
        elif change.kind in _DIFFERENCES:
            duties = change.kind is ChangeKind.OTHER_DUTIES
            for key, codes in (("gone", change.before), ("come", change.after)):
                if codes:
                    yield self._say(key, "; ".join(map(self._duty, codes) if duties else codes))
        elif change.reasons:
            yield self._say(
                "because-then" if change.kind in _REASONED_THEN else "because", self._reasons(change.reasons)
            )

    def _how_many(self, key: str, count: int, of: int) -> Iterator[str]:
        if count:
            yield self._say(f"{key}-all") if count == of else self._say(key, self.number(count))

    def _unused(self, elements: Iterable[UnusedElement]) -> Iterator[Line]:
        """One line for each clause."""
        for (agreement, clause), found in groupby(elements, lambda one: (one.agreement, one.clause)):
            names = ", ".join(one.element for one in found)
            yield Line(self._say("unused-element", f"{agreement}/{clause}", names))

    def _never(self, one: NeverPermitted) -> Line:
        asks = self._say(
            "never-one",
            self._title(self.words.units, one.recipient),
            self._record_type(one.record_type),
            self._say(one.cardinality),
            self._title(self.words.purposes, one.purpose),
            self.number(one.asked),
        )
        reasons = (self._say("reason-count", self._reasons((code,)), self.number(n)) for code, n in one.reasons)
        return Line(asks, one.agreement, tuple(reasons))

    def _withheld(self, one: AlwaysWithheld) -> Line:
        where = (one.agreement or self._say("no-agreement"), self._title(self.words.purposes, one.purpose))
        label = self._label(one.record_type, one.element)
        text = self._say("withheld-one", label, self.number(one.asked), self._reasons(one.reasons))
        return Line(text, None, (self._say("where", *where, self._record_type(one.record_type)),))

    def _section(self, key: str, lines: tuple[Line, ...]) -> Iterator[Section]:
        if len(lines) > SHOWN + 1:
            lines = (*lines[:SHOWN], Line(self._say("and-more", self.number(len(lines) - SHOWN))))
        if lines:
            yield Section(key, self._say(key), lines)

    def _reasons(self, codes: tuple[str, ...]) -> str:
        return "; ".join(self._title(self.words.reasons, code) for code in codes) or self._say("no-reason")

    def _duty(self, text: str) -> str:
        code, _, days = text.partition(" ")
        title = self._title(self.words.obligations, code)
        return self._say("days", title, self.number(int(days))) if days and days != "0" else title

    def _form(self, code: str) -> str:
        kind, _, parameter = code.partition(":")
        exact = f"{kind}-{parameter}"
        sentences = SENTENCES[self.lang]
        return sentences[exact if exact in sentences else kind].format(parameter)

    def _record_type(self, name: str) -> str:
        known = self.words.catalogue.find(name)
        return name if known is None else known.label_en if self.lang == "en" else known.label_fr

    def _label(self, record_type: str, name: str) -> str:
        known = self.words.catalogue.find(record_type)
        element = known.elements.get(name) if known else None
        if element is None:
            return name
        return f"{element.label_en if self.lang == 'en' else element.label_fr} [{name}]"

    def _titles(self, titles: Titles, codes: tuple[str, ...]) -> str:
        return "; ".join(self._title(titles, code) for code in codes)

    def _title(self, titles: Titles, code: str) -> str:
        """What is not in the files any more is called by its code."""
        found = titles.get(code)
        return code if found is None else found[self.lang]

    def _say(self, key: str, *fill: object) -> str:
        return SIMULATION[self.lang][key].format(*fill)

    def _count(self, key: str, count: int, *fill: object) -> str:
        """A French noun is singular for none as well."""
        single = count == 1 or (count == 0 and self.lang == "fr")
        return self._say(f"{key}-one" if single else key, *fill)
