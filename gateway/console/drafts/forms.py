"""From a form to a part of an agreement: what was typed, over what the part says now.

Invariant: members that a form does not show stay as they are. Does not: know whether the whole fits (the gateway says
so), or save anything.
"""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from gateway.console.typed import Typed

Part = Mapping[str, Any]
LANGUAGES: Final = ("en", "fr")
FORMS: Final = (
    "plain", "scrub", "exists", "pseudonym", "count", "mask:2", "mask:3", "mask:4", "generalize:year",
    "generalize:month", "generalize:age-band", "generalize:fsa", "generalize:band-100", "generalize:band-1000",
    "generalize:band-10000",
)  # fmt: skip


class FormGapError(Exception):
    """Fields that cannot be used as they are: name of the field, key of the words."""

    def __init__(self, fields: Sequence[tuple[str, str]]) -> None:
        super().__init__("fields")
        self.fields = tuple(fields)


def agreement_of(doc: Part, typed: Typed) -> dict[str, Any]:
    """Title, version, term and review of an agreement."""
    gaps: list[tuple[str, str]] = []
    made = {
        "version": _text(typed, "version", gaps),
        "title": _both(typed, "title", gaps),
        "term": {**doc["term"], **{name: _text(typed, name, gaps) for name in ("effective", "expiry")}},
        "governance": {**doc["governance"], "review": _text(typed, "review", gaps)},
    }
    _require(gaps)
    return {**doc, **made}


def schedule_of(schedule: Part, typed: Typed) -> dict[str, Any]:
    """A schedule without its clauses, which the form does not show."""
    gaps: list[tuple[str, str]] = []
    made = {
        "purpose": _text(typed, "purpose", gaps),
        "title": _both(typed, "title", gaps),
        "made_under": _some(typed, "made_under", gaps),
        "data_subjects": {**schedule["data_subjects"], "limits": _both(typed, "limits", gaps)},
        "frequency_method": {
            **schedule["frequency_method"],
            "mode": _text(typed, "mode", gaps),
            "max_per_day": _number(typed, "max_per_day", gaps),
        },
    }
    _require(gaps)
    return {**schedule, **made}


def clause_of(clause: Part, typed: Typed, attributes: Mapping[str, Sequence[object]]) -> dict[str, Any]:
    """A clause with its elements. `attributes` are those of its record type that a condition can name, with the values
    they can have."""
    gaps: list[tuple[str, str]] = []
    retention = {name: _number(typed, name, gaps) for name in ("min_days", "max_days")}
    made: dict[str, Any] = {
        "discloser": {"unit": _text(typed, "gives", gaps), "authorities": _some(typed, "auth_gives", gaps)},
        "recipient": {
            "units": _some(typed, "recipients", gaps),
            "authorities": _some(typed, "auth_receives", gaps),
        },
        "cardinality": _some(typed, "cardinality", gaps),
        "case_reference": _text(typed, "case_reference", gaps),
        "conditions": _conditions(clause, typed, attributes),
        "elements": _elements(clause, typed, gaps),
        "retention": {**clause["retention"], **retention},
        "obligations": typed.all("duties"),
    }
    if typed.get("max_page").strip():
        made["max_page"] = _number(typed, "max_page", gaps)
    withheld = {lang: typed.get(f"withheld-{lang}").strip() for lang in LANGUAGES}
    if any(withheld.values()):
        made["withheld_by_design"] = _both(typed, "withheld", gaps)
    _require(gaps)
    kept = {name: one for name, one in clause.items() if name not in {"max_page", "withheld_by_design"}}
    return {**kept, **made}


def code_of(form: Part) -> str:
    """A form as one word: `mask:3`."""
    parameter = form.get("to", form.get("keep"))
    return str(form["kind"]) if parameter is None else f"{form['kind']}:{parameter}"


def form_of(code: str) -> dict[str, Any]:
    kind, _, parameter = code.partition(":")
    match kind:
        case "mask":
            return {"kind": kind, "keep": int(parameter) if parameter.isdecimal() else 0}
        case "generalize":
            return {"kind": kind, "to": parameter}
        case _:
            return {"kind": kind}


def _elements(clause: Part, typed: Typed, gaps: list[tuple[str, str]]) -> list[dict[str, Any]]:
    known = {one["name"]: one for one in clause["elements"]}
    ticked = typed.all("elements")
    order = [name for name in known if name in ticked] + [name for name in ticked if name not in known]
    if not order:
        gaps.append(("elements", "missing-elements"))
    found = []
    for name in order:
        form = form_of(typed.get(f"form-{name}", "plain"))
        found.append(
            {**known.get(name, {}), "name": name, "form": form, "necessity": _both(typed, f"why-{name}", gaps)}
        )
    return found


def _conditions(clause: Part, typed: Typed, attributes: Mapping[str, Sequence[object]]) -> list[dict[str, Any]]:
    """Those of attributes that the form does not show stay."""
    found = [dict(one) for one in clause["conditions"] if one["attribute"] not in attributes]
    for name, values in attributes.items():
        wanted = set(typed.all(f"only-{name}"))
        allowed = [value for value in values if str(value).lower() in wanted or value in wanted]
        if allowed:
            found.append({"attribute": name, "in": allowed})
    return found


def _text(typed: Typed, name: str, gaps: list[tuple[str, str]]) -> str:
    text = " ".join(typed.get(name).split())
    if not text:
        gaps.append((name, "missing"))
    return text


def _both(typed: Typed, name: str, gaps: list[tuple[str, str]]) -> dict[str, str]:
    found = {lang: " ".join(typed.get(f"{name}-{lang}").split()) for lang in LANGUAGES}
    gaps += [(f"{name}-{lang}", f"missing-{lang}") for lang, text in found.items() if not text]
    return found


def _some(typed: Typed, name: str, gaps: list[tuple[str, str]]) -> list[str]:
    found = typed.all(name)
    if not found:
        gaps.append((name, "missing-choice"))
    return found


def _number(typed: Typed, name: str, gaps: list[tuple[str, str]]) -> int:
    text = typed.get(name).strip().replace(" ", "").replace("\u00a0", "")
    if not text.isdecimal() or not text.isascii() or len(text) > 9:
        gaps.append((name, "missing-number"))
        return 0
    return int(text)


def _require(gaps: Sequence[tuple[str, str]]) -> None:
    if gaps:
        raise FormGapError(gaps)
