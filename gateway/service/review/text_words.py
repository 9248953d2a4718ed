"""Says in plain words how one member of an agreement's text changed: where, what, from what to what.

Invariant: whole texts are not repeated; that a text was reworded is said, and in which language where in one alone.
Does not: say whether anything becomes possible (`compare_words`).
"""

from collections.abc import Mapping
from typing import Any

from gateway.domain.agreement import AgreementVersion
from gateway.domain.element import Form, FormKind
from gateway.service.review.compare_sentences import COMPARED, MEMBERS_OF_AGREEMENT, TITLES
from gateway.service.review.comparison import Tendency, TextChange
from gateway.service.review.naming import Naming
from gateway.service.words.sentences import Lang


def change_in_words(change: TextChange, lang: Lang, name: Naming, version: AgreementVersion) -> str:
    """What changed, from what to what, and whether that loosens or tightens."""
    say = COMPARED[lang]
    title = _title(change, lang, name, version)
    old, new = (None if value is None else _value(change, value, lang, name) for value in (change.old, change.new))
    if change.code == "text":
        text = say["reworded" if change.language is None else f"reworded-{change.language}"].format(title)
    elif old is None and new is None:
        text = say["mentioned"].format(title)
    elif old is None or new is None:
        text = say["added" if old is None else "removed"].format(title, new if old is None else old)
    else:
        text = say["changed"].format(title, old, new)
    text = text[:1].upper() + text[1:]
    if change.without_effect:
        return say["without-effect"].format(text)
    return text if change.tendency is Tendency.NEITHER else say[change.tendency].format(text)


def place_in_words(change: TextChange, lang: Lang, name: Naming) -> str:
    """The part of the agreement that the change is in."""
    say = COMPARED[lang]
    if change.purpose is None or change.code == "schedule":
        return say["agreement"]
    purpose = name.purpose(change.purpose)
    if change.clause is None or change.code == "clause":
        return say["schedule"].format(purpose)
    return say["clause"].format(purpose, change.clause)


def _title(change: TextChange, lang: Lang, name: Naming, version: AgreementVersion) -> str:
    if change.code == "text":
        path, _, of = (change.subject or "").partition(" ")
        members = MEMBERS_OF_AGREEMENT[lang]
        for key in (path, ".".join(path.split(".")[-2:]), path.split(".")[-1]):
            if key in members:
                return members[key] + (f" ({_subject(change, of, name, version)})" if of else "")
        return path
    title = TITLES[lang][change.code]
    if change.code in {"form", "third-party"} and change.subject is not None:
        return f"{title} ({_subject(change, change.subject, name, version)})"
    if change.code == "condition-value" and change.subject is not None:
        return f"{title} ({name.attribute(change.subject)})"
    return title


def _subject(change: TextChange, code: str, name: Naming, version: AgreementVersion) -> str:
    """An element by its label, where the clause's record type is known; an institution by its code."""
    clauses = (
        clause
        for schedule in version.document["schedules"]
        for clause in schedule["clauses"]
        if clause["id"] == change.clause
    )
    clause = next(clauses, None)
    return name.any_element(code) if clause is None else name.element(clause["record_type"], code)


def _value(change: TextChange, value: Any, lang: Lang, name: Naming) -> str:
    say = COMPARED[lang]
    named = {
        **dict.fromkeys(("power", "made-under", "discloser-authority", "recipient-authority"), name.provision),
        **dict.fromkeys(("recipient-unit", "discloser-unit", "party-unit"), name.unit),
        "obligation": name.obligation,
        "record-type": name.record_type,
        "cardinality": lambda code: say.get(code, code),
        "condition-value": name.value,
    }
    if change.code in named:
        return named[change.code](value)
    match change.code:
        case "case-reference":
            return say["with-case" if value == "required" else "without-case"]
        case "keep-at-least" | "keep-at-most":
            return say["days"].format(value)
        case "max-page":
            return say["records"].format(value)
        case "form":
            return name.form(_form(value))
        case "element":
            return f"{name.any_element(value['name'])} ({name.form(_form(value['form']))})"
        case "condition":
            values = f" {say['or']} ".join(name.value(one) for one in value["in"])
            return say["condition"].format(name.attribute(value["attribute"]), values)
    return _plainly(value, lang, name)


def _form(value: Mapping[str, Any]) -> Form:
    return Form(FormKind(value["kind"]), value.get("keep"), value.get("to"))


def _plainly(value: Any, lang: Lang, name: Naming) -> str:
    """What names a thing best: its words in the language, or what it is known by."""
    if isinstance(value, bool):
        return name.value(value)
    if not isinstance(value, Mapping):
        return str(value)
    if lang in value:
        return str(value[lang])
    for member in ("title", "term", "role"):
        inner = value.get(member)
        if isinstance(inner, Mapping) and lang in inner:
            unit = value.get("unit")
            return str(inner[lang]) if unit is None else f"{inner[lang]}, {name.unit(unit)}"
    if "from" in value:
        say = COMPARED[lang]
        return say["period"].format(value["from"], value["until"] or "…")
    known = ("decision", "organization", "id", "reason")
    return next((str(value[member]) for member in known if member in value), "")
