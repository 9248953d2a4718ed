"""The memory that a compiled policy asks its host for, brought down to what the library offers at first.

OPA writes into the module how many pages of 64 KiB its constants need. `opa-py-wasm` offers two and, where the
constants do not fit, tries again with twice as many; but it gives up where the module declares more than two. The
declaration is lowered, and nothing else of the module is touched. WebAssembly core specification 1.0, sections 5.2.2
(LEB128), 5.5.5.
Does not: judge the module; what cannot be read is left as it is, for the library to refuse.
"""

from typing import Final

OFFERED: Final = 2
_HEADER: Final = 8
_IMPORTS: Final = 2
_MEMORY: Final = 2


def within_offer(module: bytes) -> bytes:
    """The module, declaring at most `OFFERED` pages of imported memory."""
    try:
        at = _minimum(module)
    except (IndexError, ValueError):
        return module
    if at is None or not OFFERED < module[at] < 0x80:
        return module
    return module[:at] + bytes([OFFERED]) + module[at + 1 :]


def _minimum(module: bytes) -> int | None:
    """Where the least number of pages of the first imported memory stands."""
    at = _HEADER
    while module[at] != _IMPORTS:
        length, body = _number(module, at + 1)
        at = body + length
    _, at = _number(module, at + 1)
    count, at = _number(module, at)
    for _ in range(count):
        for _name in ("module", "name"):
            length, at = _number(module, at)
            at += length
        kind = module[at]
        if kind == _MEMORY:
            return at + 2
        if kind != 0:
            raise ValueError
        _, at = _number(module, at + 1)
    return None


def _number(module: bytes, at: int) -> tuple[int, int]:
    """An unsigned number, and what follows it."""
    value = shift = 0
    while module[at] >= 0x80:
        value |= (module[at] & 0x7F) << shift
        shift += 7
        at += 1
    return value | module[at] << shift, at + 1
