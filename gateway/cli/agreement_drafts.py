"""`gateway agreements` on drafts: draft, edit, submit, approve, publish.

Each command is one staff call, so it works beside a running gateway. A person reads what it would do and what to do
next; `--json` gives the same to a program. Does not: judge documents; the gateway does.
"""

import contextlib
import difflib
import os
import subprocess
import tempfile
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Annotated, Any

import typer

from gateway.cli.acting import Officer, Unit, said
from gateway.cli.document_files import documents_in, text_of
from gateway.cli.language import Language
from gateway.cli.rulebook_telling import AsJson, told
from gateway.cli.screen import json_text, listed
from gateway.cli.staff import call
from gateway.domain.errors import ConfigurationError
from gateway.service.words.rulebook import DRAFTS, SHORT, STATES, short
from gateway.service.words.sentences import Lang

DraftName = Annotated[str, typer.Argument(metavar="DRAFT", help="The draft; `gateway agreements draft` lists them")]
Digest = Annotated[
    str,
    typer.Option("--digest", help=f"Digest of the draft you looked at; its first {SHORT} characters are enough"),
]
Files = Annotated[
    list[Path] | None,
    typer.Argument(
        metavar="[FILE]...",
        help="Documents: isa/ID.yaml, catalogue/ID.yaml, parties.yaml, purposes.yaml, identifier_schemes.yaml",
        exists=True,
        dir_okay=False,
    ),
]


def draft(
    context: typer.Context,
    files: Files = None,
    show: Annotated[
        str | None, typer.Option("--show", metavar="DRAFT", help="Show one draft, with what it changes")
    ] = None,
    withdraw: Annotated[str | None, typer.Option("--withdraw", metavar="DRAFT", help="End a draft unpublished")] = None,
    every: Annotated[bool, typer.Option("--all", help="List published and withdrawn drafts too")] = False,
    unit: Unit = None,
    officer: Officer = None,
    lang: Language = "en",
    as_json: AsJson = False,
) -> None:
    """Open a draft from files; without files, list the open drafts or show one."""
    words, by = DRAFTS[lang], said(unit, officer)
    if withdraw is not None:
        found = call(context, "draft.show", by, draft=withdraw)
        made = call(context, "draft.withdraw", by, draft=withdraw, revision=found["revision"])
        told(made, words["withdrawn"], lang, as_json=as_json)
    elif show is not None:
        found = call(context, "draft.show", by, draft=show)
        if as_json:
            typer.echo(json_text(found))
        else:
            _show(found, lang)
    elif files:
        made = call(context, "draft.open", by, files=documents_in(files))
        told(made, words["opened"], lang, as_json=as_json)
    else:
        listed = call(context, "draft.list", by, every=every)
        if as_json:
            typer.echo(json_text(listed))
        elif not listed:
            typer.echo(words["none"])
        else:
            _list(listed, lang)


def edit(
    context: typer.Context,
    draft: DraftName,
    files: Files = None,
    unit: Unit = None,
    officer: Officer = None,
    lang: Language = "en",
    as_json: AsJson = False,
) -> None:
    """Save files into a draft; without files, open its documents in your editor ($EDITOR)."""
    by = said(unit, officer)
    found = call(context, "draft.show", by, draft=draft)
    changed = documents_in(files) if files else _edited(found)
    if not changed:
        typer.echo(DRAFTS[lang]["unchanged"])
        return
    made = call(context, "draft.save", by, draft=draft, revision=found["revision"], files=changed)
    told(made, DRAFTS[lang]["saved"], lang, as_json=as_json)


def submit(
    context: typer.Context,
    draft: DraftName,
    unit: Unit = None,
    officer: Officer = None,
    lang: Language = "en",
    as_json: AsJson = False,
) -> None:
    """Give a draft to review. Its documents have to fit together."""
    by = said(unit, officer)
    found = call(context, "draft.show", by, draft=draft)
    made = call(context, "draft.submit", by, draft=draft, revision=found["revision"])
    told(made, DRAFTS[lang]["submitted"], lang, as_json=as_json)


def approve(
    context: typer.Context,
    draft: DraftName,
    digest: Digest,
    office: Annotated[str, typer.Option(help="In which office you approve, for example: Director, Privacy")] = "",
    unit: Unit = None,
    officer: Officer = None,
    lang: Language = "en",
    as_json: AsJson = False,
) -> None:
    """Approve exactly what has this digest. Nobody approves what they wrote; any edit voids it."""
    by = said(unit, officer)
    whole = _whole(context, by, draft, digest)
    made = call(context, "draft.approve", by, draft=draft, digest=whole, office=office)
    told(made, DRAFTS[lang]["approved"], lang, as_json=as_json)


