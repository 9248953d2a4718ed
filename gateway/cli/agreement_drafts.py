"""`gateway agreements` on the life of the rulebook: draft, edit, submit, approve, publish, suspend, import and export.

Each command is one staff call, so it works beside a running gateway. A person reads what it would do and what to do
next; `--json` gives the same to a program. Does not: judge documents; the gateway does.
"""

import contextlib
import difflib
import os
import subprocess
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Annotated, Any, Final

import typer

from gateway.cli.acting import Officer, Unit, said
from gateway.cli.language import Language
from gateway.cli.screen import console, json_text, table, wrapped
from gateway.cli.staff import call
from gateway.domain.errors import ConfigurationError
from gateway.service.words.rulebook import DRAFTS, STANDINGS, STATES, STEPS
from gateway.service.words.sentences import Lang

_FOLDERS: Final = ("catalogue", "isa")
_ALONE: Final = ("parties.yaml", "purposes.yaml", "identifier_schemes.yaml")

DraftName = Annotated[str, typer.Argument(metavar="DRAFT", help="The draft; `gateway agreements draft` lists them")]
AgreementName = Annotated[
    str, typer.Argument(metavar="ID", help="The agreement's id; `gateway agreements state` lists them")
]
Digest = Annotated[
    str, typer.Option("--digest", help="Digest of the draft that you looked at; its first 8 characters are enough")
]
ReasonEn = Annotated[str, typer.Option("--reason-en", help="Why, in English; partners read it")]
ReasonFr = Annotated[str, typer.Option("--reason-fr", help="Why, in French; partners read it")]
AsJson = Annotated[bool, typer.Option("--json", help="Answer as JSON")]
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
        _tell(made, words["withdrawn"], lang, as_json=as_json)
    elif show is not None:
        found = call(context, "draft.show", by, draft=show)
        if as_json:
            typer.echo(json_text(found))
        else:
            _show(found, lang)
    elif files:
        made = call(context, "draft.open", by, files=_read(files))
        _tell(made, words["opened"], lang, as_json=as_json)
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
    changed = _read(files) if files else _edited(found)
    if not changed:
        typer.echo(DRAFTS[lang]["unchanged"])
        return
    made = call(context, "draft.save", by, draft=draft, revision=found["revision"], files=changed)
    _tell(made, DRAFTS[lang]["saved"], lang, as_json=as_json)


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
    _tell(made, DRAFTS[lang]["submitted"], lang, as_json=as_json)


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
    _tell(made, DRAFTS[lang]["approved"], lang, as_json=as_json)


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
        _tell(made, DRAFTS[lang]["scheduled"].replace("{at}", at), lang, as_json=as_json)
        return
    made = call(context, "draft.publish", by, draft=draft, digest=whole)
    _tell(made, DRAFTS[lang]["published"], lang, as_json=as_json)


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


def suspend(
    context: typer.Context,
    agreement: AgreementName,
    reason_en: ReasonEn,
    reason_fr: ReasonFr,
    unit: Unit = None,
    officer: Officer = None,
    lang: Language = "en",
    as_json: AsJson = False,
) -> None:
    """Stop all disclosures under an agreement, at once. One person may; lifting it needs two."""
    made = call(
        context,
        "agreement.suspend",
        said(unit, officer),
        agreement=agreement,
        reason_en=reason_en,
        reason_fr=reason_fr,
    )
    _tell(made, STEPS[lang]["suspended"], lang, as_json=as_json)


def resume(
    context: typer.Context,
    agreement: AgreementName,
    unit: Unit = None,
    officer: Officer = None,
    lang: Language = "en",
    as_json: AsJson = False,
) -> None:
    """Take up a suspended agreement. The first person asks for it, the second does it with the same command."""
    made = call(context, "agreement.resume", said(unit, officer), agreement=agreement)
    _tell(made, STEPS[lang]["resumed" if made["done"] else "resume-asked"], lang, as_json=as_json)


