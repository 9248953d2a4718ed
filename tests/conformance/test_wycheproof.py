"""Every Wycheproof case for Ed25519 and for ECDSA P-256 with r || s signatures.

A public key that the registry would refuse counts as a refusal of all its signatures. "Acceptable" cases may
go either way; all others must go as the vectors say.
"""

import json
import pathlib
from typing import Any

import pytest

from gateway.httpsig.errors import KeyFormatError
from gateway.httpsig.keys import PublicKey
from gateway.httpsig.pem import read_public_pem

FILES = {"wycheproof_ed25519.json": 151, "wycheproof_ecdsa_p256_p1363.json": 262}


def outcomes(groups: list[dict[str, Any]]) -> list[tuple[int, str, bool]]:
    """Case number, expected result, our answer."""
    results = []
    for group in groups:
        key: PublicKey | None
        try:
            key = read_public_pem(group["publicKeyPem"].encode())
        except KeyFormatError:
            key = None
        for case in group["tests"]:
            signature, data = bytes.fromhex(case["sig"]), bytes.fromhex(case["msg"])
            results.append((case["tcId"], case["result"], key is not None and key.verifies(signature, data)))
    return results


@pytest.mark.parametrize("name", FILES)
def test_every_case(shared_data: pathlib.Path, name: str) -> None:
    vectors = json.loads((shared_data / "vectors" / name).read_text())
    results = outcomes(vectors["testGroups"])
    assert len(results) == vectors["numberOfTests"] == FILES[name]
    wrong = [
        (case, expected)
        for case, expected, accepted in results
        if expected != "acceptable" and accepted != (expected == "valid")
    ]
    assert wrong == []


@pytest.mark.parametrize("name", FILES)
def test_pem_and_jwk_of_every_key_agree(shared_data: pathlib.Path, name: str) -> None:
    """Where the vectors give no JWK, the one we write is read back."""
    for group in json.loads((shared_data / "vectors" / name).read_text())["testGroups"]:
        key = read_public_pem(group["publicKeyPem"].encode())
        assert PublicKey.from_jwk(group.get("publicKeyJwk", key.to_jwk())) == key
