"""Rows that grant something, put on record; and what a person with write access to the tables does to them.

`put_on_record` makes keys, consents, orders and referrals, some ended; every `Tampering` is plain SQL that both
databases understand, and names what must grant nothing afterwards.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from sqlalchemy import Engine, text

from audit import canonical
from gateway.adapters.db.partner_keys import PartnerKeyTable
from gateway.adapters.db.state_records import StateTable
from gateway.adapters.keyring import Keyring
from gateway.adapters.log.group_commit import GroupCommit
from gateway.adapters.log.proven import ProvenState
from gateway.adapters.log.vault import Vault
from gateway.domain.actor import Actor
from gateway.domain.submission import Receipt, StateChange
from gateway.httpsig.keys import KeyStatus, PublicKey, SigningKey
from gateway.service.partner.partner_keys import KeyChanged, PartnerKeys
from tests.unit.log.samples import KEYS, TIME, subject, submission
from tests.unit.log.world import SetClock

ANN, BOB = (Actor.stated(officer=name) for name in ("ann", "bob"))
ACTIVE, REVOKED, PROPOSED, FOREIGN = (SigningKey.generate().public for _ in range(4))
UNTIL = int((TIME + timedelta(days=30)).timestamp())

_CONSENT = {
    "organization": "esdc",
    "record_type": "lmia",
    "elements": ["decision"],
    "recipient": "ircc-network",
    "purpose": "work-permit-decision",
    "from": "2026-11-01",
    "until": "2026-12-01",
}
_ORDER = {"officer": "token", "organization": "esdc", "unit": "esdc-isb", "provisions": ["PA-8-2-m"]}
_RELEASED = {"determination": {"elements": {"decision": "plain"}}, "collect_until": "2026-11-21T12:00:00.000Z"}

CASES: tuple[tuple[str, str, str, Mapping[str, Any], int | None, bool], ...] = (
    ("consent", "c-1", "on-file", _CONSENT, 1, False),
    ("consent", "c-2", "on-file", _CONSENT, 2, False),
    ("consent", "c-3", "on-file", _CONSENT, 1, True),
    ("delegation", "d-1", "in-force", _ORDER, None, False),
    ("delegation", "d-2", "in-force", _ORDER, None, True),
    ("referral", "r-1", "released", _RELEASED, None, False),
    ("referral", "r-2", "released", _RELEASED, None, True),
)
"""Kind, id, state, body, whose, and whether it was ended again."""
_ENDED = {"consent": "withdrawn", "delegation": "revoked", "referral": "lapsed"}


@dataclass(frozen=True)
class Desk:
    """The readers of a process over one database, and the kinds they raised an alarm about."""

    engine: Engine
    proven: ProvenState
    cases: StateTable
    keys: PartnerKeyTable
    keyring: Keyring
    alarms: list[str]

    def counts(self, keyid: str) -> bool:
        self.keyring.refresh()
        record = self.keyring.find(keyid)
        return record is not None and record.status is KeyStatus.ACTIVE

    async def grants(self, kind: str, name: str) -> bool:
        """Whether a key counts; whether there is such a case, in a state that was not ended."""
        if kind == "key":
            return self.counts(name)
        case = await self.cases.find(kind, name)
        listed = {one.id for one in await self.cases.page(kind, limit=50)}
        assert (name in listed) == (case is not None)
        return case is not None and case.state != _ENDED[kind]


def desk_on(engine: Engine) -> Desk:
    vault = Vault(KEYS)
    proven, alarms = ProvenState(engine, vault.state_key), list[str]()
    proven.alarm = alarms.append
    keys = PartnerKeyTable(engine, proven)
    keyring = Keyring(keys, now=SetClock().time.timestamp)
    return Desk(engine, proven, StateTable(engine, vault, proven), keys, keyring, alarms)


def registry_on(desk: Desk, log: GroupCommit) -> PartnerKeys:
    return PartnerKeys(desk.keys, log, SetClock(), lambda officer: f"token-{officer}")


def changed(kind: str, name: str, expected: int, state: str, body: Mapping[str, Any], person: int | None) -> Any:
    filed = None if person is None else subject(person)
    change = StateChange(kind, name, expected, state, canonical.encode(body), TIME + timedelta(days=1), filed)
    return replace(submission(subject(9), nonce=None), changes=(change,))


async def put_on_record(desk: Desk, log: GroupCommit) -> dict[str, Any]:
    """Everything, through the log; gives the rows as they were before some of them were ended."""
    registry = registry_on(desk, log)
    for key, unit in ((ACTIVE, "ircc-network"), (REVOKED, "ircc-network"), (PROPOSED, "cbsa-borders")):
        assert isinstance(await registry.propose(key, unit, actor=ANN, valid_until=UNTIL), KeyChanged)
        if key is not PROPOSED:
            assert isinstance(await registry.approve(key.keyid, actor=BOB), KeyChanged)
    for kind, name, state, body, person, _ended in CASES:
        assert isinstance(await log.commit(changed(kind, name, 0, state, body, person)), Receipt)
    before = {table: _rows(desk.engine, table) for table in ("partner_key", "case_record")}
    for kind, name, _state, body, person, ended in CASES:
        if ended:
            assert isinstance(await log.commit(changed(kind, name, 1, _ENDED[kind], body, person)), Receipt)
    assert isinstance(await registry.revoke(REVOKED.keyid, actor=ANN), KeyChanged)
    return before


def _rows(engine: Engine, table: str) -> dict[str, dict[str, Any]]:
    with engine.begin() as connection:
        found = connection.execute(text(f"SELECT * FROM {table}")).mappings().all()
    return {str(row["id" if table == "case_record" else "keyid"]): dict(row) for row in found}


Write = Callable[..., None]


def writer(engine: Engine) -> Write:
    def write(statement: str, **values: Any) -> None:
        with engine.begin() as connection:
            assert connection.execute(text(statement), values).rowcount == 1

    return write


def row_again(table: str, key: str, name: str) -> Callable[[Write, Mapping[str, Any]], None]:
    """The older row of a deleted one, or over the newer."""

    def put(write: Write, before: Mapping[str, Any]) -> None:
        row = before[table][name]
        columns = ", ".join(f"{column} = :{column}" for column in row)
        write(f"UPDATE {table} SET {columns} WHERE {key} = :{key}", **row)

    return put


def inserted(table: str, key: str, name: str, like: str, **other: Any) -> Callable[[Write, Mapping[str, Any]], None]:
    def put(write: Write, before: Mapping[str, Any]) -> None:
        row = {**before[table][like], key: name, **other}
        columns = ", ".join(row)
        write(f"INSERT INTO {table} ({columns}) VALUES ({', '.join(f':{column}' for column in row)})", **row)

    return put


def _set(table: str, key: str, name: str, **values: Any) -> Callable[[Write, Mapping[str, Any]], None]:
    def put(write: Write, _before: Mapping[str, Any]) -> None:
        columns = ", ".join(f"{column} = :{column}" for column in values)
        write(f"UPDATE {table} SET {columns} WHERE {key} = :the_key", the_key=name, **values)

    return put


def _body(name: str, original: Mapping[str, Any], **values: Any) -> Callable[[Write, Mapping[str, Any]], None]:
    return _set("case_record", "id", name, body=canonical.encode({**original, **values}))


def _copied(column: str, name: str, source: str) -> Callable[[Write, Mapping[str, Any]], None]:
    def put(write: Write, before: Mapping[str, Any]) -> None:
        write(f"UPDATE case_record SET {column} = :x WHERE id = :i", x=before["case_record"][source][column], i=name)

    return put


def _inserted_as_of_old(write: Write, _before: Mapping[str, Any]) -> None:
    """The columns a key had when rows were still believed."""
    write(
        "INSERT INTO partner_key (keyid, unit, jwk, alg, status, valid_from, valid_until, proposed_by, approved_by) "
        "VALUES (:keyid, 'ircc-network', :jwk, :alg, 'active', 0, NULL, 'a', 'b')",
        keyid=FOREIGN.keyid,
        jwk=json.dumps(FOREIGN.to_jwk()),
        alg=FOREIGN.algorithm.value,
    )


def _deleted_and_again(write: Write, before: Mapping[str, Any]) -> None:
    write("DELETE FROM partner_key WHERE keyid = :keyid", keyid=REVOKED.keyid)
    inserted("partner_key", "keyid", REVOKED.keyid, REVOKED.keyid)(write, before)


@dataclass(frozen=True)
class Tampering:
    name: str
    kind: str
    id: str
    do: Callable[[Write, Mapping[str, Any]], None]


def _key(what: str, key: PublicKey, **values: Any) -> Tampering:
    return Tampering(what, "key", key.keyid, _set("partner_key", "keyid", key.keyid, **values))


def _case(what: str, of_kind: str, name: str, **values: Any) -> Tampering:
    return Tampering(what, of_kind, name, _set("case_record", "id", name, **values))


def _older(what: str, kind: str, name: str) -> Tampering:
    return Tampering(what, kind, name, row_again("case_record", "id", name))


def _new(what: str, kind: str, name: str, like: str, **values: Any) -> Tampering:
    return Tampering(what, kind, name, inserted("case_record", "id", name, like, **values))


def _says(what: str, kind: str, name: str, original: Mapping[str, Any], **values: Any) -> Tampering:
    return Tampering(what, kind, name, _body(name, original, **values))


FOREIGN_JWK = json.dumps(FOREIGN.to_jwk(), sort_keys=True)
_FROM_ACTIVE = ("partner_key", "keyid", FOREIGN.keyid, ACTIVE.keyid)

TAMPERINGS = (
    Tampering("an active key is inserted", "key", FOREIGN.keyid, _inserted_as_of_old),
    Tampering("a key is inserted as a copy of another row", "key", FOREIGN.keyid, inserted(*_FROM_ACTIVE)),
    Tampering(
        "an active key is inserted whole",
        "key",
        FOREIGN.keyid,
        inserted(*_FROM_ACTIVE, jwk=FOREIGN_JWK, revision=2),
    ),
    _key("a proposed key is made active", PROPOSED, status="active", approved_by="token-bob"),
    _key(
        "a proposed key is made active at the next revision",
        PROPOSED,
        status="active",
        approved_by="token-bob",
        revision=2,
    ),
    _key("a revoked key is made active", REVOKED, status="active"),
    Tampering(
        "a revoked key gets its older row", "key", REVOKED.keyid, row_again("partner_key", "keyid", REVOKED.keyid)
    ),
    Tampering("a revoked key is deleted and inserted as it was", "key", REVOKED.keyid, _deleted_and_again),
    _key("a key signs for another unit", ACTIVE, unit="cbsa-borders"),
    _key("a key counts longer", ACTIVE, valid_until=None),
    _key("a key counts earlier", ACTIVE, valid_from=0),
    _key("a key is exchanged", ACTIVE, jwk=FOREIGN_JWK),
    _key("a key was approved by somebody else", ACTIVE, approved_by="token-eve"),
    _key("a key becomes unreadable", ACTIVE, jwk="{"),
    _new("a consent is inserted", "consent", "c-9", "c-1"),
    _new("a consent is inserted over entries of others", "consent", "c-9", "c-1", opened_index=0, entry_index=0),
    _says("a consent lasts longer", "consent", "c-1", _CONSENT, until="2027-12-01"),
    _says("a consent begins earlier", "consent", "c-1", _CONSENT, **{"from": "2020-01-01"}),
    _says("a consent covers more", "consent", "c-1", _CONSENT, elements=["decision", "wage"]),
    _says("a consent names another recipient", "consent", "c-1", _CONSENT, recipient="cbsa-borders"),
    _says("a consent names another purpose", "consent", "c-1", _CONSENT, purpose="research-study"),
    Tampering("a consent is of another person", "consent", "c-1", _copied("token", "c-1", "c-2")),
    _case("a consent is of nobody", "consent", "c-1", token=None),
    _case("a withdrawn consent is on file", "consent", "c-3", state="on-file"),
    _older("a withdrawn consent gets its older row", "consent", "c-3"),
    _case("a consent is a delegation order", "delegation", "c-1", kind="delegation", state="in-force"),
    _new("an order is inserted", "delegation", "d-9", "d-1"),
    _says("an order is of another officer", "delegation", "d-1", _ORDER, officer="token-eve"),
    _says("an order covers more", "delegation", "d-1", _ORDER, provisions=["PA-8-2-m", "DESDA-37-1"]),
    _case("a revoked order is in force", "delegation", "d-2", state="in-force"),
    _older("a revoked order gets its older row", "delegation", "d-2"),
    _new("a release is inserted", "referral", "r-9", "r-1"),
    _says("a release may be collected longer", "referral", "r-1", _RELEASED, collect_until="2027-11-21T12:00:00.000Z"),
    _says("a release covers more", "referral", "r-1", _RELEASED, determination={"elements": {"wage": "plain"}}),
    _case("a release has another clock", "referral", "r-1", due=UNTIL),
    _case("a release points at another ruling", "referral", "r-1", entry_index=0),
    _case("a release was asked by another entry", "referral", "r-1", opened_index=0),
    _case("a lapsed release is open again", "referral", "r-2", state="released"),
    _older("a lapsed release gets its older row", "referral", "r-2"),
    _case("a release has a later revision", "referral", "r-2", state="released", revision=9),
)


async def check(desk: Desk, log: GroupCommit, tampering: Tampering) -> None:
    """It granted nothing before and grants nothing after, or did and no longer does; everything else goes on."""
    before = await put_on_record(desk, log)
    honest = {("key", ACTIVE.keyid), *((kind, name) for kind, name, *_more, ended in CASES if not ended)}
    for kind, name in honest:
        assert await desk.grants(kind, name), (kind, name)
    assert desk.alarms == []
    tampering.do(writer(desk.engine), before)
    fresh = desk_on(desk.engine)
    for one in (desk, fresh):
        assert not await one.grants(tampering.kind, tampering.id)
        assert one.alarms == ["partner-key" if tampering.kind == "key" else tampering.kind] or (
            tampering.name == "a key becomes unreadable" and one.alarms == ["unreadable"]
        )
        touched = {tampering.id}
        for kind, name in honest:
            assert name in touched or await one.grants(kind, name), (kind, name)
