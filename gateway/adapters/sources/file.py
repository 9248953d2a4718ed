"""A source that is a published file: loaded into a table when the gateway starts, then read through `sql`.

The file is loaded only when the table does not hold it already (by SHA-256 of its bytes), so that a restart costs
nothing. What could not be loaded is in the load's report; a file of which nothing can be loaded stops the start, and so
does one that is older or much smaller than what it would replace, unless the declaration says `replace: true`.
"""

from collections.abc import Mapping
from typing import Any

from gateway.adapters.sources.declaration import SourceDeclaration
from gateway.adapters.sources.errors import LoadError
from gateway.adapters.sources.load.csv_list import CsvList
from gateway.adapters.sources.load.formats import ListFormat
from gateway.adapters.sources.load.known import format_named
from gateway.adapters.sources.load.loader import load_file
from gateway.adapters.sources.sql import SqlSource
from gateway.adapters.sources.table import located, open_table


def open_file(declaration: SourceDeclaration, cursor_secret: bytes) -> SqlSource:
    """Raises SourceDeclarationError where the file cannot be loaded or its table does not fit the catalogue."""
    options = declaration.options
    path = declaration.folder / options["path"]
    url = located(declaration, options.get("database", f"sqlite:///{path.name}.sqlite"))
    form = _format(declaration)
    try:
        load_file(
            form,
            path,
            url,
            edition=options.get("edition"),
            unless_loaded=True,
            replace_standing=options.get("replace", False),
            ignore_headers=options.get("ignore_headers", ()),
        )
    except LoadError as error:
        raise declaration.refuse(str(error)) from None
    look_ups: dict[str, Any] = {
        scheme: {"columns": list(columns), "normalise": "name"}
        for scheme, columns in form.name_look_ups.items()
        if scheme in declaration.record_type.identifiers
    }
    return open_table(declaration, url, form.table.name, form.key, cursor_secret, columns={}, look_ups=look_ups)


def _format(declaration: SourceDeclaration) -> ListFormat:
    options = declaration.options
    if options["format"] != "csv":
        return format_named(options["format"])
    columns: Mapping[str, str] = options["columns"]
    return CsvList(
        declaration.record_type.id.replace("-", "_"),
        options["key"],
        columns,
        types={name: declaration.record_type.elements[name].type for name in columns},
        indexed=(*declaration.record_type.identifiers.values(), *declaration.record_type.filters),
        locale=options.get("locale", "en"),
    )
