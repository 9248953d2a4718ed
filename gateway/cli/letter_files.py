"""Writes letters to a folder: text, HTML and PDF in both languages, readable by their owner only.

Text and HTML are written before PDF is tried, so that a machine without Pango still gives them. Never overwrites.
"""

import os
from collections.abc import Mapping
from pathlib import Path

from gateway.adapters.letters.marked import plain
from gateway.adapters.letters.pdf import write_pdf
from gateway.adapters.letters.typeset import page
from gateway.domain.errors import ConfigurationError
from gateway.service.words.sentences import BOTH


def write_letters(folder: Path, name: str, marked: Mapping[str, str], *, protected: bool) -> None:
    """Write `name.en.txt`, `name.fr.pdf` and so on; `protected` for what is not a letter to a person.

    Raises PdfUnavailableError once the rest is written, ConfigurationError where a file exists or the folder cannot be
    written."""
    for lang in BOTH:
        write_file(folder / f"{name}.{lang}.txt", plain(marked[lang], lang, protected=protected).encode())
        write_file(folder / f"{name}.{lang}.html", page(marked[lang], lang, protected=protected).encode())
    for lang in BOTH:
        write_file(folder / f"{name}.{lang}.pdf", write_pdf(page(marked[lang], lang, protected=protected)))


def write_file(path: Path, content: bytes) -> None:
    """A new file that only its owner reads. Raises ConfigurationError."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(content)
    except OSError as error:
        raise ConfigurationError(f"{path.name} cannot be written there ({type(error).__name__})") from None
