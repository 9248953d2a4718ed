"""Is every condition of the policy tested? Each one is taken out in turn, and some test beside the rules has to fail.

`python -m tests.policy_mutation` takes every condition of every rule (every expression of a body, also inside `every`
and comprehensions), puts `true` in its place, and runs `opa test`. A condition whose absence no test notices is a
survivor, and one is enough to fail. Where the condition binds a name that the rule needs, what is left does not
compile; that is counted apart. `--only pa_8_2_m` takes the rules of one folder.

A mutant first meets the tests beside its own rule with only the packages that rule imports, which takes some tenths of
a second; only what survives them meets all tests. Needs OPA. Does not change a file of the policy.
"""

import argparse
import base64
import json
import pathlib
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from enum import Enum
from typing import Any

from tests.policy_check import FOLDER, find

WORKERS = 2


@dataclass(frozen=True, slots=True)
class Condition:
    """One expression of a rule: where it stands in its file (bytes) and what it says."""

    path: pathlib.Path
    start: int
    text: bytes

    @property
    def place(self) -> str:
        line = self.path.read_bytes()[: self.start].count(b"\n") + 1
        return f"{self.path.parent.name}:{line}: {' '.join(self.text.decode().split())}"


class Fate(Enum):
    KILLED = "killed"
    SURVIVED = "survived"
    NOT_COMPILED = "does not compile"


class Policy:
    """The Rego below a folder, and which files a rule needs."""

    def __init__(self, opa: str, folder: pathlib.Path) -> None:
        self._opa = opa
        self._files = sorted(path for path in folder.rglob("*.rego"))
        self._tests = {path for path in self._files if path.name.endswith("_test.rego")}
        self._packages: dict[str, list[pathlib.Path]] = {}
        for path in self._files:
            found = re.search(r"^package (\S+)$", path.read_text(encoding="utf-8"), re.MULTILINE)
            assert found, path
            self._packages.setdefault(found[1], []).append(path)
        self._sound: dict[pathlib.Path, bool] = {}

    def rules(self, only: str | None) -> list[pathlib.Path]:
        """The files with rules, or those of one folder."""
        rules = [path for path in self._files if path not in self._tests]
        return rules if only is None else [path for path in rules if path.parent.name == only]

    def conditions(self, path: pathlib.Path) -> list[Condition]:
        """Every expression of a file, inner ones too."""
        parsed = self._run("parse", "--format", "json", "--json-include", "locations", str(path))
        lines = [0]
        content = path.read_bytes()
        for line in content.splitlines(keepends=True):
            lines.append(lines[-1] + len(line))
        found = []
        for location in _expressions(json.loads(parsed.stdout)):
            text = base64.b64decode(location["text"])
            start = lines[location["row"] - 1] + location["col"] - 1
            assert content[start : start + len(text)] == text, (path, location["row"])
            found.append(Condition(path, start, text))
        return found

    def fate(self, condition: Condition) -> Fate:
        """What becomes of the policy without the condition."""
        content = condition.path.read_bytes()
        end = condition.start + len(condition.text)
        with tempfile.TemporaryDirectory() as folder:
            mutant = pathlib.Path(folder) / condition.path.name
            mutant.write_bytes(content[: condition.start] + b"true" + content[end:])
            fate = Fate.SURVIVED
            if self._sound_alone(condition.path):
                fate = self._tested(mutant, self._near(condition.path), condition.path)
            return self._tested(mutant, self._files, condition.path) if fate is Fate.SURVIVED else fate

    def _sound_alone(self, path: pathlib.Path) -> bool:
        """The tests beside the rule pass with nothing but what it imports."""
        if path not in self._sound:
            self._sound[path] = self._tested(path, self._near(path), path) is Fate.SURVIVED
        return self._sound[path]

    def _near(self, path: pathlib.Path) -> list[pathlib.Path]:
        """The file, the tests beside it, and every package that these import."""
        own = [other for other in self._files if other.parent == path.parent]
        near, waiting = set(own), list(own)
        while waiting:
            text = waiting.pop().read_text(encoding="utf-8")
            for package in re.findall(r"^import data\.(\S+)", text, re.MULTILINE):
                fresh = [other for other in self._packages.get(package, []) if other not in near]
                near.update(fresh)
                waiting.extend(fresh)
        return sorted(near)

    def _tested(self, mutant: pathlib.Path, files: Sequence[pathlib.Path], original: pathlib.Path) -> Fate:
        others = [str(path) for path in files if path != original]
        done = self._run("test", str(mutant), *others)
        if done.returncode == 0:
            return Fate.SURVIVED
        return Fate.KILLED if re.search(r"^FAIL: \d+", done.stdout, re.MULTILINE) else Fate.NOT_COMPILED

    def _run(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run([self._opa, *arguments], capture_output=True, text=True, check=False)


def _expressions(node: Any) -> Iterator[dict[str, Any]]:
    if isinstance(node, dict):
        if "terms" in node and "location" in node and not _unconditional(node["terms"]):
            yield node["location"]
        for member in node.values():
            yield from _expressions(member)
    elif isinstance(node, list):
        for member in node:
            yield from _expressions(member)


def _unconditional(terms: Any) -> bool:
    """What the parser puts where a rule has no body."""
    return isinstance(terms, dict) and terms.get("value") is True


def survivors(policy: Policy, only: str | None) -> tuple[list[Condition], dict[Fate, int]]:
    """The conditions that no test notices, and how many met which fate. Says how far it is."""
    counts = dict.fromkeys(Fate, 0)
    left: list[Condition] = []
    rules = policy.rules(only)
    with ThreadPoolExecutor(WORKERS) as workers:
        for number, path in enumerate(rules, start=1):
            conditions = policy.conditions(path)
            for condition, fate in zip(conditions, workers.map(policy.fate, conditions), strict=True):
                counts[fate] += 1
                if fate is Fate.SURVIVED:
                    left.append(condition)
                    print(f"  survived: {condition.place}", flush=True)
            print(f"{number}/{len(rules)} {path.parent.name}: {len(conditions)} conditions", flush=True)
    return left, counts


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="tests.policy_mutation", description=__doc__)
    parser.add_argument("--only", help="the folder of one rule, for example pa_8_2_m")
    only = parser.parse_args(arguments).only
    opa = find("opa")
    if opa is None:
        print("opa is not on this machine; go install github.com/open-policy-agent/opa", file=sys.stderr)
        return 1
    left, counts = survivors(Policy(opa, FOLDER), only)
    print(
        f"{sum(counts.values())} conditions: {', '.join(f'{number} {fate.value}' for fate, number in counts.items())}"
    )
    return 1 if left or not sum(counts.values()) else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
