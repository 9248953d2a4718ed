"""Documents cannot drift: commands exist, links lead somewhere, generated pages are fresh, decisions are recorded."""

import re
from importlib.util import find_spec
from pathlib import Path

import pytest

from gateway.adapters.rulebook import load as agreements
from tests.docs.commands import examples_in_help, fault, pages, spans, whole_lines
from tests.docs.generated import REPOSITORY, generated

PAGES = pages()
DECISIONS = sorted((REPOSITORY / "docs" / "adr").glob("*.md"))
NAMES = [str(page.relative_to(REPOSITORY)) for page in PAGES]
_LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")
_PATH = re.compile(r"`((?:gateway|audit|policies|agreements|tests|docs)/[\w./-]*)`")


@pytest.mark.parametrize("page", PAGES, ids=NAMES)
def test_every_command_line_would_be_understood(page: Path) -> None:
    text = page.read_text("utf-8")
    faults = [(line, found) for line in whole_lines(text) if (found := fault(line, whole=True))]
    faults += [(span, found) for span in spans(text) if (found := fault(span, whole=False))]
    assert faults == []


def test_the_examples_in_help_texts_would_be_understood() -> None:
    examples = list(examples_in_help())
    assert len(examples) > 15
    assert [(line, found) for line in examples if (found := fault(line, whole=True))] == []


@pytest.mark.parametrize(
    "line",
    [
        "gateway nothing",
        "gateway serve --prot 1",
        "gateway keys approve",
        "gateway keys list extra",
        "gateway init var/gateway",
        "make everything",
        "make demo LIST=1",
        "python -m audit verify",
    ],
)
def test_a_command_that_does_not_exist_would_be_found(line: str) -> None:
    assert fault(line, whole=True)


@pytest.mark.parametrize("page", PAGES, ids=NAMES)
def test_every_module_to_run_exists(page: Path) -> None:
    modules = re.findall(r"python -m ((?:gateway|audit|tests)[\w.]*)", page.read_text("utf-8"))
    assert [module for module in modules if find_spec(module) is None] == []


def test_there_are_commands_to_check() -> None:
    assert sum(len([*whole_lines(page.read_text("utf-8"))]) for page in PAGES) > 40


@pytest.mark.parametrize("page", PAGES, ids=NAMES)
def test_every_relative_link_leads_somewhere(page: Path) -> None:
    links = _LINK.findall(re.sub(r"```.*?```", "", page.read_text("utf-8"), flags=re.DOTALL))
    local = [link.partition("#")[0] for link in links if "://" not in link and not link.startswith("#")]
    assert [link for link in local if not (page.parent / link).exists()] == []


@pytest.mark.parametrize("page", PAGES, ids=NAMES)
def test_every_path_of_the_repository_exists(page: Path) -> None:
    assert [path for path in _PATH.findall(page.read_text("utf-8")) if not (REPOSITORY / path).exists()] == []


@pytest.mark.parametrize("page", PAGES, ids=NAMES)
def test_every_unit_in_a_command_is_a_party(page: Path) -> None:
    units = agreements.load().parties.units
    named = re.findall(r"--unit[ =]([\w-]+)", page.read_text("utf-8"))
    assert [unit for unit in named if unit not in units] == []


@pytest.mark.parametrize("path", list(generated()), ids=lambda path: path.name)
def test_generated_pages_are_fresh(path: Path) -> None:
    assert path.read_text("utf-8") == generated()[path], f"{path.name} is stale: run `python -m tests.docs.generated`"


@pytest.mark.parametrize("decision", DECISIONS, ids=lambda path: path.stem)
def test_every_decision_is_recorded_in_the_same_form(decision: Path) -> None:
    text = decision.read_text("utf-8")
    number = int(decision.name[:4])
    assert text.startswith(f"# {number}. ")
    assert re.search(r"^Status: (accepted|superseded by \d+|rejected)$", text, re.MULTILINE)
    headings = re.findall(r"^## (.*)$", text, re.MULTILINE)
    assert [heading for heading in headings if heading != "Options"] == ["Context", "Decision", "Consequences"]


def test_decisions_are_numbered_without_gaps() -> None:
    assert [int(path.name[:4]) for path in DECISIONS] == list(range(1, len(DECISIONS) + 1))


def test_the_changelog_has_an_unreleased_part() -> None:
    changelog = (REPOSITORY / "CHANGELOG.md").read_text("utf-8")
    assert re.search(r"^## Unreleased\n\n### Added\n- ", changelog, re.MULTILINE)


def test_contributing_lists_every_decision_on_record() -> None:
    text = (REPOSITORY / "CONTRIBUTING.md").read_text("utf-8")
    listed = re.findall(r"^\| (\d+) \| (\d{4}-\d{2}-\d{2}) \| \[(.+)\]\(docs/adr/(.+)\) \|$", text, re.MULTILINE)
    titles = [page.read_text("utf-8").splitlines()[0].removeprefix("# ") for page in DECISIONS]
    assert [(f"{number}. {title}", name) for number, _day, title, name in listed] == [
        (title, page.name) for title, page in zip(titles, DECISIONS, strict=True)
    ]
    days = [day for _number, day, _title, _name in listed]
    assert days == sorted(days)
