"""`gateway agreements coverage`: how agreements in force are used, and what could be narrowed.

Does not: count (`gateway.service.review.coverage` does, over the projection of the log), or change an agreement.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Annotated, Any, Final

import typer

from gateway.cli.acting import Officer, Unit, said
from gateway.cli.language import Language
from gateway.cli.screen import json_text, listed, wrapped
from gateway.cli.staff import call
from gateway.service.words.projection import COVERAGE, PROJECTION
from gateway.service.words.sentences import Lang

EXAMPLES: Final = (
    "Examples: gateway agreements coverage · gateway agreements coverage esdc-ircc-tfw --since 2026-01-01 --lang fr"
)


def add_to(app: typer.Typer) -> None:
    """Register the command."""
    app.command("coverage", epilog=EXAMPLES)(coverage)


def coverage(
    context: typer.Context,
    agreement: Annotated[
        str | None, typer.Argument(metavar="[AGREEMENT]", help="Its id; without it, every agreement in force")
    ] = None,
    since: Annotated[str | None, typer.Option(metavar="DAY", help="First day, YYYY-MM-DD, Ottawa")] = None,
    until: Annotated[str | None, typer.Option(metavar="DAY", help="Last day, included")] = None,
    unit: Unit = None,
    officer: Officer = None,
    lang: Language = "en",
    as_json: Annotated[bool, typer.Option("--json", help="Answer as JSON")] = False,
) -> None:
    """How often each clause and element was asked for, given and withheld, by whom, when last; what to narrow."""
    found = call(context, "agreements.coverage", said(unit, officer), agreement=agreement, since=since, until=until)
    if as_json:
        typer.echo(json_text(found))
        return
    words = COVERAGE[lang]
    if not found["agreements"]:
        typer.echo(words["none"])
    for one in found["agreements"]:
        _show(one, lang)
    print(wrapped(PROJECTION[lang]["holds-to"].format(found["up_to"], found["lag_seconds"]), lang))


def _show(one: Mapping[str, Any], lang: Lang) -> None:
    words, use = COVERAGE[lang], one["use"]
    print(wrapped(f"{one['agreement']} · {one['title'][lang]}", lang))
    counts = (use["asked"], use["permitted"], use["withheld"], use["referred"])
    print(wrapped(words["days"].format(one["version"], one["days"], *counts), lang, indent=2))
    for clause in one["clauses"]:
        _show_clause(clause, lang)
    print(wrapped(words["suggestions"], lang, indent=2))
    for line in _suggestions(one, lang):
        print(wrapped(f"- {line}", lang, indent=4))
    print()


def _show_clause(clause: Mapping[str, Any], lang: Lang) -> None:
    words, use = COVERAGE[lang], clause["use"]
    counts = (use["asked"], use["permitted"], use["withheld"], use["referred"], _when(use, lang))
    told = words["clause"].format(clause["clause"], clause["purpose"], clause["record_type"], *counts)
    print(wrapped(told, lang, indent=2))
    if not use["asked"]:
        return
    units = ", ".join(f"{unit} ({times})" for unit, times in use["by"].items())
    print(wrapped(words["by"].format(units), lang, indent=4))
    columns = ("element", "asked", "permitted", "withheld", "referred", "last")
    used = [(element, one) for element, one in clause["elements"].items() if one["asked"]]
    rows = [
        (
            (element, *(str(one[column]) for column in columns[1:5]), _when(one, lang)),
            [words["why"].format(", ".join(one["reasons"]))] if one["reasons"] else [],
        )
        for element, one in used
    ]
    for line in listed([words[column] for column in columns], rows, lang):
        print(f"    {line}")
    unasked = [element for element, one in clause["elements"].items() if not one["asked"]]
    if unasked:
        print(wrapped(words["never-asked"].format(", ".join(unasked)), lang, indent=4))


def _suggestions(one: Mapping[str, Any], lang: Lang) -> Iterator[str]:
    words = COVERAGE[lang]
    if one["early"]:
        yield words["early"].format(one["long_enough"])
    for suggestion in _together(one["suggestions"]):
        yield words[suggestion["what"]].format(**suggestion)
    if one["suggestions"]:
        yield words["narrow"].format(one["agreement"])
    elif not one["early"]:
        yield words["nothing"]


def _together(suggestions: Sequence[Mapping[str, Any]]) -> Iterator[Mapping[str, Any]]:
    """What is said in one sentence: clauses, and elements or units of one clause, that nobody used."""
    found: dict[tuple[str, str], dict[str, Any]] = {}
    for one in suggestions:
        what = one["what"]
        if what in ("always-withheld", "not-in-agreement"):
            found[what, f"{one['clause']} {one['element']}"] = dict(one)
            continue
        alike = found.setdefault((what, "" if what == "clause-unused" else one["clause"]), {"what": what})
        for name in ("clause", "element", "unit"):
            if one[name] and one[name] not in alike.get(name, ()):
                alike.setdefault(name, []).append(one[name])
    for one in found.values():
        yield {name: ", ".join(value) if isinstance(value, list) else value or "?" for name, value in one.items()}


def _when(use: Mapping[str, Any], lang: Lang) -> str:
    return use["last"][:10] if use["last"] else COVERAGE[lang]["never"]
