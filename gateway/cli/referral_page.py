"""A referral on a terminal, in one language: a line of the list, the whole of it for who decides, and what a step did.

Invariants: what the requester wrote stands behind a label, as data (`gateway.cli.screen`); times are Ottawa's, named.
Does not: fetch anything, or print.
"""

import shlex
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any, Final

from gateway.cli.screen import listed, wrapped
from gateway.service.obligation.notices import NOTICES
from gateway.service.words.forms import CODES, MEMBERS, TEXTS
from gateway.service.words.local_time import minute, moment
from gateway.service.words.sentences import GROUNDS, Lang
from gateway.service.words.staff import HELD, STATES

_WORDS: Final[Mapping[Lang, Mapping[str, str]]] = {
    "en": {
        "headings": "referral|state|decide by (Ottawa time)",
        "overdue": "OVERDUE. ",
        "escalated": "ONE LEVEL UP. ",
        "below": "{0}{1}; requester: {2}; custodian: {3}; records: {4}; elements: {5}",
        "state": "State: {0}",
        "upheld": "upheld",
        "not-upheld": "not upheld",
        "asked": "Asked: {0}",
        "decide": "Decide by: {0}",
        "ground": "Ground: {0}",
        "requester": "Requester: {0}",
        "recipient": "For: {0}",
        "custodian": "Custodian: {0}",
        "record_type": "Records: {0}",
        "purpose": "Purpose: {0}",
        "person": "Person: {0} {1}",
        "case_reference": "Case of the requester: {0}",
        "acting_officer": "Officer of the requester: {0}",
        "banner-weighed": "BANNER: nothing of this record is to be disclosed. It protects somebody, perhaps the "
        "person you help. If the law demands a release all the same, use --despite-banner and say why.",
        "banner-holds": "BANNER: nothing of this record is to be disclosed, and nobody lifts it on this ground. "
        "Refuse.",
        "banner-unknown": "The source does not answer: whether the record bears a banner is not known.",
        "elements": "Elements asked for",
        "weigh": "Provisions to weigh",
        "form": "What the requester says; nobody has verified it",
        "released": "Released",
        "collect": "It may be collected until {0}.",
        "entry": "Entry of the request: {0}",
        "pair": "{0}: {1}",
        "step": "{0}: {1}; on record as entry {2}",
        "drafted": "Notice drafted: {0} [{1}], to: {2}",
        "held": "HELD: {0} [{1}]. Get advice before it is sent.",
        "read": "Read it with:",
        "more": "{0} more: add --skip {1}",
        "because": "your reasons in writing, then Ctrl-D:",
    },
    "fr": {
        "headings": "renvoi|état|heure limite (Ottawa)",
        "overdue": "EN RETARD. ",
        "escalated": "AU NIVEAU SUPÉRIEUR. ",
        "below": "{0}{1}; demandeur : {2}; dépositaire : {3}; dossiers : {4}; éléments : {5}",
        "state": "État : {0}",
        "upheld": "confirmé",
        "not-upheld": "non confirmé",
        "asked": "Demande reçue : {0}",
        "decide": "À décider au plus tard : {0}",
        "ground": "Fondement : {0}",
        "requester": "Demandeur : {0}",
        "recipient": "Pour : {0}",
        "custodian": "Dépositaire : {0}",
        "record_type": "Dossiers : {0}",
        "purpose": "Fin : {0}",
        "person": "Personne : {0} {1}",
        "case_reference": "Cas du demandeur : {0}",
        "acting_officer": "Agent du demandeur : {0}",
        "banner-weighed": "MISE EN GARDE : rien de ce dossier ne doit être communiqué. Elle protège quelqu'un, "
        "peut-être la personne que vous aidez. Si la loi exige néanmoins une communication, utilisez "
        "--despite-banner et dites pourquoi.",
        "banner-holds": "MISE EN GARDE : rien de ce dossier ne doit être communiqué, et nul ne la lève pour ce motif. "
        "Refusez.",
        "banner-unknown": "La source ne répond pas : on ignore si le dossier porte une mise en garde.",
        "elements": "Éléments demandés",
        "weigh": "Dispositions à peser",
        "form": "Ce que dit le demandeur; personne ne l'a vérifié",
        "released": "Communication autorisée",
        "collect": "Peut être retiré jusqu'au {0}.",
        "entry": "Inscription de la demande : {0}",
        "pair": "{0} : {1}",
        "step": "{0} : {1}; inscription {2} au journal",
        "drafted": "Avis rédigé : {0} [{1}]; destinataire : {2}",
        "held": "RETENU : {0} [{1}]. Demandez conseil avant de l'envoyer.",
        "read": "Pour le lire :",
        "more": "Encore {0} : ajoutez --skip {1}",
        "because": "vos motifs par écrit, puis Ctrl-D :",
    },
}
_NAMED: Final = ("ground", "requester", "recipient", "custodian", "record_type", "purpose")
_TO_COLLECT: Final = frozenset({"released", "partly-released"})


def more(left: int, skip: int, lang: Lang) -> str:
    """That there are more than the page shows, and how to see them."""
    return wrapped(_WORDS[lang]["more"].format(left, skip), lang)


