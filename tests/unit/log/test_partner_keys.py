"""The key registry: two people, two keys, and a revocation that reaches every process in time."""

from hashlib import sha256
from pathlib import Path

import pytest

from gateway.adapters.db.documents import DocumentAlteredError, KeptDocuments
from gateway.adapters.db.partner_keys import PartnerKeyTable
from gateway.adapters.keyring import KeyRegistryUnavailableError, Keyring
from gateway.domain.actor import Actor
from gateway.domain.errors import LogUnavailableError
from gateway.domain.officer import OfficerError
from gateway.httpsig.keys import KeyStatus, SigningKey
from gateway.service.partner.partner_keys import KeyChanged, KeyChangeRefused, PartnerKeys
from tests.unit.log.samples import new_database
from tests.unit.log.world import SetClock, World, play

ALEX, ANN, BEN, EVE = (Actor.stated(officer=name) for name in ("alex", "ann", "ben", "eve"))


@pytest.fixture
def database(tmp_path: Path) -> Path:
    return new_database(tmp_path)


def staff_token(officer: str) -> str:
    return sha256(officer.encode()).hexdigest()


def registry(world: World, *keyrings: Keyring) -> PartnerKeys:
    def refresh() -> None:
        for keyring in keyrings:
            keyring.refresh()

    return PartnerKeys(
        PartnerKeyTable(world.engine, world.proven), world.log, SetClock(), staff_token, on_change=refresh
    )


def test_a_key_counts_once_a_second_person_approved_it_and_never_after_revocation(database: Path) -> None:
    async def scenario(world: World) -> None:
        table = PartnerKeyTable(world.engine, world.proven)
        here, elsewhere = Keyring(table, now=SetClock().time.timestamp), Keyring(table, now=SetClock().time.timestamp)
        elsewhere.refresh()
        keys = registry(world, here)
        key = SigningKey.generate().public
        assert isinstance(await keys.propose(key, "ircc-network", actor=ANN), KeyChanged)
        assert await keys.propose(key, "cbsa-borders", actor=EVE) == KeyChangeRefused("known-key")
        found = here.find(key.keyid)
        assert found is not None
        assert (found.status, found.party) == (KeyStatus.PENDING, "ircc-network")
        assert await keys.approve(key.keyid, actor=ANN) == KeyChangeRefused("same-person")
        assert isinstance(await keys.approve(key.keyid, actor=BEN), KeyChanged)
        assert await keys.approve(key.keyid, actor=BEN) == KeyChangeRefused("not-proposed")
        elsewhere.refresh()
        for keyring in (here, elsewhere):
            record = keyring.find(key.keyid)
            assert record is not None
            assert record.status is KeyStatus.ACTIVE
        assert isinstance(await keys.revoke(key.keyid, actor=ANN), KeyChanged)
        assert await keys.revoke(key.keyid, actor=ANN) == KeyChangeRefused("already-revoked")
        revoked = here.find(key.keyid)
        assert revoked is not None
        assert revoked.status is KeyStatus.REVOKED
        # Every change is an entry, and names nobody.
        assert world.reader.head()[0] == 3
        entries = [world.reader.entry(index) for index in range(3)]
        assert all(entry is not None and b"key-change" in entry.entry for entry in entries)
        with world.engine.connect() as connection:
            stored = str(connection.exec_driver_sql("SELECT proposed_by, approved_by FROM partner_key").all())
        assert "ann" not in stored
        assert "ben" not in stored

    play(database, scenario)


def test_a_unit_has_at_most_two_active_keys(database: Path) -> None:
    async def scenario(world: World) -> None:
        keys = registry(world)
        made = [SigningKey.generate().public for _ in range(3)]
        for key in made:
            await keys.propose(key, "ircc-network", actor=ANN)
        outcomes = [await keys.approve(key.keyid, actor=BEN) for key in made]
        assert [type(one) for one in outcomes] == [KeyChanged, KeyChanged, KeyChangeRefused]
        await keys.revoke(made[0].keyid, actor=BEN)
        assert isinstance(await keys.approve(made[2].keyid, actor=BEN), KeyChanged)
        assert await keys.approve("unknown", actor=BEN) == KeyChangeRefused("unknown-key")

    play(database, scenario)


