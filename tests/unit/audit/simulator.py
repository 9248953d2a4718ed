"""A disclosure log in memory that publishes what a real one does, so that tests read like an audit.

Not a mock: it builds the tree, signs checkpoints and lays out tiles with the product's own parts; a test then
changes single published bytes, as an operator with write access could.
"""

import datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

from audit import checkpoint as checkpoints
from audit.checkpoint import Checkpoint
from audit.commitment import commit_element, commit_private, fresh_salts
from audit.entry import AgreementRef, Authorities, Disclosed, Entry, Obligation, Withheld
from audit.errors import TileMissingError
from audit.merkle import Frontier, inclusion_proof, leaf_hash
from audit.note_key import COSIGNATURE, SignerKey
from audit.proof import TlogProof
from audit.receipt import PrivateOpening, Receipt
from audit.tiles import Tile, TileBuilder, TileReader, encode_bundle, tiles_at
from audit.vocabulary import digest_text, format_time

ORIGIN = "gateway.example/log"
LOG_KEY = SignerKey.make(ORIGIN, bytes(range(32)))
OTHER_KEY = SignerKey.make(ORIGIN, bytes(range(1, 33)))
WITNESS_KEY = SignerKey.make("witness.example/w1", b"w" * 32, COSIGNATURE)
SECOND_WITNESS_KEY = SignerKey.make("witness.example/w2", b"x" * 32, COSIGNATURE)
START = datetime.datetime(2026, 5, 4, 13, 30, tzinfo=datetime.UTC)
DIGEST = digest_text(sha256(b"any").digest())


def entry(offset: float = 0.0, **changes: Any) -> Entry:
    """Return a denial `offset` seconds after START, with changes."""
    members: dict[str, Any] = {
        "time": format_time(START + datetime.timedelta(seconds=offset)),
        "kind": "denial",
        "requester": "rcmp",
        "recipient": "rcmp",
        "custodian": "esdc-isb",
        "record_type": "worker-protection-case",
        "purpose": "criminal-investigation",
        "ground": "agreement",
        "cardinality": "single",
        "effect": "deny",
        "reasons": ("no-agreement-in-force",),
        "policy_revision": DIGEST,
        "request_digest": DIGEST,
        "private": (DIGEST,),
    }
    return Entry(**(members | changes))


def disclosure(
    records: list[dict[str, Any]], offset: float = 0.0, **changes: Any
) -> tuple[Entry, dict[str, bytes], PrivateOpening]:
    """Return a disclosure of these records, its openings and the opening of its private part."""
    elements = sorted({name for record in records for name in record})
    salts = fresh_salts(len(elements) + 1)
    private = PrivateOpening(salts.pop(), {"case_reference": "C-1", "source_record": "r-17"})
    openings = dict(zip(elements, salts, strict=True))
    disclosed = tuple(
        Disclosed(name, "plain", digest_text(commit_element(salt, name, [row.get(name) for row in records])))
        for name, salt in openings.items()
    )
    members: dict[str, Any] = {
        "kind": "disclosure",
        "requester": "ircc",
        "recipient": "ircc",
        "agreement": AgreementRef("isa-esdc-ircc-tfw", "3", DIGEST),
        "clauses": ("lmia-refresh#c1",),
        "authorities": Authorities(("DESDA-34.1", "IRPR-209.95-209.996"), ("PA-4", "DCI-5.5")),
        "record_type": "lmia",
        "purpose": "work-permit-decision",
        "effect": "permit",
        "reasons": ("clause-matched",),
        "disclosed": disclosed,
        "withheld": (Withheld("contact_name", "not-in-clause"),),
        "obligations": (Obligation("dispose", "2028-05-04"), Obligation("caveat")),
        "records": len(records),
        "private": (digest_text(commit_private(private.salt, dict(private.part))),),
    }
    return entry(offset, **(members | changes)), openings, private


class LogSimulator:
    """A growing log and its published files, by path."""

    def __init__(self, key: SignerKey = LOG_KEY) -> None:
        self.key = key
        self.entries: list[bytes] = []
        self.files: dict[str, bytes] = {}
        self.frontier = Frontier()
        self.builder = TileBuilder()

    def append(self, item: Entry | bytes) -> int:
        """Append an entry (or raw bytes that pretend to be one) and return its index."""
        data = item if isinstance(item, bytes) else item.to_bytes()
        leaf = leaf_hash(data)
        for tile, content in self.builder.append(leaf):
            self.files[tile.path()] = content
        self.entries.append(data)
        return self.frontier.append(leaf)

    def fill(self, count: int) -> None:
        """Append `count` denials, one second apart."""
        for number in range(len(self.entries), len(self.entries) + count):
            self.append(entry(number))

    def checkpoint(self) -> Checkpoint:
        """Return the head, unsigned."""
        return Checkpoint(ORIGIN, self.frontier.size, self.frontier.root())

    def publish(self, *witnesses: SignerKey, timestamp: int = 1_800_000_000) -> str:
        """Write the partial tiles, the entry bundles and a signed checkpoint; return the checkpoint."""
        size = self.frontier.size
        for tile, content in self.builder.partial():
            self.files[tile.path()] = content
        for bundle in tiles_at(None, size):
            first = bundle.index * 256
            self.files[bundle.path()] = encode_bundle(self.entries[first : first + bundle.width])
        text = checkpoints.sign(self.checkpoint(), self.key)
        for witness in witnesses:
            text = checkpoints.cosign(text, self.key.verifier, witness, timestamp=timestamp)
        self.files["checkpoint"] = text.encode()
        return text

    def read(self, path: str) -> bytes:
        """Serve a published file."""
        try:
            return self.files[path]
        except KeyError:
            raise TileMissingError(f"{path} is not in the export") from None

    def reader(self) -> TileReader:
        """Return the hashes of the published tree."""
        return TileReader(self.read, self.frontier.size)

    def receipt(self, index: int, openings: dict[str, bytes], private: PrivateOpening | None = None) -> Receipt:
        """Return the receipt of a published entry with its proof."""
        size = self.frontier.size
        hashes = inclusion_proof(self.reader(), index, size)
        proof = TlogProof(index, tuple(hashes), self.files["checkpoint"].decode())
        return Receipt(self.entries[index], index, openings, proof, private)

    def write(self, root: Path) -> None:
        """Write the export into a directory."""
        for path, content in self.files.items():
            target = root / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(content)


def tamper(log: LogSimulator, index: int, new: bytes) -> None:
    """Replace one published entry, as someone with write access to the files could."""
    log.entries[index] = new
    bundle_index = index // 256
    first = bundle_index * 256
    width = min(256, log.frontier.size - first)
    content = encode_bundle(log.entries[first : first + width])
    log.files[Tile(None, bundle_index, width).path()] = content
