"""`gateway source`: load published lists into the table of a source, and check a sources.yaml.

The report goes to standard output, the progress bar to standard error. Exit code 0 also where single rows were named:
they are in the report; 1 where nothing was loaded.
"""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Final

import typer

from gateway.cli.language import Language
from gateway.cli.rulebook_reading import deployment_of, in_force, of_files
from gateway.cli.screen import progress, wrapped
from gateway.service.words.rulebook import READ
from gateway.service.words.sentences import Lang

if TYPE_CHECKING:
    from sqlalchemy.engine import URL

    from gateway.adapters.rulebook.load import Rulebook
    from gateway.adapters.sources.load.formats import ListFormat
    from gateway.domain.agreement import AgreementVersion

app = typer.Typer(no_args_is_help=True, rich_markup_mode="markdown")

_LOAD_EXAMPLES = """Examples:

`gateway source load lmia-list lmia_positive_2024q1.csv --database sqlite:///lists.db`

`gateway source load compliance-list employers_noncompliant_2023-10.csv --database sqlite:///lists.db --json`

`gateway source load csv permits.csv --mapping permits.yaml --database postgresql+psycopg://loader@db/lists`
"""


@app.command("load", epilog=_LOAD_EXAMPLES)
def load(
    format_name: Annotated[str, typer.Argument(metavar="FORMAT", help="lmia-list, compliance-list or csv")],
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The file as it was published")],
    database: Annotated[str, typer.Option(help="SQLAlchemy URL of the database to load into")],
    edition: Annotated[
        str | None, typer.Option(help="Quarter (2024Q1) or month (2023-10), where the file's name does not say it")
    ] = None,
    mapping: Annotated[
        Path | None,
        typer.Option(help="Format csv: YAML file with table, key, columns {element: header}, types, index, locale"),
    ] = None,
    replace: Annotated[
        bool, typer.Option("--replace", help="Replace what stands, also by an older or a much smaller list")
    ] = False,
    ignore_header: Annotated[
        list[str] | None, typer.Option("--ignore-header", help="A column to leave out, by its header; may be repeated")
    ] = None,
    lang: Language = "en",
    as_json: Annotated[bool, typer.Option("--json", help="The report as JSON, with every line that was named")] = False,
) -> None:
    """Load a published list (CSV or .xlsx): every row is loaded, or named with its line and the reason.

    Loading a quarter again replaces it; an older or much smaller list does so only with --replace. A load that fails
    changes nothing."""
    from gateway.adapters.sources.load.loader import load_file

    form = _format(format_name, mapping)
    with progress(f"Reading {file.name}", "lines") as told:
        report = load_file(
            form,
            file,
            _url(database),
            edition=edition,
            replace_standing=replace,
            ignore_headers=ignore_header or (),
            progress=told,
        )
    typer.echo(json.dumps(report.as_json(), ensure_ascii=False) if as_json else report.as_text(lang))


@app.command("check", epilog="Example: `gateway source check sources.yaml --lang fr`")
def check(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="sources.yaml")],
    folder: Annotated[
        Path | None, typer.Option("--agreements", help="Folder of agreements; without it, what the deployment has")
    ] = None,
    extra: Annotated[Path | None, typer.Option(help="Second folder whose record types are added")] = None,
    lang: Language = "en",
) -> None:
    """Open every source that the file declares, as the gateway does when it starts, and say what does not fit.

    The record types are those in force where a deployment is there, else those of files. One that no source holds is
    named, with the agreements that let it go: what is asked of it is answered by 503."""
    from gateway.adapters.sources.registry import open_sources

    rulebook, read = _rulebook(context, folder, [] if extra is None else [extra])
    typer.echo(wrapped(READ[lang][read["of"]].format(**read), lang), err=True)
    registry = open_sources(file, rulebook.catalogue)
    held = registry.record_types
    registry.close()
    for record_type in held:
        typer.echo(_SAYS[lang]["open"].format(record_type))
    for record_type in sorted(frozenset(rulebook.catalogue.record_types) - frozenset(held)):
        naming = [version.id for version in rulebook.agreements if _lets_go(version, record_type)]
        says = _SAYS[lang]["missing" if naming else "unused"]
        typer.echo(wrapped(says.format(record_type, ", ".join(naming)), lang))


_SAYS: Final[Mapping[Lang, Mapping[str, str]]] = {
    "en": {
        "open": "{0}: open",
        "missing": "{0}: no source holds it, although these agreements let it go: {1}",
        "unused": "{0}: no source holds it, and no agreement names it",
    },
    "fr": {
        "open": "{0} : ouverte",
        "missing": "{0} : aucune source ne le contient, alors que ces accords en permettent la communication : {1}",
        "unused": "{0} : aucune source ne le contient, et aucun accord ne le nomme",
    },
}


def _rulebook(context: typer.Context, folder: Path | None, extra: list[Path]) -> tuple["Rulebook", Mapping[str, Any]]:
    """What the deployment has in force with the law on disk, or what files say; and which of both."""
    found = None if folder or extra else in_force(context, "rulebook.files")
    if found is None:
        return of_files(context, folder, extra)
    from gateway.adapters.rulebook import load as agreements
    from gateway.adapters.rulebook.folder import kept_folders

    settings = deployment_of(context)
    more = [settings.extra_agreements_dir] if settings and settings.extra_agreements_dir else []
    law = agreements.on_disk(settings.agreements_dir if settings else None, more)
    files = {path: text.encode("utf-8") for path, text in found["files"].items()}
    return agreements.load_from(kept_folders(files, list(law))), {"of": "in-force", **found}


def _lets_go(version: "AgreementVersion", record_type: str) -> bool:
    clauses = (clause for schedule in version.document["schedules"] for clause in schedule["clauses"])
    return any(clause["record_type"] == record_type for clause in clauses)


def _url(text: str) -> "URL":
    from sqlalchemy.engine import make_url
    from sqlalchemy.exc import ArgumentError

    from gateway.adapters.sources.errors import LoadError

    try:
        return make_url(text)
    except ArgumentError:
        raise LoadError("--database is not a SQLAlchemy URL, for example sqlite:///lists.db") from None


def _format(name: str, mapping: Path | None) -> "ListFormat":
    from gateway.adapters.rulebook.folder import DiskFolder
    from gateway.adapters.rulebook.located import read
    from gateway.adapters.sources.errors import LoadError
    from gateway.adapters.sources.load.csv_list import CsvList
    from gateway.adapters.sources.load.known import format_named

    if name != "csv":
        return format_named(name)
    if mapping is None:
        raise LoadError("the format csv needs --mapping: a YAML file with table, key and columns")
    document, gaps = read(DiskFolder(mapping.parent), mapping.name)
    if document is None or gaps:
        raise LoadError("; ".join(str(gap) for gap in gaps))
    value: Any = document.value
    if (
        not isinstance(value, dict)
        or not {"table", "key", "columns"} <= value.keys() <= {"table", "key", "columns", "types", "index", "locale"}
        or value.get("locale", "en") not in ("en", "fr")
        or not isinstance(value["columns"], dict)
        or not all(isinstance(header, str) for header in value["columns"].values())
    ):
        raise LoadError(
            f"{mapping.name}:1: needs table, key, columns {{element: header}}; may have types, index, locale (en, fr)"
        )
    return CsvList(
        str(value["table"]),
        str(value["key"]),
        value["columns"],
        types=value.get("types"),
        indexed=value.get("index") or (),
        locale=value.get("locale", "en"),
    )