def test_a_revocation_takes_effect_even_when_it_cannot_be_put_on_record(database: Path) -> None:
    async def scenario(world: World) -> None:
        keyring = Keyring(PartnerKeyTable(world.engine, world.proven))
        keys = registry(world, keyring)
        key = SigningKey.generate().public
        await keys.propose(key, "ircc-network", actor=ANN)
        await keys.approve(key.keyid, actor=BEN)
        world.log.require_size(1_000)
        with pytest.raises(LogUnavailableError):
            await keys.revoke(key.keyid, actor=ANN)
        found = keyring.find(key.keyid)
        assert found is not None
        assert found.status is KeyStatus.REVOKED

    play(database, scenario)


def test_a_keyring_that_cannot_be_refreshed_fails_closed_after_thirty_seconds(database: Path) -> None:
    async def scenario(world: World) -> None:
        time = [0.0]
        keyring = Keyring(PartnerKeyTable(world.engine, world.proven), monotonic=lambda: time[0])
        with pytest.raises(KeyRegistryUnavailableError):
            keyring.find("unknown")
        keyring.refresh()
        time[0] = 30.0
        assert keyring.find("unknown") is None
        with world.engine.begin() as connection:
            connection.exec_driver_sql("ALTER TABLE partner_key RENAME TO gone")
        with pytest.raises(LogUnavailableError):
            keyring.refresh()
        time[0] = 30.5
        with pytest.raises(KeyRegistryUnavailableError):
            keyring.find("unknown")

    play(database, scenario)


def test_validity_and_a_swapped_key_are_respected(database: Path) -> None:
    async def scenario(world: World) -> None:
        now = [SetClock().time.timestamp()]
        keyring = Keyring(PartnerKeyTable(world.engine, world.proven), now=lambda: now[0])
        keys = registry(world, keyring)
        key, thief = SigningKey.generate().public, SigningKey.generate().public
        start = int(now[0]) + 100
        await keys.propose(key, "ircc-network", actor=ANN, valid_from=start, valid_until=start + 100)
        await keys.approve(key.keyid, actor=BEN)
        for offset, status in ((99, "pending"), (100, "active"), (199, "active"), (200, "revoked")):
            now[0] = start - 100 + offset
            found = keyring.find(key.keyid)
            assert found is not None
            assert found.status.value == status
        await keys.propose(thief, "cbsa-borders", actor=EVE)
        with world.engine.begin() as connection:
            connection.exec_driver_sql(
                "UPDATE partner_key SET jwk = (SELECT jwk FROM partner_key WHERE unit = 'cbsa-borders') "
                "WHERE unit = 'ircc-network'"
            )
        keyring.refresh()
        assert keyring.find(key.keyid) is None

    play(database, scenario)


def test_documents_are_kept_once_and_checked_when_read(database: Path) -> None:
    async def scenario(world: World) -> None:
        documents = KeptDocuments(world.engine)
        digest = documents.keep("agreement", b"text")
        assert documents.keep("agreement", b"text") == digest
        assert documents.read("agreement", digest) == b"text"
        assert documents.read("policy", digest) is None
        with world.engine.begin() as connection:
            connection.exec_driver_sql("UPDATE kept_document SET body = 'other'")
        with pytest.raises(DocumentAlteredError):
            documents.read("agreement", digest)

    play(database, scenario)


@pytest.mark.parametrize("second", ["\u0430lex", "Alex", " alex ", "\uff41lex", "al\u200bex", "alex\u3164"])
def test_the_second_person_is_not_the_first_in_another_spelling(database: Path, second: str) -> None:
    async def scenario(world: World) -> None:
        keys = registry(world)
        key = SigningKey.generate().public
        assert isinstance(await keys.propose(key, "ircc-work-permits", actor=ALEX), KeyChanged)
        try:
            outcome = await keys.approve(key.keyid, actor=Actor.stated(officer=second))
        except OfficerError:
            return
        assert outcome == KeyChangeRefused("same-person")

    play(database, scenario)
