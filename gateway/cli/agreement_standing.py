"""`gateway agreements` on what is in force: suspend, resume, terminate, history, state, import and export.

Each command is one staff call, so it works beside a running gateway. Does not: judge; the gateway does.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any

import typer

from gateway.cli.acting import Officer, Unit, said
from gateway.cli.document_files import documents_of
from gateway.cli.language import Language
from gateway.cli.rulebook_telling import AsJson, told
from gateway.cli.screen import json_text, listed
from gateway.cli.staff import call
from gateway.domain.errors import ConfigurationError
from gateway.service.words.rulebook import DRAFTS, STANDINGS, STEPS, short
from gateway.service.words.sentences import Lang

AgreementName = Annotated[
    str, typer.Argument(metavar="ID", help="The agreement's id; `gateway agreements state` lists them")
]
ReasonEn = Annotated[str, typer.Option("--reason-en", help="Why, in English; partners read it")]
ReasonFr = Annotated[str, typer.Option("--reason-fr", help="Why, in French; partners read it")]


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
    told(made, STEPS[lang]["suspended"], lang, as_json=as_json)


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
    told(made, STEPS[lang]["resumed" if made["done"] else "resume-asked"], lang, as_json=as_json)


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
    told(made, STEPS[lang]["terminated" if made["done"] else "terminate-asked"], lang, as_json=as_json)


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
    headings = [words[name] for name in ("when", "what", "version", "by", "entry", "digest")]
    for line in listed(headings, [_step(step, lang) for step in found["steps"]], lang):
        typer.echo(line)


def state(
    context: typer.Context,
    at: Annotated[
        str | None, typer.Option(help="As it was then: a time with its zone, such as 2026-11-24T00:00:00-05:00")
    ] = None,
    unit: Unit = None,
    officer: Officer = None,
    lang: Language = "en",
    as_json: AsJson = False,
) -> None:
    """Every agreement of the rulebook in force, now or at any time before: version, term and standing."""
    if at is None:
        found = call(context, "agreement.list", said(unit, officer))
    else:
        found = call(context, "rulebook.as-of", said(unit, officer), at=at)
    if as_json:
        typer.echo(json_text(found))
        return
    words = STEPS[lang]
    headings = [words[name] for name in ("agreement", "version", "term", "standing")]
    for line in listed(headings, [_standing(row, lang) for row in found["agreements"]], lang):
        typer.echo(line)
    if at is None:
        typer.echo(words["revision"].format(found["revision"], found["entry_index"]))
    else:
        typer.echo(words["as-of"].format(_minute(found["since"]), found["entry_index"]))


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
    there = {path: text for path, text in documents_of(folder) if in_force.get(path) != text}
    files: dict[str, str | None] = dict(there)
    if whole:
        files |= dict.fromkeys(path for path in in_force if not (folder / path).exists() and "isa/" not in path)
    if not files:
        typer.echo(DRAFTS[lang]["same"])
        return
    made = call(context, "draft.open", by, files=files)
    told(made, DRAFTS[lang]["opened"], lang, as_json=as_json)


def _step(step: Mapping[str, Any], lang: Lang) -> tuple[list[str], list[str]]:
    """A row of the history, and below it why, in which office it was approved, and from which draft it came."""
    words = STEPS[lang]
    what, reason = words[f"did-{step['action']}"], step.get("reason", {}).get(lang)
    entry = step.get("entry_index")
    cells = [_minute(step["at"]), what, step["version"], step["unit"], "" if entry is None else str(entry)]
    below = [words["because"].format(what[:1].upper() + what[1:], reason)] if reason else []
    offices = [
        f"{one['office']} ({one['organization']})" if one["office"] else one["organization"]
        for one in step.get("approvals", ())
    ]
    below += [words["approved-by"].format("; ".join(offices))] if offices else []
    below += [words["from-draft"].format(step["draft"])] if "draft" in step else []
    return [*cells, short(step["digest"])], below


def _standing(row: Mapping[str, Any], lang: Lang) -> tuple[list[str], list[str]]:
    """A row of the agreements in force; below it the digest, why it is stopped, and what waits for a second person."""
    words, standing = STEPS[lang], STANDINGS[lang][row["standing"]]
    reason = (row["reason"] or {}).get(lang)
    below = [words["digest-of"].format(short(row["digest"]))]
    below += [words["because"].format(standing, reason)] if reason else []
    below += [words[f"waits-{one['step']}"].format(one["unit"], row["agreement"]) for one in row.get("waiting", ())]
    term = f"{row['effective'] or ''} – {row['expiry'] or ''}"
    return [row["agreement"], row["version"] or "", term, standing], below


def _minute(time: str) -> str:
    """A time of the log to the minute, in UTC, without what a narrow table would break."""
    return time[:16].replace("T", " ")


def add_to(app: typer.Typer) -> None:
    """Register every command."""
    for function, name, example in (
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
