"""Who may make which staff call: one table, by the name of the call.

Invariants: a call without a row is made by nobody; a refusal names the roles that may, never what was asked or by whom.
`own_institution` says that a call reaches what concerns the institution of the actor alone: their unit has to be one of
the register (checked here), and the use case holds it against what the call concerns.
Does not: find out who somebody is (`gateway.staff.identity`).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final, Literal

from gateway.domain.actor import Actor, Role
from gateway.domain.errors import GatewayError
from gateway.service.words.acting import IDENTITY, ROLES, USUAL_UNIT
from gateway.staff.proof import ProofError

Part = Literal["unit", "officer"]
_BOTH: Final[tuple[Part, ...]] = ("unit", "officer")


@dataclass(frozen=True, slots=True)
class Rule:
    """`roles` may make the call; `known` is what has to be known of the actor, nothing for a list that names nobody.
    `binds`: whoever was signed in has to have proven within the last minutes who they are."""

    roles: frozenset[Role]
    own_institution: bool = False
    known: tuple[Part, ...] = _BOTH
    binds: bool = False


def _rule(*roles: Role, own: bool = False, known: tuple[Part, ...] = _BOTH, binds: bool = False) -> Rule:
    return Rule(frozenset(roles), own, known, binds)


_PRIVACY: Final = Role.PRIVACY_OFFICER
_HEAD: Final = Role.DELEGATED_HEAD
_AUDITOR: Final = Role.AUDITOR
_ADMIN: Final = Role.ADMINISTRATOR
_EDITOR: Final = Role.POLICY_EDITOR
_APPROVER: Final = Role.POLICY_APPROVER
_PUBLISHER: Final = Role.POLICY_PUBLISHER
_POLICY: Final = (_EDITOR, _APPROVER, _PUBLISHER)

RULES: Final[Mapping[str, Rule]] = {
    "referral.list": _rule(_PRIVACY, _HEAD, _AUDITOR, known=()),
    "referral.facts": _rule(_PRIVACY, _HEAD, _AUDITOR, known=()),
    "referral.show": _rule(_PRIVACY, _HEAD, own=True),
    "referral.take": _rule(_HEAD, own=True),
    "referral.release": _rule(_HEAD, own=True, binds=True),
    "referral.draft": _rule(_HEAD, own=True),
    "referral.refuse": _rule(_HEAD, own=True),
    "referral.review": _rule(_PRIVACY, _HEAD, own=True),
    "referral.tick": _rule(_PRIVACY, _HEAD, _ADMIN, known=()),
    "delegation.give": _rule(_PRIVACY, _HEAD, own=True, binds=True),
    "delegation.revoke": _rule(_PRIVACY, _HEAD, own=True, binds=True),
    "delegation.list": _rule(_PRIVACY, _HEAD, _AUDITOR, known=()),
    "delegation.show": _rule(_PRIVACY, _HEAD, _AUDITOR, known=()),
    "delegation.choices": _rule(_PRIVACY, _HEAD, _AUDITOR, known=()),
    "consent.find": _rule(_PRIVACY, own=True),
    "consent.register": _rule(_PRIVACY, own=True),
    "consent.withdraw": _rule(_PRIVACY, own=True),
    "hold.place": _rule(_PRIVACY, own=True),
    "hold.lift": _rule(_PRIVACY, own=True),
    "hold.list": _rule(_PRIVACY, _AUDITOR, known=()),
    "hold.show": _rule(_PRIVACY, _AUDITOR, known=()),
    "person.look-up": _rule(_PRIVACY),
    "person.erase": _rule(_PRIVACY, binds=True),
    "obligation.list": _rule(_PRIVACY, _HEAD, _AUDITOR, known=()),
    "obligation.show": _rule(_PRIVACY, _HEAD, own=True),
    "obligation.done": _rule(_PRIVACY, own=True),
    "obligation.agenda": _rule(_PRIVACY, _HEAD, _AUDITOR, known=()),
    "obligation.facts": _rule(_PRIVACY, _HEAD, _AUDITOR, known=()),
    "obligation.person": _rule(_PRIVACY, own=True),
    "obligation.done-each": _rule(_PRIVACY, own=True),
    "provision.show": _rule(_PRIVACY, _HEAD, _AUDITOR, _ADMIN, *_POLICY, known=()),
    "obligation.consistent-use": _rule(_PRIVACY, own=True),
    "breach.report": _rule(_PRIVACY, own=True, binds=True),
    "breach.list": _rule(_PRIVACY, _HEAD, _AUDITOR, known=()),
    "breach.facts": _rule(_PRIVACY, _HEAD, _AUDITOR, known=()),
    "breach.show": _rule(_PRIVACY, _HEAD, own=True),
    "breach.scope": _rule(_PRIVACY, own=True),
    "breach.people": _rule(_PRIVACY, own=True),
    "correction.record": _rule(_PRIVACY, own=True),
    "account.give": _rule(_PRIVACY, own=True),
    "key.propose": _rule(_ADMIN, known=("officer",)),
    "key.approve": _rule(_ADMIN, known=("officer",), binds=True),
    "key.revoke": _rule(_ADMIN, known=("officer",), binds=True),
    "key.signed": _rule(_PRIVACY, _AUDITOR, _ADMIN),
    "key.list": _rule(_PRIVACY, _AUDITOR, _ADMIN, known=()),
    "log.replay": _rule(_PRIVACY, _AUDITOR),
    "log.adopt": _rule(_ADMIN),
    "entry.explain": _rule(_PRIVACY, _HEAD, _AUDITOR, _ADMIN, *_POLICY, known=()),
    "entry.bytes": _rule(_PRIVACY, _HEAD, _AUDITOR, _ADMIN, *_POLICY, known=()),
    "entry.lines": _rule(_PRIVACY, _HEAD, _AUDITOR, _ADMIN, *_POLICY, known=()),
    "log.names": _rule(_PRIVACY, _HEAD, _AUDITOR, _ADMIN, *_POLICY, known=()),
    "log.standing": _rule(_PRIVACY, _HEAD, _AUDITOR, _ADMIN, *_POLICY, known=()),
    "log.integrity": _rule(_PRIVACY, _HEAD, _AUDITOR, _ADMIN, known=()),
    "log.check": _rule(_PRIVACY, _HEAD, _AUDITOR, _ADMIN, known=()),
    "log.check-begin": _rule(_PRIVACY, _AUDITOR, _ADMIN),
    "log.check-stop": _rule(_PRIVACY, _AUDITOR, _ADMIN),
    "log.export": _rule(_AUDITOR),
    "log.tile": _rule(_AUDITOR),
    "act.look-up": _rule(_PRIVACY, _AUDITOR),
    "rulebook.as-of": _rule(*_POLICY, _PRIVACY, _HEAD, _AUDITOR, _ADMIN, known=()),
    "rulebook.document": _rule(*_POLICY, _PRIVACY, _HEAD, _AUDITOR, _ADMIN, known=()),
    "unit.list": _rule(_PRIVACY, _HEAD, _AUDITOR, _ADMIN, *_POLICY, known=()),
    "record-type.list": _rule(_PRIVACY, _HEAD, _AUDITOR, _ADMIN, *_POLICY, known=()),
    "draft.list": _rule(*_POLICY, _PRIVACY, _AUDITOR, known=()),
    "draft.show": _rule(*_POLICY, _PRIVACY, _AUDITOR, known=()),
    "draft.open": _rule(_EDITOR, own=True),
    "draft.save": _rule(_EDITOR, own=True),
    "draft.submit": _rule(_EDITOR, own=True),
    "draft.withdraw": _rule(_EDITOR, own=True),
    "draft.approve": _rule(_APPROVER, own=True, binds=True),
    "draft.publish": _rule(_PUBLISHER, own=True, binds=True),
    "draft.schedule": _rule(_PUBLISHER, own=True, binds=True),
    "agreement.list": _rule(*_POLICY, _PRIVACY, _HEAD, _AUDITOR, _ADMIN, known=()),
    "agreement.history": _rule(*_POLICY, _PRIVACY, _HEAD, _AUDITOR, _ADMIN, known=()),
    "agreement.check": _rule(*_POLICY, _PRIVACY, _AUDITOR, _ADMIN, known=()),
    "agreement.agenda": _rule(*_POLICY, _PRIVACY, _HEAD, _AUDITOR, _ADMIN, known=()),
    "agreement.show": _rule(*_POLICY, _PRIVACY, _HEAD, _AUDITOR, _ADMIN, known=()),
    "agreement.diff": _rule(*_POLICY, _PRIVACY, _HEAD, _AUDITOR, known=()),
    "agreement.suspend": _rule(_HEAD, _APPROVER, _PUBLISHER, own=True, binds=True),
    "agreement.resume": _rule(_HEAD, _APPROVER, _PUBLISHER, own=True, binds=True),
    "agreement.terminate": _rule(_HEAD, _APPROVER, _PUBLISHER, own=True, binds=True),
    "projection.status": _rule(*_POLICY, _PRIVACY, _HEAD, _AUDITOR, _ADMIN, known=()),
    "projection.rebuild": _rule(_ADMIN, known=()),
    "projection.count": _rule(*_POLICY, _PRIVACY, _HEAD, _AUDITOR, known=()),
    "projection.group": _rule(*_POLICY, _PRIVACY, _HEAD, _AUDITOR, known=()),
    "projection.page": _rule(_PRIVACY, _HEAD, _AUDITOR, known=()),
    "projection.export": _rule(_PRIVACY, _AUDITOR),
    "agreements.coverage": _rule(*_POLICY, _PRIVACY, _HEAD, _AUDITOR, known=()),
    "simulation.begin": _rule(*_POLICY, _PRIVACY, own=True),
    "simulation.end": _rule(*_POLICY, _PRIVACY, own=True),
    "simulation.situation": _rule(*_POLICY, _PRIVACY, own=True),
    "simulation.run": _rule(*_POLICY, _PRIVACY, own=True),
    "simulation.show": _rule(*_POLICY, _PRIVACY, _AUDITOR, known=()),
    "simulation.stop": _rule(*_POLICY, _PRIVACY, own=True),
    "workshop.agreement": _rule(*_POLICY, _PRIVACY, _HEAD, _AUDITOR, _ADMIN, known=()),
    "workshop.names": _rule(*_POLICY, _PRIVACY, _HEAD, _AUDITOR, _ADMIN, known=()),
    "workshop.documents": _rule(*_POLICY, _PRIVACY, _AUDITOR, _ADMIN, known=()),
    "workshop.document": _rule(*_POLICY, _PRIVACY, _AUDITOR, _ADMIN, known=()),
    "draft.about": _rule(*_POLICY, _PRIVACY, _AUDITOR, known=()),
    "draft.since": _rule(*_POLICY, _PRIVACY, _AUDITOR, known=()),
    "draft.amend": _rule(_EDITOR, own=True),
    "draft.begin": _rule(_EDITOR, own=True),
    "draft.edit": _rule(_EDITOR, own=True),
    "flag.list": _rule(_PRIVACY, _HEAD, _AUDITOR, known=()),
    "flag.show": _rule(_PRIVACY, _HEAD, _AUDITOR, known=()),
    "flag.sign": _rule(_PRIVACY, _HEAD, own=True),
    "sample.list": _rule(_PRIVACY, _HEAD, _AUDITOR, known=()),
    "sample.show": _rule(_PRIVACY, _HEAD, _AUDITOR, known=()),
    "sample.review": _rule(_PRIVACY, own=True),
    "report.show": _rule(_PRIVACY, _HEAD, _AUDITOR, known=()),
    "report.export": _rule(_PRIVACY, _HEAD, _AUDITOR),
    "rulebook.files": _rule(*_POLICY, _PRIVACY, _AUDITOR, _ADMIN, known=()),
}


class NotAuthorizedError(GatewayError):
    """The actor has no role that may make the call."""

    code = "not-authorized"

    def __init__(self, roles: frozenset[Role]) -> None:
        self.facts: Mapping[str, Any] = {"roles": sorted(roles)}
        super().__init__(IDENTITY["en"][self.code].format(", ".join(ROLES["en"][role] for role in sorted(roles))))


class NotStatedError(GatewayError):
    """It is not known who acts: nobody said so, and the operating system's users are not mapped to officers."""

    code = "caller-not-stated"

    def __init__(self, missing: tuple[Part, ...]) -> None:
        example = " ".join({"unit": f"--unit {USUAL_UNIT}", "officer": "--officer r.roy"}[part] for part in missing)
        self.facts: Mapping[str, Any] = {"example": example}
        super().__init__(IDENTITY["en"][self.code].format(example))


class UnitUnknownError(GatewayError):
    """The unit of the actor is not one of the register of parties."""

    code = "party-unknown"

    def __init__(self) -> None:
        super().__init__(f"--unit: write a code of agreements/parties.yaml, such as {USUAL_UNIT}")


def require_fresh(call: str, *, fresh: bool) -> None:
    """`fresh`: whoever was signed in proved it within the last minutes. Raises ProofError where the call binds."""
    rule = RULES.get(call)
    if rule is not None and rule.binds and not fresh:
        raise ProofError("sign-in-again")


def authorize(call: str, actor: Actor, organizations: Mapping[str, str]) -> None:
    """Let the actor make the call. `organizations` is the institution of each unit.

    Raises NotAuthorizedError, NotStatedError, UnitUnknownError."""
    rule = RULES.get(call)
    roles = frozenset[Role]() if rule is None else rule.roles
    if rule is None or not roles & actor.roles:
        raise NotAuthorizedError(roles)
    missing = tuple(part for part in rule.known if not getattr(actor, part))
    if missing:
        raise NotStatedError(missing)
    if rule.own_institution and actor.unit not in organizations:
        raise UnitUnknownError
