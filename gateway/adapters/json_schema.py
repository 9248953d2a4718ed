"""Holding a document against a JSON Schema (draft 2020-12): quickly where it fits, with every fault where it does not.

Two implementations: a compiled one says whether it fits, which is the usual case and a hundred times quicker; where it
says no, or cannot read the value, the other decides and tells why. Does not know any schema.
"""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import jsonschema_rs

if TYPE_CHECKING:
    from jsonschema import ValidationError


class SchemaCheck:
    def __init__(self, schema: Mapping[str, Any]) -> None:
        self._schema = schema
        self._quick = jsonschema_rs.Draft202012Validator(dict(schema))

    def faults(self, value: Any) -> "list[ValidationError]":
        """Every fault of a value made of what JSON has; empty where it fits."""
        try:
            if self._quick.is_valid(value):
                return []
        except ValueError:
            pass  # such as an integer beyond 64 bits, which the compiled one does not take
        from jsonschema import Draft202012Validator

        return list(Draft202012Validator(self._schema).iter_errors(value))
