"""For every path of the console that names something, something that there is and that is `house.OWN`'s."""

from collections.abc import Mapping
from datetime import UTC, datetime

from gateway.console.session.sessions import Session
from gateway.console.session.store import Sealed
from gateway.staff.asking import ask
from tests.console.house import OWN, Console, House


async def examples(house: House, console: Console, session: Session, path: str) -> Mapping[str, str]:
    """By the name of the parameter. A reference is one of whoever is signed in, where they are of `OWN`."""
    found = {"referral": house.referrals[0], "entry": "20", "file": "account-en.txt"}
    found["keyid"] = next(iter(house.live.keys.values())).public.keyid
    if "{digest}" in path:
        found["digest"] = await _document(house)
    if "{reference}" in path:
        officer = session.actor.officer if session.actor.unit == OWN else "somebody-else"
        kinds = {"account": "account", "acts": "acts"}
        found["reference"] = await _kept(console, officer, kinds.get(path.split("/")[1], "person"))
    return found


async def _document(house: House) -> str:
    """A document of the rulebook in force."""
    assert house.settings.staff_socket is not None
    told = await ask(house.settings.staff_socket, "rulebook.as-of", {"at": datetime.now(UTC).isoformat()})
    digest: str = next(iter(told["files"].values()))
    return digest


async def filled(path: str, house: House, console: Console, session: Session) -> str:
    """The path with something in every place. A parameter without an example is a KeyError."""
    return path.format(**await examples(house, console, session, path))


async def _kept(console: Console, officer: str, kind: str) -> str:
    sealed = Sealed(console.state, "reference")
    body = {
        "kind": kind,
        "officer": officer,
        "subject": {"scheme": "uci", "value": "00000000"},
        "entries": [20, 21],
        "person": "x",
        "reference": 20,
        "letters": {"en": "", "fr": ""},
        "machine": {},
    }
    if kind == "acts":
        row = {"entry_index": 20, "time": "2026-11-24T05:00:00.000Z", "requester": OWN, "reasons": ["key-approved"]}
        rows = [{**row, "agreement": None, "refers_to": 19, "officer": "<b>r.roy</b>"}, {**row, "agreement": None,
                "refers_to": None, "officer": None}]  # fmt: skip
        body |= {"of": "", "pairs": [["action", "key-approved"]], "rows": rows, "read": 2, "before": 19}
        body |= {"entry_index": 30}
    if kind == "account":
        body |= {"officer": officer, "for_officer": {"told": [20], "held_back": []}}
    return await sealed.keep(body, console.sessions.now() + 600)
