"""What can go wrong with a source, told without a value.

A source that fails while it serves raises `gateway.domain.errors.SourceError`, one that cannot be asked what was asked
`SourceQueryError`. Here are the errors before it serves: of its declaration, and of loading a file into it.
"""

from gateway.domain.errors import ConfigurationError, GatewayError


class SourceDeclarationError(ConfigurationError):
    """sources.yaml does not fit the schema, the catalogue or the data base. The message starts with file:line."""

    code = "source-declaration"


class LoadError(GatewayError):
    """A file could not be loaded; nothing was changed. The message names file, line and reason, never a value."""

    code = "source-load"
