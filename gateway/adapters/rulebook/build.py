"""From checked files to the domain's types and to the policy's data document.

Invariant: the policy's data holds codes, dates and units only; labels, texts and agreements stay out of it, so that a
decision costs the same however many agreements there are. Expects files without errors.
"""

import base64
import hashlib
import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Final

from audit.canonical import encode
from gateway.adapters.rulebook.files import Files, Item
from gateway.domain.agreement import AgreementVersion
from gateway.domain.due import OTTAWA
from gateway.domain.element import Catalogue, Element, RecordType, Sensitivity
from gateway.domain.identifiers import DeclaredScheme
from gateway.domain.party import OrganizationId, OrganizationKind, Parties, Unit, UnitId

AGREEMENT: Final = "agreement"
_REGIME: Final = ("collects", "collected_under", "kept_under")
_OBLIGATION: Final = ("on", "due_days", "citations", "grounds")
_PURPOSE: Final = ("programs", "law", "kind", "administrative", "consistent_uses", "notice")


def digest(value: object) -> str:
    """SHA-256 of the canonical JSON, base64url without padding (43 characters)."""
    return base64.urlsafe_b64encode(hashlib.sha256(encode(value)).digest()).rstrip(b"=").decode("ascii")


def rule_name(provision: str) -> str:
    """The folder and package of the rule that decides on a provision: `DESDA-36.2` is `desda_36_2`."""
    return provision.lower().replace("-", "_").replace(".", "_")


def authority(value: Mapping[str, Any]) -> Mapping[str, Any]:
    """A provision as its file has it, with its section in both languages also where the file writes it once."""
    section = value["section"]
    return {**value, "section": {"en": section, "fr": section} if isinstance(section, str) else section}


def parties(files: Files) -> Parties:
    return Parties({UnitId(name): _unit(item, unit) for name, (item, _, unit) in files.units().items()})


def _unit(organization: Item, unit: dict[str, Any]) -> Unit:
    return Unit(
        id=UnitId(unit["id"]),
        organization=OrganizationId(organization.value["id"]),
        kind=OrganizationKind(organization.value["kind"]),
        name_en=f"{organization.value['name']['en']}, {unit['name']['en']}",
        name_fr=f"{organization.value['name']['fr']}, {unit['name']['fr']}",
        institution_en=organization.value["name"]["en"],
        institution_fr=organization.value["name"]["fr"],
        regimes=tuple(unit.get("regimes", organization.value["regimes"])),
        roles=frozenset(role["role"] for role in unit.get("roles", [])),
        acts_for=frozenset(UnitId(other) for other in unit.get("acts_for", [])),
    )


def catalogue(files: Files) -> Catalogue:
    return Catalogue({name: _record_type(item.value) for name, item in files.all("record-type").items()})


def _record_type(value: dict[str, Any]) -> RecordType:
    return RecordType(
        id=value["id"],
        label_en=value["name"]["en"],
        label_fr=value["name"]["fr"],
        custodian=value["custodian"],
        system=value["system"],
        program=value["program"],
        regime=value["regime"],
        information_bank=value["information_bank"]["id"],
        personal=value["personal"],
        subject=value["subject"],
        identifiers=dict(value["identifiers"]),
        filters=tuple(value["filters"]),
        attributes=dict(value["attributes"]),
        elements={element["name"]: _element(element, value["regime"]) for element in value["elements"]},
    )


def schemes(files: Files) -> dict[str, DeclaredScheme]:
    return {
        name: DeclaredScheme(re.compile(item.value["pattern"]), item.value["normalize"])
        for name, item in files.all("identifier_schemes").items()
    }


def _element(value: dict[str, Any], regime: str) -> Element:
    return Element(
        name=value["name"],
        type=value["type"],
        sensitivity=Sensitivity(value["sensitivity"]),
        label_en=value["label"]["en"],
        label_fr=value["label"]["fr"],
        regime=value.get("regime", regime),
        options=tuple(value.get("options", ())),
        max_length=value.get("max_length"),
        business_identity=value.get("business_identity", False),
    )


def agreement(item: Item) -> AgreementVersion:
    value = item.value
    return AgreementVersion(
        id=value["id"],
        version=value["version"],
        digest=digest(value),
        effective=date.fromisoformat(value["term"]["effective"]),
        expiry=date.fromisoformat(value["term"]["expiry"]),
        parties=tuple(sorted(unit for party in value["parties"] for unit in party["units"])),
        document=value,
        time_zone=value["term"].get("time_zone", OTTAWA.key),  # versions that are kept from before state none
    )


