"""Whether a person's record bears a banner ("do not disclose"), for the officer who decides on it.

An attribute that cannot be read counts as a banner, as it does for the policy.
Does not: show anything else of a record.
"""

from typing import Final

from gateway.domain.element import Catalogue
from gateway.domain.target import SubjectIdentifier
from gateway.service.ports import Sources

_BANNER: Final = "do_not_disclose"


class SourceBanners:
    """The `gateway.service.referral.release.Banners` port."""

    def __init__(self, catalogue: Catalogue, sources: Sources) -> None:
        self._catalogue = catalogue
        self._sources = sources

    async def on_record(self, record_type: str, subject: SubjectIdentifier) -> bool:
        """False where the record type has no banners, or there is no such record. Raises SourceError."""
        known, source = self._catalogue.find(record_type), self._sources.find(record_type)
        element = known.attributes.get(_BANNER) if known else None
        if source is None or element is None:
            return False
        records = await source.fetch(subject, [element])
        return any(record.values.get(element) is not False for record in records)
