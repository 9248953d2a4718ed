"""Signed notes: keys, forms and signatures that are refused."""

import pytest

from audit import note as signed_note
from audit.errors import KeyFormatError, NoteError, SignatureError, UnsignedError
from audit.note_key import COSIGNATURE, SignerKey, VerifierKey

TEXT = "first\n\nlast\n"
KEY = SignerKey.make("example.com/a", b"a" * 32)
OTHER = SignerKey.make("example.com/b", b"b" * 32)
WITNESS = SignerKey.make("example.com/w", b"w" * 32, COSIGNATURE)


def test_a_note_goes_round() -> None:
    note = signed_note.sign(TEXT, KEY, OTHER)
    parsed = signed_note.parse(str(note).encode())
    assert parsed == note
    assert parsed.text == TEXT, "the text may hold empty lines"
    assert [one.key for one in parsed.verify([OTHER.verifier])] == [OTHER.verifier]


def test_unknown_signatures_are_ignored_but_one_known_is_needed() -> None:
    note = signed_note.sign(TEXT, KEY)
    with pytest.raises(UnsignedError):
        note.verify([OTHER.verifier])
    with pytest.raises(UnsignedError):
        note.verify([])


def test_a_wrong_signature_by_a_known_key_refuses_the_whole_note() -> None:
    note = signed_note.sign(TEXT, KEY, OTHER)
    first, second = note.signatures
    broken = signed_note.NoteSignature(first.name, first.key_id, first.value[:-1] + b"\x00")
    forged = signed_note.Note(note.text, (broken, second))
    with pytest.raises(SignatureError):
        forged.verify([KEY.verifier, OTHER.verifier])
    assert forged.verify([OTHER.verifier])


def test_a_changed_text_refuses() -> None:
    note = signed_note.parse(str(signed_note.sign(TEXT, KEY)).replace("last", "lost"))
    with pytest.raises(SignatureError):
        note.verify([KEY.verifier])


def test_a_signature_repeated_counts_once() -> None:
    note = signed_note.sign(TEXT, KEY)
    assert len(signed_note.Note(TEXT, note.signatures * 3).verify([KEY.verifier])) == 1


def test_a_cosignature_carries_and_covers_its_time() -> None:
    note = signed_note.sign(TEXT, WITNESS, timestamp=1_679_315_147)
    assert [one.timestamp for one in note.verify([WITNESS.verifier])] == [1_679_315_147]
    (line,) = note.signatures
    later = (1_679_315_148).to_bytes(8, "big") + line.value[8:]
    forged = signed_note.Note(TEXT, (signed_note.NoteSignature(line.name, line.key_id, later),))
    with pytest.raises(SignatureError):
        forged.verify([WITNESS.verifier])


@pytest.mark.parametrize("timestamp", [0, -1, 2**63])
def test_a_cosignature_needs_a_time(timestamp: int) -> None:
    with pytest.raises(NoteError):
        signed_note.sign(TEXT, WITNESS, timestamp=timestamp)


def test_a_cosignature_is_not_a_log_signature_of_the_same_key() -> None:
    same = SignerKey.make("example.com/w", b"w" * 32)
    note = signed_note.sign(TEXT, WITNESS, timestamp=1)
    assert same.key_id != WITNESS.key_id
    with pytest.raises(UnsignedError):
        note.verify([same.verifier])


def test_a_signer_that_signs_again_replaces_its_line() -> None:
    once = signed_note.sign(TEXT, KEY, WITNESS, timestamp=5)
    again = signed_note.add_signature(once, WITNESS, timestamp=6)
    assert [one.timestamp for one in again.verify([KEY.verifier, WITNESS.verifier])] == [None, 6]


def test_two_known_keys_must_be_told_apart() -> None:
    clash = VerifierKey(KEY.name, 1, b"\x01" * 32, KEY.key_id)
    note = signed_note.sign(TEXT, KEY)
    with pytest.raises(NoteError):
        note.verify([KEY.verifier, clash])
    assert note.verify([KEY.verifier, KEY.verifier])


