"""Says in plain words why a decision was what it was, from its entry alone.

Who asked whom for what, under which schedule and clause, on whose authority, what left in which form, what was
withheld and why, which duties followed, and the proof. Invariant 6: an explanation is made of the entry, which names no
person, and of titles from the deployment's files; the private part stays closed, so a protected record and an absent
one are explained alike (invariant 7). Does not: judge anew (`gateway.service.disclosure.replay` does).
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from audit.encoding import to_base64url
from audit.entry import Entry
from audit.vocabulary import parse_time
from gateway.domain.agreement import AgreementVersion
from gateway.domain.element import Catalogue
from gateway.service.log.standing import Standing
from gateway.service.words.local_time import ZONE, moment
from gateway.service.words.sentences import GROUNDS, KINDS, SENTENCES, Lang
from gateway.service.words.staff import ACTIONS

Titles = Mapping[str, Mapping[str, str]]
"""Words in both languages, by code."""


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """What the deployment's files call things. `institutions` names the organization of a unit; `bound` is the side a
    duty binds."""

    catalogue: Catalogue
    units: Titles
    institutions: Titles
    purposes: Titles
    reasons: Titles
    remedies: Titles
    provisions: Titles
    instruments: Titles
    sections: Titles
    obligations: Titles
    bound: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Line:
    """One sentence, the code it says in words, and what belongs below it."""

    text: str
    code: str | None = None
    below: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Section:
    """`key` is the same in both languages."""

    key: str
    title: str
    lines: tuple[Line, ...]


def explain(
    entry_index: int,
    entry: Entry,
    lang: Lang,
    vocabulary: Vocabulary,
    agreement: AgreementVersion | None,
    standing: Standing | None,
) -> tuple[Section, ...]:
    """The explanation of an entry, section by section. `agreement` is the version the entry cites, where it is kept."""
    writer = _Writer(entry_index, entry, lang, vocabulary, agreement)
    sections = {
        "what": writer.what(),
        "asked": writer.asked(),
        "agreement": writer.agreed(),
        "discloser": writer.provisions(entry.authorities.discloser),
        "recipient": writer.provisions(entry.authorities.recipient),
        "disclosed": writer.disclosed(),
        "withheld": writer.withheld(),
        "obligations": writer.obligations(),
        "reasons": writer.reasons(),
        "proof": writer.proof(standing),
    }
    found = ((key, tuple(lines)) for key, lines in sections.items())
    titles = {} if entry.effect is not None else {"what": "done", "asked": "actor"}
    return tuple(Section(key, SENTENCES[lang][titles.get(key, key)], lines) for key, lines in found if lines)


class _Writer:
    def __init__(
        self,
        entry_index: int,
        entry: Entry,
        lang: Lang,
        vocabulary: Vocabulary,
        agreement: AgreementVersion | None,
    ) -> None:
        self._index = entry_index
        self._entry = entry
        self._lang = lang
        self._words = vocabulary
        self._agreement = agreement

    def what(self) -> Iterator[Line]:
        entry = self._entry
        yield Line(self._say("entry", self._index, moment(parse_time(entry.time), self._lang)))
        if entry.effect is not None:
            yield Line(self._say(entry.effect), entry.effect)
        elif entry.reasons and set(entry.reasons) <= ACTIONS[self._lang].keys():
            yield from (Line(ACTIONS[self._lang][action], action) for action in entry.reasons)
        else:
            kind = KINDS[self._lang].get(entry.kind, entry.kind)
            yield Line(self._say("not-decision", kind, ", ".join(entry.reasons)), entry.kind)
        if entry.refers_to is not None:
            key = {"redelivery": "again", "disclosure": "released"}.get(
                entry.kind, "again" if entry.effect else "concerns"
            )
            yield Line(self._say(key, entry.refers_to))

    def asked(self) -> Iterator[Line]:
        entry = self._entry
        asks = "acted" if entry.effect is None else "requester"
        yield Line(self._say(asks, self._title(self._words.units, entry.requester)), entry.requester)
        if entry.custodian is not None:
            yield Line(self._say("custodian", self._title(self._words.units, entry.custodian)), entry.custodian)
        elif entry.effect is not None:
            yield Line(self._say("request-unknown"))
        if entry.recipient is not None and entry.recipient != entry.requester:
            yield Line(self._say("for", self._title(self._words.units, entry.recipient)), entry.recipient)
        if entry.record_type is not None:
            known = self._words.catalogue.find(entry.record_type)
            label = entry.record_type if known is None else known.label_en if self._lang == "en" else known.label_fr
            what = f"records-{entry.cardinality}" if entry.cardinality else "about"
            yield Line(self._say(what, label), entry.record_type)
        if entry.purpose is not None:
            yield Line(self._say("purpose", self._title(self._words.purposes, entry.purpose)), entry.purpose)
        if entry.ground is not None:
            yield Line(self._say("ground", GROUNDS[self._lang].get(entry.ground, entry.ground)), entry.ground)

    def agreed(self) -> Iterator[Line]:
        cited, kept = self._entry.agreement, self._agreement
        if self._entry.effect is None:
            return
        if cited is None:
            yield Line(self._say("no-agreement"))
            return
        if kept is None:
            yield Line(self._say("version-only", cited.version), cited.id, (self._say("not-kept"),))
            yield from (Line(self._say("clause", clause), clause) for clause in self._entry.clauses)
            return
        title = kept.document["title"][self._lang]
        yield Line(self._say("version", title, kept.version, kept.effective, kept.expiry), kept.id)
        for schedule in self._schedules():
            clauses = [clause["id"] for clause in schedule["clauses"] if clause["id"] in self._entry.clauses]
            below = tuple(self._say("clause", clause) for clause in clauses)
            yield Line(self._say("schedule", schedule["title"][self._lang]), schedule["id"], below)

    def provisions(self, cited: tuple[str, ...]) -> Iterator[Line]:
        words, lang = self._words, self._lang
        for code in cited:
            title = self._title(words.provisions, code)
            if code in words.sections:
                title = self._say("provision", title, self._title(words.instruments, code), words.sections[code][lang])
            yield Line(title, code)

    def disclosed(self) -> Iterator[Line]:
        for item in self._entry.disclosed:
            necessity = self._necessity(item.element)
            below = (self._say("necessity", necessity),) if necessity is not None else ()
            yield Line(self._say("element", self._label(item.element), self._form(item.form)), item.element, below)
        if self._entry.disclosed:
            yield Line(self._say("records", self._entry.records))

    def withheld(self) -> Iterator[Line]:
        for item in self._entry.withheld:
            reason = self._title(self._words.reasons, item.reason)
            yield Line(self._say("element", self._label(item.element), reason), item.element)

    def obligations(self) -> Iterator[Line]:
        for item in self._entry.obligations:
            below = [self._say("due", item.due, ZONE[self._lang]) if item.due else self._say("no-date")]
            if item.code in self._words.bound:
                below.append(self._say(f"bound-{self._words.bound[item.code]}"))
            yield Line(self._title(self._words.obligations, item.code), item.code, (", ".join(below),))

    def reasons(self) -> Iterator[Line]:
        if self._entry.effect is None:
            return
        for code in self._entry.reasons:
            remedy = self._words.remedies.get(code)
            yield Line(self._title(self._words.reasons, code), code, (remedy[self._lang],) if remedy else ())

    def proof(self, standing: Standing | None) -> Iterator[Line]:
        if standing is None:
            yield Line(self._say("unsigned"))
        else:
            yield Line(self._say("signed", self._index, standing.size, standing.origin))
            root = self._say("root")
            yield Line(self._say("element", root, to_base64url(standing.root)))
        if self._entry.purpose is not None and self._entry.policy_revision is not None:
            revision = self._say("element", self._say("revision"), self._entry.policy_revision)
            yield Line(revision, None, (self._say("repeat", self._index),))

    def _say(self, key: str, *fill: object) -> str:
        return SENTENCES[self._lang][key].format(*fill)

    def _title(self, titles: Titles, code: str) -> str:
        """What is not in the files any more is called by its code."""
        found = titles.get(code)
        return code if found is None else found[self._lang]

    def _label(self, name: str) -> str:
        known = self._words.catalogue.find(self._entry.record_type or "")
        element = known.elements.get(name) if known else None
        if element is None:
            return name
        return element.label_en if self._lang == "en" else element.label_fr

    def _form(self, code: str) -> str:
        kind, _, parameter = code.partition(":")
        exact = f"{kind}-{parameter}"
        return self._say(exact if exact in SENTENCES[self._lang] else kind, parameter)

    def _schedules(self) -> list[Mapping[str, Any]]:
        if self._agreement is None or self._entry.purpose is None:
            return []
        return list(self._agreement.schedules_for(self._entry.purpose))

    def _necessity(self, element: str) -> str | None:
        """Why the clause grants the element, in the words of the agreement."""
        for schedule in self._schedules():
            for clause in schedule["clauses"]:
                for granted in clause["elements"] if clause["id"] in self._entry.clauses else ():
                    if granted["name"] == element:
                        said: str = granted["necessity"][self._lang]
                        return said
        return None
