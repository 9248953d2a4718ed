"""docs/reference/errors.md, from the classes themselves: every error that the program raises, as the trees they are."""

import importlib
import pkgutil
from collections.abc import Iterator

import audit
import gateway
from audit.errors import AuditError
from gateway.client.errors import ClientError
from gateway.domain.errors import DependencyError, GatewayError
from gateway.httpsig.errors import SignatureError

_HEAD = """# Errors

Every error that is raised on purpose belongs to one of four trees. A refusal of a request is none of them: it is a
value (`Deny`, `Refer`), decided and put on record. A code is stable; a message names elements and codes, never a value.

- `GatewayError`: what the gateway could not do. At the partner API a `DependencyError` is a signed 503, and nothing was
  disclosed; a staff call gives code and facts, worded in the caller's language; a command, a line and exit code 1.
- `SignatureError`: a signature that does not count. One and the same signed 401; the reason goes to the security log.
- `ClientError`: what the partner's client raises.
- `AuditError`: what the verifier raises, which imports nothing of the gateway.

This page is generated from the code (`python -m tests.docs.generated`).
"""


def error_page() -> str:
    for package in (gateway, audit):
        for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            if not module.name.endswith("__main__") and module.name != "gateway.bootstrap.check_process":
                importlib.import_module(module.name)
    trees = (GatewayError, SignatureError, ClientError, AuditError)
    return _HEAD + "".join(f"\n## {tree.__name__}\n\n" + "".join(_lines(tree, 0)) for tree in trees)


def _lines(error: type[Exception], depth: int) -> Iterator[str]:
    code = vars(error).get("code")
    named = f" `{code}`" if isinstance(code, str) else ""
    paragraph = (vars(error).get("__doc__") or "").strip().partition("\n\n")[0]
    said = ": " + " ".join(paragraph.split()) if paragraph else ""
    yield f"{'  ' * depth}- `{error.__name__}`{named} ({error.__module__}){said}\n"
    below = {
        one
        for one in error.__subclasses__()
        if not one.__module__.startswith("tests.") and "__main__" not in one.__module__
    }
    for one in sorted(below, key=lambda one: (one is not DependencyError, one.__name__, one.__module__)):
        yield from _lines(one, depth + 1)
