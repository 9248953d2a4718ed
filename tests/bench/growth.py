"""How append, decision, look-up by person and proof grow: from 1,000 to 1,000,000 entries, from 10 to 5,000 agreements.

The entries are appended through the real group commit, in full batches; each figure is the median of repeated calls at
both sizes, in microseconds, and the ratio of the two.
"""

import asyncio
import dataclasses
import statistics
import tempfile
import time
from collections.abc import Awaitable, Callable
from datetime import UTC, date, datetime
from pathlib import Path

from audit.encoding import to_base64url
from audit.note_key import SignerKey
from gateway.adapters.log.appending import open_commit
from gateway.adapters.log.assembly import OpenLog, open_log
from gateway.adapters.log.group_commit import GroupCommit
from gateway.adapters.log.vault import VaultKeys
from gateway.adapters.pdp.revision import read_sources
from gateway.adapters.pdp.wasm import WasmEngine
from gateway.adapters.rulebook import load as agreements
from gateway.adapters.rulebook.load import FileRegister
from gateway.domain.decision import Permit
from gateway.domain.ground import Ground
from gateway.domain.request import DisclosureRequest
from gateway.domain.target import SubjectIdentifier
from gateway.service.disclosure.minimise import ReleasedRecord
from gateway.service.disclosure.submission import Outcome, evidence_of
from gateway.service.ports import DecisionQuery

SMALL, LARGE = 1_000, 1_000_000
FEW, MANY = 10, 5_000
BATCH = 250
REPEATS = 300
APPENDS = 40
STEP = 100_000
ENTRIES_PER_PERSON = 5


def _request(number: int, now: datetime) -> DisclosureRequest:
    return DisclosureRequest(
        requester="ircc-work-permits",
        recipient="ircc-work-permits",
        agreement="esdc-ircc-tfw",
        purpose="lmia-refresh",
        record_type="protection-case",
        elements=("decision",),
        target=SubjectIdentifier("uci", _person(number)),
        ground=Ground.AGREEMENT,
        case_reference="W000000001",
        acting_officer=None,
        received_at=now,
        request_digest=number.to_bytes(32, "big"),
        keyid="bench",
        nonce=f"nonce-{number}",
        idempotency_key=f"key-{number}",
    )


def _person(number: int) -> str:
    person = number // ENTRIES_PER_PERSON
    return f"{person // 10_000:02d}-{person % 10_000:04d}-0000"


class Filler:
    """Appends entries as the use case makes them."""

    def __init__(self, commit: GroupCommit) -> None:
        self._commit = commit
        self._rulebook = agreements.load()
        record_type = self._rulebook.catalogue.find("protection-case")
        agreement = self._rulebook.register.find("esdc-ircc-tfw")
        assert record_type is not None
        permit = Permit(("lmia-refresh-1",), ("DESDA-35",), ("PA-4",), {}, (), (), (), to_base64url(bytes(32)))
        self._outcome = Outcome(
            permit,
            "disclosed",
            record_type=record_type,
            agreement=agreement,
            purpose="lmia-refresh",
            requested=("decision",),
        )
        self.size = 0

    async def one(self) -> None:
        number = self.size
        self.size += 1
        now = datetime.now(UTC)
        released = ReleasedRecord(f"r-{number}", {}, _person(number))
        evidence = evidence_of(_request(number, now), dataclasses.replace(self._outcome, records=(released,)))
        await self._commit.commit(evidence.submission)

    async def grow(self, size: int, progress: Callable[[int, int], None]) -> None:
        while self.size < size:
            before = self.size
            await asyncio.gather(*(self.one() for _ in range(min(BATCH, size - self.size))))
            if before // STEP != self.size // STEP:
                progress(self.size, size)


async def _median(call: Callable[[int], Awaitable[object]], repeats: int = REPEATS) -> float:
    times = []
    for number in range(repeats):
        started = time.perf_counter()
        await call(number)
        times.append(time.perf_counter() - started)
    return 1_000_000 * statistics.median(times)


async def _at(log: OpenLog, filler: Filler) -> dict[str, float]:
    size = filler.size
    log.checkpoints.sign()

    async def prove(number: int) -> object:
        return log.reader.inclusion(number * 7919 % size, size)

    async def look_up(number: int) -> object:
        found = await log.archive.filed_under(SubjectIdentifier("uci", _person(number * 7919 % size)))
        return [await log.archive.part(*where) for where in found[:1]]

    async def append(_number: int) -> object:
        return await asyncio.gather(*(filler.one() for _ in range(32)))

    return {
        "append_32": await _median(append, APPENDS),
        "look_up": await _median(look_up),
        "proof": await _median(prove),
    }


async def entries(large: int, progress: Callable[[int, int], None]) -> dict[str, dict[str, float]]:
    """Medians at 1,000 and `large` entries."""
    with tempfile.TemporaryDirectory(prefix="isa-bench-log-") as folder:
        url = f"sqlite:///{Path(folder) / 'log.db'}"
        log = open_log(url, VaultKeys(bytes(32), {1: b"\x01" * 32}), SignerKey.generate("bench.example/log"))
        commit = open_commit(url, log)
        filler = Filler(commit)
        await filler.grow(SMALL, progress)
        small = await _at(log, filler)
        await filler.grow(large, progress)
        grown = await _at(log, filler)
        await commit.close()
        log.engine.dispose()
    return {"small": small, "large": grown}


async def decisions() -> dict[str, float]:
    """Median of an uncached decision with 10 and with 5,000 agreements in the register."""
    rulebook = agreements.load()
    engine = WasmEngine(read_sources(), rulebook.policy_data)
    first = rulebook.register.find("esdc-ircc-tfw")
    assert first is not None
    found = {}
    for count in (FEW, MANY):
        others = [dataclasses.replace(first, id=f"isa-{number}") for number in range(count - 1)]
        register = FileRegister([first, *others])

        async def decide(number: int, register: FileRegister = register) -> object:
            query = DecisionQuery(
                requester="ircc-work-permits",
                recipient="ircc-work-permits",
                custodian="esdc-pob",
                agreement=register.find("esdc-ircc-tfw" if number % 2 else "isa-1"),
                record_type="lmia",
                purpose="lmia-refresh",
                elements=("decision", "wage_hourly"),
                cardinality="single",
                ground="agreement",
                on=date(2026, 1, 1 + number % 28),
                case_reference=True,
                record_attributes=None,
            )
            return await engine.decide(query)

        found[f"decision_{count}"] = await _median(decide)
    await engine.close()
    return found
