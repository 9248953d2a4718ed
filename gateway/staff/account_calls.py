"""The staff call that gives a person the account of disclosures. JSON in, JSON out.

Invariant: what is for the officer alone stands apart from what the person gets. Does not: print, or make a PDF (the
command does, from the texts).
"""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import asdict
from typing import Any, Final, Protocol

from gateway.domain.access_law import access_law
from gateway.domain.actor import Actor
from gateway.domain.target import SubjectIdentifier
from gateway.service.person.discretion import Discretion
from gateway.staff.refusal import WorkRefusedError, known_unit, past_day
from gateway.staff.work_desk import WorkDesk


class AccountDesk(Protocol):
    """What the call needs of the staff's desk."""

    @property
    def work(self) -> WorkDesk: ...

    def subject(self, scheme: str, value: str) -> SubjectIdentifier:
        """An identifier in its canonical spelling. Raises IdentifierError."""


async def account_give(
    desk: AccountDesk,
    actor: Actor,
    *,
    identifiers: Sequence[Mapping[str, str]],
    received: str,
    tell: Sequence[int] = (),
    hold: Sequence[int] = (),
    because: str = "",
    source_agrees: bool = False,
) -> Any:
    """The account of a person: letters as marked lines, the machine form, and apart from them what is for the officer
    alone. `tell` and `hold` are entries that the officer decides on, for the reasons in `because`."""
    work = desk.work
    if access_law(known_unit(work.parties, actor.unit)) is None:
        raise WorkRefusedError(
            "no-access-law", "--unit: this unit is not under the Privacy Act, FIPPA or MFIPPA, and owes no account"
        )
    subjects = [desk.subject(one["scheme"], one["value"]) for one in identifiers]
    if not subjects:
        raise WorkRefusedError("no-identifier", "--scheme: name at least one identifier of the person")
    answered = await work.accounting(
        subjects,
        actor=actor,
        received=past_day(received, "--received", work.clock.now()),
        discretion=Discretion(frozenset(tell), frozenset(hold), because, source_agrees),
    )
    account = answered.account
    return {
        "reference": answered.reference,
        "letters": {"en": work.letters.letter(answered, "en"), "fr": work.letters.letter(answered, "fr")},
        "machine": work.letters.machine(answered),
        "officer": {
            "told": [line.entry_index for line in account.lines],
            "told_by_decision": [asdict(one) for one in account.told],
            "held_back": [asdict(one) for one in account.held],
            "no_disclosure": [{"entry_index": index, "kind": kind} for index, kind in account.no_disclosure],
        },
    }


ACCOUNT_CALLS: Final[Mapping[str, Callable[..., Awaitable[Any]]]] = {"account.give": account_give}
