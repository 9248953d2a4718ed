"""The declaration of memory is lowered to what the library offers, and nothing else of a module changes."""

import pytest

from gateway.adapters.pdp.memory import OFFERED, within_offer
from gateway.adapters.pdp.revision import read_sources

HEADER = b"\0asm\1\0\0\0"
TYPES = b"\x01\x04\x01\x60\x00\x00"
FUNCTION = b"\x03env\x05opa_x\x00\x00"


def memory(pages: int) -> bytes:
    return b"\x03env\x06memory\x02\x00" + bytes([pages])


def module(*imports: bytes) -> bytes:
    body = bytes([len(imports)]) + b"".join(imports)
    return HEADER + TYPES + b"\x02" + bytes([len(body)]) + body + b"\x0a\x01\x00"


@pytest.mark.parametrize("pages", [3, 4, 100])
def test_more_than_offered_is_lowered(pages: int) -> None:
    assert within_offer(module(FUNCTION, memory(pages), FUNCTION)) == module(FUNCTION, memory(OFFERED), FUNCTION)


@pytest.mark.parametrize("pages", [0, 1, 2])
def test_what_is_offered_stays(pages: int) -> None:
    given = module(memory(pages), FUNCTION)
    assert within_offer(given) == given


@pytest.mark.parametrize(
    "given",
    [
        b"",
        HEADER,
        HEADER + TYPES,
        module(FUNCTION),
        module(b"\x03env\x01t\x01\x70\x00\x03", memory(3)),
        module(memory(3))[:20],
        b"not a module at all",
    ],
)
def test_what_cannot_be_read_is_left_to_the_library(given: bytes) -> None:
    assert within_offer(given) == given


def test_the_shipped_module_differs_in_that_one_byte_at_most() -> None:
    shipped = read_sources().module()
    lowered = within_offer(shipped)
    assert len(lowered) == len(shipped)
    assert sum(a != b for a, b in zip(shipped, lowered, strict=True)) <= 1
