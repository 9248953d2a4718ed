"""Guided editing of an agreement in a draft: its term, a schedule, a clause with its elements; what is new, what goes.

Invariants: a form is saved on the revision that its editor saw; what it does not show stays as it is; a fault is shown
beside the field it concerns, with all that was typed. Does not: submit or approve anything.
"""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

from starlette.responses import Response

from gateway.console.drafts import choices, forms
from gateway.console.drafts.reading import Editing, editing, refused
from gateway.console.typed import Typed
from gateway.console.visit import NotHereError, Problem, Visit
from gateway.staff.asking import StaffCallError

_TERM_FIELDS: Final = {
    "version": "version", "title": "title-en", "term.effective": "effective", "term.expiry": "expiry",
    "term": "expiry", "governance.review": "review",
}  # fmt: skip
_SCHEDULE_FIELDS: Final = {
    "purpose": "purpose", "title": "title-en", "made_under": "made_under", "data_subjects.limits": "limits-en",
    "frequency_method.mode": "mode", "frequency_method.max_per_day": "max_per_day",
}  # fmt: skip
_CLAUSE_FIELDS: Final = {
    "discloser.unit": "gives", "discloser.authorities": "auth_gives", "recipient.units": "recipients",
    "recipient.authorities": "auth_receives", "cardinality": "cardinality", "max_page": "max_page",
    "case_reference": "case_reference", "conditions": "conditions", "elements": "elements",
    "retention.min_days": "min_days", "retention.max_days": "max_days", "retention": "max_days",
    "obligations": "duties", "withheld_by_design": "withheld-en",
}  # fmt: skip
WHOLE: Final = ("term", "governance", "parties", "instrument", "title", "version", "pia", "signatures")
FIRST_WHY: Final = {"en": "To find the right record", "fr": "Pour trouver le bon dossier"}


async def agreement(visit: Visit) -> Response:
    """The agreement as the draft has it, each part with the way to change it and what is wrong with it."""
    editor = await editing(visit)
    return visit.page("agreement.html", e=editor, doc=editor.doc, names=editor.names, whole=WHOLE)


async def term_form(visit: Visit, editor: Editing | None = None) -> Response:
    editor = editor or await editing(visit)
    return visit.page(
        "term.html", e=editor, doc=editor.doc, names=editor.names, beside=beside(editor, "", _TERM_FIELDS)
    )


async def term(visit: Visit) -> Response:
    editor = await editing(visit, findings=False)
    return await _save(
        visit, editor, (), editor.doc, lambda typed: forms.agreement_of(editor.doc, typed), _TERM_FIELDS, term_form
    )


async def schedule_form(visit: Visit, editor: Editing | None = None) -> Response:
    editor = editor or await editing(visit)
    at, found = editor.schedule(visit.part("schedule"))
    return _schedule_page(visit, editor, found, beside(editor, f"schedules[{at}]", _SCHEDULE_FIELDS), new=False)


async def schedule(visit: Visit) -> Response:
    editor = await editing(visit, findings=False)
    at, found = editor.schedule(visit.part("schedule"))
    place = ("schedules", at)
    return await _save(
        visit, editor, place, found, lambda typed: forms.schedule_of(found, typed), _SCHEDULE_FIELDS, schedule_form
    )


async def clause_form(visit: Visit, editor: Editing | None = None) -> Response:
    editor = editor or await editing(visit)
    at, position, found = editor.clause(visit.part("clause"))
    marks = beside(editor, f"schedules[{at}].clauses[{position}]", _clause_fields(found))
    return _clause_page(visit, editor, found, marks, new=False)


async def clause(visit: Visit) -> Response:
    editor = await editing(visit, findings=False)
    at, position, found = editor.clause(visit.part("clause"))
    known = choices.attributes_of(found["record_type"], editor.names)
    place = ("schedules", at, "clauses", position)
    fields = _clause_fields(found)
    return await _save(
        visit, editor, place, found, lambda typed: forms.clause_of(found, typed, known), fields, clause_form
    )


