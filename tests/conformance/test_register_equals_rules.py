"""Every provision of the law register is restated, and every one that decides has a rule and tests of its own.

The law register is `../shared/law/authorities.yaml`, written by others; a row of it may be several of ours.
"""

import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml

from gateway.adapters.packaged import packaged
from gateway.adapters.rulebook.build import rule_name
from gateway.adapters.rulebook.load import load
from gateway.domain.ground import Ground

RULES = packaged("policies") / "authority"

SPLIT: Mapping[str, tuple[str, ...]] = {
    "PA-8-1": ("PA-8-1", "PA-8-1-consent"),
    "PA-9": ("PA-9", "PA-9-4"),
    "PA-12": ("PA-12", "PA-12-2-c", "PA-12-2-c-ii"),
    "CUST-107-6-9": ("CUST-107-6-9", "CUST-107-8", "CUST-107-9", "CUST-107-10"),
    "DESDA-34.1": ("DESDA-34.1", "DESDA-34.1-2", "DESDA-34.2", "DESDA-34.2-access"),
    "DESDA-33": ("DESDA-33", "DESDA-33-2"),
    "DESDA-40": ("DESDA-40", "DESDA-40-exception"),
    "DCI-5.5": ("DCI-5.5", "DCI-5.5-2"),
    "IRPR-209.95-209.996": ("IRPR-209.95-209.996", "IRPR-209.95-label"),
    "MF-14": ("MF-14", "MF-14-exceptions", "MF-19", "MF-19-B97"),
    "MF-36": ("MF-36", "MF-36-2-c"),
    "TBS-ISA": ("TBS-ISA", "TBS-ISA-purpose"),
    "SEC-CAT": ("SEC-CAT", "SEC-CAT-environment"),
    "MF-32-i-l": ("MF-32-i-l", "MF-32-j-k"),
    "MF-32-e": ("MF-32", "MF-32-e"),
    "FIPPA-42": (
        *(
            "FIPPA-26",
            "FIPPA-26-B97",
            "FIPPA-38-39",
            "FIPPA-41",
            "FIPPA-42",
            "FIPPA-42-1-b",
            "FIPPA-42-1-c",
            "FIPPA-42-1-d",
            "FIPPA-42-1-e",
        ),
        *(
            "FIPPA-42-1-f-g",
            "FIPPA-42-1-h",
            "FIPPA-42-1-i",
            "FIPPA-42-1-j",
            "FIPPA-42-1-l-m",
            "FIPPA-42-1-n",
            "FIPPA-46",
            "FIPPA-47",
            "FIPPA-47-2-c",
            "FIPPA-R460-5",
        ),
    ),
}
"""Rows of the law register that are several provisions here; every other one keeps its id."""

OTHER_LAWS = {
    "QC-59",
    "QC-64",
    "QC-consent",
    "QC-emergency",
    "BC-26",
    "BC-33",
    "BC-consent",
    "BC-emergency",
    "AB-4",
    "AB-13",
    "AB-consent",
    "AB-emergency",
    "PIPEDA-5",
    "PIPEDA-consent",
    "PIPEDA-emergency",
    "QCP-13",
    "QCP-consent",
    "QCP-emergency",
    "BCP-6",
    "BCP-consent",
    "BCP-emergency",
    "ABP-7",
    "ABP-consent",
    "ABP-emergency",
    "PHIPA-29",
    "PHIPA-consent",
    "PHIPA-emergency",
}
"""Provisions of other provinces, of private providers and of health custodians; each row says what was read."""

OURS = {"AGA-13-1", "CTR-SP", "FIPPA-2-2", "FOR-LAW", "GW-REPRISAL", "MF-2-2", "PA-3-m", "PA-34-2"} | OTHER_LAWS
"""Not among the law's rows: a contract, a recipient's own law, the gateway's policy, what the second reading adds."""

