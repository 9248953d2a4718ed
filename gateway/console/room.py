"""The parts that every page of the console works with, put together by the composition root."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Protocol

from gateway.console.assets.parts import Parts
from gateway.console.calls import StaffCalls
from gateway.console.rendering import Rendering
from gateway.console.session.sessions import Sessions
from gateway.console.session.store import Sealed
from gateway.console.units import Units
from gateway.deployment.console_file import Brand
from gateway.service.words.sentences import Lang


class Letters(Protocol):
    """What makes a letter that a call gives printable."""

    def text(self, marked: str, lang: Lang, *, protected: bool) -> bytes: ...

    def pdf(self, marked: str, lang: Lang, *, protected: bool) -> bytes:
        """Raises PdfUnavailableError."""


class RowFiles(Protocol):
    """What makes files of rows that a call gives."""

    def csv(self, rows: Sequence[Mapping[str, Any]], *, headings: bool) -> bytes: ...

    def parquet(self, batches: Iterable[Sequence[Mapping[str, Any]]]) -> bytes: ...


class ReportFiles(Protocol):
    """What makes files of a sheet of figures that a call gives; `unavailable` is raised where a PDF cannot be made."""

    unavailable: type[Exception]

    def pdf(self, sheet: Mapping[str, Any]) -> bytes: ...

    def csv(self, sheet: Mapping[str, Any]) -> bytes: ...


@dataclass(frozen=True, slots=True)
class Room:
    """`origin` as browsers name it; `sign_in_targets` the origins that a form may lead to; `version` of the product."""

    origin: str
    calls: StaffCalls
    units: Units
    sessions: Sessions
    references: Sealed
    logins: Sealed
    rendering: Rendering
    parts: Parts
    brand: Brand
    letters: Letters
    row_files: RowFiles
    report_files: ReportFiles
    sandbox: bool
    version: str
    sign_in_targets: tuple[str, ...] = ()

    @property
    def https(self) -> bool:
        return self.origin.startswith("https:")

    def cookie(self, name: str) -> str:
        """A cookie's name; over https one that no other host or path can have set."""
        return f"__Host-{name}" if self.https else name

    def now(self) -> datetime:
        return datetime.fromtimestamp(self.sessions.now(), UTC)

    @property
    def cookie_options(self) -> Mapping[str, object]:
        return {"path": "/", "httponly": True, "samesite": "lax", "secure": self.https}
