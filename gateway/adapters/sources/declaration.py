"""Reading `sources.yaml`: which system holds the records of which record type.

Invariant: what a source declares of custodian, system, program, regime, information bank and identifiers is either
left out (then the catalogue says it) or equal to the catalogue; provenance has one truth. Every complaint starts with
`file:line`. Does not open any source: `registry` does.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Any

from gateway.adapters.json_schema import SchemaCheck
from gateway.adapters.rulebook.folder import DiskFolder
from gateway.adapters.rulebook.located import Gap, Located, read_other
from gateway.adapters.sources.errors import SourceDeclarationError
from gateway.domain.element import Catalogue, RecordType

if TYPE_CHECKING:
    from jsonschema import ValidationError

PROVENANCE = ("system", "custodian", "program", "regime", "information_bank")
DEFAULT_TIMEOUT_MS = 500
DEFAULT_CONCURRENCY = 4

# Where a part of a source is wrong, all of its properties count as unevaluated.
_FOLLOWS_FROM_OTHERS = frozenset({"unevaluatedProperties"})


@dataclass(frozen=True, slots=True)
class SourceDeclaration:
    """One source as declared. `timeout` is in seconds; `place` is `file:line`; paths are relative to `folder`."""

    record_type: RecordType
    kind: str
    timeout: float
    concurrency: int
    options: Mapping[str, Any]
    place: str
    folder: Path

    def refuse(self, reason: str) -> SourceDeclarationError:
        """The error that says what is wrong with this declaration."""
        return SourceDeclarationError(f"{self.place}: source of {self.record_type.id}: {reason}")


def read_declarations(path: Path, catalogue: Catalogue) -> tuple[SourceDeclaration, ...]:
    """Every source declared in the file.

    Raises SourceDeclarationError with all complaints, one a line, each starting with `file:line`."""
    document, gaps = read_other(DiskFolder(path.parent), path.name)
    if document is not None and not gaps:
        gaps = _complaints(document, catalogue)
    if document is None or gaps:
        raise SourceDeclarationError("\n".join(str(gap) for gap in sorted(gaps)))
    return tuple(
        SourceDeclaration(
            record_type=catalogue.record_types[entry["record_type"]],
            kind=entry["kind"],
            timeout=entry.get("timeout_ms", DEFAULT_TIMEOUT_MS) / 1000,
            concurrency=entry.get("concurrency", DEFAULT_CONCURRENCY),
            options=entry,
            place=f"{document.file}:{document.line(('sources', index))}",
            folder=path.resolve().parent,
        )
        for index, entry in enumerate(document.value["sources"])
    )


def _complaints(document: Located, catalogue: Catalogue) -> list[Gap]:
    schema = json.loads(resources.files(__package__).joinpath("sources.schema.json").read_text(encoding="utf-8"))
    errors = SchemaCheck(schema).faults(document.value)
    first = [error for error in errors if error.validator not in _FOLLOWS_FROM_OTHERS] or errors
    found = [document.gap(tuple(error.absolute_path), _sentence(error)) for error in first]
    if found:
        return found
    seen: set[str] = set()
    for index, entry in enumerate(document.value["sources"]):
        name, where = entry["record_type"], ("sources", index)
        record_type = catalogue.find(name)
        if record_type is None:
            found.append(document.gap((*where, "record_type"), f"record type {name!r} is not in the catalogue"))
            continue
        if name in seen:
            found.append(document.gap((*where, "record_type"), f"record type {name!r} has two sources"))
        seen.add(name)
        for key, reason in _differences(entry, record_type):
            found.append(document.gap((*where, key), f"source of {name}: {reason}"))
    return found


def _sentence(error: "ValidationError") -> str:
    """What the schema wants, without what the file says: a database URL may hold a password."""
    name = str(error.absolute_path[-1]) if error.absolute_path else "the file"
    if error.validator in {"required", "additionalProperties", "unevaluatedProperties"}:
        return str(error.message)
    if error.validator == "oneOf":
        return "needs one of database and database_file"
    return f"{name}: must have {error.validator} {json.dumps(error.validator_value)}"


def _differences(entry: Mapping[str, Any], record_type: RecordType) -> list[tuple[str, str]]:
    found = [
        (key, f"{key} is {entry[key]!r}, but the catalogue says {getattr(record_type, key)!r}")
        for key in PROVENANCE
        if key in entry and entry[key] != getattr(record_type, key)
    ]
    if "identifiers" in entry and dict(entry["identifiers"]) != dict(record_type.identifiers):
        found.append(("identifiers", "identifiers differ from the catalogue's"))
    for key in ("columns", "elements"):
        unknown = sorted(set(entry.get(key, {})) - set(record_type.elements))
        if unknown:
            found.append((key, f"{key}: not elements of the catalogue: {', '.join(unknown)}"))
    schemes = sorted(set(entry.get("look_ups", {})) - set(record_type.identifiers))
    if schemes:
        found.append(("look_ups", f"look_ups: not identifier schemes of the catalogue: {', '.join(schemes)}"))
    return found
