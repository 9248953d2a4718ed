"""`make check` and `make policy`: the Rego is formatted, typed, tested, covered, and its compiled module is not stale.

`python -m tests.policy_check` checks; `--rebuild` compiles `policies/sharing.wasm` and writes the manifest that says
from which sources. Without OPA it checks the manifest only and says so; with CI=true a missing OPA is a failure.
"""

import hashlib
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tarfile
import tempfile

from gateway.adapters.pdp.revision import ENTRYPOINT, MANIFEST, MODULE, PolicyFilesError, read_sources

FOLDER = pathlib.Path(__file__).resolve().parent.parent / "policies"
COVERAGE = 95.0


def find(tool: str) -> str | None:
    return shutil.which(tool) or shutil.which(tool, path=str(pathlib.Path.home() / "go" / "bin"))


def run(*command: str) -> str:
    done = subprocess.run(command, cwd=FOLDER, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise SystemExit(f"{' '.join(command[:3])} failed:\n{done.stdout}{done.stderr}")
    return done.stdout


def build(opa: str) -> bytes:
    """The module that these sources compile to; tests are left out."""
    with tempfile.TemporaryDirectory() as folder:
        bundle = pathlib.Path(folder) / "bundle.tar.gz"
        run(opa, "build", "-t", "wasm", "-e", ENTRYPOINT, "--ignore", "*_test.rego", "-o", str(bundle), ".")
        with tarfile.open(bundle) as archive:
            member = archive.extractfile("/policy.wasm")
            assert member is not None
            return member.read()


def opa_version(opa: str) -> str:
    return run(opa, "version").splitlines()[0].removeprefix("Version: ")


def rebuild(opa: str) -> None:
    module = build(opa)
    manifest = {
        "opa": opa_version(opa),
        "sha256": hashlib.sha256(module).hexdigest(),
        "sources": read_sources(FOLDER).digest,
    }
    (FOLDER / MODULE).write_bytes(module)
    (FOLDER / MANIFEST).write_text(json.dumps(manifest, indent=2) + "\n", encoding="utf-8")


def check_fresh(opa: str | None) -> None:
    module = read_sources(FOLDER).module()
    manifest = json.loads((FOLDER / MANIFEST).read_text(encoding="utf-8"))
    if opa is not None and opa_version(opa) == manifest["opa"] and build(opa) != module:
        raise PolicyFilesError(f"{MODULE} is not what its sources compile to; run make policy")


def check_rego(opa: str) -> float:
    unformatted = run(opa, "fmt", "--list", ".").strip()
    if unformatted:
        raise SystemExit(f"not formatted (opa fmt -w policies):\n{unformatted}")
    run(opa, "check", "--strict", "--schema", "schema", ".")
    run(opa, "test", ".")
    report = json.loads(run(opa, "test", "--coverage", "--format=json", "."))
    covered = float(report["coverage"])
    if covered < COVERAGE:
        missed = [name for name, file in report["files"].items() if file.get("coverage", 100) < COVERAGE]
        raise SystemExit(f"Rego coverage is {covered:.1f}%, {COVERAGE:.0f}% is asked: {', '.join(missed)}")
    return covered


def main(arguments: list[str]) -> int:
    opa, regal = find("opa"), find("regal")
    if opa is None and (os.environ.get("CI") == "true" or "--rebuild" in arguments):
        print("opa is not on this machine; go install github.com/open-policy-agent/opa", file=sys.stderr)
        return 1
    if "--rebuild" in arguments:
        assert opa is not None
        rebuild(opa)
        return 0
    try:
        check_fresh(opa)
    except PolicyFilesError as error:
        print(error, file=sys.stderr)
        return 1
    if opa is None:
        print("left out: Rego format, types, tests and coverage (opa is not on this machine)")
        return 0
    print(f"policy: formatted, typed, tested, {check_rego(opa):.1f}% covered, compiled module fresh")
    if regal is not None:
        run(regal, "lint", ".")
    elif os.environ.get("CI") == "true":
        print("regal is not on this machine", file=sys.stderr)
        return 1
    else:
        print("left out: Regal (not on this machine)")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
