"""What units are called, and which belong to one institution. Asked for once, and again where a unit is not known."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from gateway.console.calls import CONSOLE, StaffCalls
from gateway.service.words.sentences import Lang


@dataclass(slots=True)
class Units:
    """By code. Does not: know what a unit may do."""

    calls: StaffCalls
    known: dict[str, Mapping[str, Any]] = field(default_factory=dict)

    async def load(self) -> None:
        """Ask the gateway. Raises StaffCallError."""
        self.known = {row["unit"]: row for row in await self.calls.call(CONSOLE, "unit.list")}

    def organization(self, unit: str | None) -> str | None:
        row = self.known.get(unit or "")
        return None if row is None else row["organization"]

    def same_institution(self, one: str | None, other: str | None) -> bool:
        """Whether both are known units of one institution."""
        found = self.organization(one)
        return found is not None and found == self.organization(other)

    def of_institution(self, unit: str) -> list[str]:
        """The units of this unit's institution, itself included."""
        return [code for code in self.known if self.same_institution(code, unit)]

    def name(self, unit: str | None, lang: Lang) -> str:
        """A unit that is not known is called by its code."""
        row = self.known.get(unit or "")
        return (unit or "") if row is None else row["name"][lang]

    def institution(self, unit: str, lang: Lang) -> str:
        row = self.known.get(unit)
        return unit if row is None else row["institution"][lang]
