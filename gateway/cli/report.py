"""`gateway report`: the annual figures of an institution, for the report to Parliament or to the Commissioner.

Invariant: taking a file out is on record first, and the file has no small number about people. Does not: count.
"""

from pathlib import Path
from typing import Annotated, Any, Final

import typer

from gateway.cli.acting import Officer, Unit, said
from gateway.cli.language import Language
from gateway.cli.screen import console, json_text, table, wrapped
from gateway.cli.staff import call

_SHOW: Final = "Example: `gateway report show --unit esdc-isb --officer r.roy --lang fr`"
_EXPORT: Final = "Example: `gateway report export figures.pdf --year 2026 --unit esdc-isb --officer r.roy`"
app = typer.Typer(no_args_is_help=True, rich_markup_mode="markdown", epilog=_SHOW)
_WRITTEN: Final = {
    "en": "{0} written; on record as entry {1}",
    "fr": "{0} a été écrit; inscription {1} au journal",
}

Year = Annotated[
    int | None, typer.Option(min=2000, max=2100, help="Calendar year in which it begins; without, the year that runs")
]
Institution = Annotated[str | None, typer.Option(help="Auditors: the institution, such as esdc")]


@app.command("show", epilog=_SHOW)
def show(
    context: typer.Context,
    year: Year = None,
    institution: Institution = None,
    unit: Unit = None,
    officer: Officer = None,
    lang: Language = "en",
    as_json: Annotated[bool, typer.Option("--json", help="Answer as JSON")] = False,
) -> None:
    """Every figure, for use within the institution. Federal: April to March; Ontario: the calendar year."""
    found = call(context, "report.show", said(unit, officer), year=year, institution=institution)
    if as_json:
        typer.echo(json_text(found))
        return
    sheet: dict[str, Any] = found["sheets"][lang]
    for line in (sheet["title"], *sheet["lines"]):
        print(wrapped(line, lang))
    for one in sheet["tables"]:
        print()
        print(wrapped(one["title"], lang))
        shown = table(*one["columns"])
        for row in one["rows"]:
            shown.add_row(*row)
        console().print(shown)


@app.command("export", epilog=_EXPORT)
def export(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="File to write, .pdf or .csv; must not be there yet")],
    year: Year = None,
    institution: Institution = None,
    unit: Unit = None,
    officer: Officer = None,
    lang: Language = "en",
) -> None:
    """Write the figures as they may be published: counts of 1 to 4 about people are left out. On record first."""
    from gateway.adapters.letters.report import report_csv, report_pdf
    from gateway.cli import projection_building

    form = file.suffix.removeprefix(".").lower()
    if form not in ("pdf", "csv"):
        raise typer.BadParameter("write a name that ends with .pdf or .csv", param_hint="FILE")
    projection_building.must_be_new(file)
    made = call(context, "report.export", said(unit, officer), form=form, year=year, institution=institution)
    sheet = made["sheets"][lang]
    file.write_bytes(report_pdf(sheet) if form == "pdf" else report_csv(sheet))
    print(wrapped(_WRITTEN[lang].format(file, made["entry_index"]), lang))
