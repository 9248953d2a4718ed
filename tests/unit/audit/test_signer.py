"""The signer refuses what a restored backup or a damaged tree would have it sign."""

import pytest

from audit import checkpoint as checkpoints
from audit.errors import NoteError, ProofError
from audit.merkle import EMPTY_ROOT, consistency_proof
from audit.signer import CheckpointSigner
from tests.unit.audit.simulator import LOG_KEY, ORIGIN, OTHER_KEY, LogSimulator, entry


def grown(size: int) -> LogSimulator:
    log = LogSimulator()
    log.fill(size)
    log.publish()
    return log


def test_heads_are_signed_in_order() -> None:
    signer = CheckpointSigner(LOG_KEY)
    assert checkpoints.verify(signer.sign(0, EMPTY_ROOT, []), LOG_KEY.verifier).checkpoint.size == 0
    for size in (3, 7, 300):
        log = grown(size)
        proof = consistency_proof(log.reader(), signer.last.size, size)
        text = signer.sign(size, log.frontier.root(), proof)
        assert checkpoints.verify(text, LOG_KEY.verifier).checkpoint == signer.last == log.checkpoint()
        assert signer.sign(size, log.frontier.root(), []) == text
        signer = CheckpointSigner(LOG_KEY, text)


def test_a_shorter_or_another_tree_is_not_signed() -> None:
    log = grown(7)
    signer = CheckpointSigner(LOG_KEY, log.files["checkpoint"].decode())
    backup = grown(5)
    with pytest.raises(ProofError):
        signer.sign(5, backup.frontier.root(), [])
    other = LogSimulator()
    for number in range(9):
        other.append(entry(number, reasons=("suspended",)))
    other.publish()
    with pytest.raises(ProofError):
        signer.sign(9, other.frontier.root(), consistency_proof(other.reader(), 7, 9))
    with pytest.raises(ProofError):
        signer.sign(7, other.frontier.root(), [])
    assert signer.last == log.checkpoint()


def test_the_signer_begins_only_after_its_own_checkpoint() -> None:
    foreign = checkpoints.sign(grown(2).checkpoint(), OTHER_KEY)
    with pytest.raises(NoteError):
        CheckpointSigner(LOG_KEY, foreign)
    assert CheckpointSigner(LOG_KEY).last.origin == ORIGIN
