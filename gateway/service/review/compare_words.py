"""Says in plain words what a comparison found, what becomes possible first.

Invariant: names, not codes: units, purposes, record types, elements and provisions are called as the deployment's files
call them; only a clause, which has no name, is told by its id. Nothing found is left out. Does not: compare.
"""

from collections.abc import Iterator, Sequence
from typing import Any

from gateway.domain.agreement import AgreementVersion
from gateway.domain.element import Form, FormKind
from gateway.service.review.compare_sentences import COMPARED
from gateway.service.review.comparison import Bound, Changed, Comparison, Difference, Kind, Level, Period, TextChange
from gateway.service.review.naming import Naming
from gateway.service.review.text_words import change_in_words, place_in_words
from gateway.service.words.explain import Line, Section, Vocabulary
from gateway.service.words.local_time import minute
from gateway.service.words.rulebook import short
from gateway.service.words.sentences import Lang


def comparison_in_words(
    comparison: Comparison, old: AgreementVersion, new: AgreementVersion, lang: Lang, vocabulary: Vocabulary
) -> tuple[Section, ...]:
    """Which versions, what becomes possible, what no longer is, and the text."""
    say = COMPARED[lang]
    writer = _Writer(new, lang, Naming(lang, vocabulary))
    found = comparison.differences
    possible = list(writer.differences([one for one in found if one.kind.opens]))
    impossible = list(writer.differences([one for one in found if not one.kind.opens]))
    before = writer.version("old", old) if old.digest else Line(say["nothing-before"])
    sections = [
        Section("versions", say["versions"], (before, writer.version("new", new))),
        Section("possible", say["possible"], tuple(possible) or (Line(say["nothing-possible"]),)),
        Section("impossible", say["impossible"], tuple(impossible) or (Line(say["nothing-impossible"]),)),
        Section("text", say["text"], tuple(writer.text(comparison.text)) or (Line(say["same"]),)),
    ]
    return tuple(sections)


class _Writer:
    def __init__(self, version: AgreementVersion, lang: Lang, name: Naming) -> None:
        self._version = version
        self._lang = lang
        self._name = name
        self._say = COMPARED[lang]

    def version(self, key: str, version: AgreementVersion) -> Line:
        text = self._say[key].format(
            version.document["title"][self._lang], version.version, version.effective, version.expiry
        )
        return Line(text, version.id, (self._say["digest"].format(short(version.digest)),))

    def text(self, changes: Sequence[TextChange]) -> Iterator[Line]:
        """The changes under the part of the agreement that each is in."""
        parts: dict[str, list[str]] = {}
        for change in changes:
            place = place_in_words(change, self._lang, self._name)
            parts.setdefault(place, []).append(change_in_words(change, self._lang, self._name, self._version))
        yield from (Line(place, None, tuple(told)) for place, told in parts.items())

    def differences(self, found: Sequence[Difference]) -> Iterator[Line]:
        """The differences under who receives what for which purpose."""
        scopes: dict[str, list[str]] = {}
        for one in found:
            scopes.setdefault(self._scope(one), []).extend(self._told(one))
        yield from (Line(scope, None, tuple(told)) for scope, told in scopes.items())

    def _scope(self, one: Difference) -> str:
        if one.everywhere:
            return self._say["everything"]
        return self._say["scope"].format(
            self._name.purpose(one.purpose),
            self._name.record_type(one.record_type),
            self._name.unit(one.custodian),
            self._name.units(one.recipients),
        )

    def _told(self, one: Difference) -> Iterator[str]:
        bounds = self._joined(one.bounds)
        what = self._say[self._key(one)].format(bounds)
        if one.everywhere:
            yield what
            return
        if one.kind in {Kind.NEW, Kind.GONE} and bounds:
            what = f"{what}. {self._say['only'].format(bounds)}"
        yield what
        yield from self._below(one)

    def _key(self, one: Difference) -> str:
        if one.kind in {Kind.NEW, Kind.GONE}:
            return f"{one.kind}-{one.level or Level.ELEMENT}"
        return str(one.kind)

    def _below(self, one: Difference) -> Iterator[str]:
        if one.kind in {Kind.NEW, Kind.GONE}:
            forms: dict[str, list[str]] = {}
            for element in one.elements:
                form = element.new if one.kind is Kind.NEW else element.old
                forms.setdefault(self._form(form), []).append(self._element(one, element.element))
            for form_in_words, names in forms.items():
                title = form_in_words[:1].upper() + form_in_words[1:]
                yield self._say["elements"].format(title, "; ".join(names))
        elif one.kind in {Kind.WIDER, Kind.NARROWER}:
            names = [self._with_form(one, element) for element in one.elements]
            yield self._say["all" if one.whole else "listed"].format("; ".join(names))
        else:
            for element in one.elements:
                name = self._element(one, element.element)
                yield self._say["form-change"].format(name, self._form(element.old), self._form(element.new))

    def _element(self, one: Difference, name: str) -> str:
        return self._name.element(one.record_type, name)

    def _with_form(self, one: Difference, changed: Changed) -> str:
        """The element, and its form where it does not go as it is."""
        name, form = self._element(one, changed.element), changed.new or changed.old
        if form is None or form.kind is FormKind.PLAIN:
            return name
        return self._say["in-form"].format(name, self._form(form))

    def _form(self, form: Form | None) -> str:
        return self._say["none"] if form is None else self._name.form(form)

    def _joined(self, bounds: Sequence[Bound]) -> str:
        return "; ".join(text for bound in bounds for text in self._bound(bound))

    def _bound(self, bound: Bound) -> Iterator[str]:
        say = self._say
        match bound.respect:
            case "cardinality":
                yield f" {say['or']} ".join(say[str(value)] for value in bound.values)
            case "case-reference":
                yield from (say["with-case" if value else "without-case"] for value in bound.values)
            case "requester":
                yield say["requester"].format("; ".join(self._name.unit(str(value)) for value in bound.values))
            case "along":
                yield from (say["along"].format(self._name.any_element(str(value))) for value in bound.values if value)
            case "time":
                yield from (self._period(period) for period in bound.periods)
            case "record":
                yield self._record(bound)
            case _:
                yield say["combination"]

    def _record(self, bound: Bound) -> str:
        attribute = self._name.attribute(bound.attribute or "")
        if None in bound.values:
            key = "record-not" if bound.others else "record-any"
            return self._say[key].format(attribute, self._values(bound.others))
        return self._say["record"].format(attribute, self._values(bound.values))

    def _values(self, values: Sequence[Any]) -> str:
        return f" {self._say['or']} ".join(self._name.value(value) for value in values)

    def _period(self, period: Period) -> str:
        days = [self._version.day(at) for at in (period.begins, period.ends)]
        whole = all(at == self._version.begins(day) for at, day in zip((period.begins, period.ends), days, strict=True))
        if whole:
            return self._say["period"].format(*days)
        return self._say["period-of-hours"].format(minute(period.begins), minute(period.ends))
