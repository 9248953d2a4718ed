"""`gateway log projection`: the log in columns, for counting, paging and taking out. No person is in it.

Invariant: every question goes through the staff's desk; an export is on record before a row is written. Does not: tell
about one entry with authority (`gateway explain` does, from the log itself).
"""

from collections.abc import Mapping, Sequence
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any, Final

import typer

from gateway.cli.acting import Officer, Unit, said
from gateway.cli.language import Language
from gateway.cli.screen import console, json_text, listed, table, wrapped
from gateway.cli.settings import settings_of
from gateway.cli.staff import call
from gateway.service.words.projection import PROJECTION
from gateway.service.words.sentences import Lang

app = typer.Typer(no_args_is_help=True, rich_markup_mode="markdown")

_STATUS: Final = "Example: `gateway log projection status`"
_REBUILD: Final = "Example: `gateway log projection rebuild`"
_COUNT: Final = (
    "Examples: `gateway log projection count --by kind` · `gateway log projection count --where custodian=esdc-pob "
    "--where withheld=wage_hourly --by month --by withheld-reason --first 2026-01-01`"
)
_PAGE: Final = "Example: `gateway log projection page --where kind=denial --institution esdc --last 2026-10-31`"
_EXPORT: Final = (
    "Example: `gateway log projection export october.parquet --first 2026-10-01 --last 2026-10-31 --unit esdc-isb "
    "--officer r.roy && duckdb -c \"SELECT kind, count(*) FROM 'october.parquet' GROUP BY kind\"`"
)


class Format(StrEnum):
    """What the file is."""

    CSV = "csv"
    PARQUET = "parquet"


Where = Annotated[
    list[str] | None,
    typer.Option(
        metavar="COLUMN=CODE", help="Only these; a column twice: either value. COLUMN= for entries that name nothing"
    ),
]
First = Annotated[str | None, typer.Option(metavar="DAY", help="First day, YYYY-MM-DD, Ottawa")]
Last = Annotated[str | None, typer.Option(metavar="DAY", help="Last day, included")]
Institution = Annotated[
    str | None, typer.Option(help="An institution that is custodian, recipient or requester, such as esdc")
]
AsJson = Annotated[bool, typer.Option("--json", help="Answer as JSON")]


@app.command("status", epilog=_STATUS)
def status(
    context: typer.Context, unit: Unit = None, officer: Officer = None, lang: Language = "en", as_json: AsJson = False
) -> None:
    """How far the projection is behind the log, and how many entries it could not read."""
    found = call(context, "projection.status", said(unit, officer))
    if as_json:
        typer.echo(json_text(found))
        return
    for line in _standing(found, lang):
        print(wrapped(line, lang))


@app.command("rebuild", epilog=_REBUILD)
def rebuild(
    context: typer.Context, unit: Unit = None, officer: Officer = None, lang: Language = "en", as_json: AsJson = False
) -> None:
    """Begin anew from the first entry. May be stopped: the running gateway, or this command again, goes on."""
    from gateway.cli import projection_building

    begun = call(context, "projection.rebuild", said(unit, officer))
    try:
        if begun["following"]:
            found = projection_building.watch(lambda: call(context, "projection.status", said(unit, officer)))
        else:
            found = projection_building.build(settings_of(context))
    except KeyboardInterrupt:
        print(wrapped(PROJECTION[lang]["stopped"], lang))
        raise typer.Exit(1) from None
    if as_json:
        typer.echo(json_text(found))
        return
    for line in _standing(found, lang):
        print(wrapped(line, lang))


@app.command("count", epilog=_COUNT)
def count(
    context: typer.Context,
    by: Annotated[list[str] | None, typer.Option(metavar="COLUMN", help="Group by it; may be given twice")] = None,
    where: Where = None,
    first: First = None,
    last: Last = None,
    institution: Institution = None,
    limit: Annotated[int, typer.Option(min=1, max=10_000, help="Most groups to show")] = 50,
    unit: Unit = None,
    officer: Officer = None,
    lang: Language = "en",
    as_json: AsJson = False,
) -> None:
    """How many entries there are, in all or by the values of one or two columns."""
    asked = _asked(where, first, last, institution)
    if by:
        found = call(context, "projection.group", said(unit, officer), columns=by, limit=limit, **asked)
    else:
        found = call(context, "projection.count", said(unit, officer), **asked)
    if as_json:
        typer.echo(json_text(found))
        return
    words = PROJECTION[lang]
    if by:
        shown = table(*by, words["entries"], words["records"], words["last"])
        for group in found["groups"]:
            cells = [words["none"] if value is None else value for value in group["values"]]
            shown.add_row(*cells, str(group["entries"]), str(group["records"]), _second(group["last"]))
        console().print(shown)
        if found["left_off"]:
            print(words["left-off"])
    else:
        print(words["counted"].format(found["entries"], found["records"]))
    _how_far(found, lang)


