"""The documents of the rulebook for whoever edits them in a guided form: what is there, what things are called, an
amendment begun, a member changed.

Invariants: a draft is changed by edits that name their place, so that everything else of a document's text stays as its
authors wrote it; every change goes through `Drafts`, with its revision and its entry. Does not: judge a document
(`Reviewing`), or know a form of the console.
"""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

from audit.canonical import JsonValue
from gateway.domain.actor import Actor
from gateway.domain.draft import Draft
from gateway.service.review.reviewing import Reviewed, Reviewing
from gateway.service.rulebook.documents import DocumentTexts
from gateway.service.rulebook.drafts import Drafts
from gateway.service.rulebook.edit import Edit, EditKind, difference, value_at
from gateway.service.rulebook.errors import DraftError
from gateway.service.rulebook.finding import Finding

_ISA: Final = "isa/"


@dataclass(frozen=True, slots=True)
class Document:
    """One document of the rulebook in force (`draft` None) or of a draft. `digest` and `text` are None where the draft
    takes it away; `base` is what it replaces. `content` is the agreement as data, None for what is none or has not the
    form of one; `findings` say then why."""

    path: str
    digest: str | None
    text: str | None
    base: str | None
    content: Mapping[str, Any] | None
    findings: tuple[Finding, ...]


class Workshop:
    """The use cases. `organizations` gives the organization of a unit."""

    def __init__(
        self, drafts: Drafts, reviewing: Reviewing, texts: DocumentTexts, organizations: Mapping[str, str]
    ) -> None:
        self._drafts = drafts
        self._reviewing = reviewing
        self._texts = texts
        self._organizations = organizations

    async def rulebook(self) -> Reviewed:
        """The rulebook in force, for what its files call things. Raises DraftError."""
        return await self._reviewing.in_force()

    async def paths(self) -> Sequence[str]:
        """Every document in force."""
        return sorted((await self._drafts.state()).files)

    async def document(self, path: str, draft: str | None) -> Document:
        """Raises DraftError where there is none of this path."""
        files: Mapping[str, str | None] = (await self._drafts.state()).files
        base = files.get(path)
        if draft is not None:
            found = await self._drafts.find(draft)
            if path in found.files:
                files, base = found.files, found.base[path]
        if path not in files:
            raise DraftError("no-such-document")
        digest = files[path]
        body = b"" if digest is None else await asyncio.to_thread(self._drafts.file, digest)
        before = None if base is None else await asyncio.to_thread(self._drafts.file, base)
        content, findings = self._texts.agreement(path, body) if _ISA in path and digest else (None, ())
        return Document(
            path,
            digest,
            None if digest is None else body.decode("utf-8", "replace"),
            None if before is None else before.decode("utf-8", "replace"),
            content,
            tuple(findings),
        )

    async def path_of(self, agreement: str, draft: str | None = None) -> str:
        """The document of an agreement. Raises DraftError."""
        files: set[str] = set((await self._drafts.state()).files)
        if draft is not None:
            files |= set((await self._drafts.find(draft)).files)
        name = f"{_ISA}{agreement}.yaml"
        path = next((one for one in sorted(files) if one == name or one.endswith(f"/{name}")), None)
        if path is None:
            raise DraftError("no-such-agreement")
        return path

    async def amend(self, actor: Actor, agreement: str) -> Draft:
        """A draft of an agreement in force, under the next version number. Raises DraftError."""
        path = await self.path_of(agreement)
        found = await self.document(path, None)
        if found.content is None or found.text is None:
            raise DraftError("not-an-agreement")
        edit = Edit(EditKind.SET, ("version",), next_version(found.content["version"]))
        return await self._drafts.open(actor, {path: self._texts.edited(found.text.encode("utf-8"), [edit])})

    async def begin(
        self, actor: Actor, source: str, name: str, title: Mapping[str, str], term: tuple[date, date]
    ) -> Draft:
        """A draft of a new agreement with the text of another; its day of review is a year on, or when it ends."""
        begins, ends = term
        state = await self._drafts.state()
        if any(path.endswith(f"{_ISA}{name}.yaml") for path in state.files):
            raise DraftError("exists-already")
        if begins >= ends:
            raise DraftError("term")
        found = await self.document(await self.path_of(source), None)
        if found.content is None or found.text is None:
            raise DraftError("not-an-agreement")
        review = min(begins + timedelta(days=365), ends)
        edits = [
            Edit(EditKind.SET, ("id",), name),
            Edit(EditKind.SET, ("version",), "1"),
            Edit(EditKind.SET, ("title",), dict(title)),
            Edit(EditKind.SET, ("term", "effective"), begins.isoformat()),
            Edit(EditKind.SET, ("term", "expiry"), ends.isoformat()),
            Edit(EditKind.SET, ("term", "suspensions"), []),
            Edit(EditKind.SET, ("term", "termination"), None),
            Edit(EditKind.SET, ("governance", "review"), review.isoformat()),
        ]
        body = self._texts.edited(found.text.encode("utf-8"), edits)
        return await self._drafts.open(actor, {f"{_ISA}{name}.yaml": body})

    async def edit(self, actor: Actor, draft: str, revision: int, path: str, edits: Sequence[Edit]) -> Draft:
        """Change members of one document of a draft. Of a whole that is set, only what differs is changed.

        Raises DraftError, DraftChangedError, EditError, FormError."""
        found = await self.document(path, draft)
        if found.text is None:
            raise DraftError("no-such-document")
        body = found.text.encode("utf-8")
        for edit in edits:
            old = value_at(self._texts.content(body), edit.at) if edit.kind is EditKind.SET else None
            smallest = [edit] if old is None else difference(old, edit.value, edit.at)
            body = self._texts.edited(body, smallest)
        if _ISA in path:
            content, findings = self._texts.agreement(path, body)
            if content is None:
                raise FormError(findings)
        return await self._drafts.save(actor, draft, revision, {path: body})

    async def concerned(self, draft: Draft) -> frozenset[str]:
        """The organizations that the draft is about, as far as its texts say; empty where it is everybody's matter."""
        found: set[str] = set()
        for digest in {*draft.files.values(), *draft.base.values()} - {None}:
            content = self._texts.content(await asyncio.to_thread(self._drafts.file, str(digest)))
            found |= self._named(content)
        return frozenset(found)

    def parties(self, content: Mapping[str, Any]) -> frozenset[str]:
        """The organizations that are parties to an agreement."""
        return frozenset(self._named(content))

    def _named(self, content: Any) -> set[str]:
        match content:
            case {"parties": [*rows]}:
                return {str(row.get("organization")) for row in rows if isinstance(row, dict)}
            case {"custodian": str() as unit} if unit in self._organizations:
                return {self._organizations[unit]}
            case _:
                return set()


class FormError(DraftError):
    """An edit would leave an agreement without the form of one. `facts` has the findings, for the fields of a form."""

    def __init__(self, findings: Sequence[Finding]) -> None:
        told: list[JsonValue] = [
            {"member": one.member, "what": {"en": one.what("en"), "fr": one.what("fr")}} for one in findings
        ]
        super().__init__("form", findings=told)


def next_version(version: str) -> str:
    """The number after this one: the last part counts."""
    head, dot, last = version.rpartition(".")
    return f"{head}{dot}{int(last) + 1}"
