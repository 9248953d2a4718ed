"""`gateway agreements`: check the files of a deployment, list the agreements, read one in plain words, print the law.

Shows what the files say. Whether a request is permitted is decided by the policy, each time.
"""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from gateway.cli import agreement_coverage, agreement_drafts, agreement_review, agreement_standing, simulation
from gateway.cli.language import Language

if TYPE_CHECKING:
    from gateway.adapters.rulebook.load import Rulebook
    from gateway.domain.agreement import AgreementVersion

app = typer.Typer(no_args_is_help=True, help="Check and read agreements, parties, provisions and the catalogue.")
agreement_review.add_to(app)
agreement_drafts.add_to(app)
agreement_standing.add_to(app)
agreement_coverage.add_to(app)
simulation.add_to(app)

FolderOption = Annotated[Path | None, typer.Option("--dir", help="Folder of agreements.", exists=True)]
Extra = Annotated[
    list[Path] | None,
    typer.Option("--extra", help="Folder that adds record types, parties or agreements; may be repeated.", exists=True),
]


@app.command("list", epilog="Example: gateway agreements list --dir ./agreements")
def list_(directory: FolderOption = None, extra: Extra = None) -> None:
    """One line for each agreement: id, term, parties, purposes."""
    for version in _load(directory, extra).agreements:
        typer.echo(
            f"{version.id}  {version.effective} to {version.expiry}  "
            f"{', '.join(version.parties)}  [{', '.join(sorted(version.purposes))}]"
        )


@app.command(epilog="Examples: gateway agreements show esdc-ircc-tfw · gateway agreements show london-icm --lang fr")
def show(
    agreement: Annotated[str, typer.Argument(metavar="ID", help="The agreement's id, see `gateway agreements list`.")],
    lang: Language = "en",
    directory: FolderOption = None,
    extra: Extra = None,
) -> None:
    """An agreement in plain words: who may have what, for what, on whose authority, and what follows."""
    from rich.console import Console
    from rich.markup import escape

    rulebook = _load(directory, extra)
    version = rulebook.register.find(agreement)
    if version is None:
        known = ", ".join(known.id for known in rulebook.agreements)
        typer.echo(f"There is no such agreement; known are: {known}", err=True)
        raise typer.Exit(1)
    console = Console(highlight=False, soft_wrap=True)
    for line in _plain_words(version, rulebook, lang):
        console.print(escape(line))


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

    page = register_page(_load(directory, extra).authorities)
    if out is None:
        typer.echo(page, nl=False)
    else:
        out.write_text(page, encoding="utf-8")


def _load(directory: Path | None, extra: list[Path] | None) -> "Rulebook":
    from gateway.adapters.rulebook import load as agreements

    try:
        return agreements.load(directory, extra or [])
    except agreements.AgreementFilesError as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(1) from None


_WORDS: Mapping[str, Mapping[str, str]] = {
    "en": {
        "term": "In force from {0} until the day before {1}; version {2}, digest {3}",
        "purpose": "Purpose",
        "clause": "Clause",
        "asks": "{0} may ask {1} for {2}, {3}",
        "single": "one record at a time",
        "list": "as a list",
        "case": "A case reference is required.",
        "when": "Only where {0} is {1}.",
        "discloser": "Authority to disclose",
        "recipient": "Authority to collect",
        "withheld": "Kept back",
        "duties": "Duties",
        "keep": "Keep at least {0} days, dispose after {1} days.",
    },
    "fr": {
        "term": "En vigueur du {0} jusqu'à la veille du {1}; version {2}, empreinte {3}",
        "purpose": "Fin",
        "clause": "Clause",
        "asks": "{0} peut demander à {1} : {2}, {3}",
        "single": "un dossier à la fois",
        "list": "en liste",
        "case": "Une référence de cas est exigée.",
        "when": "Seulement si {0} est {1}.",
        "discloser": "Pouvoir de communiquer",
        "recipient": "Pouvoir de recueillir",
        "withheld": "Non communiqué",
        "duties": "Obligations",
        "keep": "Conserver au moins {0} jours, éliminer après {1} jours.",
    },
}


def _plain_words(version: "AgreementVersion", rulebook: "Rulebook", lang: str) -> Iterator[str]:
    words = _WORDS[lang]
    yield version.document["title"][lang]
    yield words["term"].format(version.effective, version.expiry, version.version, version.digest)
    for schedule in version.document["schedules"]:
        yield ""
        yield f"{words['purpose']}: {rulebook.purposes[schedule['purpose']]['name'][lang]} ({schedule['purpose']})"
        for clause in schedule["clauses"]:
            yield from (f"  {line}" for line in _clause(clause, rulebook, lang))


def _clause(clause: Mapping[str, Any], rulebook: "Rulebook", lang: str) -> Iterator[str]:
    from gateway.domain.element import Form, FormKind

    words = _WORDS[lang]
    record_type = rulebook.catalogue.record_types[clause["record_type"]]
    label = record_type.label_en if lang == "en" else record_type.label_fr
    how = ", ".join(words[cardinality] for cardinality in clause["cardinality"])
    recipients = ", ".join(clause["recipient"]["units"])
    yield f"{words['clause']} {clause['id']}"
    yield "  " + words["asks"].format(recipients, clause["discloser"]["unit"], label, how)
    if clause["case_reference"] == "required":
        yield "  " + words["case"]
    for condition in clause["conditions"]:
        yield "  " + words["when"].format(condition["attribute"], " / ".join(str(v).lower() for v in condition["in"]))
    for side in ("discloser", "recipient"):
        titles = (f"{name} ({rulebook.authorities[name]['title'][lang]})" for name in clause[side]["authorities"])
        yield f"  {words[side]}: {'; '.join(titles)}"
    for entry in clause["elements"]:
        element = record_type.elements[entry["name"]]
        form = Form(FormKind(entry["form"]["kind"]), entry["form"].get("keep"), entry["form"].get("to"))
        name = element.label_en if lang == "en" else element.label_fr
        yield f"    {name} ({entry['name']}, {form.code}): {entry['necessity'][lang]}"
    if "withheld_by_design" in clause:
        yield f"  {words['withheld']}: {clause['withheld_by_design'][lang]}"
    duties = "; ".join(rulebook.obligations[code]["title"][lang] for code in clause["obligations"])
    yield f"  {words['duties']}: {duties}"
    yield "  " + words["keep"].format(clause["retention"]["min_days"], clause["retention"]["max_days"])
