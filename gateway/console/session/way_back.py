"""Where a sign-in leads back to: a page of the console with its filters, never an address elsewhere."""

import re
from typing import Final

_PAGE: Final = re.compile(r"/(?!/|sign-)[\w./-]*(\?[\w.~!*'()%=&+,:;@/?-]*)?", re.ASCII)
_LONGEST: Final = 2_000


def way_back(path: str) -> str:
    """The path with its query, or that of Today."""
    return path if len(path) <= _LONGEST and _PAGE.fullmatch(path) else "/"
