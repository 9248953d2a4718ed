"""Which release of the product this is."""

from importlib.metadata import PackageNotFoundError, version


def product_version() -> str:
    try:
        return version("information-sharing-gateway")
    except PackageNotFoundError:
        return "0"
