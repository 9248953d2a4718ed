"""Letters as PDF: tagged (PDF/UA-1), with the language and a title set, made from the accessible HTML page.

WeasyPrint sets the text with Pango, a library of the system. Where it is missing, `PdfUnavailableError` says what to
install; text and JSON need none of it. Does not: fetch anything; a page that refers to a file or an address is refused.
"""

import warnings
from typing import Any, Final

from gateway.domain.errors import GatewayError

PACKAGES: Final = "libpango-1.0-0 libpangoft2-1.0-0 fonts-dejavu-core"


class PdfUnavailableError(GatewayError):
    """This machine cannot set text."""

    code = "pdf-unavailable"

    def __init__(self) -> None:
        super().__init__(
            "letters in PDF need the library Pango and a font, which this machine does not have: "
            f"apt-get install {PACKAGES} (other systems: Pango 1.44 or later). Text and JSON work without it"
        )


def write_pdf(html: str) -> bytes:
    """A page of `typeset.page` as PDF. Raises PdfUnavailableError."""
    weasyprint = _weasyprint()
    document: bytes = weasyprint.HTML(string=html, url_fetcher=_refuse).write_pdf(pdf_variant="pdf/ua-1")
    return document


def _weasyprint() -> Any:
    # Loads libraries of the system and takes half a second, which commands without PDF should not pay.
    try:
        with warnings.catch_warnings():
            # Without HarfBuzz-Subset fonts are cut to size in Python, which is slower and the same otherwise.
            warnings.simplefilter("ignore", DeprecationWarning)
            import weasyprint
    except OSError:
        raise PdfUnavailableError from None
    return weasyprint


def _refuse(_url: str, *_arguments: object, **_more: object) -> Any:
    raise ValueError("a letter refers to nothing outside itself")
