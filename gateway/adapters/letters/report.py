"""Annual figures as files: PDF (tagged, PDF/UA-1) and CSV, from the sheet in one language.

Invariant: both hold the cells of the sheet and nothing else; a cell that a spreadsheet would take for a formula is
written as text. Does not: count, word or suppress anything (`gateway.service.report`).
"""

import csv
import io
from collections.abc import Mapping
from typing import Any, Final

from gateway.adapters.letters.pdf import write_pdf
from gateway.adapters.letters.typeset import environment
from gateway.service.report.sheet import csv_rows

_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")


def report_html(sheet: Mapping[str, Any]) -> str:
    """One page that needs nothing from elsewhere."""
    return environment().get_template("report.html.jinja").render(**sheet)


def report_pdf(sheet: Mapping[str, Any]) -> bytes:
    """Raises PdfUnavailableError."""
    return write_pdf(report_html(sheet))


def report_csv(sheet: Mapping[str, Any]) -> bytes:
    """UTF-8 with a byte order mark, so that spreadsheets read its accents."""
    out = io.StringIO()
    csv.writer(out).writerows([[_text(cell) for cell in row] for row in csv_rows(sheet)])
    return out.getvalue().encode("utf-8-sig")


def _text(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_FORMULA) else cell
