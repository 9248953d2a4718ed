"""Where the data that comes with the product is: beside the package, in a checkout and in the installed wheel alike.

Does not read settings: a deployment that keeps its own agreements names the folder when it loads them.
"""

from pathlib import Path

_BESIDE = Path(__file__).resolve().parent.parent.parent


def packaged(name: str) -> Path:
    """The folder `name` (`agreements` or `policies`) that this installation came with."""
    return _BESIDE / name
