"""Opening every declared source at start, and finding one by record type.

Invariant: a source that is open can answer every element, identifier and filter it claims: tables, columns and
look-ups are checked before the gateway serves. A source kind is one entry in `_OPENERS`, which imports what reads it:
a deployment pays for the kinds it declares.
"""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Protocol

from gateway.adapters.sources.declaration import SourceDeclaration, read_declarations
from gateway.domain.element import Catalogue
from gateway.service.ports import Source


class OpenSource(Source, Protocol):
    """A source that holds connections."""

    def close(self) -> None: ...


def _sql(declaration: SourceDeclaration, cursor_secret: bytes) -> OpenSource:
    from gateway.adapters.sources.table import open_sql

    return open_sql(declaration, cursor_secret)


def _rest(declaration: SourceDeclaration, cursor_secret: bytes) -> OpenSource:
    from gateway.adapters.sources.rest import open_rest

    return open_rest(declaration, cursor_secret)


def _file(declaration: SourceDeclaration, cursor_secret: bytes) -> OpenSource:
    from gateway.adapters.sources.file import open_file

    return open_file(declaration, cursor_secret)


_OPENERS: Mapping[str, Callable[[SourceDeclaration, bytes], OpenSource]] = {
    "sql": _sql,
    "rest": _rest,
    "file": _file,
}


class SourceRegistry:
    """`Sources`: the open sources by record type."""

    def __init__(self, sources: Mapping[str, OpenSource]) -> None:
        self._sources = dict(sources)

    def find(self, record_type: str) -> Source | None:
        return self._sources.get(record_type)

    @property
    def record_types(self) -> tuple[str, ...]:
        return tuple(sorted(self._sources))

    def close(self) -> None:
        for source in self._sources.values():
            source.close()
        self._sources.clear()


def open_sources(path: Path, catalogue: Catalogue, cursor_secret: bytes = b"") -> SourceRegistry:
    """Opens everything that `sources.yaml` declares.

    `cursor_secret` is shared by all replicas, so that a cursor of one is good at another.
    Raises SourceDeclarationError, starting with `file:line`; sources already opened are closed again."""
    opened: dict[str, OpenSource] = {}
    try:
        for declaration in read_declarations(path, catalogue):
            opened[declaration.record_type.id] = _OPENERS[declaration.kind](declaration, cursor_secret)
    except BaseException:
        SourceRegistry(opened).close()
        raise
    return SourceRegistry(opened)
