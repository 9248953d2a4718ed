"""The encoding of a published file: by its mark, by being valid, at last by the plausibility of its letters."""

import codecs

import pytest

from gateway.adapters.sources.errors import LoadError
from gateway.adapters.sources.load.encoding import decode

WORDS = (
    "Québec,Érablière Théodore Côté – façade,Saint-Félix-de-Kingsey,Île-d’Orléans\n"
    "HÔTEL DE L'ÉTÉ,Noël à l'œuvre,BÂTIMENTS MÉTÉORE,Montréal\n"
)
OLD_WORDS = WORDS.replace("–", "-").replace("’", "'").replace("œ", "oe")


@pytest.mark.parametrize(
    ("encoding", "told"),
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", "utf-8-sig"),
        ("utf-16", "utf-16"),
        ("utf-16-le", "utf-16-le"),
        ("utf-16-be", "utf-16-be"),
        ("utf-32", "utf-32"),
        ("cp1252", "cp1252"),
        ("mac_roman", "mac_roman"),
    ],
)
def test_the_encoding_is_found(encoding: str, told: str) -> None:
    assert decode("x", WORDS.encode(encoding)) == (told, WORDS)


@pytest.mark.parametrize("encoding", ["cp1252", "cp850", "mac_roman"])
def test_one_accent_is_enough_to_tell(encoding: str) -> None:
    for text in ("plain\nQuébec\n", "plain\nÉrablière\n", "MONTRÉAL\n", OLD_WORDS):
        assert decode("x", text.encode(encoding)) == (encoding, text)


def test_a_big_endian_mark_is_read() -> None:
    assert decode("x", codecs.BOM_UTF16_BE + WORDS.encode("utf-16-be")) == ("utf-16", WORDS)


def test_the_whole_file_counts_and_not_its_beginning() -> None:
    text = "plain\n" * 200_000 + "Québec, Montréal\n"
    assert decode("x", text.encode("cp850"))[0] == "cp850"


def test_broken_bytes_are_told_with_their_line() -> None:
    with pytest.raises(LoadError, match="x:3: UTF-8 with broken bytes"):
        decode("x", WORDS.encode() + b"caf\xe9\n" + WORDS.encode() * 3)
    with pytest.raises(LoadError, match="x:2: neither UTF-8"):
        decode("x", b"a\n\x81\x8d\x8f\xff\n")
    with pytest.raises(LoadError, match="x:2: not UTF-16"):
        decode("x", codecs.BOM_UTF16_LE + "a\nb".encode("utf-16-le") + b"\x00\xd8\x00")
