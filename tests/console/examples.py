"""For every path of the console that names something, something that there is and that is `house.OWN`'s."""

from collections.abc import Mapping
from typing import Final

from gateway.console.session.sessions import Session
from gateway.console.session.store import Sealed
from gateway.staff.asking import ask
from tests.console.house import OWN, Console, House

AGREEMENT: Final = "esdc-ircc-tfw"


async def examples(house: House, console: Console, session: Session, path: str) -> Mapping[str, str]:
    """By the name of the parameter. A reference is one of whoever is signed in, where they are of `OWN`."""
    found = {
        "referral": house.referrals[0],
        "entry": "20",
        "file": "account-en.txt",
        "agreement": AGREEMENT,
        "clause": "lmia-refresh-1",
        "schedule": "lmia-refresh",
        "document": f"isa:{AGREEMENT}.yaml",
    }
    if "{draft}" in path:
        found["draft"] = await open_draft(house)
    if "{reference}" in path:
        officer = session.actor.officer if session.actor.unit == OWN else "somebody-else"
        found["reference"] = await _kept(console, officer, "account" if path.startswith("/account") else "person")
    return found


async def open_draft(house: House) -> str:
    """A draft of the agreement that anybody of the editors may change: the first that is open, or a new one."""
    assert house.settings.staff_socket is not None
    editor = {"unit": OWN, "officer": "e.chen", "roles": ["policy-editor"]}
    found = await ask(house.settings.staff_socket, "draft.list", {}, editor)
    if not found:
        found = [await ask(house.settings.staff_socket, "draft.amend", {"agreement": AGREEMENT}, editor)]
    return str(found[0]["draft"])


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
