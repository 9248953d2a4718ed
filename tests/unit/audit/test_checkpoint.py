"""Checkpoints: the body, who may sign it, and witnesses."""

import pytest

from audit import checkpoint as checkpoints
from audit import note as signed_note
from audit.checkpoint import Checkpoint
from audit.errors import CheckpointError, NoteError, SignatureError, UnsignedError
from audit.merkle import EMPTY_ROOT
from audit.note_key import COSIGNATURE, SignerKey
from tests.unit.audit.simulator import LOG_KEY, ORIGIN, OTHER_KEY, SECOND_WITNESS_KEY, WITNESS_KEY

ROOT = bytes(range(32))
HEAD = Checkpoint(ORIGIN, 20_852_163, ROOT)
VKEY = LOG_KEY.verifier
WITNESSES = (WITNESS_KEY.verifier, SECOND_WITNESS_KEY.verifier)


def test_the_body_has_its_three_lines() -> None:
    body = HEAD.body()
    assert body == "gateway.example/log\n20852163\nAAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=\n"
    assert Checkpoint.parse_body(body) == HEAD
    extended = Checkpoint(ORIGIN, 1, ROOT, ("first", "second"))
    assert Checkpoint.parse_body(extended.body()) == extended


@pytest.mark.parametrize(
    "body",
    [
        "",
        "o\n1\n",
        HEAD.body()[:-1],
        HEAD.body() + "\n",
        HEAD.body().replace("20852163", "020852163"),
        HEAD.body().replace("20852163", "-1"),
        HEAD.body().replace("20852163", "+1"),
        HEAD.body().replace("20852163", "١"),
        HEAD.body().replace("20852163", "9" * 19),
        HEAD.body().replace("20852163", "9" * 30),
        HEAD.body().replace("Hh8=", "Hh8"),
        HEAD.body().replace("Hh8=", "Hh9="),
        HEAD.body().replace("Gxwd", ""),
        "\n1\nAAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=\n",
        f"{ORIGIN}\n0\nAAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=\n",
    ],
)
def test_malformed_bodies_are_refused(body: str) -> None:
    with pytest.raises(CheckpointError):
        Checkpoint.parse_body(body)


def test_the_empty_log_has_the_empty_root() -> None:
    assert checkpoints.verify(checkpoints.sign(Checkpoint(ORIGIN, 0, EMPTY_ROOT), LOG_KEY), VKEY)


def test_a_checkpoint_goes_round_with_its_cosignatures() -> None:
    text = checkpoints.sign(HEAD, LOG_KEY)
    text = checkpoints.cosign(text, VKEY, WITNESS_KEY, timestamp=1_800_000_000)
    text = checkpoints.cosign(text, VKEY, SECOND_WITNESS_KEY, timestamp=1_800_000_001)
    signed = checkpoints.verify(text, VKEY, witnesses=WITNESSES, quorum=2)
    assert signed.checkpoint == HEAD
    assert str(signed) == text
    assert [one.timestamp for one in signed.cosignatures] == [1_800_000_000, 1_800_000_001]


def test_only_the_log_key_of_the_origin_signs() -> None:
    named_alike = SignerKey.make(ORIGIN, b"e" * 32, COSIGNATURE)
    for key in (WITNESS_KEY, named_alike, SignerKey.make("elsewhere.example/log", b"e" * 32)):
        with pytest.raises(CheckpointError):
            checkpoints.sign(HEAD, key)
    with pytest.raises(CheckpointError):
        checkpoints.cosign(checkpoints.sign(HEAD, LOG_KEY), VKEY, OTHER_KEY, timestamp=1)


def test_a_checkpoint_of_another_log_under_a_known_key_is_refused() -> None:
    text = str(signed_note.sign(Checkpoint("gateway.example/other", 1, ROOT).body(), LOG_KEY))
    with pytest.raises(CheckpointError):
        checkpoints.verify(text, VKEY)
    assert checkpoints.verify(text, VKEY, origin="gateway.example/other")


def test_witnesses_alone_are_not_enough() -> None:
    text = str(signed_note.sign(HEAD.body(), WITNESS_KEY, timestamp=1))
    with pytest.raises(UnsignedError):
        checkpoints.verify(text, VKEY, witnesses=WITNESSES)
    with pytest.raises(NoteError):
        checkpoints.cosign(text, VKEY, SECOND_WITNESS_KEY, timestamp=1)


def test_the_quorum_counts_different_keys_not_lines_or_names() -> None:
    text = checkpoints.sign(HEAD, LOG_KEY)
    text = checkpoints.cosign(text, VKEY, WITNESS_KEY, timestamp=1)
    twin = SignerKey.make("witness.example/twin", b"w" * 32, COSIGNATURE)
    text = checkpoints.cosign(text, VKEY, twin, timestamp=1)
    known = (*WITNESSES, twin.verifier)
    assert checkpoints.verify(text, VKEY, witnesses=known, quorum=1)
    with pytest.raises(UnsignedError):
        checkpoints.verify(text, VKEY, witnesses=known, quorum=2)


def test_a_broken_cosignature_of_a_known_witness_refuses() -> None:
    text = checkpoints.cosign(checkpoints.sign(HEAD, LOG_KEY), VKEY, WITNESS_KEY, timestamp=1)
    other = checkpoints.sign(Checkpoint(ORIGIN, 1, ROOT), LOG_KEY)
    moved = other + text.rpartition("\n— ")[1].lstrip("\n") + text.rpartition("\n— ")[2]
    with pytest.raises(SignatureError):
        checkpoints.verify(moved, VKEY, witnesses=WITNESSES)
    assert checkpoints.verify(moved, VKEY), "to who does not know the witness it is an unknown signature"


def test_keys_are_not_used_in_each_others_place() -> None:
    text = checkpoints.sign(HEAD, LOG_KEY)
    with pytest.raises(CheckpointError):
        checkpoints.verify(text, WITNESS_KEY.verifier)
    with pytest.raises(CheckpointError):
        checkpoints.verify(text, VKEY, witnesses=[OTHER_KEY.verifier])


def test_lines_cannot_be_smuggled_in() -> None:
    for origin, extensions in (("a\nb", ()), ("", ()), ("a", ("x\ny",)), ("a", ("",))):
        with pytest.raises(CheckpointError):
            Checkpoint(origin, 1, ROOT, extensions)
    for size, root in ((-1, ROOT), (2**63, ROOT), (1, b"short")):
        with pytest.raises(CheckpointError):
            Checkpoint(ORIGIN, size, root)
