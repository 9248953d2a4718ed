"""The process of one check of the whole log: `python -m gateway.bootstrap.check_process verify|reconcile`.

Why a process: recomputing a log takes a core for minutes, and a thread of the gateway would take it from the requests.
It reads its settings from the environment, as every command does, says how far it is on standard output, a JSON line
each, and at the end what it found. It ends with the gateway that began it: nobody reads its lines any more.
Does not: put anything on record (the gateway does).
"""

import json
import os
import sys
from typing import Any

from gateway.deployment.settings import Settings

_SAY_EVERY = 256
MOST_FINDINGS = 100


def say(told: dict[str, Any]) -> None:
    print(json.dumps(told), flush=True)


def progress(done: int, total: int) -> None:
    if done % _SAY_EVERY == 0 or done >= total:
        say({"done": done, "total": total})


def verify(settings: Settings) -> dict[str, Any]:
    """The entries against the last signed checkpoint, by the program that outsiders run."""
    from audit.tiles import CHECKPOINT_PATH
    from audit.verify import verify_log
    from gateway.bootstrap.log import read_log
    from gateway.deployment.folder import read_log_key

    log = read_log(settings)
    try:
        note = (log.table.last() or "").encode()

        def read(path: str) -> bytes:
            return note if path == CHECKPOINT_PATH else log.reader.read(path)

        report = verify_log(read, read_log_key(settings.log_key).verifier, progress=progress)
    finally:
        log.engine.dispose()
    counted: dict[str, tuple[int, list[int]]] = {}
    for one in report.findings:
        count, entries = counted.get(one.code, (0, []))
        counted[one.code] = count + 1, entries if one.index is None else [*entries, one.index]
    return {
        "ok": report.ok,
        "findings": [
            {"code": code, "count": count, "entries": entries[:10]} for code, (count, entries) in counted.items()
        ],
        "facts": {name: report.facts[name] for name in ("size", "root", "origin") if name in report.facts},
    }


def reconcile(settings: Settings) -> dict[str, Any]:
    """The tables beside the log against its entries, all of them, on one core."""
    from gateway.bootstrap.log import read_log
    from gateway.bootstrap.reconciling import reconcile as reconciling

    log = read_log(settings)
    try:
        found = reconciling(log, settings).whole(progress=progress)
    finally:
        log.engine.dispose()
    told = [*found.faults, *found.cannot_tell]
    return {
        "ok": found.ok,
        "findings": [{"code": one.kind, "count": one.count, "entries": list(one.entries)} for one in told],
        "facts": {name: getattr(found, name) for name in ("size", "parts", "tokens", "duties", "state", "erased")},
    }


def main(arguments: list[str]) -> None:
    os.nice(10)
    work = {"verify": verify, "reconcile": reconcile}[arguments[0]]
    found = work(Settings.from_environment())
    say({**found, "findings": found["findings"][:MOST_FINDINGS]})


if __name__ == "__main__":
    try:
        main(sys.argv[1:])
    except BrokenPipeError:
        os._exit(1)
