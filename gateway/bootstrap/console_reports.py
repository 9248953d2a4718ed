"""Annual figures as the console sends them: PDF and CSV. Does not: count any."""

from collections.abc import Mapping
from typing import Any

from gateway.adapters.letters.pdf import PdfUnavailableError


class ConsoleReports:
    """What makes them is imported when the first one is asked for."""

    unavailable: type[Exception] = PdfUnavailableError

    def pdf(self, sheet: Mapping[str, Any]) -> bytes:
        """Raises PdfUnavailableError."""
        from gateway.adapters.letters.report import report_pdf

        return report_pdf(sheet)

    def csv(self, sheet: Mapping[str, Any]) -> bytes:
        from gateway.adapters.letters.report import report_csv

        return report_csv(sheet)
