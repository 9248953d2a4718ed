"""Rows of the log as the console sends them: CSV and Parquet. Does not: ask for any."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any


class ConsoleRows:
    """What writes them is imported when the first file is asked for."""

    def csv(self, rows: Sequence[Mapping[str, Any]], *, headings: bool) -> bytes:
        from gateway.adapters.projection.export import csv_of

        return csv_of(rows, headings=headings).encode()

    def parquet(self, batches: Iterable[Sequence[Mapping[str, Any]]]) -> bytes:
        from gateway.adapters.projection.export import parquet_of

        return parquet_of(batches)
