"""What the law keeps back from a person's account of disclosures: a pure function of entry and private part.

Invariant: anyone who has the entry, its private part and the context gets the same answer, so that every line that is
held back can be justified years later, by section: requests of investigative bodies (Privacy Act 8(2)(e), 9(2), 22),
confidences of other governments (19), safety (25), another person's information (26), security of Canada (21, 22), and
their counterparts for Ontario's ministries (FIPPA 49) and municipalities (MFIPPA 38).
Does not: exercise discretion. What a person would weigh beyond these rules is for the officer before the letter goes.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final, Literal

from audit.entry import Entry
from gateway.domain.element import Catalogue, Sensitivity
from gateway.domain.party import Parties
from gateway.domain.request import SubjectIdentifier

AccessLaw = Literal["privacy-act", "fippa", "mfippa"]
"""The Act under which a person has access to what an institution holds about them."""

ABOUT_DISCLOSURE: Final = frozenset({"disclosure", "redelivery", "denial", "referral"})
"""Kinds of entry that are about a disclosure, made or asked for; everything else is the work of staff."""

SECTIONS: Final[Mapping[str, Mapping[AccessLaw, str]]] = {
    "investigative-request": {"privacy-act": "8(2)(e), 9(2), 22", "fippa": "14, 49(a)", "mfippa": "8, 38(a)"},
    "security": {"privacy-act": "21, 22", "fippa": "14, 49(a)", "mfippa": "8, 38(a)"},
    "in-confidence": {"privacy-act": "19(1)", "fippa": "15, 49(a)", "mfippa": "9(1), 38(a)"},
    "safety": {"privacy-act": "25", "fippa": "20, 49(a)", "mfippa": "13, 38(a)"},
    "another-person": {"privacy-act": "26", "fippa": "21, 49(b)", "mfippa": "14, 38(b)"},
    "not-readable": {"privacy-act": "25, 26", "fippa": "20, 21, 49", "mfippa": "13, 14, 38"},
}
"""By reason, the sections that keep a line back."""


@dataclass(frozen=True, slots=True)
class HoldBack:
    """Why a line does not leave: a reason of `SECTIONS`, the Act and its sections."""

    reason: str
    law: AccessLaw
    sections: str

    @classmethod
    def of(cls, reason: str, law: AccessLaw) -> "HoldBack":
        """The reason with its sections of the Act."""
        return cls(reason, law, SECTIONS[reason][law])


@dataclass(frozen=True, slots=True)
class AccountContext:
    """What the account is judged with besides the entries. `identifiers` are all that are known to be the person's;
    `answering` is the unit that answers, whose Act applies where an entry names no custodian."""

    identifiers: tuple[SubjectIdentifier, ...] = field(repr=False)
    parties: Parties
    catalogue: Catalogue
    answering: str

    def law_of(self, unit: str | None) -> AccessLaw:
        """The Act under which a person asks this unit; the answering unit's where that is not known."""
        return self._law_of(unit) or self._law_of(self.answering) or "privacy-act"

    def _law_of(self, unit: str | None) -> AccessLaw | None:
        known = None if unit is None else self.parties.find(unit)
        regimes = known.regimes if known else ()
        if "mfippa" in regimes:
            return "mfippa"
        if "fippa" in regimes:
            return "fippa"
        return "privacy-act" if "privacy-act" in regimes else None


def hold_back(entry: Entry, private: Mapping[str, Any] | None, context: AccountContext) -> HoldBack | None:
    """Why the person is not told of this entry, or None. `private` is its private part, None where it was erased."""
    reason = _reason(entry, private, context)
    return None if reason is None else HoldBack.of(reason, context.law_of(entry.custodian))


def held_elements(entry: Entry, context: AccountContext) -> tuple[str, ...]:
    """Disclosed elements that are about someone else: naming them would tell the person that there is someone else
    (a tipster, a witness), so the line leaves without them."""
    known = context.catalogue.find(entry.record_type or "")
    elements = known.elements if known else {}
    return tuple(
        item.element
        for item in entry.disclosed
        if item.element in elements and elements[item.element].sensitivity is Sensitivity.THIRD_PARTY
    )


def _reason(entry: Entry, private: Mapping[str, Any] | None, context: AccountContext) -> str | None:
    if entry.ground == "investigative-request":
        return "investigative-request"
    if entry.ground == "national-security":
        return "security"
    if private is None:
        return "not-readable"
    if _seen(private, "in_confidence") or "in-confidence" in private.get("reasons", ()):
        return "in-confidence"
    if entry.kind == "referral" or _protected(private):
        return "safety"
    only_others = bool(entry.disclosed) and len(held_elements(entry, context)) == len(entry.disclosed)
    return "another-person" if only_others or _about_another(private, context) else None


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
