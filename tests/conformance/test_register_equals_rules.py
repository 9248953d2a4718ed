"""Every provision that the register calls enforced has a rule and tests of its own, and no rule is without one."""

import re
from pathlib import Path

import yaml

from gateway.adapters.agreements import load
from gateway.adapters.packaged import packaged
from gateway.adapters.rulebook.build import rule_name

RULES = packaged("policies") / "authority"


def enforced() -> set[str]:
    return {name for name, provision in load().authorities.items() if provision["enforced"]}


def declared(folder: Path) -> str:
    text = (folder / f"{folder.name}.rego").read_text(encoding="utf-8")
    found = re.search(r"^#   provision: (\S+)$", text, re.MULTILINE)
    assert found, folder.name
    return found[1]


def test_rules_and_register_are_equal() -> None:
    assert {declared(folder) for folder in RULES.iterdir()} == enforced()


def test_every_rule_has_its_tests_beside_it_and_decides_what_the_register_says() -> None:
    provisions = load().authorities
    head = {"permits": {"permits", "collects"}, "forbids": {"forbids"}, "defines": {"listed"}}
    for folder in RULES.iterdir():
        name = declared(folder)
        assert folder.name == rule_name(name)
        text = (folder / f"{folder.name}.rego").read_text(encoding="utf-8")
        assert f"package sharing.authority.{folder.name}\n" in text
        assert "test_" in (folder / f"{folder.name}_test.rego").read_text(encoding="utf-8")
        heads = {word for words in head.values() for word in words if re.search(rf"^{word}\b", text, re.MULTILINE)}
        assert heads & head[provisions[name]["effect"]], name
        if provisions[name]["effect"] == "permits":
            expected = "collects" if provisions[name]["side"] == "recipient" else "permits"
            assert expected in heads, name


def test_every_provision_that_a_clause_or_reason_cites_exists() -> None:
    provisions = set(load().authorities)
    sources = "\n".join(path.read_text(encoding="utf-8") for path in packaged("policies").rglob("*.rego"))
    cited = set(re.findall(r'"((?:PA|DESDA|CUST|MF|FIPPA|IRPR|DCI|PR)-[A-Z0-9a-z.-]+)"', sources)) - {"PA-999"}
    assert cited <= provisions, cited - provisions


def test_provisions_agree_with_the_law_register(shared_data: Path) -> None:
    law = yaml.safe_load((shared_data.parent / "law" / "authorities.yaml").read_text(encoding="utf-8"))
    verified = {row["id"]: row["verified"] for row in law["authorities"]}
    ours = load().authorities
    for name in set(verified) & set(ours):
        assert ours[name]["verified"] == verified[name], name
    pairs = {(pair["recipient"].lower(), pair["law"]) for pair in law["desda_prescribed_pairs"]}
    for pair in ours["DESDA-35"]["parameters"]["prescribed_pairs"]:
        assert pair["organization"] in {recipient for recipient, _ in pairs}
    assert {("ircc", "IRPA"), ("cbsa", "IRPA")} <= pairs


def test_an_agreement_must_contain_every_item_of_the_checklist(shared_data: Path) -> None:
    import json

    law = yaml.safe_load((shared_data.parent / "law" / "authorities.yaml").read_text(encoding="utf-8"))
    schema = json.loads((packaged("agreements") / "schema" / "agreement.json").read_text(encoding="utf-8"))
    assert {item["id"] for item in law["isa_elements"]} <= set(schema["required"])
