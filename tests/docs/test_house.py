"""The shape of the code base: every module says what it is for, is about one idea and has a name of the field."""

import ast
import re
from pathlib import Path

import pytest

from tests.docs.generated import REPOSITORY

MODULES = sorted(path for package in ("gateway", "audit") for path in (REPOSITORY / package).rglob("*.py"))
NAMED = [path for path in MODULES if path.name != "__init__.py"]
FORBIDDEN = {"utils", "util", "helpers", "helper", "common", "models", "misc"}
LONGEST = 400


@pytest.mark.parametrize("module", NAMED, ids=lambda path: str(path.relative_to(REPOSITORY)))
def test_every_module_says_what_it_is_for(module: Path) -> None:
    text = module.read_text("utf-8")
    assert len((ast.get_docstring(ast.parse(text)) or "").split()) > 5
    assert len(text.splitlines()) <= LONGEST


def test_init_files_are_empty() -> None:
    assert [str(path) for path in MODULES if path.name == "__init__.py" and path.stat().st_size] == []


def test_no_module_is_a_drawer() -> None:
    assert [str(path) for path in NAMED if path.stem in FORBIDDEN or path.parent.name in FORBIDDEN] == []


def test_nothing_is_left_to_do_later() -> None:
    unfinished = re.compile(r"\b(TODO|FIXME|XXX|NotImplementedError)\b")
    assert [str(path) for path in MODULES if unfinished.search(path.read_text("utf-8"))] == []


def test_modules_are_short() -> None:
    lengths = sorted(len(path.read_text("utf-8").splitlines()) for path in NAMED)
    assert lengths[len(lengths) // 2] <= 140


def test_no_module_imports_itself_by_a_way_round() -> None:
    """Types included: two modules that need each other are one idea, or lack a third that both need."""
    names = {".".join(path.relative_to(REPOSITORY).with_suffix("").parts): path for path in NAMED}
    needs = {name: _imported(path) & names.keys() for name, path in names.items()}
    while ends := [name for name, needed in needs.items() if not needed]:
        for name in ends:
            del needs[name]
        needs = {name: needed - set(ends) for name, needed in needs.items()}
    assert needs == {}


def _imported(path: Path) -> set[str]:
    """What a module imports when it is imported, or for its types; what a function imports when it runs is left out."""
    waiting, found = [*ast.parse(path.read_text("utf-8")).body], set[str]()
    while waiting:
        match waiting.pop():
            case ast.If(body=body, orelse=orelse):
                waiting += [*body, *orelse]
            case ast.ImportFrom(module=str(module), names=names):
                found |= {module, *(f"{module}.{one.name}" for one in names)}
            case _:
                pass
    return found
