"""`gateway consent`: put a person's consent on file, withdraw it, find it.

The person's identifier is read from standard input, because arguments are in the process list and the shell's history.
"""

from collections.abc import Mapping
from typing import Annotated, Final

import typer

from gateway.cli.acting import Officer, Unit, said
from gateway.cli.identifier_input import identifier_read
from gateway.cli.language import Language
from gateway.cli.screen import console, json_text, table, wrapped
from gateway.cli.staff import call
from gateway.service.words.sentences import Lang

_REGISTER = (
    "Example: `gateway consent register --scheme sams-member-id --record-type social-assistance-member "
    "--element language --recipient harbour-lane-shelter --purpose shelter-placement --from 2026-11-24 "
    "--until 2027-02-24 --document 47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU --unit london-ontario-works "
    "--officer j.singh < member.txt`"
)
_WITHDRAW = (
    "Example: `gateway consent withdraw c-1f... --scheme sams-member-id --unit london-ontario-works "
    "--officer j.singh < member.txt`"
)
_FIND = (
    "Example: `gateway consent find --scheme sams-member-id --unit london-ontario-works --officer j.singh < member.txt`"
)
_DOCUMENT = (
    "SHA-256 of the signed paper, base64url without padding (43 characters): "
    "`openssl dgst -sha256 -binary paper.pdf | basenc --base64url | tr -d =`"
)
app = typer.Typer(no_args_is_help=True, rich_markup_mode="markdown", epilog=_REGISTER)
_WORDS: Final[Mapping[Lang, Mapping[str, str]]] = {
    "en": {
        "filed": "{0}: on file, counts from {1} until the day before {2}; on record as entry {3}",
        "withdrawn": "{0}: withdrawn; on record as entry {1}",
        "none": "no consent of this person is on file for records of your institution",
        "consent": "consent", "state": "state", "records": "records", "recipient": "recipient", "purpose": "purpose",
        "until": "ends before", "state-on-file": "counts", "state-not-yet": "not yet", "state-expired": "expired",
        "state-withdrawn": "withdrawn",
    },
    "fr": {
        "filed": "{0} : au dossier, valide du {1} à la veille du {2}; inscription {3} au journal",
        "withdrawn": "{0} : retiré; inscription {1} au journal",
        "none": "aucun consentement de cette personne n'est au dossier pour les dossiers de votre institution",
        "consent": "consentement", "state": "état", "records": "dossiers", "recipient": "destinataire",
        "purpose": "fin", "until": "prend fin le", "state-on-file": "valide", "state-not-yet": "pas encore valide",
        "state-expired": "expiré", "state-withdrawn": "retiré",
    },
}  # fmt: skip

Scheme = Annotated[str, typer.Option(help="Identifier scheme; the value is read from standard input")]


@app.command("register", epilog=_REGISTER)
def register(
    context: typer.Context,
    scheme: Scheme,
    record_type: Annotated[str, typer.Option(help="Which records it is about")],
    element: Annotated[list[str], typer.Option(help="An element it covers; a consent is never blanket")],
    recipient: Annotated[str, typer.Option(help="The unit that may receive")],
    purpose: Annotated[str, typer.Option(help="What for, of the closed list")],
    begins: Annotated[str, typer.Option("--from", metavar="DAY", help="First day it counts, YYYY-MM-DD, in Ottawa")],
    ends: Annotated[
        str,
        typer.Option("--until", metavar="DAY", help="First day it no longer counts, in Ottawa, within a year"),
    ],
    document: Annotated[str, typer.Option(metavar="SHA256", help=_DOCUMENT)],
    unit: Unit = None,
    officer: Officer = None,
    lang: Language = "en",
) -> None:
    """Put a consent on file; the requester names its reference. It never opens information of ESDC programs."""
    made = call(
        context,
        "consent.register",
        said(unit, officer),
        **identifier_read(scheme, lang),
        record_type=record_type,
        elements=element,
        recipient=recipient,
        purpose=purpose,
        begins=begins,
        ends=ends,
        document=document,
    )
    print(wrapped(_WORDS[lang]["filed"].format(made["consent"], begins, ends, made["entry_index"]), lang))


@app.command("withdraw", epilog=_WITHDRAW)
def withdraw(
    context: typer.Context,
    consent: Annotated[str, typer.Argument(metavar="CONSENT", help="Reference of the consent, c-...")],
    scheme: Scheme,
    unit: Unit = None,
    officer: Officer = None,
    lang: Language = "en",
) -> None:
    """Withdraw a consent; from now on it opens nothing."""
    made = call(context, "consent.withdraw", said(unit, officer), consent=consent, **identifier_read(scheme, lang))
    print(wrapped(_WORDS[lang]["withdrawn"].format(made["consent"], made["entry_index"]), lang))


@app.command("find", epilog=_FIND)
def find(
    context: typer.Context,
    scheme: Scheme,
    unit: Unit = None,
    officer: Officer = None,
    lang: Language = "en",
    as_json: Annotated[bool, typer.Option("--json", help="Answer as JSON")] = False,
) -> None:
    """The person's consents for records of your institution. The look-up is itself an entry of the log."""
    found = call(context, "consent.find", said(unit, officer), **identifier_read(scheme, lang))
    words = _WORDS[lang]
    if as_json:
        typer.echo(json_text(found))
    elif not found:
        typer.echo(words["none"])
    else:
        shown = table(*(words[name] for name in ("consent", "state", "records", "recipient", "purpose", "until")))
        for one in found:
            state = words[f"state-{one['state']}"]
            shown.add_row(one["consent"], state, one["record_type"], one["recipient"], one["purpose"], one["ends"])
        console().print(shown)
