"""Matching a declaration with the table it names, once, when the source opens.

The table is reflected, so that a column that does not exist stops the start with `file:line` and not a request with
an error; and every identifier scheme of the catalogue has a column to look it up by.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from sqlalchemy import Column, Inspector, MetaData, Table, inspect
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, NoSuchTableError, SQLAlchemyError

from gateway.adapters.sources.declaration import SourceDeclaration
from gateway.adapters.sources.readers import EngineReader, Reader, SqliteReader, read_only_engine
from gateway.adapters.sources.sql import NORMALISERS, LookUp, SqlSource, TableMapping


def open_sql(declaration: SourceDeclaration, cursor_secret: bytes) -> SqlSource:
    """Raises SourceDeclarationError where URL, table, key, column or look-up do not fit."""
    options = declaration.options
    url = _url(declaration, options)
    return open_table(
        declaration,
        url,
        options["table"],
        options["key"],
        cursor_secret,
        schema=options.get("schema"),
        columns=options.get("columns", {}),
        look_ups=options.get("look_ups", {}),
        provenance=options.get("provenance", {}),
    )


def open_table(
    declaration: SourceDeclaration,
    url: URL,
    name: str,
    key: str,
    cursor_secret: bytes,
    *,
    schema: str | None = None,
    columns: Mapping[str, str],
    look_ups: Mapping[str, Any],
    provenance: Mapping[str, str] = {},
) -> SqlSource:
    """A `SqlSource` over one table; `columns` by element, where the names differ; `provenance` are the columns in
    which a record says its own custodian, program or regime."""
    if url.get_backend_name() == "sqlite" and not Path(url.database or "").is_file():
        raise declaration.refuse(f"the SQLite file does not exist: {Path(url.database or '').name}")
    engine = read_only_engine(url, max(declaration.timeout, 5.0), 1)
    try:
        table = Table(name, MetaData(), schema=schema, autoload_with=engine)
        mapping = _mapping(declaration, table, inspect(engine), key, columns, look_ups, provenance)
    except NoSuchTableError:
        raise declaration.refuse(f"there is no table {name!r}") from None
    except SQLAlchemyError as error:
        raise declaration.refuse(f"the database cannot be read ({type(error).__name__})") from None
    finally:
        engine.dispose()
    reader: Reader
    if url.get_backend_name() == "sqlite":
        reader = SqliteReader(str(url.database), declaration.timeout)
    else:
        reader = EngineReader(url, declaration.timeout, declaration.concurrency)
    return SqlSource(
        declaration.record_type,
        mapping,
        reader,
        timeout=declaration.timeout,
        concurrency=declaration.concurrency,
        cursor_secret=cursor_secret,
    )


def _url(declaration: SourceDeclaration, options: Mapping[str, Any]) -> URL:
    text = options.get("database")
    if text is None:
        try:
            text = (declaration.folder / options["database_file"]).read_text(encoding="utf-8").strip()
        except OSError as error:
            raise declaration.refuse(f"database_file cannot be read ({type(error).__name__})") from None
    return located(declaration, text)


def located(declaration: SourceDeclaration, text: str) -> URL:
    """A SQLAlchemy URL; the path of a SQLite file is relative to sources.yaml."""
    try:
        url = make_url(text)
    except ArgumentError:
        raise declaration.refuse("database is not a SQLAlchemy URL") from None
    if url.get_backend_name() == "sqlite":
        if not url.database or url.database == ":memory:":
            raise declaration.refuse("database needs a file: an in-memory database would be empty")
        url = url.set(database=str(declaration.folder / url.database))
    return url


def _mapping(
    declaration: SourceDeclaration,
    table: Table,
    inspector: Inspector,
    key: str,
    columns: Mapping[str, str],
    look_ups: Mapping[str, Any],
    provenance: Mapping[str, str],
) -> TableMapping:
    def column(name: str, what: str) -> Column[Any]:
        found = table.columns.get(name)
        if found is None:
            raise declaration.refuse(f"{what}: table {table.name!r} has no column {name!r}")
        return found

    record_type = declaration.record_type
    elements = {
        element: column(columns[element], f"element {element}") if element in columns else table.columns[element]
        for element in record_type.elements
        if element in columns or element in table.columns
    }
    leading = _leading_columns(inspector, table)
    if key not in _unique_columns(inspector, table):
        raise declaration.refuse(f"key: column {key!r} of table {table.name!r} is not unique by itself")
    found: dict[str, LookUp] = {}
    for scheme, element in record_type.identifiers.items():
        declared = look_ups.get(scheme, {})
        names = declared.get("columns")
        if names is None:
            if element not in elements:
                raise declaration.refuse(f"identifier {scheme}: table {table.name!r} has no column for it")
            names = [elements[element].name]
        found[scheme] = LookUp(
            tuple(column(name, f"identifier {scheme}") for name in names),
            NORMALISERS[declared.get("normalise", "none")],
            indexed=set(names) <= leading,
        )
    stated = {name: column(where, f"provenance {name}") for name, where in provenance.items()}
    return TableMapping(table, column(key, "key"), elements, found, stated)


def _leading_columns(inspector: Inspector, table: Table) -> set[str]:
    """The columns an index starts with."""
    return {names[0] for names in _indexed(inspector, table, unique=False) if names and names[0]}


def _unique_columns(inspector: Inspector, table: Table) -> set[str]:
    return {names[0] for names in _indexed(inspector, table, unique=True) if len(names) == 1 and names[0]}


def _indexed(inspector: Inspector, table: Table, *, unique: bool) -> list[list[str | None]]:
    found = [
        list(index["column_names"])
        for index in inspector.get_indexes(table.name, table.schema)
        if index["unique"] or not unique
    ]
    found += [list(entry["column_names"]) for entry in inspector.get_unique_constraints(table.name, table.schema)]
    found.append(list(inspector.get_pk_constraint(table.name, table.schema)["constrained_columns"]))
    return found
