"""What the codes of a referral are called, in both languages, for whoever shows it.

Invariant: a code that the deployment's files do not know any more is called by itself. Does not: hold anything that a
requester wrote.
"""

from collections.abc import Mapping
from typing import Any

from gateway.domain.referral import Referral
from gateway.service.words.addressees import ADDRESSEES
from gateway.service.words.explain import Titles, Vocabulary
from gateway.service.words.sentences import GROUNDS, SENTENCES

Title = Mapping[str, str]


def titles(referral: Referral, words: Vocabulary) -> Mapping[str, Any]:
    """By member of the referral; elements and provisions by code."""
    kind = words.catalogue.find(referral.record_type)
    labels = {} if kind is None else {name: _label(one) for name, one in kind.elements.items()}
    return {
        "requester": _title(words.units, referral.requester),
        "recipient": _title(words.units, referral.recipient),
        "custodian": _title(words.units, referral.custodian),
        "record_type": _same(referral.record_type) if kind is None else _label(kind),
        "purpose": _title(words.purposes, referral.purpose),
        "ground": {lang: GROUNDS[lang].get(referral.ground, referral.ground) for lang in GROUNDS},
        "elements": {name: labels.get(name, _same(name)) for name in referral.elements},
        "weigh": {code: _provision(code, words) for code in referral.weigh},
    }


def addressee(code: str, words: Vocabulary) -> Title:
    """To whom a notice goes."""
    return dict(ADDRESSEES.get(code) or _title(words.units, code))


def _provision(code: str, words: Vocabulary) -> Title:
    title = _title(words.provisions, code)
    if code not in words.sections:
        return title
    act, section = words.instruments[code], words.sections[code]
    return {lang: SENTENCES[lang]["provision"].format(title[lang], act[lang], section[lang]) for lang in SENTENCES}


def _title(known: Titles, code: str) -> Title:
    return dict(known.get(code, _same(code)))


def _label(one: Any) -> Title:
    return {"en": one.label_en, "fr": one.label_fr}


def _same(code: str) -> Title:
    return {"en": code, "fr": code}
