"""The entries of a deployment's log, read from its database."""

import json
from typing import Any

from gateway.bootstrap.log import read_log
from gateway.deployment.settings import Settings


def entries_of(settings: Settings) -> list[dict[str, Any]]:
    """Every entry but those about keys, in the order of the log, each with its `entry_index`."""
    log = read_log(settings)
    try:
        size = log.reader.head()[0]
        receipts = [log.reader.entry(index) for index in range(size)]
    finally:
        log.engine.dispose()
    entries = [{"entry_index": receipt.entry_index, **json.loads(receipt.entry)} for receipt in receipts if receipt]
    assert [entry["entry_index"] for entry in entries] == list(range(size))
    return [entry for entry in entries if entry["kind"] != "key-change"]
