"""`gateway agreements` before anything is done: check, agenda, diff.

Of files on disk, or of the rulebook of a deployment and its drafts, by a staff call. Does not: word anything
(`gateway.service.rulebook`), or change anything.
"""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Final

import typer

from gateway.cli.language import Language
from gateway.cli.rulebook_reading import Extra, FolderOption, deployment_of, is_deployed
from gateway.cli.rulebook_telling import AsJson
from gateway.cli.screen import json_text, wrapped
from gateway.cli.staff import call
from gateway.domain.errors import ConfigurationError, GatewayError
from gateway.service.words.sentences import Lang

if TYPE_CHECKING:
    from gateway.adapters.rulebook.load import Rulebook
    from gateway.domain.agreement import AgreementVersion

_CHECK: Final = (
    "Examples: `gateway agreements check` · `gateway agreements check ./agreements --extra ./more --lang fr` · "
    "`gateway agreements check DRAFT`"
)
_AGENDA: Final = "Examples: `gateway agreements agenda` · `gateway agreements agenda --days 365 --lang fr`"
_DIFF: Final = (
    "Examples: `gateway agreements diff esdc-ircc-tfw ./changed.yaml` · `gateway agreements diff old.yaml new.yaml` "
    "· `gateway agreements diff DRAFT/esdc-ircc-tfw --lang fr`"
)
_NOT_COMPARED: Final = 2

_WORDS: Final[Mapping[Lang, Mapping[str, str]]] = {
    "en": {
        "error": "error",
        "warning": "warning",
        "note": "note",
        "place": "line {0}, {1}: ",
        "counts": "Errors: {error}. Warnings: {warning}. Notes: {note}.",
        "others": "Left out, about documents that the draft leaves alone: {0}; --all shows them.",
        "sound": "No errors: this rulebook can be loaded.",
        "broken": "With an error it cannot be loaded.",
        "who": "Who: {0}",
        "overdue": "overdue",
        "nothing": "Nothing needs anybody in the next {0} days.",
        "things": "{0} in the next {1} days, those overdue among them.",
        "scheduled": "{0} (UTC) Draft {1} goes into force, with nobody awake: {2}.",
        "withdraw": "To stop it: gateway agreements draft --withdraw {0}",
    },
    "fr": {
        "error": "erreur",
        "warning": "avertissement",
        "note": "remarque",
        "place": "ligne {0}, {1} : ",
        "counts": "Erreurs : {error}. Avertissements : {warning}. Remarques : {note}.",
        "others": "Omis, au sujet de documents que le projet ne touche pas : {0}; --all les montre.",
        "sound": "Aucune erreur : ce recueil peut être chargé.",
        "broken": "Avec une erreur, il ne peut être chargé.",
        "who": "Qui : {0}",
        "overdue": "en retard",
        "nothing": "Rien ne demande personne dans les {0} prochains jours.",
        "things": "{0} dans les {1} prochains jours, retards compris.",
        "scheduled": "{0} (UTC) Le projet {1} entre en vigueur, sans autre intervention : {2}.",
        "withdraw": "Pour l'arrêter : gateway agreements draft --withdraw {0}",
    },
}  # fmt: skip


def check(
    context: typer.Context,
    what: Annotated[
        str | None,
        typer.Argument(metavar="[DIR|DRAFT]", help="Folder, or draft; without it, the files the gateway came with"),
    ] = None,
    extra: Extra = None,
    every: Annotated[bool, typer.Option("--all", help="Of a draft: also what it leaves alone")] = False,
    lang: Language = "en",
    as_json: AsJson = False,
) -> None:
    """What is wrong, and what will be: place, severity, what to do. Exit status 1 where there is an error.

    Of a draft: what its own documents have, and every error."""
    if what is not None and not Path(what).exists():
        found = call(context, "agreement.check", draft=what)
    else:
        from gateway.adapters.rulebook import load as agreements
        from gateway.service.review.rows import finding_rows

        found = finding_rows(agreements.check(Path(what) if what else None, extra or [], _today()))
    if as_json:
        typer.echo(json_text(found))
    else:
        for line in _findings(found, lang, every=every):
            typer.echo(line)
    if found["counts"]["error"]:
        raise typer.Exit(1)


def _findings(found: Mapping[str, Any], lang: Lang, *, every: bool) -> Iterator[str]:
    words = _WORDS[lang]
    rows: list[Mapping[str, Any]] = found["findings"]
    of_draft = None if every else found.get("documents")
    if of_draft is not None:
        rows = [row for row in rows if row["severity"] == "error" or row["file"] in of_draft]
    for file in dict.fromkeys(row["file"] for row in rows):
        yield file
        for row in (row for row in rows if row["file"] == file):
            place = f"{row['member']}{' : ' if lang == 'fr' else ': '}" if row["member"] else ""
            head = words["place"].format(row["line"], words[row["severity"]])
            yield wrapped(f"{head}{place}{row['what'][lang]}", lang, indent=2)
            yield wrapped(row["to_do"][lang], lang, indent=6)
    if len(rows) < len(found["findings"]):
        yield wrapped(words["others"].format(len(found["findings"]) - len(rows)), lang)
    counts = {level: sum(row["severity"] == level for row in rows) for level in found["counts"]}
    yield words["counts"].format(**counts)
    yield words["broken" if found["counts"]["error"] else "sound"]


