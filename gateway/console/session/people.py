"""The people of the sandbox, one for each role: whoever is on this machine picks one.

Invariant: used in a sandbox on a loopback address alone (`gateway.console.app` refuses otherwise).
"""

from dataclasses import dataclass
from typing import Final

from gateway.domain.actor import Actor, Identified, Role


@dataclass(frozen=True, slots=True)
class Person:
    """Invented. `task` is a key of the words of the sign-in page."""

    officer: str
    name: str
    unit: str
    roles: frozenset[Role]
    task: str

    def actor(self) -> Actor:
        return Actor(self.officer, self.unit, self.roles, Identified.STATED)


PEOPLE: Final = (
    Person("r.roy", "Robin Roy", "esdc-isb", frozenset({Role.PRIVACY_OFFICER, Role.DELEGATED_HEAD}), "task-privacy"),
    Person("d.levesque", "Dominique Lévesque", "esdc-isb", frozenset({Role.DELEGATED_HEAD}), "task-head"),
    Person("p.singh", "Priya Singh", "esdc-isb", frozenset({Role.PRIVACY_OFFICER}), "task-second"),
    Person("e.chen", "Emery Chen", "esdc-isb", frozenset({Role.POLICY_EDITOR}), "task-editor"),
    Person("a.diallo", "Aminata Diallo", "esdc-isb", frozenset({Role.POLICY_APPROVER}), "task-approver"),
    Person("j.morin", "Jo Morin", "esdc-isb", frozenset({Role.POLICY_PUBLISHER}), "task-publisher"),
    Person("o.tremblay", "Odile Tremblay", "opc-audit", frozenset({Role.AUDITOR}), "task-auditor"),
    Person("k.admin", "Kim Nguyen", "esdc-isb", frozenset({Role.ADMINISTRATOR}), "task-admin"),
    Person("s.haddad", "Samir Haddad", "esdc-isb", frozenset({Role.ADMINISTRATOR}), "task-second-admin"),
    Person("m.okafor", "Mara Okafor", "on-mlitsd-labour-inspection", frozenset({Role.PRIVACY_OFFICER}), "task-ontario"),
)
