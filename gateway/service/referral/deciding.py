"""A named person decides on a referral: takes it, releases, releases in part or refuses; later somebody reviews that.

Invariants: only an officer with a delegation order that counts at this instant and covers every provision the decision
rests on, of the custodian's institution, never on their own or their own unit's request; decision, notices, obligations
and the referral's new state are one transaction, so that of two decisions one is made and the other leaves no trace;
nothing is decided after the lapse. Privacy Act 8(2)(m) and 73, DESDA 37. Does not: send anything to the requester, who
collects a release (`gateway.service.disclosure.collecting`).
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final, Protocol

from audit.canonical import JsonValue
from audit.entry import Authorities, Entry
from audit.vocabulary import digest_text, format_time
from gateway.domain.actor import Actor
from gateway.domain.ground import Determination, Ground, GroundRules
from gateway.domain.private_record import PrivateRecord, said_of
from gateway.domain.referral import NEXT, OPEN, Referral, ReferralState, Ruling
from gateway.domain.submission import ObligationRef, Precondition, Receipt, Submission
from gateway.domain.target import SubjectIdentifier, separate_file
from gateway.service.log.staff_action import listed_codes, put_on_record, staff_submission
from gateway.service.obligation.due import AFTER_REVIEW, stated
from gateway.service.obligation.notices import Notice, notice_as_json
from gateway.service.ports import Clock, DisclosureLog
from gateway.service.referral.asked import Archive, Asked, ReferralError, asked_in
from gateway.service.referral.delegations import KIND as DELEGATION
from gateway.service.referral.delegations import Delegation, Delegations
from gateway.service.referral.opening import change_of
from gateway.service.referral.release import Banner, Release, Releasing, Stated

_DONE: Final[Mapping[ReferralState, str]] = {
    ReferralState.RELEASED: "released",
    ReferralState.PARTLY_RELEASED: "partly released",
    ReferralState.REFUSED: "refused",
    ReferralState.AFTER_REVIEW: "decided and reviewed",
}


class Referrals(Protocol):
    """Raises LogUnavailableError."""

    async def find(self, referral: str) -> Referral | None: ...


@dataclass(frozen=True, slots=True)
class Act:
    """Who acts, when (UTC)."""

    actor: Actor
    now: datetime


@dataclass(frozen=True, slots=True)
class Ruled:
    """A step that is on record, with the notices that were drafted for it."""

    referral: Referral
    receipt: Receipt
    notices: tuple[Notice, ...] = field(default=(), repr=False)


class Deciding:
    """The use cases of a decision-maker. `organizations` gives the institution of a unit."""

    def __init__(
        self,
        *,
        referrals: Referrals,
        archive: Archive,
        delegations: Delegations,
        releasing: Releasing,
        rules: Mapping[str, GroundRules],
        organizations: Mapping[str, str],
        log: DisclosureLog,
        clock: Clock,
        staff_token: Callable[[str], str],
    ) -> None:
        self._referrals = referrals
        self._archive = archive
        self._delegations = delegations
        self._releasing = releasing
        self._rules = rules
        self._organizations = organizations
        self._log = log
        self._clock = clock
        self._token = staff_token

    async def look(self, referral_id: str, *, actor: Actor) -> tuple[Referral, Asked, Banner]:
        """What is asked, with its evidence, and what is known of a banner on the record; looking is on record before it
        is shown.

        Raises ReferralError, LogUnavailableError."""
        referral = await self._found(referral_id)
        if self._organizations.get(actor.unit) != self._organizations[referral.custodian]:
            raise ReferralError("not-the-custodian", "only the institution that holds the record looks at it")
        looked = staff_submission(
            action="referral-looked-at",
            actor=actor,
            now=self._clock.now(),
            subject=await self._filed_under(referral),
            details={"referral": referral.id},
            refers_to=referral.opened_index,
        )
        await self._record(looked)
        asked = await asked_in(self._archive, referral)
        return referral, asked, await self._releasing.banner(referral, asked)

    async def take(self, referral_id: str, *, actor: Actor) -> Ruled:
        """Begin the review; from now on this officer has it. Raises ReferralError, LogUnavailableError."""
        act = Act(actor, self._clock.now())
        referral = await self._still_open(referral_id, act)
        if referral.state is ReferralState.UNDER_REVIEW:
            raise ReferralError("wrong-step", "an officer took it up already; it may be decided as it is")
        moved = _moved(referral, ReferralState.UNDER_REVIEW, reviewer=self._token(actor.officer))
        return Ruled(moved, await self._note(moved, act, "referral-taken", {}))

    async def release(
        self,
        referral_id: str,
        determination: Determination,
        *,
        because: str,
        actor: Actor,
        not_first: str | None = None,
        partner: str | None = None,
        no_partner: str | None = None,
    ) -> Ruled:
        """Release what the determination says, for the reasons in `because`. `not_first` says why a notice before the
        release is not practicable; `partner` names the partner entity concerned (DESDA 37(2)), `no_partner` says why
        none is.

        Raises ReferralError, NoticeError, LogUnavailableError, PolicyEngineError, SourceError; nothing was decided.
        """
        act = Act(actor, self._clock.now())
        said = Stated(because, not_first, partner, no_partner)
        referral, order, release = await self._prepared(referral_id, determination, said, act)
        self._in_time(referral, order)
        ruling = Ruling(
            officer=order.officer,
            delegation=order.id,
            at=act.now,
            determination=determination,
            collect_until=act.now + self._rules[referral.ground].collect_within,
            settled=release.settled,
            first=release.first,
        )
        whole = determination.elements.keys() == set(referral.elements)
        moved = _moved(referral, ReferralState.RELEASED if whole else ReferralState.PARTLY_RELEASED, ruling=ruling)
        details: dict[str, JsonValue] = {
            "because": because,
            "not_first": not_first,
            "no_partner": no_partner,
            "determination": determination.as_json(),
            "notices": [notice_as_json(notice) for notice in release.notices],
        }
        receipt = await self._note(moved, act, f"referral-{moved.state}", details, release=release, order=order)
        return Ruled(moved, receipt, release.notices)

    async def draft(
        self,
        referral_id: str,
        determination: Determination,
        *,
        because: str,
        actor: Actor,
        not_first: str | None = None,
        partner: str | None = None,
        no_partner: str | None = None,
    ) -> tuple[Notice, ...]:
        """The notices that this release would come with. Nothing is decided and nothing is put on record.

        Raises what `release` raises."""
        said = Stated(because, not_first, partner, no_partner)
        act = Act(actor, self._clock.now())
        return (await self._prepared(referral_id, determination, said, act))[2].notices

    async def _prepared(
        self, referral_id: str, determination: Determination, said: Stated, act: Act
    ) -> tuple[Referral, Delegation, Release]:
        referral = await self._still_open(referral_id, act)
        order = await self._order(referral, determination.authorities, said.because, act)
        asked = await asked_in(self._archive, referral)
        first = self._releasing.notice_first(referral.ground, said.not_first)
        _check_partner(said)
        release = await self._releasing.prepare(
            referral, asked, determination, stated=said, now=act.now, notice_first=first
        )
        return referral, order, release

    async def refuse(self, referral_id: str, *, because: str, actor: Actor) -> Ruled:
        """Refuse, for the reasons in `because`. Raises ReferralError, LogUnavailableError; nothing was decided."""
        act = Act(actor, self._clock.now())
        referral = await self._still_open(referral_id, act)
        order = await self._order(referral, referral.weigh, because, act)
        ruling = Ruling(order.officer, order.id, act.now, None, None)
        moved = _moved(referral, ReferralState.REFUSED, ruling=ruling)
        return Ruled(moved, await self._note(moved, act, "referral-refused", {"because": because}, order=order))

    async def review(self, referral_id: str, *, upheld: bool, because: str, actor: Actor) -> Ruled:
        """Look at a decision afterwards, by somebody else than who made it. What is upheld may still be collected.

        Raises ReferralError, LogUnavailableError."""
        act = Act(actor, self._clock.now())
        referral = await self._found(referral_id)
        if ReferralState.AFTER_REVIEW not in NEXT[referral.state]:
            raise ReferralError("not-decided", "only a decided referral is reviewed, and once")
        self._not_their_own(referral, act)
        _check_reasons(because)
        ruling = referral.ruling
        if ruling is not None and ruling.officer == self._token(actor.officer):
            raise ReferralError("own-decision", "nobody reviews their own decision")
        done: tuple[ObligationRef, ...] = ()
        if ruling is not None and AFTER_REVIEW in ruling.settled:
            done = (ObligationRef(referral.entry_index, ruling.settled.index(AFTER_REVIEW)),)
        moved = _moved(referral, ReferralState.AFTER_REVIEW, upheld=upheld, ruled_index=referral.entry_index)
        action = "decision-upheld" if upheld else "decision-not-upheld"
        return Ruled(moved, await self._note(moved, act, action, {"because": because}, done=done))

    async def _found(self, referral_id: str) -> Referral:
        referral = await self._referrals.find(referral_id)
        if referral is None:
            raise ReferralError("unknown-referral", "there is no referral under this number")
        return referral

    async def _still_open(self, referral_id: str, act: Act) -> Referral:
        referral = await self._found(referral_id)
        if referral.state is ReferralState.LAPSED or (referral.state in OPEN and act.now >= referral.decide_by):
            raise ReferralError("referral-lapsed", "its time has run out; the requester has to ask anew")
        if referral.state not in OPEN:
            raise ReferralError("already-decided", f"it was {_DONE[referral.state]} already; nothing to do")
        self._not_their_own(referral, act)
        return referral

    def _not_their_own(self, referral: Referral, act: Act) -> None:
        if self._organizations.get(act.actor.unit) != self._organizations[referral.custodian]:
            raise ReferralError("not-the-custodian", "only the institution that holds the record decides on it")
        own = self._token(act.actor.officer) == referral.requester_officer
        if own or act.actor.unit in {referral.requester, referral.recipient}:
            raise ReferralError("own-referral", "nobody decides on their own or their own unit's request")

    async def _order(self, referral: Referral, provisions: tuple[str, ...], because: str, act: Act) -> Delegation:
        _check_reasons(because)
        order = await self._delegations.covering(act.actor.officer, act.actor.unit, provisions, act.now)
        if order is None:
            lacking = await self._delegations.lacking(act.actor.officer, act.actor.unit, provisions, act.now)
            raise ReferralError("not-delegated", _no_order(provisions, lacking, act.actor.unit))
        return order

    async def _note(
        self,
        moved: Referral,
        act: Act,
        action: str,
        details: Mapping[str, JsonValue],
        *,
        release: Release | None = None,
        order: Delegation | None = None,
        done: tuple[ObligationRef, ...] = (),
    ) -> Receipt:
        """Make the step durable: entry, private part, obligations and the referral's state together, if the order it is
        made under still stands."""
        subject = await self._filed_under(moved)
        body: dict[str, JsonValue] = {
            "outcome": action,
            "acting_officer": act.actor.officer,
            "identified": act.actor.identified.value,
            "subject": said_of(subject),
            "details": {"referral": moved.id, **details},
        }
        due = release.due if release else ()
        if due:
            body["duties_on"] = [duty.on for duty in due]
        part = PrivateRecord.fresh(body).seal((subject,) if subject else ())
        permit = release.permit if release else None
        preconditions = (Precondition(DELEGATION, order.id, order.revision),) if order else ()
        entry = Entry(
            time=format_time(act.now),
            kind="staff-action",
            requester=act.actor.unit,
            recipient=moved.recipient,
            custodian=moved.custodian,
            authorities=Authorities(permit.discloser_authorities, permit.recipient_authorities)
            if permit
            else Authorities(),
            record_type=moved.record_type,
            purpose=moved.purpose,
            ground=moved.ground,
            reasons=(action,),
            obligations=stated(due),
            policy_revision=permit.policy_revision if permit else None,
            private=(digest_text(part.commitment),),
            refers_to=moved.opened_index,
        )
        return await self._record(Submission(entry, (part,), due, None, None, (change_of(moved),), done, preconditions))

    async def _filed_under(self, referral: Referral) -> SubjectIdentifier | None:
        """The person asked about, under whose key every step is kept; None for a list, or once that was erased."""
        try:
            asked = await asked_in(self._archive, referral)
        except ReferralError:
            return None
        if asked.subject is not None and referral.ground == Ground.INVESTIGATIVE_REQUEST:
            return separate_file(asked.subject)
        return asked.subject

    def _in_time(self, referral: Referral, order: Delegation) -> None:
        """Drafting and reading may have taken the last minutes of the referral, or of the order."""
        now = self._clock.now()
        if now >= referral.decide_by:
            raise ReferralError("referral-lapsed", "its time has run out; the requester has to ask anew")
        if not order.counts(now):
            raise ReferralError("not-delegated", "the delegation order has just ended; nothing was decided")

    async def _record(self, submission: Submission) -> Receipt:
        conflict = ReferralError("overtaken", "somebody else was faster; look at the referral again")
        return await put_on_record(self._log, submission, "the step", conflict)


def _check_partner(said: Stated) -> None:
    if said.no_partner is None:
        return
    if said.partner is not None:
        raise ReferralError("partner-twice", "name the partner entity concerned, or say why none is, not both")
    if not said.no_partner.strip():
        raise ReferralError("reasons-missing", "say in writing why no partner entity is concerned")


def _no_order(provisions: tuple[str, ...], lacking: tuple[str, ...], unit: str) -> str:
    """One order has to have every provision of a decision, so the command names all of them."""
    missing = f"under {listed_codes(lacking)}" if lacking else "under all these provisions together"
    named = " ".join(f"--provision {listed_codes([name])}" for name in provisions)
    return (
        f"no delegation order that counts now lets this officer decide {missing}; somebody else of the institution "
        f"gives one: gateway delegation give --to OFFICER --at {unit} {named} --from TIME --until TIME --unit {unit} "
        "--officer GIVER"
    )


def _check_reasons(because: str) -> None:
    if not because.strip():
        raise ReferralError("reasons-missing", "say in writing why; the balancing is part of the record")


def _moved(referral: Referral, state: ReferralState, **changes: object) -> Referral:
    if state not in NEXT[referral.state]:
        raise ReferralError("wrong-step", f"a referral that is {referral.state} does not become {state}")
    return referral.moved(state, **changes)
