"""`gateway breach list`, `show`, `scope` and `people`: breaches on record, and whom and what one to come concerns.

Counts name nobody; reading what was said of a breach, and whom it concerns, is itself an entry of the log.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, Any, Final

import typer

from gateway.cli.acting import Officer, Unit, said
from gateway.cli.language import Language
from gateway.cli.screen import console, json_text, table
from gateway.cli.staff import call
from gateway.service.words.local_time import minute
from gateway.service.words.sentences import Lang

LIST: Final = "Examples: `gateway breach list --unit esdc-isb --officer r.roy` · `gateway breach list --json`"
SHOW: Final = "Example: `gateway breach show 4711 --unit esdc-isb --officer r.roy`"
SCOPE: Final = (
    "Examples: `gateway breach scope --from 2026-11-20 --to 2026-11-24 --recipient ircc --unit esdc-isb --officer "
    "r.roy` · `gateway breach scope --from 2026-11-20 --to 2026-11-24 --key KEYID --unit esdc-isb --officer r.roy`"
)
PEOPLE: Final = "Example: `gateway breach people --from 2026-11-20 --to 2026-11-24 --unit esdc-isb --officer r.roy`"
_WORDS: Final[Mapping[Lang, Mapping[str, str]]] = {
    "en": {
        "entry": "entry", "by": "reported by", "at": "on record (Ottawa time)", "open": "to be sent",
        "due": "next due (Ottawa time)", "none": "no breach is on record",
        "disclosures": "{0} disclosures, {1} records; people: {2}", "many": "not counted above {0} disclosures",
        "most": "{0} at the most", "element": "element", "records": "records", "count": "disclosures",
        "scheme": "scheme", "value": "number", "entries": "entries", "nobody": "these disclosures name nobody",
    },
    "fr": {
        "entry": "inscription", "by": "signalée par", "at": "consignée (heure d'Ottawa)", "open": "à envoyer",
        "due": "prochaine échéance (heure d'Ottawa)", "none": "aucune atteinte n'est consignée",
        "disclosures": "{0} communications, {1} dossiers; personnes : {2}",
        "many": "non comptées au-delà de {0} communications", "most": "{0} au plus", "element": "élément",
        "records": "dossiers", "count": "communications", "scheme": "type", "value": "numéro",
        "entries": "inscriptions", "nobody": "ces communications ne nomment personne",
    },
}  # fmt: skip

First = Annotated[str, typer.Option("--from", metavar="DAY", help="First day, YYYY-MM-DD, in Ottawa")]
Last = Annotated[str, typer.Option("--to", metavar="DAY", help="Last day, included")]
Recipient = Annotated[str | None, typer.Option(help="The institution that received, a code of parties.yaml")]
Agreement = Annotated[str | None, typer.Option(help="Under this agreement")]
Key = Annotated[str | None, typer.Option(metavar="KEYID", help="At the request of this key's unit")]
AsJson = Annotated[bool, typer.Option("--json", help="Answer as JSON")]


def list_(
    context: typer.Context, unit: Unit = None, officer: Officer = None, lang: Language = "en", as_json: AsJson = False
) -> None:
    """Breaches on record, the latest first, with what is still to be sent."""
    found = call(context, "breach.list", said(unit, officer))
    words = _WORDS[lang]
    if as_json:
        typer.echo(json_text(found))
    elif not found:
        typer.echo(words["none"])
    else:
        shown = table(words["entry"], words["by"], words["at"], words["open"], words["due"])
        for one in found:
            left = [duty for duty in one["duties"] if duty["done_at"] is None]
            due = min((duty["due"] for duty in left if duty["due"]), default=None)
            cells = [str(one["entry_index"]), one["unit"]["code"], _minute(one["time"]), str(len(left))]
            shown.add_row(*cells, _minute(due) if due else "")
        console().print(shown)


def show(
    context: typer.Context,
    entry: Annotated[int, typer.Argument(metavar="ENTRY", min=0, help="Entry that puts the breach on record")],
    unit: Unit = None,
    officer: Officer = None,
) -> None:
    """What is on record of a breach, and its reports and notices, as JSON. Reading it is itself an entry."""
    typer.echo(json_text(call(context, "breach.show", said(unit, officer), entry=entry)))


def scope(
    context: typer.Context,
    first: First,
    last: Last,
    unit: Unit = None,
    officer: Officer = None,
    recipient: Recipient = None,
    agreement: Agreement = None,
    key: Key = None,
    lang: Language = "en",
    as_json: AsJson = False,
) -> None:
    """What left in a window of days: counts and elements, which name nobody."""
    asked = {"first": first, "last": last, "recipient": recipient, "agreement": agreement, "keyid": key}
    found = call(context, "breach.scope", said(unit, officer), **asked)
    if as_json:
        typer.echo(json_text(found))
        return
    words = _WORDS[lang]
    people = words["many"].format(found["most"]) if found["people"] is None else words["most"].format(found["people"])
    typer.echo(words["disclosures"].format(found["entries"], found["records"], people))
    shown = table(words["records"], words["element"], words["count"])
    for one in found["elements"]:
        shown.add_row(one["titles"]["record_type"][lang], one["titles"]["element"][lang], str(one["entries"]))
    if found["elements"]:
        console().print(shown)


def people(
    context: typer.Context,
    first: First,
    last: Last,
    unit: Unit = None,
    officer: Officer = None,
    recipient: Recipient = None,
    agreement: Agreement = None,
    key: Key = None,
    lang: Language = "en",
    as_json: AsJson = False,
) -> None:
    """Whom it concerns, with the entries that name each. Looking is itself an entry."""
    asked = {"first": first, "last": last, "recipient": recipient, "agreement": agreement, "keyid": key}
    found = call(context, "breach.people", said(unit, officer), **asked)
    words = _WORDS[lang]
    if as_json:
        typer.echo(json_text(found))
    elif not found:
        typer.echo(words["nobody"])
    else:
        shown = table(words["scheme"], words["value"], words["entries"])
        for one in found:
            shown.add_row(*_person(one))
        console().print(shown)


def _person(one: Mapping[str, Any]) -> tuple[str, str, str]:
    return one["scheme"], one["value"], ", ".join(str(index) for index in one["entries"])


def _minute(time: str) -> str:
    return minute(datetime.fromisoformat(time))