def terminate(
    context: typer.Context,
    agreement: AgreementName,
    reason_en: ReasonEn,
    reason_fr: ReasonFr,
    unit: Unit = None,
    officer: Officer = None,
    lang: Language = "en",
    as_json: AsJson = False,
) -> None:
    """End an agreement for good. The first person asks for it, the second does it with the same command."""
    made = call(
        context,
        "agreement.terminate",
        said(unit, officer),
        agreement=agreement,
        reason_en=reason_en,
        reason_fr=reason_fr,
    )
    _tell(made, STEPS[lang]["terminated" if made["done"] else "terminate-asked"], lang, as_json=as_json)


def history(
    context: typer.Context,
    agreement: AgreementName,
    unit: Unit = None,
    officer: Officer = None,
    lang: Language = "en",
    as_json: AsJson = False,
) -> None:
    """What became of an agreement: every version that was published, suspended, taken up or ended, and when."""
    found = call(context, "agreement.history", said(unit, officer), agreement=agreement)
    if as_json:
        typer.echo(json_text(found))
        return
    words = STEPS[lang]
    typer.echo(f"{agreement}: {STANDINGS[lang][found['standing']]}")
    if not found["steps"]:
        typer.echo(words["imported"])
        return
    shown = table(words["when"], words["what"], words["version"], words["by"], words["digest"])
    for step in found["steps"]:
        what = words[f"did-{step['action']}"]
        reason = step.get("reason", {}).get(lang)
        shown.add_row(
            step["at"], f"{what}: {reason}" if reason else what, step["version"], step["unit"], step["digest"][:12]
        )
    console().print(shown)


def state(
    context: typer.Context, unit: Unit = None, officer: Officer = None, lang: Language = "en", as_json: AsJson = False
) -> None:
    """Every agreement of the rulebook in force: version, term and standing."""
    found = call(context, "agreement.list", said(unit, officer))
    if as_json:
        typer.echo(json_text(found))
        return
    words = STEPS[lang]
    shown = table(words["agreement"], words["version"], words["term"], words["standing"], words["digest"])
    for row in found["agreements"]:
        standing = STANDINGS[lang][row["standing"]]
        reason = (row["reason"] or {}).get(lang)
        term = f"{row['effective']} – {row['expiry']}" if row["effective"] else "?"
        shown.add_row(
            row["agreement"],
            row["version"] or "?",
            term,
            f"{standing}: {reason}" if reason else standing,
            row["digest"][:12],
        )
    console().print(shown)
    typer.echo(words["revision"].format(found["revision"], found["entry_index"]))


def export(
    context: typer.Context,
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="Folder to write; made where it is missing")],
    unit: Unit = None,
    officer: Officer = None,
    lang: Language = "en",
) -> None:
    """Write the rulebook in force as files, byte for byte as they were imported or saved."""
    found = call(context, "rulebook.files", said(unit, officer))["files"]
    for path, text in found.items():
        file = folder / path
        if file.exists() and file.read_bytes() != text.encode("utf-8"):
            raise ConfigurationError(f"{path} is there already with another content; export to an empty folder")
    for path, text in found.items():
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(text.encode("utf-8"))
    typer.echo(DRAFTS[lang]["exported"].format(len(found), folder))


