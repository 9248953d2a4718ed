"""A database from before entries carried seals: nothing of it grants until a person adopts what the log bears out."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from audit import canonical
from gateway.adapters.db.state_records import StateTable
from gateway.adapters.log import prepared
from gateway.adapters.log.adopting import Adopting, Unsealed
from gateway.adapters.log.group_commit import GroupCommit
from gateway.adapters.log.vault import Vault
from gateway.domain.actor import Actor
from gateway.domain.submission import StateChange
from gateway.httpsig.keys import PublicKey, SigningKey
from gateway.service.ground.consents import Consents, Known
from gateway.service.log.staff_action import staff_submission
from gateway.service.partner.partner_keys import KIND, RegisteredKey, body_of
from gateway.service.referral.delegations import Delegations
from tests.unit.log import tampering
from tests.unit.log.samples import KEYS, TIME, new_database, subject
from tests.unit.log.tampering import Desk, desk_on
from tests.unit.log.world import SetClock, World, play

ORGANIZATIONS = {"esdc-isb": "esdc", "ircc-network": "ircc"}
KNOWN = Known({"lmia": frozenset({"decision"})}, {"lmia": "esdc"}, ORGANIZATIONS, frozenset({"work-permit-decision"}))
OLD, GONE, FORGED = (SigningKey.generate().public for _ in range(3))


def token(officer: str) -> str:
    return f"token-{officer}"


def key_row(key: PublicKey, approved_by: str | None) -> RegisteredKey:
    jwk = {name: value for name, value in key.to_jwk().items() if name in {"kty", "crv", "x", "y"}}
    return RegisteredKey(
        *(key.keyid, "ircc-network", jwk, key.algorithm.value, "proposed", 0, None, "token-ann", approved_by)
    )


async def _key(world: World, key: PublicKey, *steps: tuple[str, str]) -> None:
    for revision, (action, status) in enumerate(steps):
        body = body_of(key_row(key, None if status == "proposed" else "token-bob"))
        change = StateChange(KIND, key.keyid, revision, status, body)
        await world.log.commit(
            staff_submission(
                action=action,
                actor=Actor.stated("ircc-network", "ann"),
                now=TIME,
                kind="key-change",
                details={"keyid": key.keyid},
                changes=(change,),
            )
        )


async def of_old(world: World, monkeypatch: pytest.MonkeyPatch) -> tuple[str, str, str, str]:
    """Keys, consents and an order as the release before wrote them: rows, and entries without seals."""
    with monkeypatch.context() as before:
        before.setattr(prepared, "replace", lambda entry, **_seals: entry)
        await _key(world, OLD, ("key-proposed", "proposed"), ("key-approved", "active"))
        await _key(world, GONE, ("key-proposed", "proposed"), ("key-approved", "active"), ("key-revoked", "revoked"))
        cases = StateTable(world.engine, Vault(KEYS), world.proven)
        consents = Consents(cases, world.log, SetClock(), KNOWN)
        given: list[str] = []
        for number in (1, 2):
            reference, _receipt = await consents.register(
                subject(number),
                record_type="lmia",
                elements=("decision",),
                recipient="ircc-network",
                purpose="work-permit-decision",
                valid_from=TIME.date(),
                valid_until=(TIME + timedelta(days=90)).date(),
                document="d" * 42 + "A",
                actor=Actor.stated("esdc-isb", "ann"),
            )
            given.append(reference)
        provisions = frozenset({"PA-8-2-m"})
        orders = Delegations(
            cases, world.log, SetClock(), organizations=ORGANIZATIONS, provisions=provisions, staff_token=token
        )
        for officer in ("ann", "eve"):
            order, _receipt = await orders.give(
                to=officer,
                at="esdc-isb",
                provisions=("PA-8-2-m",),
                begins=TIME,
                ends=TIME + timedelta(days=90),
                actor=Actor.stated("esdc-isb", "dep"),
            )
            given.append(order)
    with world.engine.begin() as connection:
        connection.execute(text("UPDATE partner_key SET revision = 0"))
    kept, lengthened, order, other = given
    return kept, lengthened, order, other


def adopting_on(world: World, desk: Desk) -> Adopting:
    vault = Vault(KEYS)
    return Adopting(world.engine, world.archive, desk.proven, (desk.keys, desk.cases), vault.state_key, token)


async def adopt(adopting: Adopting, found: Any, log: GroupCommit) -> None:
    await adopting.adopt(found, log, SetClock(), actor=Actor.stated("esdc-isb", "ann"))


def gaps(found: Any) -> dict[str, str | None]:
    return {one.row.id: one.because for one in found if isinstance(one, Unsealed)}


def test_rows_of_old_grant_nothing_until_they_are_adopted_and_then_as_before(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def scenario(world: World) -> None:
        consent, _other, order, _ = await of_old(world, monkeypatch)
        desk = desk_on(world.engine)
        assert not desk.counts(OLD.keyid)
        assert not await desk.grants("consent", consent)
        adopting = adopting_on(world, desk)
        found = adopting.look()
        assert set(gaps(found).values()) == {None}
        await adopt(adopting, found, world.log)
        for one in (desk, desk_on(world.engine)):
            assert one.counts(OLD.keyid)
            assert not one.counts(GONE.keyid)
            assert await one.grants("consent", consent)
            assert await one.grants("delegation", order)
        assert adopting.look() == []
        case = await desk.cases.find("consent", consent)
        assert case is not None
        gone = tampering.changed("consent", consent, case.revision, "withdrawn", dict(case.body), 1)
        await world.log.commit(gone)
        ended = await desk_on(world.engine).cases.find("consent", consent)
        assert ended is not None
        assert (ended.state, ended.opened_index) == ("withdrawn", case.opened_index)

    play(new_database(tmp_path), scenario)


def test_what_somebody_wrote_past_the_gateway_is_named_and_not_adopted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def scenario(world: World) -> None:
        consent, lengthened, order, other = await of_old(world, monkeypatch)
        write = tampering.writer(world.engine)
        forged = key_row(FORGED, "token-bob")
        write(
            "INSERT INTO partner_key SELECT :keyid, unit, :jwk, alg, 'active', valid_from, valid_until, proposed_by, "
            "approved_by, 0 FROM partner_key WHERE keyid = :old",
            keyid=FORGED.keyid,
            jwk=canonical.encode(dict(forged.jwk)).decode(),
            old=OLD.keyid,
        )
        write("UPDATE partner_key SET status = 'active' WHERE keyid = :keyid", keyid=GONE.keyid)
        desk = desk_on(world.engine)
        case = next(row for row in desk.cases.unproven() if row.id == lengthened)
        longer = case.body.replace(b"2027-02-18", b"2028-02-18")
        assert longer != case.body
        write("UPDATE case_record SET body = :body WHERE id = :id", body=longer, id=lengthened)
        theirs = next(row for row in desk.cases.unproven() if row.id == other).body
        mine = theirs.replace(b"token-eve", b"token-mal")
        write("UPDATE case_record SET body = :body WHERE id = :id", body=mine, id=other)
        adopting = adopting_on(world, desk)
        found = adopting.look()
        assert gaps(found) == {
            OLD.keyid: None,
            consent: None,
            order: None,
            FORGED.keyid: "no entry names it",
            GONE.keyid: "it is in another state than its last entry says",
            lengthened: "it says something else than its entries",
            other: "it says something else than its entries",
        }
        await adopt(adopting, found, world.log)
        assert desk.counts(OLD.keyid)
        assert not desk.counts(FORGED.keyid)
        assert not desk.counts(GONE.keyid)
        assert not await desk.grants("consent", lengthened)
        # What was adopted is held to the entries that it names, too.
        write("UPDATE case_record SET opened_index = 0 WHERE id = :id", id=consent)
        assert not await desk_on(world.engine).grants("consent", consent)

    play(new_database(tmp_path), scenario)


def test_an_entry_that_says_adopted_without_the_key_adopts_nothing(tmp_path: Path) -> None:
    async def scenario(world: World) -> None:
        desk = desk_on(world.engine)
        before = await tampering.put_on_record(desk, world.log)
        opened = world.reader.entry(before["case_record"]["c-3"]["opened_index"])
        assert opened is not None
        from audit.entry import Entry

        old = Entry.from_bytes(opened.entry).state[0]
        pretended = staff_submission(
            action="state-adopted", actor=Actor.stated("esdc-isb", "mal"), now=TIME, refers_to=0
        )
        for revision in (1, 9):
            state = (replace(old, revision=revision),)
            await world.log.commit(replace(pretended, entry=replace(pretended.entry, state=state)))
        tampering.row_again("case_record", "id", "c-3")(tampering.writer(world.engine), before)
        assert not await desk_on(world.engine).grants("consent", "c-3")

    play(new_database(tmp_path), scenario)