async def new_clause_form(visit: Visit, editor: Editing | None = None) -> Response:
    """First the record type, which the address names; then the clause."""
    editor = editor or await editing(visit)
    _at, found = editor.schedule(visit.part("schedule"))
    record_type = visit.typed.get("record_type") or visit.asked("record_type")
    if record_type not in editor.names.known["record_types"]:
        types = [(code, editor.names.record_type(code)) for code in editor.names.known["record_types"]]
        return visit.page("record_type.html", e=editor, schedule=found, types=sorted(types, key=lambda one: one[1]))
    return _clause_page(visit, editor, _empty_clause(editor, found, record_type), defaultdict(list), new=True)


async def new_clause(visit: Visit) -> Response:
    editor = await editing(visit, findings=False)
    at, found = editor.schedule(visit.part("schedule"))
    empty = _empty_clause(editor, found, visit.typed.get("record_type"))
    known = choices.attributes_of(empty["record_type"], editor.names)
    return await _save(
        visit, editor, ("schedules", at, "clauses"), None,
        lambda typed: forms.clause_of(empty, typed, known), _CLAUSE_FIELDS, new_clause_form,
    )  # fmt: skip


async def new_schedule_form(visit: Visit, editor: Editing | None = None) -> Response:
    editor = editor or await editing(visit)
    return _schedule_page(visit, editor, _empty_schedule(), defaultdict(list), new=True)


async def new_schedule(visit: Visit) -> Response:
    """A schedule with one clause that gives what finds the record, to be widened in the clause's own form."""
    editor = await editing(visit, findings=False)

    def made(typed: Typed) -> dict[str, Any]:
        whole = forms.schedule_of(_empty_schedule(), typed)
        purpose = str(whole["purpose"])
        known = {one["id"] for one in editor.doc["schedules"]}
        name = next(one for one in (purpose, *(f"{purpose}-{n}" for n in range(2, 99))) if one not in known)
        first = _first_clause(editor, name, typed)
        bank = editor.names.known["record_types"][first["record_type"]]["bank"]
        people = [{"unit": unit, "role": _role(editor, unit)} for unit in (first["discloser"]["unit"],
                                                                           *first["recipient"]["units"])]  # fmt: skip
        return {**whole, "id": name, "representatives": people, "pib": [bank], "clauses": [first]}

    return await _save(visit, editor, ("schedules",), None, made, _SCHEDULE_FIELDS, new_schedule_form)


async def remove_clause(visit: Visit) -> Response:
    editor = await editing(visit)
    at, position, _found = editor.clause(visit.part("clause"))
    return await _remove(visit, editor, ("schedules", at, "clauses", position))


async def remove_schedule(visit: Visit) -> Response:
    editor = await editing(visit)
    at, _found = editor.schedule(visit.part("schedule"))
    return await _remove(visit, editor, ("schedules", at))


def beside(editor: Editing, prefix: str, fields: Mapping[str, str]) -> Mapping[str, list[Mapping[str, Any]]]:
    """The findings of a part by the field that shows what they are about; without one, at the top of the form."""
    found: defaultdict[str, list[Mapping[str, Any]]] = defaultdict(list)
    for one in editor.findings:
        for place, field in sorted(fields.items(), key=lambda pair: -len(pair[0])):
            member = f"{prefix}.{place}".removeprefix(".")
            if one["member"] == member or one["member"].startswith((f"{member}.", f"{member}[")):
                found[field].append(one)
                break
        else:
            if prefix and one["member"].startswith(prefix):
                found[""].append(one)
    return found


def _clause_fields(clause: Mapping[str, Any]) -> dict[str, str]:
    """With a field for each element."""
    rows = enumerate(clause["elements"])
    return {**_CLAUSE_FIELDS, **{f"elements[{at}]": f"element-{one['name']}" for at, one in rows}}


