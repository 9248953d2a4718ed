"""What the codes of an entry are called, in both languages, for whoever lists entries.

Invariant: a code that the deployment's files do not know any more is called by itself. Does not: explain an entry
(`gateway.service.words.explain`).
"""

from collections.abc import Mapping
from typing import Any

from audit.entry import Entry
from gateway.service.words.explain import Titles, Vocabulary
from gateway.service.words.sentences import BOTH, GROUNDS, KINDS
from gateway.service.words.staff import ACTIONS


def titles_of(entry: Entry, words: Vocabulary) -> Mapping[str, Any]:
    """By member; elements and reasons by code."""
    known = words.catalogue.find(entry.record_type or "")
    labels = {} if known is None else {name: _label(one) for name, one in known.elements.items()}
    named = [*(one.element for one in entry.disclosed), *(one.element for one in entry.withheld)]
    units = (entry.requester, entry.recipient, entry.custodian)
    return {
        "units": {unit: _title(words.units, unit) for unit in units if unit},
        "record_type": None
        if entry.record_type is None
        else _same(entry.record_type)
        if known is None
        else _label(known),
        "purpose": entry.purpose and _title(words.purposes, entry.purpose),
        "ground": entry.ground and {lang: GROUNDS[lang].get(entry.ground, entry.ground) for lang in BOTH},
        "kind": {lang: KINDS[lang].get(entry.kind, entry.kind) for lang in BOTH},
        "elements": {name: labels.get(name, _same(name)) for name in named},
        "reasons": {
            code: {lang: ACTIONS[lang].get(code) or _title(words.reasons, code)[lang] for lang in BOTH}
            for code in entry.reasons
        },
    }


def _title(known: Titles, code: str) -> Mapping[str, str]:
    return dict(known.get(code, _same(code)))


def _label(one: Any) -> Mapping[str, str]:
    return {"en": one.label_en, "fr": one.label_fr}


def _same(code: str) -> Mapping[str, str]:
    return {"en": code, "fr": code}