@app.command("page", epilog=_PAGE)
def page(
    context: typer.Context,
    where: Where = None,
    first: First = None,
    last: Last = None,
    institution: Institution = None,
    before: Annotated[int | None, typer.Option(min=0, help="Only entries before this one, for the next page")] = None,
    limit: Annotated[int, typer.Option(min=1, max=1000, help="Most entries to show")] = 20,
    unit: Unit = None,
    officer: Officer = None,
    lang: Language = "en",
    as_json: AsJson = False,
) -> None:
    """Entries, newest first, in codes. `gateway explain N` says what one of them means."""
    asked = _asked(where, first, last, institution)
    found = call(context, "projection.page", said(unit, officer), before=before, limit=limit, **asked)
    if as_json:
        typer.echo(json_text(found))
        return
    words = PROJECTION[lang]
    headings = [words[name] for name in ("entry", "time", "kind", "recipient", "custodian")]
    for line in listed(headings, (_row(row, words) for row in found["rows"]), lang):
        print(line)
    if found["before"] is not None:
        print(wrapped(words["next"].format(found["before"]), lang))
    _how_far(found, lang)


@app.command("export", epilog=_EXPORT)
def export(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="File to write; must not be there yet")],
    form: Annotated[
        Format | None, typer.Option("--format", help="What to write; without it, what the file's name ends with")
    ] = None,
    where: Where = None,
    first: First = None,
    last: Last = None,
    institution: Institution = None,
    unit: Unit = None,
    officer: Officer = None,
    lang: Language = "en",
) -> None:
    """Write rows, in codes and without persons, to a file. The export is on record first, with what was asked."""
    from gateway.cli import projection_building

    ending = file.suffix.removeprefix(".").lower()
    chosen = form.value if form else ending if ending in list(Format) else Format.CSV.value
    projection_building.must_be_new(file)
    made = call(
        context, "projection.export", said(unit, officer), form=chosen, **_asked(where, first, last, institution)
    )
    written = projection_building.export(settings_of(context), made, file, chosen)
    print(wrapped(PROJECTION[lang]["exported"].format(written, file, made["entry_index"]), lang))


def _asked(where: Sequence[str] | None, first: str | None, last: str | None, institution: str | None) -> dict[str, Any]:
    columns: dict[str, list[str]] = {}
    for condition in where or ():
        column, equals, value = condition.partition("=")
        if not equals:
            raise typer.BadParameter("write COLUMN=CODE, for example custodian=esdc-pob", param_hint="--where")
        columns.setdefault(column, []).append(value)
    return {"where": columns, "first": first, "last": last, "institution": institution}


def _row(row: Mapping[str, Any], words: Mapping[str, str]) -> tuple[Sequence[str], Sequence[str]]:
    """The cells of an entry, and what stands below them."""
    elements = [f"{one['element']} ({one['form']})" for one in row["disclosed"]]
    withheld = [f"{one['element']} ({one['reason']})" for one in row["withheld"]]
    below = [row["record_type"]] if row["record_type"] else []
    below += [
        words["pair"].format(words[name], ", ".join(what))
        for name, what in (("disclosed", elements), ("withheld", withheld), ("reasons", row["reasons"]))
        if what
    ]
    cells = (row["recipient"] or row["requester"], row["custodian"] or "")
    return (str(row["entry_index"]), _second(row["time"]), row["kind"], *cells), below


def _second(time: str) -> str:
    return time[:19].replace("T", " ")


def _standing(found: Mapping[str, Any], lang: Lang) -> list[str]:
    words = PROJECTION[lang]
    told = [words["up-to"].format(found["up_to"], found["size"])]
    if found["behind"]:
        told.append(words["behind"].format(found["behind"], found["lag_seconds"]))
        told.append(words["following" if found["following"] else "not-following"])
    else:
        told.append(words["whole"])
    if found["unreadable"]:
        told.append(words["unreadable"].format(found["unreadable"]))
    return told


def _how_far(found: Mapping[str, Any], lang: Lang) -> None:
    print(wrapped(PROJECTION[lang]["holds-to"].format(found["up_to"], found["lag_seconds"]), lang))
