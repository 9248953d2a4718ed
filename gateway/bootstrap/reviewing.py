"""Rulebooks for who reviews them: read from the kept documents, with the policy that judges by each.

Does not: open a database. The engine of the rulebook in force is used again where a draft leaves its data alone.
"""

from collections.abc import Mapping, Sequence
from datetime import date

from gateway.adapters.pdp.revision import read_sources
from gateway.adapters.rulebook.kept import KeptRulebooks
from gateway.adapters.rulebook.load import Rulebook, check_folders, load_from
from gateway.bootstrap.vocabulary import vocabulary
from gateway.service.ports import PolicyEngine
from gateway.service.review.reviewing import Reviewed
from gateway.service.rulebook.finding import Finding


def reviewed(rulebook: Rulebook, engine: PolicyEngine) -> Reviewed:
    """The rulebook with an engine that has its data."""
    return Reviewed(
        agreements={version.id: version for version in rulebook.agreements},
        authorities=rulebook.authorities,
        parties=rulebook.parties,
        catalogue=rulebook.catalogue,
        data=rulebook.policy_data,
        engine=engine,
        words=vocabulary(rulebook),
    )


def with_own_engine(rulebook: Rulebook) -> Reviewed:
    """The rulebook with an engine of its own, in this process."""
    from gateway.adapters.pdp.wasm import WasmEngine

    return reviewed(rulebook, WasmEngine(read_sources(), rulebook.policy_data))


class KeptRulebooksForReview:
    """The `Rulebooks` port; the last rulebook that was read is kept, because a comparison takes one twice."""

    def __init__(self, kept: KeptRulebooks) -> None:
        self._kept = kept
        self._last: tuple[Mapping[str, str], Reviewed] | None = None

    def findings(self, digests: Mapping[str, str], today: date) -> Sequence[Finding]:
        return check_folders(self._kept.folders(self._kept.files(digests)), today)

    def read(self, digests: Mapping[str, str]) -> Reviewed:
        last = self._last
        if last is not None and last[0] == digests:
            return last[1]
        rulebook = load_from(self._kept.folders(self._kept.files(digests)))
        if last is not None and last[1].data == rulebook.policy_data:
            found = reviewed(rulebook, last[1].engine)
        else:
            found = with_own_engine(rulebook)
        self._last = digests, found
        return found
