"""C2SP signed-note: the example keys and notes of the Go reference implementation and of the specification.

Keys and signatures are the published test values of golang.org/x/mod/sumdb/note; the two notes without a published
key are the examples in the C2SP documents signed-note and tlog-cosignature.
Ed25519 is deterministic, so signing again must give the same bytes.
"""

import pytest

from audit import checkpoint as checkpoints
from audit import note as signed_note
from audit.checkpoint import Checkpoint
from audit.encoding import from_base64
from audit.errors import AuditError, KeyFormatError, NoteError, SignatureError, UnsignedError
from audit.note_key import COSIGNATURE, SignerKey, VerifierKey

VKEY = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
SKEY = "PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz"
ENOCH_VKEY = "EnochRoot+af0cfe78+ATtqJ7zOtqQtYqOo0CpvDXNlMhV3HeJDpjrASKGLWdop"
TEXT = "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n"
PETER = "— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n"
ENOCH = "— EnochRoot rwz+eBzmZa0SO3NbfRGzPCpDckykFXSdeX+MNtCOXm2/5n2tiOHp+vAF1aGrQ5ovTG01oOTGwnWLox33WWd1RvMc+QQ=\n"
POEM = (
    "Ognuno sta solo sul cuor della terra\ntrafitto da un raggio di sole:\n\ned è subito sera.\n\n"
    "— quasimodo.example/salvatore "
    "NnugSzTjtVAewIS+Z/iJhUPeFDkO/5QQ2i5ddnGITLlC+EhfLW9oJKONrMouFSQU0xMcXxj99ihAQwaqP3ZekRwNtIc=\n"
)
SOFA = (
    "example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n\n"
    "— example.com/behind-the-sofa "
    "Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=\n"
    "— witness.example.com/w1 "
    "jWbPPwAAAABkGFDLEZMHwSRaJNiIDoe9DYn/zXcrtPHeolMI5OWXEhZCB9dlrDJsX3b2oyin1nPZqhf5nNo0xUe+mbIUBkBIfZ+qnA==\n"
)
# Made with github.com/transparency-dev/formats v0.1.1 (log.Checkpoint, note.NewSignerForCosignatureV1) from SKEY.
COSIGNED = (
    "PeterNeumann\n5\nmWBKr/4d2USdyhcitX4ju8fdvK4XBG3BgzkIRJVy6pY=\n\n"
    "— PeterNeumann x08go3VqzFlMbNdbCSdgkx9bxE+MPn25vnhtC0r2VvD9fUllEZMp2GM+JwiN3xAZyrTVxiRG5BxZTt4HWcAVm6nvrgI=\n"
    "— PeterNeumann GLl4CwAAAABrAppUVuNqvCODn/4TE0yCn/yBuMkgMoNI2BuatHxzt2XMUfL/Cz5jjYjPtLCHDp0XE1LNpb4KtGDdm9KU"
    "9vn7KL1qAw==\n"
)


def test_the_keys_are_read_and_written() -> None:
    key = VerifierKey.parse(VKEY)
    assert (key.name, key.key_id.hex(), str(key)) == ("PeterNeumann", "c74f20a3", VKEY)
    signer = SignerKey.parse(SKEY)
    assert signer.verifier == key
    assert signer.to_secret() == SKEY


def test_the_example_is_signed_byte_for_byte() -> None:
    assert str(signed_note.sign(TEXT, SignerKey.parse(SKEY))) == TEXT + "\n" + PETER


def test_the_example_verifies() -> None:
    peter, enoch = VerifierKey.parse(VKEY), VerifierKey.parse(ENOCH_VKEY)
    note = signed_note.parse((TEXT + "\n" + PETER + ENOCH).encode())
    assert note.text == TEXT
    assert [one.key for one in note.verify([peter])] == [peter]
    assert [one.key for one in note.verify([enoch, peter])] == [peter, enoch]
    with pytest.raises(UnsignedError):
        note.verify([])


def test_a_damaged_signature_of_a_known_key_refuses() -> None:
    with pytest.raises(SignatureError):
        signed_note.parse(TEXT + "\n" + PETER[:60] + "ABCD" + PETER[60:]).verify([VerifierKey.parse(VKEY)])


@pytest.mark.parametrize(
    "message",
    [
        TEXT,
        TEXT + "\n",
        TEXT + "\n" + PETER[:-1],
        "\x01" + TEXT + "\n" + PETER,
        TEXT + "\n" + PETER.replace("PeterNeumann", "Bad Name"),
        TEXT + "\n" + PETER + "Unexpected line.\n",
        TEXT + "\n" + PETER * 101,
    ],
)
def test_what_the_reference_calls_malformed_is_refused(message: str) -> None:
    with pytest.raises(NoteError):
        signed_note.parse(message)
    with pytest.raises(NoteError):
        signed_note.parse(b"\xff" + message.encode())


def test_every_part_and_every_changed_character_of_a_key_is_refused() -> None:
    for text, read in ((VKEY, VerifierKey.parse), (SKEY, SignerKey.parse)):
        for start in range(len(text)):
            for end in range(start, len(text) + 1):
                if (start, end) != (0, len(text)):
                    with pytest.raises(KeyFormatError):
                        read(text[start:end])
        for at in range(len(text)):
            with pytest.raises(KeyFormatError):
                read(text[:at] + chr(ord(text[at]) + 1) + text[at + 1 :])


@pytest.mark.parametrize(
    "text",
    [
        "PeterNeumann+cc469956+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TWBADKEY==",
        "PeterNeumann+173116ae+ZRpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
    ],
)
def test_keys_of_another_length_or_type_are_refused(text: str) -> None:
    with pytest.raises(KeyFormatError):
        VerifierKey.parse(text)


def test_the_examples_of_the_specification_parse_and_print() -> None:
    poem = signed_note.parse(POEM)
    assert poem.text.endswith("ed è subito sera.\n")
    assert str(poem) == POEM
    sofa = signed_note.parse(SOFA)
    assert str(sofa) == SOFA
    head = Checkpoint.parse_body(sofa.text)
    assert (head.origin, head.size, head.body()) == ("example.com/behind-the-sofa", 20_852_163, sofa.text)
    cosignature = sofa.signatures[1]
    assert int.from_bytes(cosignature.value[:8], "big") == 1_679_315_147
    assert len(cosignature.value) == 72


def test_a_checkpoint_cosigned_by_the_go_implementation_verifies() -> None:
    log = VerifierKey.parse(VKEY)
    witness = VerifierKey.make("PeterNeumann", log.public, COSIGNATURE)
    signed = checkpoints.verify(COSIGNED, log, witnesses=[witness], quorum=1)
    assert signed.checkpoint.size == 5
    assert str(signed) == COSIGNED
    (cosignature,) = signed.cosignatures
    assert cosignature.timestamp is not None
    signer = SignerKey.make("PeterNeumann", from_base64(SKEY.split("+", 4)[4])[1:], COSIGNATURE)
    ours = checkpoints.sign(signed.checkpoint, SignerKey.parse(SKEY))
    assert checkpoints.cosign(ours, log, signer, timestamp=cosignature.timestamp) == COSIGNED


def test_no_key_makes_a_note_of_the_specification_good() -> None:
    for text in (POEM, SOFA):
        with pytest.raises(AuditError):
            signed_note.parse(text).verify([VerifierKey.parse(VKEY)])
