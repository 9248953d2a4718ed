"""Letters as PDF: opened again, they hold what the text holds, are tagged and say their language."""

import ctypes
import io
import os
import re
import stat
import sys
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from gateway.adapters.letters import pdf
from gateway.adapters.letters.account import AccountLetters
from gateway.adapters.letters.marked import PROTECTED, blocks
from gateway.adapters.letters.pdf import PdfUnavailableError, write_pdf
from gateway.adapters.letters.typeset import page
from gateway.cli.letter_files import write_letters
from gateway.domain.errors import ConfigurationError
from gateway.service.words.sentences import BOTH, Lang
from tests.unit.letters.accesses import access, answered, entry, refusal
from tests.unit.letters.facts import letters, notice_facts, words


@pytest.fixture(scope="module")
def pango() -> None:
    try:
        ctypes.CDLL("libpangoft2-1.0.so.0")
    except OSError:
        message = f"left out: Pango is not on this machine; apt-get install {pdf.PACKAGES}"
        if os.environ.get("CI") == "true":
            pytest.fail(message, pytrace=False)
        pytest.skip(message)


def letter(lang: Lang) -> str:
    told = answered(*(access(index, entry(index)) for index in range(30)), access(31, refusal(31)))
    return AccountLetters(words(), lambda _digest: None).letter(told, lang)


def shown(document: bytes) -> str:
    """The text of all pages, without page numbers and the mark above, and without spaces, which a line break may have
    replaced."""
    mark = re.sub(r"\s+", "", PROTECTED)
    found = [re.sub(r"\s+", "", one.extract_text()) for one in PdfReader(io.BytesIO(document)).pages]
    pages = [text.replace(mark, "") for text in found]
    return "".join(text.replace(f"{number}/{len(pages)}", "") for number, text in enumerate(pages, 1))


@pytest.mark.usefixtures("pango")
@pytest.mark.parametrize("lang", BOTH)
def test_the_letter_in_pdf_holds_every_line_and_is_accessible(lang: Lang) -> None:
    marked = letter(lang)
    document = write_pdf(page(marked, lang))
    text = shown(document)
    for block in blocks(marked):
        for line in block.lines:
            assert re.sub(r"\s+", "", line) in text
    reader = PdfReader(io.BytesIO(document))
    root: Any = reader.trailer["/Root"]
    assert root["/Lang"] == f"{lang}-CA"
    assert root["/MarkInfo"]["/Marked"]
    assert "/StructTreeRoot" in root
    assert b'pdfuaid:part="1"' in root["/Metadata"].get_data()
    assert reader.metadata is not None
    assert reader.metadata.title == next(blocks(marked)).lines[0]
    assert len(reader.pages) > 1


@pytest.mark.usefixtures("pango")
def test_what_others_wrote_stays_text_in_pdf() -> None:
    hostile = "<b>bold</b> <img src='file:///etc/hostname'> {{ 7*7 }}"
    notice = letters().draft("notify-privacy-commissioner", notice_facts(because=hostile))
    assert "<b>bold</b><imgsrc='file:///etc/hostname'>{{7*7}}" in shown(write_pdf(page(notice.en, "en")))


@pytest.mark.usefixtures("pango")
def test_letters_are_written_for_their_owner_only_and_never_over_another(tmp_path: Path) -> None:
    marked: dict[str, str] = {lang: letter(lang) for lang in BOTH}
    write_letters(tmp_path / "out", "account", marked, protected=False)
    names = sorted(path.name for path in (tmp_path / "out").iterdir())
    assert names == [f"account.{lang}.{kind}" for lang in BOTH for kind in ("html", "pdf", "txt")]
    assert {stat.S_IMODE(path.stat().st_mode) for path in (tmp_path / "out").iterdir()} == {0o600}
    with pytest.raises(ConfigurationError, match="cannot be written"):
        write_letters(tmp_path / "out", "account", marked, protected=False)


@pytest.mark.usefixtures("pango")
@pytest.mark.parametrize("lang", BOTH)
def test_the_handling_mark_runs_above_every_page_of_a_notice_and_of_no_letter_to_a_person(lang: Lang) -> None:
    long = letters().draft("notify-privacy-commissioner", notice_facts(because="word " * 800))
    for protected in (True, False):
        document = write_pdf(page(long.en if lang == "en" else long.fr, lang, protected=protected))
        pages = PdfReader(io.BytesIO(document)).pages
        assert len(pages) > 1
        assert [PROTECTED in re.sub(r"\s+", " ", one.extract_text()) for one in pages] == [protected] * len(pages)
        resources: list[Any] = [one["/Resources"] for one in pages]
        fonts = {str(font.get_object()["/BaseFont"]) for one in resources for font in one["/Font"].values()}
        assert len({re.sub(r"-?(Bold|Book|Regular)", "", name.split("+")[-1]) for name in fonts}) == 1


@pytest.mark.usefixtures("pango")
def test_a_word_without_an_end_stays_on_the_page() -> None:
    notice = letters().draft("notify-privacy-commissioner", notice_facts(because="x" * 400))
    assert "x" * 400 in shown(write_pdf(page(notice.en, "en")))


def test_without_pango_text_is_written_and_the_error_says_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in [name for name in sys.modules if name.split(".")[0] == "weasyprint"]:
        monkeypatch.delitem(sys.modules, name)

    class NoPango:
        """Finds WeasyPrint as it behaves where the library of the system is missing."""

        def find_spec(self, name: str, *_more: object) -> None:
            if name == "weasyprint":
                raise OSError("cannot load library 'libpango-1.0-0'")

    monkeypatch.setattr(sys, "meta_path", [NoPango(), *sys.meta_path])
    marked: dict[str, str] = {lang: letter(lang) for lang in BOTH}
    with pytest.raises(PdfUnavailableError, match=r"apt-get install libpango.*Text and JSON work") as failed:
        write_letters(tmp_path, "account", marked, protected=False)
    assert failed.value.code == "pdf-unavailable"
    assert sorted(path.suffix for path in tmp_path.iterdir()) == [".html", ".html", ".txt", ".txt"]
