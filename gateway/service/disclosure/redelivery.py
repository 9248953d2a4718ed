"""The same request again under the same Idempotency-Key.

No answer is stored, because none may be: the record was read and judged anew, and the first receipt is given again
only when every value still matches the commitment of the first entry (its salts are in the private part). Otherwise
the record, the agreement or the law changed, and the caller has to ask anew.
"""

import hmac
from collections.abc import Mapping
from dataclasses import dataclass, field

from audit.commitment import commit_element
from audit.entry import Entry
from audit.vocabulary import digest_text
from gateway.domain.decision import Permit
from gateway.domain.private_record import PrivateRecord
from gateway.domain.request import DisclosureRequest
from gateway.domain.submission import Receipt
from gateway.service.disclosure.submission import Outcome, effect_of
from gateway.service.ports import EntryArchive


@dataclass(frozen=True, slots=True)
class RepeatedEqually:
    receipt: Receipt
    openings: Mapping[str, bytes] = field(repr=False)


@dataclass(frozen=True, slots=True)
class RepeatedDifferently:
    """The answer would not be the first one."""


class Redelivery:
    def __init__(self, archive: EntryArchive) -> None:
        self._archive = archive

    async def check(
        self, request: DisclosureRequest, outcome: Outcome, entry_index: int
    ) -> RepeatedEqually | RepeatedDifferently:
        """Compare what would leave now with what left at `entry_index`. Raises LogUnavailableError."""
        receipt = await self._archive.entry(entry_index)
        if receipt is None:
            return RepeatedDifferently()
        entry = Entry.from_bytes(receipt.entry)
        if entry.effect != effect_of(outcome.decision):
            return RepeatedDifferently()
        if request.released is not None and entry.refers_to != request.released.entry_index:
            return RepeatedDifferently()
        if not isinstance(outcome.decision, Permit):
            return RepeatedEqually(receipt, {})
        plaintext = await self._archive.private_part(entry_index)
        if plaintext is None or entry.records != len(outcome.records):
            return RepeatedDifferently()
        openings = PrivateRecord.opened(plaintext).openings
        if {item.element for item in entry.disclosed} != outcome.columns.keys():
            return RepeatedDifferently()
        for item in entry.disclosed:
            now = digest_text(commit_element(openings[item.element], item.element, outcome.columns[item.element]))
            form = outcome.decision.grants[item.element].form.code
            if form != item.form or not hmac.compare_digest(now, item.commitment):
                return RepeatedDifferently()
        return RepeatedEqually(receipt, openings)
