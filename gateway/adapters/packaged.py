"""Where the data that comes with the product is: in the wheel under `gateway/_data`, in a checkout at its root.

Does not read settings: a deployment that keeps its own agreements names the folder when it loads them.
"""

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent.parent


def packaged(name: str) -> Path:
    """The folder `name` (`agreements` or `policies`) that this installation came with."""
    installed = _PACKAGE / "_data" / name
    return installed if installed.is_dir() else _PACKAGE.parent / name
