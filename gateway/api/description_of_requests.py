"""The body of `POST /v1/disclosures` as two schemas written out in full, because generators of clients make something
that nobody can use of a partial `oneOf`, of members that are null by default and of a choice between a list and null.

Derived from the one model that reads requests (`gateway.api.wire.DisclosureBody`), so neither can say anything else.
Does not: change what is accepted; a member that is null is taken as left out, though no schema says so.
"""

from collections.abc import Mapping
from typing import Any, Final

ONE: Final = "RecordRequest"
LIST: Final = "ListRequest"
_TARGETS: Final[Mapping[str, tuple[str, str, str]]] = {
    ONE: ("subject", "list", "Asks for data elements of one record, found by an identifier."),
    LIST: ("list", "subject", "Asks for data elements of a page of records, narrowed by a filter."),
}


def request_schemas(derived: Mapping[str, Any], examples: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
    """Both schemas by name, from the one that was derived from the model; each with the examples that fit it."""
    return {name: _schema(name, derived, examples) for name in _TARGETS}


def either(derived: Mapping[str, Any]) -> dict[str, Any]:
    """The schema of the whole body: one of the two."""
    return {
        "title": derived["title"],
        "description": derived["description"],
        "oneOf": [{"$ref": f"#/components/schemas/{name}"} for name in _TARGETS],
    }


def written_out(schema: Any) -> Any:
    """Without members that may be null, and without null as a default."""
    if isinstance(schema, list):
        return [written_out(item) for item in schema]
    if not isinstance(schema, Mapping):
        return schema
    plain = {name: written_out(value) for name, value in schema.items() if (name, value) != ("default", None)}
    choices = plain.get("anyOf")
    if choices is not None and {"type": "null"} in choices:
        left = [choice for choice in choices if choice != {"type": "null"}]
        del plain["anyOf"]
        plain |= {"anyOf": left} if len(left) > 1 else left[0]
    return plain


def null_as_a_type(schema: Any) -> Any:
    """What an answer may say as null, as one more type of the member: a choice between a list and null is made into
    Java that does not compile. A choice between another schema and null stays."""
    if isinstance(schema, list):
        return [null_as_a_type(item) for item in schema]
    if not isinstance(schema, Mapping):
        return schema
    plain = {name: null_as_a_type(value) for name, value in schema.items() if (name, value) != ("default", None)}
    match plain.get("anyOf"):
        case [{"type": str(kind), **rest}, {"type": "null"}] if not rest.keys() & {"enum", "const"}:
            del plain["anyOf"]
            plain |= {**rest, "type": [kind, "null"]}
    return plain


def _schema(name: str, derived: Mapping[str, Any], examples: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
    target, other, description = _TARGETS[name]
    whole = written_out(derived)
    return {
        "title": name,
        "description": description,
        "type": "object",
        "additionalProperties": False,
        "properties": {member: value for member, value in whole["properties"].items() if member != other},
        "required": [*whole["required"], target],
        "examples": [dict(example) for example in examples.values() if target in example],
    }