def publish(
    context: typer.Context,
    draft: DraftName,
    digest: Digest,
    at: Annotated[str | None, typer.Option("--at", help="Later, at this time, such as 2027-04-01T04:00:00Z")] = None,
    unit: Unit = None,
    officer: Officer = None,
    lang: Language = "en",
    as_json: AsJson = False,
) -> None:
    """Put an approved draft in force, now or at a time. Requests that run are judged by it from then on."""
    by = said(unit, officer)
    whole = _whole(context, by, draft, digest)
    if at is not None:
        made = call(context, "draft.schedule", by, draft=draft, digest=whole, at=at)
        told(made, DRAFTS[lang]["scheduled"], lang, as_json=as_json)
        return
    made = call(context, "draft.publish", by, draft=draft, digest=whole)
    told(made, DRAFTS[lang]["published"], lang, as_json=as_json)


def schedule(
    context: typer.Context,
    draft: DraftName,
    digest: Digest,
    at: Annotated[str, typer.Option("--at", help="When, such as 2027-04-01T04:00:00Z")],
    unit: Unit = None,
    officer: Officer = None,
    lang: Language = "en",
    as_json: AsJson = False,
) -> None:
    """Have an approved draft put in force at a time, with nobody awake."""
    publish(context, draft, digest, at, unit, officer, lang, as_json)


def add_to(app: typer.Typer) -> None:
    """Register every command."""
    file = "isa/esdc-ircc-tfw.yaml"
    for function, name, example in (
        (draft, "draft", f"gateway agreements draft {file} · gateway agreements draft --show d-1f..."),
        (edit, "edit", f"gateway agreements edit d-1f... · gateway agreements edit d-1f... {file}"),
        (submit, "submit", "gateway agreements submit d-1f..."),
        (approve, "approve", 'gateway agreements approve d-1f... --digest 9Qx... --office "Director, Privacy"'),
        (publish, "publish", "gateway agreements publish d-1f... --digest 9Qx..."),
        (schedule, "schedule", "gateway agreements schedule d-1f... --digest 9Qx... --at 2027-04-01T04:00:00Z"),
    ):
        app.command(name, epilog=f"Example: {example}")(function)


def _edited(found: Mapping[str, Any]) -> dict[str, str | None]:
    """The documents that the person changed in their editor."""
    editor = os.environ.get("VISUAL") or os.environ.get("EDITOR")
    if not editor:
        raise ConfigurationError("no editor is set; set EDITOR, or name the files to save")
    changed: dict[str, str | None] = {}
    with tempfile.TemporaryDirectory() as made:
        for document in found["documents"]:
            if document["drafted"] is None:
                continue
            file = Path(made) / document["path"].replace("/", "-")
            file.write_text(document["drafted"], "utf-8")
            with contextlib.suppress(KeyboardInterrupt):
                subprocess.run([*editor.split(), str(file)], check=True)
            text = text_of(file)
            if text != document["drafted"]:
                changed[document["path"]] = text
    return changed


def _whole(context: typer.Context, by: Mapping[str, str | None], draft: str, digest: str) -> str:
    """The whole digest where the draft's begins with what was given, else what was given, which then fits nothing."""
    found = call(context, "draft.show", by, draft=draft)["digest"]
    return found if len(digest) >= SHORT and found.startswith(digest) else digest


def _list(drafts: Iterable[Mapping[str, Any]], lang: Lang) -> None:
    words = DRAFTS[lang]
    rows = [
        (
            [one["draft"], _state(one, lang), str(len(one["approvals"])), short(one["digest"])],
            [", ".join(one["files"])],
        )
        for one in drafts
    ]
    headings = [words["draft"], words["state"], words["approvals"], words["digest"]]
    for line in listed(headings, rows, lang):
        typer.echo(line)


def _state(draft: Mapping[str, Any], lang: Lang) -> str:
    """Where it stands; of a scheduled one, until when."""
    state = STATES[lang][draft["state"]]
    return f"{state} {draft['publish_at'][:16].replace('T', ' ')} (UTC)" if draft["publish_at"] else state


def _show(found: Mapping[str, Any], lang: Lang) -> None:
    words = DRAFTS[lang]
    colon = " :" if lang == "fr" else ":"
    typer.echo(f"{found['draft']}{colon} {_state(found, lang)}, {words['digest']} {short(found['digest'])}")
    for one in found["approvals"]:
        who = f"{one['office']}, {one['organization']}" if one["office"] else one["organization"]
        typer.echo("  " + words["approved-by"].format(who, one["at"]))
    for document in found["documents"]:
        typer.echo("")
        lines = difflib.unified_diff(
            (document["now"] or "").splitlines(),
            (document["drafted"] or "").splitlines(),
            words["in-force"].format(document["path"]),
            words["drafted"].format(document["path"]),
            lineterm="",
        )
        for line in lines:
            typer.echo(line)
    if found["faults"]:
        typer.echo("\n" + words["faults"])
        for fault in found["fault_texts"]:
            typer.echo(f"  {fault[lang]}")
