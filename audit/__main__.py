"""`python -m audit`: verify the disclosure log and receipts without the gateway.

Invariant: exit status 0 only when the evidence holds; 1 when it does not, 2 for wrong usage. Reads files,
never the network. Does not: print values of an answer, only element names.
"""

import argparse
import datetime
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

from audit import canonical, merkle
from audit import checkpoint as checkpoints
from audit.encoding import to_base64
from audit.errors import AuditError, KeyFormatError
from audit.note_key import VerifierKey
from audit.proof import TlogProof
from audit.quiet_pipe import quiet_pipes
from audit.report import Findings, Report
from audit.tiles import CHECKPOINT_PATH, TILE_WIDTH, Tile, TileReader, read_entries
from audit.verify import TIME_TOLERANCE, directory, verify_log, verify_receipt

OK: Final = 0
EVIDENCE_FAILS: Final = 1
USAGE: Final = 2
MAX_INPUT: Final = 64 * 1024 * 1024

_EXAMPLES: Final = """\
A KEY is the log's verifier key, as its operator publishes it (name+id+base64), or @FILE that holds it.

examples:
  python -m audit verify export/ --key @log.vkey
  python -m audit verify export/ --key @log.vkey --checkpoint kept-in-may --witness @cso.vkey --quorum 1
  python -m audit receipt answer.json --key @log.vkey
  python -m audit checkpoint export/checkpoint --key @log.vkey --old kept-in-may --log export/
  python -m audit prove export/ 41 --key @log.vkey > 41.tlog-proof
  python -m audit proof 41.tlog-proof --key @log.vkey

exit status: 0 the evidence holds, 1 it does not, 2 wrong usage
"""