def import_(
    context: typer.Context,
    folder: Annotated[
        Path, typer.Argument(metavar="DIR", help="Folder laid out like agreements/", file_okay=False, exists=True)
    ],
    whole: Annotated[bool, typer.Option(help="Documents that the folder lacks go, too (agreements never do)")] = False,
    unit: Unit = None,
    officer: Officer = None,
    lang: Language = "en",
    as_json: AsJson = False,
) -> None:
    """Open a draft with everything that a folder has otherwise than the rulebook in force."""
    by = said(unit, officer)
    in_force = call(context, "rulebook.files", by)["files"]
    there = {path: text for path, text in _folder(folder) if in_force.get(path) != text}
    files: dict[str, str | None] = dict(there)
    if whole:
        files |= dict.fromkeys(path for path in in_force if not (folder / path).exists() and "isa/" not in path)
    if not files:
        typer.echo(DRAFTS[lang]["same"])
        return
    made = call(context, "draft.open", by, files=files)
    _tell(made, DRAFTS[lang]["opened"], lang, as_json=as_json)


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
        (
            suspend,
            "suspend",
            'gateway agreements suspend london-icm --reason-en "Under review" --reason-fr "À l\'examen"',
        ),
        (resume, "resume", "gateway agreements resume london-icm"),
        (terminate, "terminate", 'gateway agreements terminate london-icm --reason-en "Ended" --reason-fr "Terminé"'),
        (history, "history", "gateway agreements history london-icm --lang fr"),
        (state, "state", "gateway agreements state"),
        (export, "export", "gateway agreements export ./agreements-of-today"),
        (import_, "import", "gateway agreements import ./agreements"),
    ):
        app.command(name, epilog=f"Example: {example}")(function)


def _read(files: Sequence[Path]) -> dict[str, str | None]:
    return {_path(file): _text(file) for file in files}


def _path(file: Path) -> str:
    """The path of a document in the rulebook, by the name of its file and folder."""
    if file.name in _ALONE:
        return file.name
    folder = file.resolve().parent.name
    if folder in _FOLDERS and file.suffix == ".yaml":
        return f"{folder}/{file.name}"
    raise ConfigurationError(
        f"{file.name}: its place shows what kind of document it is: put an agreement in a folder isa/, a record type "
        "in catalogue/, and name the others parties.yaml, purposes.yaml or identifier_schemes.yaml"
    )


def _text(file: Path) -> str:
    try:
        return file.read_bytes().decode("utf-8")
    except UnicodeDecodeError:
        raise ConfigurationError(f"{file.name} is not UTF-8") from None


def _folder(folder: Path) -> Iterator[tuple[str, str]]:
    for extra in ("", "extra/"):
        for name in _ALONE:
            if (folder / extra / name).is_file():
                yield extra + name, _text(folder / extra / name)
        for kind in _FOLDERS:
            for file in sorted((folder / extra / kind).glob("*.yaml")):
                yield f"{extra}{kind}/{file.name}", _text(file)


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
            text = _text(file)
            if text != document["drafted"]:
                changed[document["path"]] = text
    return changed


def _whole(context: typer.Context, by: Mapping[str, str | None], draft: str, digest: str) -> str:
    """The whole digest where the draft's begins with what was given, else what was given, which then fits nothing."""
    found = call(context, "draft.show", by, draft=draft)["digest"]
    return found if len(digest) >= 8 and found.startswith(digest) else digest


def _tell(made: Mapping[str, Any], sentence: str, lang: Lang, *, as_json: bool) -> None:
    if as_json:
        typer.echo(json_text(made))
        return
    values = {
        "draft": made.get("draft", ""),
        "agreement": made.get("agreement", ""),
        "digest": str(made.get("digest", ""))[:12],
        "files": ", ".join(made.get("files", ())),
        "entry": made.get("entry_index"),
    }
    for line in sentence.format(**values).splitlines():
        typer.echo(line if line.startswith("  ") else wrapped(line, lang))


def _list(drafts: Iterable[Mapping[str, Any]], lang: Lang) -> None:
    words = DRAFTS[lang]
    shown = table(words["draft"], words["state"], words["documents"], words["approvals"], words["digest"])
    for one in drafts:
        state = STATES[lang][one["state"]]
        shown.add_row(
            one["draft"],
            f"{state} {one['publish_at']}" if one["publish_at"] else state,
            ", ".join(one["files"]),
            str(len(one["approvals"])),
            one["digest"][:12],
        )
    console().print(shown)


def _show(found: Mapping[str, Any], lang: Lang) -> None:
    words = DRAFTS[lang]
    typer.echo(f"{found['draft']}: {STATES[lang][found['state']]}, {words['digest']} {found['digest']}")
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
        for fault in found["faults"]:
            typer.echo(f"  {fault}")