async def _save(
    visit: Visit,
    editor: Editing,
    place: tuple[str | int, ...],
    old: Mapping[str, Any] | None,
    made: Callable[[Typed], dict[str, Any]],
    fields: Mapping[str, str],
    again: Callable[..., Any],
) -> Response:
    """Set the part at the place, or add it to the list there where `old` is None."""
    try:
        new = made(visit.typed)
    except forms.FormGapError as gap:
        problems = [Problem(str(visit.words(key)), field) for field, key in gap.fields]
        shown: Response = await again(visit.with_problems(*problems))
        return shown
    if new == old:
        return visit.go(_home(editor))
    if place == () and old is not None:
        edits = [{"kind": "set", "at": [name], "value": new[name]} for name in new if new[name] != old.get(name)]
    else:
        edits = [{"kind": "add" if old is None else "set", "at": list(place), "value": new}]
    try:
        await _edit(visit, editor, edits)
    except StaffCallError as error:
        prefix = "".join(f"[{one}]" if isinstance(one, int) else f".{one}" for one in place).removeprefix(".")
        whole = {f"{prefix}.{member}".removeprefix("."): field for member, field in fields.items()}
        visit, editor = await refused(visit, editor, error, whole)
        return await again(visit, editor)  # type: ignore[no-any-return]
    return visit.go(_home(editor))


async def _remove(visit: Visit, editor: Editing, place: tuple[str | int, ...]) -> Response:
    try:
        await _edit(visit, editor, [{"kind": "remove", "at": list(place)}])
    except StaffCallError as error:
        visit, editor = await refused(visit, editor, error, {})
        return visit.page("agreement.html", e=editor, doc=editor.doc, names=editor.names, whole=WHOLE)
    return visit.go(_home(editor))


async def _edit(visit: Visit, editor: Editing, edits: Sequence[Mapping[str, Any]]) -> None:
    await visit.call(
        "draft.edit", draft=editor.draft["draft"], revision=editor.revision, path=editor.path, edits=list(edits)
    )


def _home(editor: Editing) -> str:
    return f"/drafts/{editor.draft['draft']}/edit/{editor.doc['id']}"


def _clause_page(
    visit: Visit, editor: Editing, found: Mapping[str, Any], marks: Mapping[str, Any], *, new: bool
) -> Response:
    names, doc = editor.names, editor.doc
    row = names.known["record_types"].get(found["record_type"])
    if row is None:
        raise NotHereError
    given = {one["name"]: one for one in found["elements"]}
    giver = found["discloser"]
    receives = found["recipient"]["units"] or [unit for unit, _name in choices.units_of(doc, names)]
    current_forms = [forms.code_of(one["form"]) for one in found["elements"]]
    codes = [*forms.FORMS, *(code for code in dict.fromkeys(current_forms) if code not in forms.FORMS)]
    return visit.page(
        "clause.html",
        e=editor, one=found, names=names, new=new, beside=marks,
        units=choices.units_of(doc, names),
        gives=choices.provisions_for("discloser", [giver["unit"]], giver["authorities"], names),
        receives=choices.provisions_for("recipient", receives, found["recipient"]["authorities"], names),
        duties=choices.duties(found["obligations"], choices.used_in(doc, "obligations"), names),
        attributes=choices.attributes_of(found["record_type"], names),
        conditions={one["attribute"]: [str(value).lower() if isinstance(value, bool) else value for value in one["in"]]
                    for one in found["conditions"]},
        elements=[*((name, given[name]) for name in given),
                  *((name, None) for name in row["elements"] if name not in given)],
        forms=[(code, names.form(forms.form_of(code))) for code in codes],
        code_of=forms.code_of,
    )  # fmt: skip


