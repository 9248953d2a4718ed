"""Letters as the console sends them: text and PDF. Does not: draft any."""

from gateway.service.words.sentences import Lang


class ConsoleLetters:
    """What sets them is imported when the first one is asked for."""

    def text(self, marked: str, lang: Lang, *, protected: bool) -> bytes:
        from gateway.adapters.letters.marked import plain

        return plain(marked, lang, protected=protected).encode()

    def pdf(self, marked: str, lang: Lang, *, protected: bool) -> bytes:
        """Raises PdfUnavailableError."""
        from gateway.adapters.letters.pdf import write_pdf
        from gateway.adapters.letters.typeset import page

        return write_pdf(page(marked, lang, protected=protected))
