"""Base64 has one spelling on each side."""

from hashlib import sha256

import pytest

from audit.encoding import from_base64, from_base64url, to_base64, to_base64url, to_base64url_each


@pytest.mark.parametrize("length", range(40))
def test_both_alphabets_go_round(length: int) -> None:
    data = bytes((251 + 17 * number) % 256 for number in range(length))
    assert from_base64url(to_base64url(data)) == data
    assert from_base64(to_base64(data)) == data


def test_the_alphabets_differ_where_they_should() -> None:
    assert to_base64(b"\xfb\xff\xfe") == "+//+"
    assert to_base64url(b"\xfb\xff\xfe") == "-__-"


@pytest.mark.parametrize("text", ["A", "AB", "QQ==", "+//+", "QUI=", " QUI", "QUI\n", "QUJ", "ÀÀÀÀ"])
def test_other_spellings_of_base64url_are_refused(text: str) -> None:
    with pytest.raises(ValueError):
        from_base64url(text)


@pytest.mark.parametrize("text", ["QQ", "QR==", "-__-", "QUI=\n", "Q Q=", "====", "QQ==QQ=="])
def test_other_spellings_of_base64_are_refused(text: str) -> None:
    with pytest.raises(ValueError):
        from_base64(text)


def test_several_blocks_are_written_as_each_of_them() -> None:
    blocks = [sha256(bytes([number])).digest() for number in range(20)]
    assert to_base64url_each(blocks) == [to_base64url(block) for block in blocks]
    assert to_base64url_each([]) == []
    for wrong in (b"", bytes(31), bytes(33)):
        with pytest.raises(ValueError, match="32 bytes"):
            to_base64url_each([bytes(32), wrong])
