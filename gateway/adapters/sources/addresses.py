"""A person's last known address as a record has it: its first element of type `address`.

Does not: say whether a letter may go there (`gateway.service.obligation.notices` does).
"""

from typing import Final

from gateway.domain.element import Catalogue
from gateway.domain.target import SubjectIdentifier
from gateway.service.ports import Sources
from gateway.service.referral.release import Address

_KIND: Final = "address_kind"


class SourceAddresses:
    """The `gateway.service.referral.release.Addresses` port."""

    def __init__(self, catalogue: Catalogue, sources: Sources) -> None:
        self._catalogue = catalogue
        self._sources = sources

    async def last_known(self, record_type: str, subject: SubjectIdentifier) -> Address | None:
        """None where the record type has no address, or there is no such record. Raises SourceError."""
        known, source = self._catalogue.find(record_type), self._sources.find(record_type)
        if known is None or source is None:
            return None
        lines = [element.name for element in known.elements.values() if element.type == "address"][:1]
        kind = known.attributes.get(_KIND)
        if not lines:
            return None
        records = await source.fetch(subject, [*lines, *([kind] if kind else [])])
        if not records:
            return None
        values = records[0].values
        found = tuple(str(values[name]) for name in lines if values.get(name))
        told = values.get(kind) if kind else None
        return Address(found, told if isinstance(told, str) else None) if found else None
