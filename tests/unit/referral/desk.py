"""A staff's desk over the simulated log, for tests: two officers with orders, a referral that waits for them."""

import datetime
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field

from gateway.domain.actor import Actor
from gateway.domain.decision import Decision, Deny, Grant, Obligation, Permit, Reason, Refer, Withheld
from gateway.domain.element import Form, FormKind
from gateway.domain.errors import SourceError
from gateway.domain.evidence_form import EvidenceForm
from gateway.domain.ground import Determination, Ground, GroundRules
from gateway.domain.referral import Referral
from gateway.domain.target import SubjectIdentifier
from gateway.service.disclosure.answer import Referred
from gateway.service.disclosure.collecting import Call, Collecting
from gateway.service.obligation.notices import Notice, NoticeError, NoticeFacts
from gateway.service.ports import DecisionQuery
from gateway.service.referral.clock import ReferralClock
from gateway.service.referral.deciding import Deciding
from gateway.service.referral.delegations import Delegations
from gateway.service.referral.register import ReferralRegister
from gateway.service.referral.release import Address, Releasing
from tests.simulator import AGREEMENT, NOW, REVISION, Register, SimulatedCases, World, staff_token, world

ORGANIZATIONS = {"esdc-isb": "esdc", "esdc-legal": "esdc", "ircc-cpn": "ircc"}
MINUTE = datetime.timedelta(minutes=1)
RULES = {
    "emergency": GroundRules(
        "emergency", {}, 60 * MINUTE, 15 * MINUTE, 120 * MINUTE, notice_first=False, over_banner=True
    ),
    "public-interest": GroundRules("public-interest", {}, 60 * MINUTE, 15 * MINUTE, 120 * MINUTE, notice_first=True),
}
NOTIFY = Obligation("notify-privacy-commissioner", "esdc-isb", 0, ("DESDA-37",))
MAIL = Obligation("mail-notice", "esdc-isb", 0, ("MF-32-h",))
REVIEW = Obligation("after-review", "esdc-isb", 3, ("DESDA-37",))
ROY, COTE = "r.roy", "m.cote"


@dataclass
class SetClock:
    time: datetime.datetime = NOW

    def now(self) -> datetime.datetime:
        return self.time


def rule(query: DecisionQuery) -> Decision:
    """Refers; with a determination under DESDA-37 permits what it releases, other than the notes in plain."""
    determined = query.determination
    if determined is None:
        return Refer((Reason("needs-human-decision", ("DESDA-37", "PA-8-2-m")),), REVISION)
    if "DESDA-37" not in determined.authorities:
        return Deny((Reason("no-discloser-authority", ("DESDA-32",)),), REVISION)
    grants = {
        name: Grant(name, form, None)
        for name, form in determined.elements.items()
        if name in query.elements and not (name == "notes" and form.kind is FormKind.PLAIN)
    }
    withheld = tuple(Withheld(name, "not-released") for name in query.elements if name not in grants)
    reasons = (Reason("permitted", ("DESDA-37",)),)
    return Permit((), ("DESDA-37",), (), grants, withheld, (NOTIFY, MAIL, REVIEW), reasons, REVISION)


@dataclass
class Drafts:
    """Drafts every notice; `missing` names a code whose facts are not complete."""

    missing: str | None = None
    facts: list[NoticeFacts] = field(default_factory=list)

    def draft(self, code: str, facts: NoticeFacts) -> Notice:
        if code == self.missing:
            raise NoticeError(code, "partner")
        self.facts.append(facts)
        held = "employer-housing" if facts.address_kind == "employer-housing" else None
        return Notice(code, "somebody", "notice", "avis", held if code == "mail-notice" else None)


@dataclass
class Addresses:
    """`meanwhile` is what somebody else does while the address is read."""

    found: Address | None = None
    meanwhile: Callable[[], Awaitable[object]] | None = None

    async def last_known(self, record_type: str, subject: SubjectIdentifier) -> Address | None:
        if self.meanwhile is not None:
            await self.meanwhile()
        return self.found


@dataclass
class Banners:
    """`found` is whether the record bears a banner; `down` that its source does not answer."""

    found: bool = False
    down: bool = False

    async def on_record(self, record_type: str, subject: SubjectIdentifier) -> bool:
        if self.down:
            raise SourceError("down")
        return self.found


@dataclass
class Desk:
    world: World
    clock: SetClock
    drafts: Drafts
    addresses: Addresses
    banners: Banners
    delegations: Delegations
    deciding: Deciding
    collecting: Collecting
    ticking: ReferralClock
    referrals: ReferralRegister
    failures: list[Exception]

    async def order(self, to: str = ROY, at: str = "esdc-isb", hours: float = 24) -> str:
        """Somebody else of ESDC lets the officer decide from now for some hours."""
        given, _ = await self.delegations.give(
            to=to,
            at=at,
            provisions=("DESDA-37", "PA-19-22-25-26", "PA-8-2-m"),
            begins=self.clock.time,
            ends=self.clock.time + datetime.timedelta(hours=hours),
            actor=Actor.stated("esdc-isb", "d.head"),
        )
        return given

    async def refer(self, ground: Ground = Ground.EMERGENCY, **changes: object) -> Referral:
        """A request that the policy refers."""
        form = EvidenceForm(ground, stated=("justification",), aim="life", texts={"circumstances": "CIRCUMSTANCES"})
        asked = self.world.request(ground=ground, form=form, agreement=None, received_at=self.clock.time, **changes)
        answer = await self.world.disclose(asked)
        assert isinstance(answer, Referred)
        return await self.found(answer.referral.id)

    async def found(self, referral: str) -> Referral:
        found = await self.referrals.find(referral)
        assert found is not None
        return found

    def last(self) -> Mapping[str, object]:
        return self.world.log.private()

    def call(self, party: str = "ircc-cpn", key: str = "collect-1") -> Call:
        return Call(party, bytes(32), "key-1", f"again-{len(self.world.log.submissions)}-{key}", key)


def desk(decide: Callable[[DecisionQuery], Decision] = rule) -> Desk:
    made = world([{"uci": "0000-0001", "status": "open", "notes": "NOTES", "do_not_disclose": False}], decide, RULES)
    clock, drafts, addresses, banners = SetClock(), Drafts(), Addresses(), Banners()
    cases = SimulatedCases(made.log)
    referrals = ReferralRegister(cases)
    delegations = Delegations(
        cases,
        made.log,
        clock,
        organizations=ORGANIZATIONS,
        provisions=frozenset({"DESDA-37", "PA-19-22-25-26", "PA-8-2-m", "PA-8-2-c"}),
        staff_token=staff_token,
    )
    deciding = Deciding(
        referrals=referrals,
        archive=made.log,
        delegations=delegations,
        releasing=Releasing(made.engine, Register({AGREEMENT.id: AGREEMENT}), drafts, addresses, banners, RULES),
        rules=RULES,
        organizations=ORGANIZATIONS,
        log=made.log,
        clock=clock,
        staff_token=staff_token,
    )
    collecting = Collecting(referrals, made.log, cases, made.disclose, clock)
    failures: list[Exception] = []
    ticking = ReferralClock(cases, made.log, clock, failures.append)
    return Desk(
        made, clock, drafts, addresses, banners, delegations, deciding, collecting, ticking, referrals, failures
    )


def determined(*elements: str, under: tuple[str, ...] = ("DESDA-37", "PA-8-2-m")) -> Determination:
    forms = {name: Form(FormKind.SCRUB if name == "notes" else FormKind.PLAIN) for name in elements}
    return Determination(under, forms)
