"""The pages for other languages show, to the letter, the clients that tests/integration/test_foreign_clients.py runs.

They are short: 30 to 60 lines beside imports, comments and lines that only close a bracket.
"""

import re
from pathlib import Path
from typing import Final

import pytest

from tests.docs.generated import REPOSITORY

PAGES: Final = REPOSITORY / "docs" / "partner-guide"
SHOWN: Final = {
    "javascript": {"js": "client.mjs"},
    "go": {"go": "client.go"},
    "java": {"java": "Client.java"},
    "rust": {"toml": "Cargo.toml", "rust": "src/main.rs"},
}
CLIENTS: Final = {"javascript": "client.mjs", "go": "client.go", "java": "Client.java", "rust": "src/main.rs"}
_IMPORTS = re.compile(r"^import \(.*?^\)$|^(?:import|use|package) [^\n]*$", re.MULTILINE | re.DOTALL)


def block(page: str, fence: str) -> str:
    [found] = re.findall(rf"^```{fence}\n(.*?)^```$", page, re.MULTILINE | re.DOTALL)
    return str(found)


@pytest.mark.parametrize("language", list(SHOWN))
def test_the_page_shows_the_files_that_are_run(language: str) -> None:
    page = (PAGES / f"{language}.md").read_text("utf-8")
    for fence, name in SHOWN[language].items():
        assert block(page, fence) == (PAGES / language / name).read_text("utf-8"), name


@pytest.mark.parametrize("language", list(CLIENTS))
def test_a_client_is_short(language: str) -> None:
    text = _IMPORTS.sub("", (PAGES / language / CLIENTS[language]).read_text("utf-8"))
    lines = [line.strip() for line in text.splitlines()]
    code = [line for line in lines if re.search(r"\w", line) and not line.startswith(("//", "/**"))]
    assert 30 <= len(code) <= 60


def test_every_page_is_linked_from_the_guide() -> None:
    guide = (REPOSITORY / "docs" / "partner-guide.md").read_text("utf-8")
    linked = {Path(name).stem for name in re.findall(r"\]\(partner-guide/([\w.]+)\)", guide)}
    assert linked == set(SHOWN) == {page.stem for page in PAGES.glob("*.md")}
