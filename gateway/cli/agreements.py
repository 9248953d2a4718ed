"""`gateway agreements`: list the agreements, read one in plain words, print the law; and the commands of its topics.

Shows what a deployment has in force where one is there, else what files say, and which of both it was. Whether a
request is permitted is decided by the policy, each time.
"""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from gateway.cli import agreement_coverage, agreement_drafts, agreement_review, agreement_standing, simulation
from gateway.cli.language import Language
from gateway.cli.rulebook_reading import Extra, FolderOption, in_force, loaded, of_files
from gateway.cli.rulebook_telling import AsJson
from gateway.cli.screen import json_text, wrapped
from gateway.service.words.rulebook import READ

if TYPE_CHECKING:
    pass

app = typer.Typer(no_args_is_help=True, help="Check and read agreements, parties, provisions and the catalogue.")
agreement_review.add_to(app)
agreement_drafts.add_to(app)
agreement_standing.add_to(app)
agreement_coverage.add_to(app)
simulation.add_to(app)


@app.command("list", epilog="Examples: gateway agreements list · gateway agreements list --dir ./agreements")
def list_(
    context: typer.Context,
    directory: FolderOption = None,
    extra: Extra = None,
    lang: Language = "en",
    as_json: AsJson = False,
) -> None:
    """One line for each agreement: id, term, parties, purposes; of the deployment in force, or of files."""
    found = None if directory or extra else in_force(context, "agreement.list")
    if found is None:
        from gateway.service.review.rows import version_row

        rulebook, read = of_files(context, directory, extra)
        found = {"read": read, "agreements": [version_row(version) for version in rulebook.agreements]}
    else:
        found["read"] = {"of": "in-force", **{name: found.pop(name) for name in ("revision", "entry_index")}}
    if as_json:
        typer.echo(json_text(found))
        return
    for row in found["agreements"]:
        until = {"en": "to", "fr": "au"}[lang]
        typer.echo(
            f"{row['agreement']}  {row['effective']} {until} {row['expiry']}  "
            f"{', '.join(row['parties'])}  [{', '.join(row['purposes'])}]"
        )
    typer.echo(wrapped(READ[lang][found["read"]["of"]].format(**found["read"]), lang))


@app.command(
    epilog="Examples: gateway agreements show esdc-ircc-tfw · gateway agreements show d-1f2e... --lang fr · "
    "gateway agreements show d-1f2e.../london-icm · gateway agreements show london-icm --dir ./agreements"
)
def show(
    context: typer.Context,
    agreement: Annotated[
        str,
        typer.Argument(
            metavar="NAME", help="Id of an agreement, digest of a version, DRAFT/ID, or DRAFT with all that it changes"
        ),
    ],
    lang: Language = "en",
    directory: FolderOption = None,
    extra: Extra = None,
    as_json: AsJson = False,
) -> None:
    """An agreement in plain words: who may have what, for what, on whose authority, and what follows.

    Of the deployment where one is there: what is in force, or a draft. Else, and with --dir, of files."""
    found = None if directory or extra else in_force(context, "agreement.show", agreement=agreement)
    if found is None:
        found = _of_files(context, agreement, directory, extra)
    if as_json:
        typer.echo(json_text(found))
        return
    typer.echo(wrapped(READ[lang][found["read"]["of"]].format(**found["read"]), lang))
    for row in found["agreements"]:
        typer.echo("")
        for line in row["words"][lang]:
            text = line.lstrip()
            typer.echo(wrapped(text, lang, indent=len(line) - len(text)))


def _of_files(
    context: typer.Context, agreement: str, directory: Path | None, extra: list[Path] | None
) -> dict[str, Any]:
    from gateway.bootstrap.vocabulary import vocabulary
    from gateway.service.review.rows import shown_row

    rulebook, read = of_files(context, directory, extra)
    version = rulebook.register.find(agreement)
    if version is None:
        known = ", ".join(known.id for known in rulebook.agreements)
        typer.echo(f"There is no such agreement; known are: {known}", err=True)
        raise typer.Exit(1)
    return {"read": read, "agreements": [shown_row(version, vocabulary(rulebook))]}


@app.command(
    epilog="Examples: gateway agreements authorities · gateway agreements authorities --out docs/authorities.md"
)
def authorities(
    directory: FolderOption = None,
    extra: Extra = None,
    out: Annotated[
        Path | None, typer.Option(help="File to write; without it, standard output.", dir_okay=False)
    ] = None,
) -> None:
    """The register of provisions as Markdown: what each says in both languages, since when, and what upholds it."""
    from gateway.cli.register_page import register_page

    page = register_page(loaded(directory, extra).authorities)
    if out is None:
        typer.echo(page, nl=False)
    else:
        out.write_text(page, encoding="utf-8")
