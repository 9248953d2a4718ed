"""The text of a tlog-proof."""

import pytest

from audit import checkpoint as checkpoints
from audit.checkpoint import Checkpoint
from audit.errors import AuditError, ProofError
from audit.merkle import leaf_hash
from audit.proof import TlogProof
from tests.unit.audit.simulator import LOG_KEY, ORIGIN, OTHER_KEY

ENTRY = b"entry"
CHECKPOINT = checkpoints.sign(Checkpoint(ORIGIN, 1, leaf_hash(ENTRY)), LOG_KEY)
HASH = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8="


def test_the_text_is_that_of_the_specification() -> None:
    proof = TlogProof(73_894, (bytes(range(32)),), CHECKPOINT, b"extra data")
    assert str(proof) == (f"c2sp.org/tlog-proof@v1\nextra ZXh0cmEgZGF0YQ==\nindex 73894\n{HASH}\n\n{CHECKPOINT}")
    assert TlogProof.parse(str(proof)) == proof


def test_a_proof_without_hashes_and_extra_goes_round_and_verifies() -> None:
    proof = TlogProof(0, (), CHECKPOINT)
    assert str(proof).startswith("c2sp.org/tlog-proof@v1\nindex 0\n\n")
    assert TlogProof.parse(str(proof)).verify(ENTRY, LOG_KEY.verifier).checkpoint.size == 1
    for entry, key in ((b"other", LOG_KEY), (ENTRY, OTHER_KEY)):
        with pytest.raises(AuditError):
            proof.verify(entry, key.verifier)


GOOD = f"c2sp.org/tlog-proof@v1\nindex 0\n{HASH}\n\n{CHECKPOINT}"


@pytest.mark.parametrize(
    "text",
    [
        "",
        GOOD.replace("@v1", "@v2"),
        GOOD.replace("index 0\n", ""),
        GOOD.replace("index 0", "index 00"),
        GOOD.replace("index 0", "index -1"),
        GOOD.replace("index 0", "index ١"),
        GOOD.replace("index 0", "index 9999999999999999999"),
        GOOD.replace("index 0", "extra\nindex 0"),
        GOOD.replace("index 0", "extra **\nindex 0"),
        GOOD.replace("index 0", "index 0\nextra QQ=="),
        GOOD.replace(HASH, HASH[:-1]),
        GOOD.replace(HASH, "QQ=="),
        GOOD.replace(HASH, "\n".join([HASH] * 64)),
        GOOD.replace(HASH, HASH + " "),
        GOOD.replace("\n\ngateway", "\ngateway"),
        f"c2sp.org/tlog-proof@v1\nindex 0\n{HASH}\n\nno checkpoint\n",
        "c2sp.org/tlog-proof@v1\n\n" + CHECKPOINT,
        GOOD + "x" * 1_000_001,
    ],
)
def test_malformed_proofs_are_refused(text: str) -> None:
    with pytest.raises(ProofError):
        TlogProof.parse(text)


def test_ranges_hold() -> None:
    for index, hashes in ((-1, ()), (2**63, ()), (0, (b"short",)), (0, (bytes(32),) * 64)):
        with pytest.raises(ProofError):
            TlogProof(index, hashes, CHECKPOINT)
