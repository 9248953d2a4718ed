"""What the pages of a draft read before they show anything: the draft, one document, faults beside the members.

Invariant: a form names the revision that its reader saw, and keeps it through a changed language or an ended session,
so that of two editors the second is told. Does not: save anything.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from typing import Any

from gateway.console.agreements.errors import step_words
from gateway.console.agreements.names import Names, names_for
from gateway.console.visit import NotHereError, Problem, Visit
from gateway.staff.asking import StaffCallError


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a comparison: `kind` is `same`, `new` or `gone`."""

    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Editing:
    """An agreement of a draft that can be edited in forms. `revision` and `seen` (the document's digest) are those that
    the editor saw; `conflict` is what somebody else changed since."""

    draft: Mapping[str, Any]
    path: str
    doc: Mapping[str, Any]
    names: Names
    findings: Sequence[Mapping[str, Any]]
    revision: int
    seen: str
    conflict: Sequence[Line] = ()

    def schedule(self, name: str) -> tuple[int, Mapping[str, Any]]:
        """Its place and itself. Raises NotHereError."""
        found = next(((at, one) for at, one in enumerate(self.doc["schedules"]) if one["id"] == name), None)
        if found is None:
            raise NotHereError
        return found

    def clause(self, name: str) -> tuple[int, int, Mapping[str, Any]]:
        """The places of its schedule and of itself, and itself. Raises NotHereError."""
        for at, schedule in enumerate(self.doc["schedules"]):
            for position, clause in enumerate(schedule["clauses"]):
                if clause["id"] == name:
                    return at, position, clause
        raise NotHereError

    def at(self, prefix: str) -> list[Mapping[str, Any]]:
        """The findings about this member, or something in it."""
        return [one for one in self.findings if _within(one["member"], prefix)]


async def editing(visit: Visit, *, findings: bool = True) -> Editing:
    """The agreement that the address names. Raises NotHereError where it cannot be edited in forms."""
    draft, name = visit.part("draft"), visit.part("agreement")
    about = await visit.call("draft.about", draft=draft)
    document = next((one for one in about["documents"] if one["path"].endswith(f"isa/{name}.yaml")), None)
    if document is None or document["content"] is None:
        raise NotHereError
    found = await findings_of(visit, draft, document["path"]) if findings else []
    editor = Editing(
        draft=about,
        path=document["path"],
        doc=document["content"],
        names=await names_for(visit),
        findings=found,
        revision=about["revision"],
        seen=document["digest"],
    )
    typed = visit.typed.get("revision")
    if visit.typed.sent and typed.isdecimal() and visit.typed.get("seen"):
        editor = replace(editor, revision=int(typed), seen=visit.typed.get("seen"))
    return editor


async def findings_of(visit: Visit, draft: str, path: str) -> list[Mapping[str, Any]]:
    """What is wrong with a document of the draft, or will be."""
    told = await visit.call("agreement.check", draft=draft)
    plain = path.removeprefix("extra/")
    return [one for one in told["findings"] if one["file"] in {path, plain}]


async def refused(
    visit: Visit, editor: Editing, error: StaffCallError, fields: Mapping[str, str]
) -> tuple[Visit, Editing]:
    """The form once more, with the reason beside its field; after somebody else's change, with what that was.

    `fields` gives the field of a member by how its place ends."""
    if error.code == "draft-changed":
        now = await visit.call("draft.about", draft=editor.draft["draft"])
        told = await visit.call("draft.since", draft=editor.draft["draft"], path=editor.path, digest=editor.seen)
        seen = next(one["digest"] for one in now["documents"] if one["path"] == editor.path)
        lines = list(changed_lines(told["before"], told["now"]))
        problem = Problem(str(visit.words("conflict")))
        return visit.with_problems(problem), replace(editor, revision=now["revision"], seen=seen, conflict=lines)
    rows = error.facts.get("findings", [])
    problems = [Problem(one["what"][visit.lang], field_of(one["member"], fields)) for one in rows]
    if not problems:
        problems = [Problem(step_words(error, visit.lang))]
    return visit.with_problems(*problems), editor


def field_of(member: str, fields: Mapping[str, str]) -> str | None:
    """The field that shows a member; the longest place that fits."""
    found = [(len(place), field) for place, field in fields.items() if _within(member, place)]
    return max(found)[1] if found else None


def changed_lines(before: str, now: str, around: int = 1) -> Iterator[Line]:
    """The lines that differ between two texts, with a few around them."""
    old, new = before.splitlines(), now.splitlines()
    for tag, i, j, k, m in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            continue
        yield from (Line("same", text) for text in new[max(0, k - around) : k])
        yield from (Line("gone", text) for text in old[i:j])
        yield from (Line("new", text) for text in new[k:m])
        yield from (Line("same", text) for text in new[m : m + around])


def _within(member: str, prefix: str) -> bool:
    return member == prefix or (member.startswith(prefix) and member[len(prefix)] in ".[")
