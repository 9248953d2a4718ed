"""A process that appends under load until it is killed: 32 submissions in flight, each with its own nonce.

Writes `index leaf-hash` to standard output for every receipt, one line in one system call, after the receipt was made.
Run as `python -m tests.fault.appending DATABASE_URL`.
"""

import asyncio
import os
import sys
from pathlib import Path

from sqlalchemy import make_url

from gateway.adapters.log.group_commit import GroupCommit
from gateway.adapters.log.rows import BatchStore
from gateway.adapters.log.vault import Vault
from gateway.domain.submission import Receipt
from tests.unit.log.samples import KEYS, subject, submission

IN_FLIGHT = 32


def open_store(url: str) -> BatchStore:
    database = make_url(url)
    if database.get_backend_name() == "sqlite":
        from gateway.adapters.log.sqlite_store import SqliteStore

        return SqliteStore(Path(database.database or ""))
    from gateway.adapters.log.postgres_store import PostgresStore

    return PostgresStore(url)


async def main(url: str) -> None:
    log = GroupCommit(open_store(url), Vault(KEYS), threaded=not url.startswith("sqlite"))

    async def worker(number: int) -> None:
        while True:
            receipt = await log.commit(submission(subject(number)))
            assert isinstance(receipt, Receipt)
            os.write(1, f"{receipt.entry_index} {receipt.leaf_hash.hex()}\n".encode())

    await asyncio.gather(*(worker(number) for number in range(IN_FLIGHT)))


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1]))
