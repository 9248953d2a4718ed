"""Where a sign-in leads back to: a page of the console, never an address elsewhere."""


def way_back(path: str) -> str:
    """The path, or that of Today."""
    known = path.startswith("/") and not path.startswith("//") and "\\" not in path and "?" not in path
    return path if known and not path.startswith("/sign-") else "/"