def policy_data(files: Files) -> dict[str, Any]:
    """The document that the policy reads as `data`: register, parties, catalogue."""
    return {
        "register": {
            "regimes": {
                name: {
                    "requires": sorted(item.value["requires"], key=files.evaluation_order.index),
                    **{member: item.value[member] for member in _REGIME if member in item.value},
                }
                for name, item in files.all("regimes").items()
            },
            "purposes": {
                name: {member: item.value[member] for member in _PURPOSE}
                for name, item in files.all("purposes").items()
            },
            "obligations": {
                name: {member: item.value[member] for member in _OBLIGATION if member in item.value}
                for name, item in files.all("obligations").items()
            },
            "authorities": {name: _policy_authority(item.value) for name, item in files.all("authority").items()},
            "prohibitions": _enforced(files, "forbids"),
            "duties": _enforced(files, "obliges"),
            "grounds": _by_ground(files),
            "lifting": _lifting(files),
            "over_banner": sorted(name for name, item in files.all("grounds").items() if item.value["over_banner"]),
        },
        "parties": {name: _policy_unit(item.value, unit) for name, (item, _, unit) in files.units().items()},
        "catalogue": {name: _policy_record_type(item.value) for name, item in files.all("record-type").items()},
    }


def _enforced(files: Files, effect: str) -> list[str]:
    """Provisions with a rule, in the order of evaluation: the specific Act speaks before the general one."""
    rows = {name: item.value for name, item in files.all("authority").items()}
    found = [name for name, row in rows.items() if row["enforced"] and row["effect"] == effect]
    return sorted(found, key=lambda name: (files.evaluation_order.index(rows[name]["regimes"][0]), name))


def grounds_of(row: Mapping[str, Any]) -> Sequence[str]:
    """The grounds on which a provision counts."""
    grounds: Sequence[str] = row.get("grounds", (AGREEMENT,))
    return grounds


def _by_ground(files: Files) -> dict[str, list[str]]:
    """On each ground but an agreement, the provisions under which an element may go. A ground that none knows how to
    open is there too, so that the policy tells it from one it does not know."""
    found: dict[str, list[str]] = {}
    for name, item in files.all("authority").items():
        for ground in grounds_of(item.value):
            opens = item.value["enforced"] and item.value["effect"] == "permits"
            found.setdefault(ground, []).extend([name] if opens else [])
    del found[AGREEMENT]
    return {ground: sorted(names) for ground, names in sorted(found.items())}


def _lifting(files: Files) -> dict[str, dict[str, list[str]]]:
    """On each ground, the provisions that lift each prohibition."""
    found: dict[str, dict[str, list[str]]] = {}
    for name, item in files.all("authority").items():
        for other in item.value.get("parameters", {}).get("exceptions", ()):
            for ground in grounds_of(files.all("authority")[other].value):
                found.setdefault(ground, {}).setdefault(name, []).append(other)
    return found


def _policy_authority(value: dict[str, Any]) -> dict[str, Any]:
    members = ("regimes", "effective", "obligations", "reason", "parameters", "grounds")
    return {"rule": rule_name(value["id"])} | {name: value[name] for name in members if name in value}


def _policy_unit(organization: dict[str, Any], unit: dict[str, Any]) -> dict[str, Any]:
    return {
        "organization": organization["id"],
        "kind": organization["kind"],
        "regimes": unit.get("regimes", organization["regimes"]),
        "programs": unit["programs"],
        "roles": unit.get("roles", []),
        "acts_for": unit.get("acts_for", []),
        "engaged_by": unit.get("engaged_by", []),
        "accredited": unit.get("accredited", organization.get("accredited")),
        **({"bylaw_days": organization["kept_by_bylaw"]["days"]} if "kept_by_bylaw" in organization else {}),
    }


def _policy_record_type(value: dict[str, Any]) -> dict[str, Any]:
    members = ("category", "published", "finding", "reprisal_sensitive", "business_identity", "needs", "personal_if")
    return {
        "custodian": value["custodian"],
        "program": value["program"],
        "regime": value["regime"],
        "information_bank": value["information_bank"]["id"],
        "recipients": value["information_bank"].get("recipients", []),
        "personal": value["personal"],
        "attributes": sorted(value["attributes"]),
        "elements": {
            element["name"]: {
                "sensitivity": element["sensitivity"],
                "regime": element.get("regime", value["regime"]),
                **{name: element[name] for name in members if name in element},
                **({"states_finding": True} if element["name"] == value["attributes"].get("finding_status") else {}),
            }
            for element in value["elements"]
        },
    }
