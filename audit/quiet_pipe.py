"""Output that nobody reads any more: a reader that stops, as `head` does, is no failure of the command.

    quiet_pipes()     from then on what is written to a closed pipe is dropped

Invariant: the exit status stays what the command found; a verification whose report is cut short still says by its
status whether the evidence holds. Does not: hide any other error.
"""

import os
import sys
from typing import Any, TextIO, cast


class QuietPipe:
    """A text stream that drops what it is given once nobody reads it."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def write(self, text: str) -> int:
        """Write, or drop."""
        try:
            return self._stream.write(text)
        except BrokenPipeError:
            self._drop()
            return len(text)

    def flush(self) -> None:
        """Flush, or drop."""
        try:
            self._stream.flush()
        except BrokenPipeError:
            self._drop()

    def _drop(self) -> None:
        """Let what is still buffered, and all that follows, go nowhere."""
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, self._stream.fileno())
        os.close(nowhere)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)


def quiet_pipes() -> None:
    """Make standard output and standard error quiet about a reader that stopped."""
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if stream is not None and not isinstance(stream, QuietPipe):
            setattr(sys, name, cast(TextIO, QuietPipe(stream)))