def reasons_wanted(lang: Lang) -> str:
    """What stands before a person who is to write reasons."""
    return wrapped(_WORDS[lang]["because"], lang)


def referral_list(found: list[dict[str, Any]], lang: Lang) -> Iterator[str]:
    """Number, state and time first and whole; what it is about below."""
    words = _WORDS[lang]
    rows = [
        (
            (one["referral"], _state(one, lang), minute(_at(one["decide_by"]))),
            (
                words["below"].format(
                    _mark(one, words),
                    GROUNDS[lang].get(one["ground"], one["ground"]),
                    *(one[name] for name in ("requester", "custodian", "record_type")),
                    ", ".join(one["elements"]),
                ),
            ),
        )
        for one in found
    ]
    yield from listed(words["headings"].split("|"), rows, lang)


def referral_page(found: Mapping[str, Any], lang: Lang) -> Iterator[str]:
    """All that who decides needs to see."""
    words, titles = _WORDS[lang], found["titles"]
    yield found["referral"]
    facts = [
        words["state"].format(_mark(found, words) + _state(found, lang)),
        words["asked"].format(moment(_at(found["asked_at"]), lang)),
        words["decide"].format(moment(_at(found["decide_by"]), lang)),
        *(
            words[name].format(_coded(titles[name][lang], found[name]))
            for name in _NAMED
            if name != "recipient" or found["recipient"] != found["requester"]
        ),
    ]
    if found["subject"] is not None:
        facts.append(words["person"].format(found["subject"]["scheme"], found["subject"]["value"]))
    facts += [words[name].format(found[name]) for name in ("case_reference", "acting_officer") if found[name]]
    facts.append(words["entry"].format(found["entry_index"]))
    yield from (wrapped(fact, lang, indent=2) for fact in facts)
    if found["banner"] != "none":
        yield wrapped(words[f"banner-{found['banner']}"], lang)
    for name in ("elements", "weigh"):
        yield words[name]
        yield from (wrapped(_coded(titles[name][code][lang], code), lang, indent=2) for code in found[name])
    if found["form"]:
        yield words["form"]
        yield from (wrapped(line, lang, indent=2) for line in _form(found["form"], lang))
    if found["released"]:
        yield words["released"]
        labels = (_coded(titles["elements"][code][lang], code) for code in found["released"])
        yield from (wrapped(label, lang, indent=2) for label in labels)
        if found["state"] in _TO_COLLECT:
            yield wrapped(words["collect"].format(moment(_at(found["collect_until"]), lang)), lang, indent=2)


def step(ruled: Mapping[str, Any], lang: Lang, *, by: Mapping[str, str | None]) -> Iterator[str]:
    """What a step did. A release says until when it may be collected, and how its notices are read,
    `by` whom."""
    words = _WORDS[lang]
    yield wrapped(words["step"].format(ruled["referral"], _state(ruled, lang), ruled["on_record"]), lang)
    if ruled["state"] in _TO_COLLECT:
        yield wrapped(words["collect"].format(moment(_at(ruled["collect_until"]), lang)), lang, indent=2)
    for notice in ruled["notices"]:
        known, code = NOTICES.get(notice["code"]), notice["code"]
        title = code if known is None else known.en if lang == "en" else known.fr
        addressee = notice["addressee_title"][lang]
        yield wrapped(words["drafted"].format(title, code, addressee), lang, indent=2)
        if notice["held"]:
            held = HELD[lang].get(notice["held"], notice["held"])
            yield wrapped(words["held"].format(held, notice["held"]), lang, indent=4)
        command = ("gateway", "obligation", "show", str(ruled["on_record"]), str(notice["position"]))
        stated = [part for name in ("unit", "officer") if (value := by.get(name)) for part in (f"--{name}", value)]
        shown = shlex.join((*command, *stated))
        yield f"    {words['read']}"
        # On a line of its own and never wrapped, so that it can be copied.
        yield f"    {shown}"


def _form(form: Mapping[str, Any], lang: Lang) -> Iterator[str]:
    pair = _WORDS[lang]["pair"]
    for name, label in MEMBERS[lang].items():
        match form.get(name):
            case None | []:
                continue
            case {"scheme": scheme, "value": value}:
                said = f"{scheme} {value}"
            case [*codes]:
                said = ", ".join(CODES[lang].get(code, code) for code in codes)
            case code:
                said = CODES[lang].get(code, code)
        yield pair.format(label, said)
    for name, text in form["texts"].items():
        yield pair.format(TEXTS[lang].get(name, name), text)


def _state(one: Mapping[str, Any], lang: Lang) -> str:
    state = STATES[lang].get(one["state"], one["state"])
    found = {None: "", True: "upheld", False: "not-upheld"}[one["upheld"]]
    return f"{state}, {_WORDS[lang][found]}" if found else state


def _mark(one: Mapping[str, Any], words: Mapping[str, str]) -> str:
    if one["overdue"]:
        return words["overdue"]
    return words["escalated"] if one["escalated"] and one["decided_at"] is None else ""


def _coded(title: str, code: str) -> str:
    return f"{title} [{code}]"


def _at(time: str) -> datetime:
    return datetime.fromisoformat(time)
