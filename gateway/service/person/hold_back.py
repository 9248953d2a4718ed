"""What the law keeps back from a person's account of disclosures: a pure function of entry and private part.

Invariant: anyone who has the entry, its private part and the context gets the same answer, so that every line that is
held back can be justified years later, by section: requests of investigative bodies (Privacy Act 8(2)(e), 9(2), 22),
law enforcement on another ground (22(1)(b)), confidences of other governments (19), safety (25), another person's
information (26), security of Canada (21, 22), and their counterparts for Ontario's ministries (FIPPA 49) and
municipalities (MFIPPA 38). The Act is that of the institution that answers.
Does not: exercise discretion (`gateway.service.person.discretion`); what it can, and what never, is told is said here.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from audit.entry import Entry
from gateway.domain.access_law import AccessLaw, access_law
from gateway.domain.element import Catalogue, Element, Sensitivity
from gateway.domain.party import Parties
from gateway.domain.target import SubjectIdentifier

ABOUT_DISCLOSURE: Final = frozenset({"disclosure", "redelivery", "denial", "referral"})
"""Kinds of entry that are about a disclosure, made or asked for; everything else is the work of staff."""

SECTIONS: Final[Mapping[str, Mapping[AccessLaw, str]]] = {
    "investigative-request": {"privacy-act": "8(2)(e), 9(2), 22", "fippa": "14, 49(a)", "mfippa": "8, 38(a)"},
    "security": {"privacy-act": "21, 22", "fippa": "14, 49(a)", "mfippa": "8, 38(a)"},
    "law-enforcement": {"privacy-act": "22(1)(b)", "fippa": "14, 49(a)", "mfippa": "8, 38(a)"},
    "in-confidence": {"privacy-act": "19(1)", "fippa": "15, 49(a)", "mfippa": "9(1), 38(a)"},
    "safety": {"privacy-act": "25", "fippa": "20, 49(a)", "mfippa": "13, 38(a)"},
    "another-person": {"privacy-act": "26", "fippa": "21, 49(b)", "mfippa": "14, 38(b)"},
}
"""By reason, the sections that keep a line back."""

UNREADABLE: Final = "officer-must-decide"
PENDING: Final = "pending"
BY_OFFICER: Final = "officer-decided"
WITHOUT_SECTION: Final = frozenset({UNREADABLE, PENDING, BY_OFFICER})
"""Reasons that no section names: the private part is erased or the catalogue no longer knows what left, so that nobody
can say whether one applies; the request waits for a person's decision; the officer who answers holds the line back."""

TELLABLE: Final = frozenset({"law-enforcement", "in-confidence", "safety", UNREADABLE})
"""Reasons that leave the officer discretion; of the others nothing is ever told."""

LAW_ENFORCEMENT: Final = frozenset({"investigate", "security"})
"""Kinds of purpose of which an account could tip off the person."""


@dataclass(frozen=True, slots=True)
class HoldBack:
    """Why a line does not leave: the reason, the Act and its sections, empty where no section names it."""

    reason: str
    law: AccessLaw
    sections: str

    @classmethod
    def of(cls, reason: str, law: AccessLaw) -> "HoldBack":
        """The reason with its sections of the Act."""
        return cls(reason, law, SECTIONS[reason][law] if reason in SECTIONS else "")


@dataclass(frozen=True, slots=True)
class AccountContext:
    """What the account is judged with besides the entries. `identifiers` are all that are known to be the person's;
    `kinds` are the kinds of the purposes; `answering` is the unit that answers, whose Act applies."""

    identifiers: tuple[SubjectIdentifier, ...] = field(repr=False)
    parties: Parties
    catalogue: Catalogue
    kinds: Mapping[str, str]
    answering: str

    @property
    def law(self) -> AccessLaw:
        """The Act of the answering unit. Raises ValueError for a unit that is under none."""
        law = access_law(self.parties.find(self.answering))
        if law is None:
            raise ValueError("the answering unit is under no access law")
        return law

    def concerns(self, entry: Entry) -> bool:
        """Whether the answering institution asked, held or received: the rest is for others to tell."""
        own = self._organization(self.answering)
        units = (entry.requester, entry.custodian, entry.recipient)
        return own is not None and any(self._organization(unit) == own for unit in units)

    def _organization(self, unit: str | None) -> str | None:
        known = None if unit is None else self.parties.find(unit)
        return known.organization if known else None


def hold_back(entry: Entry, private: Mapping[str, Any] | None, context: AccountContext) -> HoldBack | None:
    """Why the person is not told of this entry, or None. `private` is its private part, None where it was erased."""
    found = reasons(entry, private, context)
    return HoldBack.of(found[0], context.law) if found else None


def reasons(entry: Entry, private: Mapping[str, Any] | None, context: AccountContext) -> tuple[str, ...]:
    """Every reason why the person is not told of this entry, the one that is given first."""
    found = {
        "investigative-request": entry.ground == "investigative-request",
        "security": entry.ground == "national-security",
        "law-enforcement": entry.ground == "court-order" or context.kinds.get(entry.purpose or "") in LAW_ENFORCEMENT,
    }
    others, unknown = held_elements(entry, context), unknown_elements(entry, context)
    nothing_else = bool(entry.disclosed) and len(others) + len(unknown) == len(entry.disclosed)
    found[UNREADABLE] = private is None or (nothing_else and bool(unknown))
    if private is not None:
        found["in-confidence"] = _seen(private, "in_confidence") or "in-confidence" in private.get("reasons", ())
        found["safety"] = _protected(private)
        found["another-person"] = (nothing_else and not unknown) or _about_another(private, context)
    return tuple(reason for reason, applies in found.items() if applies)


def held_elements(entry: Entry, context: AccountContext) -> tuple[str, ...]:
    """Disclosed elements that are about someone else: naming them would tell the person that there is someone else
    (a tipster, a witness), so the line leaves without them."""
    elements = _elements(entry, context)
    return tuple(
        item.element for item in entry.disclosed if item.element in elements and _someone_else(elements[item.element])
    )


def unknown_elements(entry: Entry, context: AccountContext) -> tuple[str, ...]:
    """Disclosed elements that the catalogue does not know any more: they may be about anybody, so the line leaves
    without them unless the officer tells it."""
    elements = _elements(entry, context)
    return tuple(item.element for item in entry.disclosed if item.element not in elements)


def _elements(entry: Entry, context: AccountContext) -> Mapping[str, Element]:
    known = context.catalogue.find(entry.record_type or "")
    return known.elements if known else {}


def _someone_else(element: Element) -> bool:
    """Staff in their official capacity are not (Privacy Act 3(j), MFIPPA 2(2.1))."""
    official = element.type == "staff-id" or element.business_identity
    return element.sensitivity is Sensitivity.THIRD_PARTY and not official


def _protected(private: Mapping[str, Any]) -> bool:
    reasons = private.get("reasons", ())
    return private.get("outcome") == "protected" or "record-protected" in reasons or _seen(private, "do_not_disclose")


def _seen(private: Mapping[str, Any], attribute: str) -> bool:
    """Whether a decision on any of the records saw this attribute as true."""
    return any(item.get("attributes", {}).get(attribute) is True for item in private.get("judged", ()))


def _about_another(private: Mapping[str, Any], context: AccountContext) -> bool:
    """The request named someone else under a scheme that the person has an identifier of: the person is only named in
    the other's record."""
    asked = private.get("subject")
    if not asked:
        return False
    same = [one.value for one in context.identifiers if one.scheme == asked["scheme"]]
    return bool(same) and asked["value"] not in same
