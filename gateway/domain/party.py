"""Parties: organizations, their units and the legal regime each unit discloses and collects under.

A unit is the smallest thing the law distinguishes (Privacy Regulations, Schedule II lists units, not
departments). Does not know keys, agreements or records.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NewType

UnitId = NewType("UnitId", str)
OrganizationId = NewType("OrganizationId", str)


class OrganizationKind(StrEnum):
    """What the law tells apart. A `first-nation-government` is a council or government that Privacy Act 8(2)(f)(iv) to
    (vii.1) lists; an `international-organization` one of states, or established by them."""

    FEDERAL = "federal"
    PROVINCE = "province"
    MUNICIPAL = "municipal"
    SOCIAL_SERVICES_BOARD = "social-services-board"
    FOREIGN_STATE = "foreign-state"
    INTERNATIONAL_ORGANIZATION = "international-organization"
    FIRST_NATION_GOVERNMENT = "first-nation-government"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Unit:
    """One unit of an organization.

    `name_en` and `name_fr` are the organization's name and the unit's, `institution_en` and `institution_fr` the
    organization's alone, for a letter that must not say which program it comes from. `acts_for` names the units whose
    requests this unit's systems may send besides its own.
    """

    id: UnitId
    organization: OrganizationId
    kind: OrganizationKind
    name_en: str
    name_fr: str
    institution_en: str
    institution_fr: str
    regimes: tuple[str, ...]
    roles: frozenset[str] = field(default_factory=frozenset)
    acts_for: frozenset[UnitId] = field(default_factory=frozenset)


@dataclass(frozen=True, slots=True)
class Parties:
    """Every unit by its id."""

    units: Mapping[UnitId, Unit]

    def find(self, unit: str) -> Unit | None:
        return self.units.get(UnitId(unit))
