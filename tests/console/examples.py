"""For every path of the console that names something, something that there is and that is `house.OWN`'s."""

from collections.abc import Mapping

from gateway.console.session.sessions import Session
from gateway.console.session.store import Sealed
from tests.console.house import OWN, Console, House


async def examples(house: House, console: Console, session: Session, path: str) -> Mapping[str, str]:
    """By the name of the parameter. A reference is one of whoever is signed in, where they are of `OWN`."""
    found = {"referral": house.referrals[0], "entry": "20", "file": "account-en.txt", "agreement": "esdc-ircc-tfw"}
    if "{reference}" in path:
        officer = session.actor.officer if session.actor.unit == OWN else "somebody-else"
        found["reference"] = await _kept(console, officer, "account" if path.startswith("/account") else "person")
    return found


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
    if kind == "account":
        body |= {"officer": officer, "for_officer": {"told": [20], "held_back": []}}
    return await sealed.keep(body, console.sessions.now() + 600)