HEADS: Mapping[tuple[str, str], str] = {
    ("permits", "discloser"): "permits",
    ("permits", "recipient"): "collects",
    ("permits", "both"): "permits",
    ("forbids", "discloser"): "forbids",
    ("forbids", "recipient"): "forbids",
    ("obliges", "discloser"): "obliges",
    ("obliges", "recipient"): "obliges",
    ("obliges", "both"): "obliges",
    ("defines", "both"): "listed",
}
"""What a rule must define, by effect and side."""


@pytest.fixture(scope="module")
def law(shared_data: Path) -> dict[str, Any]:
    text = (shared_data.parent / "law" / "authorities.yaml").read_text(encoding="utf-8")
    content: dict[str, Any] = yaml.safe_load(text)
    return content


def rows(law: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {row["id"]: row for row in law["authorities"]}


def declared(folder: Path) -> str:
    text = (folder / f"{folder.name}.rego").read_text(encoding="utf-8")
    found = re.search(r"^#   provision: (\S+)$", text, re.MULTILINE)
    assert found, folder.name
    return found[1]


def test_rules_and_register_are_equal() -> None:
    enforced = {name for name, provision in load().authorities.items() if provision["enforced"]}
    assert {declared(folder) for folder in RULES.iterdir()} == enforced


def test_every_rule_decides_what_the_register_says() -> None:
    provisions = load().authorities
    for folder in RULES.iterdir():
        name = declared(folder)
        assert folder.name == rule_name(name)
        text = (folder / f"{folder.name}.rego").read_text(encoding="utf-8")
        assert f"package sharing.authority.{folder.name}\n" in text
        heads = {head for head in HEADS.values() if re.search(rf"^{head}\b", text, re.MULTILINE)}
        assert heads == {HEADS[provisions[name]["effect"], provisions[name]["side"]]}, name


def test_every_rule_has_a_test_that_holds_and_one_that_just_misses() -> None:
    for folder in RULES.iterdir():
        text = (folder / f"{folder.name}_test.rego").read_text(encoding="utf-8")
        assert re.search(r"== \{\"|\bif ask\(|^\t\w+\.(collects|listed) with", text, re.MULTILINE), folder.name
        assert re.search(r"== set\(\)|\bif not ask\(|^\tnot ", text, re.MULTILINE), folder.name


def test_the_register_is_packed_by_effect() -> None:
    """The lists from which the decision finds prohibitions and duties are those of the register."""
    rulebook = load()
    packed = rulebook.policy_data["register"]
    for effect, name in (("forbids", "prohibitions"), ("obliges", "duties")):
        expected = {key for key, row in rulebook.authorities.items() if row["enforced"] and row["effect"] == effect}
        assert set(packed[name]) == expected
        assert expected
    order = [packed["prohibitions"].index(name) for name in ("CUST-107-1-2", "DESDA-32", "GW-REPRISAL", "PA-8-1")]
    assert order == sorted(order), "the specific Act before the general one"


def test_every_provision_that_a_clause_or_reason_cites_exists() -> None:
    provisions = set(load().authorities)
    sources = "\n".join(path.read_text(encoding="utf-8") for path in packaged("policies").rglob("*.rego"))
    cited = set(re.findall(r'"((?:PA|DESDA|CUST|MF|FIPPA|IRPR|DCI|PR)-[A-Z0-9a-z.-]+)"', sources)) - {"PA-999"}
    assert cited <= provisions, cited - provisions


def rule(name: str, suffix: str = "") -> str:
    folder = RULES / rule_name(name)
    return (folder / f"{folder.name}{suffix}.rego").read_text(encoding="utf-8")


def test_whatever_permits_forbids_or_obliges_is_enforced() -> None:
    """By a rule of its own; a duty that no decision can enforce names what upholds it instead."""
    for name, provision in load().authorities.items():
        if provision["effect"] in {"permits", "forbids", "obliges"}:
            assert provision["enforced"] != ("upheld_by" in provision), name


def test_every_provision_of_another_ground_says_who_decides_and_its_rule_knows_the_ground() -> None:
    provisions = {name: row for name, row in load().authorities.items() if "grounds" in row}
    assert {ground for row in provisions.values() for ground in row["grounds"]} == {str(ground) for ground in Ground}
    for name, provision in provisions.items():
        assert provision["decided_by"] in {"rule", "person"}, name
        if provision["effect"] != "permits":
            continue
        opens = re.search(r"^reaches contains", rule(name), re.MULTILINE)
        assert opens, name
        decides = re.search(rf'(determination\.releases|own_information\.goes)\("{name}", name\)', rule(name))
        assert bool(decides) == (provision["decided_by"] == "person" or "own-information" in provision["grounds"]) or (
            name == "PA-8-2-b"
        ), name


def test_every_provision_is_tried_on_each_of_its_grounds() -> None:
    for name, provision in load().authorities.items():
        for ground in provision.get("grounds", []):
            tried = "(testing." if ground == "agreement" else f'"{ground}"'
            if name not in {"CUST-107-1-2", "PA-SCHED-II"}:
                assert tried in rule(name, "_test"), (name, ground)


def test_a_prohibition_is_lifted_by_what_permits_under_its_own_regime() -> None:
    provisions = load().authorities
    excepted = {
        name: row["parameters"]["exceptions"]
        for name, row in provisions.items()
        if "exceptions" in row.get("parameters", {})
    }
    assert {"CUST-107-1-2", "DESDA-32", "FIPPA-42", "MF-32", "PA-8-1"} <= set(excepted)
    for name, exceptions in excepted.items():
        for other in exceptions:
            assert provisions[other]["effect"] == "permits", (name, other)
            assert set(provisions[other]["regimes"]) & set(provisions[name]["regimes"]), (name, other)


def test_every_permission_of_a_regime_lifts_its_prohibition_or_is_enabled_by_another_act() -> None:
    """Otherwise a provision would open an element that the general prohibition keeps shut."""
    provisions = load().authorities
    enabled = set(provisions["PA-8-2-b"]["parameters"]["enabling"])
    general = {
        "customs": "CUST-107-1-2",
        "desda": "DESDA-32",
        "fippa": "FIPPA-42",
        "mfippa": "MF-32",
        "privacy-act": "PA-8-1",
        "quebec-access": "QC-59",
        "bc-foippa": "BC-33",
        "ab-popa": "AB-13",
        "pipeda": "PIPEDA-5",
        "quebec-private": "QCP-13",
        "bc-pipa": "BCP-6",
        "ab-pipa": "ABP-7",
        "phipa": "PHIPA-29",
    }
    impersonal = {"DESDA-30", "MF-2", "PA-3-PI"}
    inside = {"FIPPA-41", "MF-31", "PA-7"}
    for name, provision in provisions.items():
        if provision["effect"] != "permits" or provision["side"] == "recipient" or name in impersonal | inside:
            continue
        for regime in provision["regimes"]:
            lifts = name in provisions[general[regime]]["parameters"]["exceptions"]
            assert lifts or (regime == "privacy-act" and name in enabled), (name, regime)


def test_the_table_of_enabling_provisions_is_the_registers() -> None:
    named = set(re.findall(r'^\t"([A-Z0-9a-z.-]+)": \w+\.(?:permits|reaches),$', rule("PA-8-2-b"), re.MULTILINE))
    assert named == set(load().authorities["PA-8-2-b"]["parameters"]["enabling"])


def test_routes_and_grounds_cite_provisions_of_that_ground() -> None:
    provisions = load().authorities
    text = (packaged("policies") / "routes" / "routes.rego").read_text(encoding="utf-8")
    table = re.search(r"^by_ground := \{\n(.*?)^\}", text, re.MULTILINE | re.DOTALL)
    assert table
    by_ground = json.loads("{" + re.sub(r",(\s*)(?=\}|$)", r"\1", table[1]) + "}")
    assert len(by_ground) == 5
    for route, by_regime in by_ground.items():
        ground = route.removeprefix("route-")
        for regime, cited in by_regime.items():
            for name in cited:
                assert ground in provisions[name]["grounds"], (route, name)
                assert regime in provisions[name]["regimes"], (route, name)


def test_every_row_of_the_law_is_restated_and_nothing_else(law: dict[str, Any]) -> None:
    ours = set(load().authorities)
    expected = {name for row in rows(law) for name in SPLIT.get(row, (row,))}
    assert len(rows(law)) == 92
    assert ours == expected | OURS


def test_each_row_says_how_sure_it_is_as_the_law_register_does(law: dict[str, Any]) -> None:
    ours = load().authorities
    for name, row in rows(law).items():
        assert ours[name]["verified"] == row["verified"], name
        assert ours[name]["source"].strip()


def test_each_row_says_what_was_read_and_as_of_when() -> None:
    texts = {True: {"consolidated"}, "secondary": {"secondary"}, False: {"memory", "policy"}}
    for name, row in load().authorities.items():
        assert row["read"]["text"] in texts[row["verified"]], name
        dated = re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", row["read"]["as_of"] or "")
        assert dated or row["verified"] is not True, name


def test_commencements_and_ends_are_those_of_the_law_register(law: dict[str, Any]) -> None:
    ours = load().authorities
    dated = set()
    for name, row in rows(law).items():
        for member, side in (("effective_from", "from"), ("effective_until", "until")):
            if member in row:
                day = re.search(r"\d{4}-\d{2}-\d{2}", row[member])
                assert day
                assert ours[name]["effective"][side] == day[0], name
                dated.add(name)
    assert {"DCI-5.4", "DCI-5.5", "DCI-5.6", "FIPPA-B194", "MF-34-35", "MF-B97"} == dated


def test_the_words_are_our_own(law: dict[str, Any]) -> None:
    """No summary is that of the law register, and none is empty in either language."""
    ours = load().authorities
    for name, row in rows(law).items():
        said = ours[name]["summary"]
        assert said["en"] != said["fr"], name
        assert said["en"].split()[:12] != row["summary"].split()[:12], name


def test_prescribed_pairs_name_the_institutions_of_the_regulations(law: dict[str, Any]) -> None:
    prescribed = {pair["recipient"].lower() for pair in law["desda_prescribed_pairs"]}
    pairs = load().authorities["DESDA-35"]["parameters"]["prescribed_pairs"]
    assert {pair["organization"] for pair in pairs} == prescribed
    assert {("ircc", "IRPA"), ("cbsa", "IRPA")} <= {(pair["organization"], pair["law"]) for pair in pairs}


def test_schedule_ii_is_matched_by_unit(law: dict[str, Any]) -> None:
    units = load().policy_data["parties"]
    listed = {
        role["schedule_ii_item"]: unit
        for unit, party in units.items()
        for role in party["roles"]
        if role["role"] == "investigative-body"
    }
    items = {body["item"] for body in law["investigative_bodies_schedule_ii"]}
    assert set(listed) <= items
    assert items - set(listed) <= {"6.1"}, "a listed unit of a party is missing"
    assert listed["9"] == "esdc-isb-iod"
    assert not units["esdc-isb"]["roles"]
    assert not units["cbsa-border-services"]["roles"]


def test_an_agreement_must_contain_every_item_of_the_checklist(law: dict[str, Any]) -> None:
    schema = json.loads((packaged("agreements") / "schema" / "agreement.json").read_text(encoding="utf-8"))
    assert {item["id"] for item in law["isa_elements"]} <= set(schema["required"])


def test_what_rests_on_memory_says_so() -> None:
    """And so does what rests on what others write: a row is no surer than what was read."""
    sure = {"consolidated": True, "secondary": "secondary", "memory": False}
    provisions = load().authorities
    for name in OTHER_LAWS:
        assert provisions[name]["verified"] == sure[provisions[name]["read"]["text"]], name
    assert {provisions[name]["verified"] for name in OTHER_LAWS} == {True, "secondary", False}