SIGNED = str(signed_note.sign(TEXT, KEY))


@pytest.mark.parametrize(
    "data",
    [
        "",
        TEXT,
        SIGNED[:-1],
        SIGNED.replace("\n\n—", "\n—"),
        SIGNED + "more\n",
        SIGNED + "\n",
        SIGNED.replace("— ", "- "),
        SIGNED.replace("— example", "—  example"),
        SIGNED.replace("example.com/a", "exa+mple"),
        SIGNED.replace("first", "fir\tst"),
        SIGNED.replace("first", "fir\x00st"),
        SIGNED.replace("first\n", "first\r\n"),
        SIGNED[:-2] + "\n",
        TEXT + "\n— example.com/a AAAA\n",
        TEXT + "\n— example.com/a AAAAAA==\n",
        TEXT + "\n— example.com/a AAAAAAB=\n",
        TEXT + "\n" + SIGNED.rpartition("\n\n")[2] * 101,
        b"\xff" + SIGNED.encode(),
        "x" * (signed_note.MAX_NOTE_SIZE + 1),
    ],
)
def test_malformed_notes_are_refused(data: str | bytes) -> None:
    with pytest.raises(NoteError):
        signed_note.parse(data)


def test_a_text_without_its_newline_is_not_signed() -> None:
    for text in ("no newline", "control\x07\n", "\ud800\n"):
        with pytest.raises(NoteError):
            signed_note.sign(text, KEY)
    with pytest.raises(NoteError):
        signed_note.sign(TEXT)


def test_keys_go_round_as_text() -> None:
    for key in (KEY, WITNESS, SignerKey.generate("example.com/new")):
        assert SignerKey.parse(key.to_secret()) == key
        assert VerifierKey.parse(str(key.verifier)) == key.verifier


def test_a_signer_never_shows_its_seed() -> None:
    secret = KEY.to_secret().rpartition("+")[2]
    assert secret not in repr(KEY)
    assert repr(b"a" * 32) not in repr(KEY)
    with pytest.raises(KeyFormatError) as caught:
        SignerKey.parse(KEY.to_secret().replace("example.com/a", "example.com/z"))
    assert secret not in str(caught.value)


@pytest.mark.parametrize("name", ["", "a b", "a+b", "a\nb", "a\u00a0b", "a\u2003b", "x" * 256])
def test_bad_names_are_refused(name: str) -> None:
    with pytest.raises(KeyFormatError):
        VerifierKey.make(name, b"a" * 32)
    with pytest.raises(KeyFormatError):
        SignerKey.make(name, b"a" * 32)


def test_other_key_types_and_lengths_are_refused() -> None:
    for kind, public in ((2, b"a" * 32), (1, b"a" * 31), (4, b"a" * 33)):
        with pytest.raises(KeyFormatError):
            VerifierKey.make("example.com/a", public, kind)
    with pytest.raises(KeyFormatError):
        SignerKey.make("example.com/a", b"short")
    for text in ("", "a+b", "name+00000000+", "name+0000000g+AAAA", "name+00000000+****"):
        with pytest.raises(KeyFormatError):
            VerifierKey.parse(text)


PRIME = 2**255 - 19
ORDER_8 = bytes.fromhex("26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05")


@pytest.mark.parametrize(
    "public",
    [y.to_bytes(32, "little") for y in (0, 1, PRIME - 1, PRIME, PRIME + 1, 1 << 255, (1 << 255) + 1)]
    + [ORDER_8, ORDER_8[:31] + b"\x85", (PRIME - int.from_bytes(ORDER_8, "little")).to_bytes(32, "little")],
)
def test_keys_under_which_anyone_could_sign_are_refused(public: bytes) -> None:
    with pytest.raises(KeyFormatError):
        VerifierKey.make("example.com/a", public)
