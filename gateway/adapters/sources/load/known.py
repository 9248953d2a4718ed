"""The published lists that can be loaded by name."""

from collections.abc import Callable, Mapping

from gateway.adapters.sources.errors import LoadError
from gateway.adapters.sources.load.compliance_list import ComplianceList
from gateway.adapters.sources.load.formats import ListFormat
from gateway.adapters.sources.load.lmia_list import LmiaList

FORMATS: Mapping[str, Callable[[], ListFormat]] = {"lmia-list": LmiaList, "compliance-list": ComplianceList}


def format_named(name: str) -> ListFormat:
    """Raises LoadError for a name that is none."""
    if name not in FORMATS:
        raise LoadError(f"no such format; known are {', '.join(sorted(FORMATS))} and csv (with a mapping)")
    return FORMATS[name]()
