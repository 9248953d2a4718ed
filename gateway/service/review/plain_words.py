"""An agreement in plain words: who may have what, for what, on whose authority, and what follows.

Invariant: a sentence is made of the agreement and of what the deployment calls things, in both languages alike. Does
not: say whether a request is permitted; the policy decides that, each time.
"""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from gateway.domain.agreement import AgreementVersion
from gateway.domain.element import Form, FormKind
from gateway.service.words.explain import Vocabulary
from gateway.service.words.rulebook import short
from gateway.service.words.sentences import Lang

_WORDS: Final[Mapping[Lang, Mapping[str, str]]] = {
    "en": {
        "term": "In force from {0} until the day before {1}; version {2}, digest {3}",
        "purpose": "Purpose: {0} ({1})",
        "clause": "Clause {0}",
        "asks": "{0} may ask {1} for {2}, {3}",
        "single": "one record at a time",
        "list": "as a list",
        "case": "A case reference is required.",
        "when": "Only where {0} is {1}.",
        "discloser": "Authority to disclose: {0}",
        "recipient": "Authority to collect: {0}",
        "element": "{0}: {1}",
        "withheld": "Kept back: {0}",
        "duties": "Duties: {0}",
        "keep": "Keep at least {0} days, dispose after {1} days.",
    },
    "fr": {
        "term": "En vigueur du {0} jusqu'à la veille du {1}; version {2}, empreinte {3}",
        "purpose": "Fin : {0} ({1})",
        "clause": "Clause {0}",
        "asks": "{0} peut demander à {1} : {2}, {3}",
        "single": "un dossier à la fois",
        "list": "en liste",
        "case": "Une référence de cas est exigée.",
        "when": "Seulement si {0} est {1}.",
        "discloser": "Pouvoir de communiquer : {0}",
        "recipient": "Pouvoir de recueillir : {0}",
        "element": "{0} : {1}",
        "withheld": "Non communiqué : {0}",
        "duties": "Obligations : {0}",
        "keep": "Conserver au moins {0} jours, éliminer après {1} jours.",
    },
}


def plain_words(version: AgreementVersion, called: Vocabulary, lang: Lang) -> Iterator[str]:
    """Line by line; what belongs below a line stands two spaces further in."""
    words = _WORDS[lang]
    yield version.document["title"][lang]
    yield words["term"].format(version.effective, version.expiry, version.version, short(version.digest))
    for schedule in version.document["schedules"]:
        yield ""
        yield words["purpose"].format(called.purposes[schedule["purpose"]][lang], schedule["purpose"])
        for clause in schedule["clauses"]:
            yield from (f"  {line}" for line in _clause(clause, called, lang))


def _clause(clause: Mapping[str, Any], called: Vocabulary, lang: Lang) -> Iterator[str]:
    words = _WORDS[lang]
    record_type = called.catalogue.record_types[clause["record_type"]]
    label = record_type.label_en if lang == "en" else record_type.label_fr
    how = ", ".join(words[cardinality] for cardinality in clause["cardinality"])
    recipients = ", ".join(clause["recipient"]["units"])
    yield words["clause"].format(clause["id"])
    yield "  " + words["asks"].format(recipients, clause["discloser"]["unit"], label, how)
    if clause["case_reference"] == "required":
        yield "  " + words["case"]
    for condition in clause["conditions"]:
        yield "  " + words["when"].format(condition["attribute"], " / ".join(str(v).lower() for v in condition["in"]))
    for side in ("discloser", "recipient"):
        titles = (f"{name} ({called.provisions[name][lang]})" for name in clause[side]["authorities"])
        yield "  " + words[side].format("; ".join(titles))
    for entry in clause["elements"]:
        element = record_type.elements[entry["name"]]
        form = Form(FormKind(entry["form"]["kind"]), entry["form"].get("keep"), entry["form"].get("to"))
        name = f"{element.label_en if lang == 'en' else element.label_fr} ({entry['name']}, {form.code})"
        yield "    " + words["element"].format(name, entry["necessity"][lang])
    if "withheld_by_design" in clause:
        yield "  " + words["withheld"].format(clause["withheld_by_design"][lang])
    yield "  " + words["duties"].format("; ".join(called.obligations[code][lang] for code in clause["obligations"]))
    yield "  " + words["keep"].format(clause["retention"]["min_days"], clause["retention"]["max_days"])
