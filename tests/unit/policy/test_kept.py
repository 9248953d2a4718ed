"""A policy of an older release is run as it was, from what the log kept, and from nothing an intruder put there."""

import asyncio
import hashlib
import json
import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import Engine

from audit.encoding import to_base64url
from gateway.adapters.db.documents import DocumentAlteredError, KeptDocuments
from gateway.adapters.db.engine import open_engine
from gateway.adapters.db.schema import prepare
from gateway.adapters.packaged import packaged
from gateway.adapters.pdp.kept import KeptPolicies, PolicyNotRunnableError, compile_module
from gateway.adapters.pdp.revision import PolicySources, read_sources
from gateway.adapters.pdp.wasm import WasmEngine
from gateway.adapters.rulebook import load as agreements
from gateway.adapters.rulebook.load import Rulebook
from gateway.domain.decision import Permit
from gateway.service.ports import DecisionQuery

SEAL = b"s" * 32


@pytest.fixture(scope="module")
def rulebook() -> Rulebook:
    return agreements.load()


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Engine]:
    engine = open_engine(f"sqlite:///{tmp_path / 'log.db'}")
    prepare(engine)
    yield engine
    engine.dispose()


@pytest.fixture(scope="module")
def older(tmp_path_factory: pytest.TempPathFactory) -> PolicySources:
    """The release before: the same rules, one comment less; its module is fresh."""
    folder = tmp_path_factory.mktemp("older") / "policies"
    shutil.copytree(packaged("policies"), folder, ignore=shutil.ignore_patterns("*_test.rego"))
    rule = folder / "decision" / "decision.rego"
    rule.write_text(rule.read_text("utf-8") + "\n# As it was.\n", "utf-8")
    manifest = folder / "sharing.wasm.json"
    described = json.loads(manifest.read_text("utf-8")) | {"sources": read_sources(folder).digest}
    manifest.write_text(json.dumps(described), "utf-8")
    return read_sources(folder)


def query(rulebook: Rulebook) -> DecisionQuery:
    return DecisionQuery(
        requester="ircc-work-permits",
        recipient="ircc-work-permits",
        custodian="esdc-pob",
        agreement=rulebook.register.find("esdc-ircc-tfw"),
        record_type="lmia",
        purpose="lmia-refresh",
        elements=("decision",),
        cardinality="single",
        ground="agreement",
        on=date(2026, 11, 22),
        case_reference=True,
        record_attributes=None,
    )


def keep_older(database: Engine, older: PolicySources, rulebook: Rulebook) -> str:
    return KeptPolicies(KeptDocuments(database), older, SEAL).keep(rulebook.policy_data)


def later(database: Engine, *, seal: bytes = SEAL, opa: str | None = None) -> KeptPolicies:
    """The present release, over the same log."""
    return KeptPolicies(KeptDocuments(database), read_sources(), seal, opa)


def test_the_revision_is_the_digest_of_what_is_kept(database: Engine, rulebook: Rulebook) -> None:
    sources = read_sources()
    kept = later(database)
    revision = kept.keep(rulebook.policy_data)
    assert revision == sources.revision(rulebook.policy_data)
    assert kept.keep(rulebook.policy_data) == revision
    engine = kept.engine(revision)
    assert engine is not None
    assert engine.revision == revision
    assert kept.engine("A" * 43) is None


def decide(engine: WasmEngine | None, rulebook: Rulebook) -> str:
    assert engine is not None
    decision = asyncio.run(engine.decide(query(rulebook)))
    assert isinstance(decision, Permit)
    return decision.policy_revision


def test_an_older_policy_runs_from_its_sealed_module_without_opa(
    database: Engine, older: PolicySources, rulebook: Rulebook
) -> None:
    revision = keep_older(database, older, rulebook)
    assert revision != read_sources().revision(rulebook.policy_data)
    assert decide(later(database).engine(revision), rulebook) == revision


def test_a_module_that_this_deployment_did_not_seal_is_not_run(
    database: Engine, older: PolicySources, rulebook: Rulebook, opa_binary: str
) -> None:
    """Who writes to the database alone can make every digest fit, but has no seal."""
    revision = keep_older(database, older, rulebook)
    with pytest.raises(PolicyNotRunnableError, match=r"install Open Policy Agent \(opa\)"):
        later(database, seal=b"t" * 32).engine(revision)
    forged = b"not the module"
    with database.begin() as connection:
        connection.exec_driver_sql("DELETE FROM kept_document WHERE kind = 'policy-module'")
    digest = hashlib.sha256(forged).digest()
    KeptDocuments(database).keep("policy-module", forged)
    [build] = KeptDocuments(database).all("policy-build")
    relabelled = json.loads(build) | {"module": to_base64url(digest)}
    KeptDocuments(database).keep("policy-build", json.dumps(relabelled, sort_keys=True).encode())
    assert KeptDocuments(database).read("policy-module", digest) == forged
    with pytest.raises(PolicyNotRunnableError):
        later(database).engine(revision)
    assert decide(later(database, opa=opa_binary).engine(revision), rulebook) == revision


@pytest.mark.parametrize("kind", ["policy", "policy-build", "policy-module"])
def test_what_was_altered_is_refused(database: Engine, older: PolicySources, rulebook: Rulebook, kind: str) -> None:
    revision = keep_older(database, older, rulebook)
    with database.begin() as connection:
        connection.exec_driver_sql("UPDATE kept_document SET body = CAST('{}' AS BLOB) WHERE kind = ?", (kind,))
    with pytest.raises(DocumentAlteredError):
        later(database).engine(revision)


def test_altered_sources_are_not_compiled(
    database: Engine, older: PolicySources, rulebook: Rulebook, opa_binary: str
) -> None:
    revision = keep_older(database, older, rulebook)
    with database.begin() as connection:
        connection.exec_driver_sql("DELETE FROM kept_document WHERE kind = 'policy-build'")
        connection.exec_driver_sql("UPDATE kept_document SET body = x'7b7d' WHERE kind = 'policy-sources'")
    with pytest.raises(DocumentAlteredError):
        later(database, opa=opa_binary).engine(revision)


def test_a_kept_policy_writes_no_file_outside_its_folder(opa_binary: str) -> None:
    for path in ("../out.rego", "/out.rego", "rule/../../out.rego", "notes.txt", ".rego"):
        with pytest.raises(PolicyNotRunnableError, match="no Rego file of its folder"):
            compile_module(opa_binary, {path: "package sharing\n"})


def test_sources_that_do_not_compile_are_said(opa_binary: str) -> None:
    with pytest.raises(PolicyNotRunnableError, match="opa could not compile"):
        compile_module(opa_binary, {"sharing.rego": "package sharing\n\ndecision if {"})
