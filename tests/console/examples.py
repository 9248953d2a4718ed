"""For every path of the console that names something, something that there is and that is `house.OWN`'s."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from gateway.console.session.sessions import Session
from gateway.console.session.store import Sealed
from gateway.staff.asking import ask
from tests.console.house import OWN, Console, House

_STATED = {"unit": OWN, "officer": "e.example"}
_made: dict[tuple[str, str], str] = {}
"""What was made for an example, by house: once for all of its tests."""
AGREEMENT: Final = "esdc-ircc-tfw"


async def examples(house: House, console: Console, session: Session, path: str) -> Mapping[str, str]:
    """By the name of the parameter. A reference is one of whoever is signed in, where they are of `OWN`."""
    found = {
        "referral": house.referrals[0],
        "flag": house.flag,
        "entry": "20",
        "file": "account-en.txt",
        "provision": "PA-6",
        "keyid": next(iter(house.live.keys.values())).public.keyid,
        "agreement": AGREEMENT,
        "clause": "lmia-refresh-1",
        "schedule": "lmia-refresh",
        "document": f"isa:{AGREEMENT}.yaml",
    }
    if "{digest}" in path:
        found["digest"] = await _document(house)
    if "{draft}" in path:
        found["draft"] = await open_draft(house)
    if "{reference}" in path:
        officer = session.actor.officer if session.actor.unit == OWN else "somebody-else"
        kinds = {"account": "account", "acts": "acts", "consents": "consents"}
        found["reference"] = await _kept(console, officer, kinds.get(path.split("/")[1], "person"))
    if path.startswith("/duties/{entry}"):
        found["entry"], found["position"] = (await _example(house, "duty")).split("-")
        found["file"] = "notice-en.txt"
    for name, needed in (("entry", "/breaches/"), ("order", "/delegations/"), ("hold", "/holds/")):
        if path.startswith(needed + "{"):
            found[name] = await _example(house, name)
    return found


async def _document(house: House) -> str:
    """A document of the rulebook in force."""
    assert house.settings.staff_socket is not None
    told = await ask(house.settings.staff_socket, "rulebook.as-of", {"at": datetime.now(UTC).isoformat()})
    digest: str = next(iter(told["files"].values()))
    return digest


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


async def _example(house: House, name: str) -> str:
    key = (house.origin, name)
    if key not in _made:
        _made[key] = await {"duty": _duty, "entry": _breach, "order": _order, "hold": _hold}[name](house)
    return _made[key]


async def called(house: House, name: str, **arguments: Any) -> Any:
    """A staff call of an officer of `OWN`, as a command makes it."""
    assert house.live.settings.staff_socket is not None
    return await ask(house.live.settings.staff_socket, name, arguments, _STATED)


async def _duty(house: House) -> str:
    """One with a notice that is open."""
    told = await called(house, "obligation.agenda", codes=["notify-privacy-commissioner"], limit=1)
    one = next(row for rows in told["slots"].values() for row in rows)
    return f"{one['entry_index']}-{one['position']}"


async def _breach(house: House) -> str:
    told = await called(
        house,
        "breach.report",
        agreements=["esdc-ircc-tfw"],
        entries=[],
        determined_at=datetime.now(UTC).isoformat(),
        people=3,
        what="A file was left open.",
        measures="It was closed.",
    )
    return str(told["entry_index"])


async def _order(house: House) -> str:
    now = datetime.now(UTC)
    order = {"to": "n.new", "at": OWN, "provisions": ["PA-8-2-m"], "begins": now.isoformat()}
    told = await called(house, "delegation.give", **order, ends=(now + timedelta(days=20)).isoformat())
    return str(told["delegation"])


async def _hold(house: House) -> str:
    person = {name: house.worker[name] for name in ("scheme", "value")}
    told = await called(house, "hold.place", **person, reason="litigation")
    return str(told["hold"])


async def _kept(console: Console, officer: str, kind: str) -> str:
    sealed = Sealed(console.state, "reference")
    body = {
        "kind": kind,
        "officer": officer,
        "subject": {"scheme": "uci", "value": "00000000"},
        "entries": [20, 21],
        "consents": [],
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
