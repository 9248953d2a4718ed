"""The example of a console's deployment: the file is read as it stands, and the realm fits it."""

import json
from pathlib import Path
from typing import Any

import pytest

from gateway.adapters.rulebook import load as agreements
from gateway.deployment.console_file import read_console_file
from gateway.domain.actor import Role
from gateway.domain.errors import ConfigurationError
from gateway.sign_in.charges import actor_of
from tests.conftest import REPOSITORY

FOLDER = REPOSITORY / "docs" / "console"
REALM: Any = json.loads((FOLDER / "keycloak-realm.json").read_text("utf-8"))
UNITS = frozenset(str(unit) for unit in agreements.load().parties.units)


def test_the_realm_signs_in_as_the_console_asks() -> None:
    declared = read_console_file(FOLDER / "console.yaml").file.sign_in
    assert declared is not None
    client, commands = REALM["clients"]
    assert client["clientId"] == declared.client_id
    assert commands["clientId"] == declared.command_client_id
    assert commands["publicClient"]
    assert commands["attributes"]["oauth2.device.authorization.grant.enabled"] == "true"
    assert not any(
        commands[flow] for flow in ("standardFlowEnabled", "implicitFlowEnabled", "directAccessGrantsEnabled")
    )
    assert commands["protocolMappers"] == client["protocolMappers"]
    assert client["attributes"]["pkce.code.challenge.method"] == "S256"
    assert client["attributes"]["id.token.signed.response.alg"] in declared.algorithms
    assert not client["publicClient"]
    assert not client["implicitFlowEnabled"]
    assert not client["directAccessGrantsEnabled"]
    (origin,) = {address.removesuffix("/sign-in/back") for address in client["redirectUris"]}
    assert client["attributes"]["post.logout.redirect.uris"].split("##") == [
        f"{origin}/{lang}/sign-out" for lang in ("en", "fr")
    ]
    assert declared.issuer.endswith(f"/realms/{REALM['realm']}")
    claimed = [mapper["config"]["claim.name"] for mapper in client["protocolMappers"]]
    assert claimed == sorted({charge.claim for charge in declared.charges})


def test_every_group_of_the_realm_has_a_role_and_every_role_a_group() -> None:
    declared = read_console_file(FOLDER / "console.yaml").file.sign_in
    assert declared is not None
    assert {charge.value for charge in declared.charges} == {group["name"] for group in REALM["groups"]}
    assert frozenset[Role]().union(*(charge.roles for charge in declared.charges)) == frozenset(Role)
    for charge in declared.charges:
        actor = actor_of({"preferred_username": "R.Roy", "groups": [charge.value]}, declared, UNITS)
        assert actor is not None
        assert (actor.officer, actor.unit, actor.roles) == ("r.roy", charge.unit, charge.roles)


def test_roles_of_two_institutions_are_never_held_at_once() -> None:
    declared = read_console_file(FOLDER / "console.yaml").file.sign_in
    assert declared is not None
    both = {"preferred_username": "r.roy", "groups": ["opc-auditor", "isb-privacy", "no-such-group"]}
    actor = actor_of(both, declared, UNITS)
    assert actor is not None
    assert actor.unit == "esdc-isb"
    assert actor.roles == {Role.PRIVACY_OFFICER}
    assert actor_of({"preferred_username": "r.roy", "groups": []}, declared, UNITS) is None
    assert actor_of({"preferred_username": "r roy", "groups": ["isb-privacy"]}, declared, UNITS) is None
    assert actor_of({"groups": ["isb-privacy"]}, declared, UNITS) is None


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("sign_in: {issuer: x}", "sign_in.client_id"),
        ("brand: {colour: red}", "brand.colour"),
        ("minutes: {idle: 0}", "minutes.idle"),
        ("sign_in: {issuer: x, client_id: y, algorithms: [none], charges: []}", "sign_in.algorithms"),
        ("[", "cannot be read as YAML"),
    ],
)
def test_a_file_that_does_not_fit_is_refused_with_its_place(tmp_path: Path, text: str, place: str) -> None:
    file = tmp_path / "console.yaml"
    file.write_text(text, "utf-8")
    with pytest.raises(ConfigurationError, match=place):
        read_console_file(file)
