"""`gateway source`: load published lists into the table of a source, and check a sources.yaml.

The report goes to standard output, the progress bar to standard error. Exit code 0 also where single rows were named:
they are in the report; 1 where nothing was loaded.
"""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from gateway.cli.language import Language
from gateway.cli.screen import progress

if TYPE_CHECKING:
    from sqlalchemy.engine import URL

    from gateway.adapters.sources.load.formats import ListFormat

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


@app.command("check", epilog="Example: `gateway source check sources.yaml`")
def check(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="sources.yaml")],
    folder: Annotated[
        Path | None, typer.Option("--agreements", help="Folder of agreements; default: those shipped")
    ] = None,
    extra: Annotated[Path | None, typer.Option(help="Second folder whose record types are added")] = None,
) -> None:
    """Open every source that the file declares, as the gateway does when it starts, and say what does not fit."""
    from gateway.adapters.rulebook import load as agreements
    from gateway.adapters.sources.registry import open_sources

    rulebook = agreements.load(folder, [] if extra is None else [extra])
    registry = open_sources(file, rulebook.catalogue)
    for record_type in registry.record_types:
        typer.echo(f"{record_type}: open")
    registry.close()


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
