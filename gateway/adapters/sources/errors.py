"""What can go wrong with a source, told without a value.

`SourceError` (domain) is a part that failed: 503. `SourceQueryError` is a question the source cannot be asked: it
names the part of the request that is wrong. `LoadError` stops a load before anything was changed.
"""

from gateway.domain.errors import ConfigurationError, GatewayError, SourceError


class SourceQueryError(SourceError):
    """The request cannot be put to this source. `part` is `cursor`, `scheme`, `limit` or `filter.<element>`."""

    code = "source-query"

    def __init__(self, part: str) -> None:
        super().__init__(f"the source cannot be asked this: {part} is not usable")
        self.part = part


class SourceDeclarationError(ConfigurationError):
    """sources.yaml does not fit the schema, the catalogue or the data base. The message starts with file:line."""

    code = "source-declaration"


class LoadError(GatewayError):
    """A file could not be loaded; nothing was changed. The message names file, line and reason, never a value."""

    code = "source-load"
