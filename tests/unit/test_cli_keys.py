"""Thumbprints are base64url, so that one in 64 begins with a dash; the command line takes them as they are."""

import pytest
from typer.main import get_command

from gateway.cli.keys import app


@pytest.mark.parametrize("action", ["approve", "revoke"])
@pytest.mark.parametrize("thumbprint", ["-oXb9_" + "a" * 37, "--b" + "y" * 40, "_" + "a" * 42])
def test_a_thumbprint_that_begins_with_a_dash_is_no_option(action: str, thumbprint: str) -> None:
    command = get_command(app).commands[action]  # type: ignore[attr-defined]
    for arguments in ([thumbprint, "--by", "sam"], ["--by", "sam", thumbprint]):
        context = command.make_context(action, arguments)
        assert (context.params["keyid"], context.params["by"]) == (thumbprint, "sam")