class UsageError(AuditError):
    """The command line names something that cannot be used."""

    code = "usage"


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return the exit status."""
    quiet_pipes()
    arguments = _parser().parse_args(argv)
    try:
        report: Report = arguments.run(arguments)
    except (UsageError, KeyFormatError) as error:
        print(f"python -m audit {arguments.command}: {error}", file=sys.stderr)
        return USAGE
    if arguments.json:
        print(json.dumps(report.to_dict(), ensure_ascii=False))
    elif arguments.command != "prove" or not report.ok:
        _print(report, sys.stderr if arguments.command == "prove" else sys.stdout)
    return OK if report.ok else EVIDENCE_FAILS


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m audit",
        description="Verify the disclosure log and receipts without the gateway.",
        epilog=_EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    shared = argparse.ArgumentParser(add_help=False)
    shared.add_argument("--key", required=True, metavar="KEY", help="the log's verifier key, or @FILE")
    shared.add_argument(
        "--witness", action="append", default=[], metavar="KEY", help="a witness's key, or @FILE; repeatable"
    )
    shared.add_argument(
        "--quorum", type=_count, metavar="N", help="how many witnesses must have cosigned (default: all)"
    )
    shared.add_argument("--json", action="store_true", help="print the report as one JSON object")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")

    def command(name: str, run: Any, text: str) -> argparse.ArgumentParser:
        child = commands.add_parser(name, parents=[shared], help=text, description=text)
        child.set_defaults(run=run)
        return child

    verify = command("verify", _verify, "recompute a log from its export and compare it with its checkpoint")
    verify.add_argument("directory", type=Path, help="the export: checkpoint, tile/..., tile/entries/...")
    verify.add_argument("--checkpoint", type=Path, metavar="OLD", help="an earlier checkpoint that you kept")
    verify.add_argument(
        "--tolerance", type=_count, default=int(TIME_TOLERANCE.total_seconds()), metavar="SECONDS",
        help="how far the times of entries may run backwards (default: %(default)s)",
    )  # fmt: skip
    receipt = command("receipt", _receipt, "check a receipt, or a whole answer with its receipt")
    receipt.add_argument("file", type=Path, help="JSON: a receipt, or an answer with `receipt` and `records`")
    receipt.add_argument("--answer", type=Path, metavar="FILE", help="JSON: an answer, or its records")
    receipt.add_argument("--allow-pending", action="store_true", help="accept a receipt without a proof yet")
    head = command("checkpoint", _checkpoint, "check a checkpoint, and that it extends an earlier one")
    head.add_argument("file", type=Path, help="the checkpoint")
    head.add_argument("--old", type=Path, metavar="OLD", help="an earlier checkpoint that you kept; needs --log")
    head.add_argument("--log", type=Path, metavar="DIR", help="an export with the hash tiles")
    prove = command("prove", _prove, "write an entry of an export with its inclusion proof as a .tlog-proof")
    prove.add_argument("directory", type=Path, help="the export")
    prove.add_argument("index", type=_count, help="the entry's index")
    proof = command("proof", _proof, "check a .tlog-proof file")
    proof.add_argument("file", type=Path, help="the proof")
    proof.add_argument("--entry", type=Path, metavar="FILE", help="the entry's bytes, if not in the proof")
    return parser


def _verify(arguments: argparse.Namespace) -> Report:
    if not arguments.directory.is_dir():
        raise UsageError(f"{arguments.directory} is not a directory")
    known = None if arguments.checkpoint is None else _read(arguments.checkpoint)
    return verify_log(
        arguments.directory,
        _key(arguments.key),
        known=known,
        tolerance=datetime.timedelta(seconds=arguments.tolerance),
        progress=_progress if sys.stderr.isatty() and not arguments.json else None,
        **_witnesses(arguments),
    )


def _receipt(arguments: argparse.Namespace) -> Report:
    content = _json(arguments.file)
    answer = content if arguments.answer is None else _json(arguments.answer)
    receipt = content.get("receipt", content) if isinstance(content, dict) else content
    records = answer.get("records") if isinstance(answer, dict) else answer
    if records is None and arguments.answer is not None:
        raise UsageError("the answer holds no records")
    if records is not None and not (isinstance(records, list) and all(isinstance(record, dict) for record in records)):
        raise UsageError("the records are not a list of objects")
    return verify_receipt(
        receipt, records, _key(arguments.key), allow_pending=arguments.allow_pending, **_witnesses(arguments)
    )


def _checkpoint(arguments: argparse.Namespace) -> Report:
    if (arguments.old is None) != (arguments.log is None):
        raise UsageError("--old and --log go together")
    key, asked, findings = _key(arguments.key), _witnesses(arguments), Findings()
    text, old_text = _read(arguments.file), None if arguments.old is None else _read(arguments.old)
    try:
        signed = checkpoints.verify(text, key, **asked)
        head = signed.checkpoint
        if old_text is not None:
            old = checkpoints.verify(old_text, key).checkpoint
            reader = TileReader(directory(arguments.log), head.size)
            path = merkle.consistency_proof(reader, old.size, head.size)
            merkle.verify_consistency(old.size, head.size, old.root, head.root, path)
    except AuditError as error:
        findings.add(error.code, str(error))
        return findings.report()
    seen = {one.key.name: one.timestamp for one in signed.cosignatures}
    return findings.report(origin=head.origin, size=head.size, root=to_base64(head.root), cosigned_by=seen)


def _prove(arguments: argparse.Namespace) -> Report:
    key, asked, findings = _key(arguments.key), _witnesses(arguments), Findings()
    read = directory(arguments.directory)
    try:
        text = read(CHECKPOINT_PATH)
        head = checkpoints.verify(text, key, **asked).checkpoint
        hashes = merkle.inclusion_proof(TileReader(read, head.size), arguments.index, head.size)
        at, place = divmod(arguments.index, TILE_WIDTH)
        bundle = Tile(None, at, min(TILE_WIDTH, head.size - at * TILE_WIDTH))
        entry = read_entries(read, bundle)[place]
        proof = TlogProof(arguments.index, tuple(hashes), text.decode("utf-8"), entry)
        proof.verify(entry, key)
    except AuditError as error:
        findings.add(error.code, str(error))
        return findings.report()
    if not arguments.json:
        sys.stdout.write(str(proof))
    return findings.report(entry_index=proof.index, size=head.size, proof=str(proof))


def _proof(arguments: argparse.Namespace) -> Report:
    key, asked, findings = _key(arguments.key), _witnesses(arguments), Findings()
    content = _read(arguments.file).decode("utf-8", errors="replace")
    entry = None if arguments.entry is None else _read(arguments.entry)
    try:
        proof = TlogProof.parse(content)
        carried = proof.extra if entry is None else entry
        if carried is not None:
            head = proof.verify(carried, key, **asked).checkpoint
            return findings.report(entry_index=proof.index, origin=head.origin, size=head.size)
    except AuditError as error:
        findings.add(error.code, str(error))
        return findings.report()
    raise UsageError("the proof does not carry the entry; give it with --entry")


def _key(text: str) -> VerifierKey:
    if text.startswith("@"):
        text = _read(Path(text[1:])).decode("utf-8", errors="replace").strip()
    return VerifierKey.parse(text)


def _witnesses(arguments: argparse.Namespace) -> dict[str, Any]:
    witnesses = tuple(_key(text) for text in arguments.witness)
    quorum = len(witnesses) if arguments.quorum is None else arguments.quorum
    if quorum > len(witnesses):
        raise UsageError("--quorum asks for more witnesses than were given")
    return {"witnesses": witnesses, "quorum": quorum}


def _count(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) < 19):
        raise argparse.ArgumentTypeError("not a count")
    return int(text)


def _read(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            data = file.read(MAX_INPUT + 1)
    except OSError as error:
        raise UsageError(f"{path} cannot be read: {error.strerror}") from None
    if len(data) > MAX_INPUT:
        raise UsageError(f"{path} is too large")
    return data


def _json(path: Path) -> Any:
    data = _read(path)
    try:
        return canonical.parse(data)
    except AuditError as error:
        raise UsageError(f"{path}: {error}") from None


def _progress(done: int, size: int) -> None:
    if done % (64 * TILE_WIDTH) == 0 or done == size:
        print(f"\r{done} of {size} entries", end="\n" if done == size else "", file=sys.stderr, flush=True)


def _print(report: Report, out: Any) -> None:
    for name, value in report.facts.items():
        print(f"{name.replace('_', ' ')}: {_plain(value)}", file=out)
    for finding in report.findings:
        print(f"FAILS  {finding}", file=out)
    if (unseen := report.total_findings - len(report.findings)) > 0:
        print(f"FAILS  and {unseen} more", file=out)
    print("The evidence holds." if report.ok else "The evidence does not hold.", file=out)


def _plain(value: Any) -> str:
    if value is None or value == [] or value == {}:
        return "none"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, dict):
        return ", ".join(f"{key} {item}" for key, item in value.items())
    return ", ".join(value) if isinstance(value, list) else str(value)


if __name__ == "__main__":
    sys.exit(main())