def agenda(
    context: typer.Context,
    days: Annotated[int, typer.Option(min=0, max=3660, help="How many days to look ahead")] = 90,
    directory: FolderOption = None,
    extra: Extra = None,
    lang: Language = "en",
    as_json: AsJson = False,
) -> None:
    """What needs somebody, by date: what, for which agreement, what to do, and whose office does it."""
    if directory is None and is_deployed(context):
        found = call(context, "agreement.agenda", days=days)
    else:
        from gateway.bootstrap.vocabulary import vocabulary
        from gateway.service.review.agenda import agenda as due
        from gateway.service.review.rows import agenda_rows

        rulebook = _loaded(directory, extra)
        items = due(rulebook.agreements, rulebook.authorities, rulebook.policy_data, rulebook.parties, _today(), days)
        found = agenda_rows(items, vocabulary(rulebook))
    if as_json:
        typer.echo(json_text(found))
        return
    for line in _agenda(found["items"], found["scheduled"], days, lang):
        typer.echo(line)


def _agenda(items: list[Mapping[str, Any]], scheduled: list[Mapping[str, Any]], days: int, lang: Lang) -> Iterator[str]:
    words = _WORDS[lang]
    for draft in scheduled:
        at = draft["at"][:16].replace("T", " ")
        yield wrapped(words["scheduled"].format(at, draft["draft"], ", ".join(draft["documents"])), lang)
        yield wrapped(words["withdraw"].format(draft["draft"]), lang, indent=4)
    if scheduled and not items:
        return
    if not items:
        yield words["nothing"].format(days)
        return
    today = _today().isoformat()
    for item in items:
        late = f" ({words['overdue']})" if item["day"] < today else ""
        yield wrapped(f"{item['day']}{late}  {item['title'][lang]} ({item['agreement']})", lang)
        yield wrapped(item["what"][lang][:1].upper() + item["what"][lang][1:] + ".", lang, indent=4)
        yield wrapped(item["to_do"][lang], lang, indent=4)
        yield wrapped(words["who"].format("; ".join(who[lang] for who in item["who"])), lang, indent=4)
    yield words["things"].format(len(items), days)


def diff(
    context: typer.Context,
    old: Annotated[str, typer.Argument(metavar="OLD", help="File, id of an agreement, digest, or DRAFT/ID")],
    new: Annotated[
        str | None,
        typer.Argument(
            metavar="[NEW]",
            help="The same, to compare with it; one name alone is compared with what is there",
        ),
    ] = None,
    directory: FolderOption = None,
    extra: Extra = None,
    lang: Language = "en",
    as_json: AsJson = False,
) -> None:
    """What becomes possible that was not, what no longer is, and what changed in the text.

    Of an agreement that is not there yet all is new: `diff FILE`, or `diff DRAFT/ID`.

    Exit status 1 where anything becomes possible that was not, 0 where nothing does, 2 where it was not compared."""
    kept = directory is None and is_deployed(context) and not any(Path(name).is_file() for name in (old, new) if name)
    before, after = (None, old) if new is None else (old, new)
    try:
        if kept:
            found = call(context, "agreement.diff", old=before, new=after)
        else:
            found = _compared(context, before, after, directory, extra)
    except GatewayError as error:
        typer.echo(f"gateway: {error}", err=True)
        raise typer.Exit(_NOT_COMPARED) from None
    if as_json:
        typer.echo(json_text(found))
    else:
        for line in _sections(found["words"][lang], lang):
            typer.echo(line)
    if found["wider"]:
        raise typer.Exit(1)


def _compared(
    context: typer.Context, old: str | None, new: str, directory: Path | None, extra: list[Path] | None
) -> Mapping[str, Any]:
    import asyncio

    from gateway.bootstrap.reviewing import with_own_engine
    from gateway.service.review.compare import compare, nothing_before
    from gateway.service.review.rows import comparison_row

    settings = deployment_of(context) if directory is None else None
    if settings is not None:
        directory = settings.agreements_dir
        extra = extra or ([settings.extra_agreements_dir] if settings.extra_agreements_dir else [])
    rulebook = _loaded(directory, extra)
    after = _version(new, rulebook)
    if old is None or old == after.id:
        before = rulebook.register.find(after.id) or nothing_before(after)
    else:
        before = _version(old, rulebook)
    found = with_own_engine(rulebook)
    comparison = asyncio.run(compare(found.side(before), found.side(after)))
    return comparison_row(comparison, before, after, found.words)


def _version(name: str, rulebook: "Rulebook") -> "AgreementVersion":
    from gateway.adapters.rulebook.load import load_agreement

    if Path(name).is_file():
        return load_agreement(Path(name))
    found = rulebook.register.find(name)
    if found is None:
        known = ", ".join(version.id for version in rulebook.agreements)
        raise ConfigurationError(f"there is no such file and no such agreement; known are: {known}")
    return found


def _sections(sections: list[Mapping[str, Any]], lang: Lang) -> Iterator[str]:
    for position, section in enumerate(sections):
        if position:
            yield ""
        yield section["title"]
        for line in section["lines"]:
            yield wrapped(line["text"], lang, indent=2)
            yield from (wrapped(text, lang, indent=6) for text in line["below"])


def _loaded(directory: Path | None, extra: list[Path] | None) -> "Rulebook":
    from gateway.adapters.rulebook import load as agreements

    return agreements.load(directory, extra or [])


def _today() -> Any:
    from datetime import UTC, datetime

    from gateway.domain.due import legal_day

    return legal_day(datetime.now(UTC))


def add_to(app: typer.Typer) -> None:
    app.command("check", epilog=_CHECK)(check)
    app.command("agenda", epilog=_AGENDA)(agenda)
    app.command("diff", epilog=_DIFF)(diff)
