"""docs/operations.md has every start-up error, in the words of the code, and names only what exists."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from gateway.observability.logs import Event
from gateway.observability.metrics import Telemetry
from tests.docs.generated import REPOSITORY
from tests.integration.test_openapi import ROUTES

PAGE = (REPOSITORY / "docs" / "operations.md").read_text("utf-8")

TABLE = PAGE.split("## Start-up errors")[1]
LISTED = re.findall(r"^\| `(.*)` \| .+ \|$", TABLE, re.MULTILINE)
STOPS_THE_START = {"ConfigurationError", "PolicyFilesError"}


def messages(path: Path, errors: set[str]) -> Iterator[str]:
    """The message of each `raise` of these errors; `…` stands for what is put in."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        match node:
            case ast.Raise(exc=ast.Call(func=ast.Name(id=name), args=[first, *_])) if name in errors:
                yield words(first)


def words(node: ast.expr) -> str:
    if isinstance(node, ast.Constant):
        return str(node.value)
    if isinstance(node, ast.JoinedStr):
        return "".join(words(part) for part in node.values)
    if isinstance(node, ast.BinOp):
        return words(node.left) + words(node.right)
    return "…"


def pattern(message: str) -> re.Pattern[str]:
    """A listed message as a pattern: `…` may be anything, and back quotes inside are left out in a table."""
    return re.compile(".*".join(re.escape(part) for part in message.split("…")) + "$")


def of_the_code() -> dict[str, str]:
    found: dict[str, str] = {}
    for path in (REPOSITORY / "gateway").rglob("*.py"):
        inside = path.relative_to(REPOSITORY / "gateway")
        if inside.parts[0] in {"cli", "sandbox"}:
            continue
        for message in messages(path, STOPS_THE_START):
            found[message.replace("`", "")] = str(inside)
    return found


def test_every_start_up_error_is_listed_with_what_to_do() -> None:
    known = [pattern(message) for message in LISTED]
    missing = [
        f"{path}: {message}"
        for message, path in of_the_code().items()
        if message.strip("…") and not any(one.match(message) for one in known)
    ]
    assert missing == [], "list them in docs/operations.md"


def test_no_error_is_listed_that_the_code_does_not_raise() -> None:
    code = [
        message.replace("`", "")
        for path in (REPOSITORY / "gateway").rglob("*.py")
        for message in messages(path, {*STOPS_THE_START, "LogUnavailableError", "PolicyEngineError"})
    ]
    assert [listed for listed in LISTED if not any(pattern(listed).match(message) for message in code)] == []


def test_the_routes_named_for_operators_exist() -> None:
    served = {f"{method.upper()} {path}" for path, method in ROUTES}
    named = re.findall(r"`((?:GET|POST) /[^`]*)`", PAGE)
    assert named
    assert set(named) <= served


def test_the_counters_and_events_named_exist() -> None:
    telemetry = Telemetry()
    telemetry.decided("indeterminate")
    telemetry.signature_refused("too-old")
    rendered = telemetry.render().decode()
    for counter in re.findall(r"`(gateway_[a-z_]+(?:\{[^`]*\})?)`", PAGE):
        assert counter in rendered
    assert Event.CHECKPOINT_REFUSED in PAGE
