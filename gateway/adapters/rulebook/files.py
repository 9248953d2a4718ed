"""The files of the agreements folder: which kinds there are, and each checked against its JSON Schema.

Invariant: what `gather` returns without findings fits the schemas, so that the code after it may index without asking.
The schemas are the product's own; a second folder (`extra`) adds content and cannot loosen them.
Does not compare files with one another: see `check_register` and `check_agreements`.
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, Final, cast

from gateway.adapters.json_schema import SchemaCheck
from gateway.adapters.packaged import packaged
from gateway.adapters.rulebook.folder import Folder
from gateway.adapters.rulebook.located import Located, Where, read
from gateway.service.rulebook.finding import Finding

if TYPE_CHECKING:
    from jsonschema import ValidationError

# kind (the schema's name), pattern of its files, member that lists the items (None: the file is one item)
KINDS: Final[tuple[tuple[str, str, str | None, str], ...]] = (
    ("parties", "parties.yaml", "organizations", "id"),
    ("regimes", "regimes.yaml", "regimes", "id"),
    ("purposes", "purposes.yaml", "purposes", "id"),
    ("obligations", "obligations.yaml", "obligations", "id"),
    ("grounds", "grounds.yaml", "grounds", "id"),
    ("reasons", "reasons.yaml", "reasons", "code"),
    ("identifier_schemes", "identifier_schemes.yaml", "schemes", "id"),
    ("authority", "authorities/*.yaml", "authorities", "id"),
    ("record-type", "catalogue/*.yaml", None, "id"),
    ("agreement", "isa/*.yaml", None, "id"),
)


@dataclass(frozen=True, slots=True)
class Item:
    """One party, provision, record type, agreement...: its content, and where it stands."""

    located: Located
    where: Where
    value: dict[str, Any]

    def finding(self, code: str, *where: str | int, **facts: str) -> Finding:
        return self.located.finding(code, (*self.where, *where), **facts)


class Files:
    """Every item of every folder, by kind and id."""

    def __init__(self) -> None:
        self._items: dict[str, dict[str, Item]] = {kind: {} for kind, *_ in KINDS}
        self.evaluation_order: tuple[str, ...] = ()

    def all(self, kind: str) -> dict[str, Item]:
        return self._items[kind]

    def find(self, kind: str, item_id: str) -> dict[str, Any] | None:
        item = self._items[kind].get(item_id)
        return None if item is None else item.value

    def units(self) -> dict[str, tuple[Item, int, dict[str, Any]]]:
        """Every unit by id, with its organization and its place there."""
        return {
            unit["id"]: (organization, position, unit)
            for organization in self.all("parties").values()
            for position, unit in enumerate(organization.value["units"])
        }

    def add(self, kind: str, id_member: str, item: Item) -> Iterator[Finding]:
        item_id = item.value[id_member]
        if item_id in self._items[kind]:
            yield item.finding("exists-already", id_member, kind=kind, name=item_id)
        else:
            self._items[kind][item_id] = item


def gather(folders: Sequence[Folder]) -> tuple[Files, list[Finding]]:
    """Read every folder. The first must hold every kind, the others what they add."""
    files, findings = Files(), []
    for position, folder in enumerate(folders):
        if not folder.is_there():
            findings.append(Finding(folder.name, 1, "folder-missing"))
            continue
        for kind, pattern, member, id_member in KINDS:
            paths = folder.matching(pattern)
            if not paths and position == 0:
                findings.append(Finding(pattern, 1, "file-missing"))
            for path in paths:
                findings.extend(read_into(files, path, folder, kind, member, id_member))
    return files, findings


def read_into(
    files: Files, path: str, root: Folder, kind: str, member: str | None, id_member: str
) -> Iterator[Finding]:
    """Read one file into `files`; what is wrong with it."""
    located, findings = read(root, path)
    yield from findings
    if located is None or findings:
        return
    broken = [_finding(located, error) for error in _schema(kind).faults(located.value)]
    yield from broken
    if broken:
        return
    if kind == "regimes" and not files.evaluation_order:
        files.evaluation_order = tuple(located.value["evaluation_order"])
    if member is None:
        if _stem(path) != located.value["id"]:
            yield located.finding("file-name", ("id",), file=_stem(path), name=located.value["id"])
        yield from files.add(kind, id_member, Item(located, (), located.value))
        return
    for index, value in enumerate(located.value[member]):
        yield from files.add(kind, id_member, Item(located, (member, index), value))


def _stem(path: str) -> str:
    return path.rsplit("/", 1)[-1].removesuffix(".yaml")


@cache
def _schema(kind: str) -> SchemaCheck:
    return SchemaCheck(json.loads((packaged("agreements") / "schema" / f"{kind}.json").read_text(encoding="utf-8")))


def _finding(located: Located, error: "ValidationError") -> Finding:
    from jsonschema.exceptions import best_match

    cause = best_match([error]) if error.context else error
    cause = cause if cause is not None else error
    name = ".".join(str(part) for part in cause.absolute_path) or "the file"
    where: Where = tuple(cause.absolute_path)
    if cause.validator == "additionalProperties":
        where = (*where, *_unknown(cause)[:1])
    code, facts = _fault(cause)
    return located.finding(code, where, member=name, **facts)


def _unknown(error: "ValidationError") -> list[str]:
    schema = cast("dict[str, Any]", error.schema)
    found = cast("dict[str, Any]", error.instance)
    return [name for name in found if name not in schema.get("properties", {})]


def _fault(error: "ValidationError") -> tuple[str, dict[str, str]]:
    """The code and facts of what is wrong, without a value of the file."""
    expected: list[Any] = cast("list[Any]", error.validator_value)
    found = cast("dict[str, Any]", error.instance)
    match error.validator:
        case "required":
            missing = [name for name in expected if name not in found]
            return "schema-lacks", {"names": ", ".join(repr(name) for name in missing)}
        case "additionalProperties":
            return "schema-unknown", {"names": ", ".join(repr(name)[:40] for name in _unknown(error))}
        case "enum":
            return "schema-choice", {"choices": ", ".join(str(value) for value in expected)}
        case "pattern":
            return "schema-form", {"form": str(expected)}
        case "uniqueItems":
            return "schema-twice", {}
        case rule:
            return "schema-rule", {"rule": f"{rule}: {error.validator_value}"[:60] if rule else "false"}