def _schedule_page(
    visit: Visit, editor: Editing, found: Mapping[str, Any], marks: Mapping[str, Any], *, new: bool
) -> Response:
    names, doc = editor.names, editor.doc
    used = [code for one in doc["schedules"] for code in one["made_under"]]
    purposes = sorted(((code, names.purpose(code)) for code in names.known["purposes"]), key=lambda one: one[1])
    types = sorted(((code, names.record_type(code)) for code in names.known["record_types"]), key=lambda one: one[1])
    return visit.page(
        "schedule.html",
        e=editor, one=found, names=names, new=new, beside=marks,
        purposes=purposes, types=types, units=choices.units_of(doc, names),
        made_under=choices.any_provision(found["made_under"], [*doc["instrument"]["power"], *used], names),
    )  # fmt: skip


def _empty_clause(editor: Editing, schedule: Mapping[str, Any], record_type: str) -> dict[str, Any]:
    row = editor.names.known["record_types"].get(record_type)
    if row is None:
        raise NotHereError
    names = {clause["id"] for one in editor.doc["schedules"] for clause in one["clauses"]}
    free = (f"{schedule['id']}-{number}" for number in range(1, 999))
    return {
        "id": next(name for name in free if name not in names),
        "record_type": record_type,
        "discloser": {"unit": row["custodian"], "authorities": []},
        "recipient": {"units": [], "authorities": []},
        "cardinality": ["single"],
        "case_reference": "required",
        "ground": ["agreement"],
        "conditions": [],
        "elements": [],
        "retention": {"min_days": 731, "max_days": 1825},
        "obligations": [],
    }


def _empty_schedule() -> dict[str, Any]:
    return {
        "id": "", "purpose": "", "title": {"en": "", "fr": ""}, "definitions": [], "made_under": [],
        "advisability": None, "representatives": [],
        "data_subjects": {"classes": ["foreign-workers"], "limits": {"en": "", "fr": ""}},
        "frequency_method": {"mode": "pull", "channel": "gateway", "max_per_day": 1000}, "pib": [], "clauses": [],
    }  # fmt: skip


def _first_clause(editor: Editing, schedule: str, typed: Typed) -> dict[str, Any]:
    names, gaps = editor.names, list[tuple[str, str]]()
    record_type, recipients = typed.get("record_type"), typed.all("recipients")
    if record_type not in names.known["record_types"]:
        gaps.append(("record_type", "missing-choice"))
    if not recipients:
        gaps.append(("recipients", "missing-choice"))
    if gaps:
        raise forms.FormGapError(gaps)
    clause = _empty_clause(editor, {"id": schedule}, record_type)
    giver, row = clause["discloser"]["unit"], names.known["record_types"][record_type]
    gives = choices.provisions_for("discloser", [giver], [], names).suggested
    receives = choices.provisions_for("recipient", recipients, [], names).suggested
    used = (
        choices.used_in(editor.doc, "discloser", "authorities"),
        choices.used_in(editor.doc, "recipient", "authorities"),
    )
    found = list(dict.fromkeys(row.get("identifiers", ()))) or [next(iter(row["elements"]))]
    return {
        **clause,
        "discloser": {"unit": giver, "authorities": _likely(gives, used[0])},
        "recipient": {"units": recipients, "authorities": _likely(receives, used[1])},
        "elements": [{"name": name, "form": {"kind": "plain"}, "necessity": FIRST_WHY} for name in found],
        "obligations": choices.used_in(editor.doc, "obligations"),
    }


def _likely(offered: Sequence[tuple[str, str]], used: Sequence[str]) -> list[str]:
    """Of what fits the regime, what the agreement relies on already; all of it where that is nothing."""
    codes = [code for code, _words in offered]
    return [code for code in codes if code in used] or codes


def _role(editor: Editing, unit: str) -> Mapping[str, str]:
    """The role of the unit's contact, or of any."""
    contacts = editor.doc["governance"]["contacts"]
    found: Mapping[str, str] = next((one["role"] for one in contacts if one["unit"] == unit), contacts[0]["role"])
    return found
